"""The uploaded lists of an application in its database: who sent them and how far they are."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select, update

from webapp.accounts import Accounts
from webapp.accounts.clock import now
from webapp.importing.tables import OPEN, ImportJob
from webapp.importing.wanted import Wanted


class Jobs:
    """Imports as the database knows them.

    Args:
        accounts: whose database it is.
    """

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def add(self, token: str, account: str, wanted: Wanted, *, step: str = "columns") -> None:
        """Note a list that was received.

        Args:
            token: of its file.
            account: who sent it; empty: the operator.
            wanted: what the sender said.
            step: ``plan`` where nobody need agree to the columns.
        """
        moment = now()
        job = ImportJob(
            token=token,
            account_id=account or None,
            state="received",
            step=step,
            revision=0,
            wanted=wanted.as_json(),
            counts={},
            said={},
            created=moment,
            changed=moment,
        )
        with self._accounts.session() as session:
            session.add(job)

    def get(self, token: str) -> ImportJob | None:
        """A list by its token."""
        with self._accounts.reading() as session:
            return session.get(ImportJob, token)

    def of(self, account: str) -> list[ImportJob]:
        """The lists that somebody sent and that may still be committed, newest first."""
        mine = ImportJob.account_id == account if account else ImportJob.account_id.is_(None)
        asked = select(ImportJob).where(mine, ImportJob.state.in_(OPEN))
        with self._accounts.reading() as session:
            return list(session.scalars(asked.order_by(ImportJob.created.desc(), ImportJob.token)))

    def interrupted(self) -> list[ImportJob]:
        """Lists that were worked on, or whose commit began, when a server ended."""
        begun = or_(ImportJob.state != "waiting", ImportJob.before.is_not(None))
        with self._accounts.reading() as session:
            return list(session.scalars(select(ImportJob).where(ImportJob.state.in_(OPEN), begun)))

    def change(
        self,
        token: str,
        *,
        only: Collection[str] = OPEN,
        seen: int | None = None,
        **values: Any,
    ) -> bool:
        """Change a list, wherever it is as somebody thinks; of several that try one does.

        Args:
            token: of the list.
            only: states in which it is changed.
            seen: the revision that somebody saw, and only that is changed; None: any.
            values: columns and what they become.

        Returns:
            Whether it was changed.
        """
        wanted = update(ImportJob).where(ImportJob.token == token, ImportJob.state.in_(only))
        if seen is not None:
            wanted = wanted.where(ImportJob.revision == seen)
        with self._accounts.session() as session:
            done = session.execute(wanted.values(changed=now(), **values))
            return int(done.rowcount) == 1  # type: ignore[attr-defined]
