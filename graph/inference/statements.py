"""Statements as the reasoner sees them, wherever they are kept."""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from pyoxigraph import Literal, NamedNode, Triple

NodeTerm = NamedNode | Literal
"""What a statement may speak of; nothing here has a blank node."""


class Statements(Protocol):
    """A set of triples that can be asked by pattern; a store, a part of one, or :class:`Memory`."""

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: NodeTerm | None
    ) -> Iterator[Triple]:
        """Every triple that fits; ``None`` fits anything."""
        ...

    def __contains__(self, triple: Triple) -> bool: ...


class Growing(Statements, Protocol):
    """Statements that more can be added to."""

    def add(self, triple: Triple) -> None:
        """Add a triple; nothing happens if it is there."""
        ...


class Memory:
    """Statements in memory, indexed for a property when it is first asked for.

    >>> a, p, b = (NamedNode("x:" + name) for name in "apb")
    >>> memory = Memory([Triple(a, p, b)])
    >>> [triple.subject.value for triple in memory.match(None, p, b)]
    ['x:a']
    """

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self.triples: set[Triple] = set(triples)
        self._by_predicate: dict[NamedNode, _Edges] | None = None

    def __contains__(self, triple: Triple) -> bool:
        return triple in self.triples

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)

    def add(self, triple: Triple) -> None:
        """Add a triple; nothing happens if it is there."""
        if triple not in self.triples:
            self.triples.add(triple)
            if self._by_predicate is not None:
                _file(triple, self._by_predicate)

    def discard(self, triple: Triple) -> None:
        """Take a triple out, if it is there."""
        if triple in self.triples:
            self.triples.discard(triple)
            self._by_predicate = None

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: NodeTerm | None
    ) -> Iterator[Triple]:
        """Every triple that fits; ``None`` fits anything."""
        index = self._index()
        if predicate is not None:
            edges = index.get(predicate)
            return iter(()) if edges is None else edges.match(subject, obj)
        return (triple for edges in index.values() for triple in edges.match(subject, obj))

    def _index(self) -> "dict[NamedNode, _Edges]":
        if self._by_predicate is None:
            self._by_predicate = {}
            for triple in self.triples:
                _file(triple, self._by_predicate)
        return self._by_predicate


class Layers:
    """Several statements seen as one; what is added goes to the last layer.

    The layers are apart from each other, so that nothing is met twice.
    """

    def __init__(self, *below: Statements, top: Memory) -> None:
        self._layers = (*below, top)
        self._top = top

    def __contains__(self, triple: Triple) -> bool:
        return any(triple in layer for layer in self._layers)

    def add(self, triple: Triple) -> None:
        """Add a triple to the last layer."""
        self._top.add(triple)

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: NodeTerm | None
    ) -> Iterator[Triple]:
        """Every triple that fits in any layer."""
        for layer in self._layers:
            yield from layer.match(subject, predicate, obj)


def _file(triple: Triple, index: "dict[NamedNode, _Edges]") -> None:
    predicate = triple.predicate
    edges = index.get(predicate)
    if edges is None:
        edges = index[predicate] = _Edges()
    edges.add(triple)


class _Edges:
    """The triples of one property; the two indexes are made when first needed."""

    def __init__(self) -> None:
        self.triples: list[Triple] = []
        self.by_subject: dict[Any, list[Triple]] | None = None
        self.by_object: dict[Any, list[Triple]] | None = None

    def add(self, triple: Triple) -> None:
        self.triples.append(triple)
        if self.by_subject is not None:
            self.by_subject.setdefault(triple.subject, []).append(triple)
        if self.by_object is not None:
            self.by_object.setdefault(triple.object, []).append(triple)

    def match(self, subject: NamedNode | None, obj: NodeTerm | None) -> Iterator[Triple]:
        if subject is not None:
            if self.by_subject is None:
                self.by_subject = {}
                for triple in self.triples:
                    self.by_subject.setdefault(triple.subject, []).append(triple)
            found = self.by_subject.get(subject, ())
            if obj is None:
                return iter(found)
            return (triple for triple in found if triple.object == obj)
        if obj is not None:
            if self.by_object is None:
                self.by_object = {}
                for triple in self.triples:
                    self.by_object.setdefault(triple.object, []).append(triple)
            return iter(self.by_object.get(obj, ()))
        return iter(self.triples)
