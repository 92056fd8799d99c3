"""Accounts on every engine that is served, a clock that a test turns, and somebody who is there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from webapp.accounts import Account, Accounts

GOOD = "correct horse battery"

OPTENCE = "https://w3id.org/clusterradar/id/cluster/optence"

MUSTER = "https://w3id.org/clusterradar/id/organisation/muster"


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **duration: float) -> None:
        self.time += timedelta(**duration)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for name in (
        "people",
        "inviting",
        "attempts",
        "records",
        "representing",
        "tokens",
        "signed_in",
    ):
        monkeypatch.setattr(f"webapp.accounts.{name}.now", made)
    return made


@pytest.fixture
def accounts(database_url: str) -> Iterator[Accounts]:
    opened = Accounts.open(database_url, key=b"key of the tests")
    yield opened
    opened.dispose()


@pytest.fixture
def ada(accounts: Accounts) -> Account:
    return accounts.create("ada@optence.example", "Ada", GOOD)
