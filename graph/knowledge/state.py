"""The store as it is, and as it will be once a difference is applied."""

from collections.abc import Iterator
from typing import Protocol

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from graph.addresses import Addresses
from graph.knowledge.model import Change
from graph.store import Difference, NodeTerm, Store, graph_of, normal, quad_in


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
    for graph in {graph_of(quad).value for quad in (*add, *remove)}:
        if (
            addresses.parse_source_graph(graph) is None
            and addresses.parse_decision_graph(graph) is None
        ):
            raise ValueError(f"not a graph of a source or of decisions: {graph}")
    return Difference(
        remove=frozenset(quad for quad in remove - add if quad in store),
        add=frozenset(quad for quad in add if quad not in store),
    )


class After:
    """The quads that are there after a difference, without applying it.

    Args:
        before: the quads now.
        difference: exact: it removes only what is there and adds only what is not.
    """

    def __init__(self, before: Quads, difference: Difference) -> None:
        self._before = before
        self._removed: set[Quad] = set()
        # An engine in memory is the index of what is added.
        self._added = pyoxigraph.Store()
        self.extend(difference)

    def extend(self, difference: Difference) -> None:
        """Let a further difference, in other graphs, count too."""
        self._removed |= difference.remove
        self._added.extend(difference.add)

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
