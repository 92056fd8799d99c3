"""Closed rooms, their members and who posted what."""

import sqlalchemy as sa
from alembic import op

from webapp.accounts.tables import UtcTime

revision = "20261124_rooms"
down_revision = "20261124_me"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "room",
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("seen_by", sa.String(length=220), nullable=False),
        sa.Column("created", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_room")),
    )
    _members()
    op.create_table(
        "room_post",
        sa.Column("thing", sa.String(length=500), nullable=False),
        sa.Column("room", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=True),
        sa.Column("created", UtcTime(), nullable=False),
        _of_room("room_post"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_room_post_account_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("thing", name=op.f("pk_room_post")),
    )
    for column in ("room", "account_id"):
        op.create_index(op.f(f"ix_room_post_{column}"), "room_post", [column], unique=False)


def _members() -> None:
    op.create_table(
        "room_member",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("room", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("thing", sa.String(length=500), nullable=True),
        sa.Column("owner", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("invited_by", sa.String(length=16), nullable=True),
        sa.Column("since", UtcTime(), nullable=False),
        sa.CheckConstraint(
            "standing IN ('invited', 'joined')", name=op.f("ck_room_member_standing")
        ),
        _of_room("room_member"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_room_member_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_member")),
        sa.UniqueConstraint("room", "account_id", name=op.f("uq_room_member_account")),
        sa.UniqueConstraint("room", "email", name=op.f("uq_room_member_email")),
        sa.UniqueConstraint("room", "thing", name=op.f("uq_room_member_thing")),
    )
    for column in ("room", "account_id", "email", "thing"):
        op.create_index(op.f(f"ix_room_member_{column}"), "room_member", [column], unique=False)


def _of_room(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["room"], ["room.slug"], name=op.f(f"fk_{table}_room"), ondelete="CASCADE"
    )
