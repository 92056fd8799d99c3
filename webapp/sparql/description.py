"""The description of the endpoint for programs, in RDF (SPARQL 1.1 Service Description)."""

from typing import Final

from flask import Request, Response
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from graph import sparql
from ontology import RDF

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
_RDF: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}

assert len(_RESULT_FORMATS) == len(sparql.ROW_FORMATS) + len(sparql.TRIPLE_FORMATS)


def describe(request: Request) -> Response:
    """The description in the RDF format that the client likes best.

    Raises:
        QueryError: ``not-acceptable``.
    """
    chosen = sparql.accepted("CONSTRUCT", request.headers.get("Accept", "*/*"))
    body = serialize(
        _triples(request.base_url),
        format=_RDF[chosen.name],
        prefixes={"sd": SD, "formats": _FORMATS, "rdf": RDF},
    )
    response = Response(body, mimetype=chosen.media_type)
    response.vary.add("Accept")
    return response


def _triples(endpoint: str) -> list[Triple]:
    service = BlankNode("service")

    def about(name: str, value: str) -> Triple:
        return Triple(service, NamedNode(SD + name), NamedNode(value))

    return [
        Triple(service, NamedNode(RDF + "type"), NamedNode(SD + "Service")),
        about("endpoint", endpoint),
        about("supportedLanguage", SD + "SPARQL11Query"),
        about("feature", SD + "UnionDefaultGraph"),
        *(about("resultFormat", _FORMATS + name) for name in _RESULT_FORMATS),
    ]
