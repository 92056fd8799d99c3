"""RDF as text, in the four formats that people and programs ask for."""

from collections.abc import Iterable, Mapping
from typing import Final

import rdflib
from pyoxigraph import Literal, NamedNode

from ontology import PREFIXES

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

RDF_TYPES: Final[dict[str, str]] = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
"""Ending to media type."""

_WRITERS: Final = {"ttl": "turtle", "nt": "nt11", "rdf": "xml"}


def serialise(
    triples: Iterable[Triple], ending: str, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """Triples as a document.

    Args:
        triples: what it says.
        ending: one of :data:`RDF_TYPES`.
        prefixes: short names of namespaces that it may use.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace)
    for subject, predicate, value in triples:
        graph.add((rdflib.URIRef(subject.value), rdflib.URIRef(predicate.value), _term(value)))
    return written(graph, ending)


def written(graph: rdflib.Graph, ending: str) -> bytes:
    """A graph as a document in one of the formats of :data:`RDF_TYPES`."""
    if ending == "jsonld":
        return graph.serialize(format="json-ld", encoding="utf-8", auto_compact=True)
    return graph.serialize(format=_WRITERS[ending], encoding="utf-8")


def _term(value: NamedNode | Literal) -> rdflib.term.Identifier:
    if isinstance(value, NamedNode):
        return rdflib.URIRef(value.value)
    if value.language:
        return rdflib.Literal(value.value, lang=value.language)
    datatype = value.datatype.value
    # A plain text has the type string; writing it out would only be longer.
    if datatype == str(rdflib.XSD.string):
        return rdflib.Literal(value.value)
    return rdflib.Literal(value.value, datatype=rdflib.URIRef(datatype), normalize=False)
