"""What the things are called that are there already, read from the store as it is asked for.

The cards of :meth:`~graph.knowledge.View.things` say the same and much more, at ten times the
cost.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Quad

from graph.importing.naming import Called
from graph.knowledge import Knowledge, View
from graph.knowledge.things import names_by_language
from graph.model import Term
from graph.store import object_of, subject_of
from ontology import KINDS, RDF, RDFS, SKOS

_TYPE: Final = NamedNode(RDF + "type")
_LABEL: Final = NamedNode(RDFS + "label")
_PREF_LABEL: Final = NamedNode(SKOS + "prefLabel")
_ALT_LABEL: Final = NamedNode(SKOS + "altLabel")

Texts = dict[NamedNode, dict[NamedNode, list[Term]]]
"""Thing to naming property to names."""


class ThingsThere:
    """The things that a viewer may read.

    Args:
        knowledge: where they are.
        view: of the viewer.
    """

    def __init__(self, knowledge: Knowledge, view: View) -> None:
        self._store = knowledge.store
        self._addresses = knowledge.addresses
        self._said = [NamedNode(self._addresses.read_graph(one)) for one in view.audiences]
        self._follows = [NamedNode(self._addresses.inferred_graph(one)) for one in view.audiences]
        self._texts: Texts | None = None

    def thing(self, kind: str, slug: str) -> str:
        """The thing with this slug, or empty."""
        if kind not in KINDS or not slug:
            return ""
        iri = self._addresses.thing(kind, slug)
        node, cls = NamedNode(iri), NamedNode(KINDS[kind].iri)
        there = any(Quad(node, _TYPE, cls, graph) in self._store for graph in self._said)
        return iri if there else ""

    def called(self, kind: str) -> Iterator[Called]:
        """All things of a kind, with all their names."""
        if kind not in KINDS:
            return
        texts = self._all_texts()
        cls = NamedNode(KINDS[kind].iri)
        things = {
            subject_of(quad)
            for graph in self._said
            for quad in self._store.match(None, _TYPE, cls, graph)
        }
        for thing in things:
            parsed = self._addresses.parse(thing.value)
            if parsed and parsed[0] == kind:
                own = texts.get(thing, {})
                others = [text.value for text in own.get(_ALT_LABEL, ())]
                yield thing.value, parsed[1], [*names_by_language(own).values(), *others]

    def _all_texts(self) -> Texts:
        if self._texts is None:
            self._texts = {}
            for predicate in (_LABEL, _PREF_LABEL, _ALT_LABEL):
                # A label that follows from another name must not pass for the thing's own.
                inferred = self._follows if predicate == _ALT_LABEL else []
                for graph in (*self._said, *inferred):
                    for quad in self._store.match(None, predicate, None, graph):
                        own = self._texts.setdefault(subject_of(quad), {})
                        own.setdefault(predicate, []).append(object_of(quad))
        return self._texts
