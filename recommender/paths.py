"""The strongest short paths from a centre, or several, to what is suggested.

A direct statement explains best. Where there is none, the strongest paths over one thing in
between do, else the strongest over two, else a place that both are in. Last of all come the words
that two descriptions share, and for a thing without any link what is said of such as are
described alike. Things that
explain nothing are never in between, and a country is such a thing: two clusters that are both
in Germany have nothing to do with each other.
"""

from collections.abc import Mapping

import numpy as np

from recommender.arcs import Arcs
from recommender.engine.walk import Integers, Reals

Way = tuple[int, ...]
"""A path: its arcs, from the centre to what is suggested."""


class Paths:
    """Finds the ways from a centre.

    Args:
        arcs: of the snapshot whose nodes are meant.
        centres: the nodes where ways begin, each with what a way from there is worth. A way
            never passes one of them again.
    """

    def __init__(self, arcs: Arcs, centres: Mapping[int, float]) -> None:
        self._arcs = arcs
        size = len(arcs.between)
        worth = np.zeros(size)
        worth[list(centres)] = list(centres.values())
        self._inside = worth > 0
        own = arcs.of_nodes(np.flatnonzero(self._inside))
        own = own[~self._inside[arcs.ends[own]]]
        # Only who has no link is told of words in common, though the walk goes both ways.
        self._alike = own[arcs.similar[own] & arcs.forward[own]]
        own = own[~arcs.similar[own]]
        strengths = arcs.strengths[own] * worth[arcs.starts[own]]
        self._first, self._near = strongest(arcs, own, strengths, size)
        # A thing that stands with a crowd of the centre's kind says nothing about the centre.
        self._hinge = (self._near > 0) & arcs.between & arcs.telling[arcs.turned[self._first]]
        onward = arcs.of_nodes(np.flatnonzero(self._hinge))
        onward = onward[~self._inside[arcs.ends[onward]] & arcs.telling[onward]]
        onward = onward[~arcs.similar[onward]]
        strengths = self._near[arcs.starts[onward]] * arcs.strengths[onward]
        self._second, self._far = strongest(arcs, onward, strengths, size)

    def to(self, nodes: Integers) -> list[tuple[Way, ...]]:
        """For each node at most two ways, the strongest first; none where nothing explains it."""
        direct = self._near[nodes] > 0
        others = iter(self._over_others(nodes[~direct]))
        found = [
            ((first,),) if is_direct else next(others)
            for first, is_direct in zip(self._first[nodes].tolist(), direct.tolist(), strict=True)
        ]
        if len(self._alike):
            bare = [at for at, ways in enumerate(found) if not ways]
            for at, way in zip(bare, self._by_words(nodes[bare]), strict=True):
                found[at] = (way,) if way else ()
        return found

    def _by_words(self, nodes: Integers) -> list[Way]:
        """The ways to nodes that are described like the centre, or joined to one that is."""
        arcs = self._arcs
        first, near = strongest(arcs, self._alike, arcs.strengths[self._alike], len(arcs.between))
        last = arcs.of_nodes(nodes)
        owner = np.repeat(np.arange(len(nodes)), arcs.pointers[nodes + 1] - arcs.pointers[nodes])
        middle = arcs.ends[last]
        telling = arcs.between[middle] & arcs.telling[arcs.turned[last]] & ~arcs.similar[last]
        over = np.where(telling, near[middle] * arcs.strengths[last], 0.0)
        chosen = _greatest(owner, over, len(nodes))
        arc = arcs.turned[last][chosen]
        onward = _told(chosen, first[arcs.starts[arc]], arc)
        return [
            (int(first[node]),) if near[node] > 0 else way
            for node, way in zip(nodes.tolist(), onward, strict=True)
        ]

    def _over_others(self, nodes: Integers) -> list[tuple[Way, ...]]:
        """The ways to nodes that no statement joins to the centre."""
        arcs, near, far = self._arcs, self._near, self._far
        last = arcs.of_nodes(nodes)
        owner = np.repeat(np.arange(len(nodes)), arcs.pointers[nodes + 1] - arcs.pointers[nodes])
        middle = arcs.ends[last]
        across = ~self._inside[middle]
        telling = arcs.between[middle] & across & arcs.telling[arcs.turned[last]]
        telling &= ~arcs.similar[last]
        # A way over two others must not come back to where it ends.
        honest = telling & (arcs.starts[self._second[middle]] != arcs.starts[last])
        onto = arcs.strengths[last]
        two = np.where(telling & self._hinge[middle], near[middle] * onto, 0.0)
        three = np.where(honest, far[middle] * onto, 0.0)
        place = np.where(arcs.local[middle] & across, near[middle] * onto, 0.0)
        count = len(nodes)
        best_two = _greatest(owner, two, count)
        # The second must be over another thing: two relations to one thing tell the same.
        two[(middle == middle[best_two][owner]) & (best_two >= 0)[owner]] = 0.0
        arc = arcs.turned[last]
        choices = zip(
            self._over_one(arc, best_two),
            self._over_one(arc, _greatest(owner, two, count)),
            self._over_two(arc, _greatest(owner, three, count)),
            self._over_one(arc, _greatest(owner, place, count)),
            strict=True,
        )
        found: list[tuple[Way, ...]] = []
        for first, second, longer, local in choices:
            best = first or longer or local
            found.append(tuple(way for way in (best, first and second) if way))
        return found

    def _over_one(self, arcs: Integers, chosen: Integers) -> list[Way]:
        """For each chosen place among last arcs the way that ends there; () for -1."""
        last = arcs[chosen]
        first = self._first[self._arcs.starts[last]]
        return _told(chosen, first, last)

    def _over_two(self, arcs: Integers, chosen: Integers) -> list[Way]:
        last = arcs[chosen]
        second = self._second[self._arcs.starts[last]]
        first = self._first[self._arcs.starts[second]]
        return _told(chosen, first, second, last)


def _told(chosen: Integers, *arcs: Integers) -> list[Way]:
    ways = zip(*(one.tolist() for one in arcs), strict=True)
    return [way if at >= 0 else () for at, way in zip(chosen.tolist(), ways, strict=True)]


def strongest(arcs: Arcs, chosen: Integers, strengths: Reals, size: int) -> tuple[Integers, Reals]:
    """For each node the strongest of the chosen arcs that end there, and its strength or 0."""
    best = np.zeros(size)
    np.maximum.at(best, arcs.ends[chosen], strengths)
    winners = np.flatnonzero(strengths == best[arcs.ends[chosen]])[::-1]
    arc = np.zeros(size, np.int64)
    arc[arcs.ends[chosen][winners]] = chosen[winners]
    return arc, best


def _greatest(owner: Integers, strengths: Reals, count: int) -> Integers:
    """For each owner the first position of the greatest positive strength, or -1."""
    best = np.zeros(count)
    np.maximum.at(best, owner, strengths)
    winners = np.flatnonzero((strengths > 0) & (strengths == best[owner]))[::-1]
    found = np.full(count, -1, np.int64)
    found[owner[winners]] = winners
    return found
