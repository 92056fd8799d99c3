"""Short ways to say things in tests of the knowledge."""

from collections.abc import Iterable
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Quad

from graph import About, Addresses, Change, decisions
from ontology import CR, KINDS, RDF, RDFS

ADDRESSES = Addresses()
TEST = About("import", "test", "a test")


def day(number: int) -> datetime:
    """A day of 2026."""
    return datetime.fromtimestamp(1767225600 + 86400 * number, UTC)


def said(
    source: str,
    key: str,
    properties: Iterable[tuple[str, NamedNode | Literal]],
    audience: str = "public",
) -> frozenset[Quad]:
    """What a row of a source says."""
    row = NamedNode(ADDRESSES.row(source, key))
    graph = NamedNode(ADDRESSES.source_graph(source, audience))
    return frozenset(Quad(row, NamedNode(name), value, graph) for name, value in properties)


def row(
    source: str,
    key: str,
    kind: str,
    label: str = "",
    *,
    audience: str = "public",
    slug: str = "",
    time: datetime | None = None,
    **properties: NamedNode | Literal,
) -> frozenset[Quad]:
    """A row of a source with its kind, its label, more (``cr:``) and the decision what it is."""
    properties_of_it: list[tuple[str, NamedNode | Literal]] = [
        (RDF + "type", NamedNode(KINDS[kind].iri)),
        (RDFS + "label", Literal(label or key)),
        *((CR + name, value) for name, value in properties.items()),
    ]
    decided = decisions.row_is(
        ADDRESSES,
        ADDRESSES.row(source, key),
        ADDRESSES.thing(kind, slug or key),
        "rule:test",
        time or day(0),
        audience,
    )
    return said(source, key, properties_of_it, audience) | decided


def thing(kind: str, slug: str) -> NamedNode:
    """The IRI of a thing."""
    return NamedNode(ADDRESSES.thing(kind, slug))


def adding(*parts: Iterable[Quad]) -> Change:
    """The change that adds some quads."""
    return Change(add=frozenset(quad for part in parts for quad in part))


def removing(*parts: Iterable[Quad]) -> Change:
    """The change that takes some quads out."""
    return Change(remove=frozenset(quad for part in parts for quad in part))
