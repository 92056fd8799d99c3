"""Sign-ins that failed: after too many with one address, it rests for a while.

The count lies in the database, so that it holds for all processes of a server. Which address was
tried is kept as a keyed digest, and no longer than it counts.
"""

import hmac
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, select

from webapp.accounts.clock import now
from webapp.accounts.mail_addresses import as_address
from webapp.accounts.records import Records
from webapp.accounts.tables import Attempt

MOST_ATTEMPTS: Final = 10
WINDOW: Final = timedelta(minutes=15)


class Attempts(Records):
    """Failed sign-ins of the last minutes.

    Attributes:
        key: the secret that digests of addresses are made with.
    """

    key: bytes = b""

    def attempt_failed(self, email: str) -> None:
        """Count one more; those that count no longer go."""
        with self.session() as session:
            session.execute(delete(Attempt).where(Attempt.time < now() - WINDOW))
            session.add(Attempt(tried=self._tried(email), time=now()))

    def too_many_attempts(self, email: str) -> bool:
        """Whether an address rests, with an account or without."""
        counted = select(func.count()).where(
            Attempt.tried == self._tried(email), Attempt.time >= now() - WINDOW
        )
        with self.reading() as session:
            return session.scalars(counted).one() >= MOST_ATTEMPTS

    def forget_attempts(self, email: str) -> None:
        """Somebody got in: what failed before does not count any more."""
        with self.session() as session:
            session.execute(delete(Attempt).where(Attempt.tried == self._tried(email)))

    def _tried(self, email: str) -> str:
        return hmac.digest(self.key, as_address(email).encode(), "sha256").hex()
