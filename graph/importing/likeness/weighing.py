"""What agreement in each column is worth, learned from the lists alone, without answers.

Pairs of rows are a mixture of two sorts: the same thing twice, and two things. Each sort has its
own frequencies of how alike the columns are (Fellegi and Sunter). They are estimated by
expectation maximisation that starts with the pairs that are each other's best and clearly apart
from the rest. Agreement in a rare value counts more than in a common one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BORDERS: Final = np.array([0.2, 0.4, 0.6, 0.8, 0.93, 0.999])
"""Borders between the levels of likeness; level 0 says that one row is silent."""
_LEVELS: Final = len(_BORDERS) + 2
_ROUNDS: Final = 20
_STRONGEST: Final = 7.0
"""The most that one column may speak for or against, as a logarithm of odds."""
_CALLED_OTHERWISE: Final = (-10.0, -3.0)
"""What a name adds at most that has nothing, or little, in common with the other name: two
shops in one house share address, town and the first digits of the telephone."""
_UNLIKELY: Final = 1e-4
_MUCH_ALIKE: Final = 0.7
"""Pairs that are less alike are not taken for one to begin with: a list may have nothing twice."""
_MORE: Final = 6
"""So many times the pairs to begin with may be one in the end, not more."""
_BEFORE: Final = (
    30 * np.array([0.1, 0.1, 0.2, 0.3, 0.5, 0.6, 1.2]),
    30 * np.array([1.5, 1.0, 0.5, 0.2, 0.1, 0.1, 0.1]),
)
"""What is thought of the levels before anything is seen: of pairs that are one, and of others."""


@dataclass(frozen=True)
class Compared:
    """Pairs of rows and how alike they are.

    Attributes:
        ones: the first row of each pair.
        others: the second.
        likeness: pairs by columns, 0 to 1, NaN where unknown.
        values: for each column the values of all rows.
    """

    ones: Ints
    others: Ints
    likeness: Floats
    values: Sequence[Sequence[str]]

    def levels(self) -> Ints:
        """Likeness as levels: 0 where unknown, then from unlike to the same."""
        found: Ints = np.digitize(np.nan_to_num(self.likeness), _BORDERS) + 1
        found[np.isnan(self.likeness)] = 0
        return found

    def is_best(self, score: Floats) -> NDArray[np.bool_]:
        """Whether no other pair of either row scores higher."""
        size = max((len(column) for column in self.values), default=0)
        best = np.full(size, -np.inf)
        np.maximum.at(best, self.ones, score)
        np.maximum.at(best, self.others, score)
        found: NDArray[np.bool_] = (score >= best[self.ones]) & (score >= best[self.others])
        return found


@dataclass(frozen=True)
class Weights:
    """What was learned.

    Attributes:
        base: logarithm of the odds that two rows are one thing, before looking at them.
        columns: columns by levels: what each adds.
        common: for each column the usual logarithm of how many rows share a value.
    """

    base: float
    columns: Floats
    common: Floats

    def parts(self, compared: Compared) -> Floats:
        """What each column adds to the odds of each pair."""
        coded = compared.levels()
        every = range(coded.shape[1])
        return np.column_stack([self._part(compared, coded[:, c], c) for c in every])

    def _part(self, compared: Compared, coded: Ints, column: int) -> Floats:
        values = compared.values[column]
        found: Floats = self.columns[column][coded]
        same = coded == _LEVELS - 1
        shared = _counts(values, compared.ones[same])
        rarer = np.clip(self.common[column] - np.log(shared), -4.0, 2.0)
        # To agree in a value tells no more than how rare the value is.
        most = np.log(sum(map(bool, values)) / shared)
        found[same] = np.minimum(found[same] + rarer, most)
        return found

    def odds(self, compared: Compared) -> Floats:
        """Natural logarithm of the odds that each pair is one thing."""
        found: Floats = self.base + self.parts(compared).sum(axis=1)
        return found


def learn(compared: Compared, naming: Sequence[bool], *, exclusive: bool) -> Weights:
    """Estimate what each column is worth.

    Args:
        compared: the pairs.
        naming: for each column whether it names the things.
        exclusive: whether a row has at most one counterpart.
    """
    coded = compared.levels()
    common = np.array(
        [_usual(v, compared.ones, coded[:, c]) for c, v in enumerate(compared.values)]
    )
    sure = np.where(_first_guess(compared), 0.95, 0.0)
    most = min(0.5, _MORE * (float(sure.sum()) + 1.0) / max(len(sure), 1))
    weights = Weights(0.0, np.zeros((coded.shape[1], _LEVELS)), common)
    odds = np.zeros(len(compared.ones))
    for _ in range(_ROUNDS):
        before = odds
        share = float(np.clip(sure.mean(), 1e-6, most)) if len(sure) else _UNLIKELY
        columns = [_column(coded[:, c], sure, names) for c, names in enumerate(naming)]
        weights = Weights(float(np.log(share / (1 - share))), np.array(columns), common)
        odds = weights.odds(compared)
        sure = 1.0 / (1.0 + np.exp(-np.clip(odds, -50.0, 50.0)))
        if exclusive:
            sure = sure * compared.is_best(odds)
        if np.abs(odds - before).max(initial=0.0) < 1e-3:
            break
    return weights


def _column(coded: Ints, sure: Floats, names: bool) -> Floats:
    """What each level of one column adds, given how sure pairs are."""
    same = np.bincount(coded, sure, _LEVELS)[1:] + _BEFORE[0]
    apart = np.bincount(coded, 1 - sure, _LEVELS)[1:] + _BEFORE[1]
    weight = np.clip(
        np.log(same / same.sum()) - np.log(apart / apart.sum()), -_STRONGEST, _STRONGEST
    )
    # More alike never speaks more against: what few pairs say must not turn that round.
    weight = np.maximum.accumulate(weight)
    if names:
        weight[: len(_CALLED_OTHERWISE)] = np.minimum(
            weight[: len(_CALLED_OTHERWISE)], _CALLED_OTHERWISE
        )
    found: Floats = np.concatenate(([0.0], weight))
    return found


def information(values: Sequence[str]) -> float:
    """How telling a column is: its entropy against that of a column where all differ.

    >>> information(["a", "b", "c", "d"]), information(["a", "a", "a", ""])
    (1.0, 0.0)
    """
    counts = np.array(list(Counter(value for value in values if value).values()), dtype=float)
    total = counts.sum()
    if total < 2 or len(counts) < 2:
        return 0.0
    shares = counts / total
    return float(-(shares * np.log(shares)).sum() / np.log(total))


def _counts(values: Sequence[str], rows: Ints) -> Floats:
    counts = Counter(values)
    return np.array([counts[values[row]] for row in rows.tolist()], dtype=float)


def _usual(values: Sequence[str], ones: Ints, coded: Ints) -> float:
    logs = np.log(_counts(values, ones[coded == _LEVELS - 1]))
    return float(logs.mean()) if len(logs) else 0.0


def _first_guess(compared: Compared) -> NDArray[np.bool_]:
    """Pairs that are each other's best and much alike, to begin with."""
    known = ~np.isnan(compared.likeness)
    telling = np.array([information(column) for column in compared.values])
    weights = known * (telling**2 + 1e-3)
    score = (np.nan_to_num(compared.likeness) * weights).sum(axis=1)
    score = score / np.maximum(weights.sum(axis=1), 1e-9)
    best = compared.is_best(score)
    guess: NDArray[np.bool_] = best & (score >= max(_border(score[best]), _MUCH_ALIKE))
    return guess


def _border(scores: Floats) -> float:
    """Where two heaps of scores part: the place of the largest variance between them (Otsu)."""
    if len(scores) < 2:
        return 0.5
    ordered = np.sort(scores)
    count = np.arange(1, len(ordered))
    sums = np.cumsum(ordered)
    low = sums[:-1] / count
    high = (sums[-1] - sums[:-1]) / (len(ordered) - count)
    between = count * (len(ordered) - count) * (low - high) ** 2
    place = int(between.argmax())
    return float((ordered[place] + ordered[place + 1]) / 2)
