"""What answers are worked out on: one snapshot for all viewers who may read the same."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Protocol

from graph import ANONYMOUS, KnowledgeError, Thing, View, Viewer
from ontology import Bilingual
from recommender.answer import Node
from recommender.naming import Names, as_node
from recommender.snapshot import Snapshot
from recommender.terrain import Terrain

KEPT: Final = 8
"""Grounds that are kept: audiences beyond that number take turns."""

_READ_AT_ONCE: Final = 50_000
"""Things up to which all names are read in one go, which is cheaper than one by one."""


class Knowable(Protocol):
    """What the radar needs of :class:`graph.Knowledge`."""

    def view(self, viewer: Viewer) -> View: ...


@dataclass(frozen=True, eq=False)
class Ground:
    """A view with all that is derived from it once.

    Attributes:
        view: what the viewers may read.
        terrain: its nodes and edges.
    """

    view: View
    terrain: Terrain
    _things: dict[str, Thing] = field(default_factory=dict, init=False, repr=False)
    _names: dict[str, Names] = field(default_factory=dict, init=False, repr=False)

    def thing(self, iri: str) -> Thing:
        """A thing of the view, under the IRI it has now.

        Raises:
            KnowledgeError: there is none that these viewers may read.
        """
        found = self._things.get(iri) or self.view.thing(iri) or self.view.redirect(iri)
        if found is None:
            raise KnowledgeError(
                Bilingual(
                    en=f"There is nothing with the address {iri}.",
                    de=f"Es gibt nichts mit der Adresse {iri}.",
                ),
                Bilingual(en="The search finds things by name.", de="Die Suche findet Namen."),
            )
        self._things[iri] = found
        return found

    def node(self, iri: str, lang: str) -> Node:
        """A thing as an answer shows it."""
        return as_node(self.thing(iri), lang)

    def names(self, lang: str) -> Names:
        """What nodes and edges are called in a language."""
        found = self._names.get(lang)
        if found is None:
            found = Names(self.terrain, self.view, self.thing, lang)
            self._names[lang] = found
        return found


class Grounds:
    """The grounds of the newest generation, one for each set of audiences."""

    def __init__(self, knowledge: Knowable) -> None:
        self._knowledge = knowledge
        self._kept: OrderedDict[tuple[str, ...], Ground] = OrderedDict()
        self._lock = Lock()

    def of(self, viewer: Viewer) -> Ground:
        """What a viewer's answers are worked out on; built anew after every commit."""
        view = self._knowledge.view(viewer)
        with self._lock:
            kept = self._kept.get(view.audiences)
            if kept is None or kept.view.generation != view.generation:
                public = self._knowledge.view(ANONYMOUS)
                same = public.audiences == view.audiences
                kept = Ground(view, Terrain(Snapshot.of(view, None if same else public)))
                if len(kept.terrain.snapshot.iris) <= _READ_AT_ONCE:
                    view.things()
                self._kept[view.audiences] = kept
            self._kept.move_to_end(view.audiences)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return kept
