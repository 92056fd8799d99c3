"""What the sources say, row by row and word by word."""

from typing import Final

from pyoxigraph import NamedNode, Quad

from graph.addresses import Addresses
from graph.knowledge.decided import AllDecisions
from graph.knowledge.model import Source
from graph.knowledge.reading import Reading, on_demand
from graph.knowledge.resolving import width
from graph.store import Store, graph_of, object_of, subject_of

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

    def sources(self) -> list[Source]:
        """All sources, as they describe themselves, by name."""
        said: dict[str, list[Quad]] = {}
        for graph in self._store.graphs():
            place = self._addresses.parse_source_graph(graph)
            if place is not None:
                subject = NamedNode(self._addresses.source(place[0]))
                quads = self._store.match(subject, None, None, NamedNode(graph))
                said.setdefault(place[0], []).extend(quads)
        return [Source.read(name, said[name]) for name in sorted(said)]

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

    def unresolved(self) -> list[str]:
        """The words that no decision explains to those who read them, sorted."""
        start = self._addresses.base + "term/"
        found: set[str] = set()
        used: dict[str, set[NamedNode]] = {}
        for graph in self._source_graphs():
            place = self._addresses.parse_source_graph(graph)
            words = used.setdefault(place[1] if place else "", set())
            for quad in self._store.match(None, None, None, NamedNode(graph)):
                word = object_of(quad)
                if isinstance(word, NamedNode) and word.value.startswith(start):
                    words.add(word)
        reading = self._reading(many=sum(map(len, used.values())) > _MANY)
        for audience, words in used.items():
            resolve = reading.resolver(audience).resolve
            found.update(word.value for word in words if resolve(word) is None)
        return sorted(found)
