"""Which rows of lists of any kind are one thing, found without training."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.folding import fold
from graph.importing.likeness.columns import NAMING, Column, Rows, shared_columns
from graph.importing.likeness.comparing import Features, features, worth_comparing
from graph.importing.likeness.pairs import Evidence, Pair
from graph.importing.likeness.weighing import Compared, Weights, learn
from graph.importing.naming import split_legal_form
from ontology import Bilingual

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SURE: Final = 0.5
"""Pairs from this on are taken to be one, if not told otherwise."""
_UNCLEAN: Final = 0.05
"""A list with a larger share of rows that it has twice is not clean."""
_OTHER_FORM: Final = -10.0
"""Meyer GmbH is not Meyer AG."""
_RIVALS: Final = 5
"""Of so many likely counterparts of one row it is looked whether they are one."""


def find_pairs(
    left: Rows, right: Rows | None = None, *, at_least: float = SURE, clean: bool | None = None
) -> list[Pair[int]]:
    """Find the rows that are the same thing, in one list or between two.

    Nothing is trained and nothing is known about the kind of things: what agreement in each
    column is worth is estimated from the lists themselves.

    Args:
        left: rows as column to cell.
        right: the rows of another list; None: rows of the one list among themselves.
        at_least: how sure a pair must be, 0 to 1.
        clean: whether neither list has a thing twice, so that each row has at most one
            counterpart; None: found out.

    Returns:
        Pairs of places in the lists (from 0), the surest first.

    >>> one = [{"name": "Optik Müller", "town": "Mainz"}, {"name": "Laser Ost", "town": "Jena"}]
    >>> two = [{"name": "Laser-Ost", "town": "Jena"}, {"name": "Mueller Optik", "town": "Mainz"}]
    >>> sorted((pair.one, pair.other) for pair in find_pairs(one, two))
    [(0, 1), (1, 0)]
    """
    columns = shared_columns(left, left if right is None else right)
    if not columns or not left or right == []:
        return []
    return _Finder(columns, left, right).find(at_least, clean)


@dataclass
class _Finder:
    columns: Sequence[Column]
    left: Rows
    right: Rows | None

    def find(self, at_least: float, clean: bool | None) -> list[Pair[int]]:
        """The pairs that are sure enough."""
        right = self.right or ()
        every = [features(column, self.left, right) for column in self.columns]
        compared = _compare(every, *worth_comparing(every, len(self.left), len(right)))
        naming = [fold(column.left) in NAMING for column in self.columns]
        exclusive = self.right is not None and clean is not False
        weights = learn(compared, naming, exclusive=exclusive)
        parts = weights.parts(compared)
        odds = weights.base + parts.sum(axis=1) + _other_legal_forms(compared, naming)
        border = float(np.log(at_least / (1 - at_least))) if 0 < at_least < 1 else -np.inf
        order = np.argsort(-odds, kind="stable")
        order = order[odds[order] >= border]
        if exclusive:
            sides = (True, True) if clean else self._clean_sides(every, compared, order, weights)
            order = _one_to_one(order, compared, sides)
        return [self._pair(compared, parts, odds, int(place), every) for place in order]

    def _clean_sides(
        self, every: Sequence[Features], compared: Compared, order: Ints, weights: Weights
    ) -> tuple[bool, bool]:
        """Whether each list has hardly anything twice, by what was learned.

        Only those need to be looked at that are likely counterparts of the same row.
        """
        ones, others = compared.ones[order], compared.others[order]
        found = [
            _twice(every, mine, theirs, weights) <= _UNCLEAN * len(set(mine.tolist()))
            for mine, theirs in ((ones, others), (others, ones))
        ]
        return found[0], found[1]

    def _pair(
        self,
        compared: Compared,
        parts: Floats,
        odds: Floats,
        place: int,
        every: Sequence[Features],
    ) -> Pair[int]:
        one, other = int(compared.ones[place]), int(compared.others[place])
        said = [
            _evidence(feature, one, other, float(parts[place, number]))
            for number, feature in enumerate(every)
            if not np.isnan(compared.likeness[place, number])
        ]
        score = float(1.0 / (1.0 + np.exp(-np.clip(odds[place], -50.0, 50.0))))
        said.sort(key=lambda evidence: -abs(evidence.weight))
        offset = len(self.left) if self.right is not None else 0
        return Pair(one, other - offset, round(score, 6), tuple(said))


def _other_legal_forms(compared: Compared, naming: Sequence[bool]) -> Floats:
    """What speaks against pairs whose names end in two different legal forms of companies."""
    against = np.zeros(len(compared.ones))
    for values, names in zip(compared.values, naming, strict=True):
        if not names:
            continue
        forms = [split_legal_form(value)[1] for value in values]
        for place, (one, other) in enumerate(
            zip(compared.ones.tolist(), compared.others.tolist(), strict=True)
        ):
            if forms[one] and forms[other] and forms[one] != forms[other]:
                against[place] = _OTHER_FORM
    return against


def _evidence(feature: Features, one: int, other: int, weight: float) -> Evidence:
    ours, theirs = feature.values[one], feature.values[other]
    sign = "=" if ours == theirs else "≈" if weight > 0 else "≠"
    text = f"{feature.column.left}: {ours} {sign} {theirs}"
    return Evidence(feature.column.left, Bilingual(text, text), round(weight, 3))


def _twice(every: Sequence[Features], mine: Ints, theirs: Ints, weights: Weights) -> int:
    """How many of some rows are there twice: as likely counterparts of the same other row."""
    by_counterpart: dict[int, list[int]] = {}
    for one, other in zip(mine.tolist(), theirs.tolist(), strict=True):
        by_counterpart.setdefault(other, []).append(one)
    pairs = [
        pair for several in by_counterpart.values() for pair in combinations(several[:_RIVALS], 2)
    ]
    if not pairs:
        return 0
    ones, others = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    odds = weights.odds(_compare(every, ones, others))
    return len(set(others[odds > 2.0].tolist()))


def _compare(every: Sequence[Features], ones: Ints, others: Ints) -> Compared:
    likeness = np.column_stack([one.likeness(ones, others) for one in every])
    return Compared(ones, others, likeness, [one.values for one in every])


def _one_to_one(order: Ints, compared: Compared, clean: tuple[bool, bool]) -> Ints:
    """The pairs that are left if each row of a clean list is given away once, the best first."""
    # Where the other list has a thing twice, a row of this one may have two counterparts.
    taken: set[int] = set()
    kept = []
    for place in order.tolist():
        one, other = int(compared.ones[place]), int(compared.others[place])
        if (clean[1] and one in taken) or (clean[0] and other in taken):
            continue
        taken |= {one, other}
        kept.append(place)
    return np.array(kept, dtype=np.int64)
