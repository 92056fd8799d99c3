"""Rows of a list that are, cell by cell, what they were at the last import.

Most rows of a weekly list have not changed. What a row says is a function of its cells, as long
as nothing else is looked at: so of each such row a digest of its cells is noted, and where the
next list has the same cells, and nothing that the digest does not cover has changed, the row is
settled without being read. A plan that leaves settled rows out is the plan that would be made with
them; where that cannot be told, nothing is settled.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import blake2b, sha256
from typing import Final

from graph.importing.cells import Reference
from graph.importing.columns import Mapping as Columns
from graph.importing.places import PLACE_KEY, Gazetteer, parents
from graph.importing.plans import ListInfo
from graph.importing.problems import OPEN, Problem, shortened
from graph.importing.reading import Row, Table
from graph.importing.records import Record, Validated
from graph.importing.statements import ACTIVE_IN, BROADER, IN_SECTOR
from graph.knowledge import ontology_digest
from ontology import RDF, checks

Places = tuple[tuple[str, tuple[str, ...]], ...]
"""Level of a place to the names that a row gives."""

_BY_MEANING: Final = frozenset({ACTIVE_IN, BROADER, IN_SECTOR})
"""Properties that may be said otherwise once a word means something else."""
_VERSION: Final = 1


@dataclass(frozen=True)
class Settled:
    """The rows of a list that need no reading.

    Attributes:
        numbers: their numbers.
        noted: digest of the cells, key and places of each of them.
        others: keys of all rows of the last time that are not settled.
        keys: keys of the settled rows.
    """

    numbers: frozenset[int] = frozenset()
    noted: tuple[tuple[str, str, Places], ...] = ()
    others: frozenset[str] = frozenset()
    keys: frozenset[str] = field(default=frozenset(), compare=False)

    def __len__(self) -> int:
        return len(self.noted)

    def unsettled(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """The rows that have to be read."""
        return tuple(row for row in rows if row.number not in self.numbers)

    def hinders(self, validated: Validated) -> bool:
        """Whether the other rows of the list cannot be understood without the settled ones."""
        return (
            validated.nameless
            or not self.keys.isdisjoint(validated.refused)
            or any(one.key in self.keys for one in validated.records)
        )

    @cached_property
    def named(self) -> list[dict[str, tuple[str, ...]]]:
        """The places that settled rows name, each combination once."""
        return [dict(places) for places in sorted({one[2] for one in self.noted})]

    @cached_property
    def places(self) -> dict[str, set[str]]:
        """The keys of those places, each with the keys of all that it is part of."""
        found: dict[str, set[str]] = {}
        for names in self.named:
            # Such rows say themselves which country it is, so other rows do not matter.
            places = Gazetteer().places(names)
            above = parents(places)
            for place in places:
                over = [PLACE_KEY + above[place].slug] if place in above else []
                found.setdefault(PLACE_KEY + place.slug, set()).update(over)
        return found


def settling_of(
    info: ListInfo, columns: Columns, header: Iterable[str], known: Iterable[str]
) -> str:
    """A digest of all that settles what the cells of a list mean, beside the cells.

    Args:
        info: the list.
        columns: what its columns are understood as.
        header: names of all columns.
        known: the audiences that the importer may read.
    """
    constant = (info.kind, info.as_of, info.status, info.invented, info.audience)
    guessed = [(one.position, one.means, one.lang, one.separator) for one in columns.guesses]
    understood = (columns.columns, guessed, tuple(header))
    settling = (_VERSION, ontology_digest(), constant, understood, tuple(known))
    return sha256(repr(settling).encode()).hexdigest()


def recall(note: bytes, table: Table, settling: str) -> Settled:
    """The rows of a list that are settled by what was noted the last time.

    Args:
        note: what :func:`note_of` made; empty: nothing.
        table: the list.
        settling: the :func:`settling_of` of now.
    """
    noted = json.loads(note) if note else {}
    if noted.get("context") != settling:
        return Settled()
    places = [tuple((level, tuple(names)) for level, names in one) for one in noted["places"]]
    by_digest = {digest: (digest, key, places[at]) for digest, key, at in noted["rows"]}
    broken = {problem.row for problem in table.problems if problem.row}
    found: dict[int, tuple[str, str, Places]] = {}
    for row in table.rows:
        if row.number not in broken and (one := by_digest.pop(_digest(row), None)):
            found[row.number] = one
    others = {*noted["others"], *(key for _, key, _ in by_digest.values())}
    keys = frozenset(key for _, key, _ in found.values())
    return Settled(frozenset(found), tuple(found.values()), frozenset(others), keys)


def note_of(
    table: Table,
    settled: Settled,
    validated: Validated,
    problems: Collection[Problem],
    kept: Iterable[str],
    settling: str,
) -> bytes:
    """What is noted for the next import.

    Args:
        table: the list.
        settled: the rows that were settled already.
        validated: the others.
        problems: what was said to a person; it is to be said again, so nothing that it is about
            is settled: no such row, and none with a word that means nothing yet.
        kept: keys of rows that stay although the list does not say them.
        settling: the :func:`settling_of` of now.
    """
    cells = {row.number: row for row in table.rows}
    rows = list(settled.noted)
    others = set(kept)
    doubted = {problem.row for problem in problems}
    unclear = {problem.value for problem in problems if problem.level == OPEN}
    for record in validated.records:
        told = record.number in doubted or record.key in validated.more_rows
        if told or not _is_plain(record) or _has_word(record, unclear):
            others.add(record.key)
        else:
            places = tuple(sorted(record.places.items()))
            rows.append((_digest(cells[record.number]), record.key, places))
    numbered: dict[Places, int] = {}
    listed = [(one, key, numbered.setdefault(at, len(numbered))) for one, key, at in rows]
    said = {"context": settling, "places": list(numbered), "rows": listed, "others": sorted(others)}
    return json.dumps(said, ensure_ascii=False).encode()


def _digest(row: Row) -> str:
    return blake2b("\x1f".join(row.cells).encode(), digest_size=16).hexdigest()


def _is_plain(record: Record) -> bool:
    """Whether what a record says depends on its cells alone."""
    paths = {path for path, _ in record.said}
    required = _required(record.kind) - ({RDF + "type"} if record.codes else set())
    return _plain_place(record) and required <= paths and paths.isdisjoint(_by_meaning(record.kind))


def _has_word(record: Record, words: Collection[str]) -> bool:
    return bool(words) and any(
        isinstance(value, Reference) and shortened(value.text) in words for _, value in record.said
    )


def _by_meaning(kind: str) -> frozenset[str]:
    return _BY_MEANING if kind == "cluster" else _BY_MEANING - {ACTIVE_IN}


def _plain_place(record: Record) -> bool:
    """Whether a record says itself which country its places lie in."""
    return len(record.places.get("country", ())) == 1 or not any(record.places.values())


@cache
def _required(kind: str) -> frozenset[str]:
    """What each new row has to say; without it, it is accepted only as long as others say it."""
    found = {check.path for check in checks(kind).properties if check.min_count}
    return frozenset(found - {RDF + "type"} if kind == "organisation" else found)
