"""Validation: from a table and what its columns mean to records that may be taken over."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph.importing.cells import Reference, Wrong, parse_value, split_values
from graph.importing.columns import Column, Mapping
from graph.importing.mapping import ID, LOCATED_IN, NAMES, OTHER_NAMES, TOPIC_KINDS
from graph.importing.memberships import Memberships
from graph.importing.naming import key_of
from graph.importing.places import AUXILIARY, LEVELS
from graph.importing.placing import read_places
from graph.importing.problems import NOTE, Problem, shortened
from graph.importing.reading import Row, Table
from graph.progress import Progress, counted, silent
from ontology import CR, RDF, Bilingual, PropertyCheck, checks, code_class, kind_of

Said = Literal | NamedNode | Reference

CONCEPT_TYPE: Final = CR + "conceptType"
_TYPE: Final = RDF + "type"
_MAX_KEY: Final = 200
_CONCEPT_OF_KIND: Final = {"sector": "sector", "competence": "competence", "topic": "technology"}


@dataclass(frozen=True)
class Record:
    """What one row says, checked.

    Attributes:
        number: number of the row.
        key: what the row is called within its source.
        id: the id that the list gives it; empty if none.
        kind: kind of the thing it describes.
        said: (property, value) pairs.
        codes: what columns that choose a class say (``company``, ``offer``).
        places: level to names; countries as ISO codes.
    """

    number: int
    key: str
    id: str
    kind: str
    said: tuple[tuple[str, Said], ...] = ()
    codes: tuple[str, ...] = ()
    places: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def texts(self, *paths: str) -> list[Literal]:
        """The literals of some properties."""
        return [v for path, v in self.said if path in paths and isinstance(v, Literal)]

    @property
    def name(self) -> str:
        """What a person calls it: its first name, else its key."""
        return next((text.value for text in self.texts(*NAMES)), self.key)

    @property
    def names(self) -> list[str]:
        """All its names."""
        return [text.value for text in self.texts(*NAMES, OTHER_NAMES)]


@dataclass(frozen=True)
class Validated:
    """The rows that may be taken over, and all that is wrong with the others.

    Attributes:
        records: accepted rows.
        problems: everything found, in the order of the rows.
        refused: keys of refused rows, as far as they have one.
        nameless: whether a refused row has no key, so that nobody knows which it was.
        more_rows: key of a record to the number of further rows that are part of it.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    refused: frozenset[str]
    nameless: bool
    more_rows: dict[str, int] = field(default_factory=dict)

    @property
    def refused_rows(self) -> int:
        """How many rows are refused."""
        return len({problem.row for problem in self.problems if problem.refuses})


def validate(
    table: Table,
    mapping: Mapping,
    is_known: Callable[[str, str], bool] = lambda _kind, _id: False,
    progress: Progress = silent,
) -> Validated:
    """Check every cell of a list.

    Args:
        table: the list.
        mapping: what its columns mean.
        is_known: whether a thing of this kind with this id is there already; a list may say
            more about such a thing without repeating what is required of a new one.
        progress: told how many rows are checked.
    """
    broken = {problem.row for problem in table.problems if problem.refuses}
    problems = [*table.problems, *mapping.problems]
    records: list[Record] = []
    refused: set[str] = set()
    nameless = False
    taken: dict[str, int] = {}
    memberships = Memberships(mapping.kind)
    for row in counted(table.rows, len(table.rows), progress, "validating"):
        draft = _Draft(row, mapping)
        if row.number not in broken:
            problems.extend(draft.read())
            problems.extend(draft.require(is_known))
            if draft.key in taken and not draft.wrong:
                found = memberships.join(draft.record())
                if found is not None and not found.refuses:
                    problems.append(found)
                    continue
                draft.wrong = found is not None
                problems.extend([found] if found else draft.claim(taken))
            else:
                problems.extend(draft.claim(taken))
        else:
            draft.read_key()
        if row.number in broken or draft.wrong:
            refused.add(draft.key)
            nameless = nameless or not draft.key
        else:
            records.append(draft.record())
            memberships.enter(records[-1])
    problems.sort(key=lambda problem: problem.row)
    kept = frozenset(refused - {""} - {record.key for record in records})
    accepted = memberships.joined(records)
    return Validated(accepted, tuple(problems), kept, nameless, memberships.more_rows())


class _Draft:
    """A record in the making."""

    def __init__(self, row: Row, mapping: Mapping) -> None:
        self.row = row
        self.mapping = mapping
        self.kind = mapping.kind
        self.key = ""
        self.id = ""
        self.wrong = False
        self.said: dict[tuple[str, Said], None] = {}
        self.codes: list[str] = []
        self.places: dict[str, tuple[str, ...]] = {}

    def record(self) -> Record:
        return Record(
            self.row.number,
            self.key,
            self.id,
            self.kind,
            tuple(self.said),
            tuple(self.codes),
            self.places,
        )

    def cell(self, name: str) -> str:
        column = self.mapping.column(name)
        return self.row.cells[column.position] if column else ""

    def _problem(self, column: str, value: str, message: Bilingual) -> Problem:
        self.wrong = True
        return Problem(self.row.number, column, shortened(value), message)

    def _note(self, column: str, value: str, message: Bilingual) -> Problem:
        return Problem(self.row.number, column, shortened(value), message, NOTE)

    def read(self) -> Iterator[Problem]:
        """Read all cells."""
        addresses: list[tuple[Column, str]] = []
        for column in self.mapping.columns:
            cell = self.row.cells[column.position]
            if not cell or column.check is None:
                continue
            if column.locate:
                addresses.append((column, cell))
            elif column.check.path == LOCATED_IN and column.name in LEVELS:
                yield from self._read_places(column, cell)
            elif column.check.path == _TYPE:
                yield from self._read_code(column, cell)
            else:
                yield from self._read_values(column, column.check, cell)
        for column, cell in addresses:
            yield from self._read_places(column, cell)
        if self.kind in TOPIC_KINDS:
            self._choose_concept_kind()
        self.read_key()
        yield from self._check_period()

    def read_key(self) -> None:
        """Find out what the row is called within its source."""
        self.id = self.cell(ID)
        if self.id:
            self.key = self.id
        elif self.kind == "figure":
            named = (self.cell(name) for name in ("subject", "measure", "year"))
            self.key = key_of(" ".join(part for part in named if part))
        else:
            name = next(
                (
                    self.row.cells[c.position]
                    for c in self._name_columns()
                    if self.row.cells[c.position]
                ),
                "",
            )
            self.key = key_of(name) if name else ""

    def _name_columns(self) -> Iterator[Column]:
        return (c for c in self.mapping.columns if c.check and c.check.path in NAMES)

    def _read_values(self, column: Column, check: PropertyCheck, cell: str) -> Iterator[Problem]:
        split = column.split or split_values
        values = split(cell) if check.many else [cell]
        if not check.many and check.kinds and len(split_values(cell)) > 1:
            yield self._problem(column.header, cell, _ONE_ONLY)
            return
        for value in values:
            parsed = parse_value(value, check, column.lang)
            if isinstance(parsed, Wrong):
                yield self._problem(column.header, parsed.text, parsed.message)
            else:
                self.said[check.path, parsed] = None

    def _read_code(self, column: Column, cell: str) -> Iterator[Problem]:
        assert column.check is not None
        parsed = parse_value(cell, column.check)
        if isinstance(parsed, Wrong):
            yield self._problem(column.header, parsed.text, parsed.message)
        elif isinstance(parsed, Literal):
            self.codes.append(parsed.value)

    def _read_places(self, column: Column, cell: str) -> Iterator[Problem]:
        found, remarks = read_places(column, cell, self.places.get("country", ()))
        for remark in remarks:
            told = self._problem if remark.refuses else self._note
            yield told(column.header, remark.text, remark.message)
        for level, names in found.items():
            several = (*self.places.get(level, ()), *names)
            self.places[level] = tuple(dict.fromkeys(several))

    def _choose_concept_kind(self) -> None:
        chosen = next(
            (v.value for p, v in self.said if p == CONCEPT_TYPE and isinstance(v, Literal)), ""
        )
        if chosen:
            self.kind = kind_of(code_class(CONCEPT_TYPE, chosen)) or "topic"
        elif self.mapping.column("kind") is None:
            self.said[CONCEPT_TYPE, Literal(_CONCEPT_OF_KIND[self.kind])] = None

    def _check_period(self) -> Iterator[Problem]:
        start = next(
            (v.value for p, v in self.said if p == CR + "startDate" and isinstance(v, Literal)), ""
        )
        end = next(
            (v.value for p, v in self.said if p == CR + "endDate" and isinstance(v, Literal)), ""
        )
        shared = min(len(start), len(end))
        if shared and end[:shared] < start[:shared]:
            column = next(
                c for c in self.mapping.columns if c.check and c.check.path == CR + "endDate"
            )
            message = _BACKWARDS.with_(start=start, end=end)
            yield self._problem(column.header, end, message)

    def require(self, is_known: Callable[[str, str], bool]) -> Iterator[Problem]:
        """Check that what a new thing must have is there."""
        if self.id and is_known(self.kind, self.id):
            return
        paths = {path for path, _ in self.said}
        by_path: dict[str, list[PropertyCheck]] = {}
        for check in checks(self.kind).properties:
            by_path.setdefault(check.path, []).append(check)
        for path, several in by_path.items():
            check = several[0]
            given = path in paths or (path == _TYPE and (self.codes or self.kind == "organisation"))
            if check.min_count and not given and not self._has_wrong(path):
                yield self._problem(self._header_of(check), "", _missing(check))

    def _has_wrong(self, path: str) -> bool:
        """Whether the value is only missing because it was wrong."""
        return self.wrong and any(
            self.row.cells[column.position]
            for column in self.mapping.columns
            if column.check and column.check.path == path
        )

    def _header_of(self, check: PropertyCheck) -> str:
        column = next(
            (c for c in self.mapping.columns if c.check and c.check.path == check.path), None
        )
        return column.header if column else check.columns[0]

    def claim(self, taken: dict[str, int]) -> Iterator[Problem]:
        """Check that the key is usable and that no earlier row has it."""
        column = self.mapping.column(ID)
        header = column.header if column else next((c.header for c in self._name_columns()), "")
        if not self.key:
            if not self.wrong:
                yield self._problem(header, "", _NO_KEY)
        elif (
            len(self.key) > _MAX_KEY or self.key.startswith(AUXILIARY) or not self.key.isprintable()
        ):
            yield self._problem(header, self.key, _BAD_KEY)
        elif self.key in taken:
            message = _REPEATED.with_(row=taken[self.key])
            yield self._problem(header, self.id or self.key, message)
        else:
            taken[self.key] = self.row.number


def _missing(check: PropertyCheck) -> Bilingual:
    return Bilingual(
        "“{label}” is missing, but each new row needs it. Fill it in the column “{column}”.",
        "„{label}“ fehlt, aber jede neue Zeile braucht es. In der Spalte „{column}“ eintragen.",
    ).with_(label=check.label, column=check.columns[0])


def missing_columns(problems: Iterable[Problem], mapping: Mapping) -> list[str]:
    """Columns that are missing altogether, of those that refused rows lack."""
    present = {column.header for column in mapping.columns}
    return sorted(
        {p.column for p in problems if p.refuses and p.row and not p.value} - present - {""}
    )


_ONE_ONLY: Final = Bilingual(
    "Only one value is allowed here. Keep one of them.",
    "Hier ist nur ein Wert erlaubt. Einen davon behalten.",
)
_BACKWARDS: Final = Bilingual(
    "The end ({end}) lies before the start ({start}). Correct one of the two.",
    "Das Ende ({end}) liegt vor dem Beginn ({start}). Eines von beiden korrigieren.",
)
_NO_KEY: Final = Bilingual(
    "This row has neither an id nor a name. Give it one.",
    "Diese Zeile hat weder eine Kennung noch einen Namen. Eines davon eintragen.",
)
_BAD_KEY: Final = Bilingual(
    "This cannot name a row. Use up to 200 printable characters that do not begin with “place:” or "
    "“concept:”.",
    "Das kann keine Zeile benennen. Bis zu 200 druckbare Zeichen, die nicht mit „place:“ oder "
    "„concept:“ beginnen.",
)
_REPEATED: Final = Bilingual(
    "Row {row} is called the same. Give each row an id of its own in the column “id”.",
    "Zeile {row} heißt ebenso. Jeder Zeile in der Spalte „id“ eine eigene Kennung geben.",
)
