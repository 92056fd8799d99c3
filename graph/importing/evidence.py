"""What the cells of a column look like: a sample of them, and how many of it are what."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from graph.folding import fold
from graph.importing.naming import split_legal_form
from graph.importing.places import country_code
from graph.importing.whereabouts import is_nowhere, says_a_country
from ontology import Bilingual

SAMPLED: Final = 400
"""Cells of a column that are looked at."""

Meanings = Callable[[str, Sequence[str]], frozenset[str]]
"""The kinds of the things, among some kinds, that a text may mean; empty: it means nothing."""


def means_nothing(_text: str, _kinds: Sequence[str]) -> frozenset[str]:
    """Nothing is known."""
    return frozenset()


_WEB: Final = re.compile(
    r"(?:https?://|www\.)\S+\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:/\S*)?", re.IGNORECASE
)
_MAIL: Final = re.compile(r"(?:mailto:)?[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}", re.IGNORECASE)
_DATE: Final = re.compile(
    r"\d{4}-\d{2}(?:-\d{2})?|\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})|\d{1,2}/\d{1,2}/(?:\d{2}|\d{4})"
)
_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}.*")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d{2}")
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}(?:[.,' ]?\d{3})*(?:[.,]\d+)?\s*%?")
_POSTCODE: Final = re.compile(r"(?:[A-Z]{1,3}-)?\d{4,5}")
_PHONE: Final = re.compile(r"\+?[\d\s()/.-]{7,}\d")
_LONG: Final = 8
"""Words from which a cell is a text and no name."""


@dataclass(frozen=True)
class Evidence:
    """The cells of one column.

    Attributes:
        header: of the column.
        cells: a sample of its cells that are not empty, spread over the whole list.
        filled: how many of all cells are not empty.
        rows: how many rows the list has.
        distinct: how many different cells the sample has.
    """

    header: str
    cells: tuple[str, ...]
    filled: int
    rows: int

    @classmethod
    def of(cls, header: str, cells: Iterable[str], rows: int) -> "Evidence":
        """Look at the cells of a column."""
        filled = [cell for cell in cells if cell]
        step = max(1, len(filled) // SAMPLED)
        return cls(header, tuple(filled[::step][:SAMPLED]), len(filled), rows)

    @cached_property
    def distinct(self) -> tuple[str, ...]:
        """The different cells of the sample, in the order of the list."""
        return tuple(dict.fromkeys(self.cells))

    def share(self, holds: Callable[[str], object]) -> float:
        """How much of the sample holds something, 0 to 1."""
        return sum(1 for cell in self.cells if holds(cell)) / len(self.cells) if self.cells else 0.0

    def _matching(self, pattern: re.Pattern[str]) -> float:
        return self.share(pattern.fullmatch)

    @cached_property
    def web(self) -> float:
        """Share of web addresses, also of several in one cell."""
        return self.share(
            lambda cell: (
                all(_WEB.fullmatch(part) for part in re.split(r"[\s,;|]+", cell) if part)
                and not _MAIL.fullmatch(cell)
                and bool(re.search(r"[a-z]", cell, re.IGNORECASE))
            )
        )

    @cached_property
    def mail(self) -> float:
        """Share of addresses for mail."""
        return self._matching(_MAIL)

    @cached_property
    def times(self) -> float:
        """Share of moments: dates with a time of the day."""
        return self._matching(_TIME)

    @cached_property
    def dates(self) -> float:
        """Share of dates; years are none."""
        return self._matching(_DATE)

    @cached_property
    def years(self) -> float:
        """Share of years."""
        return self._matching(_YEAR)

    @cached_property
    def numbers(self) -> float:
        """Share of numbers of any form."""
        return self._matching(_NUMBER)

    @cached_property
    def postcodes(self) -> float:
        """Share of postcodes; years look like them."""
        return 0.0 if self.years > 0.5 else self._matching(_POSTCODE)

    @cached_property
    def phones(self) -> float:
        """Share of telephone numbers; plain numbers are none."""
        return self.share(lambda c: _PHONE.fullmatch(c) and re.search(r"[+()/\s-]", c))

    @cached_property
    def countries(self) -> float:
        """Share of countries, those that say everywhere included."""
        if not any(country_code(cell) for cell in self.distinct):
            return 0.0
        return self.share(lambda cell: country_code(cell) or is_nowhere(cell))

    @cached_property
    def addresses(self) -> float:
        """Share of towns with their country or region."""
        return self.share(says_a_country)

    @cached_property
    def legal_forms(self) -> float:
        """Share of legal forms."""
        return self.share(lambda cell: split_legal_form(f"x {cell}")[0] == "x")

    @cached_property
    def texts(self) -> float:
        """Share of texts of many words."""
        return self.share(lambda cell: len(cell.split()) >= _LONG)

    @cached_property
    def words(self) -> float:
        """Share of cells that could be names: some letters, few words, no address."""
        return self.share(
            lambda cell: (
                re.search(r"[^\W\d_]", cell)
                and len(cell.split()) < 2 * _LONG
                and not _WEB.fullmatch(cell)
                and not _MAIL.fullmatch(cell)
            )
        )

    @cached_property
    def unique(self) -> float:
        """How many of the sampled cells are different ones, 0 to 1."""
        folded = {fold(cell) for cell in self.cells}
        return len(folded) / len(self.cells) if self.cells else 0.0


def looks_like(evidence: Evidence) -> Bilingual | None:
    """What cells are that no column here is for; None where that is not plain."""
    if not evidence.cells:
        return _EMPTY
    for share, what in (
        (evidence.mail, _MAILS),
        (evidence.times, _TIMES),
        (evidence.postcodes, _POSTCODES),
        (evidence.numbers, _NUMBERS),
        (evidence.phones, _PHONES),
    ):
        if share >= 0.8:
            return what
    return None


_EMPTY: Final = Bilingual("All its cells are empty.", "Alle ihre Zellen sind leer.")
_MAILS: Final = Bilingual(
    "Its cells are addresses for mail, which are not kept here.",
    "Ihre Zellen sind Mailadressen; die werden hier nicht geführt.",
)
_TIMES: Final = Bilingual(
    "Its cells say when something was written down.",
    "Ihre Zellen sagen, wann etwas aufgeschrieben wurde.",
)
_POSTCODES: Final = Bilingual(
    "Its cells are postcodes; of addresses only town, region and country are kept.",
    "Ihre Zellen sind Postleitzahlen; von Adressen werden nur Ort, Region und Land geführt.",
)
_NUMBERS: Final = Bilingual(
    "Its cells are numbers, and its name does not say of what.",
    "Ihre Zellen sind Zahlen, und ihr Name sagt nicht, wovon.",
)
_PHONES: Final = Bilingual(
    "Its cells are telephone numbers, which are not kept here.",
    "Ihre Zellen sind Telefonnummern; die werden hier nicht geführt.",
)
