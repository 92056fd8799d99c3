"""Learns from links that came later what each relation is worth in a foreign graph.

Our own properties have reasoned weights (:mod:`recommender.relations`); the relations of an
evaluation set are only words. So their weights, the damping of hubs and how fast old edges
fade are chosen on the set's ``fit`` half: one setting after the other takes the value that
finds the most, in fixed order, from few values that lie far apart. What is learned is as
coarse as what it is learned from.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np

from recommender.engine import PersonalisedPageRank
from recommender.engine.walk import Reals
from recommender.evaluation.ranking import run
from recommender.evaluation.sets import Known

_HEADS: Final = 300
"""Heads to learn from: enough to tell values apart that lie so far from each other."""

_WEIGHTS: Final = (0.0, 0.1, 0.3, 1.0, 3.0)
_HALF_LIVES: Final = (1.0, 2.0, 4.0, np.inf)
_DAMPINGS: Final = (0.0, 0.25, 0.5)
_RESTARTS: Final = (0.15, 0.3, 0.5)
_COARSE: Final = 1e-4


@dataclass(frozen=True)
class Setting:
    """How a foreign graph is walked.

    Attributes:
        weights: the name of each relation and what it is worth; others count 1.
        half_life: in how many units of time an edge loses half of its weight.
        damping: see :class:`recommender.engine.PersonalisedPageRank`.
        restart: likewise.
    """

    weights: tuple[tuple[str, float], ...]
    half_life: float = np.inf
    damping: float = 0.5
    restart: float = 0.15

    def walker(self, graph: Known, tolerance: float = 1e-5) -> PersonalisedPageRank:
        """The engine over a graph."""
        return PersonalisedPageRank(
            graph.heads,
            graph.relations,
            graph.tails,
            weights=_fading(graph.times, self.half_life),
            relation_weights=[dict(self.weights).get(name, 1.0) for name in graph.names],
            size=len(graph.ids),
            restart=self.restart,
            damping=self.damping,
            tolerance=tolerance,
        )

    def __str__(self) -> str:
        weights = ", ".join(f"{name} {weight:g}" for name, weight in self.weights)
        return (
            f"{weights}; half-life {self.half_life:g}; damping {self.damping:g}; "
            f"restart {self.restart:g}"
        )


def _fading(times: Reals, half_life: float) -> Reals:
    """Weight of edges by age; what has no time counts as of today."""
    told = ~np.isnan(times)
    if not told.any() or np.isinf(half_life):
        return np.ones(len(times))
    ages = np.where(told, times[told].max() - times, 0.0)
    return np.exp2(-ages / half_life)


def learn(graph: Known) -> Setting:
    """The setting that finds the most of what came later.

    Args:
        graph: the ``fit`` half of a set; never the other.
    """
    heads = sorted(graph.targets)
    step = max(1, len(heads) // _HEADS)
    sample = {head: graph.targets[head] for head in heads[::step][:_HEADS]}
    reach = graph.known()
    known = {head: reach.of(head) for head in sample}

    @cache
    def found(setting: Setting) -> float:
        walker = setting.walker(graph, _COARSE)
        return run("", walker.scores, sample, known, graph.candidates).ndcg

    best = Setting(tuple((name, 1.0) for name in graph.names))
    for variants in (_restarts, _dampings, _half_lives, *map(_weights, range(len(graph.names)))):
        best = max([best, *variants(best)], key=found)
    return best


def _restarts(setting: Setting) -> list[Setting]:
    return [replace(setting, restart=value) for value in _RESTARTS]


def _dampings(setting: Setting) -> list[Setting]:
    return [replace(setting, damping=value) for value in _DAMPINGS]


def _half_lives(setting: Setting) -> list[Setting]:
    return [replace(setting, half_life=value) for value in _HALF_LIVES]


def _weights(relation: int) -> Callable[[Setting], list[Setting]]:
    def variants(setting: Setting) -> list[Setting]:
        found = []
        for value in _WEIGHTS:
            weights = list(setting.weights)
            weights[relation] = (weights[relation][0], value)
            found.append(replace(setting, weights=tuple(weights)))
        return found

    return variants
