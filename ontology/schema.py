"""The axioms that inference at load needs, and the named rules, as plain values.

The whole meaning of the ontology is in ``clusterradar.ttl``; what stands here is the part
that rules can materialise. The full logic is :mod:`graph.checking`'s business.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from ontology.bilingual import Bilingual
from ontology.files import rule_files
from ontology.namespaces import OWL, RDFS
from ontology.turtle import Node, Turtle, ontology

Names = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Schema:
    """Axioms over named classes and properties, all as IRIs.

    Attributes:
        classes: every named class, those of others included.
        properties: every property, annotations and those of others included.
        subclasses: class to its direct superclasses.
        subproperties: property to its direct superproperties.
        inverses: property to its inverses, said in both directions.
        symmetric: properties that hold both ways.
        transitive: transitive properties.
        chains: property to the chains of properties that lead to it.
        domains: property to the classes that its subjects all belong to.
        ranges: property to the classes that its objects all belong to.
        domain_choices: property to the classes one of which its subjects belong to.
        range_choices: property to the classes one of which its objects belong to.
        datatypes: property to the datatype of its values.
        unions: class to the classes that it is the union of.
        disjoint: pairs of classes that share no member.
    """

    classes: frozenset[str]
    properties: frozenset[str]
    subclasses: Names
    subproperties: Names
    inverses: Names
    symmetric: frozenset[str]
    transitive: frozenset[str]
    chains: dict[str, tuple[tuple[str, ...], ...]]
    domains: Names
    ranges: Names
    domain_choices: Names
    range_choices: Names
    datatypes: dict[str, str]
    unions: Names
    disjoint: frozenset[frozenset[str]]


@lru_cache(maxsize=1)
def schema() -> Schema:
    """The axioms of the ontology, read once.

    >>> from ontology import CR
    >>> schema().inverses[CR + "memberOf"] == {CR + "hasMember"}
    True
    >>> sorted(len(chain) for chain in schema().chains[CR + "experiencedIn"])
    [2, 3, 3]
    """
    said = ontology()
    return Schema(
        classes=_of_type(said, OWL + "Class"),
        properties=frozenset().union(*(_of_type(said, OWL + name) for name in _PROPERTIES)),
        subclasses=_named(said, RDFS + "subClassOf"),
        subproperties=_named(said, RDFS + "subPropertyOf"),
        inverses=_both_ways(said.pairs(OWL + "inverseOf")),
        symmetric=_of_type(said, OWL + "SymmetricProperty"),
        transitive=_of_type(said, OWL + "TransitiveProperty"),
        chains=_chains(said),
        domains=_named(said, RDFS + "domain"),
        ranges=_ranges(said, OWL + "ObjectProperty"),
        domain_choices=_unions(said, RDFS + "domain"),
        range_choices=_unions(said, RDFS + "range"),
        datatypes=_datatypes(said),
        unions=_unions(said, OWL + "equivalentClass"),
        disjoint=frozenset(_disjoint(said)),
    )


def _grouped(pairs: Iterable[tuple[str, str]]) -> Names:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return {key: frozenset(values) for key, values in sorted(groups.items())}


def _iris(pairs: Iterable[tuple[Node, Node]]) -> Iterator[tuple[str, str]]:
    for subject, value in pairs:
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode):
            yield subject.value, value.value


def _named(said: Turtle, prop: str) -> Names:
    return _grouped(_iris(said.pairs(prop)))


def _both_ways(pairs: Iterable[tuple[Node, Node]]) -> Names:
    said = list(_iris(pairs))
    return _grouped(said + [(value, subject) for subject, value in said])


_PROPERTIES: Final = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")


def _of_type(said: Turtle, rdf_type: str) -> frozenset[str]:
    return frozenset(node.value for node in said.subjects(rdf_type) if isinstance(node, NamedNode))


def _chains(said: Turtle) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for subject, chain in said.pairs(OWL + "propertyChainAxiom"):
        found[subject.value].append(tuple(step.value for step in said.members(chain)))
    return {prop: tuple(sorted(chains)) for prop, chains in sorted(found.items())}


def _ranges(said: Turtle, property_type: str) -> Names:
    of_type = _of_type(said, property_type)
    return {p: found for p, found in _named(said, RDFS + "range").items() if p in of_type}


def _datatypes(said: Turtle) -> dict[str, str]:
    return {prop: min(found) for prop, found in _ranges(said, OWL + "DatatypeProperty").items()}


def _unions(said: Turtle, prop: str) -> Names:
    """Classes said to be, as a value of a property, the union of named classes."""
    found: Names = {}
    for subject, value in said.pairs(prop):
        for union in said.values(value, OWL + "unionOf"):
            members = said.members(union)
            if all(isinstance(member, NamedNode) for member in members):
                found[subject.value] = frozenset(member.value for member in members)
    return dict(sorted(found.items()))


def _disjoint(said: Turtle) -> Iterator[frozenset[str]]:
    for one, other in _iris(said.pairs(OWL + "disjointWith")):
        yield frozenset({one, other})
    for group in said.subjects(OWL + "AllDisjointClasses"):
        for members in said.values(group, OWL + "members"):
            yield from map(
                frozenset, combinations([node.value for node in said.members(members)], 2)
            )


@dataclass(frozen=True)
class Rule:
    """A named rule that derives what classes count or compare.

    Attributes:
        name: what decisions and explanations call it.
        description: what it says, for people.
        query: a SPARQL CONSTRUCT that binds the thing it speaks of as ``?this``.
    """

    name: str
    description: Bilingual
    query: str


_HEADER = re.compile(r"^# (name|label-en|label-de): (.+)$", re.MULTILINE)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules in ``rules/*.rq``, sorted by name.

    >>> [rule.name for rule in rules()][:2]
    ['bridge-organisation', 'capacity-provider-by-device']
    """
    return tuple(_rule(path) for path in rule_files())


def _rule(path: Path) -> Rule:
    query = path.read_text(encoding="utf-8")
    header = dict(_HEADER.findall(query))
    missing = {"name", "label-en", "label-de"} - set(header)
    if missing or header["name"] != path.stem:
        raise ValueError(f"{path.name} needs name (its own), label-en and label-de in its head")
    return Rule(header["name"], Bilingual(header["label-en"], header["label-de"]), query)
