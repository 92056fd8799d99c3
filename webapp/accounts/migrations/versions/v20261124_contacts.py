"""Addresses that members are asked at belong to the cluster whose manager gave them."""

import sqlalchemy as sa
from alembic import op

from webapp.accounts.tables import UtcTime

revision = "20261124_contacts"
down_revision = "20261124_visits"

_SAID = ("organisation", "email", "language", "given_by", "time")
_TYPED = sa.table(
    "profile_contact",
    *(sa.column(name) for name in ("cluster", *_SAID[:-1])),
    sa.column("time", UtcTime()),
)


def upgrade() -> None:
    """Make the table anew; each address stays with the clusters that it was given for."""
    given = _given()
    op.drop_index(op.f("ix_profile_contact_given_by"), "profile_contact")
    op.drop_table("profile_contact")
    op.create_table(
        "profile_contact",
        sa.Column("cluster", sa.String(length=500), nullable=False),
        sa.Column("organisation", sa.String(length=500), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("given_by", sa.String(length=16), nullable=True),
        sa.Column("time", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["account.id"],
            name=op.f("fk_profile_contact_given_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("cluster", "organisation", name=op.f("pk_profile_contact")),
    )
    op.create_index(op.f("ix_profile_contact_given_by"), "profile_contact", ["given_by"])
    if given:
        op.bulk_insert(_TYPED, given)


def _given() -> list[dict[str, object]]:
    """What was given, for each cluster that its giver manages or that has sent a mail there."""
    ask = op.get_bind().execute
    rows = ask(sa.select(*(_TYPED.c[name] for name in _SAID))).all()
    managing = sa.table("managing", sa.column("account_id"), sa.column("cluster"))
    mails = sa.table(
        "profile_mail", sa.column("organisation"), sa.column("email"), sa.column("cluster")
    )
    found = []
    for row in rows:
        said = dict(zip(_SAID, row, strict=True))
        managed = sa.select(managing.c.cluster).where(managing.c.account_id == said["given_by"])
        mailed = sa.select(mails.c.cluster).where(
            mails.c.organisation == said["organisation"], mails.c.email == said["email"]
        )
        clusters = {*ask(managed).scalars(), *ask(mailed).scalars()}
        found += [{"cluster": cluster, **said} for cluster in sorted(clusters)]
    return found
