"""Contradictions that one thing shows: it would have to be of two kinds that exclude each other.

What a thing is follows from its classes and from the properties it is joined by (their domains
and ranges, those of the properties above them and of their inverses). These are nearly all
contradictions that data bring about; finding them needs no reasoner, and each names the
one or two statements that clash. What is left is for :mod:`graph.checking.hermit`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Triple

from graph.checking.facts import TYPE, Wording, text
from graph.checking.reports import Clash
from ontology import Bilingual, Schema, schema, term_label


@dataclass(frozen=True)
class _Claim:
    """A statement, and the classes to one of which it makes a thing belong."""

    choices: frozenset[str]
    statement: Triple


class Contradictions:
    """Finds what clashes by the axioms of a schema.

    Args:
        axioms: by default those of the ontology.
    """

    def __init__(self, axioms: Schema | None = None) -> None:
        self._schema = axioms or schema()
        # Only links have inverses, or classes that their values belong to.
        self._links = {*self._schema.inverses, *self._schema.ranges, *self._schema.range_choices}
        self._above: dict[str, frozenset[str]] = {}
        self._subject_claims: dict[str, list[frozenset[str]]] = {}
        self._object_claims: dict[str, list[frozenset[str]]] = {}

    def among(self, facts: Iterable[Triple], wording: Wording) -> list[Clash]:
        """Every clash of one or two statements, once, sorted by what they say."""
        facts = list(facts)
        clashes = [*self._wrong_values(facts, wording), *self._wrong_kinds(facts, wording)]
        once = {frozenset(clash.statements): clash for clash in reversed(clashes)}
        return sorted(once.values(), key=lambda clash: [str(said) for said in clash.statements])

    def _wrong_values(self, facts: Iterable[Triple], wording: Wording) -> Iterator[Clash]:
        for fact in facts:
            prop = fact.predicate.value
            wanted = self._schema.datatypes.get(prop, "")
            found = fact.object.datatype.value if isinstance(fact.object, Literal) else ""
            if wanted and found != wanted:
                why = Bilingual(
                    "The value of “{verb}” has to be of the type {wanted}.",
                    "Der Wert von „{verb}“ muss vom Typ {wanted} sein.",
                ).with_(verb=wording.name(prop), wanted=wanted.rpartition("#")[2])
            elif found and prop in self._links:
                why = Bilingual(
                    "The value of “{verb}” has to be a thing, not a text.",
                    "Der Wert von „{verb}“ muss ein Ding sein, kein Text.",
                ).with_(verb=wording.name(prop))
            else:
                continue
            yield Clash((wording.sentence(fact),), why)

    def _wrong_kinds(self, facts: Iterable[Triple], wording: Wording) -> Iterator[Clash]:
        claims: defaultdict[str, dict[frozenset[str], Triple]] = defaultdict(dict)
        for fact in facts:
            for thing, claim in self._claims(fact):
                claims[thing].setdefault(claim.choices, claim.statement)
        for thing, said in claims.items():
            # What is said outright explains more than what only follows.
            ordered = sorted(said.items(), key=lambda c: (c[1].predicate.value != TYPE, str(c[1])))
            for (one, first), (other, second) in combinations(ordered, 2):
                if self._exclude(one, other):
                    yield _clash(thing, (one, first), (other, second), wording)

    def _claims(self, fact: Triple) -> Iterator[tuple[str, _Claim]]:
        prop = fact.predicate.value
        if prop == TYPE:
            if isinstance(fact.object, NamedNode):
                yield text(fact.subject), _Claim(self._split(fact.object.value), fact)
            return
        if prop not in self._subject_claims:
            self._read(prop)
        for choices in self._subject_claims[prop]:
            yield text(fact.subject), _Claim(choices, fact)
        if isinstance(fact.object, NamedNode):
            for choices in self._object_claims[prop]:
                yield fact.object.value, _Claim(choices, fact)

    def _read(self, prop: str) -> None:
        """What a property says of its subjects and objects, by itself and those that follow."""
        steps = {(prop, False)}
        agenda = [(prop, False)]
        while agenda:
            here, turned = agenda.pop()
            follow = {(name, turned) for name in self._schema.subproperties.get(here, ())}
            follow |= {(name, not turned) for name in self._schema.inverses.get(here, ())}
            agenda += follow - steps
            steps |= follow
        subject: set[frozenset[str]] = set()
        obj: set[frozenset[str]] = set()
        for name, turned in steps:
            ends = (obj, subject) if turned else (subject, obj)
            for end, named, choice in (
                (ends[0], self._schema.domains, self._schema.domain_choices),
                (ends[1], self._schema.ranges, self._schema.range_choices),
            ):
                end.update(self._split(cls) for cls in named.get(name, ()))
                if name in choice:
                    end.add(choice[name])
        self._subject_claims[prop] = sorted(subject, key=sorted)
        self._object_claims[prop] = sorted(obj, key=sorted)

    def _split(self, cls: str) -> frozenset[str]:
        """A class, or the classes that it is the union of."""
        return self._schema.unions.get(cls, frozenset({cls}))

    def _exclude(self, one: frozenset[str], other: frozenset[str]) -> bool:
        return all(self._disjoint(a, b) for a in one for b in other)

    def _disjoint(self, one: str, other: str) -> bool:
        return any(
            frozenset({a, b}) in self._schema.disjoint
            for a in self._superclasses(one)
            for b in self._superclasses(other)
        )

    def _superclasses(self, cls: str) -> frozenset[str]:
        if cls not in self._above:
            above = {cls}
            agenda = [cls]
            while agenda:
                fresh = self._schema.subclasses.get(agenda.pop(), frozenset()) - above
                above |= fresh
                agenda += fresh
            self._above[cls] = frozenset(above)
        return self._above[cls]


def _clash(
    thing: str,
    one: tuple[frozenset[str], Triple],
    other: tuple[frozenset[str], Triple],
    wording: Wording,
) -> Clash:
    why = Bilingual(
        "By the first, “{name}” is {one}; by the second, {other}. Nothing is both.",
        "Nach der ersten ist „{name}“: {one}; nach der zweiten: {other}. Nichts ist beides.",
    ).with_(name=wording.name(thing), one=_listed(one[0]), other=_listed(other[0]))
    statements = tuple(dict.fromkeys(wording.sentence(fact) for fact in (one[1], other[1])))
    if len(statements) == 1:
        why = Bilingual(
            "By this, “{name}” would be {one} and {other} at once. Nothing is both.",
            "Danach wäre „{name}“ zugleich {one} und {other}. Nichts ist beides.",
        ).with_(name=wording.name(thing), one=_listed(one[0]), other=_listed(other[0]))
    return Clash(statements, why)


def _listed(classes: frozenset[str]) -> Bilingual:
    names = [
        Bilingual(*(term_label(cls, lang) or cls.rpartition("#")[2] for lang in ("en", "de")))
        for cls in sorted(classes)
    ]
    return Bilingual(
        " or ".join(name.en for name in names), " oder ".join(name.de for name in names)
    )
