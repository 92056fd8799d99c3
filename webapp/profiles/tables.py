"""The tables of profiles: when each was confirmed, who may be asked, and what was asked.

Things are named by IRI. None of this is in the RDF store.
"""

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.accounts import Base

By = Literal["member", "manager", "link"]
"""Who confirmed a profile: somebody who acts for it, a manager, or whoever followed a link."""


class ProfileConfirmed(Base):
    """Somebody said that all that a profile says is true; the last time counts."""

    __tablename__ = "profile_confirmed"
    __table_args__ = (CheckConstraint("how IN ('member', 'manager', 'link')", name="how"),)

    thing: Mapped[str] = mapped_column(String(500), primary_key=True)
    time: Mapped[datetime]
    how: Mapped[By] = mapped_column(String(10))
    account_id: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="SET NULL"), index=True
    )


class ProfileContact(Base):
    """An address that a manager gave for an organisation, to ask whether its profile is true.

    Each cluster has its own: the managers of another are not told of it.
    """

    __tablename__ = "profile_contact"

    cluster: Mapped[str] = mapped_column(String(500), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(500), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    given_by: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    time: Mapped[datetime]


class ProfileMail(Base):
    """One mail that asks whether a profile is true; its link names it.

    Attributes:
        cluster: IRI of the cluster on whose behalf it was sent.
        account_id: whose address it went to, where that is an account's.
        answered: when somebody confirmed or corrected the profile through its link.
    """

    __tablename__ = "profile_mail"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(500), index=True)
    cluster: Mapped[str] = mapped_column(String(500))
    email: Mapped[str] = mapped_column(String(254), index=True)
    account_id: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    sent_by: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    sent: Mapped[datetime] = mapped_column(index=True)
    answered: Mapped[datetime | None]


class NoMail(Base):
    """An address that wants no such mails; only a keyed digest of it is kept."""

    __tablename__ = "no_mail"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    time: Mapped[datetime]


class ProfileSaved(Base):
    """Who saved which batch in a form, so that the same person may take it back.

    Attributes:
        batch: the id of the batch; its number would tell of hidden commits.
        thing: whose profile it belongs to; the owner of a thing that was taken away.
    """

    __tablename__ = "profile_saved"

    batch: Mapped[str] = mapped_column(String(64), primary_key=True)
    thing: Mapped[str] = mapped_column(String(500))
    account_id: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    mail_id: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("profile_mail.id", ondelete="CASCADE"), index=True
    )
