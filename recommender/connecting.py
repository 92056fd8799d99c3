"""How any two things are connected: short ways that explain something, searched from both ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from recommender.arcs import Arcs, Flags
from recommender.engine.walk import Integers, Reals
from recommender.paths import Way, strongest

LONGEST: Final = 6
"""Statements that a connection has at most; what is further apart has nothing to do with
each other that anybody would want to hear."""


class Connecting:
    """Finds connections.

    A way never passes what explains nothing: countries, figures, sources, and whatever is tied
    in the same way to a crowd of the kind of its neighbour on the way. Where there is no other
    way, a place within a country may be passed, and last of all what is described alike.

    Args:
        arcs: of the snapshot whose nodes are meant.
    """

    def __init__(self, arcs: Arcs) -> None:
        self._arcs = arcs

    def ways(self, one: int, other: int, most: int) -> list[Way]:
        """At most so many ways, the shortest first, the strongest of equals; none passes what
        an earlier one passed."""
        arcs = self._arcs
        for passable, alike in (
            (arcs.between, False),
            (arcs.between | arcs.local, False),
            (arcs.between, True),
        ):
            found = list(self._distinct(one, other, most, passable.copy(), alike=alike))
            if found:
                return found
        return []

    def _distinct(
        self, one: int, other: int, most: int, passable: Flags, *, alike: bool
    ) -> Iterator[Way]:
        usable = np.ones(len(self._arcs.ends), bool) if alike else ~self._arcs.similar
        for _ in range(most):
            way = _Search(self._arcs, passable, usable).between(one, other)
            if not way:
                return
            yield way
            if len(way) == 1:
                usable[[way[0], self._arcs.turned[way[0]]]] = False
            passable[self._arcs.ends[list(way[:-1])]] = False


@dataclass(eq=False)
class _Side:
    """What has been reached from one end.

    Attributes:
        end: where it began.
        goal: where it is to come.
        newest: the nodes reached with the last step.
        worth: shape (nodes,): the product of the strengths on the best way; 0 where none leads.
        by: shape (nodes,): the arc by which a node was reached.
        steps: how many were taken.
    """

    end: int
    goal: int
    newest: Integers
    worth: Reals
    by: Integers
    steps: int = 0

    @classmethod
    def at(cls, end: int, goal: int, size: int) -> "_Side":
        """Before the first step."""
        worth = np.zeros(size)
        worth[end] = 1.0
        return cls(end, goal, np.array([end], np.int64), worth, np.zeros(size, np.int64))


class _Search:
    """One search from both ends, each time from the side that has less to look at."""

    def __init__(self, arcs: Arcs, passable: Flags, usable: Flags) -> None:
        self._arcs = arcs
        self._passable = passable
        self._usable = usable

    def between(self, one: int, other: int) -> Way:
        """The strongest of the shortest ways; empty where there is none."""
        size = len(self._arcs.between)
        here, there = _Side.at(one, other, size), _Side.at(other, one, size)
        while here.steps + there.steps < LONGEST:
            side = min((here, there), key=lambda side: (self._ahead(side), side is there))
            self._step(side)
            if not len(side.newest):
                return ()
            across = here.worth[side.newest] * there.worth[side.newest]
            if across.any():
                middle = int(side.newest[across.argmax()])
                back = self._traced(there, middle)
                turned = [int(self._arcs.turned[arc]) for arc in reversed(back)]
                return (*self._traced(here, middle), *turned)
        return ()

    def _ahead(self, side: _Side) -> int:
        """How many arcs the next step of a side looks at."""
        pointers = self._arcs.pointers
        return int((pointers[side.newest + 1] - pointers[side.newest]).sum())

    def _step(self, side: _Side) -> None:
        arcs = self._arcs
        onward = arcs.of_nodes(side.newest)
        onward = onward[self._usable[onward]]
        ends = arcs.ends[onward]
        goal = ends == side.goal
        kept = (side.worth[ends] == 0) & (goal | self._passable[ends])
        # What stands in between says something of both its neighbours on the way.
        kept &= (arcs.starts[onward] == side.end) | arcs.telling[onward]
        kept &= goal | arcs.telling[arcs.turned[onward]]
        onward = onward[kept]
        worth = side.worth[arcs.starts[onward]] * arcs.strengths[onward]
        side.newest = np.unique(arcs.ends[onward])
        by, best = strongest(arcs, onward, worth, len(side.worth))
        side.by[side.newest] = by[side.newest]
        side.worth[side.newest] = best[side.newest]
        side.steps += 1

    def _traced(self, side: _Side, node: int) -> list[int]:
        """The arcs from where a side began to a node."""
        found = []
        while node != side.end:
            arc = int(side.by[node])
            found.append(arc)
            node = int(self._arcs.starts[arc])
        return found[::-1]
