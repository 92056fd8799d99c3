"""Two stores and one application: what is asked of both, as the same viewer.

Making an application and starting a reader process take longer than a whole case does. So
both are made once, and each side sits down in them while it is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph import About, Addresses, Change, Knowledge, QueryLimits, Readers, View, Viewer
from graph.knowledge import Checkpoint
from graph.sparql import child
from graph.store.embedded import EmbeddedStore
from tests.noninterference import people
from tests.noninterference.cases import Case
from webapp import Services, Settings, create_app
from webapp.accounts import clock

FORM_TOKEN: Final = "t" * 40
"""A cookie that every request brings, so that no answer carries a new token."""


class _Ticking:
    """A clock that goes on by a second whenever somebody looks.

    How much an edit changes depends on whether it is the same second still; here it never is.
    """

    def __init__(self) -> None:
        self._seconds = count(1)

    def now(self, zone: tzinfo) -> datetime:
        """A moment later than the last one."""
        return datetime(2026, 12, 1, tzinfo=zone) + timedelta(seconds=next(self._seconds))


class _Seat:
    """The knowledge that is asked now, seen by readers that live longer than it.

    Each one that sits down looks like a new generation of one knowledge.

    Args:
        copied: whether readers get copies on disk, as processes need them.
    """

    def __init__(self, *, copied: bool) -> None:
        self.knowledge = Knowledge.open()
        self.generation = 0
        self._copied = copied
        self._lent: dict[Checkpoint, tuple[Knowledge, Checkpoint]] = {}

    @property
    def addresses(self) -> Addresses:
        return self.knowledge.addresses

    def sit(self, knowledge: Knowledge) -> None:
        if knowledge is not self.knowledge:
            self.knowledge = knowledge
            self.generation += 1

    def view(self, viewer: Viewer) -> View:
        return self.knowledge.view(viewer)

    def checkpoint(self) -> Checkpoint:
        if not self._copied:
            return Checkpoint(Path("memory"), self.generation)
        own = self.knowledge.checkpoint()
        lent = Checkpoint(own.path, self.generation)
        self._lent[lent] = self.knowledge, own
        return lent

    def release(self, checkpoint: Checkpoint) -> None:
        if self._copied:
            knowledge, own = self._lent.pop(checkpoint)
            knowledge.release(own)


class _ReaderHere:
    """A reader without a process of its own: all of it but the pipe, at a tenth of the time."""

    has_ended = False

    def __init__(self, seat: _Seat) -> None:
        self._seat = seat

    def ask(self, job: dict[str, Any], _seconds: float) -> tuple[dict[str, Any], bytes]:
        if "open" in job:
            return {}, b""
        store = self._seat.knowledge.store
        assert isinstance(store, EmbeddedStore)
        try:
            head, body = child.answer(store._engine, job)
        except (SyntaxError, RuntimeError) as error:
            return child.said_of(error), b""
        # How long something takes is no part of an answer.
        return {**head, "seconds": 0.0}, body

    def close(self) -> None: ...


class Stage:
    """One application and one pool of readers, for all cases.

    Args:
        processes: whether readers are processes, as outside of tests.
    """

    def __init__(self, *, processes: bool) -> None:
        self._seat = _Seat(copied=processes)
        self.readers = Readers(self._seat, QueryLimits(time_ms=20_000, readers=1))  # type: ignore[arg-type]
        if not processes:
            self.readers._slots[0].process = _ReaderHere(self._seat)  # type: ignore[assignment]
        settings = Settings(
            query_readers=1, attempts_per_minute=10**6, mails_per_hour=10**6, record_visits="on"
        )
        self.app = create_app(settings, knowledge=self._seat.knowledge)
        self.app.testing = True
        self._services: Services = self.app.extensions["services"]
        self._accounts = {whole: people.opened(whole=whole) for whole in (True, False)}

    @contextmanager
    def seated(self, knowledge: Knowledge, case: Case, *, whole: bool) -> Iterator["Side"]:
        """A side that can be asked; the application serves nothing else meanwhile.

        Args:
            knowledge: the store.
            case: says who asks.
            whole: whether the accounts of others are there, too.
        """
        self._seat.sit(knowledge)
        accounts = self._accounts[whole]
        accounts.knowledge = knowledge
        services = replace(self._services, knowledge=knowledge)
        services.secret = self._services.secret
        services.readers = self.readers
        services.accounts = accounts
        self.app.extensions["services"] = services
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(clock, "datetime", _Ticking())
                shown = people.take_part(accounts, case, whole=whole)
                yield Side(self.app, services, case.viewer, case.lang, shown)
        finally:
            # It works on the knowledge that it was made for.
            if imports := self.app.extensions.pop("imports", None):
                imports._workers.close()
            self.app.extensions["services"] = self._services

    def close(self) -> None:
        """End the reader process and the application."""
        self.readers.close()
        self._services.close()
        for accounts in self._accounts.values():
            accounts.dispose()


@dataclass
class Side:
    """One store, as its viewer meets it.

    Attributes:
        app: serves this store for now.
        services: of this store.
        viewer: who asks.
        lang: of the answers.
        shown: what the browser of an account shows; empty for a visitor.
    """

    app: Flask
    services: Services
    viewer: Viewer
    lang: str
    shown: str

    @cached_property
    def view(self) -> View:
        """What the viewer may read."""
        return self.services.knowledge.view(self.viewer)

    @cached_property
    def client(self) -> FlaskClient:
        """A browser; its cookies are the same on both sides."""
        client = self.app.test_client()
        # From elsewhere: whoever sits at the machine of the server is its operator.
        client.environ_base["REMOTE_ADDR"] = "203.0.113.7"
        client.set_cookie("form", FORM_TOKEN)
        client.set_cookie("lang", self.lang)
        if self.shown:
            with client.session_transaction() as session:
                session["_user_id"] = self.shown
        return client

    def get(self, address: str, **headers: str) -> TestResponse:
        """The answer to one request."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.get(address, headers={"Accept": "text/html", **named}, buffered=True)
        answer.close()
        return answer

    def post(self, address: str, **fields: Any) -> TestResponse:
        """The answer to a form."""
        form = {"form_token": FORM_TOKEN, **fields}
        return self.client.post(address, data=form, headers={"Accept": "text/html"})


@contextmanager
def both(case: Case) -> Iterator[tuple[Case, Knowledge, Knowledge]]:
    """The case with all that its viewer belongs to, the whole store, and what may be read of it."""
    with everything(case) as whole:
        case = people.with_networks(case, whole)
        with only_readable(case) as part:
            yield case, whole, part


def everything(case: Case) -> Knowledge:
    """The store that holds all that is said and decided."""
    knowledge = Knowledge.open()
    for quads in case.changes:
        knowledge.commit(Change(add=quads), About("import", "members", "a list"))
    return knowledge


def only_readable(case: Case) -> Knowledge:
    """The store that never held what the viewer may not read."""
    knowledge = Knowledge.open()
    for quads in case.changes:
        change = case.readable(quads)
        if change.add:
            knowledge.commit(change, About("import", "members", "a list"))
    return knowledge
