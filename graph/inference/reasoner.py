"""The reasoner: everything that follows, from scratch or after a change.

Two strata. The Horn rules (:mod:`graph.inference.horn`) come first; the named rules
(:mod:`graph.inference.derived`) are decided over what is said and what those draw, and what
they conclude only climbs the class hierarchy: no rule sees another's conclusion.

Deletion is "delete and rederive" (Gupta, Mumick and Subrahmanian, 1993): whatever may rest on a
removed statement is taken out, then what still has another derivation comes back.
"""

from collections.abc import Iterable

from pyoxigraph import Triple

from graph.inference.derived import DerivedClass, RuleError
from graph.inference.horn import TYPE, Horn
from graph.inference.revision import Revision, WithoutClasses
from graph.inference.statements import Layers, Memory, Statements, Subject
import ontology
from ontology.schema import Rule, Schema


class Reasoner:
    """Draws conclusions by the ontology; independent of any store.

    Args:
        schema: the axioms; by default those of the ontology.
        rules: the named rules; by default those of the ontology.

    Raises:
        RuleError: a named rule is outside of what can be applied step by step.
    """

    def __init__(self, schema: Schema | None = None, rules: tuple[Rule, ...] | None = None) -> None:
        self._horn = Horn(ontology.schema() if schema is None else schema)
        self._derived = tuple(map(DerivedClass, ontology.rules() if rules is None else rules))
        self._heads = frozenset(derived.cls for derived in self._derived)
        for head in self._heads:
            if self._horn.subclasses(head):
                raise RuleError(f"{head}: a class that a rule derives has no classes below it")
        self._above_heads = frozenset(
            cls for head in self._heads for cls in self._horn.superclasses(head)
        )

    def closure(self, premises: Iterable[Triple], base: Statements | None = None) -> set[Triple]:
        """What follows from base and premises with at least one premise from ``premises``.

        Args:
            premises: what is said.
            base: what is known besides, with what follows from it.

        Returns:
            The conclusions that neither ``premises`` nor ``base`` has already.
        """
        known = Memory(premises)
        state = known if base is None else Layers(base, top=known)
        new = self._horn.spread(set(known), state)
        heads = {
            Triple(thing, TYPE, derived.cls)
            for derived in self._derived
            for thing in self._members(derived, known, base)
        }
        climbed = {above for head in heads for above in self._horn.simple(head)}
        return new | {triple for triple in heads | climbed if triple not in state}

    def _members(
        self, derived: DerivedClass, known: Memory, base: Statements | None
    ) -> set[Subject]:
        """The things that a rule puts into its class on account of what is known above the base."""
        if base is None:
            return derived.fire(t for p in derived.predicates for t in known.match(None, p, None))
        state = Layers(base, top=known)
        things = derived.concerned(known, state)
        return things & derived.fire(derived.neighbourhood(things, state))

    def update(
        self,
        asserted: Statements,
        inferred: Statements,
        added: set[Triple],
        removed: set[Triple],
    ) -> tuple[set[Triple], set[Triple]]:
        """What changes in the conclusions when what is said changes.

        Args:
            asserted: what is said now, ``added`` included and ``removed`` not. For an
                audience within others, what those hold (with what follows from it) counts as said.
            inferred: what followed before.
            added: what is said since.
            removed: what is not said any more.

        Returns:
            What now follows, and what follows no longer. After both,
            ``inferred`` is what :meth:`closure` would draw from scratch.
        """
        revision = Revision(self._horn, asserted, inferred)
        revision.remove(removed)
        revision.extend(added)
        changed = revision.changed() | added | removed
        view = WithoutClasses(revision, asserted, self._horn, self._heads, self._above_heads)
        verdicts: dict[Triple, bool] = {}
        for derived in self._derived:
            things = derived.concerned(changed, view)
            holds = derived.fire(derived.neighbourhood(things, view)) if things else set()
            verdicts |= {Triple(thing, TYPE, derived.cls): thing in holds for thing in things}
        revision.decide(verdicts)
        return revision.result()
