"""Rules of the form "if these statements, then that one", compiled from the ontology.

Which statements are drawn at all is a decision (``docs/decisions/``), made in one place here:

- conclusions are drawn about our own vocabulary, and about the few words of other
  vocabularies that people query by (:data:`INTEREST`); alignments beyond them stay in the
  ontology, where a query can follow them;
- nothing is typed by a domain or a range: that would give a wrongly linked thing the
  class that it lacks, and hide the mistake from the checks. Everything has its class said.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from graph.inference.statements import Growing, Statements
from ontology import CR, FOAF, ORG, RDF, RDFS, SKOS, Schema

INTEREST: Final = frozenset(
    {
        FOAF + "Agent",
        ORG + "Organization",
        ORG + "OrganizationalUnit",
        RDFS + "label",
        SKOS + "Concept",
        SKOS + "broader",
        SKOS + "broaderTransitive",
        SKOS + "narrower",
        SKOS + "related",
    }
)
"""Words of other vocabularies whose conclusions are drawn."""

TYPE: Final = NamedNode(RDF + "type")


class Horn:
    """What follows from single statements, chains and transitivity.

    Relations between two properties (sub-property, inverse, symmetric) are closed once, when the
    rules are compiled, so that a statement yields all of them in one step: ``pairs[p]`` has
    ``(q, turned)`` where ``s p o`` gives ``s q o`` or, turned, ``o q s``. Transitivity is
    the chain of a property with itself.
    """

    def __init__(self, schema: Schema) -> None:
        chains = [
            (tuple(map(NamedNode, chain)), NamedNode(head))
            for head, bodies in schema.chains.items()
            if _interesting(head)
            for chain in bodies
        ]
        chains += [
            ((NamedNode(p), NamedNode(p)), NamedNode(p))
            for p in schema.transitive
            if _interesting(p)
        ]
        self.chains = tuple(sorted(chains, key=lambda chain: (chain[1].value, str(chain[0]))))
        self._joining = frozenset(leg for legs, _ in self.chains for leg in legs)
        legs = {leg.value for leg in self._joining}
        self._supers = _class_closure(schema.subclasses)
        self._pairs = _pair_closure(schema, legs)
        self._lead_to = _turned_around(self._pairs)
        self._subs: dict[NamedNode, tuple[NamedNode, ...]] = _subclasses(self._supers)
        places = defaultdict(list)
        for number, (body, _) in enumerate(self.chains):
            for place, leg in enumerate(body):
                places[leg].append((number, place))
        self._legs: dict[NamedNode, tuple[tuple[int, int], ...]] = {
            leg: tuple(where) for leg, where in places.items()
        }
        self._chains_to = defaultdict(list)
        for body, head in self.chains:
            self._chains_to[head].append(body)

    def superclasses(self, cls: NamedNode) -> tuple[NamedNode, ...]:
        """The classes above one that conclusions are drawn about."""
        return self._supers.get(cls, ())

    def subclasses(self, cls: NamedNode) -> tuple[NamedNode, ...]:
        """The classes below one."""
        return self._subs.get(cls, ())

    def simple(self, triple: Triple) -> Iterator[Triple]:
        """What follows from one statement alone."""
        predicate = triple.predicate
        subject: Any = triple.subject
        obj: Any = triple.object
        if predicate == TYPE:
            for cls in self._supers.get(obj, ()):
                yield Triple(subject, TYPE, cls)
            return
        pairs = self._pairs.get(predicate)
        if pairs is None:
            return
        for other, turned in pairs:
            if not turned:
                yield Triple(subject, other, obj)
            elif not isinstance(obj, Literal):
                yield Triple(obj, other, subject)

    def chained(self, triple: Triple, known: Statements) -> list[Triple]:
        """What follows from a statement together with others that are known."""
        found = []
        for number, place in self._legs.get(triple.predicate, ()):
            body, head = self.chains[number]
            starts: set[Any] = {triple.subject}
            for leg in reversed(body[:place]):
                starts = {t.subject for end in starts for t in known.match(None, leg, end)}
            if not starts:
                continue
            ends = _walk(triple.object, body[place + 1 :], known)
            found += [Triple(start, head, end) for start in starts for end in ends]
        return found

    def spread(self, premises: Iterable[Triple], known: Growing) -> set[Triple]:
        """Add to what is known all that follows from the premises, and return it.

        Args:
            premises: statements that are known already.
            known: everything that counts, growing by what follows.
        """
        drawn = set()
        agenda = list(premises)
        while agenda:
            triple = agenda.pop()
            for conclusion in self.simple(triple):
                if conclusion not in known:
                    known.add(conclusion)
                    drawn.add(conclusion)
                    if conclusion.predicate in self._joining:
                        agenda.append(conclusion)
            if triple.predicate in self._joining:
                for conclusion in self.chained(triple, known):
                    if conclusion not in known:
                        known.add(conclusion)
                        drawn.add(conclusion)
                        agenda.append(conclusion)
        return drawn

    def derivable(self, triple: Triple, known: Statements) -> bool:
        """Whether a statement follows in one step from what is known."""
        predicate = triple.predicate
        subject: Any = triple.subject
        obj: Any = triple.object
        if predicate == TYPE:
            below = self._subs.get(obj, ())
            return any(Triple(subject, TYPE, cls) in known for cls in below)
        for other, turned in self._lead_to.get(predicate, ()):
            if not turned:
                if Triple(subject, other, obj) in known:
                    return True
            elif not isinstance(obj, Literal) and Triple(obj, other, subject) in known:
                return True
        return any(
            obj in _walk(subject, body, known) for body in self._chains_to.get(predicate, ())
        )


def _walk(start: Any, legs: tuple[NamedNode, ...], known: Statements) -> set[Any]:
    """Where a walk along properties ends."""
    here = {start}
    for leg in legs:
        here = {
            t.object
            for node in here
            if not isinstance(node, Literal)
            for t in known.match(node, leg, None)
        }
    return here


def _interesting(iri: str) -> bool:
    return iri.startswith(CR) or iri in INTEREST


def _class_closure(
    direct: Mapping[str, Iterable[str]],
) -> dict[NamedNode, tuple[NamedNode, ...]]:
    closed = {}
    for cls in direct:
        above: set[str] = set()
        agenda = list(direct[cls])
        while agenda:
            found = agenda.pop()
            if found not in above:
                above.add(found)
                agenda += direct.get(found, ())
        drawn = sorted(iri for iri in above - {cls} if _interesting(iri))
        if drawn:
            closed[NamedNode(cls)] = tuple(map(NamedNode, drawn))
    return closed


def _subclasses(
    supers: Mapping[NamedNode, tuple[NamedNode, ...]],
) -> dict[NamedNode, tuple[NamedNode, ...]]:
    subs = defaultdict(list)
    for cls, above in supers.items():
        for one in above:
            subs[one].append(cls)
    return {cls: tuple(below) for cls, below in subs.items()}


Pairs = dict[NamedNode, tuple[tuple[NamedNode, bool], ...]]


def _pair_closure(schema: Schema, legs: set[str]) -> Pairs:
    """For each property all others that follow from it, with whether they are turned around."""
    steps: defaultdict[str, set[tuple[str, bool]]] = defaultdict(set)
    for prop, above in schema.subproperties.items():
        steps[prop] |= {(other, False) for other in above}
    for prop, others in schema.inverses.items():
        for other in others:
            steps[prop].add((other, True))
            steps[other].add((prop, True))
    for prop in schema.symmetric:
        steps[prop].add((prop, True))
    closed = {}
    for prop in list(steps):
        reached: set[tuple[str, bool]] = set()
        agenda = [(prop, False)]
        while agenda:
            here, turned = agenda.pop()
            for other, turns in steps.get(here, ()):
                step = (other, turned != turns)
                if step not in reached:
                    reached.add(step)
                    agenda.append(step)
        useful = sorted(
            (iri, turned)
            for iri, turned in reached - {(prop, False)}
            if _interesting(iri) or iri in legs
        )
        if useful:
            closed[NamedNode(prop)] = tuple((NamedNode(iri), turned) for iri, turned in useful)
    return closed


def _turned_around(pairs: Pairs) -> Pairs:
    back = defaultdict(list)
    for prop, others in pairs.items():
        for other, turned in others:
            back[other].append((prop, turned))
    return {prop: tuple(others) for prop, others in back.items()}
