"""The reasoner: everything that follows, from scratch or after a change.

Two strata. The Horn rules (:mod:`graph.inference.horn`) come first; the named rules
(:mod:`graph.inference.named`) are decided over what is said and what those draw, and what
they conclude only climbs the class hierarchy: no rule sees another's conclusion.

Deletion is "delete and rederive" (Gupta, Mumick and Subrahmanian, 1993): whatever may rest on a
removed statement is taken out, then what still has another derivation comes back.
"""

from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import Triple

from graph.inference.horn import TYPE, Horn
from graph.inference.revision import Revision
from graph.inference.statements import Layers, Memory, Statements
from graph.inference.strata import NamedRules
from ontology import Rule, Schema
from ontology import rules as ontology_rules
from ontology import schema as ontology_schema


class Reasoner:
    """Draws conclusions by the ontology; independent of any store.

    Args:
        schema: the axioms; by default those of the ontology.
        rules: the named rules; by default those of the ontology.

    """

    def __init__(self, schema: Schema | None = None, rules: tuple[Rule, ...] | None = None) -> None:
        self._horn = Horn(ontology_schema() if schema is None else schema)
        self._given_rules = rules

    @cached_property
    def _named(self) -> NamedRules:
        # A command that only reads does not pay for parsing them.
        return NamedRules(
            ontology_rules() if self._given_rules is None else self._given_rules, self._horn
        )

    def closure(
        self,
        premises: Iterable[Triple],
        base: Statements | None = None,
        said: Statements | None = None,
    ) -> set[Triple]:
        """What follows from base and premises with at least one premise from ``premises``.

        Args:
            premises: what is said.
            base: what is known besides, with what follows from it.
            said: what of the base is said; all of it, if not given. The named rules do not
                see what named rules concluded from it.

        Returns:
            The conclusions that neither ``premises`` nor ``base`` has already.
        """
        known = Memory(premises)
        asserted = None if base is None else Memory(known)
        state = known if base is None else Layers(base, top=known)
        new = self._horn.spread(tuple(known), state)
        if base is None or asserted is None:
            heads = self._named.conclusions(known)
        else:
            changed = known.triples | self._classes_above(known)
            whole = Layers(base if said is None else said, top=asserted)
            verdicts = self._named.verdicts(changed, state, whole)
            heads = {head for head, holds in verdicts.items() if holds}
        climbed = {above for head in heads for above in self._horn.simple(head)}
        return new | {triple for triple in heads | climbed if triple not in state}

    def update(
        self,
        asserted: Statements,
        inferred: Statements,
        added: set[Triple],
        removed: set[Triple],
        said: Statements | None = None,
    ) -> tuple[set[Triple], set[Triple]]:
        """What changes in the conclusions when what is said changes.

        Args:
            asserted: what is said now, ``added`` included and ``removed`` not. For an
                audience within others, what those hold (with what follows from it) counts as said.
            inferred: what followed before.
            added: what is said since.
            removed: what is not said any more.
            said: what of ``asserted`` is said by anybody; all of it, if not given. The named
                rules do not see what named rules concluded for others.

        Returns:
            What now follows, and what follows no longer. After both,
            ``inferred`` is what :meth:`closure` would draw from scratch.
        """
        revision = Revision(self._horn, asserted, inferred)
        revision.remove(removed)
        revision.extend(added)
        changed = revision.changed() | added | removed | self._classes_above(added | removed)
        revision.decide(self._named.verdicts(changed, revision, asserted if said is None else said))
        return revision.result()

    def _classes_above(self, changed: Iterable[Triple]) -> set[Triple]:
        """The classes that follow from changed classes, be they known already or still.

        A class may stand on a named rule's conclusion before or after, and so be no change
        at all, and yet be one for the rules, which do not count that conclusion.
        """
        classes = (t for t in changed if t.predicate == TYPE)
        return {conclusion for t in classes for conclusion in self._horn.simple(t)}
