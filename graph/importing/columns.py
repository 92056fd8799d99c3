"""What the columns of a list are: as they are guessed, and as a person corrects them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from graph.importing.problems import Problem
from ontology import Bilingual, PropertyCheck

LEFT_OUT: Final = ""
"""What a column means that is left out on purpose."""
SCHEME: Final = "scheme:"
"""Begins what a column means whose words become a new topic scheme; the scheme's name follows."""
ANEW: Final = "?"
"""What a column means that is to be found out again, whatever was said at earlier imports."""
WHOLE: Final = "none"
"""The separator of a column whose cells hold one value each."""

Split = Callable[[str], list[str]]
"""Parts the cells of a column into values."""
Locate = Callable[[str, Iterable[str]], dict[str, tuple[str, ...]]]
"""Reads an address, given the countries that the row names: level of a place to names."""


@dataclass(frozen=True)
class ColumnChoice:
    """What a person says of one column.

    Attributes:
        header: the column's name as the list writes it.
        means: name of a column as templates write it (``name``, ``topics``, ``city``), or
            ``location`` for addresses in free text; empty: left out on purpose;
            ``scheme:<name>``: its words become a new topic scheme; ``?``: found out anew.
        lang: language of its texts (``de``, ``en``); empty: found out.
        separator: what parts several values in a cell; empty: found out; ``none``: a cell is one
            value.
    """

    header: str
    means: str
    lang: str = ""
    separator: str = ""


@dataclass(frozen=True)
class Guess:
    """What a column of a list is understood as.

    Attributes:
        header: its name as the list writes it.
        position: where it stands in the list, from 0.
        means: as in :class:`ColumnChoice`; empty where the column is left out.
        lang: language of its texts; empty: none.
        separator: what parts several values in a cell; ``none``: a cell is one value.
        confidence: how sure that is, 0 to 1; of what a person chose 1.
        why: the reason, in words.
        samples: up to three of its cells, shortened.
        chosen: whether a person said so, now or at an earlier import.
    """

    header: str
    position: int
    means: str
    lang: str
    separator: str
    confidence: float
    why: Bilingual
    samples: tuple[str, ...]
    chosen: bool = False


@dataclass(frozen=True)
class Column:
    """A column that is understood.

    Attributes:
        position: where it stands in the list, from 0.
        header: its name as the list writes it.
        name: its name as the shapes write it; ``id``, or the level of a place.
        check: what its cells must keep; None for the id.
        lang: language of its texts; empty: none.
        scheme: name of the topic scheme that its words become; empty: none.
        split: parts its cells; None: only bars part them.
        locate: reads its cells where they are addresses; None: they are none.
    """

    position: int
    header: str
    name: str
    check: PropertyCheck | None
    lang: str = ""
    scheme: str = ""
    split: Split | None = field(default=None, compare=False, repr=False)
    locate: Locate | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Mapping:
    """What the columns of a list mean.

    Attributes:
        kind: kind of the list's rows.
        columns: those that are understood.
        problems: columns that are not, as notes.
        guesses: what each column of the table is understood as, in the order of the table.
        found: what was found out from cells, so that it is remembered and stays the same when the
            cells change.
    """

    kind: str
    columns: tuple[Column, ...]
    problems: tuple[Problem, ...] = ()
    guesses: tuple[Guess, ...] = ()
    found: tuple[ColumnChoice, ...] = ()

    @property
    def headers(self) -> dict[str, str]:
        """Property to the first column that says it."""
        found: dict[str, str] = {}
        for column in self.columns:
            if column.check:
                found.setdefault(column.check.path, column.header)
        return found

    def column(self, name: str) -> Column | None:
        """The first column of that name."""
        return next((column for column in self.columns if column.name == name), None)
