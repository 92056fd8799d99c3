"""What becomes of each row of a list, in words that a person can compare."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, Quad

from graph.addresses import Addresses
from graph.importing.places import AUXILIARY, PLACE_KEY
from graph.importing.plans import Detail, RowChange
from graph.importing.problems import NOTE, Problem
from graph.importing.records import Record
from graph.store import NodeTerm, normal, object_of
from ontology import RDFS, SKOS, Bilingual, term_label

_NAMING: Final = (SKOS + "prefLabel", RDFS + "label")

Rows = Mapping[str, frozenset[Quad]]
"""Key of a row to what it says."""


def is_row(key: str) -> bool:
    """Whether a key is that of a row of the list, not of a place or a concept that rows name."""
    return not key.startswith(AUXILIARY)


def as_stored(rows: Rows) -> Rows:
    """What rows say, in the form in which the store will give it back."""
    keys = {next(iter(quads)).subject: key for key, quads in rows.items() if quads}
    found: dict[str, set[Quad]] = {key: set() for key in rows}
    for quad in normal(quad for quads in rows.values() for quad in quads):
        found[keys[quad.subject]].add(quad)
    return {key: frozenset(quads) for key, quads in found.items()}


def row_changes(
    addresses: Addresses, records: Iterable[Record], old: Rows, said: Rows, kept: Rows
) -> Iterator[RowChange]:
    """The rows that are new or changed, in the order of the list, then those that are gone.

    Args:
        addresses: of the data folder.
        records: the accepted rows of the list.
        old: what all rows of the source say now.
        said: what the rows of the list say, as the store will give it back.
        kept: rows that stay as they are although the list does not say them.
    """
    for record in records:
        was, now = old.get(record.key), said[record.key]
        if was is None:
            yield RowChange("new", record.key, record.name, record.number)
        elif was != now:
            details = tuple(_details(addresses, was, now))
            yield RowChange("changed", record.key, record.name, record.number, details)
    for key in sorted(set(old) - set(said) - set(kept)):
        if is_row(key):
            yield RowChange("gone", key, _name_in(old[key]) or key)


def emptied(rows: Iterable[RowChange], said: Rows) -> Iterator[Problem]:
    """A note for each property that rows said and none says any more: its column may be gone.

    Args:
        rows: what becomes of the rows of a list.
        said: what all rows of the list say.
    """
    lost: Counter[str] = Counter(
        detail.property
        for row in rows
        if row.state == "changed"
        for detail in row.details
        if detail.old and not detail.new
    )
    if not lost:
        return
    still = {quad.predicate.value for key, quads in said.items() if is_row(key) for quad in quads}
    for path, count in sorted(lost.items()):
        if path not in still and count > 1:
            label = Bilingual(*(term_label(path, lang) or path for lang in ("en", "de")))
            yield Problem(0, "", "", _EMPTIED.with_(label=label, count=count), NOTE)


_EMPTIED: Final = Bilingual(
    "No row says “{label}” any more; the last time {count} rows did. If a column is gone or has "
    "another name, bring it back, or say which column it is.",
    "Keine Zeile sagt mehr „{label}“; das letzte Mal waren es {count}. Fehlt eine Spalte oder "
    "heißt sie anders: zurückbringen oder sagen, welche Spalte es ist.",
)


def _details(addresses: Addresses, old: Iterable[Quad], new: Iterable[Quad]) -> Iterator[Detail]:
    was, now = _by_property(addresses, old), _by_property(addresses, new)
    for name in sorted({*was, *now}):
        if was.get(name) != now.get(name):
            yield Detail(name, was.get(name, ()), now.get(name, ()))


def _by_property(addresses: Addresses, quads: Iterable[Quad]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for quad in quads:
        found.setdefault(quad.predicate.value, set()).add(_words(addresses, object_of(quad)))
    return {name: tuple(sorted(values)) for name, values in found.items()}


def _words(addresses: Addresses, value: NodeTerm) -> str:
    """A value as a person wrote it."""
    if isinstance(value, Literal):
        return f"{value.value} ({value.language})" if value.language else value.value
    if term := addresses.parse_term(value.value):
        return term[2]
    if row := addresses.parse_row(value.value):
        return row[1].removeprefix(PLACE_KEY)
    return value.value


def _name_in(quads: Iterable[Quad]) -> str:
    named = (object_of(quad).value for quad in quads if quad.predicate.value in _NAMING)
    return min(named, default="")
