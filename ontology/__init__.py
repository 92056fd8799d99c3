"""What can exist: the ontology, its shapes, and the Python face that reads them."""

from ontology.bilingual import Bilingual
from ontology.files import files
from ontology.kinds import KIND_OF_CLASS, KINDS, WEDGES, Kind
from ontology.labels import (
    classes,
    code_class,
    code_label,
    codes,
    inverse_label,
    kind_of,
    plural_label,
    properties,
    term_comment,
    term_label,
)
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
from ontology.schema import Rule, Schema, rules, schema
from ontology.shapes import KindShape, PropertyCheck, ShapeError, checks

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
    "KindShape",
    "PropertyCheck",
    "Rule",
    "Schema",
    "ShapeError",
    "checks",
    "classes",
    "code_class",
    "code_label",
    "codes",
    "files",
    "inverse_label",
    "kind_of",
    "plural_label",
    "properties",
    "rules",
    "schema",
    "term_comment",
    "term_label",
]
