"""The radar: what is near a centre, for one viewer, with a reason for everything."""

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from typing import Final

import numpy as np

from graph import ANONYMOUS, Viewer
from ontology import KINDS, WEDGES
from recommender.answer import RadarAnswer, Reason, Step, Suggestion, Total
from recommender.engine.pagerank import best
from recommender.engine.walk import Reals
from recommender.ground import Ground, Grounds, Knowable
from recommender.paths import Paths, Way
from recommender.relations import RELATIONS
from recommender.sentences import Hop, Named, sentence
from recommender.snapshot import KIND_NUMBER, SUGGESTED
from recommender.variety import Candidate, varied

LENSES: Final = ("nearest", "beyond")
MOST: Final = 24
"""Suggestions that a wedge shows at most."""

_RINGS: Final = ((8, 1), (24, 2))
"""Up to which place of an answer each ring goes."""

_LAST_RING: Final = 3
_POOL: Final = 3
"""Candidates that are looked at for each one that a wedge shows."""


class Radar:
    """Answers what is near.

    Args:
        knowledge: what the answers are about. Answers follow its newest generation.
    """

    def __init__(self, knowledge: Knowable) -> None:
        self._grounds = Grounds(knowledge)

    def answer(
        self,
        iri: str,
        *,
        viewer: Viewer = ANONYMOUS,
        lens: str = "nearest",
        kinds: Collection[str] | None = None,
        limit: int = MOST,
        lang: str = "en",
    ) -> RadarAnswer:
        """What lies around a thing.

        Args:
            iri: the centre; an address that it had before a merge will do.
            viewer: who asks. Only statements that the viewer may read are counted.
            lens: ``nearest``, or ``beyond`` for what only another cluster can give: whatever
                belongs to some cluster, but to none of the centre's.
            kinds: only these kinds (``topic``, ``event``, ...); by default all that are drawn.
            limit: suggestions a wedge, at most 24.
            lang: ``de`` or ``en``.

        Returns:
            The suggestions, best first, each with a reason; none where nothing is linked to
            the centre. The score is the proximity as a share of the nearest thing's, fading
            as :mod:`recommender.variety` says.

        Raises:
            KnowledgeError: there is no such thing that the viewer may read.
            ValueError: there is no such lens, kind or limit.
        """
        if lens not in LENSES:
            raise ValueError(f"a lens is one of {', '.join(LENSES)}: {lens}")
        if not 1 <= limit <= MOST:
            raise ValueError(f"limit lies between 1 and {MOST}: {limit}")
        unknown = set(kinds or ()) - KINDS.keys()
        if unknown:
            raise ValueError(f"there is no kind called {', '.join(sorted(unknown))}")
        ground = self._grounds.of(viewer)
        centre = ground.node(iri, lang)
        number = ground.snapshot.number.get(centre.iri)
        totals: dict[str, Total] = {}
        suggestions: tuple[Suggestion, ...] = ()
        if number is not None:
            look = _Look(ground, number, lens, lang)
            totals, suggestions = look.around(kinds, limit)
        return RadarAnswer(centre, viewer.name, lens, lang, totals, suggestions)


class _Look:
    """One look around one centre."""

    def __init__(self, ground: Ground, centre: int, lens: str, lang: str) -> None:
        self._ground = ground
        self._snapshot = ground.snapshot
        self._centre = centre
        self._lens = lens
        self._lang = lang
        self._shared = ground.belonging.with_(centre)

    def around(
        self, kinds: Collection[str] | None, limit: int
    ) -> tuple[dict[str, Total], tuple[Suggestion, ...]]:
        """Totals and suggestions."""
        scores = self._scores()
        pool = self._pool(scores, kinds, limit * _POOL)
        paths = Paths(self._snapshot, self._ground.arcs, self._centre)
        ways = dict(zip(pool, paths.to(np.array(pool, np.int64)), strict=True))
        candidates = [
            Candidate(node, float(scores[node]), self._tie(ways[node][0]), self._wedge(node))
            for node in pool
            if ways[node]
        ]
        chosen = varied(candidates, limit)
        suggestions = tuple(
            self._suggestion(one.candidate.number, one.score, place, ways[one.candidate.number])
            for place, one in enumerate(chosen)
        )
        there = Counter(one.wedge for one in candidates)
        shown = Counter(one.candidate.wedge for one in chosen)
        totals = {
            wedge: Total(shown[wedge], there[wedge] > shown[wedge])
            for wedge in WEDGES
            if wedge in shown
        }
        return totals, suggestions

    def _scores(self) -> Reals:
        """Proximity of what may be suggested, as a share of the nearest's; 0 for all else."""
        scores = self._snapshot.engine.scores(self._centre)
        scores[~np.isin(self._snapshot.kinds, tuple(SUGGESTED))] = 0.0
        scores[self._centre] = 0.0
        scores /= max(scores.max(), np.finfo(float).tiny)
        self._near = scores.copy()
        if self._lens == "beyond":
            scores[~self._ground.belonging.anywhere() | self._shared] = 0.0
        return scores

    def _pool(self, scores: Reals, kinds: Collection[str] | None, limit: int) -> list[int]:
        """The nodes that are looked at more closely: the nearest of each wedge."""
        found: list[int] = []
        for wedge in WEDGES:
            numbers = [
                KIND_NUMBER[kind.name]
                for kind in KINDS.values()
                if kind.wedge == wedge and (kinds is None or kind.name in kinds)
            ]
            nodes = np.flatnonzero((scores > 0) & np.isin(self._snapshot.kinds, numbers))
            found.extend(best(nodes, scores, limit).nodes.tolist())
        return found

    def _tie(self, way: Way) -> Hashable:
        """What explains a suggestion: the thing it hangs on, or the sort of its direct tie."""
        arcs, last = self._ground.arcs, way.arcs[-1]
        if len(way.arcs) == 1:
            return int(arcs.relations[last]), bool(arcs.forward[last])
        return int(arcs.starts[last])

    def _wedge(self, node: int) -> str:
        return KINDS[self._snapshot.kind(node)].wedge

    def _suggestion(self, node: int, score: float, place: int, ways: Sequence[Way]) -> Suggestion:
        return Suggestion(
            node=self._ground.node(self._snapshot.iris[node], self._lang),
            wedge=self._wedge(node),
            ring=next((ring for until, ring in _RINGS if place < until), _LAST_RING),
            score=score,
            reason=self._reason(node, ways),
            shared_cluster=bool(self._shared[node]),
        )

    def _reason(self, node: int, ways: Sequence[Way]) -> Reason:
        hops = [[self._hop(arc) for arc in way.arcs] for way in ways]
        at = self._elsewhere(node, ways) if self._lens == "beyond" else ""
        text = sentence(self._named(self._centre), hops, self._lang, at=at)
        return Reason(text, tuple(self._step(arc) for arc in ways[0].arcs))

    def _elsewhere(self, node: int, ways: Sequence[Way]) -> str:
        """The nearest cluster that a suggestion belongs to, unless its ways pass one already."""
        clusters = self._ground.belonging.clusters(node)
        arcs = self._ground.arcs
        passed = {node, *(int(arcs.ends[arc]) for way in ways for arc in way.arcs)}
        if passed & set(clusters):
            return ""
        return self._named(max(clusters, key=lambda one: (self._near[one], -one))).label

    def _named(self, node: int) -> Named:
        kind = self._snapshot.listings.get(node) or self._snapshot.kind(node)
        return Named(kind, self._ground.thing(self._snapshot.iris[node]).label(self._lang))

    def _hop(self, arc: int) -> Hop:
        arcs = self._ground.arcs
        return Hop(
            RELATIONS[arcs.relations[arc]].name,
            bool(arcs.forward[arc]),
            self._named(int(arcs.ends[arc])),
        )

    def _step(self, arc: int) -> Step:
        arcs = self._ground.arcs
        relation = RELATIONS[arcs.relations[arc]].iri
        return Step(
            node=self._ground.node(self._snapshot.iris[arcs.ends[arc]], self._lang),
            relation=relation,
            label=self._ground.view.label(relation, self._lang),
            forward=bool(arcs.forward[arc]),
        )
