"""The interests, the saved things and the wishes of accounts."""

from typing import Final

from sqlalchemy import delete, select

from webapp.accounts import Accounts
from webapp.accounts.clock import now
from webapp.me.tables import Interest, Saved, Wish

WISHES: Final = ("more", "less")
"""What somebody may say of a thing: more like it, or not for me."""


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

    def wishes(self, account_id: str, wish: str) -> tuple[str, ...]:
        """IRIs of what an account said a wish of, the newest first."""
        asked = select(Wish.thing).where(Wish.account_id == account_id, Wish.wish == wish)
        with self._accounts.reading() as session:
            return tuple(session.scalars(asked.order_by(Wish.since.desc(), Wish.thing)))

    def wish(self, account_id: str, thing: str, wish: str) -> None:
        """An account says ``more`` or ``less`` of a thing, instead of what it said before."""
        with self._accounts.session() as session:
            said = session.get(Wish, (account_id, thing))
            if said is None:
                session.add(Wish(account_id=account_id, thing=thing, wish=wish, since=now()))
            elif said.wish != wish:
                said.wish, said.since = wish, now()

    def unwish(self, account_id: str, thing: str) -> None:
        """An account takes back what it said of a thing."""
        with self._accounts.session() as session:
            session.execute(delete(Wish).where(Wish.account_id == account_id, Wish.thing == thing))
