"""The decisions that are in force, looked up by what they are about."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from graph.addresses import Addresses
from graph.decisions import ROW, TERM, THING, Decision
from graph.knowledge.state import Quads
from graph.store import graph_of, object_of, subject_of


class Decided(Protocol):
    """Where decisions are looked up."""

    def about(self, iri: str) -> Sequence[Decision]:
        """The decisions of any audience about a row, a word or a thing."""


class DecisionsOnDemand:
    """Decisions read from the quads one by one, each once: for a small change.

    Args:
        quads: where they lie.
        addresses: of the data folder.
        before: the decisions before a change, which hold for all but what it moves.
        moved: the rows, words and things that changed decisions are about.
    """

    def __init__(
        self,
        quads: Quads,
        addresses: Addresses,
        before: Decided | None = None,
        moved: Collection[str] = (),
    ) -> None:
        self._quads = quads
        self._addresses = addresses
        self._before = before
        self._moved = moved
        self._known: dict[str, Sequence[Decision]] = {}
        self._read_already: dict[tuple[NamedNode, NamedNode], Decision] = {}
        self._places = (
            (addresses.base + "id/", THING),
            (addresses.base + "row/", ROW),
            (addresses.base + "term/", TERM),
        )

    def about(self, iri: str) -> Sequence[Decision]:
        if self._before is not None and iri not in self._moved:
            return self._before.about(iri)
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = self._look_up(iri)
        return known

    def _look_up(self, iri: str) -> Sequence[Decision]:
        predicate = next((prop for start, prop in self._places if iri.startswith(start)), None)
        if predicate is None:
            return ()
        quads = list(self._quads.match(None, predicate, NamedNode(iri)))
        read = (self._read(subject_of(quad), graph_of(quad)) for quad in quads)
        return [decision for decision in read if decision and iri in decision.joined]

    def _read(self, subject: NamedNode, graph: NamedNode) -> Decision | None:
        found = self._read_already.get((subject, graph))
        if found is None:
            audience = self._addresses.parse_decision_graph(graph.value)
            if audience is None:
                return None
            said = self._quads.match(subject, None, None, graph)
            found = Decision.read(subject.value, audience, said, self._addresses)
            self._read_already[subject, graph] = found
        return found


def moved_by(changed: Iterable[Quad], before: Quads, after: Quads) -> set[str]:
    """The rows, words and things that changed decisions are or were about."""
    return {
        object_of(quad).value
        for subject, graph in {(subject_of(quad), graph_of(quad)) for quad in changed}
        for quads in (before, after)
        for predicate in (ROW, TERM, THING)
        for quad in quads.match(subject, predicate, None, graph)
    }


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
            decision = Decision.read(iri, audience, quads_of_it, addresses)
            for joined in decision.joined:
                self._about[joined].append(decision)

    def about(self, iri: str) -> Sequence[Decision]:
        return self._about.get(iri, ())
