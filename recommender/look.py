"""One look around a centre: what is near, in which order, and over which ways.

The centre is one thing, or several that stand for whoever looks.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
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
class Middle:
    """Where one looks from.

    Attributes:
        seeds: the nodes in the middle, each with its positive weight.
        because: what brought a seed there, where the middle is no thing but somebody.
        home: the nodes whose clusters are the middle's own.
        known: nodes that are nothing new there, and so never suggested; the seeds are not either.
    """

    seeds: Mapping[int, float]
    because: Mapping[int, str] = field(default_factory=dict)
    home: Collection[int] = ()
    known: Collection[int] = ()

    @classmethod
    def of(cls, node: int) -> "Middle":
        """The middle that is one thing."""
        return cls({node: 1.0}, home=(node,))


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
    """Looks around one middle through one lens.

    Args:
        terrain: where.
        middle: its seeds have at least one edge each.
        lens: one of :data:`LENSES`.

    Attributes:
        near: shape (nodes,): proximity of what may be suggested, as a share of the nearest's;
            0 for all else.
        shared: shape (nodes,): whether a node shares a cluster with the middle.
    """

    def __init__(self, terrain: Terrain, middle: Middle, lens: str) -> None:
        self.terrain = terrain
        self.middle = middle
        self.lens = lens
        self.shared = terrain.belonging.with_(*middle.home)
        self.near = self._near()

    def find(self, kinds: Collection[str] | None, limit: int) -> Found:
        """The nearest that can be explained.

        Args:
            kinds: only these; None: all.
            limit: how many a wedge shows.
        """
        pool = self._pool(kinds, limit * _POOL)
        paths = Paths(self.terrain.arcs, self.middle.seeds)
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
        scores = snapshot.engine.scores(self.middle.seeds)
        scores[~snapshot.suggestible] = 0.0
        scores[[*self.middle.seeds, *self.middle.known]] = 0.0
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
