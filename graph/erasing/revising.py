"""What becomes of each quad of sources and decisions when a person is erased."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from graph.addresses import Addresses
from graph.decisions import ROW, TERM, THING
from graph.erasing.traces import Traces
from graph.erasing.wanted import GAP, Wanted
from graph.store import graph_of, object_of, subject_of

NOBODY = "erased"
"""The author of a decision whose account was erased."""


class Reviser:
    """Says of each quad of sources and decisions what becomes of it.

    Args:
        traces: what must go.
        wanted: texts that must not stand anywhere any more.
        accounts: ids whose own statements go, and whose decisions lose their author.
        addresses: of the data folder.
    """

    def __init__(
        self, traces: Traces, wanted: Wanted, accounts: Iterable[str], addresses: Addresses
    ) -> None:
        self._nodes = {NamedNode(iri) for iri in traces.nodes}
        self._wanted = wanted
        self._accounts = frozenset(accounts)
        self._addresses = addresses
        self._closed: dict[NamedNode, bool] = {}
        self._words: dict[NamedNode, bool] = {}
        self._doomed: set[NamedNode] = set()

    def learn(self, quads: Iterable[Quad]) -> None:
        """Look for decisions about what must go; all that they consist of goes too."""
        for quad in quads:
            if quad.predicate in (ROW, TERM, THING) and self._must_go(object_of(quad)):
                self._doomed.add(subject_of(quad))

    def revised(self, quads: Iterable[Quad]) -> frozenset[Quad]:
        """What is left of some quads."""
        return frozenset(new for quad in quads if (new := self.one(quad)) is not None)

    def one(self, quad: Quad) -> Quad | None:
        """What is left of a quad; None where nothing is."""
        subject, obj = subject_of(quad), object_of(quad)
        if (
            self._is_closed(graph_of(quad))
            or subject in self._doomed
            or self._must_go(subject)
            or self._must_go(obj)
        ):
            return None
        if not isinstance(obj, Literal):
            return quad
        if obj.value in self._accounts:
            return Quad(subject, quad.predicate, Literal(NOBODY), quad.graph_name)
        text = self._wanted.taken_out(obj.value)
        if text == obj.value:
            return quad
        if not text.replace(GAP, "").strip(" .,;:()"):
            return None
        new = Literal(text, language=obj.language) if obj.language else Literal(text)
        return Quad(subject, quad.predicate, new, quad.graph_name)

    def _must_go(self, node: NamedNode | Literal) -> bool:
        if isinstance(node, Literal):
            return False
        if node in self._nodes:
            return True
        found = self._words.get(node)
        if found is None:
            found = self._words[node] = self._names_it(node.value)
        return found

    def _names_it(self, iri: str) -> bool:
        """Whether a word, or an address elsewhere, names the person.

        Other things and rows are never taken for the person, whatever their address is.
        """
        base = self._addresses.base
        if iri.startswith(base) and not iri.startswith(base + "term/"):
            return False
        return self._wanted.found_in(iri)

    def _is_closed(self, graph: NamedNode) -> bool:
        """Whether a graph is one that only an erased account may read."""
        known = self._closed.get(graph)
        if known is None:
            place = self._addresses.parse_source_graph(graph.value)
            audience = place[1] if place else self._addresses.parse_decision_graph(graph.value)
            closed = {f"person:{account}" for account in self._accounts}
            known = self._closed[graph] = audience in closed
        return known
