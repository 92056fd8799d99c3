"""What the accounts database says about somebody, in whatever table, and its erasure.

Tables of every concern stand on one base, so they are gone through alike: a new table is told and
erased without a word here. A row belongs to an account by a foreign key; ids, addresses and IRIs in
other columns are found by their text.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Integer,
    String,
    Table,
    cast,
    delete,
    false,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

import webapp
from graph import Erasing
from webapp.accounts import Account, Base

SECRET: Final = frozenset({"password_hash", "digest", "tried"})
"""Columns that prove something to us and tell nobody anything."""

_ACCOUNT: Final = Account.__tablename__


def all_tables() -> list[Table]:
    """The tables of all concerns, each before those that point at it."""
    for path in sorted(Path(webapp.__file__).parent.glob("*/tables.py")):
        import_module(f"webapp.{path.parent.name}.tables")
    return list(Base.metadata.sorted_tables)


def rows_about(session: Session, wanted: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows that name somebody, by table, without what is secret.

    Args:
        session: to read in.
        wanted: the account's id and address, the person's IRI.
    """
    names = [name for name in wanted if name]
    found: dict[str, list[dict[str, Any]]] = {}
    for table in all_tables() if names else ():
        naming = or_(
            false(), *(_contains(column, name) for column in _texts(table) for name in names)
        )
        rows = session.execute(select(table).where(naming)).mappings()
        told = [
            _told(table, row)
            for row in rows
            if _names_one(table, row, names) and not _is_of_another(table, row, names)
        ]
        if told:
            found[table.name] = told
    return found


def erase_rows(session: Session, erasing: Erasing) -> int:
    """Delete or blank what names somebody; how many rows that was.

    Args:
        session: to change in.
        erasing: who is erased. A row of an account that is erased, or of its address, goes; in all
            others what names the person is blanked.
    """
    count = 0
    mails = {text.casefold() for text in erasing.texts if "@" in text}
    for table in reversed(all_tables()):
        keys = list(table.primary_key.columns)
        for row in map(dict, session.execute(select(table)).mappings().all()):
            this = _all(column == row[column.name] for column in keys)
            if _goes(table, row, erasing, mails):
                session.execute(delete(table).where(this))
            elif changed := _blanked(table, row, erasing, mails):
                session.execute(update(table).where(this).values(changed))
            else:
                continue
            count += 1
    return count


def _goes(table: Table, row: Mapping[str, Any], erasing: Erasing, mails: set[str]) -> bool:
    for column in table.columns:
        value = row[column.name]
        if not isinstance(value, str):
            continue
        if (_says_whose(column) or column.primary_key) and value in erasing.accounts:
            return True
        if column.primary_key and value in erasing.things:
            return True
        if "email" in column.name and value.casefold() in mails:
            return True
    return False


def _says_whose(column: Column[Any]) -> bool:
    """Whether a column says whose a row is: it goes with that account."""
    return any(
        key.column.table.name == _ACCOUNT and (key.ondelete or "").upper() == "CASCADE"
        for key in column.foreign_keys
    )


def _is_of_another(table: Table, row: Mapping[Any, Any], names: list[str]) -> bool:
    """Whether a row is somebody else's, who only names the person: a thing that they saved."""
    return any(
        row[column.name] is not None and row[column.name] not in names
        for column in table.columns
        if _says_whose(column)
    )


def _blanked(
    table: Table, row: Mapping[str, Any], erasing: Erasing, mails: set[str]
) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for column in _texts(table):
        value = row[column.name]
        if value is None or column.name in SECRET:
            continue
        if table.name == _ACCOUNT and column.name != "person":
            # Somebody of the same name keeps it.
            continue
        text = json.dumps(value, ensure_ascii=False) if isinstance(column.type, JSON) else value
        new = _without(text, erasing, mails)
        if new != text:
            changed[column.name] = (
                json.loads(new) if isinstance(column.type, JSON) else _or_nothing(column, new)
            )
    return changed


def _without(text: str, erasing: Erasing, mails: set[str]) -> str:
    for exact in (*erasing.things, *erasing.accounts, *mails):
        text = whole(exact).sub("", text)
    return erasing.wanted.taken_out(text)


def _names_one(table: Table, row: Mapping[Any, Any], names: Iterable[str]) -> bool:
    """Whether a row names somebody as a whole, and not another whose name is only longer."""
    texts = [str(row[column.name]) for column in _texts(table) if row[column.name] is not None]
    return any(whole(name).search(text) for name in names for text in texts)


def whole(name: str) -> "re.Pattern[str]":
    """Finds an id, an address or an IRI, but no longer one that it is a part of.

    >>> [bool(whole("ada@b.de").search(text)) for text in ("to Ada@b.de.", "xada@b.de")]
    [True, False]
    >>> bool(whole("x:id/person/bob").search("x:id/person/bobby"))
    False
    """
    part = r"[\w%+@~-]"
    return re.compile(rf"(?<!{part})(?<!{part}\.){re.escape(name)}(?!\.?{part})", re.IGNORECASE)


def _or_nothing(column: Column[Any], text: str) -> str | None:
    return None if column.nullable and not text.strip(" []…") else text


def _texts(table: Table) -> list[Column[Any]]:
    return [
        column
        for column in table.columns
        if isinstance(column.type, String | JSON) and column.name not in SECRET
    ]


def _contains(column: Column[Any], text: str) -> ColumnElement[bool]:
    as_text = cast(column, String) if isinstance(column.type, JSON) else column
    return func.lower(as_text).contains(text.lower(), autoescape=True)


def _all(several: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    joined: ColumnElement[bool] = true()
    for one in several:
        joined = joined & one
    return joined


def _told(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    # Running numbers would tell how much others did in between.
    numbers = {one.name for one in table.primary_key if isinstance(one.type, Integer)}
    return {
        name: value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
        for name, value in row.items()
        if name not in SECRET | numbers
    }
