"""What an import would do, as people read it before they agree."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from graph.decisions import CREATED
from graph.importing.columns import ColumnChoice
from graph.importing.columns import Mapping as Columns
from graph.importing.problems import Problem
from graph.knowledge import Change
from ontology import term_label

ROW_COUNTS: Final = ("rows", "new", "changed", "unchanged", "gone", "merged", "doubtful", "refused")
"""What is counted: all rows; what becomes of them; of the new ones those that another source
knows (merged) or may know (doubtful)."""


NO_COLUMNS: Final = Columns("", ())
"""The columns of a plan that was made without a list."""


@dataclass(frozen=True)
class ListInfo:
    """What a list is, apart from its rows.

    Attributes:
        kind: kind of its rows.
        source: name of the list; part of the addresses of its rows.
        label: its name for people; empty: the name.
        label_de: its name in German, where ``label`` is English; empty: one name for all.
        owner: whose list it is: ``<kind>/<slug>``, or any remark for the operator's lists.
        as_of: year, month or day of its statements; empty where they are current.
        status: what ``cr:status`` each row has that says none; empty: none.
        invented: whether everything in it is made up.
        complete: whether rows that are no longer in it are gone; None: as the last time.
        checksum: of the file, so that the same file is recognised.
        audience: who may read it; empty: as the last time, at first everybody.
        choices: what a person says of its columns; of others what was said the last time.
    """

    kind: str
    source: str
    label: str = ""
    owner: str = ""
    as_of: str = ""
    status: str = ""
    invented: bool = False
    complete: bool | None = None
    checksum: str = ""
    label_de: str = ""
    audience: str = ""
    choices: tuple[ColumnChoice, ...] = ()


@dataclass(frozen=True)
class Detail:
    """One property of a row that changes.

    Attributes:
        property: IRI of the property.
        old: what the row said.
        new: what it says now.
    """

    property: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    def label(self, lang: str) -> str:
        """What a person calls the property."""
        return term_label(self.property, lang) or self.property.rpartition("#")[2]


@dataclass(frozen=True)
class RowChange:
    """What becomes of one row.

    Attributes:
        state: ``new``, ``changed`` or ``gone``.
        key: what the row is called within its source.
        name: what a person calls it.
        number: its row number; 0 where it is no longer in the list.
        details: what changes.
    """

    state: str
    key: str
    name: str
    number: int = 0
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What an import would do.

    Attributes:
        info: the list.
        counts: rows by what becomes of them.
        problems: everything a person should know, in the order of the rows.
        rows: rows that are new, changed or gone.
        change: what to commit.
        needs_consent: whether so many rows would go that a person must confirm it.
        mapping: what its columns are understood as.
        note: what the next import of the source may go by, once this is committed.
        generation: of the knowledge that it was made with.
    """

    info: ListInfo
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    rows: tuple[RowChange, ...]
    change: Change
    needs_consent: bool = False
    mapping: Columns = NO_COLUMNS
    note: bytes = field(default=b"", compare=False, repr=False)
    generation: int = field(default=-1, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to commit."""
        return not self.change.add and not self.change.remove

    @property
    def mark(self) -> str:
        """Tells it from every plan that would do or tell something else.

        When it was made makes no difference, nor does a change of the data that it does not
        show in.
        """
        quads = (
            sorted(str(quad) for quad in part if quad.predicate != CREATED)
            for part in (self.change.add, self.change.remove)
        )
        told = (self.info, sorted(self.counts.items()), self.problems, self.rows, *quads)
        return sha256(repr(told).encode()).hexdigest()[:32]

    def rows_of(self, state: str) -> list[RowChange]:
        """The rows that are ``new``, ``changed`` or ``gone``."""
        return [row for row in self.rows if row.state == state]
