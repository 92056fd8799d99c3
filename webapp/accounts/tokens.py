"""API tokens: what a program signs in with, for the scopes that it needs."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from ontology import Bilingual
from webapp.accounts.clock import now
from webapp.accounts.database import AccountsError
from webapp.accounts.people import new_id
from webapp.accounts.representing import Representing
from webapp.accounts.tables import Account, ApiToken

SCOPES: Final = {
    "read": Bilingual("read what you may read", "lesen, was Sie lesen dürfen"),
    "edit": Bilingual("edit what you may edit", "ändern, was Sie ändern dürfen"),
    "import": Bilingual("import lists", "Listen importieren"),
}
"""What a token may be for."""

PREFIX: Final = "clusterradar_"
"""How every secret begins, so that one that lies about can be recognised."""

_USED_EVERY: Final = timedelta(minutes=5)


def digest_of(secret: str) -> str:
    """What is kept of a random secret: it has too many values to be guessed from this."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Tokens(Representing):
    """The tokens of accounts."""

    def create_token(
        self,
        account_id: str,
        name: str,
        scopes: Iterable[str] = ("read",),
        *,
        expires: datetime | None = None,
    ) -> tuple[ApiToken, str]:
        """Make a token.

        Returns:
            The token, and its secret, which is shown once and kept nowhere.

        Raises:
            AccountsError: there is no such scope, or none is given.
        """
        chosen = set(scopes)
        if not chosen or chosen - set(SCOPES):
            raise _no_scope()
        secret = PREFIX + secrets.token_urlsafe(32)
        token = ApiToken(
            id=new_id(),
            account_id=account_id,
            name=name.strip()[:100],
            digest=digest_of(secret),
            scopes=" ".join(sorted(chosen)),
            created=now(),
            expires=expires,
        )
        with self.session() as session:
            session.add(token)
        self.audit(account_id, "token", token.id)
        return token, secret

    def tokens(self, account_id: str | None = None) -> list[ApiToken]:
        """The tokens of an account, or of all, newest first."""
        asked = select(ApiToken).order_by(ApiToken.created.desc(), ApiToken.id)
        if account_id is not None:
            asked = asked.where(ApiToken.account_id == account_id)
        with self.reading() as session:
            return list(session.scalars(asked))

    def revoke_token(self, token_id: str, *, account_id: str | None = None) -> bool:
        """End a token; with an account only where it is its own. Whether there was one."""
        gone = delete(ApiToken).where(ApiToken.id == token_id).returning(ApiToken.id)
        if account_id is not None:
            gone = gone.where(ApiToken.account_id == account_id)
        with self.session() as session:
            found = session.scalars(gone).first() is not None
        if found:
            self.audit(account_id, "revoke token", token_id)
        return found

    def by_token(self, secret: str) -> tuple[Account, frozenset[str]] | None:
        """The account that a token stands for and its scopes; None if it is not good (any more)."""
        asked = (
            select(Account, ApiToken)
            .join(ApiToken, ApiToken.account_id == Account.id)
            .where(ApiToken.digest == digest_of(secret), Account.status == "active")
        )
        with self.reading() as session:
            found = session.execute(asked).first()
        if found is None:
            return None
        account, token = found
        moment = now()
        if token.expires is not None and token.expires <= moment:
            return None
        if token.last_used is None or moment - token.last_used > _USED_EVERY:
            with self.session() as session:
                used = session.get(ApiToken, token.id)
                if used is not None:
                    used.last_used = moment
        return account, frozenset(token.scopes.split())


def _no_scope() -> AccountsError:
    names = ", ".join(SCOPES)
    return AccountsError(
        Bilingual("A token needs scopes that exist.", "Ein Token braucht Rechte, die es gibt."),
        Bilingual(f"Choose among: {names}.", f"Wählen Sie aus: {names}."),
    )
