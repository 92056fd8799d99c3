"""One look around a centre: what is near, in which order, and over which ways."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ontology import WEDGES
from recommender.answer import Total
from recommender.engine.pagerank import best
from recommender.engine.walk import Reals
from recommender.paths import Paths, Way
from recommender.terrain import Terrain
from recommender.variety import Candidate, Chosen, varied

LENSES: Final = ("nearest", "beyond")

_POOL: Final = 2
"""Candidates that are looked at for each one that a wedge shows."""


@dataclass(frozen=True)
class Found:
    """What a look found.

    Attributes:
        chosen: best first.
        totals: for each wedge with suggestions, how many.
        ways: for each chosen node, what explains it; at least one way.
    """

    chosen: tuple[Chosen, ...]
    totals: Mapping[str, Total]
    ways: Mapping[int, tuple[Way, ...]]


class Look:
    """Looks around one centre through one lens.

    Args:
        terrain: where.
        centre: a node with at least one edge.
        lens: one of :data:`LENSES`.

    Attributes:
        near: shape (nodes,): proximity of what may be suggested, as a share of the nearest's;
            0 for all else.
        shared: shape (nodes,): whether a node shares a cluster with the centre.
    """

    def __init__(self, terrain: Terrain, centre: int, lens: str) -> None:
        self.terrain = terrain
        self.centre = centre
        self.lens = lens
        self.shared = terrain.belonging.with_(centre)
        self.near = self._near()

    def find(self, kinds: Collection[str] | None, limit: int) -> Found:
        """The nearest that can be explained.

        Args:
            kinds: only these; None: all.
            limit: how many a wedge shows.
        """
        pool = self._pool(kinds, limit * _POOL)
        paths = Paths(self.terrain.arcs, self.centre)
        ways = dict(zip(pool, paths.to(np.array(pool, np.int64)), strict=True))
        wedges = self.terrain.snapshot.wedges
        candidates = [
            Candidate(node, near, self._tie(found[0]), wedges[node])
            for (node, found), near in zip(ways.items(), self.near[pool].tolist(), strict=True)
            if found
        ]
        chosen = varied(candidates, limit)
        there = Counter(one.wedge for one in candidates)
        shown = Counter(one.candidate.wedge for one in chosen)
        totals = {
            wedge: Total(shown[wedge], there[wedge] > shown[wedge])
            for wedge in WEDGES
            if wedge in shown
        }
        return Found(tuple(chosen), totals, ways)

    def _near(self) -> Reals:
        snapshot = self.terrain.snapshot
        scores = snapshot.engine.scores(self.centre)
        scores[~snapshot.suggestible] = 0.0
        scores[self.centre] = 0.0
        scores /= max(scores.max(), np.finfo(float).tiny)
        return scores

    def _pool(self, kinds: Collection[str] | None, limit: int) -> list[int]:
        """The nodes that are looked at more closely: the nearest of each wedge."""
        wanted = self.near > 0
        if self.lens == "beyond":
            wanted &= self.terrain.belonging.anywhere() & ~self.shared
        found: list[int] = []
        for wedge in WEDGES:
            nodes = self.terrain.snapshot.nodes_of(wedge, kinds)
            found.extend(best(nodes[wanted[nodes]], self.near, limit).nodes.tolist())
        return found

    def _tie(self, way: Way) -> Hashable:
        """What explains a suggestion: the thing it hangs on, or the sort of its direct tie."""
        arcs, last = self.terrain.arcs, way[-1]
        if len(way) == 1:
            return int(arcs.relations[last]), bool(arcs.forward[last])
        return int(arcs.starts[last])
