"""Inferred graphs: what follows from the reading graphs, one for each audience.

Public conclusions are kept up to date for what changed. For a further audience exactly that
follows what needs at least one of its own statements, and nothing that is already said or
concluded more widely; two closed audiences are never joined. These graphs are few and small,
so each is worked out anew when it or what it builds on changed.
"""

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad, Triple

from graph.addresses import Addresses
from graph.audience import PLATFORM, PUBLIC
from graph.inference import Reasoner
from graph.knowledge.resolving import context, width
from graph.knowledge.state import After, GraphStatements
from graph.store import Difference, Store, graph_of, quad_in


class Inferring:
    """Works out the differences of the inferred graphs.

    Args:
        store: the quads now.
        addresses: of the data folder.
        reasoner: draws the conclusions.
    """

    def __init__(self, store: Store, addresses: Addresses, reasoner: Reasoner) -> None:
        self._store = store
        self._addresses = addresses
        self._reasoner = reasoner

    def difference(self, reading: Difference, *, anew: bool = False) -> Difference:
        """How the inferred graphs change with the reading graphs.

        Args:
            reading: how the reading graphs change.
            anew: work out public conclusions from scratch too; faster where much changes.
        """
        whole = Difference()
        changed = {graph_of(quad).value for quad in (*reading.remove, *reading.add)}
        state = After(self._store, reading)
        moved = False
        for audience in sorted(self._audiences(reading), key=lambda one: (width(one), one)):
            if not (anew or moved or self._addresses.read_graph(audience) in changed):
                continue
            if audience == PUBLIC and not anew:
                own = self._updated(state, reading)
            else:
                own = self._anew(audience, state)
            whole |= own
            state.extend(own)
            # What narrower audiences conclude builds on public and platform statements.
            moved = moved or audience in (PUBLIC, PLATFORM)
        return whole

    def _audiences(self, reading: Difference) -> set[str]:
        graphs = {*self._store.graphs(), *(graph_of(quad).value for quad in reading.add)}
        parsers = (self._addresses.parse_read_graph, self._addresses.parse_inferred_graph)
        return {audience for graph in graphs for parse in parsers if (audience := parse(graph))}

    def _updated(self, state: After, reading: Difference) -> Difference:
        graph = self._addresses.read_graph(PUBLIC)
        follows, no_longer = self._reasoner.update(
            GraphStatements(state, (graph,)),
            GraphStatements(self._store, (self._addresses.inferred_graph(PUBLIC),)),
            _triples(reading.add, graph),
            _triples(reading.remove, graph),
        )
        return self._as_difference(PUBLIC, follows, no_longer)

    def _anew(self, audience: str, state: After) -> Difference:
        graph = NamedNode(self._addresses.read_graph(audience))
        premises = [quad.triple for quad in state.match(None, None, None, graph)]
        wider = context(audience)[:-1]
        said = tuple(map(self._addresses.read_graph, wider))
        concluded = tuple(map(self._addresses.inferred_graph, wider))
        follows: set[Triple] = set()
        if premises and wider:
            base = GraphStatements(state, said + concluded)
            follows = self._reasoner.closure(premises, base, GraphStatements(state, said))
        elif premises:
            follows = self._reasoner.closure(premises)
        inferred = NamedNode(self._addresses.inferred_graph(audience))
        now = {quad.triple for quad in self._store.match(None, None, None, inferred)}
        return self._as_difference(audience, follows - now, now - follows)

    def _as_difference(
        self, audience: str, follows: Iterable[Triple], no_longer: Iterable[Triple]
    ) -> Difference:
        graph = NamedNode(self._addresses.inferred_graph(audience))
        return Difference(
            remove=frozenset(quad_in(graph, triple) for triple in no_longer),
            add=frozenset(quad_in(graph, triple) for triple in follows),
        )


def _triples(quads: Iterable[Quad], graph: str) -> set[Triple]:
    return {quad.triple for quad in quads if graph_of(quad).value == graph}
