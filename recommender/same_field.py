"""The lens *same field*: who and what has to do with the same subjects, linked or not."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from recommender.bridges import Bridges
from recommender.engine.walk import Reals
from recommender.matches import Match
from recommender.subjects import Subjects, row_of

_TRIED: Final = 3
"""Subjects in common that are tried to explain a suggestion, the weightiest first."""


class SameField:
    """Compares fields.

    The score is the cosine between the field of the middle and that of each thing, where
    subjects that are close to each other count in part.

    Args:
        subjects: of the snapshot whose nodes are meant.
        seeds: the middle, each seed with its weight.
        bridges: finds the ways to subjects.

    Attributes:
        near: shape (nodes,): how much of the field of the middle each node shares.
    """

    def __init__(self, subjects: Subjects, seeds: Mapping[int, float], bridges: Bridges) -> None:
        self._subjects = subjects
        self._seeds = seeds
        self._bridges = bridges
        nodes = np.array(list(seeds), np.int64)
        weights = np.array(list(seeds.values()))
        field: Reals = np.asarray(subjects.fields[nodes].T @ weights).ravel()
        self._wanted: Reals = np.asarray(subjects.close @ field).ravel()
        self._own: dict[int, dict[int, float]] = {}
        for seed in seeds:
            own, worth = row_of(subjects.fields, seed)
            self._own[seed] = dict(zip(own.tolist(), worth.tolist(), strict=True))
        self._closest: dict[int, tuple[int, int]] = {}
        self.near: Reals = np.asarray(subjects.fields @ self._wanted).ravel()

    def match(self, node: int) -> Match | None:
        """What a node shares with the middle, or None where no statements say it."""
        own, values = row_of(self._subjects.fields, node)
        worth = values * self._wanted[own]
        order = np.lexsort((own, -worth.round(9)))
        shared = own[order][worth[order] > 0].tolist()
        for subject in shared[:_TRIED]:
            seed, mine = self._whose(subject)
            here = self._bridges.to_subject(seed, mine, without=node)
            across = self._bridges.direct(mine, subject) if mine != subject else ()
            there = self._bridges.to_subject(node, subject, without=seed)
            gaps = (not here and seed != mine, not across and mine != subject)
            if any(gaps) or (not there and node != subject):
                continue
            if self._bridges.meet(here, there):
                continue
            others = (one for one in shared if one != subject and one in self._own[seed])
            also = next(others, -1) if mine == subject else -1
            if way := (*here, *across, *self._bridges.back(there)):
                return Match(seed, seed, "", mine, "", subject, also, way)
        return None

    def _whose(self, subject: int) -> tuple[int, int]:
        """The seed that has most to do with a subject, and its own subject that is closest."""
        found = self._closest.get(subject)
        if found is None:
            near, closeness = row_of(self._subjects.close, subject)
            there = list(zip(near.tolist(), closeness.tolist(), strict=True))
            choices = [
                (-round(weight * own[mine] * close, 9), seed, mine)
                for (seed, weight), own in zip(self._seeds.items(), self._own.values(), strict=True)
                for mine, close in there
                if mine in own
            ]
            _, *best = min(choices)
            found = self._closest[subject] = (best[0], best[1])
        return found
