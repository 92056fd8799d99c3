"""What the nodes and edges of a terrain are called in one language."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from graph import Thing, View
from recommender.answer import Node, Step
from recommender.likeness import telling
from recommender.relations import RELATIONS
from recommender.sentences import Hop, Named
from recommender.terrain import Terrain
from recommender.texts import Text, texts_of

Kept = TypeVar("Kept")

_REMEMBERED: Final = 50_000
"""Names of one sort that are kept; then they are forgotten and the keeping begins anew."""


class Names:
    """Names in one language, remembered: answers share most of what they tell.

    Args:
        terrain: whose nodes and arcs are meant.
        view: what the terrain was made of.
        thing: what stands at an IRI.
        lang: ``de`` or ``en``.
    """

    def __init__(
        self,
        terrain: Terrain,
        view: View,
        thing: Callable[[str], Thing],
        lang: str,
    ) -> None:
        self._view = view
        self._snapshot = terrain.snapshot
        self._arcs = terrain.arcs
        self._thing = thing
        self._lang = lang
        self._relations = [view.label(relation.iri, lang) for relation in RELATIONS]
        self._nodes: dict[int, Node] = {}
        self._named: dict[int, Named] = {}
        self._hops: dict[int, Hop] = {}
        self._steps: dict[int, Step] = {}

    def node(self, node: int) -> Node:
        """A node as an answer shows it."""
        found = self._nodes.get(node)
        if found is None:
            found = as_node(self._thing(self._snapshot.iris[node]), self._lang)
            _keep(self._nodes, node, found)
        return found

    def named(self, node: int) -> Named:
        """A node as a sentence names it."""
        found = self._named.get(node)
        if found is None:
            kind = self._snapshot.listings.get(node) or self._snapshot.kind(node)
            found = Named(kind, self.node(node).label)
            _keep(self._named, node, found)
        return found

    def hop(self, arc: int) -> Hop:
        """An arc as a sentence tells it."""
        found = self._hops.get(arc)
        if found is None:
            found = Hop(
                RELATIONS[self._arcs.relations[arc]].name,
                bool(self._arcs.forward[arc]),
                self.named(int(self._arcs.ends[arc])),
                self._shared_words(arc) if self._arcs.similar[arc] else (),
            )
            _keep(self._hops, arc, found)
        return found

    def step(self, arc: int) -> Step:
        """An arc as an answer shows it."""
        found = self._steps.get(arc)
        if found is None:
            relation = int(self._arcs.relations[arc])
            found = Step(
                node=self.node(int(self._arcs.ends[arc])),
                relation=RELATIONS[relation].iri,
                label=self._relations[relation],
                forward=bool(self._arcs.forward[arc]),
            )
            _keep(self._steps, arc, found)
        return found

    def _shared_words(self, arc: int) -> tuple[str, ...]:
        """The words that the two ends of an arc are both described with."""
        words = self._snapshot.words
        if words is None:
            return ()
        ours, theirs = (
            self._texts(int(ends[arc])) for ends in (self._arcs.starts, self._arcs.ends)
        )
        return words.shared(ours, theirs, self._lang)

    def _texts(self, node: int) -> Sequence[Text]:
        iri = self._snapshot.iris[node]
        return telling(self._snapshot.kind(node), texts_of(self._view, iri).get(iri, []))


def as_node(thing: Thing, lang: str) -> Node:
    """A thing as an answer shows it."""
    return Node(
        iri=thing.iri,
        kind=thing.kind,
        slug=thing.slug,
        label=thing.label(lang),
        context=thing.context(lang),
        as_of=thing.as_of,
        invented=thing.invented,
        historical=thing.historical,
    )


def _keep(kept: dict[int, Kept], number: int, one: Kept) -> None:
    if len(kept) >= _REMEMBERED:
        kept.clear()
    kept[number] = one
