"""One look around a centre: what is near, in which order, and over which ways.

The centre is one thing, or several that stand for whoever looks.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ontology import WEDGES
from recommender.answer import Total
from recommender.bridges import Bridges
from recommender.complement import Complement
from recommender.engine.pagerank import best
from recommender.engine.walk import Reals
from recommender.matches import Match
from recommender.paths import Paths, Way
from recommender.same_field import SameField
from recommender.terrain import Terrain
from recommender.variety import Candidate, Chosen, varied

LENSES: Final = ("nearest", "beyond", "complementary", "same-field")
"""``nearest``: what is closest; ``beyond``: what only another cluster can give;
``complementary``: who has what one seeks, and who seeks what one has; ``same-field``: what has to
do with the same subjects, linked or not."""

_LEFT: Final = 0.25
"""What is left at least of the proximity of what is near something that is not wanted."""

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
        away: nodes that are not wanted, each with its weight: neither they are suggested, nor as
            gladly what is near them.
    """

    seeds: Mapping[int, float]
    because: Mapping[int, str] = field(default_factory=dict)
    home: Collection[int] = ()
    known: Collection[int] = ()
    away: Mapping[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, node: int, known: Collection[int] = ()) -> "Middle":
        """The middle that is one thing."""
        return cls({node: 1.0}, home=(node,), known=known)


@dataclass(frozen=True)
class Found:
    """What a look found.

    Attributes:
        chosen: best first.
        totals: for each wedge with suggestions, how many.
        ways: for each chosen node, what explains it; at least one way.
        matches: for each chosen node what a lens that goes by subjects found.
    """

    chosen: tuple[Chosen, ...]
    totals: Mapping[str, Total]
    ways: Mapping[int, tuple[Way, ...]]
    matches: Mapping[int, Match] = field(default_factory=dict)


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
        self._by_subjects = _by_subjects(terrain, middle, lens)
        self.near = self._near()

    def find(self, kinds: Collection[str] | None, limit: int) -> Found:
        """The nearest that can be explained.

        Args:
            kinds: only these; None: all.
            limit: how many a wedge shows.
        """
        pool = self._pool(kinds, limit * _POOL)
        matches = self._matches(pool)
        ways = self._ways(pool) if matches is None else {n: (m.way,) for n, m in matches.items()}
        ties = {} if matches is None else {node: one.subject for node, one in matches.items()}
        wedges = self.terrain.snapshot.wedges
        near = dict(zip(pool, self.near[pool].tolist(), strict=True))
        candidates = [
            Candidate(node, near[node], ties.get(node, self._tie(found[0])), wedges[node])
            for node, found in ways.items()
            if found
        ]
        chosen = varied(candidates, limit, self.terrain.snapshot.tuning.fade)
        there = Counter(one.wedge for one in candidates)
        shown = Counter(one.candidate.wedge for one in chosen)
        totals = {
            wedge: Total(shown[wedge], there[wedge] > shown[wedge])
            for wedge in WEDGES
            if wedge in shown
        }
        return Found(tuple(chosen), totals, ways, matches or {})

    def _ways(self, pool: Sequence[int]) -> dict[int, tuple[Way, ...]]:
        paths = Paths(self.terrain.arcs, self.middle.seeds)
        return dict(zip(pool, paths.to(np.array(pool, np.int64)), strict=True))

    def _matches(self, pool: Sequence[int]) -> dict[int, Match] | None:
        """What a lens that goes by subjects says of each node; None for the others."""
        if self._by_subjects is None:
            return None
        found = ((node, self._by_subjects.match(node)) for node in pool)
        return {node: match for node, match in found if match is not None}

    def _near(self) -> Reals:
        snapshot = self.terrain.snapshot
        scores = self._by_subjects.near.copy() if self._by_subjects else self._walked()
        scores[~snapshot.suggestible] = 0.0
        scores[[*self.middle.seeds, *self.middle.known, *self.middle.away]] = 0.0
        scores /= max(scores.max(), np.finfo(float).tiny)
        return scores

    def _walked(self) -> Reals:
        """Proximity; what is near what is not wanted fades, to a quarter at most."""
        engine = self.terrain.snapshot.engine
        scores = engine.scores(self.middle.seeds)
        if self.middle.away:
            scores = np.maximum(scores - engine.scores(self.middle.away), scores * _LEFT)
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


def _by_subjects(terrain: Terrain, middle: Middle, lens: str) -> SameField | Complement | None:
    """What a lens goes by that does not walk."""
    if lens == "same-field":
        return SameField(terrain.subjects, middle.seeds, Bridges(terrain.arcs))
    if lens == "complementary":
        arcs = terrain.arcs
        return Complement(terrain.trade, arcs, middle.seeds, Bridges(arcs))
    return None
