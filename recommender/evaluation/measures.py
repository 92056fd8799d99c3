"""Measures of rankings."""

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from recommender.engine.walk import Integers
from recommender.evaluation.report import Interval, Score

FIRST: Final = 20
"""Places that recall, nDCG and coverage look at."""

RING: Final = 8
"""Places of the first ring."""

_BLOCK: Final = 500
_BLOCKS: Final = 20


def recall(ranked: Sequence[int], targets: Collection[int], first: int = FIRST) -> float:
    """Share of the targets among the first.

    >>> recall([5, 7, 9], {7, 9, 11}, first=2)
    0.3333333333333333
    """
    return len(set(ranked[:first]) & set(targets)) / len(targets)


def ndcg(ranked: Sequence[int], targets: Collection[int], first: int = FIRST) -> float:
    """Discounted gain of the targets among the first, as a share of the best possible.

    >>> round(ndcg([5, 7], {7}), 3)
    0.631
    """
    gain = sum(1 / np.log2(place + 2) for place, one in enumerate(ranked[:first]) if one in targets)
    ideal = sum(1 / np.log2(place + 2) for place in range(min(first, len(targets))))
    return float(gain / ideal)


def reciprocal_rank(ranked: Sequence[int], targets: Collection[int]) -> float:
    """One over the place of the first target; 0 where none is ranked.

    >>> reciprocal_rank([5, 7], {7}), reciprocal_rank([5], {7})
    (0.5, 0.0)
    """
    return next((1 / (place + 1) for place, one in enumerate(ranked) if one in targets), 0.0)


def interval(values: npt.ArrayLike) -> Interval:
    """Bootstrap 95 % interval of a mean: the heads are drawn again and again.

    >>> interval([1.0, 1.0])
    Interval(low=1.0, high=1.0)
    """
    known = np.asarray(values, float)
    chance = np.random.default_rng(0)
    # In blocks, for all draws of a set of many heads would not fit in memory at once.
    means = np.concatenate(
        [
            known[chance.integers(0, len(known), size=(_BLOCK, len(known)))].mean(axis=1)
            for _ in range(_BLOCKS)
        ]
    )
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(low), float(high))


def score(
    name: str,
    rankings: Sequence[Sequence[int] | Integers],
    targets: Sequence[Collection[int]],
    candidates: int,
    milliseconds: Sequence[float],
) -> Score:
    """All measures of one ranker.

    Args:
        name: of the ranker.
        rankings: for each head, the candidates it ranked, best first.
        targets: for each head, what was to be found; at least one.
        candidates: how many there are.
        milliseconds: for some of the heads, or all.
    """
    found = np.empty((len(targets), 4))
    shown: set[int] = set()
    for at, (places, wanted) in enumerate(zip(rankings, targets, strict=True)):
        ranked: list[int] = np.asarray(places, np.int64).tolist()
        found[at] = (
            recall(ranked, wanted),
            ndcg(ranked, wanted),
            reciprocal_rank(ranked, wanted),
            recall(ranked, wanted, RING),
        )
        shown.update(ranked[:FIRST])
    means = found.mean(axis=0).tolist()
    return Score(
        name=name,
        recall=means[0],
        ndcg=means[1],
        mrr=means[2],
        coverage=len(shown) / candidates,
        ms_median=float(np.median(milliseconds)),
        ms_p95=float(np.quantile(milliseconds, 0.95)),
        hits=means[3],
        mrr_interval=interval(found[:, 2]),
        hits_interval=interval(found[:, 3]),
    )
