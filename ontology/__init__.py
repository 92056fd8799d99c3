"""What can exist: the ontology, its shapes, and the Python face that reads them."""

from ontology.bilingual import Bilingual
from ontology.kinds import KIND_OF_CLASS, KINDS, WEDGES, Kind
from ontology.namespaces import (
    CR,
    DCT,
    FOAF,
    ORG,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SH,
    SKOS,
    XSD,
)

__all__ = [
    "CR",
    "DCT",
    "FOAF",
    "KINDS",
    "KIND_OF_CLASS",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SH",
    "SKOS",
    "WEDGES",
    "XSD",
    "Bilingual",
    "Kind",
]
