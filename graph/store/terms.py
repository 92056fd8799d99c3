"""Quads as a store gives them back.

Engines normalise literals on storing (``1.0`` comes back as ``1``, ``01`` as ``1``). A
difference between what is there and what should be there therefore compares normal quads,
or every import would find the same "changes" for ever.
"""

from collections.abc import Iterable
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, Triple

NodeTerm = NamedNode | Literal
"""Subjects and objects: nothing in a store has a blank node."""

_TEXT: Final = frozenset(
    {
        "http://www.w3.org/2001/XMLSchema#string",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        "http://www.w3.org/2001/XMLSchema#anyURI",
    }
)
"""Datatypes whose literals every engine keeps letter by letter."""


def normal(quads: Iterable[Quad]) -> set[Quad]:
    """The quads as they come back from a store, none twice.

    Raises:
        TypeError: a quad has a blank node or no named graph; remote stores lose both.

    >>> one, two = (Literal(text, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
    ...             for text in ("1.0", "1.00"))
    >>> s, g = NamedNode("x:s"), NamedNode("x:g")
    >>> [quad.object.value for quad in normal([Quad(s, s, one, g), Quad(s, s, two, g)])]
    ['1']
    """
    plain: set[Quad] = set()
    valued: list[Quad] = []
    for quad in quads:
        _check(quad)
        obj = quad.object
        if isinstance(obj, Literal) and obj.datatype.value not in _TEXT:
            valued.append(quad)
        else:
            plain.add(quad)
    if valued:
        # The engine itself is the only one that knows exactly how it normalises.
        engine = pyoxigraph.Store()
        engine.extend(valued)
        plain.update(engine)
    return plain


def _check(quad: Quad) -> None:
    if not (
        isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode | Literal)
        and isinstance(quad.graph_name, NamedNode)
    ):
        raise TypeError(f"blank nodes and the default graph are not stored: {quad}")


def subject_of(quad: Quad | Triple) -> NamedNode:
    """The subject of a stored quad, which is no blank node."""
    return quad.subject  # type: ignore[return-value]


def object_of(quad: Quad | Triple) -> NodeTerm:
    """The object of a stored quad, which is no blank node."""
    return quad.object  # type: ignore[return-value]


def graph_of(quad: Quad) -> NamedNode:
    """The graph of a stored quad, which is never the default graph."""
    return quad.graph_name  # type: ignore[return-value]


def quad_in(graph: NamedNode, said: Quad | Triple) -> Quad:
    """The same statement in a graph."""
    return Quad(said.subject, said.predicate, said.object, graph)


def update_text(remove: Iterable[Quad], add: Iterable[Quad]) -> str:
    """The SPARQL update that takes quads out and puts others in, in this order.

    >>> node = NamedNode("x:n")
    >>> update_text([], [Quad(node, node, node, node)])
    'INSERT DATA { GRAPH <x:n> {\\n<x:n> <x:n> <x:n> .\\n} }'
    """
    parts = []
    for verb, quads in (("DELETE", remove), ("INSERT", add)):
        graphs: dict[str, list[str]] = {}
        for quad in quads:
            graphs.setdefault(str(quad.graph_name), []).append(f"{_triple(quad)} .")
        if graphs:
            inner = "\n".join(
                f"GRAPH {graph} {{\n" + "\n".join(triples) + "\n}"
                for graph, triples in graphs.items()
            )
            parts.append(f"{verb} DATA {{ {inner} }}")
    return ";\n".join(parts)


def _triple(quad: Quad | Triple) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object}"
