"""How alike the values of two rows are, column by column, and which rows are worth comparing.

Texts are compared by their words and by their trigrams, both weighted by rarity (TF-IDF), so
that a typo, another order of words or a missing common word cost little. Everything is sparse
matrices; the work grows with the number of rows, because what stands in very many rows makes no
two rows worth comparing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from graph.folding import reduce
from graph.importing.likeness.columns import CODE, NUMBER, TEXT, Column, Rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEIGHBOURS: Final = 10
"""How many rows each row is compared with that are alike as a whole."""
FEWER: Final = 3
"""And how many that are alike in one column."""
_COMMON: Final = 500
"""A word or trigram that stands in more rows makes no two of them worth comparing."""
_CHUNK: Final = 2_000
"""Rows whose neighbours are looked for at once, and pairs that are compared at once: they bound
the memory."""
_PAIRS: Final = 50_000
_DIGITS: Final = re.compile(r"\D+")
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Features:
    """What a column says of every row of both lists, the left ones first.

    Attributes:
        column: which.
        values: the folded text of each row; empty where nothing is said.
        words: rows by words, of length 1; None where the column holds no text.
        grams: rows by trigrams, likewise.
    """

    column: Column
    values: Sequence[str]
    words: csr_matrix | None
    grams: csr_matrix | None

    def likeness(self, ones: Ints, others: Ints) -> Floats:
        """How alike two rows are, 0 to 1, for many pairs; NaN where one says nothing."""
        if self.column.kind == NUMBER:
            found = _near(self.values, ones, others)
        elif self.column.kind == CODE or self.words is None or self.grams is None:
            found = np.array(
                [
                    code_likeness(self.values[a], self.values[b])
                    for a, b in zip(ones.tolist(), others.tolist(), strict=True)
                ],
                dtype=float,
            )
        else:
            found = np.maximum(_cosine(self.words, ones, others), _cosine(self.grams, ones, others))
        filled = np.array([bool(value) for value in self.values])
        found[~(filled[ones] & filled[others])] = np.nan
        return found


def features(column: Column, left: Rows, right: Rows) -> Features:
    """What a column says of every row."""
    raw = [row.get(column.left, "") for row in left] + [row.get(column.right, "") for row in right]
    if column.kind == NUMBER:
        return Features(column, [_figure(text) for text in raw], None, None)
    if column.kind == CODE:
        return Features(column, [_DIGITS.sub("", text) for text in raw], None, None)
    values = [reduce(text) for text in raw]
    return Features(column, values, weighted(values, "word"), weighted(values, "char_wb"))


def weighted(values: Sequence[str], analyzer: str) -> csr_matrix | None:
    """Rows by words or trigrams, rare ones weighing more; None where there is not one."""
    vectorizer = (
        TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True)
        if analyzer == "word"
        else TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True)
    )
    if not any(values):
        return None
    return csr_matrix(vectorizer.fit_transform(values))


def _cosine(matrix: csr_matrix, ones: Ints, others: Ints) -> Floats:
    found = []
    for at in range(0, len(ones), _PAIRS):
        products = matrix[ones[at : at + _PAIRS]].multiply(matrix[others[at : at + _PAIRS]])
        found.append(np.asarray(products.sum(axis=1)).ravel())
    return np.clip(np.concatenate(found) if found else np.zeros(0), 0.0, 1.0)


def _figure(text: str) -> str:
    found = _FIGURE.search(text)
    return found.group().replace(",", ".") if found else ""


def _near(values: Sequence[str], ones: Ints, others: Ints) -> Floats:
    numbers = np.array([float(value) if value else np.nan for value in values])
    a, b = numbers[ones], numbers[others]
    largest = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-9)
    near: Floats = 1.0 - np.minimum(np.abs(a - b) / largest, 1.0)
    # Years lie close to each other in this measure: only what is the same counts fully.
    return np.where(a == b, 1.0, near * 0.9)


def code_likeness(one: str, other: str) -> float:
    """How alike two rows of digits are: 1 where one ends with the other.

    >>> code_likeness("0613112345", "4961 3112345".replace(" ", "")) > 0.8
    True
    >>> code_likeness("3102461501", "8187621221") < 0.5
    True
    """
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    short, long = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    if len(short) >= 6 and long.endswith(short):
        return 0.95
    placed, loose = (
        [
            {
                text[i : i + size] + (str(i - len(text)) if size == 2 else "")
                for i in range(len(text))
            }
            for text in (short, long)
        ]
        for size in (2, 3)
    )
    return 0.9 * max(_share(*placed), _share(*loose))


def _share(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def worth_comparing(every: Sequence[Features], left: int, right: int) -> tuple[Ints, Ints]:
    """The pairs of rows that share something rare, as two arrays of row numbers.

    Args:
        every: what the columns say.
        left: how many rows the left list has.
        right: how many the right one has; 0: rows of the left list among themselves.
    """
    found: list[Ints] = []
    count = left + right
    for place, matrix in enumerate(map(_rare, _views(every, count))):
        if not matrix.shape[1]:
            continue
        found.extend(_neighbours(matrix, left, right, FEWER if place else NEIGHBOURS))
    for one in every:
        if one.column.kind == CODE:
            found.extend(_same_values(one.values, left, right))
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    codes = np.unique(np.concatenate(found))
    return np.divmod(codes, count)


def _views(every: Sequence[Features], count: int) -> Iterator[csr_matrix]:
    """The ways of looking for rows that are alike: by everything, and by each telling text."""
    texts = [one for one in every if one.column.kind == TEXT]
    whole = [" ".join(one.values[i] for one in every) for i in range(count)]
    for values in (whole, *(one.values for one in texts if _is_telling(one.values))):
        matrix = weighted(values, "char_wb")
        if matrix is not None:
            yield matrix


def _is_telling(values: Sequence[str]) -> bool:
    filled = [value for value in values if value]
    return len(set(filled)) > 0.3 * len(filled)


def _rare(matrix: csr_matrix) -> csr_matrix:
    """The matrix without what stands in very many rows."""
    frequency = np.asarray((matrix > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero((frequency > 1) & (frequency <= _COMMON))
    chosen = csr_matrix(matrix[:, kept])
    return csr_matrix(normalize(chosen)) if len(kept) else chosen


def _neighbours(rare: csr_matrix, left: int, right: int, most: int) -> Iterator[Ints]:
    """The nearest rows of each row, as ``one * rows + other`` with one before other."""
    count = left + right
    sides = [(0, left, rare[left:], left), (left, count, rare[:left], 0)]
    if not right:
        sides = [(0, left, rare, 0)]
    for start, end, others, offset in sides:
        turned = csr_matrix(others.T)
        for at in range(start, end, _CHUNK):
            upto = min(at + _CHUNK, end)
            yield _best(csr_matrix(rare[at:upto] @ turned), at, offset, count, most)


def _best(products: csr_matrix, at: int, offset: int, count: int, most: int) -> Ints:
    lengths = np.diff(products.indptr)
    ones = np.repeat(np.arange(len(lengths)), lengths) + at
    others = products.indices.astype(np.int64) + offset
    order = np.lexsort((-products.data, ones))
    ones, others = ones[order], others[order]
    rank = np.arange(len(ones)) - np.repeat(products.indptr[:-1], lengths)
    kept = (rank <= most) & (ones != others)
    low, high = np.minimum(ones, others)[kept], np.maximum(ones, others)[kept]
    codes: Ints = low.astype(np.int64) * count + high
    return codes


def _same_values(values: Sequence[str], left: int, right: int) -> Iterator[Ints]:
    by_value: dict[str, list[int]] = {}
    for number, value in enumerate(values):
        if value:
            by_value.setdefault(value, []).append(number)
    count = left + right
    pairs = [
        one * count + other
        for numbers in by_value.values()
        if 1 < len(numbers) <= NEIGHBOURS
        for place, one in enumerate(numbers)
        for other in numbers[place + 1 :]
        if not right or one < left <= other
    ]
    if pairs:
        yield np.array(pairs, dtype=np.int64)
