"""The decisions that are in force, looked up by what they are about."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from graph.addresses import Addresses
from graph.decisions import ROW, TERM, THING, Decision
from graph.knowledge.state import Quads
from graph.store import graph_of, subject_of


class Decided(Protocol):
    """Where decisions are looked up."""

    def about(self, iri: str) -> Sequence[Decision]:
        """The decisions of any audience about a row, a word or a thing."""


class DecisionsOnDemand:
    """Decisions read from the quads one by one, each once: for a small change.

    Args:
        quads: where they lie.
        addresses: of the data folder.
    """

    def __init__(self, quads: Quads, addresses: Addresses) -> None:
        self._quads = quads
        self._addresses = addresses
        self._known: dict[str, Sequence[Decision]] = {}
        self._places = (
            (addresses.base + "id/", THING),
            (addresses.base + "row/", ROW),
            (addresses.base + "term/", TERM),
        )

    def about(self, iri: str) -> Sequence[Decision]:
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = self._read(iri)
        return known

    def _read(self, iri: str) -> Sequence[Decision]:
        predicate = next((prop for start, prop in self._places if iri.startswith(start)), None)
        if predicate is None:
            return ()
        found = []
        for quad in self._quads.match(None, predicate, NamedNode(iri)):
            audience = self._addresses.parse_decision_graph(graph_of(quad).value)
            if audience is not None:
                said = self._quads.match(subject_of(quad), None, None, graph_of(quad))
                found.append(Decision.read(subject_of(quad).value, audience, said))
        return found


class AllDecisions:
    """All decisions, read in one go: for building from scratch.

    Args:
        quads: the quads of all graphs of decisions.
        addresses: of the data folder.
    """

    def __init__(self, quads: Iterable[Quad], addresses: Addresses) -> None:
        said: dict[tuple[str, str], list[Quad]] = defaultdict(list)
        for quad in quads:
            said[subject_of(quad).value, graph_of(quad).value].append(quad)
        self._about: dict[str, list[Decision]] = defaultdict(list)
        for (iri, graph), quads_of_it in said.items():
            audience = addresses.parse_decision_graph(graph)
            if audience is None:
                continue
            decision = Decision.read(iri, audience, quads_of_it)
            for joined in {*decision.rows, *decision.terms, *decision.things}:
                self._about[joined].append(decision)

    def about(self, iri: str) -> Sequence[Decision]:
        return self._about.get(iri, ())
