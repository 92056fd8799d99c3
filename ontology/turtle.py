"""A Turtle file in memory, asked by subject and property."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from ontology.bilingual import Bilingual
from ontology.files import files
from ontology.namespaces import RDF

Node = NamedNode | BlankNode | Literal


class Turtle:
    """The triples of one or more Turtle files.

    Args:
        paths: the files; blank nodes of different files stay apart.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._facts: defaultdict[Node, defaultdict[str, list[Node]]]
        self._facts = defaultdict(lambda: defaultdict(list))
        for path in paths:
            for quad in parse(path=str(path), format=RdfFormat.TURTLE, rename_blank_nodes=True):
                self._facts[quad.subject][quad.predicate.value].append(quad.object)

    def subjects(self, rdf_type: str = "") -> list[Node]:
        """Everything that is spoken of, or only what has this class; named ones sorted first."""
        found = (
            subject
            for subject, facts in self._facts.items()
            if not rdf_type or NamedNode(rdf_type) in facts.get(RDF + "type", ())
        )
        return sorted(found, key=lambda node: (isinstance(node, BlankNode), node.value))

    def properties(self, subject: Node) -> list[str]:
        """The properties that a subject has values for."""
        return sorted(self._facts.get(subject, ()))

    def values(self, subject: Node, prop: str) -> list[Node]:
        """The values of a property, in the order of the file."""
        facts = self._facts.get(subject)
        return list(facts.get(prop, ())) if facts else []

    def texts(self, subject: Node, prop: str) -> tuple[str, ...]:
        """The values as plain text, in the order of the file."""
        return tuple(value.value for value in self.values(subject, prop))

    def iris(self, subject: Node, prop: str) -> frozenset[str]:
        """The values that are IRIs."""
        return frozenset(v.value for v in self.values(subject, prop) if isinstance(v, NamedNode))

    def pairs(self, prop: str) -> Iterator[tuple[Node, Node]]:
        """Every subject and value of a property."""
        for subject, facts in self._facts.items():
            for value in facts.get(prop, ()):
                yield subject, value

    def members(self, head: Node) -> list[Node]:
        """The members of an RDF list."""
        found: list[Node] = []
        while head != NamedNode(RDF + "nil"):
            found += self.values(head, RDF + "first")
            (head,) = self.values(head, RDF + "rest")
        return found

    def bilingual(self, subject: Node, prop: str) -> Bilingual | None:
        """The English and the German value, or None unless both are there."""
        texts = {
            value.language: value.value
            for value in self.values(subject, prop)
            if isinstance(value, Literal)
        }
        if "en" in texts and "de" in texts:
            return Bilingual(texts["en"], texts["de"])
        return None


@lru_cache(maxsize=1)
def ontology() -> Turtle:
    """The ontology, with the names of the coded values and of the concept schemes."""
    return Turtle([files()[name] for name in ("clusterradar", "codes", "thesaurus")])
