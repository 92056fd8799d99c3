"""Interests and saved things of accounts."""

import sqlalchemy as sa
from alembic import op

from webapp.accounts.tables import UtcTime

revision = "20261124_me"
down_revision = "20261124_accounts"


def upgrade() -> None:
    """Make the tables."""
    for table, column in (("interest", "concept"), ("saved", "thing")):
        op.create_table(
            table,
            sa.Column("account_id", sa.String(length=16), nullable=False),
            sa.Column(column, sa.String(length=500), nullable=False),
            sa.Column("since", UtcTime(), nullable=False),
            sa.ForeignKeyConstraint(
                ["account_id"],
                ["account.id"],
                name=op.f(f"fk_{table}_account_id"),
                ondelete="CASCADE",
            ),
            sa.PrimaryKeyConstraint("account_id", column, name=op.f(f"pk_{table}")),
        )
