"""The integrity conditions of SKOS.

The numbers are those of the SKOS reference (W3C, 2009).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from graph.checking.facts import TYPE, Wording, asserted, inferred, text
from graph.checking.reports import Finding
from graph.knowledge import Knowledge
from ontology import SKOS, Bilingual

Pairs = set[tuple[str, str]]

_LABELS: Final = ("prefLabel", "altLabel", "hiddenLabel")
_CONDITIONS: Final[dict[str, Bilingual]] = {
    "S9": Bilingual(
        "is a concept and a concept scheme at once",
        "ist zugleich Begriff und Begriffssystem",
    ),
    "S13": Bilingual(
        "has “{value}” both as preferred and as other name",
        "hat „{value}“ als bevorzugten und zugleich als anderen Namen",
    ),
    "S14": Bilingual(
        "has several preferred names in one language: {value}",
        "hat mehrere bevorzugte Namen in einer Sprache: {value}",
    ),
    "S27": Bilingual(
        "is related to “{value}” and lies above or below it at once",
        "ist mit „{value}“ verwandt und liegt zugleich darüber oder darunter",
    ),
    "S46": Bilingual(
        "matches “{value}” exactly and only broadly, narrowly or loosely at once",
        "entspricht „{value}“ genau und zugleich nur als Ober-, Unter- oder verwandter Begriff",
    ),
}


def check_thesaurus(knowledge: Knowledge) -> tuple[Finding, ...]:
    """What of all data, whoever may read them, breaks S9, S13, S14, S27 or S46."""
    return check_concepts(asserted(knowledge) | inferred(knowledge))


def check_concepts(facts: Iterable[Triple]) -> tuple[Finding, ...]:
    """What breaks the conditions in some statements, sorted by condition and concept.

    Args:
        facts: for what one viewer may read, ``view.triples()``.
    """
    facts = list(facts)
    wording = Wording(facts)
    broken = [
        *_kinds(facts),
        *_labels(facts),
        *_hierarchy(facts),
        *_matches(facts),
    ]
    return tuple(
        _finding(condition, thing, value, wording) for condition, thing, value in sorted(broken)
    )


Broken = Iterator[tuple[str, str, str]]


def _finding(condition: str, thing: str, value: str, wording: Wording) -> Finding:
    pattern = Bilingual("“{name}” {what} (SKOS {number}).", "„{name}“ {what} (SKOS {number}).")
    name = wording.name(thing)
    what = _CONDITIONS[condition].with_(value=wording.name(value) if value else "")
    return Finding(thing, name, "", value, pattern.with_(name=name, what=what, number=condition))


def _kinds(facts: Collection[Triple]) -> Broken:
    types = defaultdict(set)
    for fact in facts:
        if fact.predicate.value == TYPE:
            types[text(fact.subject)].add(text(fact.object))
    for thing, found in types.items():
        if {SKOS + "Concept", SKOS + "ConceptScheme"} <= found:
            yield "S9", thing, ""


def _labels(facts: Collection[Triple]) -> Broken:
    properties = {SKOS + name for name in _LABELS}
    labels: defaultdict[str, defaultdict[Literal, set[str]]]
    labels = defaultdict(lambda: defaultdict(set))
    for fact in facts:
        if fact.predicate.value in properties and isinstance(fact.object, Literal):
            labels[text(fact.subject)][fact.object].add(fact.predicate.value)
    for thing, used in labels.items():
        preferred: defaultdict[str, list[str]] = defaultdict(list)
        for label, where in used.items():
            if len(where) > 1:
                yield "S13", thing, label.value
            if SKOS + "prefLabel" in where:
                preferred[label.language or ""].append(label.value)
        for names in preferred.values():
            if len(names) > 1:
                yield "S14", thing, ", ".join(sorted(names))


def _hierarchy(facts: Collection[Triple]) -> Broken:
    up = _pairs(facts, "broader", "broaderTransitive", "broadMatch")
    up |= _turned(_pairs(facts, "narrower", "narrowerTransitive", "narrowMatch"))
    parents = defaultdict(set)
    for child, parent in up:
        parents[child].add(parent)
    related = _pairs(facts, "related", "relatedMatch")
    for one, other in sorted({(min(pair), max(pair)) for pair in related}):
        if other in _above(one, parents) or one in _above(other, parents):
            yield "S27", one, other


def _above(thing: str, parents: dict[str, set[str]]) -> set[str]:
    above: set[str] = set()
    agenda = [thing]
    while agenda:
        fresh = parents.get(agenda.pop(), set()) - above
        above |= fresh
        agenda += fresh
    return above


def _matches(facts: Collection[Triple]) -> Broken:
    loosely = _pairs(facts, "broadMatch", "narrowMatch", "relatedMatch")
    loosely |= _turned(loosely)
    for group in _groups(_pairs(facts, "exactMatch")):
        for one, other in combinations(sorted(group), 2):
            if (one, other) in loosely:
                yield "S46", one, other


def _groups(pairs: Pairs) -> list[set[str]]:
    """What exact matches join; an exact match holds both ways and on and on."""
    beside = defaultdict(set)
    for one, other in pairs | _turned(pairs):
        beside[one].add(other)
    groups: list[set[str]] = []
    seen: set[str] = set()
    for thing in sorted(beside):
        if thing not in seen:
            groups.append({thing} | _above(thing, beside))
            seen |= groups[-1]
    return groups


def _pairs(facts: Collection[Triple], *names: str) -> Pairs:
    properties = {SKOS + name for name in names}
    return {
        (text(fact.subject), fact.object.value)
        for fact in facts
        if fact.predicate.value in properties and isinstance(fact.object, NamedNode)
    }


def _turned(pairs: Pairs) -> Pairs:
    return {(other, one) for one, other in pairs}
