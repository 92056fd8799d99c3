"""What accounts looked at, where they want that noted; nobody used the table of the erased."""

import sqlalchemy as sa
from alembic import op

from webapp.accounts.tables import UtcTime

revision = "20261124_visits"
down_revision = "20261124_wishes"


def upgrade() -> None:
    """Make the tables, and drop the other."""
    for table, columns in (
        ("visits_wanted", [sa.Column("since", UtcTime(), nullable=False)]),
        (
            "visit",
            [
                sa.Column("thing", sa.String(length=500), nullable=False),
                sa.Column("last", UtcTime(), nullable=False),
                sa.Column("times", sa.Integer(), nullable=False),
            ],
        ),
    ):
        key = ["account_id"] + (["thing"] if table == "visit" else [])
        op.create_table(
            table,
            sa.Column("account_id", sa.String(length=16), nullable=False),
            *columns,
            sa.ForeignKeyConstraint(
                ["account_id"],
                ["account.id"],
                name=op.f(f"fk_{table}_account_id"),
                ondelete="CASCADE",
            ),
            sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        )
    op.drop_table("erased")
