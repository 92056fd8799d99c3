"""Ways from a thing to one of its subjects, and between subjects: what a match is made of."""

import numpy as np

from recommender.arcs import Arcs, Flags
from recommender.engine.walk import Integers
from recommender.paths import Way
from recommender.subjects import SUBJECT_RELATIONS


class Bridges:
    """Finds the shortest way from a thing to a subject, the strongest of equals.

    Args:
        arcs: of the snapshot whose nodes are meant.
    """

    def __init__(self, arcs: Arcs) -> None:
        self._arcs = arcs
        self._of: dict[int, Integers] = {}

    def to_subject(
        self, node: int, subject: int, middles: Flags | None = None, without: int = -1
    ) -> Way:
        """From a thing to a subject that it has to do with, itself or over one other thing.

        Args:
            node: where the way begins.
            subject: where it ends; the node itself is no way at all.
            middles: shape (nodes,): which things have to be in between; None: none, or any where
                there is no statement of the two.
            without: a thing that must not be in between.

        Returns:
            The arcs; empty where there are none, or none are needed.
        """
        if node == subject:
            return ()
        if middles is None and (direct := self.direct(node, subject)):
            return direct
        arcs, first, last = self._arcs, self._around(node), self._around(subject)
        first = first[(arcs.between if middles is None else middles)[arcs.ends[first]]]
        last = last[np.isin(arcs.relations[last], SUBJECT_RELATIONS)]
        shared = first[np.isin(arcs.ends[first], arcs.ends[last])]
        best: Way = ()
        strongest = 0.0
        for one in shared[arcs.ends[shared] != without].tolist():
            for other in last[arcs.ends[last] == arcs.ends[one]].tolist():
                strength = float(arcs.strengths[one] * arcs.strengths[other])
                if strength > strongest:
                    strongest, best = strength, (one, int(arcs.turned[other]))
        return best

    def direct(self, one: int, other: int) -> Way:
        """The strongest statement that joins two things, as a way from one to the other."""
        arcs, around = self._arcs, self._around(one)
        there = around[(arcs.ends[around] == other) & ~arcs.similar[around]]
        if not len(there):
            return ()
        return (int(there[arcs.strengths[there].argmax()]),)

    def meet(self, one: Way, other: Way) -> bool:
        """Whether two ways to a subject pass the same thing, which then says more than that."""
        return bool(
            {int(self._arcs.ends[a]) for a in one[:-1]}
            & {int(self._arcs.ends[a]) for a in other[:-1]}
        )

    def back(self, way: Way) -> Way:
        """The same way, walked from its end."""
        return tuple(int(self._arcs.turned[arc]) for arc in reversed(way))

    def _around(self, node: int) -> Integers:
        found = self._of.get(node)
        if found is None:
            found = self._of[node] = self._arcs.of_nodes(np.array([node], np.int64))
        return found
