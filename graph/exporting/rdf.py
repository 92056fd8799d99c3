"""Everything as RDF, streamed."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO

from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, serialize

from graph.knowledge import View
from ontology import PREFIXES


def write_rdf(view: View, format: RdfFormat, stream: IO[bytes], *, inferred: bool) -> None:
    """Write all statements; with their graphs, where the format has graphs."""
    statements = (
        _quads(view, inferred) if format.supports_datasets else view.triples(inferred=inferred)
    )
    serialize(statements, stream, format=format, prefixes=PREFIXES)


def _quads(view: View, inferred: bool) -> Iterator[Quad]:
    concluded = {NamedNode(view.addresses.inferred_graph(one)) for one in view.audiences}
    solutions = view.query(_query())
    assert isinstance(solutions, QuerySolutions)
    for graph, subject, predicate, obj in map(tuple, solutions):
        if inferred or graph not in concluded:
            yield Quad(subject, predicate, obj, graph)


@cache
def _query() -> str:
    return (Path(__file__).parent / "quads.rq").read_text(encoding="utf-8")
