"""What any recommender has to beat: rankers that know nothing of relations or reasons."""

from collections.abc import Callable

import numpy as np

from recommender.engine import PersonalisedPageRank, Walk
from recommender.engine.walk import Integers, Reals

Scorer = Callable[[int], Reals]
"""For a head, one score per node; 0 where it has nothing to say."""


def popularity(walk: Walk) -> Scorer:
    """Whoever has the most neighbours is the best for everybody."""
    counts: Reals = np.diff(walk.matrix.indptr).astype(np.float64)

    def scores(_head: int) -> Reals:
        return counts.copy()

    return scores


def common_neighbours(walk: Walk) -> Scorer:
    """The number of neighbours that two nodes share."""
    return _two_steps(walk, np.ones(walk.size))


def adamic_adar(walk: Walk) -> Scorer:
    """Shared neighbours, each worth the less the more neighbours it has.

    L. Adamic, E. Adar: Friends and neighbors on the Web, Social Networks 25, 2003.
    """
    counts = np.diff(walk.matrix.indptr)
    # A shared neighbour has at least two neighbours, so no logarithm is zero.
    return _two_steps(walk, 1 / np.log(np.maximum(counts, 2)))


def plain_pagerank(heads: Integers, tails: Integers, size: int) -> Scorer:
    """Personalised PageRank in which all relations count the same and hubs are not damped."""
    walker = PersonalisedPageRank(heads, np.zeros_like(heads), tails, size=size)

    def scores(head: int) -> Reals:
        return walker.scores(head)

    return scores


def _two_steps(walk: Walk, worth: Reals) -> Scorer:
    matrix = walk.matrix.copy()
    matrix.data = np.ones_like(matrix.data)

    def scores(head: int) -> Reals:
        shared = np.zeros(walk.size)
        near = walk.neighbours(head)
        shared[near] = worth[near]
        found: Reals = matrix @ shared
        return found

    return scores
