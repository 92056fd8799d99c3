"""Lists of members: an organisation that stands in several rows, once for each membership.

Such rows are one record with several memberships, where nothing in them speaks against it. What
an organisation is in each cluster, and since when, would then be mixed up; so it is said with the
cluster: ``Vorstand (Optence, seit 2010)``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from graph.folding import fold
from graph.importing.cells import Reference
from graph.importing.problems import NOTE, Problem, shortened
from ontology import CR, Bilingual, checks, term_label

if TYPE_CHECKING:
    from graph.importing.records import Record, Said

MEMBER_OF: Final = CR + "memberOf"
ROLE: Final = CR + "role"
MEMBER_SINCE: Final = CR + "memberSince"
_OF_A_MEMBERSHIP: Final = frozenset({MEMBER_OF, ROLE, MEMBER_SINCE})


class Memberships:
    """Collects the rows of a list by what they are called.

    Args:
        kind: kind of the list's rows; only organisations stand in several rows.
    """

    def __init__(self, kind: str) -> None:
        self._collects = kind == "organisation"
        self._rows: dict[str, list[Record]] = {}

    def enter(self, record: "Record") -> None:
        """Take note of the first row of its key."""
        if self._collects:
            self._rows[record.key] = [record]

    def join(self, record: "Record") -> Problem | None:
        """Put a row to an earlier one of the same organisation.

        Returns:
            The note that says so, or what speaks against it; None where the row is no further
            membership.
        """
        rows = self._rows.get(record.key)
        if not rows or not _membership(record):
            return None
        if any(_membership(row) == _membership(record) for row in rows):
            return None
        if against := contradiction(rows[0], record):
            label = Bilingual(term_label(against, "en"), term_label(against, "de"))
            message = _DIFFERS.with_(row=rows[0].number, property=label)
            return Problem(record.number, "", shortened(record.name), message)
        rows.append(record)
        message = _JOINED.with_(row=rows[0].number)
        return Problem(record.number, "", shortened(record.name), message, NOTE)

    def joined(self, records: "Sequence[Record]") -> "tuple[Record, ...]":
        """The records, each with what its further rows say."""
        if all(len(rows) == 1 for rows in self._rows.values()):
            return tuple(records)
        return tuple(_together(self._rows.get(record.key, [record])) for record in records)

    def more_rows(self) -> dict[str, int]:
        """Key of an organisation to the number of its further rows."""
        return {key: len(rows) - 1 for key, rows in self._rows.items() if len(rows) > 1}


def contradiction(one: "Record", other: "Record") -> str:
    """The property in which two rows of one name say different things; empty if none."""
    for level in one.places.keys() & other.places.keys():
        if set(map(fold, one.places[level])) != set(map(fold, other.places[level])):
            return CR + "locatedIn"
    single = {check.path for check in checks(one.kind).properties if not check.many}
    for path in single - _OF_A_MEMBERSHIP:
        ours, theirs = _by_language(one, path), _by_language(other, path)
        if any(ours[lang] != theirs[lang] for lang in ours.keys() & theirs.keys()):
            return path
    return ""


def _by_language(record: "Record", path: str) -> dict[str, str]:
    texts = (value for said, value in record.said if said == path)
    return {getattr(text, "language", None) or "": str(text) for text in texts}


def _membership(record: "Record") -> "frozenset[tuple[str, Said]]":
    """What a row says of a membership; nothing where it names no cluster."""
    said = frozenset((path, value) for path, value in record.said if path in _OF_A_MEMBERSHIP)
    return said if any(path == MEMBER_OF for path, _ in said) else frozenset()


def _together(rows: "list[Record]") -> "Record":
    if len(rows) == 1:
        return rows[0]
    said = dict.fromkeys(fact for row in rows for fact in _with_its_cluster(row))
    places: dict[str, tuple[str, ...]] = {}
    for row in rows:
        places = {**row.places, **places}
    codes = tuple(dict.fromkeys(code for row in rows for code in row.codes))
    return replace(rows[0], said=tuple(said), codes=codes, places=places)


def _with_its_cluster(row: "Record") -> "Iterator[tuple[str, Said]]":
    """What a row says, its role in words that name the cluster."""
    clusters = ", ".join(
        value.text for path, value in row.said if path == MEMBER_OF and isinstance(value, Reference)
    )
    since = next((text.value for text in row.texts(MEMBER_SINCE)), "")
    roles = row.texts(ROLE) or ([Literal(_MEMBER["de"], language="de")] if since else [])
    yield from ((path, value) for path, value in row.said if path not in (ROLE, MEMBER_SINCE))
    for role in roles if clusters else ():
        lang = role.language or "de"
        where = f"{clusters}, {_SINCE[lang]} {since}" if since else clusters
        yield ROLE, Literal(f"{role.value} ({where})", language=lang)
    if not clusters:
        yield from ((path, value) for path, value in row.said if path in (ROLE, MEMBER_SINCE))


_MEMBER: Final = Bilingual("member", "Mitglied")
_SINCE: Final = Bilingual("since", "seit")
_DIFFERS: Final = Bilingual(
    "Row {row} is called the same, but says otherwise: {property}. If both are one organisation, "
    "write the same in both rows; if they are two, give each an id in the column “id”.",
    "Zeile {row} heißt ebenso, sagt aber anderes: {property}. Sind beide dieselbe Organisation, in "
    "beide Zeilen dasselbe schreiben; sind es zwei, jeder in der Spalte „id“ eine Kennung geben.",
)
_JOINED: Final = Bilingual(
    "This row and row {row} are the same organisation, so both memberships are its own.",
    "Diese Zeile und Zeile {row} sind dieselbe Organisation; beide Mitgliedschaften gehören ihr.",
)
