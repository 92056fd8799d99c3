"""The accounts as lines of JSON, one file a table: what one database wrote, any other reads."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, Integer, MetaData, Table, func, select, text
from sqlalchemy.orm import Session

from webapp.accounts.migrating import migrate, steps
from webapp.privacy.rows import all_tables

_AT_ONCE: Final = 500
_VERSION: Final = "alembic_version"


def revisions(session: Session) -> list[str]:
    """Which steps the tables have seen."""
    return sorted(MigrationContext.configure(session.connection()).get_current_heads())


def known_revisions() -> set[str]:
    """All steps that this version of the program knows."""
    return {step.revision for step in steps().walk_revisions()}


def dump(session: Session) -> Iterator[tuple[str, bytes]]:
    """Name and lines of each table, those first that others point at."""
    for table in all_tables():
        keys = list(table.primary_key.columns)
        rows = session.execute(select(table).order_by(*keys)).mappings()
        lines = (json.dumps(dict(row), ensure_ascii=False, default=_plain) for row in rows)
        yield table.name, "".join(f"{line}\n" for line in lines).encode()


def load(engine: Engine, tables: Iterable[tuple[str, bytes]], seen: list[str]) -> None:
    """Fill an empty database with what :func:`dump` gave; all of it, or nothing.

    Args:
        engine: of the database, which must be empty or new.
        tables: names and lines.
        seen: the steps that the tables had seen; later ones are taken afterwards.

    Raises:
        OccupiedError: there are accounts in it already.
    """
    with engine.connect() as connection:
        _refuse_occupied(connection)
    (revision,) = seen
    migrate(engine, revision)
    known = MetaData()
    known.reflect(engine)
    lines = dict(tables)
    with engine.begin() as connection:
        for table in known.sorted_tables:
            rows = [_read(line) for line in lines.get(table.name, b"").splitlines()]
            for start in range(0, len(rows), _AT_ONCE):
                connection.execute(table.insert(), rows[start : start + _AT_ONCE])
            _count_on(connection, table)
    migrate(engine)


class OccupiedError(Exception):
    """The database that should be filled holds accounts already."""


def _refuse_occupied(connection: Connection) -> None:
    there = MetaData()
    there.reflect(connection)
    for table in there.sorted_tables:
        if table.name == _VERSION:
            continue
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise OccupiedError(table.name)


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL give the numbers that come after the last one."""
    keys = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(keys) != 1:
        return
    key = keys[0]
    if not isinstance(key.type, Integer):
        return
    sequence = connection.execute(
        text("SELECT pg_get_serial_sequence(:table, :key)"), {"table": table.name, "key": key.name}
    ).scalar()
    last = connection.execute(select(func.max(key))).scalar()
    if sequence and last is not None:
        connection.execute(text("SELECT setval(:name, :last)"), {"name": sequence, "last": last})


def _plain(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"$time": value.astimezone(UTC).isoformat()}
    if isinstance(value, bytes):
        return {"$bytes": value.hex()}
    raise TypeError(f"no JSON for {type(value)}")


def _read(line: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(line)
    return {name: _value(value) for name, value in found.items()}


def _value(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() == {"$time"}:
        return datetime.fromisoformat(value["$time"])
    if isinstance(value, dict) and value.keys() == {"$bytes"}:
        return bytes.fromhex(value["$bytes"])
    return value
