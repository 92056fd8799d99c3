"""What a change of sources and decisions makes of the reading and inferred graphs."""

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from typing import Final

from pyoxigraph import NamedNode, Quad

from graph.addresses import Addresses
from graph.inference import Reasoner
from graph.knowledge.decided import AllDecisions, DecisionsOnDemand, moved_by
from graph.knowledge.inferring import Inferring
from graph.knowledge.reading import Reading, affected, from_scratch, group_quads, on_demand
from graph.knowledge.state import After
from graph.store import Difference, Store, graph_of
from ontology import files, rules

_LARGE: Final = 5_000
"""Source and decision quads from which on a change may be large for the store it meets."""

_LARGE_PART: Final = 5
"""A change of more than one part in so many is worked out from scratch, which is faster."""


@cache
def ontology_reasoner() -> Reasoner:
    """One reasoner for all: it reads the ontology once and keeps nothing of the data."""
    return Reasoner()


def ontology_digest() -> str:
    """Tells the ontology and rules of this release from those of another."""
    digest = sha256(files()["clusterradar"].read_bytes())
    for rule in rules():
        digest.update(rule.query.encode())
    return digest.hexdigest()


class Deriving:
    """Works out the differences of all derived graphs.

    Args:
        store: the quads now.
        addresses: of the data folder.
        reasoner: draws the conclusions.
    """

    def __init__(self, store: Store, addresses: Addresses, reasoner: Reasoner) -> None:
        self._store = store
        self._addresses = addresses
        self._inferring = Inferring(store, addresses, reasoner)

    def difference(self, own: Difference) -> Difference:
        """How the derived graphs change with a change of sources and decisions."""
        if len(own) > _LARGE and len(own) * _LARGE_PART > self._store.count():
            return self.from_scratch(own)
        changed = (*own.remove, *own.add)
        before, after = self._before_and_after(own)
        old: set[Quad] = set()
        new: set[Quad] = set()
        for group in affected(changed, before, after):
            graph = after.read_graph(group.audience)
            old.update(self._store.match(group.subject, group.predicate, None, graph))
            new.update(group_quads(group, after))
        reading = Difference(remove=frozenset(old - new), add=frozenset(new - old))
        return reading | self._inferring.difference(reading)

    def _before_and_after(self, own: Difference) -> tuple[Reading, Reading]:
        """How statements are read without a change and with it."""
        before = on_demand(self._store, self._addresses)
        state = After(self._store, own)
        decisions = [
            quad
            for quad in (*own.remove, *own.add)
            if self._addresses.parse_decision_graph(graph_of(quad).value) is not None
        ]
        moved = moved_by(decisions, self._store, state)
        decided = DecisionsOnDemand(state, self._addresses, before.decided, moved)
        return before, Reading(state, decided, self._addresses)

    def from_scratch(self, own: Difference) -> Difference:
        """The same, worked out from all sources and decisions and what is derived now."""
        read = self._read_from_scratch(own)
        return read | self._inferring.difference(read, anew=True)

    def _read_from_scratch(self, own: Difference) -> Difference:
        after = After(self._store, own)
        graphs = {*self._store.graphs(), *(graph_of(quad).value for quad in own.add)}
        parse = self._addresses

        def quads_of(chosen: Iterable[str]) -> Iterator[Quad]:
            for graph in sorted(chosen):
                yield from after.graph(NamedNode(graph))

        decided = AllDecisions(quads_of(filter(parse.parse_decision_graph, graphs)), parse)
        reading = Reading(after, decided, parse)
        said = (
            (NamedNode(graph), after.graph(NamedNode(graph)))
            for graph in sorted(filter(parse.parse_source_graph, graphs))
        )
        new = from_scratch(said, reading)
        removed = set()
        for quad in self._store.dump(filter(parse.parse_read_graph, graphs)):
            if quad in new:
                new.discard(quad)
            else:
                removed.add(quad)
        return Difference(remove=frozenset(removed), add=frozenset(new))
