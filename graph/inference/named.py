"""Classes that count or compare: the named rules, applied to the things that a change concerns.

A rule is a CONSTRUCT query whose template is ``?this a <class>``. It is read once: its
triple patterns say which things a changed statement may concern (walking from the statement
to ``?this``), and which statements have to be looked at to decide about a thing (walking back
from ``?this``). So the query itself runs over a handful of statements after a small change.

For that a rule keeps within bounds, and a rule outside of them is refused when it is read: no
variable or path in the place of a property, every pattern joined with ``?this``, and a
variable's name meaning one thing in the whole rule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryTriples, Store, Triple
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graph.inference.statements import NodeTerm, Statements
from ontology import RDF, Rule

THIS: Final = "this"
_TYPE: Final = NamedNode(RDF + "type")


class RuleError(ValueError):
    """A named rule that cannot be applied step by step; its text has to be changed."""


@dataclass(frozen=True)
class _Pattern:
    """A triple pattern; a variable is its name, a constant the term."""

    subject: str | NamedNode
    predicate: NamedNode
    object: str | NamedNode | Literal

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(slot for slot in (self.subject, self.object) if isinstance(slot, str))

    def fits(self, triple: Triple) -> bool:
        return (isinstance(self.subject, str) or self.subject == triple.subject) and (
            isinstance(self.object, str) or self.object == triple.object
        )

    def value(self, variable: str, triple: Triple) -> NodeTerm:
        return cast(NodeTerm, triple.subject if self.subject == variable else triple.object)

    def match(self, variable: str, value: NodeTerm, known: Statements) -> Iterator[Triple]:
        """The known triples that fit where the variable has this value."""
        if self.subject == variable:
            if isinstance(value, Literal):
                return iter(())
            obj = None if isinstance(self.object, str) else self.object
            return known.match(value, self.predicate, obj)
        subject = None if isinstance(self.subject, str) else self.subject
        return known.match(subject, self.predicate, value)


class NamedRule:
    """One named rule, ready to be applied.

    Attributes:
        name: the rule's name.
        cls: the class that it derives.
    """

    def __init__(self, rule: Rule) -> None:
        self.name = rule.name
        self._query = rule.query
        algebra = prepareQuery(rule.query).algebra
        self.cls = _head(rule.name, algebra)
        self._patterns = tuple(_patterns(rule.name, algebra))
        self._by_predicate: dict[NamedNode, list[_Pattern]] = {}
        for pattern in self._patterns:
            self._by_predicate.setdefault(pattern.predicate, []).append(pattern)
        self._distance = _distances(rule.name, self._patterns)
        self._outward: dict[str, list[tuple[_Pattern, str | None]]] = {}
        self._inward: dict[str, list[tuple[_Pattern, str]]] = {}
        for pattern in self._patterns:
            self._orient(pattern)

    def _orient(self, pattern: _Pattern) -> None:
        """Note how to walk a pattern away from ``?this`` and back."""
        if len(pattern.variables) == 1:
            self._outward.setdefault(pattern.variables[0], []).append((pattern, None))
            return
        near, far = sorted(pattern.variables, key=self._distance.__getitem__)
        self._outward.setdefault(near, []).append((pattern, far))
        self._inward.setdefault(far, []).append((pattern, near))
        if self._distance[near] == self._distance[far]:
            self._outward.setdefault(far, []).append((pattern, near))

    def concerned(self, changed: Iterable[Triple], known: Statements) -> set[NamedNode]:
        """The things about which the rule may say something else after a change."""
        agenda: list[tuple[str, Any]] = []
        for triple in changed:
            predicate = triple.predicate
            if predicate == _TYPE and triple.object == self.cls:
                agenda.append((THIS, triple.subject))
            for pattern in self._by_predicate.get(predicate, ()):
                if pattern.fits(triple):
                    nearest = min(self._distance[name] for name in pattern.variables)
                    agenda += [
                        (name, pattern.value(name, triple))
                        for name in pattern.variables
                        if self._distance[name] == nearest
                    ]
        seen: set[tuple[str, NodeTerm]] = set()
        while agenda:
            here = agenda.pop()
            if here in seen:
                continue
            seen.add(here)
            for pattern, near in self._inward.get(here[0], ()):
                agenda += [(near, pattern.value(near, t)) for t in pattern.match(*here, known)]
        return {value for name, value in seen if name == THIS and not isinstance(value, Literal)}

    def neighbourhood(self, things: Iterable[NamedNode], known: Statements) -> set[Triple]:
        """The statements that decide about these things."""
        found: set[Triple] = set()
        seen: set[tuple[str, NodeTerm]] = set()
        agenda: list[tuple[str, NodeTerm]] = [(THIS, thing) for thing in things]
        while agenda:
            here = agenda.pop()
            if here in seen:
                continue
            seen.add(here)
            for pattern, far in self._outward.get(here[0], ()):
                for triple in pattern.match(*here, known):
                    found.add(triple)
                    if far is not None:
                        agenda.append((far, pattern.value(far, triple)))
        return found

    def everywhere(self, known: Statements) -> Iterator[Triple]:
        """All statements that the rule looks at."""
        for pattern in self._patterns:
            subject, obj = pattern.subject, pattern.object
            yield from known.match(
                None if isinstance(subject, str) else subject,
                pattern.predicate,
                None if isinstance(obj, str) else obj,
            )

    def fire(self, world: Store) -> set[NamedNode]:
        """The things of which the rule holds in a world (:func:`world_of`)."""
        answer = cast(QueryTriples, world.query(self._query))
        return {cast(NamedNode, triple.subject) for triple in answer}


def world_of(triples: Iterable[Triple]) -> Store:
    """A store of these statements only, for rules to be applied to."""
    world = Store()
    graph = DefaultGraph()
    world.bulk_extend(Quad(t.subject, t.predicate, t.object, graph) for t in triples)
    return world


def _head(name: str, algebra: CompValue) -> NamedNode:
    template: list[Any] = algebra.get("template") or []
    if len(template) == 1:
        subject, predicate, obj = template[0]
        if subject == rdflib.Variable(THIS) and str(predicate) == _TYPE.value:
            return NamedNode(str(obj))
    raise RuleError(f"rule {name}: the template has to be ?this a <class>")


def _patterns(name: str, node: Any) -> Iterator[_Pattern]:
    """The triple patterns anywhere in a query, those of sub-queries and EXISTS included."""
    if isinstance(node, CompValue):
        for key, value in node.items():
            if key == "triples":
                for subject, predicate, obj in value:
                    if not isinstance(predicate, rdflib.URIRef):
                        raise RuleError(f"rule {name}: a property is written out: {predicate}")
                    yield _Pattern(_slot(subject), NamedNode(str(predicate)), _slot(obj))
            elif key != "template":
                yield from _patterns(name, value)
    elif isinstance(node, (list, tuple)) and not isinstance(node, str):
        for part in node:
            yield from _patterns(name, part)


def _slot(term: Any) -> Any:
    if isinstance(term, (rdflib.Variable, rdflib.BNode)):
        return str(term)
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if term.language:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype or rdflib.XSD.string)))


def _distances(name: str, patterns: tuple[_Pattern, ...]) -> dict[str, int]:
    """How many patterns away from ``?this`` each variable is."""
    distance = {THIS: 0}
    agenda = [THIS]
    for here in agenda:
        for pattern in patterns:
            if here in pattern.variables:
                for other in pattern.variables:
                    if other not in distance:
                        distance[other] = distance[here] + 1
                        agenda.append(other)
    apart = [p for p in patterns if not p.variables or p.variables[0] not in distance]
    if apart:
        raise RuleError(f"rule {name}: not joined with ?this: {apart}")
    return distance
