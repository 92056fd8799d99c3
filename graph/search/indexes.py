"""The indexes of all audiences, kept up with the knowledge."""

from collections import OrderedDict
from itertools import chain
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Triple

from graph.audience import PUBLIC
from graph.folding import Vocabulary
from graph.search.entries import FIELDS, NAME, TEXT, Entry, found_by
from graph.search.index import Index, Numbers
from graph.search.matching import Reading

if TYPE_CHECKING:
    from graph.knowledge import Knowledge, View

CONCEPT_KINDS: Final = frozenset({"competence", "sector", "topic"})
"""The kinds of the thesaurus, whose words compounds are taken apart with."""

_READERS_KEPT = 64
"""Combinations of audiences whose order of things is kept at hand."""

_NAMELESS = 1_000
"""Letters that the name of a thing without a name counts as: it comes last."""


class Indexes:
    """One index an audience, each made when somebody first may read it.

    Not safe for several threads at once: the service takes care of that.

    Args:
        knowledge: what is indexed; its commits are noticed by its generation.
    """

    def __init__(self, knowledge: "Knowledge") -> None:
        self._knowledge = knowledge
        self._generation = -1
        self._of: dict[str, Index] = {}
        self._places: OrderedDict[tuple[str, ...], dict[int, int]] = OrderedDict()
        self.numbers = Numbers(knowledge.addresses)

    @property
    def public(self) -> Reading:
        """What everybody may read."""
        return Reading([self._of[PUBLIC]])

    def reading(self, view: "View") -> Reading:
        """What the viewer of a view may read, at the view's generation."""
        if self._generation != view.generation:
            self._catch_up(view.generation)
        audiences = self._speaking(view)
        for audience in audiences:
            if audience not in self._of:
                self._of[audience] = Index(self.numbers, self._of[PUBLIC].vocabulary)
                self._of[audience].update(self._found(audience))
        return Reading([self._of[audience] for audience in audiences])

    def places(self, view: "View", reading: Reading) -> dict[int, int]:
        """Every thing's place where nothing else decides: short names first, then by IRI."""
        audiences = self._speaking(view)
        places = self._places.get(audiences)
        if places is None:
            places = self._places[audiences] = order_of(reading, self.numbers.iris)
            if len(self._places) > _READERS_KEPT:
                self._places.popitem(last=False)
        return places

    def _speaking(self, view: "View") -> tuple[str, ...]:
        """The public, and those of a viewer's audiences that have something to read.

        Most accounts and rooms have nothing of their own, and so need no index.
        """
        graph = self._knowledge.addresses.read_graph
        return tuple(one for one in view.audiences if one == PUBLIC or graph(one) in view.graphs)

    def _catch_up(self, generation: int) -> None:
        """Read again what every index holds; only what changed is indexed anew."""
        found = self._found(PUBLIC)
        vocabulary = self._vocabulary(found)
        known = self._of.get(PUBLIC)
        if known is None or known.vocabulary != vocabulary:
            # With other words every compound is taken apart differently.
            self._of = {PUBLIC: Index(self.numbers, vocabulary)}
        self._of[PUBLIC].update(found)
        for audience, index in self._of.items():
            if audience != PUBLIC:
                index.update(self._found(audience))
        self._places.clear()
        self._generation = generation

    def _found(self, audience: str) -> dict[str, frozenset[Entry]]:
        addresses, store = self._knowledge.addresses, self._knowledge.store
        graph = NamedNode(addresses.read_graph(audience))
        quads = chain.from_iterable(
            store.match(None, NamedNode(predicate), None, graph) for predicate in FIELDS
        )
        return found_by((Triple(q.subject, q.predicate, q.object) for q in quads), addresses)

    def _vocabulary(self, found: dict[str, frozenset[Entry]]) -> Vocabulary:
        parse = self._knowledge.addresses.parse
        return Vocabulary(
            entry.text
            for iri, entries in found.items()
            if (parse(iri) or ("", ""))[0] in CONCEPT_KINDS
            for entry in entries
            if entry.field != TEXT
        )


def order_of(reading: Reading, iris: list[str]) -> dict[int, int]:
    """Number of a thing to its place: short names first, then by IRI."""
    letters: dict[int, int] = {}
    for index in reading.indexes:
        for thing, entries in index.entries.items():
            shortest = min((len(e.text) for e in entries if e.field == NAME), default=_NAMELESS)
            letters[thing] = min(shortest, letters.get(thing, _NAMELESS))
    ordered = sorted(letters, key=lambda thing: (letters[thing], iris[thing]))
    return {thing: place for place, thing in enumerate(ordered)}
