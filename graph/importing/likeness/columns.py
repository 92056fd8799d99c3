"""Columns of lists whose rows are compared: what their values are like, which belong together.

Nothing is known about the lists but what stands in them: a column is an identifier of its own
list, a number, a code that is mostly digits, or text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.folding import fold

Rows = Sequence[Mapping[str, str]]

TEXT: Final = "text"
CODE: Final = "code"
NUMBER: Final = "number"
OWN_ID: Final = "id"

_ID_HEADERS: Final = frozenset(
    fold(text)
    for text in [
        "id",
        "ids",
        "key",
        "nr",
        "no",
        "index",
        "idx",
        "pk",
        "kennung",
        "rec_id",
        "record_id",
        "row_id",
        "lfd_nr",
    ]
)
_ALIKE: Final = tuple(
    frozenset(words.split())
    for words in (
        "name title titel label bezeichnung firma firmenname company organisation organization",
        "addr address adresse anschrift street strasse",
        "city town ort stadt",
        "zip postcode plz postleitzahl postal zipcode",
        "phone telephone telefon tel fon",
        "web website url homepage internet domain webseite",
        "type kind category kategorie art typ",
        "manufacturer brand hersteller marke maker",
        "mail email",
        "price preis",
        "year jahr",
    )
)
NAMING: Final = _ALIKE[0]
"""Folded headers of columns that say what a thing is called."""
_NUMBER: Final = re.compile(r"[-+]?[$€£]?\s?\d{1,9}(?:[.,]\d+)?\s?[$€£%]?")
_MOST: Final = 0.8
_SAMPLE: Final = 2_000
_OVERLAP: Final = 0.2


@dataclass(frozen=True)
class Column:
    """A column of one list and the column of the other that means the same.

    Attributes:
        left: its name in the one list.
        right: its name in the other.
        kind: ``text``, ``code`` (mostly digits) or ``number``.
    """

    left: str
    right: str
    kind: str


def shared_columns(left: Rows, right: Rows) -> tuple[Column, ...]:
    """The columns by which rows of two lists can be compared.

    Columns are paired by their names, then by words that commonly name the same, then by their
    values. Columns that only number the rows of their own list are left out.

    >>> one = [{"id": "1", "name": "Optik Müller"}, {"id": "2", "name": "Laser Meyer"}]
    >>> two = [{"id": "a", "Firma": "Laser Meyer GmbH"}]
    >>> [(column.left, column.right, column.kind) for column in shared_columns(one, two)]
    [('name', 'Firma', 'text')]
    """
    ours, theirs = _usable(left), _usable(right)
    pairs: list[tuple[str, str]] = []
    for alike in (_same_header, _alike_header):
        for one in list(ours):
            other = next((name for name in theirs if alike(one, name)), None)
            if other is not None:
                pairs.append((one, other))
                del ours[one], theirs[other]
    pairs += _by_values(ours, theirs)
    every = [(one, other, _filled(left, one) + _filled(right, other)) for one, other in pairs]
    return tuple(Column(one, other, kind_of_values(values)) for one, other, values in every)


def _filled(rows: Rows, name: str) -> list[str]:
    values = (row.get(name, "").strip() for row in rows[:_SAMPLE])
    return [value for value in values if value]


def _usable(rows: Rows) -> dict[str, list[str]]:
    names = dict.fromkeys(name for row in rows[:_SAMPLE] for name in row)
    found = {name: _filled(rows, name) for name in names}
    return {name: values for name, values in found.items() if values and not _is_id(name, values)}


def _is_id(name: str, values: Sequence[str]) -> bool:
    """Whether a column only numbers the rows of its own list."""
    folded = fold(name)
    if folded in _ID_HEADERS or (folded.endswith(" id") and len(set(values)) == len(values)):
        return True
    if len(values) < 5 or len(set(values)) < len(values) or not all(map(str.isdecimal, values)):
        return False
    numbers = sorted(map(int, values))
    return numbers[-1] - numbers[0] < 2 * len(numbers)


def kind_of_values(values: Iterable[str]) -> str:
    """What the values of a column are like.

    >>> kind_of_values(["310/246-1501", "+49 6131 1234"]), kind_of_values(["1999", "2004"])
    ('code', 'number')
    >>> kind_of_values(["12 Main St", "Laser Meyer"])
    'text'
    """
    values = list(values)
    most = _MOST * len(values)
    if sum(bool(_NUMBER.fullmatch(value)) for value in values) >= most:
        long = sum(sum(map(str.isdigit, value)) >= 6 for value in values)
        return CODE if long >= most else NUMBER
    digits = sum(
        sum(map(str.isdigit, value)) > 0.6 * sum(map(str.isalnum, value)) for value in values
    )
    return CODE if digits >= most else TEXT


def _same_header(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def _alike_header(one: str, other: str) -> bool:
    ours, theirs = set(fold(one).split()), set(fold(other).split())
    return any(ours & words and theirs & words for words in _ALIKE)


def _by_values(ours: dict[str, list[str]], theirs: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Columns without telling names, paired by the words that stand in both."""
    words = [{name: _words(values) for name, values in side.items()} for side in (ours, theirs)]
    scored = sorted(
        (
            (len(a & b) / min(len(a), len(b)), one, other)
            for one, a in words[0].items()
            for other, b in words[1].items()
            if a and b and kind_of_values(ours[one]) == kind_of_values(theirs[other])
        ),
        reverse=True,
    )
    found: list[tuple[str, str]] = []
    for share, one, other in scored:
        if share >= _OVERLAP and all(one != a and other != b for a, b in found):
            found.append((one, other))
    return found


def _words(values: Iterable[str]) -> set[str]:
    return {word for value in values for word in fold(value).split() if len(word) > 2}
