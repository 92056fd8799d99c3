"""What any recommender has to beat: rankers that know nothing of relations or reasons.

Where a set says who knows whom, and heads and candidates are of one kind, neighbours are
those who know each other: whoever shares a project is known and not ranked, so that common
projects tell nothing, and common partners a lot. Elsewhere neighbours are all that is linked.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from recommender.engine import PersonalisedPageRank, Walk, settle_many
from recommender.engine.walk import Integers, Reals
from recommender.ranking.links import Links
from recommender.ranking.matrices import dense, pattern, rows_to_one, scaled

Scorer = Callable[[int], Reals]
"""For a head, one score per node; 0 where it has nothing to say."""

ManyScorer = Callable[[Integers], Any]
"""For heads, an array of shape (heads, candidates)."""

_TOLERANCE = 1e-4


class Baselines:
    """The baselines on the graph of an evaluation set.

    Attributes:
        scorers: by name.
        over: ``partners`` or ``links``: what neighbours are.
    """

    def __init__(self, links: Links) -> None:
        partners = links.partners()
        own = set(links.kinds[links.candidates].tolist())
        met = partners[links.candidates][:, links.candidates].nnz > 0 and len(own) == 1
        self.over = "partners" if met else "links"
        matrix = partners if met else links.either_way()
        there = pattern(matrix)
        near = there[:, links.candidates].tocsr()
        counts = np.diff(there.indptr)
        popular = np.diff(there.indptr)[links.candidates].astype(np.float32)
        # A shared neighbour has at least two neighbours, so no logarithm is zero.
        adamic = scaled(1 / np.log(np.maximum(counts, 2)), near)
        walk = Walk.of_edges(links.heads, links.tails, size=links.size)
        step = rows_to_one(matrix)
        onward = step[:, links.candidates].tocsr()
        self.scorers: dict[str, ManyScorer] = {
            "popularity": lambda heads: np.tile(popular, (len(heads), 1)),
            "common neighbours": lambda heads: dense(there[heads] @ near),
            "Adamic-Adar": lambda heads: dense(there[heads] @ adamic),
            "personalised PageRank": lambda heads: settle_many(walk, heads, tolerance=_TOLERANCE)[
                :, links.candidates
            ],
            "two-step walk": lambda heads: dense(step[heads] @ onward),
        }


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
