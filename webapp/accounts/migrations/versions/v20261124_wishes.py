"""What accounts want more or none of."""

import sqlalchemy as sa
from alembic import op

from webapp.accounts.tables import UtcTime

revision = "20261124_wishes"
down_revision = "20261124_imports"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "wish",
        sa.Column("account_id", sa.String(length=16), nullable=False),
        sa.Column("thing", sa.String(length=500), nullable=False),
        sa.Column("wish", sa.String(length=4), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_wish_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "thing", name=op.f("pk_wish")),
    )
