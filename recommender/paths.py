"""The strongest short paths from a centre to what is suggested.

A direct statement explains best. Where there is none, the strongest paths over one thing in
between do, else the strongest over two, and last of all a place that both are in. Things that
explain nothing are never in between, and a country is such a thing: two clusters that are both
in Germany have nothing to do with each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ontology import CR
from recommender.arcs import Arcs, Flags
from recommender.engine.walk import Integers, Reals
from recommender.relations import NUMBER_OF
from recommender.snapshot import KIND_NUMBER, Snapshot

_SILENT: Final = tuple(KIND_NUMBER[kind] for kind in ("place", "figure", "source"))
"""Kinds that are not in between, but for places at the very last."""

_PART_OF: Final = NUMBER_OF[CR + "partOf"]


@dataclass(frozen=True)
class Way:
    """A path: the arcs from the centre to the suggestion, and its strength."""

    arcs: tuple[int, ...]
    strength: float


class Paths:
    """Finds the ways from one centre.

    Args:
        snapshot: whose nodes are meant.
        arcs: its arcs.
        centre: the node where ways begin.
    """

    def __init__(self, snapshot: Snapshot, arcs: Arcs, centre: int) -> None:
        self._arcs = arcs
        self._centre = centre
        self._telling: Flags = ~np.isin(snapshot.kinds, _SILENT)
        self._local = _local(snapshot)
        size = len(snapshot.iris)
        own = arcs.of_nodes(np.array([centre]))
        self._first, self._near = _strongest(arcs, own, arcs.strengths[own], size)
        middles = np.flatnonzero((self._near > 0) & self._telling)
        onward = arcs.of_nodes(middles)
        onward = onward[(arcs.ends[onward] != centre) & arcs.telling[onward]]
        strengths = self._near[arcs.starts[onward]] * arcs.strengths[onward]
        self._second, self._far = _strongest(arcs, onward, strengths, size)

    def to(self, nodes: Integers) -> list[tuple[Way, ...]]:
        """For each node at most two ways, the strongest first; none where nothing explains it."""
        arcs, near, far = self._arcs, self._near, self._far
        last = arcs.of_nodes(nodes)
        owner = np.repeat(np.arange(len(nodes)), arcs.pointers[nodes + 1] - arcs.pointers[nodes])
        middle = arcs.ends[last]
        telling = self._telling[middle] & (middle != self._centre) & arcs.telling[arcs.turned[last]]
        two = np.where(telling, near[middle] * arcs.strengths[last], 0.0)
        # A way over two others must not come back to where it ends.
        through = arcs.starts[self._second[middle]]
        honest = telling & (through != arcs.starts[last])
        three = np.where(honest, far[middle] * arcs.strengths[last], 0.0)
        here = self._local[middle] & (middle != self._centre)
        place = np.where(here, near[middle] * arcs.strengths[last], 0.0)
        choices = [
            (_two_best(owner, two), two, 2, 2),
            (_two_best(owner, three), three, 3, 1),
            (_two_best(owner, place), place, 2, 1),
        ]
        found: list[tuple[Way, ...]] = []
        for at, node in enumerate(nodes.tolist()):
            if near[node] > 0:
                found.append((Way((int(self._first[node]),), float(near[node])),))
                continue
            for best, strengths, length, most in choices:
                if at in best:
                    found.append(self._ways(last, strengths, best[at][:most], length))
                    break
            else:
                found.append(())
        return found

    def _ways(
        self, last: Integers, strengths: Reals, chosen: Sequence[int], length: int
    ) -> tuple[Way, ...]:
        ways = []
        for at in chosen:
            arc = int(self._arcs.turned[last[at]])
            middle = int(self._arcs.starts[arc])
            before = [int(self._first[middle])]
            if length == 3:
                second = int(self._second[middle])
                before = [int(self._first[self._arcs.starts[second]]), second]
            ways.append(Way((*before, arc), float(strengths[at])))
        return tuple(ways)


def _strongest(arcs: Arcs, chosen: Integers, strengths: Reals, size: int) -> tuple[Integers, Reals]:
    """For each node the strongest of the chosen arcs that end there, and its strength or 0."""
    best = np.zeros(size)
    np.maximum.at(best, arcs.ends[chosen], strengths)
    winners = np.flatnonzero(strengths == best[arcs.ends[chosen]])[::-1]
    arc = np.zeros(size, np.int64)
    arc[arcs.ends[chosen][winners]] = chosen[winners]
    return arc, best


def _two_best(owner: Integers, strengths: Reals) -> dict[int, tuple[int, ...]]:
    """For each owner the positions of the one or two greatest positive strengths."""
    positive = np.flatnonzero(strengths > 0)
    order = positive[np.lexsort((positive, -strengths[positive], owner[positive]))]
    found: dict[int, tuple[int, ...]] = {}
    for at, whose in zip(order.tolist(), owner[order].tolist(), strict=True):
        before = found.get(whose, ())
        if len(before) < 2:
            found[whose] = (*before, at)
    return found


def _local(snapshot: Snapshot) -> Flags:
    """The places that lie in a wider one: not countries."""
    local = np.zeros(len(snapshot.iris), bool)
    local[snapshot.heads[snapshot.relations == _PART_OF]] = True
    return local & (snapshot.kinds == KIND_NUMBER["place"])
