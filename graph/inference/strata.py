"""The second stratum: all named rules together, deciding over what the axioms draw."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from pyoxigraph import NamedNode, Triple

from graph.inference.horn import TYPE, Horn
from graph.inference.named import NamedRule, RuleError, world_of
from graph.inference.statements import Memory, NodeTerm, Statements
from ontology import Rule


class NamedRules:
    """The named rules, by the class that they derive; several may derive the same.

    Args:
        rules: as the ontology hands them out.
        horn: the axioms, for what is above the derived classes.

    Raises:
        RuleError: a rule cannot be applied step by step, or its class has classes below it.
    """

    def __init__(self, rules: tuple[Rule, ...], horn: Horn) -> None:
        self._horn = horn
        by_class: defaultdict[NamedNode, list[NamedRule]] = defaultdict(list)
        for rule in map(NamedRule, rules):
            by_class[rule.cls].append(rule)
        self._by_class = dict(by_class)
        for cls in self._by_class:
            if horn.subclasses(cls):
                raise RuleError(f"{cls} is derived by a rule, so nothing may be below it")
        self._above = frozenset(above for cls in by_class for above in horn.superclasses(cls))

    def conclusions(self, known: Memory) -> set[Triple]:
        """What the rules conclude from everything that is known below them."""
        rules = [rule for rules in self._by_class.values() for rule in rules]
        world = world_of({t for rule in rules for t in rule.everywhere(known)})
        return {Triple(thing, TYPE, rule.cls) for rule in rules for thing in rule.fire(world)}

    def verdicts(
        self, changed: Collection[Triple], known: Statements, asserted: Statements
    ) -> dict[Triple, bool]:
        """What the rules say now about the things that a change concerns.

        Args:
            changed: statements that are newly known or known no more.
            known: everything.
            asserted: what of it is said.

        Returns:
            Statements of class, each with whether any rule of the class holds.
        """
        view = _Below(self._horn, known, asserted, frozenset(self._by_class), self._above)
        found: dict[Triple, bool] = {}
        for cls, rules in self._by_class.items():
            things = {thing for rule in rules for thing in rule.concerned(changed, view)}
            holds = _holding(rules, things, view)
            found |= {Triple(thing, TYPE, cls): thing in holds for thing in things}
        return found


def _holding(
    rules: Iterable[NamedRule], things: set[NamedNode], known: Statements
) -> set[NamedNode]:
    """The things of which any of the rules holds."""
    if not things:
        return set()
    holds = (rule.fire(world_of(rule.neighbourhood(things, known))) for rule in rules)
    return things & set().union(*holds)


class _Below:
    """What is known without what named rules conclude: the stratum that they decide over.

    Args:
        horn: the axioms.
        known: everything.
        asserted: what is said; that counts in any case.
        heads: the classes that rules derive.
        above: the classes above those.
    """

    def __init__(
        self,
        horn: Horn,
        known: Statements,
        asserted: Statements,
        heads: frozenset[NamedNode],
        above: frozenset[NamedNode],
    ) -> None:
        self._known = known
        self._asserted = asserted
        self._horn = horn
        self._heads = heads
        self._above = above

    def __contains__(self, triple: Triple) -> bool:
        return triple in self._known and self._counts(triple)

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: NodeTerm | None
    ) -> Iterator[Triple]:
        """Every statement that fits."""
        found = self._known.match(subject, predicate, obj)
        if predicate == TYPE and (obj is None or obj in self._heads or obj in self._above):
            return filter(self._counts, found)
        return found

    def _counts(self, triple: Triple) -> bool:
        cls: Any = triple.object
        if triple.predicate != TYPE or not (cls in self._heads or cls in self._above):
            return True
        if triple in self._asserted:
            return True
        return cls in self._above and any(
            Triple(triple.subject, TYPE, below) in self._asserted
            for below in self._horn.subclasses(cls)
        )
