"""What a list said the last time, looked up row by row.

A list of a few rows must not cost as much as the whole source it belongs to; so nothing is
read here before it is asked for. The slow definitions are
:meth:`~graph.knowledge.Knowledge.rows` and :meth:`~graph.knowledge.Knowledge.things_of_rows`.
"""

from collections.abc import Mapping

from pyoxigraph import NamedNode, Quad

from graph.knowledge import Knowledge
from graph.knowledge.reading import ever_one, on_demand
from graph.knowledge.resolving import width
from graph.store import graph_of


class Earlier:
    """The rows of one source, and what they were decided to be.

    Args:
        knowledge: what is known.
        source: the name of the source.
    """

    def __init__(self, knowledge: Knowledge, source: str) -> None:
        self._knowledge = knowledge
        self._addresses = knowledge.addresses
        self._source = source
        self._reading = on_demand(knowledge.store, knowledge.addresses)
        self._rows: dict[str, frozenset[Quad]] = {}
        self._things: dict[str, str] = {}
        self._is_read = False

    def __contains__(self, key: str) -> bool:
        return bool(self.row(key))

    def row(self, key: str) -> frozenset[Quad]:
        """What a row says, to all audiences; nothing where there is no such row."""
        found = self._rows.get(key)
        if found is None:
            found = frozenset() if self._is_read else self._look_up(key)
            self._rows[key] = found
        return found

    def _look_up(self, key: str) -> frozenset[Quad]:
        subject = NamedNode(self._addresses.row(self._source, key))
        return frozenset(
            quad
            for quad in self._knowledge.store.match(subject)
            if (place := self._reading.place(graph_of(quad))) and place[0] == self._source
        )

    def all(self) -> Mapping[str, frozenset[Quad]]:
        """What every row of the source says."""
        if not self._is_read:
            said = self._knowledge.rows(self._source)
            self._rows = {key: frozenset(quads) for key, quads in said.items()}
            self._is_read = True
        return {key: quads for key, quads in self._rows.items() if quads}

    def thing(self, key: str) -> str:
        """The thing that a row speaks of, as its widest audience reads it; empty if unknown."""
        found = self._things.get(key)
        if found is None:
            found = self._things[key] = self._resolve(key)
        return found

    def _resolve(self, key: str) -> str:
        row = NamedNode(self._addresses.row(self._source, key))
        places = map(self._reading.place, {graph_of(quad) for quad in self.row(key)})
        audiences = {place[1] for place in places if place}
        for audience in sorted(audiences, key=lambda one: (width(one), one)):
            thing = self._reading.resolver(audience).resolve(row)
            if thing is not None:
                return thing.value
        return ""

    def speaks_of(self, thing: str) -> bool:
        """Whether a row of the source speaks of a thing."""
        return any(
            self.thing(row[1]) == thing
            for iri in self._rows_about(thing)
            if (row := self._addresses.parse_row(iri)) and row[0] == self._source
        )

    def _rows_about(self, thing: str) -> set[str]:
        """All rows that anybody decided to be a thing or one that is the same."""
        decided = self._reading.decided
        return {
            row
            for member in ever_one((thing,), decided)
            for decision in decided.about(member)
            for row in decision.rows
        }
