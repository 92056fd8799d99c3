"""From an invitation or a registration to an account that signs in, and to its end."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ontology import Bilingual
from webapp.accounts import passwords
from webapp.accounts.attempts import Attempts
from webapp.accounts.clock import now
from webapp.accounts.database import AccountsError
from webapp.accounts.tables import (
    Account,
    Acting,
    ApiToken,
    Invitation,
    Managing,
    SignIn,
    Status,
)

INVITATION_DAYS: Final = 14


def new_id() -> str:
    """A number for something new that tells nothing about the others: 16 hexadecimal digits."""
    return secrets.token_hex(8)


def as_address(email: str) -> str:
    """An e-mail address as accounts are known by.

    >>> as_address(" Ada@Optence.Example ")
    'ada@optence.example'
    """
    return email.strip().casefold()


def could_be_address(email: str) -> bool:
    """Whether mail can be sent there at all; only the mail itself shows more.

    >>> [could_be_address(text) for text in ("ada@optence.example", "ada", "a@b@c.d")]
    [True, False, False]
    """
    name, at, domain = as_address(email).partition("@")
    plain = all(sign.isprintable() and sign not in ' ,;:<>()[]"\\' for sign in name + domain)
    whole = (
        bool(name and at) and "@" not in domain and "." in domain.strip(".") and ".." not in domain
    )
    return whole and plain and len(email) <= 254 and not domain.startswith((".", "-"))


class People(Attempts):
    """Accounts and how they come and go."""

    def by_id(self, account_id: str) -> Account | None:
        """The account of an id."""
        with self.reading() as session:
            return session.get(Account, account_id)

    def by_email(self, email: str) -> Account | None:
        """The account of an e-mail address."""
        with self.reading() as session:
            return _by_email(session, email)

    def all(self) -> list[Account]:
        """All accounts, by address."""
        with self.reading() as session:
            return list(session.scalars(select(Account).order_by(Account.email)))

    def create(
        self,
        email: str,
        name: str = "",
        password: str | None = None,
        *,
        language: str = "en",
        administrator: bool = False,
        status: Status = "active",
    ) -> Account:
        """Make an account that somebody answers for, as the command line does.

        Without a password nobody can sign in until one was chosen through a link.

        Raises:
            AccountsError: the address cannot be one, or has an account; the password is too weak.
        """
        hashed = self._hashed(password, email) if password is not None else None
        if not could_be_address(email):
            raise _no_address()
        with self.session() as session:
            if _by_email(session, email) is not None:
                raise _address_taken()
            account = _new_account(email, name, language, status)
            account.password_hash = hashed
            account.administrator = administrator
            account.email_confirmed = now() if status == "active" else None
            session.add(account)
            return account

    def invite(
        self,
        email: str,
        *,
        by: str | None = None,
        cluster: str | None = None,
        organisation: str | None = None,
        manages: bool = False,
        language: str = "en",
    ) -> Invitation:
        """Offer an account; the page sends the mail with a link to the invitation.

        Whether the address has an account already makes no difference to who invites.

        Args:
            email: whom.
            by: id of the account that invites.
            cluster: IRI of the cluster on whose behalf.
            organisation: IRI of the organisation that the invited will act for.
            manages: whether the invited will manage that cluster.
            language: of the mail.

        Raises:
            AccountsError: the address cannot be one.
        """
        if not could_be_address(email):
            raise _no_address()
        invitation = Invitation(
            id=new_id(),
            email=as_address(email),
            organisation=organisation,
            cluster=cluster,
            manages=manages,
            language=language,
            invited_by=by,
            created=now(),
            expires=now() + timedelta(days=INVITATION_DAYS),
        )
        with self.session() as session:
            session.add(invitation)
            if _by_email(session, email) is None:
                session.add(_new_account(email, "", language, "invited"))
        self.audit(by, "invite", invitation.id)
        return invitation

    def invitation(self, invitation_id: str) -> Invitation | None:
        """An invitation that can still be accepted."""
        with self.reading() as session:
            return _open_invitation(session, invitation_id)

    def invitations(self, cluster: str) -> list[Invitation]:
        """What was offered on behalf of a cluster and not accepted yet, newest first."""
        asked = select(Invitation).where(
            Invitation.cluster == cluster, Invitation.accepted_at.is_(None)
        )
        with self.reading() as session:
            return list(session.scalars(asked.order_by(Invitation.created.desc())))

    def withdraw(self, invitation_id: str) -> None:
        """Take an offer back."""
        with self.session() as session:
            session.execute(delete(Invitation).where(Invitation.id == invitation_id))

    def accept(self, invitation_id: str, *, name: str = "", password: str = "") -> Account | None:
        """Accept an invitation whose link came by mail, so that the address is confirmed too.

        An account that is in use keeps its name and its password.

        Returns:
            The account, which may sign in now; None where the invitation is used or too old.

        Raises:
            AccountsError: the password is too weak.
        """
        invitation = self.invitation(invitation_id)
        if invitation is None:
            return None
        known = self.by_email(invitation.email)
        if known is not None and known.status == "closed":
            return None
        in_use = known is not None and known.status == "active"
        hashed = None if in_use else self._hashed(password, invitation.email)
        with self.session() as session:
            offered = _open_invitation(session, invitation_id)
            if offered is None:
                return None
            account = _by_email(session, offered.email)
            if account is None:
                account = _new_account(offered.email, name, offered.language, "invited")
                session.add(account)
            if hashed is not None:
                account.password_hash = hashed
                account.name = name.strip() or account.name
            account.status = "active"
            account.email_confirmed = account.email_confirmed or now()
            offered.accepted_at = now()
            _give(session, account, offered)
        self.audit(account.id, "accept", invitation_id)
        return account

    def register(
        self, email: str, name: str, password: str, *, language: str = "en"
    ) -> Account | None:
        """Ask for an account; it waits for a manager.

        Returns:
            The new account; None where the address has one. The page says the same in both
            cases and writes to the address which of them it is.

        Raises:
            AccountsError: the address cannot be one; the password is too weak.
        """
        if not could_be_address(email):
            raise _no_address()
        hashed = self._hashed(password, email)
        with self.session() as session:
            known = _by_email(session, email)
            if known is not None:
                return None
            account = _new_account(email, name, language, "waiting")
            account.password_hash = hashed
            session.add(account)
            return account

    def confirm_address(self, account_id: str) -> None:
        """The owner of the address followed a link in a mail to it."""
        with self.session() as session:
            account = session.get(Account, account_id)
            if account is not None and account.email_confirmed is None:
                account.email_confirmed = now()

    def confirm(self, account_id: str, *, by: str | None) -> Account:
        """A manager or administrator lets an account in that waits.

        Raises:
            AccountsError: it does not wait, or nobody has shown to read the mail of its address:
                somebody else could have registered it.
        """
        with self.session() as session:
            account = session.get(Account, account_id)
            if account is None or account.status != "waiting":
                raise _does_not_wait()
            if account.email_confirmed is None:
                raise _unread()
            account.status = "active"
        self.audit(by, "confirm", account_id)
        return account

    def appoint(self, account_id: str, *, administrator: bool, by: str | None) -> None:
        """Make an account an administrator, or one no longer.

        Raises:
            AccountsError: it is closed.
        """
        with self.session() as session:
            account = session.get_one(Account, account_id)
            if account.status == "closed":
                raise _is_closed()
            account.administrator = administrator
        self.audit(by, "appoint" if administrator else "dismiss", account_id)

    def close(self, account_id: str, *, by: str | None) -> None:
        """End an account: nobody can sign in with it, and it acts for nobody."""
        with self.session() as session:
            account = session.get(Account, account_id)
            if account is None:
                return
            account.status = "closed"
            account.password_hash = None
            account.administrator = False
            for table in (SignIn, ApiToken, Acting, Managing):
                session.execute(delete(table).where(table.account_id == account_id))
        self.audit(by, "close", account_id)

    def change_password(self, account_id: str, password: str) -> None:
        """Choose a new password; every browser that is signed in has to sign in again.

        Raises:
            AccountsError: the password is too weak; the account is closed.
        """
        account = self.by_id(account_id)
        if account is None or account.status == "closed":
            raise _is_closed()
        hashed = self._hashed(password, account.email)
        with self.session() as session:
            account = session.get_one(Account, account_id)
            account.password_hash = hashed
            session.execute(delete(SignIn).where(SignIn.account_id == account_id))
        self.audit(account_id, "password", account_id)

    def change(self, account_id: str, *, name: str, language: str) -> None:
        """Another name or language."""
        with self.session() as session:
            account = session.get_one(Account, account_id)
            account.name, account.language = name.strip()[:200], language

    def authenticate(self, email: str, password: str) -> Account | None:
        """The account that an address and a password open.

        The work is the same for an address without an account, and after too many failed
        attempts with an address nothing opens it for a while.
        """
        account = self.by_email(email)
        fitting = passwords.fits(password, account.password_hash if account else None)
        if self.too_many_attempts(email):
            return None
        if account is None or not fitting or account.status != "active":
            self.attempt_failed(email)
            return None
        kept = account.password_hash or ""
        if passwords.is_dated(kept):
            with self.session() as session:
                session.get_one(Account, account.id).password_hash = passwords.hash_of(password)
        self.forget_attempts(email)
        return account

    def _hashed(self, password: str, email: str) -> str:
        if not passwords.good_enough(password, as_address(email)):
            raise _too_weak()
        return passwords.hash_of(password)


def _by_email(session: Session, email: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email == as_address(email)))


def _open_invitation(session: Session, invitation_id: str) -> Invitation | None:
    found = session.get(Invitation, invitation_id)
    return found if found and found.accepted_at is None and found.expires > now() else None


def _new_account(email: str, name: str, language: str, status: Status) -> Account:
    return Account(
        id=new_id(),
        email=as_address(email),
        name=name.strip()[:200],
        language=language,
        administrator=False,
        status=status,
        created=now(),
    )


def _give(session: Session, account: Account, offered: Invitation) -> None:
    """What an invitation promised."""
    moment: datetime = now()
    if offered.organisation:
        session.merge(
            Acting(
                account_id=account.id,
                organisation=offered.organisation,
                status="confirmed",
                how="manager",
                asked_at=moment,
                confirmed_by=offered.invited_by,
                confirmed_at=moment,
            )
        )
    if offered.cluster and offered.manages:
        session.merge(Managing(account_id=account.id, cluster=offered.cluster, since=moment))


def _no_address() -> AccountsError:
    return AccountsError(
        Bilingual("This is no e-mail address.", "Das ist keine E-Mail-Adresse."),
        Bilingual("Check its spelling.", "Prüfen Sie die Schreibung."),
    )


def _address_taken() -> AccountsError:
    return AccountsError(
        Bilingual("This address has an account.", "Zu dieser Adresse gibt es ein Konto."),
        Bilingual("Choose another address.", "Wählen Sie eine andere Adresse."),
    )


def _too_weak() -> AccountsError:
    return AccountsError(
        Bilingual("This password is too easy to guess.", "Dieses Passwort ist zu leicht zu raten."),
        Bilingual(
            f"Choose one with {passwords.LEAST_LENGTH} to {passwords.MOST_LENGTH} characters that "
            "is not your address.",
            f"Wählen Sie eines mit {passwords.LEAST_LENGTH} bis {passwords.MOST_LENGTH} Zeichen, "
            "das nicht Ihre Adresse ist.",
        ),
    )


def _does_not_wait() -> AccountsError:
    return AccountsError(
        Bilingual("This account does not wait any more.", "Dieses Konto wartet nicht mehr."),
    )


def _unread() -> AccountsError:
    return AccountsError(
        Bilingual(
            "The owner of the address has not followed the link in our mail yet.",
            "Wem die Adresse gehört, ist dem Link in unserer Mail noch nicht gefolgt.",
        ),
        Bilingual("Ask for that first.", "Bitten Sie zuerst darum."),
    )


def _is_closed() -> AccountsError:
    return AccountsError(Bilingual("This account is closed.", "Dieses Konto ist geschlossen."))
