"""What a list said the last time, looked up row by row.

A list of a few rows must not cost as much as the whole source it belongs to; so nothing is
read here before it is asked for. The slow definitions are
:meth:`~graph.knowledge.Knowledge.rows` and :meth:`~graph.knowledge.Knowledge.things_of_rows`.
"""

from collections.abc import Collection, Mapping

from pyoxigraph import NamedNode, Quad

from graph.knowledge import Knowledge
from graph.knowledge.reading import Reading
from graph.store import graph_of


class Earlier:
    """The rows of one source, and what they were decided to be.

    Args:
        knowledge: what is known.
        reading: how statements are read now.
        source: the name of the source.
        audience: of the list now; its rows are read as this audience reads them.
        known: the audiences that the importer may read; other rows are not there.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        reading: Reading,
        source: str,
        audience: str,
        known: Collection[str],
    ) -> None:
        self._knowledge = knowledge
        self._addresses = knowledge.addresses
        self._source = source
        self._reading = reading
        self._resolve_for = reading.resolver(audience)
        self._known = known
        self._rows: dict[str, frozenset[Quad]] = {}
        self._things: dict[str, str] = {}
        self._is_read = False

    def __contains__(self, key: str) -> bool:
        return bool(self.row(key))

    def row(self, key: str) -> frozenset[Quad]:
        """What a row says, as far as the importer knows; nothing where there is no such row."""
        found = self._rows.get(key)
        if found is None:
            found = frozenset() if self._is_read else self._look_up(key)
            self._rows[key] = found
        return found

    def _look_up(self, key: str) -> frozenset[Quad]:
        subject = NamedNode(self._addresses.row(self._source, key))
        return frozenset(
            quad for quad in self._knowledge.store.match(subject) if self._is_own(quad)
        )

    def _is_own(self, quad: Quad) -> bool:
        place = self._reading.place(graph_of(quad))
        return place is not None and place[0] == self._source and place[1] in self._known

    def all(self) -> Mapping[str, frozenset[Quad]]:
        """What every row of the source says."""
        if not self._is_read:
            said = self._knowledge.rows(self._source)
            self._rows = {key: frozenset(filter(self._is_own, said[key])) for key in said}
            self._is_read = True
        return {key: quads for key, quads in self._rows.items() if quads}

    def thing(self, key: str) -> str:
        """The thing that a row speaks of for the audience of the list; empty if unknown."""
        found = self._things.get(key)
        if found is None:
            found = self._things[key] = self._resolve(key)
        return found

    def _resolve(self, key: str) -> str:
        if not self.row(key):
            return ""
        row = NamedNode(self._addresses.row(self._source, key))
        thing = self._resolve_for.resolve(row)
        return thing.value if thing is not None else ""

    def speaks_of(self, thing: str) -> bool:
        """Whether a row of the source speaks of a thing."""
        return any(
            self.thing(row[1]) == thing
            for iri in self._rows_about(thing)
            if (row := self._addresses.parse_row(iri)) and row[0] == self._source
        )

    def _rows_about(self, thing: str) -> set[str]:
        """All rows that were decided to be a thing or one that is the same."""
        return {
            row
            for member in self._resolve_for.members(thing)
            for decision in self._resolve_for.about(member)
            for row in decision.rows
        }
