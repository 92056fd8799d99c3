"""Closed rooms: who is in them, who was invited, and who posted what.

That a room exists, its name and what is posted stand in the RDF store, each for its audience;
who may read the audience ``group:<slug>`` stands here alone.
"""

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.accounts import Base

Standing = Literal["invited", "joined"]


class Room(Base):
    """A closed room.

    Attributes:
        slug: of the group that it is in the RDF store; its audience is ``group:<slug>``.
        seen_by: audience of its name: ``public``, ``platform``, or ``group:<slug>`` where the
            room does not exist for anybody else.
    """

    __tablename__ = "room"

    slug: Mapped[str] = mapped_column(String(200), primary_key=True)
    seen_by: Mapped[str] = mapped_column(String(220))
    created: Mapped[datetime]


class RoomMember(Base):
    """Somebody in a room, or invited to it: an account, an address that may get one, or a thing.

    Attributes:
        account_id: the account, once there is one.
        email: the address that was invited, until its account joins.
        thing: IRI of an organisation, cluster or section of which everybody is a member.
        owner: whether it owns the room; only an account does.
    """

    __tablename__ = "room_member"
    __table_args__ = (
        CheckConstraint("standing IN ('invited', 'joined')", name="standing"),
        UniqueConstraint("room", "account_id", name="uq_room_member_account"),
        UniqueConstraint("room", "email", name="uq_room_member_email"),
        UniqueConstraint("room", "thing", name="uq_room_member_thing"),
    )

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    room: Mapped[str] = mapped_column(
        String(200), ForeignKey("room.slug", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    thing: Mapped[str | None] = mapped_column(String(500), index=True)
    owner: Mapped[bool] = mapped_column(default=False)
    standing: Mapped[Standing] = mapped_column(String(10))
    invited_by: Mapped[str | None] = mapped_column(String(16))
    since: Mapped[datetime]


class RoomPost(Base):
    """Who posted a listing to a room; its words are in the RDF store."""

    __tablename__ = "room_post"

    thing: Mapped[str] = mapped_column(String(500), primary_key=True)
    room: Mapped[str] = mapped_column(
        String(200), ForeignKey("room.slug", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    created: Mapped[datetime]
