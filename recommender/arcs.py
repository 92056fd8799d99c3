"""The edges of a snapshot seen from each of their ends, for finding paths that explain."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ontology import CR
from recommender.engine.walk import Integers, Reals
from recommender.relations import NUMBER_OF, SIMILAR
from recommender.snapshot import KIND_NUMBER, Snapshot

_SILENT: Final = tuple(KIND_NUMBER[kind] for kind in ("place", "figure", "source"))
_PART_OF: Final = NUMBER_OF[CR + "partOf"]
_SIMILAR: Final = NUMBER_OF[SIMILAR]

Flags = npt.NDArray[np.bool_]

CROWD: Final = 10
"""Ties of one sort to one kind that are never a crowd below this number."""

CROWD_SHARE: Final = 1 / 3
"""Share of all things of a kind that makes a crowd."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """Every statement twice, once from each end, sorted by where it starts.

    Attributes:
        pointers: shape (nodes + 1,): the arcs of node ``n`` are ``pointers[n]:pointers[n + 1]``.
        starts, ends: shape (arcs,): nodes.
        relations: shape (arcs,): numbers of properties.
        forward: shape (arcs,): whether the statement reads from start to end.
        strengths: shape (arcs,): weight over the square root of both ends' degrees, so
            that a path is the stronger the fewer others run through its middle.
        turned: shape (arcs,): the same statement seen from its other end.
        telling: shape (arcs,): whether it says anything to come from the start to the end. It
            does not where the start is tied in the same way to a third of all of the end's
            kind: a ministry that pays for every project does not join any two of them.
        between: shape (nodes,): whether a node may stand in between and explain something.
        similar: shape (arcs,): whether only words in common join the two ends.
        local: shape (nodes,): whether it is a place within a wider one, so not a country: it
            may explain where nothing else does.
    """

    pointers: Integers
    starts: Integers
    ends: Integers
    relations: Integers
    forward: Flags
    strengths: Reals
    turned: Integers
    telling: Flags
    between: Flags
    similar: Flags
    local: Flags

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Arcs":
        """The arcs of a snapshot's edges."""
        size, count = len(snapshot.iris), len(snapshot.heads)
        starts = np.concatenate([snapshot.heads, snapshot.tails])
        ends = np.concatenate([snapshot.tails, snapshot.heads])
        relations = np.concatenate([snapshot.relations, snapshot.relations])
        forward = np.arange(2 * count) < count
        weights = snapshot.tuning.weights()[relations]
        degrees = np.bincount(starts, weights, minlength=size)
        strengths = weights / np.sqrt(degrees[starts] * degrees[ends])
        order = np.lexsort((~forward, relations, ends, starts))
        place = np.empty(2 * count, np.int64)
        place[order] = np.arange(2 * count)
        turned = np.concatenate([place[count:], place[:count]])
        pointers = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(starts, minlength=size), out=pointers[1:])
        return cls(
            pointers,
            starts[order],
            ends[order],
            relations[order],
            forward[order],
            strengths[order],
            turned[order],
            _telling(snapshot.kinds, starts, ends, 2 * relations + ~forward)[order],
            ~np.isin(snapshot.kinds, _SILENT),
            relations[order] == _SIMILAR,
            _local(snapshot),
        )

    def of_nodes(self, nodes: Integers) -> Integers:
        """The arcs that start at any of some nodes, node by node."""
        first = self.pointers[nodes]
        counts = self.pointers[nodes + 1] - first
        until = np.cumsum(counts)
        whole = int(until[-1]) if len(until) else 0
        found: Integers = np.repeat(first - until + counts, counts) + np.arange(whole)
        return found


def _telling(kinds: Integers, starts: Integers, ends: Integers, ties: Integers) -> Flags:
    """Which arcs leave from where no crowd of the same kind leaves in the same way."""
    target = kinds[ends]
    places = np.stack([starts, ties, target])
    _, where, alike = np.unique(places, axis=1, return_inverse=True, return_counts=True)
    crowd = alike[where.ravel()]
    all_of_kind = np.bincount(kinds, minlength=int(kinds.max(initial=0)) + 1)[target]
    telling: Flags = (crowd < CROWD) | (crowd < CROWD_SHARE * all_of_kind)
    return telling


def _local(snapshot: Snapshot) -> Flags:
    within = np.zeros(len(snapshot.iris), bool)
    if snapshot.tuning.regions_explain:
        within[snapshot.heads[snapshot.relations == _PART_OF]] = True
    local: Flags = within & (snapshot.kinds == KIND_NUMBER["place"])
    return local
