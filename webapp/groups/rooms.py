"""Closed rooms in SQL: who is in them, who was invited, and what that lets an account read."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from graph import Addresses
from webapp.accounts import Account, Accounts
from webapp.accounts.clock import now
from webapp.accounts.mail_addresses import as_address
from webapp.accounts.people import new_id
from webapp.groups.tables import Room, RoomMember, RoomPost, Standing

GROUP: Final = "group:"
"""How the audiences of rooms begin."""

MOST_INVITED: Final = 100
"""Invitations of one room that may be open at once."""


class Rooms:
    """The closed rooms of an application.

    Args:
        accounts: where they are kept.
        addresses: what says which audience belongs to which thing.
    """

    def __init__(self, accounts: Accounts, addresses: Addresses) -> None:
        self._accounts = accounts
        self._addresses = addresses

    def rooms_of(self, account: Account, audiences: Iterable[str]) -> frozenset[str]:
        """The audiences of the rooms that an account is in.

        Args:
            account: whose.
            audiences: what it belongs to already: what it acts for and its networks, all of
                which may be members of rooms.
        """
        of = or_(RoomMember.account_id == account.id, RoomMember.thing.in_(self.meant(audiences)))
        asked = select(RoomMember.room).where(of, RoomMember.standing == "joined")
        with self._accounts.reading() as session:
            return frozenset(GROUP + slug for slug in session.scalars(asked))

    def meant(self, audiences: Iterable[str]) -> list[str]:
        """IRIs of the organisations, clusters and sections that audiences are called after."""
        found = []
        for audience in audiences:
            sort, _colon, rest = audience.partition(":")
            kind, _slash, slug = rest.partition("/") if sort == "network" else (sort, "", rest)
            if sort in {"network", "organisation"} and slug:
                found.append(self._addresses.thing(kind, slug))
        return found

    def room(self, slug: str) -> Room | None:
        """A room by its slug."""
        with self._accounts.reading() as session:
            return session.get(Room, slug)

    def rooms(self, slugs: Iterable[str]) -> list[Room]:
        """Some rooms, the oldest first."""
        asked = select(Room).where(Room.slug.in_(list(slugs))).order_by(Room.created, Room.slug)
        with self._accounts.reading() as session:
            return list(session.scalars(asked))

    def members(self, slug: str) -> list[tuple[RoomMember, Account | None]]:
        """Who is in a room or invited to it, those of longest standing first."""
        asked = (
            select(RoomMember, Account)
            .outerjoin(Account, Account.id == RoomMember.account_id)
            .where(RoomMember.room == slug)
            .order_by(RoomMember.since, RoomMember.id)
        )
        with self._accounts.reading() as session:
            return [(member, account) for member, account in session.execute(asked)]

    def owner_of(self, slug: str) -> str | None:
        """Id of the account that owns a room: where the owner is gone, of the longest standing."""
        there = [
            (member, account)
            for member, account in self.members(slug)
            if account and account.status == "active" and member.standing == "joined"
        ]
        owners = [account.id for member, account in there if member.owner]
        return next(iter([*owners, *(account.id for _, account in there)]), None)

    def open(self, slug: str, seen_by: str, owner: str) -> None:
        """Open a room; the account that owns it is in it."""
        with self._accounts.session() as session:
            session.add(Room(slug=slug, seen_by=seen_by, created=now()))
            session.flush()
            session.add(_member(slug, account_id=owner, owner=True, standing="joined"))
        self._accounts.audit(owner, "open room", slug)

    def show_to(self, slug: str, seen_by: str) -> None:
        """Note who knows of a room."""
        with self._accounts.session() as session:
            session.get_one(Room, slug).seen_by = seen_by

    def close(self, slug: str, *, by: str) -> None:
        """Dissolve a room: nobody is in it any more."""
        with self._accounts.session() as session:
            session.execute(delete(Room).where(Room.slug == slug))
        self._accounts.audit(by, "dissolve room", slug)

    def invite(
        self, slug: str, *, by: str, email: str | None = None, thing: str | None = None
    ) -> bool:
        """Invite an address or a thing.

        Whether the address has an account makes no difference, so that nobody can find out.

        Returns:
            Whether that was a new invitation and there was room for it.
        """
        address = as_address(email) if email else None
        same = RoomMember.email == address if address else RoomMember.thing == thing
        with self._accounts.session() as session:
            if session.scalar(select(RoomMember).where(RoomMember.room == slug, same)):
                return False
            invited = RoomMember.standing == "invited"
            waiting = select(RoomMember.id).where(RoomMember.room == slug, invited)
            if len(session.scalars(waiting).all()) >= MOST_INVITED:
                return False
            session.add(_member(slug, email=address, thing=thing, invited_by=by))
        self._accounts.audit(by, "invite to room", slug)
        return True

    def invitations(self, account: Account, speaks_for: Sequence[str]) -> list[RoomMember]:
        """The open invitations of an account, and of the things that it speaks for."""
        asked = select(RoomMember).where(
            RoomMember.standing == "invited", _addressed(account, speaks_for)
        )
        with self._accounts.reading() as session:
            return list(session.scalars(asked.order_by(RoomMember.since, RoomMember.id)))

    def invitation(
        self, invitation_id: str, account: Account, speaks_for: Sequence[str]
    ) -> RoomMember | None:
        """One of these, if it is."""
        return next(
            (one for one in self.invitations(account, speaks_for) if one.id == invitation_id),
            None,
        )

    def accept(self, invitation: RoomMember, account: Account) -> None:
        """Whoever is invited joins."""
        with self._accounts.session() as session:
            row = session.get_one(RoomMember, invitation.id)
            if row.thing is None:
                if _is_in(session, row.room, account.id):
                    session.delete(row)
                    return
                row.account_id, row.email = account.id, None
            row.standing, row.since = "joined", now()
        self._accounts.audit(account, "join room", invitation.room)

    def take_out(self, member_id: str, slug: str, *, by: str) -> None:
        """Somebody leaves, is taken out, or declines."""
        gone = delete(RoomMember).where(RoomMember.id == member_id, RoomMember.room == slug)
        with self._accounts.session() as session:
            session.execute(gone)
        self._accounts.audit(by, "leave room", slug)

    def hand_over(self, slug: str, to: str, *, by: str) -> bool:
        """Let another account, which is in the room, own it; whether it was in it."""
        with self._accounts.session() as session:
            asked = select(RoomMember).where(
                RoomMember.room == slug, RoomMember.account_id.is_not(None)
            )
            rows = {row.account_id: row for row in session.scalars(asked)}
            if to not in rows or rows[to].standing != "joined":
                return False
            for account_id, row in rows.items():
                row.owner = account_id == to
        self._accounts.audit(by, "hand over room", slug)
        return True

    def posted(self, slug: str, thing: str, account_id: str) -> None:
        """Note who posted something."""
        with self._accounts.session() as session:
            session.merge(RoomPost(thing=thing, room=slug, account_id=account_id, created=now()))

    def posts(self, slug: str) -> list[tuple[RoomPost, Account | None]]:
        """What was posted, and by whom; the newest first."""
        asked = (
            select(RoomPost, Account)
            .outerjoin(Account, Account.id == RoomPost.account_id)
            .where(RoomPost.room == slug)
            .order_by(RoomPost.created.desc(), RoomPost.thing)
        )
        with self._accounts.reading() as session:
            return [(post, account) for post, account in session.execute(asked)]

    def take_down(self, thing: str) -> None:
        """Forget who posted something that is gone."""
        with self._accounts.session() as session:
            session.execute(delete(RoomPost).where(RoomPost.thing == thing))


def _member(
    slug: str,
    *,
    account_id: str | None = None,
    email: str | None = None,
    thing: str | None = None,
    owner: bool = False,
    standing: Standing = "invited",
    invited_by: str | None = None,
) -> RoomMember:
    return RoomMember(
        id=new_id(),
        room=slug,
        account_id=account_id,
        email=email,
        thing=thing,
        owner=owner,
        standing=standing,
        invited_by=invited_by,
        since=now(),
    )


def _addressed(account: Account, speaks_for: Sequence[str]) -> ColumnElement[bool]:
    return or_(
        RoomMember.account_id == account.id,
        RoomMember.email == account.email,
        RoomMember.thing.in_(speaks_for),
    )


def _is_in(session: Session, slug: str, account_id: str) -> bool:
    asked = select(RoomMember.id).where(
        RoomMember.room == slug, RoomMember.account_id == account_id
    )
    return session.scalar(asked) is not None
