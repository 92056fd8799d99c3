"""What was done, and what is still to do: the audit log and the jobs."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.accounts.clock import now
from webapp.accounts.database import Database
from webapp.accounts.tables import Account, Audit, Job, Setting


class Records(Database):
    """The audit log, the jobs, and what the application remembers for itself."""

    def audit(self, account: Account | str | None, action: str, about: str = "") -> None:
        """Write down who did what.

        Args:
            account: who; None for the command line or a clock.
            action: one word or two, the same for the same thing.
            about: an id or IRI; never a name or an address, which erasure would have to find.
        """
        who = account.id if isinstance(account, Account) else account
        with self.session() as session:
            session.add(Audit(time=now(), account=who, action=action, about=about))

    def audited(self, *, limit: int = 200) -> list[Audit]:
        """The newest entries of the log, newest first."""
        with self.reading() as session:
            return list(session.scalars(select(Audit).order_by(Audit.id.desc()).limit(limit)))

    def setting(self, name: str) -> str | None:
        """What is remembered under a name."""
        with self.reading() as session:
            found = session.get(Setting, name)
            return found.value if found else None

    def remember(self, name: str, value: str) -> None:
        """Remember something under a name."""
        with self.session() as session:
            session.merge(Setting(name=name, value=value))

    def add_job(
        self, job_id: str, kind: str, wanted: Mapping[str, Any], *, account: str | None
    ) -> Job:
        """Note work that is to be done."""
        job = Job(
            id=job_id,
            account_id=account,
            kind=kind,
            status="waiting",
            created=now(),
            wanted=dict(wanted),
            result={},
        )
        with self.session() as session:
            session.add(job)
        return job

    def start_job(self, job_id: str) -> bool:
        """Take a job that waits; of several that try only one gets it."""
        with self.session() as session:
            job = session.get(Job, job_id, with_for_update=True)
            if job is None or job.status != "waiting":
                return False
            job.status = "running"
            return True

    def end_job(self, job_id: str, result: Mapping[str, Any], *, failed: bool = False) -> None:
        """Note what came of a job."""
        with self.session() as session:
            job = session.get_one(Job, job_id)
            job.status = "failed" if failed else "done"
            job.finished, job.result = now(), dict(result)

    def jobs(self, account: str | None = None, *, kind: str = "") -> list[Job]:
        """The jobs of an account, or all (for administrators), newest first."""
        asked = select(Job).order_by(Job.created.desc(), Job.id)
        if account is not None:
            asked = asked.where(Job.account_id == account)
        if kind:
            asked = asked.where(Job.kind == kind)
        with self.reading() as session:
            return list(session.scalars(asked))
