"""What somebody is interested in, saved, or wants more or none of; nobody else reads it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.accounts import Base


class Interest(Base):
    """A competence, topic or sector that an account is interested in.

    Attributes:
        concept: its IRI when it was chosen; a merge may have moved it since.
    """

    __tablename__ = "interest"

    account_id: Mapped[str] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    concept: Mapped[str] = mapped_column(String(500), primary_key=True)
    since: Mapped[datetime]


class Saved(Base):
    """A thing that an account wants to find again.

    Attributes:
        thing: its IRI when it was saved; a merge may have moved it since.
    """

    __tablename__ = "saved"

    account_id: Mapped[str] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    thing: Mapped[str] = mapped_column(String(500), primary_key=True)
    since: Mapped[datetime]


class Wish(Base):
    """A thing that an account wants more of, or does not want to see.

    Attributes:
        thing: its IRI when that was said; a merge may have moved it since.
        wish: ``more`` or ``less``.
    """

    __tablename__ = "wish"

    account_id: Mapped[str] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    thing: Mapped[str] = mapped_column(String(500), primary_key=True)
    wish: Mapped[str] = mapped_column(String(4))
    since: Mapped[datetime]


class VisitsWanted(Base):
    """An account that has noted what it looks at."""

    __tablename__ = "visits_wanted"

    account_id: Mapped[str] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[datetime]


class Visit(Base):
    """A thing that an account looked at.

    Attributes:
        thing: its IRI at that time; a merge may have moved it since.
        last: when, the last time.
        times: how often.
    """

    __tablename__ = "visit"

    account_id: Mapped[str] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    thing: Mapped[str] = mapped_column(String(500), primary_key=True)
    last: Mapped[datetime]
    times: Mapped[int]
