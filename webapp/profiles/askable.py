"""Who can be asked whether a profile is still true, and when that was last done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from webapp.accounts import Account
from webapp.profiles import records
from webapp.profiles.mails import Asked
from webapp.services import services


@dataclass(frozen=True)
class Askable:
    """Whether an organisation can be asked by mail.

    Attributes:
        to: who would be asked; None where nobody can be.
        refused: whether whoever could be asked wants no such mails.
        contact: the address that a manager gave.
        actors: how many accounts act for it.
        asked: when it was last asked.
        waits: whether it was asked within the period.
    """

    to: Asked | None = None
    refused: bool = False
    contact: str = ""
    actors: int = 0
    asked: datetime | None = None
    waits: bool = False

    @property
    def now(self) -> bool:
        """Whether a mail may go to it now."""
        return self.to is not None and not self.waits


def askable(cluster: str, organisations: Sequence[str]) -> dict[str, Askable]:
    """Who can be asked of each of some organisations of a cluster, by IRI."""
    contacts, asked = records.contacts(cluster, organisations), records.last_mails(organisations)
    actors = _actors(organisations)
    addresses = {one.email for several in actors.values() for one in several}
    unwanted = records.unwanted(addresses | {one.email for one in contacts.values()})
    found = {}
    for iri in organisations:
        given, own = contacts.get(iri), actors.get(iri, [])
        several = [Asked(given.email, given.language)] if given else []
        several += [Asked(one.email, one.language, one.id, one.name) for one in own]
        wanted = [one for one in several if one.email not in unwanted]
        found[iri] = Askable(
            to=wanted[0] if wanted else None,
            refused=bool(several) and not wanted,
            contact=given.email if given else "",
            actors=len(own),
            asked=asked.get(iri),
            waits=not records.may_ask_again(asked.get(iri)),
        )
    return found


def _actors(organisations: Sequence[str]) -> dict[str, list[Account]]:
    """The accounts in use that are confirmed to act for each, the longest-confirmed first."""
    found: dict[str, list[tuple[datetime, Account]]] = {}
    for account, acting in services().accounts.actors_of(organisations):
        if acting.status == "confirmed" and account.status == "active":
            since = acting.confirmed_at or acting.asked_at
            found.setdefault(acting.organisation, []).append((since, account))
    return {
        iri: [account for _since, account in sorted(several, key=lambda one: (one[0], one[1].id))]
        for iri, several in found.items()
    }
