"""What the data set says of itself to programs (VoID); counts are not among it."""

from typing import Final

from pyoxigraph import Literal, NamedNode

from ontology import CR, DCT, FOAF, ORG, RDF, SCHEMA, SKOS
from webapp.pages.rdf import Triple
from webapp.services import services

VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_FEATURES: Final = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML")


def description(root: str) -> list[Triple]:
    """The description of what this server serves.

    Args:
        root: the address of the server's first page, with its slash.
    """
    made = services()
    base = made.knowledge.addresses.base
    dataset = NamedNode(f"{root}.well-known/void#dataset")
    said: list[tuple[str, NamedNode | Literal]] = [
        (RDF + "type", NamedNode(VOID + "Dataset")),
        (DCT + "title", Literal(made.settings.site_name)),
        (DCT + "description", Literal("Clusters, actors, topics and projects.", language="en")),
        (DCT + "description", Literal("Cluster, Akteure, Themen, Projekte.", language="de")),
        (FOAF + "homepage", NamedNode(root)),
        (VOID + "uriSpace", Literal(f"{base}id/")),
        (VOID + "sparqlEndpoint", NamedNode(f"{root}sparql")),
        (VOID + "uriLookupEndpoint", NamedNode(f"{root}api/v1/search?q=")),
        *((VOID + "vocabulary", NamedNode(name)) for name in (CR, SKOS, ORG, FOAF, SCHEMA, DCT)),
        *((VOID + "feature", NamedNode(_FORMATS + name)) for name in _FEATURES),
    ]
    clusters = made.view().things("cluster")
    if clusters:
        said.append((VOID + "exampleResource", NamedNode(clusters[0].iri)))
    return [(dataset, NamedNode(prop), value) for prop, value in said]
