"""Personalised PageRank over typed edges: who is near one node, or near several."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender.engine.fading import fading
from recommender.engine.push import push
from recommender.engine.walk import Integers, Reals, Walk

Seeds = int | Mapping[int, float]
"""One node, or several with positive weights."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """The best candidates, best first.

    Attributes:
        nodes: node numbers.
        scores: their proximity; falls, and where it is equal the lower number comes first.
    """

    nodes: Integers
    scores: Reals

    def __len__(self) -> int:
        return len(self.nodes)


class PersonalisedPageRank:
    """Proximity by random walks with restart on an undirected graph of typed edges.

    Args:
        heads: shape (edges,): node numbers.
        relations: shape (edges,): relation numbers.
        tails: shape (edges,): node numbers.
        weights: shape (edges,): non-negative; by default 1.
        relation_weights: shape (relations,): what an edge of each relation is worth; by default 1.
        times: shape (edges,): a year, or any other number that grows; NaN where nothing is said.
        half_life: in how many units of ``times`` an edge loses half of its weight.
        kinds: shape (nodes,): a number for each node that :meth:`rank` can choose by; its
            length is the number of nodes.
        size: number of nodes where ``kinds`` does not say it.
        restart: probability of returning to the seeds at each step. 0.15 is PageRank's usual
            value; the higher, the nearer the walker stays.
        damping: how much hubs lose, see :meth:`recommender.engine.walk.Walk.of_edges`.
        tolerance: see :func:`recommender.engine.push.push`.

    Attributes:
        walk: the graph as the walker sees it.

    >>> chain = PersonalisedPageRank([0, 1, 2], [0, 0, 0], [1, 2, 3])
    >>> chain.rank(0).nodes
    array([1, 2, 3])
    >>> fresh = PersonalisedPageRank(
    ...     [0, 0], [0, 0], [1, 2], times=[2016, 2020], half_life=2, kinds=[7, 8, 8]
    ... )
    >>> fresh.rank({0: 1.0}, kinds={8}).nodes
    array([2, 1])

    Reference: L. Page, S. Brin, R. Motwani, T. Winograd: The PageRank Citation Ranking, 1999.
    """

    def __init__(
        self,
        heads: npt.ArrayLike,
        relations: npt.ArrayLike,
        tails: npt.ArrayLike,
        *,
        weights: npt.ArrayLike | None = None,
        relation_weights: npt.ArrayLike | None = None,
        times: npt.ArrayLike | None = None,
        half_life: float = np.inf,
        kinds: npt.ArrayLike | None = None,
        size: int | None = None,
        restart: float = 0.15,
        damping: float = 0.0,
        tolerance: float = 1e-5,
    ) -> None:
        if not 0 < restart <= 1:
            raise ValueError(f"restart lies in (0, 1]: {restart}")
        if tolerance <= 0:
            raise ValueError(f"tolerance is positive: {tolerance}")
        kind_numbers = None if kinds is None else np.asarray(kinds, np.int64).ravel()
        if kind_numbers is not None:
            size = len(kind_numbers)
        relation_numbers = np.asarray(relations, np.int64).ravel()
        values = np.ones(len(relation_numbers)) if weights is None else np.asarray(weights, float)
        if relation_weights is not None:
            values = values * np.asarray(relation_weights, float)[relation_numbers]
        if times is not None:
            values = values * fading(times, half_life)
        self.walk = Walk.of_edges(heads, tails, values, size=size, damping=damping)
        self._kinds = np.zeros(self.walk.size, np.int64) if kind_numbers is None else kind_numbers
        self._restart = restart
        self._tolerance = tolerance

    def scores(self, seeds: Seeds) -> Reals:
        """Proximity of every node, shape (nodes,); sums to at most 1.

        Raises:
            ValueError: there is no seed, a weight is not positive and finite, a node is unknown.

        >>> PersonalisedPageRank([0, 1], [0, 0], [1, 2]).scores(1).round(2)
        array([0.23, 0.54, 0.23])
        """
        nodes, mass = self._shares(seeds)
        return push(self.walk, nodes, mass, restart=self._restart, tolerance=self._tolerance)

    def rank(
        self,
        seeds: Seeds,
        *,
        limit: int = 20,
        kinds: Collection[int] | None = None,
        exclude: Iterable[int] = (),
    ) -> Ranking:
        """The nodes nearest to the seeds; only such as a walk from them reaches.

        Args:
            seeds: one node, or several with weights; they are never ranked themselves.
            limit: how many at most.
            kinds: only nodes of these kinds; by default all.
            exclude: nodes that are not wanted.
        """
        return self._best(self.scores(seeds), seeds, limit, kinds, exclude)

    def rank_many(
        self,
        many: Sequence[Seeds],
        *,
        limit: int = 20,
        kinds: Collection[int] | None = None,
        exclude: Sequence[Iterable[int]] = (),
    ) -> list[Ranking]:
        """:meth:`rank` for each of ``many``; ``exclude`` holds one collection for each, or none.

        >>> chain = PersonalisedPageRank([0, 1, 2], [0, 0, 0], [1, 2, 3])
        >>> [ranking.nodes.tolist() for ranking in chain.rank_many([0, 3], limit=1)]
        [[1], [2]]
        """
        if exclude and len(exclude) != len(many):
            raise ValueError("exclude holds one collection for each of the many, or none")
        unwanted = exclude or [()] * len(many)
        return [
            self.rank(seeds, limit=limit, kinds=kinds, exclude=without)
            for seeds, without in zip(many, unwanted, strict=True)
        ]

    def _shares(self, seeds: Seeds) -> tuple[Integers, Reals]:
        weights = {seeds: 1.0} if isinstance(seeds, int | np.integer) else seeds
        nodes = np.fromiter(weights.keys(), np.int64, len(weights))
        mass = np.fromiter(weights.values(), np.float64, len(weights))
        if not len(nodes):
            raise ValueError("there is no seed")
        if nodes.min() < 0 or nodes.max() >= self.walk.size:
            raise ValueError(f"seeds are numbers below {self.walk.size}")
        if not np.isfinite(mass).all() or (mass <= 0).any():
            raise ValueError("weights of seeds are positive and finite")
        return nodes, mass / mass.sum()

    def _best(
        self,
        scores: Reals,
        seeds: Seeds,
        limit: int,
        kinds: Collection[int] | None,
        exclude: Iterable[int],
    ) -> Ranking:
        wanted = scores > 0
        if kinds is not None:
            wanted &= np.isin(self._kinds, np.fromiter(kinds, np.int64))
        wanted[self._shares(seeds)[0]] = False
        unwanted = np.fromiter(exclude, np.int64)
        wanted[unwanted] = False
        return best(np.flatnonzero(wanted), scores, limit)


def best(nodes: Integers, scores: Reals, limit: int) -> Ranking:
    """The ``limit`` nodes of the highest scores; equal scores by ascending number.

    >>> best(np.array([0, 2, 3]), np.array([0.1, 0.9, 0.5, 0.5]), 2).nodes
    array([2, 3])
    """
    values = scores[nodes]
    if 0 < limit < len(nodes):
        least = np.partition(values, len(values) - limit)[len(values) - limit]
        kept = values >= least
        nodes, values = nodes[kept], values[kept]
    order = np.argsort(-values, kind="stable")[:limit]
    return Ranking(nodes[order], values[order])
