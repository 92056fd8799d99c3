"""The accounts database: SQLite in the data folder, or PostgreSQL; one way to work with it.

A session within a session of the same thread is the same one, and only the outermost commits.
SQLite takes its write lock when a session begins: sessions wait for each other instead of failing
at their first change.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, Self

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from graph import KnowledgeError
from ontology import Bilingual
from webapp.accounts.migrating import migrate

_WAIT_SECONDS: Final = 20.0

_READS: Final = "reads"
"""Execution option of a transaction that changes nothing."""


class AccountsError(KnowledgeError):
    """Something about the accounts that a person can put right."""


class Database:
    """An open accounts database with all its tables.

    Args:
        engine: where it is; its tables are made or brought up to date.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._under_way = threading.local()
        self._alone = threading.RLock() if isinstance(engine.pool, StaticPool) else None

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a database and bring its tables up to date.

        Args:
            url: as SQLAlchemy writes it: ``sqlite:///folder/accounts.sqlite``, ``sqlite://`` (in
                memory), ``postgresql://user:password@host/name``.

        Raises:
            AccountsError: there is no such database, or a newer version of the program wrote it.
        """
        engine = _engine(url)
        try:
            migrate(engine)
        except SQLAlchemyError as error:
            engine.dispose()
            raise _unusable(engine.url, error) from error
        except KnowledgeError:
            engine.dispose()
            raise
        return cls(engine)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Read and change; committed at the end, taken back where an error leaves the block."""
        if (under_way := self._current()) is not None:
            if self._under_way.reads:
                raise RuntimeError("a session that only reads is open in this thread")
            yield under_way
            return
        with self._outermost(reads=False) as session:
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read only; waits for no other session. Keep it short and call nothing else in it."""
        if (under_way := self._current()) is not None:
            yield under_way
            return
        with self._outermost(reads=True) as session:
            yield session

    @staticmethod
    def engine_of(url: str) -> Engine:
        """A database as it is, whatever tables it has.

        Raises:
            AccountsError: there is no such kind of database.
        """
        return _engine(url)

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Read many tables as they are at one moment."""
        with self.reading() as session:
            if self.engine.dialect.name == "postgresql":
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    def compact(self) -> None:
        """Write an SQLite file anew, so that it holds nothing of what was deleted before."""
        if self.engine.dialect.name == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("VACUUM")

    def dispose(self) -> None:
        """Give the database back."""
        self.engine.dispose()

    def _current(self) -> Session | None:
        found: Session | None = getattr(self._under_way, "session", None)
        return found

    @contextmanager
    def _outermost(self, *, reads: bool) -> Iterator[Session]:
        # One connection is all there is in memory, so threads take turns.
        if self._alone:
            self._alone.acquire()
        try:
            bind = self.engine.execution_options(**{_READS: reads})
            with Session(bind, expire_on_commit=False) as session:
                self._under_way.session, self._under_way.reads = session, reads
                yield session
        finally:
            self._under_way.session = None
            if self._alone:
                self._alone.release()


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed)
        return create_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise AccountsError(
            Bilingual(
                f"The accounts cannot be kept at the address given ({error}).",
                f"Unter der angegebenen Adresse lassen sich keine Konten führen ({error}).",
            ),
            Bilingual(
                "Set CLUSTERRADAR_ACCOUNTS_URL to sqlite:///FILE or to "
                "postgresql://USER:PASSWORD@HOST/NAME (which needs clusterradar[postgresql]).",
                "Setzen Sie CLUSTERRADAR_ACCOUNTS_URL auf sqlite:///DATEI oder "
                "postgresql://NAME:PASSWORT@RECHNER/DATENBANK (braucht clusterradar[postgresql]).",
            ),
        ) from error


def _sqlite(url: URL) -> Engine:
    in_memory = url.database in {None, "", ":memory:"}
    if in_memory:
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        file = Path(str(url.database))
        file.parent.mkdir(parents=True, exist_ok=True)
        # Made before SQLite does, so that it is for its owner's eyes only from the beginning.
        file.touch(mode=0o600)
        engine = create_engine(url, connect_args={"timeout": _WAIT_SECONDS})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transactions begin too late; ours are in _begin_sqlite.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # What is deleted is overwritten, and no journal stays behind with it.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA journal_mode = DELETE")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get(_READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _unusable(url: URL, error: SQLAlchemyError) -> AccountsError:
    where = url.render_as_string(hide_password=True)
    why = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    return AccountsError(
        Bilingual(
            f"The accounts at {where} cannot be opened ({why}).",
            f"Die Konten in {where} lassen sich nicht öffnen ({why}).",
        ),
        Bilingual(
            "Check CLUSTERRADAR_ACCOUNTS_URL, and that the database is there and may be changed.",
            "Prüfen Sie CLUSTERRADAR_ACCOUNTS_URL, und ob es die Datenbank gibt und sie sich "
            "ändern lässt.",
        ),
    )
