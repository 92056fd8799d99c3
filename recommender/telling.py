"""Turns what a look found into suggestions with names and reasons."""

from collections.abc import Sequence
from typing import Final

from recommender.answer import Node, Reason, Step, Suggestion
from recommender.ground import Ground
from recommender.look import Found, Look
from recommender.paths import Way
from recommender.relations import RELATIONS
from recommender.sentences import Hop, Named, sentence

_RINGS: Final = ((8, 1), (24, 2))
"""Up to which place of an answer each ring goes."""

_LAST_RING: Final = 3


class Teller:
    """Tells of one look in one language.

    Args:
        ground: where things have their names.
        look: what is told of.
        lang: ``de`` or ``en``.
    """

    def __init__(self, ground: Ground, look: Look, lang: str) -> None:
        self._ground = ground
        self._look = look
        self._lang = lang
        self._iris = ground.terrain.snapshot.iris
        self._arcs = ground.terrain.arcs
        self._nodes: dict[int, Node] = {}
        self._names: dict[int, Named] = {}
        self._labels: dict[int, str] = {}
        # Many ways begin with the same statements.
        self._hops: dict[int, Hop] = {}
        self._steps: dict[int, Step] = {}

    def tell(self, found: Found) -> tuple[Suggestion, ...]:
        """The suggestions, in the order of the find."""
        return tuple(
            Suggestion(
                node=self._node(node),
                wedge=one.candidate.wedge,
                ring=next((ring for until, ring in _RINGS if place < until), _LAST_RING),
                score=one.score,
                reason=self._reason(node, found.ways[node]),
                shared_cluster=bool(self._look.shared[node]),
            )
            for place, one in enumerate(found.chosen)
            for node in (one.candidate.number,)
        )

    def _reason(self, node: int, ways: Sequence[Way]) -> Reason:
        hops = [[self._hop(arc) for arc in way] for way in ways]
        at = self._elsewhere(node, ways) if self._look.lens == "beyond" else ""
        text = sentence(self._named(self._look.centre), hops, self._lang, at=at)
        return Reason(text, tuple(self._step(arc) for arc in ways[0]))

    def _elsewhere(self, node: int, ways: Sequence[Way]) -> str:
        """The nearest cluster that a suggestion belongs to, unless its ways pass one already."""
        clusters = self._ground.terrain.belonging.clusters(node)
        passed = {int(self._arcs.ends[arc]) for way in ways for arc in way}
        if passed & set(clusters):
            return ""
        near = self._look.near
        return self._named(max(clusters, key=lambda one: (near[one], -one))).label

    def _node(self, node: int) -> Node:
        if node not in self._nodes:
            self._nodes[node] = self._ground.node(self._iris[node], self._lang)
        return self._nodes[node]

    def _named(self, node: int) -> Named:
        if node not in self._names:
            snapshot = self._ground.terrain.snapshot
            kind = snapshot.listings.get(node) or snapshot.kind(node)
            self._names[node] = Named(kind, self._node(node).label)
        return self._names[node]

    def _hop(self, arc: int) -> Hop:
        if arc not in self._hops:
            self._hops[arc] = Hop(
                RELATIONS[self._arcs.relations[arc]].name,
                bool(self._arcs.forward[arc]),
                self._named(int(self._arcs.ends[arc])),
            )
        return self._hops[arc]

    def _step(self, arc: int) -> Step:
        if arc not in self._steps:
            relation = int(self._arcs.relations[arc])
            self._steps[arc] = Step(
                node=self._node(int(self._arcs.ends[arc])),
                relation=RELATIONS[relation].iri,
                label=self._label(relation),
                forward=bool(self._arcs.forward[arc]),
            )
        return self._steps[arc]

    def _label(self, relation: int) -> str:
        if relation not in self._labels:
            iri = RELATIONS[relation].iri
            self._labels[relation] = self._ground.view.label(iri, self._lang)
        return self._labels[relation]
