"""A small knowledge in memory, made of rows and decisions like a real one."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Quad

from graph import PUBLIC, About, Addresses, Change, Knowledge, Source, decisions
from ontology import KINDS, RDF

THEN = datetime(2026, 1, 2, tzinfo=UTC)

Value = str | Literal | NamedNode
Said = Mapping[str, Iterable[Value] | Value]


def thing_quads(
    addresses: Addresses, source: str, things: Mapping[str, Said], audience: str = PUBLIC
) -> frozenset[Quad]:
    """What a source says of things, by ``kind/slug``, with the decisions that name them.

    A plain text is a literal; what begins with ``id/`` is a thing.
    """
    graph = NamedNode(addresses.source_graph(source, audience))
    found: set[Quad] = set()
    for name, said in things.items():
        kind, _, slug = name.partition("/")
        row = NamedNode(addresses.row(source, slug))
        found.add(Quad(row, NamedNode(RDF + "type"), NamedNode(KINDS[kind].iri), graph))
        for prop, values in said.items():
            several = [values] if isinstance(values, str | Literal | NamedNode) else list(values)
            for value in several:
                found.add(Quad(row, NamedNode(prop), _term(addresses, value), graph))
        iri = addresses.thing(kind, slug)
        found |= decisions.row_is(addresses, row.value, iri, "rule:test", THEN, audience)
    return frozenset(found)


def tell(
    knowledge: Knowledge,
    things: Mapping[str, Said],
    *,
    source: str = "list",
    audience: str = PUBLIC,
    as_of: str = "",
) -> None:
    """Commit what a source says of things."""
    described = Source(source, label=f"List “{source}”", as_of=as_of).quads(
        knowledge.addresses, audience
    )
    quads = thing_quads(knowledge.addresses, source, things, audience)
    knowledge.commit(Change(add=quads | described), About("import", source, "a list"))


def _term(addresses: Addresses, value: Value) -> NamedNode | Literal:
    if not isinstance(value, str):
        return value
    if value.startswith("id/"):
        _, kind, slug = value.split("/", 2)
        return NamedNode(addresses.thing(kind, slug))
    return Literal(value)
