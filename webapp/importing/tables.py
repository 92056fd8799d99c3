"""Uploaded lists, and how far each of them has come."""

from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.accounts import Base

STATES: Final = (
    "received",
    "reading",
    "planning",
    "waiting",
    "committing",
    "done",
    "failed",
    "discarded",
)
"""Of an import, in their order; while it is ``waiting`` a person decides."""

WORKING: Final = frozenset({"received", "reading", "planning", "committing"})
"""States that end by themselves."""
OPEN: Final = WORKING | {"waiting"}
"""States of an import that may still commit something."""

Step = Literal["columns", "plan"]
"""What a list waits for: that somebody agrees to its columns, or to its plan."""


class ImportJob(Base):
    """One uploaded list. Its bytes lie in a file of the same token, its plan in memory.

    Attributes:
        token: names it; nobody can guess it.
        account_id: who sent it; None: the operator at the machine.
        state: one of :data:`STATES`.
        step: what it waits for.
        revision: grows whenever a plan is made, so that nobody agrees to one they have not seen.
        wanted: what its sender said (:class:`webapp.importing.wanted.Wanted`).
        counts: rows by what becomes of them, as the newest plan has it.
        said: what a person must know about its state, in both languages.
        before: number of the newest batch when its commit began.
        number: of the batch that it became.
        batch: the id of that batch.
    """

    __tablename__ = "import_job"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state"),
        CheckConstraint("step IN ('columns', 'plan')", name="step"),
    )

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[str] = mapped_column(String(10))
    step: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int]
    wanted: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    said: Mapped[dict[str, Any]]
    before: Mapped[int | None]
    number: Mapped[int | None]
    batch: Mapped[str | None] = mapped_column(String(16))
    created: Mapped[datetime]
    changed: Mapped[datetime]
