"""When profiles were confirmed, who may be asked, what was asked, and who saved what."""

import sqlalchemy as sa
from alembic import op

from webapp.accounts.tables import UtcTime

revision = "20261124_profiles"
down_revision = "20261124_rooms"


def upgrade() -> None:
    """Make the tables of profiles."""
    op.create_table(
        "no_mail",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("time", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_no_mail")),
    )
    op.create_table(
        "profile_confirmed",
        sa.Column("thing", sa.String(length=500), nullable=False),
        sa.Column("time", UtcTime(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        _account("profile_confirmed", "account_id", "SET NULL"),
        sa.CheckConstraint(
            "how IN ('member', 'manager', 'link')", name=op.f("ck_profile_confirmed_how")
        ),
        sa.PrimaryKeyConstraint("thing", name=op.f("pk_profile_confirmed")),
    )
    op.create_table(
        "profile_contact",
        sa.Column("organisation", sa.String(length=500), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        _account("profile_contact", "given_by", "SET NULL"),
        sa.Column("time", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", name=op.f("pk_profile_contact")),
    )
    op.create_table(
        "profile_mail",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("organisation", sa.String(length=500), nullable=False),
        sa.Column("cluster", sa.String(length=500), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        _account("profile_mail", "account_id", "CASCADE"),
        _account("profile_mail", "sent_by", "SET NULL"),
        sa.Column("sent", UtcTime(), nullable=False),
        sa.Column("answered", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_mail")),
    )
    op.create_table(
        "profile_saved",
        sa.Column("batch", sa.String(length=64), nullable=False),
        sa.Column("thing", sa.String(length=500), nullable=False),
        _account("profile_saved", "account_id", "CASCADE"),
        sa.Column(
            "mail_id",
            sa.String(length=16),
            sa.ForeignKey(
                "profile_mail.id", name=op.f("fk_profile_saved_mail_id"), ondelete="CASCADE"
            ),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("batch", name=op.f("pk_profile_saved")),
    )
    for table, column in (
        ("profile_confirmed", "account_id"),
        ("profile_contact", "given_by"),
        ("profile_mail", "account_id"),
        ("profile_mail", "email"),
        ("profile_mail", "organisation"),
        ("profile_mail", "sent"),
        ("profile_mail", "sent_by"),
        ("profile_saved", "account_id"),
        ("profile_saved", "mail_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _account(table: str, column: str, when_gone: str) -> sa.Column[str]:
    return sa.Column(
        column,
        sa.String(length=16),
        sa.ForeignKey("account.id", name=op.f(f"fk_{table}_{column}"), ondelete=when_gone),
        nullable=True,
    )
