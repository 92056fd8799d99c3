"""The interests and the saved things of accounts."""

from sqlalchemy import delete, select

from webapp.accounts import Accounts
from webapp.accounts.clock import now
from webapp.me.tables import Interest, Saved


class Keeping:
    """What accounts keep for themselves.

    Args:
        accounts: where it is kept.
    """

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def interests(self, account_id: str) -> tuple[str, ...]:
        """IRIs of what an account is interested in, the first chosen first."""
        asked = select(Interest.concept).where(Interest.account_id == account_id)
        with self._accounts.reading() as session:
            return tuple(session.scalars(asked.order_by(Interest.since, Interest.concept)))

    def add_interest(self, account_id: str, concept: str) -> None:
        """An account is interested in a concept; if it is so already, nothing changes."""
        with self._accounts.session() as session:
            if session.get(Interest, (account_id, concept)) is None:
                session.add(Interest(account_id=account_id, concept=concept, since=now()))

    def drop_interest(self, account_id: str, concept: str) -> None:
        """An account is interested in a concept no longer."""
        with self._accounts.session() as session:
            session.execute(
                delete(Interest).where(
                    Interest.account_id == account_id, Interest.concept == concept
                )
            )

    def saved(self, account_id: str) -> tuple[str, ...]:
        """IRIs of what an account saved, the newest first."""
        asked = select(Saved.thing).where(Saved.account_id == account_id)
        with self._accounts.reading() as session:
            return tuple(session.scalars(asked.order_by(Saved.since.desc(), Saved.thing)))

    def save(self, account_id: str, thing: str) -> None:
        """An account saves a thing; if it did so already, nothing changes."""
        with self._accounts.session() as session:
            if session.get(Saved, (account_id, thing)) is None:
                session.add(Saved(account_id=account_id, thing=thing, since=now()))

    def unsave(self, account_id: str, thing: str) -> None:
        """An account lets go of a thing that it saved."""
        with self._accounts.session() as session:
            session.execute(
                delete(Saved).where(Saved.account_id == account_id, Saved.thing == thing)
            )
