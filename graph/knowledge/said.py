"""What the sources say, row by row and word by word."""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, QuerySolutions

from graph.addresses import Addresses
from graph.audience import PUBLIC
from graph.decisions import TERM
from graph.knowledge.decided import AllDecisions
from graph.knowledge.model import Source
from graph.knowledge.reading import Reading, on_demand
from graph.knowledge.resolving import width
from graph.store import NodeTerm, Store, graph_of, object_of, subject_of

_MANY: Final = 1_000
"""Look-ups from which on reading all decisions at once is faster than one by one."""


class Said:
    """Looks up what sources say.

    Args:
        store: where the source graphs lie.
        addresses: of the data folder.
    """

    def __init__(self, store: Store, addresses: Addresses) -> None:
        self._store = store
        self._addresses = addresses

    def sources(self, audiences: Collection[str] | None = None) -> list[Source]:
        """The sources, as they describe themselves to some audiences (None: to all), by name."""
        said: dict[str, list[Quad]] = {}
        for graph in self._store.graphs():
            place = self._addresses.parse_source_graph(graph)
            if place is not None and (audiences is None or place[1] in audiences):
                subject = NamedNode(self._addresses.source(place[0]))
                quads = self._store.match(subject, None, None, NamedNode(graph))
                said.setdefault(place[0], []).extend(quads)
        return [Source.read(name, said[name]) for name in sorted(said)]

    def source(self, name: str) -> Source:
        """A source as it describes itself; a bare name where it does not."""
        parse = self._addresses.parse_source_graph
        quads = self._store.match(NamedNode(self._addresses.source(name)), None, None)
        own = (q for q in quads if (place := parse(graph_of(q).value)) and place[0] == name)
        return Source.read(name, own)

    def rows(self, source: str) -> dict[str, list[Quad]]:
        """What each row of a source says now, by the row's key, to all audiences."""
        said: dict[NamedNode, list[Quad]] = {}
        for graph in self._source_graphs(source):
            for quad in self._store.match(None, None, None, NamedNode(graph)):
                said.setdefault(subject_of(quad), []).append(quad)
        return {
            row[1]: quads
            for subject, quads in said.items()
            if (row := self._addresses.parse_row(subject.value)) is not None and row[0] == source
        }

    def things_of_rows(self, source: str) -> dict[str, str]:
        """The canonical IRI of the thing that each row of a source speaks of, by its key.

        A row that several audiences know is read as its widest audience reads it.
        """
        rows = self.rows(source)
        reading = self._reading(many=len(rows) > _MANY)
        found: dict[str, str] = {}
        for key, quads in rows.items():
            row = NamedNode(self._addresses.row(source, key))
            places = map(reading.place, {graph_of(quad) for quad in quads})
            audiences = {place[1] for place in places if place}
            for audience in sorted(audiences, key=lambda one: (width(one), one)):
                thing = reading.resolver(audience).resolve(row)
                if thing is not None:
                    found.setdefault(key, thing.value)
        return found

    def _source_graphs(self, source: str = "") -> list[str]:
        """The graphs of one source, or of all."""
        places = (
            (graph, self._addresses.parse_source_graph(graph)) for graph in self._store.graphs()
        )
        return [graph for graph, place in places if place and source in ("", place[0])]

    def _reading(self, *, many: bool) -> Reading:
        """How statements are read now; reads all decisions first where many are needed."""
        if not many:
            return on_demand(self._store, self._addresses)
        graphs = filter(self._addresses.parse_decision_graph, self._store.graphs())
        decided = AllDecisions(self._store.dump(graphs), self._addresses)
        return Reading(self._store, decided, self._addresses)

    def unresolved(self, properties: Collection[str] = (), audience: str = "") -> list[str]:
        """The words that no decision explains to those who read them, sorted.

        Args:
            properties: look only at what is said with these, and take it that each public
                decision about a word says what it means, which spares reading nearly all.
            audience: look only at what is said to exactly this audience.
        """
        reading = on_demand(self._store, self._addresses)
        public = self._addresses.decision_graph(PUBLIC)
        explained = self._objects(TERM, public) if properties else set()
        found: set[str] = set()
        for graph in self._source_graphs():
            place = self._addresses.parse_source_graph(graph)
            if place is None or audience not in ("", place[1]):
                continue
            resolve = reading.resolver(place[1]).resolve
            words = self._words_in(graph, properties) - explained
            found.update(word.value for word in words if resolve(word) is None)
        return sorted(found)

    def _words_in(self, graph: str, properties: Collection[str]) -> set[NodeTerm]:
        start = self._addresses.base + "term/"
        if properties:
            found = set().union(*(self._objects(NamedNode(one), graph) for one in properties))
        else:
            found = {object_of(quad) for quad in self._store.dump([graph])}
        return {one for one in found if isinstance(one, NamedNode) and one.value.startswith(start)}

    def _objects(self, predicate: NamedNode, graph: str) -> set[NodeTerm]:
        """The different objects of a property in a graph."""
        found = self._store.query(_objects(), graphs=[graph], bindings={"property": predicate})
        assert isinstance(found, QuerySolutions)
        return {solution["object"] for solution in found}


@cache
def _objects() -> str:
    return (Path(__file__).parent / "objects.rq").read_text(encoding="utf-8")
