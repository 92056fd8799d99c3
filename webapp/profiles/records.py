"""What the database knows of profiles: confirmations, contacts, mails, and who saved what."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select

from graph import ANONYMOUS, joined_things
from webapp.accounts import Account
from webapp.accounts.clock import now
from webapp.accounts.mail_addresses import as_address
from webapp.accounts.people import new_id
from webapp.profiles.tables import (
    By,
    NoMail,
    ProfileConfirmed,
    ProfileContact,
    ProfileMail,
    ProfileSaved,
)
from webapp.secret import key_for
from webapp.services import services

_PART = 500
"""Things that are asked for in one query."""


@dataclass(frozen=True)
class Confirmation:
    """When a profile was last confirmed, and by whom.

    Attributes:
        time: when.
        how: whether somebody who acts for it did, a manager, or whoever followed a link.
        name: the name of the account; empty where none did, or it has none.
    """

    time: datetime
    how: By
    name: str = ""


def confirm(thing: str, how: By, account_id: str | None = None) -> None:
    """All that the profile of a thing says is true, somebody says now."""
    with services().accounts.session() as session:
        session.merge(ProfileConfirmed(thing=thing, time=now(), how=how, account_id=account_id))


def confirmations(things: Sequence[str]) -> dict[str, Confirmation]:
    """The last confirmation of each of some things that has one, under any of its IRIs."""
    known: dict[str, Confirmation] = {}
    every, joined = _with_joined(things)
    with services().accounts.reading() as session:
        for start in range(0, len(every), _PART):
            asked = (
                select(ProfileConfirmed, Account.name)
                .outerjoin(Account, Account.id == ProfileConfirmed.account_id)
                .where(ProfileConfirmed.thing.in_(every[start : start + _PART]))
            )
            for row, name in session.execute(asked):
                known[row.thing] = Confirmation(row.time, row.how, name or "")
    found = {
        thing: [known[iri] for iri in joined.get(thing, (thing,)) if iri in known]
        for thing in things
    }
    return {
        thing: max(several, key=lambda one: one.time) for thing, several in found.items() if several
    }


def _with_joined(things: Sequence[str]) -> tuple[list[str], dict[str, frozenset[str]]]:
    """Things and all that were publicly joined with them; and for each which those are."""
    joined = joined_things(services().knowledge, ANONYMOUS)
    every = dict.fromkeys(iri for thing in things for iri in (thing, *joined.get(thing, ())))
    return list(every), joined


def confirmation(thing: str) -> Confirmation | None:
    """The last confirmation of a thing."""
    return confirmations([thing]).get(thing)


def contact_of(cluster: str, organisation: str) -> ProfileContact | None:
    """The address that a manager of a cluster gave for an organisation."""
    return contacts(cluster, [organisation]).get(organisation)


def contacts(cluster: str, organisations: Sequence[str]) -> dict[str, ProfileContact]:
    """The addresses that managers of a cluster gave, by organisation."""
    known: dict[str, ProfileContact] = {}
    every, joined = _with_joined(organisations)
    with services().accounts.reading() as session:
        for start in range(0, len(every), _PART):
            part = every[start : start + _PART]
            asked = select(ProfileContact).where(
                ProfileContact.cluster == cluster, ProfileContact.organisation.in_(part)
            )
            known |= {one.organisation: one for one in session.scalars(asked)}
    found: dict[str, ProfileContact] = {}
    for iri in organisations:
        # Its own first: what was given for the other name is older where both are there.
        several = (iri, *sorted(joined.get(iri, ())))
        if one := next((known[other] for other in several if other in known), None):
            found[iri] = one
    return found


def set_contact(
    cluster: str, organisation: str, email: str, language: str, account_id: str
) -> None:
    """Give the address of an organisation for one cluster; an empty one takes it away."""
    with services().accounts.session() as session:
        for iri in _with_joined([organisation])[0]:
            if (known := session.get(ProfileContact, (cluster, iri))) is not None:
                session.delete(known)
        session.flush()
        if email:
            given = ProfileContact(
                cluster=cluster,
                organisation=organisation,
                email=as_address(email),
                language=language,
                given_by=account_id,
                time=now(),
            )
            session.add(given)


def last_mails(organisations: Sequence[str]) -> dict[str, datetime]:
    """When each of some organisations was last asked."""
    found: dict[str, datetime] = {}
    with services().accounts.reading() as session:
        for start in range(0, len(organisations), _PART):
            asked = (
                select(ProfileMail.organisation, func.max(ProfileMail.sent).label("sent"))
                .where(ProfileMail.organisation.in_(organisations[start : start + _PART]))
                .group_by(ProfileMail.organisation)
            )
            found |= {row.organisation: row.sent for row in session.execute(asked)}
    return found


def may_ask_again(last: datetime | None) -> bool:
    """Whether a period has passed since an organisation was last asked."""
    period = timedelta(days=services().settings.confirmation_period_days)
    return last is None or last <= now() - period


def new_mail(
    organisation: str, cluster: str, email: str, account_id: str | None, sent_by: str
) -> ProfileMail | None:
    """Write down that an organisation is asked; None where it was within the last period.

    The look and the note are one step, so that two managers who send at once do not ask twice.
    """
    with services().accounts.session() as session:
        asked = select(func.max(ProfileMail.sent)).where(ProfileMail.organisation == organisation)
        if not may_ask_again(session.scalar(asked)):
            return None
        mail = ProfileMail(
            id=new_id(),
            organisation=organisation,
            cluster=cluster,
            email=as_address(email),
            account_id=account_id,
            sent_by=sent_by,
            sent=now(),
        )
        session.add(mail)
        return mail


def forget_mail(mail_id: str) -> None:
    """A mail could not be sent after all."""
    with services().accounts.session() as session:
        mail = session.get(ProfileMail, mail_id)
        if mail is not None:
            session.delete(mail)


def mail_of(mail_id: str) -> ProfileMail | None:
    """A mail that was sent, while whoever it went to may still answer it."""
    accounts = services().accounts
    with accounts.reading() as session:
        mail = session.get(ProfileMail, mail_id)
    if mail is None:
        return None
    if mail.account_id:
        account = accounts.by_id(mail.account_id)
        in_use = account is not None and account.status == "active"
        return mail if in_use and mail.organisation in accounts.acts_for(mail.account_id) else None
    # Whoever was the contact when the mail was sent, and is no longer, has no say any more.
    contact = contact_of(mail.cluster, mail.organisation)
    return mail if contact is not None and contact.email == mail.email else None


def went_to(mail_id: str) -> str | None:
    """The address that a mail went to; None where nobody knows of it any more."""
    with services().accounts.reading() as session:
        mail = session.get(ProfileMail, mail_id)
    return mail.email if mail else None


def answered(mail_id: str) -> None:
    """Somebody answered a mail."""
    with services().accounts.session() as session:
        mail = session.get(ProfileMail, mail_id)
        if mail is not None:
            mail.answered = now()


def stop_mails(email: str) -> None:
    """An address wants no such mails."""
    with services().accounts.session() as session:
        session.merge(NoMail(digest=_digest(email), time=now()))


def allow_mails(email: str) -> None:
    """An address wants such mails again."""
    with services().accounts.session() as session:
        known = session.get(NoMail, _digest(email))
        if known is not None:
            session.delete(known)


def unwanted(emails: Iterable[str]) -> set[str]:
    """Those of some addresses that want no such mails."""
    by_digest = {_digest(email): email for email in emails}
    found: set[str] = set()
    digests = list(by_digest)
    with services().accounts.reading() as session:
        for start in range(0, len(digests), _PART):
            asked = select(NoMail.digest).where(NoMail.digest.in_(digests[start : start + _PART]))
            found |= {by_digest[digest] for digest in session.scalars(asked)}
    return found


def saved(batch: str, thing: str, account_id: str | None, mail_id: str | None = None) -> None:
    """Write down who saved a batch."""
    with services().accounts.session() as session:
        session.merge(
            ProfileSaved(batch=batch, thing=thing, account_id=account_id, mail_id=mail_id)
        )


def saving(batch: str) -> ProfileSaved | None:
    """Who saved a batch in a form."""
    with services().accounts.reading() as session:
        return session.get(ProfileSaved, batch)


def _digest(email: str) -> str:
    key = key_for("no-mail", services().secret)
    return hmac.new(key, as_address(email).encode(), sha256).hexdigest()
