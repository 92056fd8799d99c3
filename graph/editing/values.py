"""The values of an edit, checked and ready to be said."""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph.audience import readable
from graph.editing.changes import PropertyChange, Said
from graph.editing.messages import not_yours, too_wide
from graph.importing.called import ThingsThere
from graph.importing.naming import Names
from graph.knowledge import Knowledge, View
from graph.knowledge.resolving import context
from graph.source_names import EDITS
from graph.store import NodeTerm, normal, object_of
from ontology import KINDS, RDF, checks

_TYPE: Final = RDF + "type"


class Values:
    """Makes terms of what a member wrote, and sees that no value tells what it may not.

    Args:
        knowledge: what is known.
        view: of the editor.
        kind: of the thing that is edited.
        new: the IRI of a thing that is being made; empty: none.
        new_audience: who may read that there is such a thing.
    """

    def __init__(
        self, knowledge: Knowledge, view: View, kind: str, new: str = "", new_audience: str = ""
    ) -> None:
        self._knowledge = knowledge
        self._addresses = knowledge.addresses
        self._view = view
        self._kind = kind
        self._new = new
        self._new_audience = new_audience
        self._names: dict[str, Names] = {}

    def by_audience(self, change: PropertyChange) -> dict[str, frozenset[NodeTerm]]:
        """The values that a change wants to be said, in the form of the store.

        Raises:
            KnowledgeError: an audience is not the editor's, or may not know a value.
        """
        found: dict[str, set[NodeTerm]] = {}
        for said in change.values:
            if said.audience not in readable(self._view.viewer):
                raise not_yours(said.audience)
            found.setdefault(said.audience, set()).add(self._term(change.property, said))
        return {audience: _normal(terms) for audience, terms in found.items()}

    def check_known(self, iri: str, audience: str) -> None:
        """Refuse to tell an audience of a thing that it does not know.

        Raises:
            KnowledgeError: it does not know it.
        """
        parsed = self._addresses.parse(iri)
        if parsed is None or parsed[0] not in KINDS:
            return
        made_here = iri == self._new and self._new_audience in context(audience)
        if not made_here and self._within(audience).thing(iri) is None:
            raise too_wide(audience, parsed[1])

    def _within(self, audience: str) -> View:
        return self._knowledge.view(self._view.viewer, within=audience)

    def _term(self, property_: str, said: Said) -> NodeTerm:
        if isinstance(said.value, str):
            kinds = self._kinds(property_)
            return self._word(said.value, kinds, said.audience) if kinds else Literal(said.value)
        if isinstance(said.value, NamedNode):
            self.check_known(said.value.value, said.audience)
        return said.value

    def _kinds(self, property_: str) -> tuple[str, ...]:
        """The kinds of things that a property points at; none for texts and numbers."""
        found = {k for c in checks(self._kind).properties if c.path == property_ for k in c.kinds}
        return tuple(kind for kind in KINDS if kind in found)

    def _word(self, text: str, kinds: tuple[str, ...], audience: str) -> NamedNode:
        """The one thing that is called so, as far as the audience may know; else a word."""
        names = self._names.get(audience)
        if names is None:
            names = Names(ThingsThere(self._knowledge, self._within(audience)))
            self._names[audience] = names
        found, _ = names.look_up(text, kinds)
        if len(found) == 1:
            return NamedNode(found[0])
        return NamedNode(self._addresses.term(EDITS, "+".join(kinds), text))


def with_kind(change: PropertyChange, kind: str) -> PropertyChange:
    """A change of what a thing is leaves it of its kind."""
    if change.property != _TYPE or not change.values:
        return change
    general = tuple(Said(NamedNode(KINDS[kind].iri), said.audience) for said in change.values)
    return PropertyChange(_TYPE, tuple(dict.fromkeys((*change.values, *general))))


def _normal(terms: Iterable[NodeTerm]) -> frozenset[NodeTerm]:
    node = NamedNode("x:any")
    return frozenset(map(object_of, normal(Quad(node, node, term, node) for term in terms)))
