"""Throwing away what was kept long enough: the settings ``keep_…_days`` carried out."""

import logging
import threading
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from graph import KnowledgeError
from webapp.accounts import Account, Audit, Invitation, Job
from webapp.accounts.clock import now
from webapp.accounts.tables import SignIn
from webapp.mailing import Folder
from webapp.privacy.erasing import erase_person
from webapp.services import Services

log = logging.getLogger(__name__)

_DAY_SECONDS: Final = 24 * 60 * 60


@dataclass(frozen=True)
class Tidied:
    """How much was thrown away.

    Attributes:
        audit: entries of the audit log.
        sessions: browsers whose sign-in is over.
        jobs: jobs that are finished.
        invitations: invitations that are over.
        accounts: accounts that were closed, or never taken.
        mails: mails in the folder.
        uploads: lists that were uploaded a day ago and not committed.
        batches: batches whose changes are no longer kept.
    """

    audit: int = 0
    sessions: int = 0
    jobs: int = 0
    invitations: int = 0
    accounts: int = 0
    mails: int = 0
    uploads: int = 0
    batches: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


def tidy(made: Services) -> Tidied:
    """Throw away what the settings say is old enough.

    Raises:
        KnowledgeError: the disk is full.
    """
    settings = made.settings

    def before(days: int) -> datetime:
        return now() - timedelta(days=days)

    with made.accounts.session() as session:
        audit = _delete(session, delete(Audit).where(Audit.time < before(settings.keep_audit_days)))
        over = or_(SignIn.expires <= now(), SignIn.seen <= before(settings.session_rest_days))
        sessions = _delete(session, delete(SignIn).where(over))
        jobs = _delete(session, delete(Job).where(Job.finished < before(settings.keep_jobs_days)))
        old = before(settings.keep_closed_accounts_days)
        invitations = _delete(session, delete(Invitation).where(Invitation.expires < old))
    gone = _accounts_to_go(made, old)
    if gone:
        erase_person(made, [], gone)
    return Tidied(
        audit=audit,
        sessions=sessions,
        jobs=jobs,
        invitations=invitations,
        accounts=len(gone),
        mails=_tidy_mails(made, before(settings.keep_mail_days)),
        uploads=_tidy_uploads(made, before(1)),
        batches=_tidy_batches(made, before(settings.keep_batches_days)),
    )


def tidy_each_day(made: Services, stop: threading.Event) -> None:
    """Tidy now and then once a day, until the server stops; errors are told in the log."""
    while True:
        try:
            if tidied := tidy(made):
                log.info("tidied: %s", tidied)
        except (KnowledgeError, OSError, SQLAlchemyError):
            log.exception("could not tidy")
        if stop.wait(_DAY_SECONDS):
            return


def _delete(session: Session, statement: object) -> int:
    found = session.execute(statement)  # type: ignore[call-overload]
    return int(found.rowcount)


def _accounts_to_go(made: Services, old: datetime) -> list[Account]:
    """Accounts that were closed before a day, and those of invitations that are over.

    When an account was closed stands in the audit log; where that is not known any more, it is
    long ago.
    """
    with made.accounts.reading() as session:
        closed = select(Audit.about).where(Audit.action == "close", Audit.time >= old)
        invited = select(Invitation.email)
        asked = select(Account).where(
            or_(
                (Account.status == "closed") & Account.id.not_in(closed),
                (Account.status == "invited")
                & (Account.created < old)
                & Account.email.not_in(invited),
            )
        )
        return list(session.scalars(asked.order_by(Account.id)))


def _tidy_mails(made: Services, old: datetime) -> int:
    post = made.mailer.post
    return _tidy_folder(post.path, "*.eml", old) if isinstance(post, Folder) else 0


def _tidy_uploads(made: Services, old: datetime) -> int:
    folder = made.knowledge.folder
    return _tidy_folder(folder / "uploads", "*", old) if folder else 0


def _tidy_folder(folder: Path, names: str, old: datetime) -> int:
    gone = [path for path in folder.glob(names) if path.stat().st_mtime < old.timestamp()]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _tidy_batches(made: Services, old: datetime) -> int:
    count = 0
    for batch in made.knowledge.batches():
        if batch.kept and batch.time < old:
            made.knowledge.forget(batch.number)
            count += 1
    return count
