"""The accounts of both sides: whoever asks, and on the whole side others, of no concern to it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from graph import Knowledge, Viewer, networks_of
from tests.noninterference.cases import ACCOUNT, ADDRESSES, Case
from webapp.accounts import Account, Accounts
from webapp.accounts.clock import now
from webapp.accounts.tables import Acting, Audit, Invitation, Managing, SignIn
from webapp.groups.tables import Room, RoomMember, RoomPost
from webapp.importing.tables import ImportJob
from webapp.me.tables import Interest, Saved, Visit, VisitsWanted, Wish
from webapp.profiles.tables import (
    NoMail,
    ProfileConfirmed,
    ProfileContact,
    ProfileMail,
    ProfileSaved,
)

MINE: Final = ADDRESSES.thing("organisation", "laserwerk")
MANAGED: Final = ADDRESSES.thing("cluster", "optence")
FOREIGN: Final = ADDRESSES.thing("organisation", "linsen")
PERSON: Final = ADDRESSES.thing("person", "bob")
ELSEWHERE: Final = ADDRESSES.thing("cluster", "photonik")
OTHER: Final = "b" * 16
"""An account that only the whole side has."""
POSTS: Final = {"rot": "listing/gesuch", "blau": "event/messe"}
"""The rooms, and what somebody posted to each."""
ROOMS: Final = tuple(POSTS)
TAKEN: Final = "bob@linsen.example"
"""The address of an account that only the whole side has."""
TO_ACCOUNT: Final = "1" * 16
"""A mail to whoever asks, whether the profile is still true."""
TO_CONTACT: Final = "2" * 16
"""The same mail to the address that the cluster has of the organisation."""
CONTACT: Final = "eve@own.example"
"""That address."""
OWN_ADDRESSES: Final = "@own.example"
"""What ends addresses that whoever asks has besides the own one."""

_THEN: Final = datetime(2026, 1, 2, tzinfo=UTC)
_CONCEPTS: Final = ("competence", "sector", "topic")


def opened(*, whole: bool) -> Accounts:
    """Accounts in memory; the whole has more people than whoever asks."""
    accounts = Accounts.open("sqlite://", key=b"k" * 32)
    _add(accounts, ACCOUNT, "ada@laserwerk.example")
    if whole:
        _add(accounts, OTHER, TAKEN)
        accounts.confirm_acting(OTHER, FOREIGN, how="manager")
        accounts.manage(OTHER, ELSEWHERE)
        accounts.register("carl@linsen.example", "Carl", "nobody knows this", language="de")
        accounts.invite("dora@linsen.example", by=OTHER, cluster=ELSEWHERE)
        with accounts.session() as session:
            for iri in (MANAGED, MINE, FOREIGN):
                session.add(Saved(account_id=OTHER, thing=iri, since=now()))
    return accounts


def _add(accounts: Accounts, account_id: str, email: str) -> None:
    with accounts.session() as session:
        session.add(Account(id=account_id, email=email, name="Ada", status="active", created=_THEN))


def take_part(accounts: Accounts, case: Case, *, whole: bool) -> str:
    """Make whoever asks what a case says, signed in; what the browser shows, or nothing."""
    with accounts.session() as session:
        _forget(session)
        for slug in ROOMS:
            inside = f"group:{slug}" in (case.memberships or ())
            if inside or whole:
                _open_room(session, slug, ACCOUNT if inside else OTHER)
        _ask(session, TO_ACCOUNT, MINE, MANAGED, account_id=ACCOUNT)
        _ask(session, TO_CONTACT, MINE, MANAGED, email=CONTACT)
        if whole:
            _ask(session, "3" * 16, FOREIGN, ELSEWHERE, email="c@linsen.example", by=OTHER)
        known = session.get_one(Account, ACCOUNT)
        known.person = PERSON if "group:blau" in (case.memberships or ()) else None
    accounts.viewer_of = lambda account: (  # type: ignore[method-assign]
        _viewer(accounts, case) if account is not None and account.id == ACCOUNT else Viewer()
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


def _forget(session: Session) -> None:
    """Take away what an earlier case left."""
    for table in (
        ImportJob,
        Room,
        ProfileMail,
        ProfileContact,
        ProfileConfirmed,
        ProfileSaved,
        NoMail,
    ):
        session.execute(delete(table))
    session.execute(delete(Audit).where(Audit.account == ACCOUNT))
    session.execute(delete(Invitation).where(Invitation.email.endswith(OWN_ADDRESSES)))
    session.execute(delete(Account).where(Account.email.endswith(OWN_ADDRESSES)))
    for own in (Acting, Managing, Interest, Saved, Wish, Visit, VisitsWanted, SignIn):
        session.execute(delete(own).where(own.account_id == ACCOUNT))


def _ask(
    session: Session,
    mail: str,
    organisation: str,
    cluster: str,
    *,
    email: str = "ada@laserwerk.example",
    account_id: str | None = None,
    by: str | None = None,
) -> None:
    """A mail that asked an organisation long ago; without an account its address is the contact."""
    sent = {"organisation": organisation, "cluster": cluster, "email": email, "sent_by": by}
    session.add(ProfileMail(id=mail, account_id=account_id, sent=_THEN, **sent))
    if account_id is None:
        given = {"cluster": cluster, "organisation": organisation, "email": email, "given_by": by}
        session.add(ProfileContact(language="de", time=_THEN, **given))


def _open_room(session: Session, slug: str, owner: str) -> None:
    """A room, with a post, that an account owns and an address is invited to."""
    session.add(Room(slug=slug, seen_by=f"group:{slug}", created=_THEN))
    session.flush()
    own = {"room": slug, "since": _THEN}
    session.add(RoomMember(id=f"{slug}-1", account_id=owner, owner=True, standing="joined", **own))
    session.add(RoomMember(id=f"{slug}-2", email="eve@linsen.example", standing="invited", **own))
    post = ADDRESSES.thing(*POSTS[slug].split("/"))
    session.add(RoomPost(thing=post, room=slug, account_id=owner, created=_THEN))


def _viewer(accounts: Accounts, case: Case) -> Viewer:
    """Whoever asks, who is also in the rooms that were opened meanwhile."""
    if case.memberships is None:
        return case.viewer
    mine = RoomMember.account_id == ACCOUNT
    with accounts.reading() as session:
        rooms = session.scalars(select(RoomMember.room).where(mine)).all()
    return Viewer(ACCOUNT, case.memberships | {f"group:{slug}" for slug in rooms})


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
