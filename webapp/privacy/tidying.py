"""Throwing away what was kept long enough: the settings ``keep_…_days`` carried out."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from graph import KnowledgeError
from webapp.accounts import Account, ApiToken, Audit, Invitation, Job
from webapp.accounts.attempts import WINDOW
from webapp.accounts.clock import now
from webapp.accounts.tables import Attempt, SignIn
from webapp.groups.tables import RoomMember
from webapp.importing.tables import OPEN, ImportJob
from webapp.mailing import Folder
from webapp.me.tables import Visit
from webapp.privacy.erasing import erase_person
from webapp.profiles.tables import (
    NoMail,
    ProfileConfirmed,
    ProfileContact,
    ProfileMail,
    ProfileSaved,
)
from webapp.services import Services
from webapp.settings import Settings

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
        asked: notes of who was asked whether a profile is true.
        contacts: addresses to ask at.
        confirmations: notes of when profiles were confirmed, and by whom.
        refusals: notes that an address wants no mails.
        tokens: tokens of programs that expired.
        saved: notes of who saved what in a form, whose undo is over.
        room_invitations: invitations to closed rooms that nobody answered.
        attempts: sign-ins that failed.
        visits: notes of what accounts looked at.
    """

    audit: int = 0
    sessions: int = 0
    jobs: int = 0
    invitations: int = 0
    accounts: int = 0
    mails: int = 0
    uploads: int = 0
    batches: int = 0
    asked: int = 0
    contacts: int = 0
    confirmations: int = 0
    refusals: int = 0
    tokens: int = 0
    saved: int = 0
    room_invitations: int = 0
    attempts: int = 0
    visits: int = 0

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
        finished = before(settings.keep_jobs_days)
        jobs = _delete(session, delete(Job).where(Job.finished < finished))
        over_imports = ImportJob.state.not_in(OPEN) & (ImportJob.changed < finished)
        jobs += _delete(session, delete(ImportJob).where(over_imports))
        old = before(settings.keep_closed_accounts_days)
        invitations = _delete(session, delete(Invitation).where(Invitation.expires < old))
        of_profiles = _tidy_profiles(session, settings, before)
        tokens = _delete(
            session, delete(ApiToken).where(ApiToken.expires < before(settings.keep_tokens_days))
        )
        waiting = RoomMember.since < before(settings.keep_room_invitations_days)
        invited = delete(RoomMember).where(RoomMember.standing == "invited", waiting)
        room_invitations = _delete(session, invited)
        attempts = _delete(session, delete(Attempt).where(Attempt.time < now() - WINDOW))
        visits = _delete(
            session, delete(Visit).where(Visit.last < before(settings.keep_visits_days))
        )
    gone = _accounts_to_go(made, old)
    if gone:
        erase_person(made, [], gone)
    batches = _tidy_batches(made, before(settings.keep_batches_days))
    return Tidied(
        audit=audit,
        sessions=sessions,
        jobs=jobs,
        invitations=invitations,
        accounts=len(gone),
        mails=_tidy_mails(made, before(settings.keep_mail_days)),
        uploads=_tidy_uploads(made, before(1)),
        batches=batches,
        saved=_tidy_saved(made),
        tokens=tokens,
        room_invitations=room_invitations,
        attempts=attempts,
        visits=visits,
        **of_profiles,
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


def _tidy_profiles(
    session: Session, settings: Settings, before: Callable[[int], datetime]
) -> dict[str, int]:
    """What is noted of profiles; whoever may not be asked again yet stays noted."""
    asked = before(max(settings.keep_asked_days, settings.confirmation_period_days))
    mails = select(ProfileMail.organisation)
    unused = (ProfileContact.time < before(settings.keep_contacts_days)) & (
        ProfileContact.organisation.not_in(
            mails.where(ProfileMail.sent >= before(settings.keep_contacts_days))
        )
    )
    confirmed = ProfileConfirmed.time < before(settings.keep_confirmations_days)
    refused = NoMail.time < before(settings.keep_refusals_days)
    return {
        "contacts": _delete(session, delete(ProfileContact).where(unused)),
        "asked": _delete(session, delete(ProfileMail).where(ProfileMail.sent < asked)),
        "confirmations": _delete(session, delete(ProfileConfirmed).where(confirmed)),
        "refusals": _delete(session, delete(NoMail).where(refused)),
    }


def _tidy_saved(made: Services) -> int:
    """Who saved what is noted for the undo alone."""
    kept = {batch.id for batch in made.knowledge.batches() if batch.kept}
    with made.accounts.session() as session:
        gone = [one for one in session.scalars(select(ProfileSaved)) if one.batch not in kept]
        for one in gone:
            session.delete(one)
    return len(gone)


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
