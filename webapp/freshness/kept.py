"""The members of clusters and how well kept they are, remembered until something changes."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from pyoxigraph import NamedNode

from graph import (
    Knowledge,
    Thing,
    Upkeep,
    Viewer,
    doubtful_pairs,
    networks_of_each,
    upkeep_of,
)
from ontology import CR

_MOST: Final = 16
"""Clusters that are remembered, each for one set of audiences."""

Doubles = dict[str, tuple[Thing, ...]]
"""Member to the things that it may be the same as, the likeliest first."""


@dataclass(frozen=True)
class Members:
    """The members of a cluster, as one viewer may know them.

    Attributes:
        things: the organisations that a list lets in which may, sorted by IRI.
        upkeep: how well kept each is, by IRI.
    """

    things: tuple[Thing, ...]
    upkeep: dict[str, Upkeep]


class Kept:
    """Remembers the members of clusters; a commit makes it look again.

    Args:
        knowledge: what is known.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lock = Lock()
        self._known: OrderedDict[tuple[str, tuple[str, ...]], tuple[int, Members]] = OrderedDict()
        self._doubles: OrderedDict[tuple[str, tuple[str, ...]], tuple[int, Doubles]] = OrderedDict()

    def members(self, cluster: str, viewer: Viewer) -> Members:
        """The members of a cluster (by its IRI) that a viewer may read."""
        view = self._knowledge.view(viewer)
        key = (cluster, view.audiences)
        with self._lock:
            known = self._known.get(key)
            if known is not None and known[0] == view.generation:
                self._known.move_to_end(key)
                return known[1]
        found = self._look(cluster, viewer)
        with self._lock:
            self._known[key] = (view.generation, found)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return found

    def doubles(self, cluster: str, viewer: Viewer, *, known: bool = False) -> Doubles | None:
        """What the members of a cluster may be the same as, by IRI.

        Everything of their kind is compared, so that this takes longer than all else.

        Args:
            cluster: its IRI.
            viewer: who asks.
            known: only what was found out before; None where nothing was.
        """
        view = self._knowledge.view(viewer)
        key = (cluster, view.audiences)
        with self._lock:
            found = self._doubles.get(key)
            if found is not None and found[0] == view.generation:
                return found[1]
        if known:
            return None
        own = set(self.members(cluster, viewer).upkeep)
        doubles: Doubles = {}
        pairs = doubtful_pairs(self._knowledge, viewer, own.__contains__, ("organisation",))
        for pair in pairs:
            for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
                thing = view.thing(other)
                if one in own and thing is not None:
                    doubles[one] = (*doubles.get(one, ()), thing)
        with self._lock:
            self._doubles[key] = (view.generation, doubles)
            while len(self._doubles) > _MOST:
                self._doubles.popitem(last=False)
        return doubles

    def _look(self, cluster: str, viewer: Viewer) -> Members:
        view = self._knowledge.view(viewer)
        said = view.statements(predicate=CR + "memberOf", obj=NamedNode(cluster))
        things = {one.iri: one for s in said if (one := view.thing(s.subject))}
        own = {iri for iri, thing in things.items() if thing.kind == "organisation"}
        kind, slug = self._knowledge.addresses.parse(cluster) or ("", "")
        network = f"network:{kind}/{slug}"
        let_in = networks_of_each(self._knowledge, sorted(own))
        members = tuple(things[iri] for iri, networks in let_in.items() if network in networks)
        return Members(members, upkeep_of(self._knowledge, members, viewer))
