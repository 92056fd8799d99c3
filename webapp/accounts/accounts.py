"""Everything about accounts in one service, and what an account makes of who asks."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Self

from graph import ANONYMOUS, Knowledge, Viewer, networks_of
from webapp.accounts.signed_in import SignedIn
from webapp.accounts.tables import Account

Further = Callable[["Accounts", Account, frozenset[str]], Iterable[str]]
"""Audiences that follow from an account and the audiences that it belongs to already."""


class Accounts(SignedIn):
    """The accounts of one application.

    Attributes:
        knowledge: what says who is a member of which network.
        further: who else is asked for the audiences of an account: closed rooms add theirs here.
    """

    knowledge: Knowledge | None = None
    further: list[Further]

    @classmethod
    def open(
        cls,
        url: str,
        *,
        knowledge: Knowledge | None = None,
        key: bytes = b"",
        stay: timedelta = SignedIn.stay,
        rest: timedelta = SignedIn.rest,
    ) -> Self:
        """Open the accounts and bring their tables up to date.

        Args:
            url: of the database (:meth:`Database.open`).
            knowledge: what says who is a member of which network.
            key: the secret that digests of addresses are made with.
            stay: how long a browser stays signed in.
            rest: how long it does without being used.

        Raises:
            AccountsError: there is no such database.
            KnowledgeError: a newer version of the program wrote it.
        """
        opened = super().open(url)
        opened.knowledge, opened.key, opened.further = knowledge, key, []
        opened.stay, opened.rest = stay, rest
        return opened

    def viewer_of(self, account: Account | None) -> Viewer:
        """Who asks, where this account does: the audiences that it belongs to.

        Organisations count by the IRI that was confirmed. Whoever joins two organisations does
        not thereby let the people of one read what the other keeps to itself.
        """
        if account is None or account.status != "active":
            return ANONYMOUS
        organisations = self.acts_for(account.id)
        memberships = {
            *self._audiences("organisation", organisations),
            *self._audiences("network", self.manages(account.id)),
        }
        if self.knowledge is not None:
            public = self.knowledge.view(ANONYMOUS)
            themselves = [iri for iri in organisations if public.redirect(iri) is None]
            memberships |= networks_of(self.knowledge, themselves)
        for asked in self.further:
            memberships |= set(asked(self, account, frozenset(memberships)))
        return Viewer(account.id, frozenset(memberships))

    def _audiences(self, sort: str, iris: Iterable[str]) -> Iterable[str]:
        if self.knowledge is None:
            return
        for iri in iris:
            place = self.knowledge.addresses.parse(iri)
            if place is None:
                continue
            if sort == "network":
                yield f"network:{place[0]}/{place[1]}"
            elif place[0] == "organisation":
                yield f"organisation:{place[1]}"
