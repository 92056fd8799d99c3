"""Where the header of a list is, and which rows below it are sums."""

import re
from collections.abc import Sequence
from statistics import median
from typing import Final

from graph.importing.problems import NOTE, Problem, shortened
from ontology import Bilingual

Record = tuple[int, list[str]]

_TOP: Final = 20
"""Rows among which the header is looked for."""
_SAMPLE: Final = 50
_SUM: Final = re.compile(
    r"(summe|gesamt|gesamtzahl|insgesamt|anzahl|total|sum|count|grand total)\b[\s:]*\d*\Z",
    re.IGNORECASE,
)
_TOTALS: Final = 3
"""Rows at the end that may be sums."""

LEFT_OUT: Final = Bilingual(
    "This row looks like a sum and was left out. If it is an entry, move it up.",
    "Diese Zeile sieht nach einer Summe aus und wurde ausgelassen. Ist sie ein Eintrag, sie nach "
    "oben verschieben.",
)


def header_place(records: Sequence[Record], row: int = 0) -> int:
    """The place of the header among the records: the first row that is about as wide as most.

    Titles above it fill one or two cells.

    Args:
        records: the first rows of a list.
        row: the number that a person gave, or 0.

    >>> header_place([(1, ["Members 2016", "", ""]), (3, ["id", "name", "city"]), (4, list("abc"))])
    1
    """
    if row:
        return next((at for at, (number, _) in enumerate(records) if number >= row), 0)
    widths = [_filled(cells) for _, cells in records[:_SAMPLE]]
    usual = median(widths) if widths else 0
    if usual < 3:
        return 0
    places = (at for at, width in enumerate(widths[:_TOP]) if width * 2 > usual)
    return next(places, 0)


def without_sums(records: list[Record]) -> tuple[list[Record], list[Problem]]:
    """The rows below a header without the sums at their end, and a note for each of those."""
    kept, notes = list(records), []
    for _ in range(_TOTALS):
        if len(kept) < 2 or not _is_sum(kept[-1][1]):
            break
        number, cells = kept.pop()
        notes.append(Problem(number, "", shortened(" ".join(filter(None, cells))), LEFT_OUT, NOTE))
    return kept, notes[::-1]


def _is_sum(cells: list[str]) -> bool:
    first = next(filter(None, cells), "")
    return len(cells) > 2 and _filled(cells) * 2 <= len(cells) and bool(_SUM.match(first))


def _filled(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))
