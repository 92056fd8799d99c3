"""The tables of accounts: who may sign in, for whom an account acts, and what it did.

Other concerns keep their own tables beside their code, on the same :class:`Base`. Nothing here is
in the RDF store: no query, export or feed can come across it.
"""

from datetime import UTC, datetime
from typing import Any, Final, Literal

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Status = Literal["invited", "waiting", "active", "closed"]
"""Of an account: invited by somebody, waiting for a manager, in use, or closed for good."""

ActingStatus = Literal["waiting", "confirmed"]
How = Literal["", "domain", "manager", "link"]
"""What confirmed that an account acts for an organisation; empty while nothing has."""

JobStatus = Literal["waiting", "running", "done", "failed"]

NAMES: Final = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""How constraints are called, so that a migration can name them on every engine."""


class UtcTime(TypeDecorator[datetime]):
    """A moment, always with its time zone: SQLite forgets it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What every table of the accounts database stands on."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012
        datetime: UtcTime(),
        dict[str, Any]: JSON(),
        Status: String(10),
        ActingStatus: String(10),
        How: String(10),
        JobStatus: String(10),
    }


COUNTED: Final = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database gives."""


def _account(*, key: bool = False, optional: bool = False) -> Mapped[Any]:
    return mapped_column(
        String(16),
        ForeignKey("account.id", ondelete="CASCADE"),
        primary_key=key,
        nullable=optional,
        index=not key,
    )


class Account(Base):
    """One person who may sign in.

    Attributes:
        id: 16 hexadecimal digits, drawn at random; the audience ``person:<id>``.
        email: in small letters; each at most once.
        password_hash: of argon2; None where no password was chosen, so that none fits.
        email_confirmed: when the owner of the address was seen to read its mail.
        person: IRI of the thing that is this person, if one is.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("status IN ('invited', 'waiting', 'active', 'closed')", name="status"),
    )

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="en")
    administrator: Mapped[bool] = mapped_column(default=False)
    status: Mapped[Status]
    created: Mapped[datetime]
    email_confirmed: Mapped[datetime | None]
    person: Mapped[str | None] = mapped_column(String(500))


class Acting(Base):
    """An account acts for an organisation, or says that it does and waits."""

    __tablename__ = "acting"
    __table_args__ = (CheckConstraint("status IN ('waiting', 'confirmed')", name="status"),)

    account_id: Mapped[str] = _account(key=True)
    organisation: Mapped[str] = mapped_column(String(500), primary_key=True, index=True)
    status: Mapped[ActingStatus]
    how: Mapped[How] = mapped_column(default="")
    asked_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(String(16))
    confirmed_at: Mapped[datetime | None]


class Managing(Base):
    """An account manages a cluster or a section of one."""

    __tablename__ = "managing"

    account_id: Mapped[str] = _account(key=True)
    cluster: Mapped[str] = mapped_column(String(500), primary_key=True, index=True)
    since: Mapped[datetime]


class Invitation(Base):
    """What a manager offers to whoever reads the mail of an address; good once."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    organisation: Mapped[str | None] = mapped_column(String(500))
    cluster: Mapped[str | None] = mapped_column(String(500))
    manages: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(2), default="en")
    invited_by: Mapped[str | None] = mapped_column(String(16))
    created: Mapped[datetime]
    expires: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class ApiToken(Base):
    """What a program signs in with; only a digest of the secret is kept."""

    __tablename__ = "api_token"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    account_id: Mapped[str] = _account()
    name: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[str] = mapped_column(String(100))
    created: Mapped[datetime]
    expires: Mapped[datetime | None]
    last_used: Mapped[datetime | None]


class SignIn(Base):
    """One browser that is signed in; only a digest of what its cookie says is kept."""

    __tablename__ = "sign_in"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = _account()
    created: Mapped[datetime]
    seen: Mapped[datetime]
    expires: Mapped[datetime] = mapped_column(index=True)


class Attempt(Base):
    """A sign-in that failed. The address that was tried is known by a keyed digest only."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(COUNTED, primary_key=True)
    tried: Mapped[str] = mapped_column(String(64), index=True)
    time: Mapped[datetime] = mapped_column(index=True)


class Audit(Base):
    """Who did what, and when; for administrators."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(COUNTED, primary_key=True)
    time: Mapped[datetime] = mapped_column(index=True)
    account: Mapped[str | None] = mapped_column(String(16), index=True)
    action: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(Text, default="")


class Job(Base):
    """Work that goes on after the answer was sent, or that a clock starts."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'running', 'done', 'failed')", name="status"),
    )

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    account_id: Mapped[str | None] = _account(optional=True)
    kind: Mapped[str] = mapped_column(String(60), index=True)
    status: Mapped[JobStatus]
    created: Mapped[datetime]
    finished: Mapped[datetime | None]
    wanted: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]


class Setting(Base):
    """What the application remembers for itself, by name."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
