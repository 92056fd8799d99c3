"""The statements that a check looks at, and how they are said in words."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.knowledge import Knowledge
from ontology import RDF, RDFS, SKOS, Bilingual, term_label

TYPE: Final = RDF + "type"
_NAMES: Final = (RDFS + "label", SKOS + "prefLabel")


def asserted(knowledge: Knowledge) -> frozenset[Triple]:
    """What sources say, read with all decisions, whoever may read it."""
    return _below(knowledge, knowledge.addresses.read_graph(""))


def inferred(knowledge: Knowledge) -> frozenset[Triple]:
    """What follows from it."""
    return _below(knowledge, knowledge.addresses.inferred_graph(""))


def _below(knowledge: Knowledge, start: str) -> frozenset[Triple]:
    return frozenset(
        quad.triple
        for graph in knowledge.store.graphs()
        if graph.startswith(start)
        for quad in knowledge.store.match(None, None, None, NamedNode(graph))
    )


class Wording:
    """Names of things and sentences for statements, in both languages.

    Args:
        facts: statements in which the names are looked up.
    """

    def __init__(self, facts: Iterable[Triple]) -> None:
        self._names: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for fact in facts:
            if fact.predicate.value in _NAMES and isinstance(fact.object, Literal):
                self._names[text(fact.subject)][fact.object.language or ""] = fact.object.value

    def name(self, iri: str) -> Bilingual:
        """What a thing, a class or a property is called; its IRI where it has no name."""
        if names := self._names.get(iri):
            return Bilingual(*(_best(names, lang) for lang in ("en", "de")))
        return Bilingual(*(term_label(iri, lang) or _readable(iri) for lang in ("en", "de")))

    def sentence(self, fact: Triple) -> Bilingual:
        """A statement in words.

        >>> cr = "https://w3id.org/clusterradar/ontology#"
        >>> type_ = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        >>> Wording([]).sentence(Triple(NamedNode("x:a"), type_, NamedNode(cr + "Topic")))["de"]
        '„x:a“ ist: Thema'
        """
        subject = self.name(text(fact.subject))
        value = text(fact.object)
        named = Bilingual(value, value) if isinstance(fact.object, Literal) else self.name(value)
        if fact.predicate.value == TYPE:
            pattern = Bilingual("“{subject}” is: {value}", "„{subject}“ ist: {value}")
        else:
            pattern = Bilingual("“{subject}” {verb} “{value}”", "„{subject}“ {verb} „{value}“")
        return pattern.with_(subject=subject, verb=self.name(fact.predicate.value), value=named)


def text(node: object) -> str:
    """The IRI or the text of a node."""
    return node.value if isinstance(node, NamedNode | BlankNode | Literal) else str(node)


def _best(names: dict[str, str], lang: str) -> str:
    return next(names[tag] for tag in (lang, "", "en", "de", *names) if tag in names)


def _readable(iri: str) -> str:
    """The end of an IRI that is a word of another vocabulary, else all of it."""
    return iri.rpartition("#")[2] if "#" in iri else iri
