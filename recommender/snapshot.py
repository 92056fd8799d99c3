"""What one group of viewers may read, as numbered nodes and typed edges.

Nodes are numbered in the order of their IRIs and edges are sorted, so that equal statements
make equal arrays: an answer never depends on the order in which a store tells things.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from pyoxigraph import NamedNode

from ontology import CR, KINDS, RDF, WEDGES
from recommender.engine import PersonalisedPageRank
from recommender.engine.walk import Integers
from recommender.likeness import similar_things
from recommender.relations import INVERSE_OF, NUMBER_OF, RELATIONS, SIMILAR
from recommender.texts import Words
from recommender.tuning import SHIPPED, TOLERANCE, Tuning
from recommender.views import Readable

KIND_NUMBER: Final = {name: number for number, name in enumerate(KINDS)}
KIND_NAMES: Final = tuple(KINDS)

KINDS_OF_WEDGE: Final = {
    wedge: tuple(kind.name for kind in KINDS.values() if kind.wedge == wedge) for wedge in WEDGES
}

SUGGESTED: Final = frozenset(KIND_NUMBER[kind.name] for kind in KINDS.values() if kind.wedge)
"""Kinds that may be suggested; the others are only walked over."""

_TYPE: Final = RDF + "type"
_READ: Final = tuple(sorted({_TYPE, *NUMBER_OF, *INVERSE_OF} - {SIMILAR}))
_LISTING_TYPES: Final = {CR + "Offer": "offer", CR + "Need": "need"}

Edge = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Numbered nodes and typed edges of what some viewers may read.

    Attributes:
        iris: IRI of each node, ascending.
        kinds: shape (nodes,): number of each node's kind in :data:`KIND_NAMES`.
        listings: ``offer`` or ``need`` for the nodes that are one.
        heads, relations, tails: shape (edges,): the statements, each once.
        tuning: how they are walked.
        words: what words are worth, where some edges are similar descriptions.
    """

    iris: tuple[str, ...]
    kinds: Integers
    listings: dict[int, str]
    heads: Integers
    relations: Integers
    tails: Integers
    tuning: Tuning = SHIPPED
    words: Words | None = None

    @classmethod
    def of(cls, view: Readable, public: Readable | None = None) -> "Snapshot":
        """Read a view once, property by property.

        Args:
            view: what some viewers may read.
            public: what everybody may read, where that is less; words are weighed by it.
        """
        parse = view.addresses.parse
        edges: set[tuple[str, int, str]] = set()
        listings: dict[str, str] = {}
        kinds: dict[str, int] = {}
        # Inferred statements are left out: an inverse says nothing new, and what a chain
        # concludes the walker finds by walking the chain.
        for predicate in _READ:
            for said in view.statements("", predicate, inferred=False):
                if not isinstance(said.object, NamedNode):
                    continue
                subject, target = said.subject, said.object.value
                if predicate == _TYPE:
                    if target in _LISTING_TYPES:
                        listings[subject] = _LISTING_TYPES[target]
                    found = parse(subject)
                    if found and found[0] in KINDS and KINDS[found[0]].iri == target:
                        kinds[subject] = KIND_NUMBER[found[0]]
                elif edge := _edge(subject, predicate, target):
                    edges.add(edge)
        # What is only mentioned is not a thing for these viewers: nobody tells them its kind.
        edges = {edge for edge in edges if edge[0] in kinds and edge[2] in kinds}
        words, alike = similar_things(edges, kinds, view, public)
        edges |= alike
        iris = sorted({end for head, _, tail in edges for end in (head, tail)})
        number = {iri: at for at, iri in enumerate(iris)}
        numbered = np.array(
            sorted((number[head], relation, number[tail]) for head, relation, tail in edges),
            np.int64,
        ).reshape(-1, 3)
        return cls(
            iris=tuple(iris),
            kinds=np.array([kinds[iri] for iri in iris], np.int64),
            listings={number[iri]: word for iri, word in listings.items() if iri in number},
            heads=numbered[:, 0],
            relations=numbered[:, 1],
            tails=numbered[:, 2],
            words=words,
        )

    @cached_property
    def number(self) -> dict[str, int]:
        """Node of each IRI."""
        return {iri: at for at, iri in enumerate(self.iris)}

    @cached_property
    def suggestible(self) -> npt.NDArray[np.bool_]:
        """Which nodes may be suggested, shape (nodes,)."""
        return np.isin(self.kinds, tuple(SUGGESTED))

    @cached_property
    def _by_kind(self) -> dict[str, Integers]:
        return {name: np.flatnonzero(self.kinds == at) for name, at in KIND_NUMBER.items()}

    def nodes_of(self, wedge: str, kinds: Collection[str] | None = None) -> Integers:
        """The nodes of one wedge, ascending; of some kinds only where they are given."""
        if kinds is None:
            return self._by_wedge[wedge]
        found = [self._by_kind[kind] for kind in KINDS_OF_WEDGE[wedge] if kind in kinds]
        return np.sort(np.concatenate([np.zeros(0, np.int64), *found]))

    @cached_property
    def _by_wedge(self) -> dict[str, Integers]:
        return {wedge: self.nodes_of(wedge, kinds) for wedge, kinds in KINDS_OF_WEDGE.items()}

    @cached_property
    def wedges(self) -> tuple[str, ...]:
        """The wedge that each node is drawn in; empty for what is not."""
        of_kind = [kind.wedge or "" for kind in KINDS.values()]
        return tuple(of_kind[kind] for kind in self.kinds.tolist())

    @cached_property
    def engine(self) -> PersonalisedPageRank:
        """The walk over these edges."""
        return PersonalisedPageRank(
            self.heads,
            self.relations,
            self.tails,
            relation_weights=self.tuning.weights(),
            kinds=self.kinds,
            restart=self.tuning.restart,
            damping=self.tuning.damping,
            tolerance=TOLERANCE,
        )

    def keeping(self, wanted: npt.NDArray[np.bool_]) -> "Snapshot":
        """The same nodes with some of the edges only; ``wanted`` has one flag per edge."""
        return replace(
            self,
            heads=self.heads[wanted],
            relations=self.relations[wanted],
            tails=self.tails[wanted],
        )

    def kind(self, node: int) -> str:
        """The word for a node's kind: ``topic``."""
        return KIND_NAMES[int(self.kinds[node])]


def _edge(subject: str, predicate: str, target: str) -> tuple[str, int, str] | None:
    """The statement in its one direction, or None where it is not walked."""
    if subject == target:
        return None
    if predicate in INVERSE_OF:
        return target, INVERSE_OF[predicate], subject
    relation = NUMBER_OF.get(predicate)
    if relation is None:
        return None
    if RELATIONS[relation].symmetric and target < subject:
        return target, relation, subject
    return subject, relation, target
