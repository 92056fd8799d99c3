"""The more one enters and does, the better it gets: quality over profile and activity.

Completeness: heads say only a share of what they could of themselves, apart from what is to be
found. Activity: a newcomer, of whom nothing is said, saves some of what the head was linked with.
Where nothing at all is known, what is most popular is shown, as to any newcomer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from graph import View
from recommender.engine import PersonalisedPageRank
from recommender.engine.walk import Reals
from recommender.evaluation.leave_out import Trial, clusters_of, trials
from recommender.evaluation.measures import RING, interval, ndcg, recall, reciprocal_rank
from recommender.evaluation.report import Interval
from recommender.evaluation.sampling import fewer, thinned
from recommender.evaluation.sets import Known, read_set
from recommender.evaluation.study import Study
from recommender.look import Look, Middle
from recommender.snapshot import Snapshot
from recommender.terrain import Terrain

SHARES: Final = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
SAVED: Final = (0, 1, 2, 4, 8)
PROFILE: Final = "profile"
ACTIVITY: Final = "activity"

_DRAWS: Final = 5
_HEADS: Final = 150
_PLACES: Final = 500
_COLUMNS: Final = ("", "MRR", "95 %", "hits@8", "95 %, hits", "nDCG@20")

NOTE: Final = (
    "Profile: the share of the statements about each head that is kept. Activity: how many of the "
    "things that a head was linked with a newcomer has saved, of whom nothing else is known."
)


@dataclass(frozen=True)
class Point:
    """How good suggestions are at one place of a curve.

    Attributes:
        of: :data:`PROFILE` or :data:`ACTIVITY`.
        at: the share of statements, or the number of saved things.
        mrr, hits, ndcg: means over the heads.
        mrr_interval, hits_interval: bootstrap 95 % intervals over the heads.
    """

    of: str
    at: float
    mrr: float
    mrr_interval: Interval
    hits: float
    hits_interval: Interval
    ndcg: float


@dataclass(frozen=True)
class Curve:
    """A curve on one set of data.

    Attributes:
        name: of the data.
        heads: how many were asked.
        points: of both sorts, in order.
    """

    name: str
    heads: int
    points: tuple[Point, ...]

    def study(self) -> Study:
        """The curve as a table."""
        rows = tuple(
            (
                f"profile {one.at:.0%}" if one.of == PROFILE else f"{one.at:.0f} saved",
                one.mrr,
                f"{one.mrr_interval.low:.3f}-{one.mrr_interval.high:.3f}",
                one.hits,
                f"{one.hits_interval.low:.3f}-{one.hits_interval.high:.3f}",
                one.ndcg,
            )
            for one in self.points
        )
        return Study(f"curve, {self.name} ({self.heads} heads)", _COLUMNS, rows, NOTE)


def curve_of_store(view: View) -> Curve:
    """How the radar of a store finds the partners of projects left out.

    Args:
        view: what is known.
    """
    made = trials(Snapshot.of(view))
    points = [
        _point(
            PROFILE, share, ([_profile(one, share, seed) for seed in range(_DRAWS)] for one in made)
        )
        for share in SHARES
    ]
    points += [
        _point(
            ACTIVITY, saved, ([_saved(one, saved, seed) for seed in range(_DRAWS)] for one in made)
        )
        for saved in SAVED
    ]
    return Curve("go-cluster", len(made), tuple(points))


def curve_of_folder(
    folder: Path | str, *, progress: Callable[[str], None] = lambda _step: None
) -> Curve:
    """How the walk of the radar finds what came later on a set.

    The learned ranking takes no part: it would have to be learned anew for each share, and the
    question is what statements and saved things are worth to the radar.

    Args:
        folder: the evaluation set.
        progress: is told what comes next.
    """
    progress("reading")
    found = read_set(Path(folder))
    test = fewer(found.test, _HEADS)
    points = []
    for share in SHARES:
        progress(f"profile {share:.0%}")
        walk = _Walk(test, share)
        points.append(_point(PROFILE, share, ([walk.quality(head)] for head in test.targets)))
    walk = _Walk(test, 0.0)
    for saved in SAVED:
        progress(f"{saved} saved")
        drawn = {head: walk.partners_of(head, saved) for head in test.targets}
        qualities = ([walk.quality(head, some)] for head, some in drawn.items())
        points.append(_point(ACTIVITY, saved, qualities))
    return Curve(found.name, len(test.targets), tuple(points))


Quality = tuple[float, float, float]
"""MRR, hits and nDCG of one ranking."""


def _quality(ranked: Sequence[int], wanted: Iterable[int]) -> Quality:
    targets = set(wanted)
    return reciprocal_rank(ranked, targets), recall(ranked, targets, RING), ndcg(ranked, targets)


def _point(of: str, at: float, heads: Iterable[Sequence[Quality]]) -> Point:
    """The mean over the heads, of each of which the mean over its draws counts."""
    means = np.array([np.mean(draws, axis=0) for draws in heads])
    mrr, hits, gain = means.mean(axis=0).tolist()
    return Point(of, at, mrr, interval(means[:, 0]), hits, interval(means[:, 1]), gain)


def _profile(trial: Trial, share: float, seed: int) -> Quality:
    """With a share of what is said of the coordinator."""
    snapshot, head = trial.snapshot, trial.coordinator
    about = (snapshot.heads == head) | (snapshot.tails == head)
    lot = np.random.default_rng(seed).random(len(about))
    known = snapshot.keeping(~about | (lot < share))
    return _quality(_ranked(known, head, {head: 1.0}), trial.partners)


def _saved(trial: Trial, count: int, seed: int) -> Quality:
    """For a newcomer who saved some of what the coordinator was linked with."""
    snapshot, head = trial.snapshot, trial.coordinator
    ends = np.concatenate(
        [snapshot.tails[snapshot.heads == head], snapshot.heads[snapshot.tails == head]]
    )
    may_be = np.unique(ends[snapshot.suggestible[ends]])
    may_be = may_be[~np.isin(may_be, list(trial.partners))]
    drawn = np.random.default_rng(seed).permutation(may_be)[:count].tolist()
    without = snapshot.keeping((snapshot.heads != head) & (snapshot.tails != head))
    return _quality(_ranked(without, head, dict.fromkeys(drawn, 1.0)), trial.partners)


def _ranked(snapshot: Snapshot, head: int, seeds: dict[int, float]) -> list[int]:
    """The clusters, best first; the most linked ones where no seed is linked to anything."""
    linked = np.bincount(
        np.concatenate([snapshot.heads, snapshot.tails]), minlength=len(snapshot.iris)
    )
    seeds = {seed: weight for seed, weight in seeds.items() if linked[seed]}
    clusters = clusters_of(snapshot)
    if not seeds:
        order = np.lexsort((clusters, -linked[clusters]))
        return [one for one in clusters[order].tolist() if one != head]
    look = Look(Terrain(snapshot), Middle(seeds, known=(head,)), "nearest")
    chosen = look.find({"cluster"}, len(clusters)).chosen
    return [one.candidate.number for one in chosen]


class _Walk:
    """Ranks on a set by the walk of the radar, where heads say a share of what they could.

    Args:
        test: the graph, and what came later.
        share: of the statements about each head that is kept.
    """

    def __init__(self, test: Known, share: float) -> None:
        self._test = test
        graph = thinned(test, share, seed=0)
        self._walker = PersonalisedPageRank(
            graph.heads, graph.relations, graph.tails, kinds=graph.kinds, size=graph.size
        )
        self._linked = np.zeros(graph.size, bool)
        self._linked[graph.heads] = self._linked[graph.tails] = True
        self._partners = test.partners()
        self._reach = test.known()
        self._popular: Reals = np.diff(self._partners.tocsc().indptr).astype(float)

    def partners_of(self, head: int, count: int) -> list[int]:
        """Some of those whom a head had worked with, always the same ones first."""
        own = self._partners[[head]].indices
        drawn: list[int] = np.random.default_rng(head).permutation(own)[:count].tolist()
        return drawn

    def quality(self, head: int, seeds: Sequence[int] | None = None) -> Quality:
        """How well a walk from a head, or from seeds instead of it, finds what came later."""
        there = [seed for seed in ([head] if seeds is None else seeds) if self._linked[seed]]
        scores = self._walker.scores(dict.fromkeys(there, 1.0)) if there else self._popular
        may_be = self._test.candidates
        may_be = may_be[~np.isin(may_be, self._reach.of(head))]
        order = np.lexsort((may_be, -scores[may_be].round(12)))[:_PLACES]
        return _quality(may_be[order].tolist(), self._test.targets[head])
