"""Browsers that are signed in: kept in the database, so that any of them can be sent away."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, or_, select

from webapp.accounts.clock import now
from webapp.accounts.tables import Account, SignIn
from webapp.accounts.tokens import Tokens, digest_of

_SEEN_EVERY = timedelta(minutes=5)


class SignedIn(Tokens):
    """What browsers that are signed in show.

    Attributes:
        stay: how long a browser stays signed in, however much it is used.
        rest: how long it stays signed in without being used.
    """

    stay: timedelta = timedelta(days=30)
    rest: timedelta = timedelta(days=7)

    def begin(self, account_id: str) -> str:
        """Sign a browser in; what it has to show from now on, which is new each time."""
        shown = secrets.token_urlsafe(32)
        moment = now()
        with self.session() as session:
            over = or_(SignIn.expires <= moment, SignIn.seen <= moment - self.rest)
            session.execute(delete(SignIn).where(over))
            session.add(
                SignIn(
                    digest=digest_of(shown),
                    account_id=account_id,
                    created=moment,
                    seen=moment,
                    expires=moment + self.stay,
                )
            )
        return shown

    def by_sign_in(self, shown: str) -> Account | None:
        """The account that a browser is signed in with; None if it is not (any more)."""
        asked = (
            select(Account, SignIn)
            .join(SignIn, SignIn.account_id == Account.id)
            .where(SignIn.digest == digest_of(shown), Account.status == "active")
        )
        with self.reading() as session:
            found = session.execute(asked).first()
        if found is None:
            return None
        account, sign_in = found
        moment = now()
        if sign_in.expires <= moment or sign_in.seen <= moment - self.rest:
            return None
        if moment - sign_in.seen > _SEEN_EVERY:
            with self.session() as session:
                seen = session.get(SignIn, sign_in.digest)
                if seen is not None:
                    seen.seen = moment
        found_account: Account = account
        return found_account

    def end(self, shown: str) -> None:
        """Sign one browser out."""
        with self.session() as session:
            session.execute(delete(SignIn).where(SignIn.digest == digest_of(shown)))

    def end_all(self, account_id: str, *, but: str = "") -> None:
        """Sign every browser of an account out, ``but`` perhaps the one that asks."""
        gone = delete(SignIn).where(SignIn.account_id == account_id)
        with self.session() as session:
            session.execute(gone.where(SignIn.digest != digest_of(but)) if but else gone)

    def sign_ins(self, account_id: str) -> list[SignIn]:
        """The browsers of an account, the one that was seen last first."""
        asked = select(SignIn).where(SignIn.account_id == account_id)
        with self.reading() as session:
            return list(session.scalars(asked.order_by(SignIn.seen.desc())))
