"""Runs our ranker and the baselines over the heads of a graph, and takes the time.

All look at the same heads in blocks, so that the matrices are read once for many heads; what
a single head costs is timed apart, one ranker after the other, for heads asked alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Any, Final

import numpy as np

from recommender.engine.pagerank import best
from recommender.engine.walk import Integers
from recommender.evaluation.baselines import Baselines
from recommender.evaluation.measures import score
from recommender.evaluation.report import Score
from recommender.evaluation.sets import Known
from recommender.ranking import BLOCK, Learned

OURS: Final = "clusterradar"

_PLACES: Final = 500
"""Places that are kept of each ranking; MRR counts no first hit further down."""

_POOL: Final = 250
_PAIRS: Final = 6_000_000
"""Pairs looked at closer in a whole run; with many heads fewer each."""

_TIMED: Final = 60
_WORKERS: Final = 2

Rankings = dict[str, list[Integers]]


class Race:
    """Our ranker beside the baselines on one graph.

    Args:
        learned: what was learned on another graph.
        graph: where it is to rank.
    """

    def __init__(self, learned: Learned, graph: Known) -> None:
        self._graph = graph
        self._learned = learned
        self._features = learned.features(graph)
        heads = np.array(list(graph.targets), np.int64)
        self._strangeness = learned.strangeness(self._features, heads)
        self._baselines = Baselines(graph)
        self._reach = graph.known()
        self._pool = int(np.clip(_PAIRS / max(len(graph.targets), 1) / 8, 40, _POOL))

    def run(self, progress: Callable[[str], None]) -> tuple[Score, ...]:
        """Rank for every head, and measure; ours comes first."""
        graph = self._graph
        heads = np.array(list(graph.targets), np.int64)
        milliseconds = self._timed(heads)
        blocks = [heads[start : start + BLOCK] for start in range(0, len(heads), BLOCK)]
        rankings: Rankings = {name: [] for name in milliseconds}
        with ThreadPoolExecutor(_WORKERS) as workers:
            for at, found in enumerate(workers.map(self._block, blocks)):
                for name, rows in found.items():
                    rankings[name] += rows
                if at % _TIMED == 0:
                    progress(f"ranking, head {at * BLOCK + 1} of {len(heads)}")
        wanted = [frozenset(found) for found in graph.targets.values()]
        return tuple(
            score(name, rows, wanted, len(graph.candidates), milliseconds[name])
            for name, rows in rankings.items()
        )

    def _block(self, heads: Integers) -> Rankings:
        known = [self._reach.of(int(head)) for head in heads]
        return {OURS: self._ours(heads, known), **self._theirs(heads, known)}

    def _ours(self, heads: Integers, known: Sequence[Integers]) -> list[Integers]:
        table = self._features.table(heads, known, self._pool)
        ranked = self._learned.rank(table, len(heads), self._strangeness)
        return [self._graph.candidates[places[:_PLACES]] for places, _ in ranked]

    def _theirs(self, heads: Integers, known: Sequence[Integers]) -> Rankings:
        return {
            name: list(self._rows(scores(heads), known))
            for name, scores in self._baselines.scorers.items()
        }

    def _rows(self, block: Any, known: Sequence[Integers]) -> Iterator[Integers]:
        position = self._features.position
        for row, without in zip(block, known, strict=True):
            places = position[without]
            scores = np.array(row, np.float64)
            scores[places[places >= 0]] = 0.0
            there = best(np.flatnonzero(scores > 0), scores, _PLACES).nodes
            yield self._graph.candidates[there]

    def _timed(self, heads: Integers) -> Mapping[str, list[float]]:
        """Milliseconds of each ranker for some heads, each asked alone."""
        asked = heads[:: max(1, len(heads) // _TIMED)][:_TIMED]
        found: dict[str, list[float]] = {OURS: [], **{name: [] for name in self._baselines.scorers}}
        self._block(asked[:1])  # what is built once is built before the time is taken
        for head in asked:
            one = np.array([head])
            started = perf_counter()
            self._ours(one, [self._reach.of(int(head))])
            found[OURS].append(1000 * (perf_counter() - started))
            for name, scores in self._baselines.scorers.items():
                started = perf_counter()
                list(self._rows(scores(one), [self._reach.of(int(head))]))
                found[name].append(1000 * (perf_counter() - started))
        return found
