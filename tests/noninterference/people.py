"""The accounts of both sides: whoever asks, and on the whole side others who are none of its business."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete

from graph import Knowledge, Viewer, networks_of
from tests.noninterference.cases import ACCOUNT, ADDRESSES, Case
from webapp.accounts import Account, Accounts
from webapp.accounts.clock import now
from webapp.accounts.tables import Acting, Managing, SignIn
from webapp.me.tables import Interest, Saved

MINE: Final = ADDRESSES.thing("organisation", "laserwerk")
MANAGED: Final = ADDRESSES.thing("cluster", "optence")
FOREIGN: Final = ADDRESSES.thing("organisation", "linsen")
ELSEWHERE: Final = ADDRESSES.thing("cluster", "photonik")
TAKEN: Final = "bob@linsen.example"
"""The address of an account that only the whole side has."""

_THEN: Final = datetime(2026, 1, 2, tzinfo=UTC)
_CONCEPTS: Final = ("competence", "sector", "topic")


def opened(*, whole: bool) -> Accounts:
    """Accounts in memory; the whole has more people than whoever asks."""
    accounts = Accounts.open("sqlite://", key=b"k" * 32)
    _add(accounts, ACCOUNT, "ada@laserwerk.example")
    if whole:
        _add(accounts, "b" * 16, TAKEN)
        accounts.confirm_acting("b" * 16, FOREIGN, how="manager")
        accounts.manage("b" * 16, ELSEWHERE)
        accounts.register("carl@linsen.example", "Carl", "nobody knows this", language="de")
        accounts.invite("dora@linsen.example", by="b" * 16, cluster=ELSEWHERE)
        with accounts.session() as session:
            for iri in (MANAGED, MINE, FOREIGN):
                session.add(Saved(account_id="b" * 16, thing=iri, since=now()))
    return accounts


def _add(accounts: Accounts, account_id: str, email: str) -> None:
    with accounts.session() as session:
        session.add(
            Account(id=account_id, email=email, name="Ada", status="active", created=now())
        )


def take_part(accounts: Accounts, case: Case) -> str:
    """Make whoever asks what a case says, signed in; what the browser shows, or nothing."""
    with accounts.session() as session:
        for table in (Acting, Managing, Interest, Saved, SignIn):
            session.execute(delete(table).where(table.account_id == ACCOUNT))
    accounts.viewer_of = lambda account: (  # type: ignore[method-assign]
        case.viewer if account is not None and account.id == ACCOUNT else Viewer()
    )
    if case.memberships is None:
        return ""
    if acts(case):
        accounts.confirm_acting(ACCOUNT, MINE, how="manager")
    if "network:cluster/optence" in case.memberships:
        accounts.manage(ACCOUNT, MANAGED)
    with accounts.session() as session:
        for name in dict.fromkeys(case.asked):
            kind, _, slug = name.partition("/")
            iri = ADDRESSES.thing(kind, slug)
            session.add(Saved(account_id=ACCOUNT, thing=iri, since=_THEN))
            if kind in _CONCEPTS:
                session.add(Interest(account_id=ACCOUNT, concept=iri, since=_THEN))
    return accounts.begin(ACCOUNT)


def acts(case: Case) -> bool:
    """Whether whoever asks acts for an organisation."""
    return "organisation:laserwerk" in (case.memberships or ())


def with_networks(case: Case, knowledge: Knowledge) -> Case:
    """The case with the networks that the organisation opens: who may read them, reads them.

    Args:
        case: says for whom the viewer acts.
        knowledge: the whole store.
    """
    if case.memberships is None or not acts(case):
        return case
    return replace(case, memberships=case.memberships | networks_of(knowledge, (MINE,)))
