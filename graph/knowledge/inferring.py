"""Inferred graphs: what follows from the reading graphs, one for each audience.

Conclusions are kept up to date for what changed. For an audience beyond the public exactly that
follows what needs at least one of its own statements, and nothing that is already said or
concluded more widely; two closed audiences are never joined. There may be hundreds of them, and
each public commit concerns them all: so they are worked out anew only where they begin.
"""

from collections.abc import Collection, Iterable

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
        changed = {
            graph.value
            for quads in (reading.remove, reading.add)
            for graph in set(map(graph_of, quads))
        }
        state = After(self._store, reading)
        moved = False
        for audience in sorted(self._audiences(reading), key=lambda one: (width(one), one)):
            if not (anew or moved or self._addresses.read_graph(audience) in changed):
                continue
            if anew or self._begins(audience, reading):
                own = self._anew(audience, state)
            else:
                own = self._updated(audience, state, reading | whole)
            whole |= own
            state.extend(own)
            # What narrower audiences conclude builds on public and platform statements.
            moved = moved or audience in (PUBLIC, PLATFORM)
        return whole

    def _audiences(self, reading: Difference) -> set[str]:
        graphs = {*self._store.graphs(), *(g.value for g in set(map(graph_of, reading.add)))}
        parsers = (self._addresses.parse_read_graph, self._addresses.parse_inferred_graph)
        return {audience for graph in graphs for parse in parsers if (audience := parse(graph))}

    def _begins(self, audience: str, reading: Difference) -> bool:
        """Whether more comes to what an audience alone is told than was there before."""
        if audience == PUBLIC:
            return False
        graph = NamedNode(self._addresses.read_graph(audience))
        come = sum(graph_of(quad) == graph for quad in reading.add)
        return come > 0 and come >= sum(1 for _ in self._store.match(None, None, None, graph))

    def _updated(self, audience: str, state: After, change: Difference) -> Difference:
        """What follows now, for what changed; what is concluded more widely counts as said.

        Args:
            audience: whose conclusions they are.
            state: the quads as they will be, wider conclusions included.
            change: of reading graphs and of wider conclusions.
        """
        known = context(audience)
        said = tuple(map(self._addresses.read_graph, known))
        concluded = tuple(map(self._addresses.inferred_graph, known[:-1]))
        before = GraphStatements(self._store, said + concluded)
        now = GraphStatements(state, said + concluded)
        graphs = frozenset(said + concluded)
        come, gone = _triples(change.add, graphs), _triples(change.remove, graphs)
        follows, no_longer = self._reasoner.update(
            now,
            GraphStatements(self._store, (self._addresses.inferred_graph(audience),)),
            {triple for triple in come if triple not in before},
            {triple for triple in gone if triple not in now},
            GraphStatements(state, said),
        )
        return self._as_difference(audience, follows, no_longer)

    def _anew(self, audience: str, state: After) -> Difference:
        graph = NamedNode(self._addresses.read_graph(audience))
        premises = {quad.triple for quad in state.graph(graph)}
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


def _triples(quads: Iterable[Quad], graphs: Collection[str]) -> set[Triple]:
    return {quad.triple for quad in quads if graph_of(quad).value in graphs}
