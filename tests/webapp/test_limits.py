"""Limits on attempts: how many, whose, and what the answer says."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from flask import Flask
from limits.storage import MemoryStorage

from graph import Knowledge
from webapp import Settings, create_app
from webapp.cli.serving import server_of_app
from webapp.limits import count_attempt, count_failure, may_send_mail, refuse_after_failures
from webapp.settings import SettingError


def app_with(**chosen: Any) -> Flask:
    app = create_app(Settings(attempts_per_minute=3, **chosen), knowledge=Knowledge.open())

    @app.get("/try/<what>")
    def _try(what: str) -> str:
        count_attempt(what)
        return "tried"

    @app.get("/fail/<int:failed>")
    def _fail(failed: int) -> str:
        refuse_after_failures("fail")
        if failed:
            count_failure("fail")
        return "let in"

    return app


@pytest.fixture
def app() -> Iterator[Flask]:
    made = app_with()
    yield made
    made.extensions["services"].close()


def test_too_many_attempts_are_refused_and_the_answer_says_when_to_come_back(app: Flask) -> None:
    client = app.test_client()
    assert [client.get("/try/a").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get("/try/a", headers={"Accept-Language": "de"})
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert "zu oft" in refused.text and "Warten Sie" in refused.text
    assert client.get("/try/other").status_code == 200, "each thing counts alone"
    other = client.get("/try/a", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200, "each address counts alone"


def test_only_failures_count_where_success_is_welcome(app: Flask) -> None:
    client = app.test_client()
    assert {client.get("/fail/0").status_code for _ in range(9)} == {200}
    assert [client.get("/fail/1").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.get("/fail/0").status_code == 429


def test_a_visitor_cannot_choose_an_address(app: Flask) -> None:
    client = app.test_client()
    seen = [
        client.get("/try/a", headers={"X-Forwarded-For": f"192.0.2.{number}"}).status_code
        for number in range(4)
    ]
    assert seen[-1] == 429


def test_behind_a_trusted_proxy_each_visitor_counts_alone() -> None:
    app = app_with(trusted_proxies=1)
    client = app.test_client()
    # What comes before the last address was said by the visitor.
    ways = ["10.0.0.1, 192.0.2.1"] * 3 + ["10.0.0.2, 192.0.2.1", "10.0.0.1, 192.0.2.2"]
    seen = [client.get("/try/a", headers={"X-Forwarded-For": way}).status_code for way in ways]
    assert seen == [200, 200, 200, 429, 200]
    app.extensions["services"].close()


def test_an_address_gets_a_few_mails_only() -> None:
    app = app_with(mails_per_hour=2)
    with app.test_request_context("/"):
        sent = [may_send_mail(to) for to in ("a@x.org", "A@x.org ", "a@X.org", "b@x.org")]
    assert sent == [True, True, False, True]
    app.extensions["services"].close()


@pytest.mark.parametrize("storage", ["nowhere://", "nonsense"])
def test_a_storage_that_there_is_not_is_told_at_the_start(storage: str) -> None:
    knowledge = Knowledge.open()
    with pytest.raises(SettingError, match="LIMITS_STORAGE"):
        create_app(Settings(limits_storage=storage), knowledge=knowledge)
    knowledge.close()


class _Away(MemoryStorage):
    """A storage on the network that may not be there."""

    STORAGE_SCHEME = ["away"]  # noqa: RUF012
    is_away = True

    @property
    def base_exceptions(self) -> type[Exception]:
        return OSError

    def acquire_entry(self, *given: Any, **named: Any) -> bool:
        if self.is_away:
            raise OSError("connection refused")
        return super().acquire_entry(*given, **named)

    def get_moving_window(self, *given: Any, **named: Any) -> tuple[float, int]:
        if self.is_away:
            raise OSError("connection refused")
        return super().get_moving_window(*given, **named)


def test_a_storage_that_does_not_answer_locks_nobody_out_and_lets_nobody_guess(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Away, "is_away", True)
    app = app_with(limits_storage="away://")
    client = app.test_client()
    assert [client.get("/try/a").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert [client.get("/fail/1").status_code for _ in range(4)] == [200, 200, 200, 429]
    said = [one.getMessage() for one in caplog.records if one.name == "webapp.limits"]
    assert len(said) == 1 and "LIMITS_STORAGE does not answer (connection refused)" in said[0]
    monkeypatch.setattr(_Away, "is_away", False)
    monkeypatch.setattr("webapp.limits._REST_SECONDS", 0)
    app.extensions["attempts"]._rests_until = 0
    assert client.get("/try/a").status_code == 200, "it counts there again"
    app.extensions["services"].close()


def test_the_server_tells_the_application_that_there_is_a_proxy() -> None:
    """Behind a proxy on the same machine nobody is taken for somebody who sits at it."""
    knowledge = Knowledge.open()
    app = create_app(Settings(), knowledge=knowledge)
    listener = socket.create_server(("127.0.0.1", 0))
    server = server_of_app(app, listener, 2)
    # It ends by itself once its sockets are closed.
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        here = f"http://127.0.0.1:{listener.getsockname()[1]}/import"
        assert requests.get(here, timeout=20).status_code == 200
        outside = {"X-Forwarded-For": "192.0.2.1"}
        answer = requests.get(here, headers=outside, timeout=20, allow_redirects=False)
        assert answer.status_code in (302, 403)
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        app.extensions["services"].close()
