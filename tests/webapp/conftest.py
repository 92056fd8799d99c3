"""Databases for the accounts: each test that asks for one runs on every engine that is served."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from argon2 import PasswordHasher

from tests.postgresql import PostgreSQL, programs, server
from webapp.accounts import passwords

_USUAL: Final = passwords.HASHER
"""Taken before any fixture: other folders of tests use this one, too, within the same session."""


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[PasswordHasher]:
    """Hash passwords with hardly any work; the fixture is what hashes outside of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(1, 8, 1))
        # Another test may have had it made with the usual work already.
        passwords._nobodys.cache_clear()
        yield _USUAL


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of the tests' own."""
    binaries = programs()
    if binaries is None:
        pytest.skip("needs the programs initdb and postgres of PostgreSQL")
    with server(binaries) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without accounts, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'accounts.sqlite'}"
    else:
        made: PostgreSQL = request.getfixturevalue("postgresql")
        yield made.emptied("postgres")
