"""What becomes of an uploaded list: read, understood, planned, committed; each step in a thread.

A list is committed as it was agreed to, or not at all: whoever agrees names the revision of the
plan they saw; the plan is remembered with the newest commit that it knows of, and only where
another commit came since it is worked out and compared once more.
"""

import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Final

from flask import current_app

from graph import (
    Change,
    KnowledgeError,
    Plan,
    Viewer,
    commit_plan,
    make_plan,
    read_grid,
    read_table,
    too_many_gone,
)
from ontology import Bilingual
from webapp.importing import messages
from webapp.importing.jobs import Jobs
from webapp.importing.recovering import recover
from webapp.importing.remembering import Prepared, Remembered
from webapp.importing.tables import OPEN, WORKING, ImportJob
from webapp.importing.understanding import is_sure, understood
from webapp.importing.uploads import Uploads
from webapp.importing.wanted import Wanted
from webapp.importing.working import AbandonedError, Progress, Task, Workers
from webapp.services import Services, services

_SOON_SECONDS: Final = 2.0
"""How long an answer waits for work that is nearly done."""
_FIRST_ROWS: Final = 12
"""Rows that are shown of a list without a header."""


class Imports:
    """The uploaded lists of one application.

    Args:
        made: its services.
    """

    def __init__(self, made: Services) -> None:
        self._made = made
        self.jobs = Jobs(made.accounts)
        self._remembered = Remembered()
        self._workers = Workers()
        folder = made.folder
        if folder is None:
            temporary = tempfile.TemporaryDirectory(prefix="clusterradar-")
            folder = Path(made.closing.enter_context(temporary))
        self._uploads = Uploads(folder / "uploads")
        made.closing.callback(self._workers.close)
        made.forgetting.append(self._remembered.forget_all)
        recover(self.jobs, made.knowledge, self._uploads)

    # What is there

    def find(self, token: str, account: str) -> ImportJob | None:
        """A list that somebody sent; None where there is none, or somebody else did."""
        job = self.jobs.get(token)
        if job is None or (job.account_id or "") != account or job.state == "discarded":
            return None
        return self._with_file(job)

    def of(self, account: str) -> list[ImportJob]:
        """The lists that somebody sent and that wait or are worked on, newest first."""
        found = map(self._with_file, self.jobs.of(account))
        return [job for job in found if job.state != "failed"]

    def _with_file(self, job: ImportJob) -> ImportJob:
        """A list whose file is gone was kept long enough, or named somebody who was erased."""
        if job.state in {"received", "reading", "planning", "waiting"} and not self._uploads.has(
            job.token
        ):
            self.fail(job.token, messages.NO_FILE)
            return self.jobs.get(job.token) or job
        return job

    def prepared(self, token: str) -> Prepared:
        """What was found out of a list so far."""
        return self._remembered.get(token) or Prepared()

    def beginning(self, job: ImportJob) -> tuple[tuple[int, list[str]], ...]:
        """The first rows of a list whose header is not known, as far as they can be read."""
        content, wanted = self._uploads.get(job.token), Wanted.of(job.wanted)
        if content is None:
            return ()
        try:
            return read_grid(content, wanted.name, wanted.assumed).records[:_FIRST_ROWS]
        except KnowledgeError:
            return ()

    def progress(self, token: str) -> Progress:
        """How far the work on a list has come."""
        return self._workers.progress(token)

    def settle(self, token: str, seconds: float = _SOON_SECONDS) -> None:
        """Wait a little for the work on a list."""
        self._workers.wait(token, seconds)

    # What people do

    def receive(
        self, wanted: Wanted, content: bytes, account: str, viewer: Viewer, *, step: str = "columns"
    ) -> str:
        """Take a list and begin to plan it; its token."""
        token = self._uploads.keep(content)
        self.jobs.add(token, account, wanted, step=step)
        self.prepare(token, viewer)
        return token

    def correct(self, job: ImportJob, wanted: Wanted, viewer: Viewer, *, step: str) -> bool:
        """Say something else about a list, and plan it anew; whether that was still possible."""
        done = self.jobs.change(
            job.token,
            only=("received", "reading", "planning", "waiting"),
            state="received",
            step=step,
            wanted=wanted.as_json(),
            said={},
        )
        if done:
            self.prepare(job.token, viewer)
        return done

    def look_again(self, job: ImportJob, viewer: Viewer) -> None:
        """Plan a list again whose plan is not remembered: the server was started anew."""
        if self._workers.is_running(job.token):
            return
        known = self.jobs.get(job.token)
        if known is None or known.state not in OPEN:
            return
        if known.state != "waiting" or self._remembered.get(job.token) is None:
            self.jobs.change(job.token, state="received")
            self.prepare(job.token, viewer)

    def prepare(self, token: str, viewer: Viewer) -> None:
        """Begin to read and plan a list."""
        self._workers.start(token, lambda task: self._guarded(task, self._prepare, viewer))

    def commit(
        self, job: ImportJob, viewer: Viewer, *, revision: int, allow_gone: bool = False
    ) -> bool:
        """Begin to commit a list whose plan somebody saw; whether it waited for just that."""
        wanted = replace(Wanted.of(job.wanted), allow_gone=allow_gone)
        begun = self.jobs.change(
            job.token,
            only=("waiting",),
            seen=revision,
            state="committing",
            step="plan",
            wanted=wanted.as_json(),
            said={},
        )
        if begun:
            self._workers.start(job.token, lambda task: self._guarded(task, self._commit, viewer))
        return begun

    def discard(self, token: str) -> bool:
        """Throw a list away; whether it could still be."""
        gone = self.jobs.change(
            token, only=("received", "reading", "planning", "waiting"), state="discarded"
        )
        if gone:
            self._workers.abandon(token)
            self._let_go(token)
        return gone

    def fail(self, token: str, said: Bilingual) -> None:
        """A list can go no further."""
        self.jobs.change(token, state="failed", said=messages.spoken(said))
        self._let_go(token)

    def _let_go(self, token: str) -> None:
        self._uploads.forget(token)
        self._remembered.forget(token)

    # The work

    def _guarded(self, task: Task, work: Callable[[Task, Viewer], None], viewer: Viewer) -> None:
        """Whatever interrupts the work, the list does not seem to be worked on for ever."""
        finished = False
        try:
            work(task, viewer)
            finished = True
        except AbandonedError:
            finished = True
            raise
        finally:
            if not finished:
                self.fail(task.token, messages.BROKEN)

    def _prepare(self, task: Task, viewer: Viewer) -> None:
        token = task.token
        with self._workers.turn(task):
            job, content = self.jobs.get(token), self._uploads.get(token)
            if job is None or content is None:
                self.fail(token, messages.NO_FILE)
                return
            wanted = Wanted.of(job.wanted)
            self._step(task, "reading")
            prepared = self._understood(task, wanted, content, viewer)
            if prepared.trouble is None:
                self._step(task, "planning")
                prepared = self._planned(task, wanted, prepared, viewer)
            task.go_on()
            self._remembered.put(token, prepared)
        self._ready(task, wanted, prepared, viewer)

    def _step(self, task: Task, state: str) -> None:
        task.go_on()
        if not self.jobs.change(task.token, only=WORKING, state=state):
            raise AbandonedError

    def _understood(self, task: Task, wanted: Wanted, content: bytes, viewer: Viewer) -> Prepared:
        table = None
        try:
            table = read_table(content, wanted.name, wanted.assumed, progress=task.tell)
            mapping = understood(self._made.knowledge, table, wanted.info, viewer)
        except KnowledgeError as error:
            return Prepared(table, trouble=error)
        prepared = Prepared(table, mapping)
        self._remembered.put(task.token, prepared)
        return prepared

    def _planned(self, task: Task, wanted: Wanted, known: Prepared, viewer: Viewer) -> Prepared:
        assert known.table is not None
        knowledge = self._made.knowledge
        generation = knowledge.generation
        try:
            plan = make_plan(knowledge, known.table, wanted.info, viewer=viewer, progress=task.tell)
        except KnowledgeError as error:
            return replace(known, plan=None, trouble=error)
        return replace(
            known,
            mapping=plan.mapping or known.mapping,
            plan=plan,
            trouble=None,
            generation=generation,
            viewer=viewer,
        )

    def _ready(self, task: Task, wanted: Wanted, prepared: Prepared, viewer: Viewer) -> None:
        """The plan is made, or cannot be: a person goes on, or the commit does by itself."""
        job = self.jobs.get(task.token)
        if job is None:
            return
        step, said, counts = job.step, dict(job.said), dict[str, int]()
        if prepared.table is None and not job.revision and not self.beginning(job):
            assert prepared.trouble is not None
            self.jobs.change(
                task.token, state="failed", said=messages.spoken_error(prepared.trouble)
            )
            self._let_go(task.token)
            return
        if prepared.trouble is not None:
            step, said = "columns", messages.spoken_error(prepared.trouble)
        elif prepared.plan is not None:
            counts = dict(prepared.plan.counts)
            known = {one.name for one in self._made.knowledge.sources(viewer)}
            # The subjects of RDF say what they mean; there are no columns to agree to.
            is_rdf = bool(prepared.table and prepared.table.subjects)
            if is_rdf or (prepared.plan.info.source in known and is_sure(prepared)):
                step = "plan"
        waiting = self.jobs.change(
            task.token,
            only=WORKING - {"committing"},
            state="waiting",
            step=step,
            counts=counts,
            said=said,
            revision=job.revision + 1,
        )
        if waiting and wanted.commit == "auto" and prepared.plan is not None:
            self._commit_by_itself(task, wanted, prepared.plan, viewer, job.revision + 1)

    def _commit_by_itself(
        self, task: Task, wanted: Wanted, plan: Plan, viewer: Viewer, revision: int
    ) -> None:
        if plan.needs_consent and not wanted.allow_gone:
            said = messages.spoken_error(too_many_gone(plan))
            self.jobs.change(task.token, only=("waiting",), said=said)
        elif self.jobs.change(task.token, only=("waiting",), seen=revision, state="committing"):
            self._commit(task, viewer)

    def _commit(self, task: Task, viewer: Viewer) -> None:
        job, knowledge = self.jobs.get(task.token), self._made.knowledge
        prepared = self._remembered.get(task.token)
        if job is None or prepared is None or prepared.plan is None:
            self._plan_again(task, viewer)
            return
        wanted = Wanted.of(job.wanted)
        if prepared.plan.is_empty:
            self._done(task.token, prepared.plan)
            return
        for last in (False, True):
            # Whoever plans does not hinder others; only if they came in between, it does.
            with knowledge.alone() if last else nullcontext():
                if (prepared.generation, prepared.viewer) != (knowledge.generation, viewer):
                    fresh = self._fresh(task, wanted, prepared, viewer)
                    if fresh is None:
                        return
                    prepared = fresh
                with knowledge.alone():
                    if prepared.generation == knowledge.generation and prepared.plan:
                        self._carry_out(task, wanted, prepared.plan)
                        return

    def _plan_again(self, task: Task, viewer: Viewer) -> None:
        """The plan that somebody agreed to is not remembered, so another one is shown."""
        self.jobs.change(task.token, state="received", said={})
        self._prepare(task, viewer)
        self.jobs.change(task.token, only=("waiting",), said=messages.spoken(messages.CHANGED))

    def _fresh(
        self, task: Task, wanted: Wanted, agreed: Prepared, viewer: Viewer
    ) -> Prepared | None:
        """The plan as it is now, if it is still what was agreed to; else it waits once more."""
        fresh = self._planned(task, wanted, agreed, viewer)
        assert agreed.plan is not None
        # The plans are compared: a number of the store's state would tell of hidden commits.
        if fresh.plan is not None and fresh.plan.mark == agreed.plan.mark:
            self._remembered.put(task.token, fresh)
            return fresh
        self._remembered.put(task.token, fresh)
        job = self.jobs.get(task.token)
        said = (
            messages.spoken_error(fresh.trouble)
            if fresh.trouble
            else messages.spoken(messages.CHANGED)
        )
        self.jobs.change(
            task.token,
            state="waiting",
            said=said,
            counts=dict(fresh.plan.counts) if fresh.plan else {},
            revision=(job.revision if job else 0) + 1,
        )
        return None

    def _carry_out(self, task: Task, wanted: Wanted, plan: Plan) -> None:
        knowledge = self._made.knowledge
        self.jobs.change(task.token, before=knowledge.generation)
        task.note("committing", 0, 0)
        try:
            batch = commit_plan(
                knowledge,
                plan,
                wanted.name,
                allow_gone=wanted.allow_gone,
                progress=task.note,
            )
        except KnowledgeError as error:
            # What a full disk kept in the journal is found out at the next start.
            self.jobs.change(task.token, state="waiting", said=messages.spoken_error(error))
            return
        self._done(task.token, plan, batch.number, batch.id)

    def _done(
        self, token: str, plan: Plan, number: int | None = None, batch: str | None = None
    ) -> None:
        self.jobs.change(
            token, state="done", counts=dict(plan.counts), number=number, batch=batch, said={}
        )
        self._uploads.forget(token)
        # What a program asks for afterwards: problems, but no longer all statements.
        told = replace(plan, change=Change(frozenset(), frozenset()))
        self._remembered.put(token, Prepared(mapping=plan.mapping, plan=told))


def imports() -> Imports:
    """The uploaded lists of the current application."""
    found = current_app.extensions.get("imports")
    if found is None:
        found = current_app.extensions["imports"] = Imports(services())
    assert isinstance(found, Imports)
    return found
