"""From an invitation or a registration to an account that signs in, and to its end."""

import secrets

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.accounts import passwords
from webapp.accounts.attempts import Attempts
from webapp.accounts.clock import now
from webapp.accounts.mail_addresses import as_address, could_be_address
from webapp.accounts.refusals import (
    address_taken,
    does_not_wait,
    is_closed,
    no_address,
    too_weak,
    unread,
)
from webapp.accounts.tables import (
    Account,
    Acting,
    ApiToken,
    Managing,
    SignIn,
    Status,
)


def new_id() -> str:
    """A number for something new that tells nothing about the others: 16 hexadecimal digits."""
    return secrets.token_hex(8)


def as_name(name: str) -> str:
    """The name of a person as it is kept: one line, without signs that nobody sees.

    >>> as_name(" Ada \\n Lovelace\\x00 ")
    'Ada Lovelace'
    """
    words = "".join(sign for sign in name if sign.isprintable() or sign.isspace()).split()
    return " ".join(words)[:200]


class People(Attempts):
    """Accounts and how they come and go."""

    def by_id(self, account_id: str) -> Account | None:
        """The account of an id."""
        with self.reading() as session:
            return session.get(Account, account_id)

    def by_email(self, email: str) -> Account | None:
        """The account of an e-mail address."""
        with self.reading() as session:
            return with_address(session, email)

    def all(self) -> list[Account]:
        """All accounts, by address."""
        with self.reading() as session:
            return list(session.scalars(select(Account).order_by(Account.email)))

    def are_there(self) -> bool:
        """Whether there is any account."""
        with self.reading() as session:
            return session.scalar(select(Account.id).limit(1)) is not None

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
            raise no_address()
        with self.session() as session:
            if with_address(session, email) is not None:
                raise address_taken()
            account = new_account(email, name, language, status)
            account.password_hash = hashed
            account.administrator = administrator
            account.email_confirmed = now() if status == "active" else None
            session.add(account)
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
            raise no_address()
        hashed = self._hashed(password, email)
        with self.session() as session:
            account = with_address(session, email)
            if account is None:
                account = new_account(email, name, language, "waiting")
                session.add(account)
            elif account.status == "invited":
                # Nobody has come in with it yet: who was invited may as well ask.
                account.name, account.language = as_name(name), language
                account.status = "waiting"
            else:
                return None
            account.password_hash = hashed
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
                raise does_not_wait()
            if account.email_confirmed is None:
                raise unread()
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
                raise is_closed()
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
            raise is_closed()
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
            account.name, account.language = as_name(name), language

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
            raise too_weak()
        return passwords.hash_of(password)


def with_address(session: Session, email: str) -> Account | None:
    """The account of an address, within a session."""
    return session.scalar(select(Account).where(Account.email == as_address(email)))


def new_account(email: str, name: str, language: str, status: Status) -> Account:
    """An account that is not in the database yet."""
    return Account(
        id=new_id(),
        email=as_address(email),
        name=as_name(name),
        language=language,
        administrator=False,
        status=status,
        created=now(),
    )
