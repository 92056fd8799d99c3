"""What parts several values in one cell, found out for each column, and the parting itself.

A bar always parts values, a line break and a semicolon where they stand between short texts. A
comma and a slash also stand within names (``Müller, Meier & Partner``; ``Luft-/Raumfahrt``), so
they part values only where the parts speak for it: they occur elsewhere in the column, or are
known, or are words of subjects in most cells of the column.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.folding import reduce
from graph.importing.columns import WHOLE
from graph.importing.naming import split_legal_form

SEPARATORS: Final = ("|", ";", ", ", "/", "\n")
"""What may part values, as people choose it."""
BAR: Final = re.compile(r"\s*\|\s*")

_PATTERNS: Final = {
    "\n": re.compile(r"\s*[\n\r\v]\s*"),
    ";": re.compile(r"\s*;\s*"),
    ", ": re.compile(r"\s*,\s+|,(?=https?://|www\.)"),
    "/": re.compile(r"\s*/\s*"),
}
_SHORT: Final = 80
"""Letters up to which the parts of a cell are values and not sentences."""
_LONGEST_NAME: Final = 4
"""Parts that may be one name."""
_FEW_WORDS: Final = 4

Known = Callable[[str], bool]
"""Whether a text is what something is called."""


def nothing_known(_text: str) -> bool:
    """Nothing is called so."""
    return False


@dataclass(frozen=True)
class Splitter:
    """Parts the cells of one column.

    Attributes:
        separator: one of :data:`SEPARATORS`, ``none``, or empty for the bar alone.
        known: whether something is called so; names are not torn apart.
        cautious: whether a cell is parted only where one of its parts is supported.
        supported: parts, folded, that occur elsewhere in the column.

    >>> Splitter(", ")("Optik, Laser | Optik")
    ['Optik', 'Laser']
    >>> Splitter(", ", lambda text: text == "Chemie, Pharma")("Optik, Chemie, Pharma")
    ['Optik', 'Chemie, Pharma']
    >>> Splitter(", ")("Optik Nord, Inc., Laser Süd, GmbH")
    ['Optik Nord, Inc.', 'Laser Süd, GmbH']
    """

    separator: str = ""
    known: Known = nothing_known
    cautious: bool = False
    supported: frozenset[str] = frozenset()

    def __call__(self, cell: str) -> list[str]:
        """The values of a cell, none twice."""
        return list(dict.fromkeys(self.parts(cell)))

    def parts(self, cell: str) -> list[str]:
        """The values of a cell, as often as they stand there."""
        if self.separator == WHOLE:
            return [cell] if cell else []
        return [value for part in BAR.split(cell) if part for value in self._parts_of(part.strip())]

    def _parts_of(self, text: str) -> list[str]:
        pattern = _PATTERNS.get(self.separator)
        if pattern is None or not pattern.search(text):
            return [text] if text else []
        pieces = _pieces(text, pattern)
        if self.cautious and not any(self._supports(text[start:end]) for start, end in pieces):
            return [text]
        return self._joined(text, pieces)

    def _supports(self, part: str) -> bool:
        return reduce(part) in self.supported or self.known(part)

    def _joined(self, text: str, pieces: Sequence[tuple[int, int]]) -> list[str]:
        """The pieces, those that are one name together as one."""
        values: list[str] = []
        at = 0
        while at < len(pieces):
            for last in range(min(at + _LONGEST_NAME, len(pieces)) - 1, at - 1, -1):
                whole = text[pieces[at][0] : pieces[last][1]]
                if last == at or self._is_one(whole, text[slice(*pieces[last])]):
                    values.append(whole)
                    at = last + 1
                    break
        return values

    def _is_one(self, whole: str, last: str) -> bool:
        """Whether pieces are one name: something is called so, or a legal form ends them."""
        form = split_legal_form(f"x {last}")
        return (form[0] == "x" and bool(form[1]) and whole.count(",") == 1) or self.known(whole)


def _pieces(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the pieces of a text begin and end; empty ones left out."""
    found, start = [], 0
    for match in pattern.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return [(start, end) for start, end in found if start < end]


def find_splitter(
    cells: Iterable[str], known: Known, *, subjects: bool, separator: str = ""
) -> Splitter:
    """Find out what parts the values of a column.

    Args:
        cells: those of the column that are not empty.
        known: whether something is called so.
        subjects: whether the values are words for subjects, in which a comma seldom stands.
        separator: what a person said; empty: nothing.

    >>> cells = ["Optik, Laser", "Laser", "Optik, Messtechnik"]
    >>> find_splitter(cells, nothing_known, subjects=False).separator
    ', '
    >>> names = ["Müller, Meier & Partner", "Sensor AG", "Huber, Sohn & Co."]
    >>> find_splitter(names, nothing_known, subjects=False).separator
    ''
    """
    cells = list(dict.fromkeys(cells))
    if separator:
        return Splitter(separator, known)
    for candidate in ("\n", ";", ", ", "/"):
        pattern = _PATTERNS[candidate]
        holding = [cell for cell in cells if len(pattern.split(cell.strip())) > 1]
        if holding and (found := _judged(candidate, holding, cells, known, subjects)):
            return found
    return Splitter("", known)


def _judged(
    candidate: str, holding: Sequence[str], cells: Sequence[str], known: Known, subjects: bool
) -> Splitter | None:
    """The splitter of a separator that some cells hold, if the cells speak for it."""
    pattern = _PATTERNS[candidate]
    parted = [[part for part in pattern.split(cell.strip()) if part] for cell in holding]
    parts = [part for several in parted for part in several]
    if not parts or sum(map(len, parts)) > _SHORT * len(parts):
        return None
    if candidate in ("\n", ";"):
        return Splitter(candidate, known)
    elsewhere = Counter(reduce(part) for cell in cells for part in set(pattern.split(cell.strip())))
    supported = frozenset(part for part, count in elsewhere.items() if count > 1)
    counted = sum(1 for part in parts if reduce(part) in supported or known(part))
    if candidate == ", " and subjects and _are_subjects(parted, cells):
        return Splitter(candidate, known)
    # A slash more often stands within a name than a comma does.
    needed = 0.5 if candidate == ", " else 0.8
    if len(holding) > 1 and counted >= needed * len(parts):
        return Splitter(candidate, known, cautious=True, supported=supported)
    return None


def _are_subjects(parted: Sequence[Sequence[str]], cells: Sequence[str]) -> bool:
    """Whether commas stand in many cells, between few words each."""
    lengths = [len(part.split()) for several in parted for part in several]
    return (
        len(parted) > 2
        and 3 * len(parted) >= len(cells)
        and sum(lengths) <= _FEW_WORDS * len(lengths)
    )
