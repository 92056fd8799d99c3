"""What classes, properties and coded values are called, in both languages."""

from functools import lru_cache

from pyoxigraph import NamedNode

from ontology.bilingual import Bilingual
from ontology.kinds import KIND_OF_CLASS
from ontology.namespaces import CR, RDFS, SKOS
from ontology.schema import schema
from ontology.turtle import Node, ontology


@lru_cache(maxsize=4)
def _texts(prop: str) -> dict[str, Bilingual]:
    said = ontology()
    found = ((node, said.bilingual(node, prop)) for node in said.subjects())
    return {node.value: texts for node, texts in found if texts and isinstance(node, NamedNode)}


def term_label(iri: str, lang: str) -> str:
    """The label of a class or property; empty if the ontology has none.

    >>> term_label("https://w3id.org/clusterradar/ontology#memberOf", "de")
    'Mitglied von'
    """
    texts = _texts(RDFS + "label").get(iri)
    return texts[lang] if texts else ""


def term_comment(iri: str, lang: str) -> str:
    """The sentence that says what a class or property means; empty if there is none."""
    texts = _texts(RDFS + "comment").get(iri)
    return texts[lang] if texts else ""


def plural_label(iri: str, lang: str) -> str:
    """What several things of a class are called; its label where no plural is known."""
    texts = _texts(CR + "pluralLabel").get(iri)
    return texts[lang] if texts else term_label(iri, lang)


def inverse_label(iri: str, lang: str) -> str:
    """How a property reads from its object: its inverse's label, or one of its own.

    >>> inverse_label("https://w3id.org/clusterradar/ontology#memberOf", "en")
    'has member'
    """
    for inverse in sorted(schema().inverses.get(iri, ())):
        if label := term_label(inverse, lang):
            return label
    texts = _texts(CR + "inverseLabel").get(iri)
    return texts[lang] if texts else ""


@lru_cache(maxsize=1)
def _codes() -> dict[tuple[str, str], Node]:
    said = ontology()
    return {
        (prop, code): node
        for node in said.subjects(CR + "Code")
        for prop in said.texts(node, CR + "codeOf")
        for code in said.texts(node, CR + "code")
    }


def code_label(prop: str, value: str, lang: str) -> str:
    """What a coded value of a property is called; empty if it is no code.

    >>> code_label("https://w3id.org/clusterradar/ontology#listingType", "capacity", "de")
    'Kapazität'
    """
    node = _codes().get((prop, value))
    texts = ontology().bilingual(node, RDFS + "label") if node else None
    return texts[lang] if texts else ""


def code_names(prop: str, value: str) -> tuple[str, ...]:
    """Everything that lists may write for a coded value, itself first; in both languages.

    >>> from ontology import RDF
    >>> {"company", "Unternehmen", "Firma"} <= set(code_names(RDF + "type", "company"))
    True
    """
    node = _codes().get((prop, value))
    said = [ontology().texts(node, name) for name in _NAMES] if node else []
    return (value, *(text for texts in said for text in texts))


_NAMES = (RDFS + "label", SKOS + "altLabel")


def codes(prop: str) -> tuple[str, ...]:
    """The codes of a property, sorted; empty if it has none."""
    return tuple(sorted(code for of, code in _codes() if of == prop))


def code_class(prop: str, value: str) -> str:
    """The class that a code stands for; empty if it stands for none.

    >>> from ontology import RDF
    >>> code_class(RDF + "type", "research").rpartition("#")[2]
    'ResearchInstitute'
    """
    node = _codes().get((prop, value))
    return next(iter(ontology().texts(node, CR + "codeClass")), "") if node else ""


def kind_of(class_iri: str) -> str:
    """The kind whose class this is, or a class below it; empty if there is none.

    >>> kind_of("https://w3id.org/clusterradar/ontology#Company")
    'organisation'
    """
    agenda = [class_iri]
    for here in agenda:
        if kind := KIND_OF_CLASS.get(here):
            return kind.name
        agenda += sorted(schema().subclasses.get(here, frozenset()) - set(agenda))
    return ""


def classes() -> tuple[str, ...]:
    """The IRIs of our own classes, sorted."""
    return tuple(sorted(iri for iri in schema().classes if iri.startswith(CR)))


def properties() -> tuple[str, ...]:
    """The IRIs of our own properties, annotations included, sorted."""
    return tuple(sorted(iri for iri in schema().properties if iri.startswith(CR)))
