"""The store as it is, and as it will be once a difference is applied."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from graph.addresses import Addresses
from graph.knowledge.model import Change
from graph.store import Difference, NodeTerm, Store, graph_of, normal, quad_in, subject_of


class Quads(Protocol):
    """Anything that quads can be looked up in."""

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        obj: NodeTerm | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit; None fits anything."""

    def __contains__(self, quad: Quad) -> bool: ...


def exact(store: Store, addresses: Addresses, change: Change) -> Difference:
    """What a change really changes, in the form that the store gives back.

    Raises:
        ValueError: a quad lies in another graph than a source's or one of decisions.
    """
    add, remove = normal(change.add), normal(change.remove)
    for graph in {graph_of(quad) for quads in (add, remove) for quad in quads}:
        if (
            addresses.parse_source_graph(graph.value) is None
            and addresses.parse_decision_graph(graph.value) is None
        ):
            raise ValueError(f"not a graph of a source or of decisions: {graph.value}")
    return Difference(
        remove=frozenset(quad for quad in remove - add if quad in store),
        add=frozenset(_not_in(store, add)),
    )


def _not_in(store: Store, quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads that are not there; of most subjects of a new list nothing is."""
    is_known: dict[NamedNode, bool] = {}
    for quad in quads:
        subject = subject_of(quad)
        known = is_known.get(subject)
        if known is None:
            known = is_known[subject] = next(store.match(subject), None) is not None
        if not known or quad not in store:
            yield quad


class After:
    """The quads that are there after a difference, without applying it.

    Args:
        before: the quads now.
        difference: exact: it removes only what is there and adds only what is not.
    """

    def __init__(self, before: Quads, difference: Difference) -> None:
        self._before = before
        self._removed: set[Quad] = set()
        self._come: list[frozenset[Quad]] = []
        self._index: pyoxigraph.Store | None = None
        self._by_graph: dict[NamedNode, list[Quad]] | None = None
        self.extend(difference)

    def extend(self, difference: Difference) -> None:
        """Let a further difference, in other graphs, count too."""
        self._removed |= difference.remove
        self._come.append(difference.add)
        self._by_graph = None
        if self._index is not None:
            self._index.extend(difference.add)

    @property
    def _added(self) -> pyoxigraph.Store:
        """What comes; an engine in memory is its index, made when it is first needed."""
        if self._index is None:
            self._index = pyoxigraph.Store()
            for quads in self._come:
                self._index.extend(quads)
        return self._index

    def graph(self, graph: NamedNode) -> Iterator[Quad]:
        """All quads of a graph; no index is needed for that."""
        for quad in self._before.match(None, None, None, graph):
            if quad not in self._removed:
                yield quad
        if self._by_graph is None:
            self._by_graph = {}
            for quad in chain.from_iterable(self._come):
                self._by_graph.setdefault(graph_of(quad), []).append(quad)
        yield from self._by_graph.get(graph, ())

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        obj: NodeTerm | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        for quad in self._before.match(subject, predicate, obj, graph):
            if quad not in self._removed:
                yield quad
        yield from self._added.quads_for_pattern(subject, predicate, obj, graph)

    def __contains__(self, quad: Quad) -> bool:
        return quad in self._added or (quad in self._before and quad not in self._removed)


class GraphStatements:
    """The statements of a few graphs as one set, for the reasoner.

    Args:
        quads: where the graphs lie.
        graphs: their IRIs; a statement in two of them is one statement.
    """

    def __init__(self, quads: Quads | Store, graphs: tuple[str, ...]) -> None:
        self._quads = quads
        self._graphs = tuple(NamedNode(graph) for graph in graphs)

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: NodeTerm | None
    ) -> Iterator[Triple]:
        for position, graph in enumerate(self._graphs):
            earlier = self._graphs[:position]
            for quad in self._quads.match(subject, predicate, obj, graph):
                if not any(quad_in(other, quad) in self._quads for other in earlier):
                    yield quad.triple

    def __contains__(self, triple: Triple) -> bool:
        return any(quad_in(graph, triple) in self._quads for graph in self._graphs)
