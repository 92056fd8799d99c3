"""A PostgreSQL server that is thrown away: for tests, on a socket in a folder of its own."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import psycopg

_SECONDS: Final = 30.0
_USERS: Final = ("postgres", "nobody")
"""Whom the server runs as where the tests are run by root, which it refuses."""

_QUICK: Final = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=16MB",
)
"""Nothing here has to survive a power failure."""

_TABLES: Final = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
)


def programs() -> Path | None:
    """The folder that holds ``initdb`` and ``postgres``, if they are installed."""
    packaged = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name)
    )
    on_path = [Path(folder) for folder in os.get_exec_path()]
    for folder in (*reversed(packaged), *on_path):
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    return None


class PostgreSQL:
    """A server that runs.

    Args:
        folder: where its socket is.
        user: its administrator.
    """

    def __init__(self, folder: Path, user: str) -> None:
        self._folder = folder
        self._user = user

    def address(self, database: str) -> str:
        """The address of a database, as SQLAlchemy writes it."""
        return f"postgresql://{self._user}@/{database}?host={self._folder}"

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """The address of a new, empty database, which goes again."""
        name = f"test_{uuid4().hex}"
        self.run(f"CREATE DATABASE {name}")
        try:
            yield self.address(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def emptied(self, database: str) -> str:
        """The address of a database that keeps its tables, and loses its rows."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            found = connection.execute(_TABLES.encode()).fetchall()
            if names := ", ".join(f'"{name}"' for (name,) in found):
                connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE".encode())
        return self.address(database)

    def run(self, statement: str) -> None:
        """Run a statement as administrator."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def server(binaries: Path) -> Iterator[PostgreSQL]:
    """Start a server; it ends with the block, and nothing of it stays."""
    # Not in pytest's folder: nobody but its owner may enter that.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    user = _other_user() if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    try:
        subprocess.run(
            [binaries / "initdb", "-D", data, "-A", "trust", "-U", "tests", "-E", "UTF8", "-N"],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
            timeout=_SECONDS,
        )
        options = [part for one in _QUICK for part in ("-c", one)]
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", folder, "-h", "", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=user,
            cwd=folder,
        )
        try:
            made = PostgreSQL(folder, "tests")
            _wait(made, process)
            yield made
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=_SECONDS)
    finally:
        shutil.rmtree(folder)


def _wait(made: PostgreSQL, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _SECONDS
    while True:
        try:
            made.run("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > ends:
                raise
            time.sleep(0.05)
        else:
            return


def _other_user() -> str:
    known = {one.pw_name for one in pwd.getpwall()}
    return next(name for name in _USERS if name in known)
