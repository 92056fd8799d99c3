"""The more one enters and does, the better it gets: quality over profile and activity.

Completeness: heads say only a share of what they could of themselves, apart from what is to be
found. Activity: a newcomer, of whom nothing is said, saves some of what the head was linked with.
Where nothing at all is known, what is most popular is shown, as to any newcomer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from graph import View
from recommender.engine import PersonalisedPageRank
from recommender.engine.walk import Integers, Reals
from recommender.evaluation.leave_out import Trial, clusters_of, trials
from recommender.evaluation.measures import RING, interval, ndcg, recall, reciprocal_rank
from recommender.evaluation.ranking import OURS, Race
from recommender.evaluation.report import Interval
from recommender.evaluation.sampling import fewer, thinned
from recommender.evaluation.sets import Known, read_set
from recommender.evaluation.study import Study
from recommender.look import Look, Middle
from recommender.ranking import learn
from recommender.snapshot import Snapshot
from recommender.terrain import Terrain

SHARES: Final = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
SAVED: Final = (0, 1, 2, 4, 8)
PROFILE: Final = "profile"
ACTIVITY: Final = "activity"

_DRAWS: Final = 5
_HEADS: Final = 150
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
    """How the learned ranking finds what came later on a set, and a walk from saved things.

    Args:
        folder: the evaluation set.
        progress: is told what comes next.
    """
    found = read_set(Path(folder))
    progress("learning on fit")
    learned = learn(found.fit, found.fit.targets, found.fit.known().of)
    test = fewer(found.test, _HEADS)
    points = []
    for share in SHARES:
        progress(f"profile {share:.0%}")
        graph = thinned(test, share, seed=0)
        scores = {one.name: one for one in Race(learned, graph).run(progress)}
        one = scores[OURS]
        points.append(
            Point(PROFILE, share, one.mrr, one.mrr_interval, one.hits, one.hits_interval, one.ndcg)
        )
    progress("activity")
    return Curve(found.name, len(test.targets), (*points, *_active(test)))


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


def _active(test: Known) -> list[Point]:
    """A walk from some of the partners that each head had, without the head's own statements."""
    heads = np.array(list(test.targets), np.int64)
    bare = thinned(test, 0.0, seed=0)
    walker = PersonalisedPageRank(
        bare.heads, bare.relations, bare.tails, kinds=bare.kinds, size=bare.size
    )
    partners = test.partners()
    reach = test.known()
    popular = np.diff(bare.partners().tocsc().indptr)
    points = []
    for count in SAVED:
        qualities = []
        for head in heads.tolist():
            known = reach.of(head)
            own = partners[[head]].indices
            drawn = np.random.default_rng(head).permutation(own)[:count]
            scores = (
                walker.scores(dict.fromkeys(drawn.tolist(), 1.0)) if len(drawn) else popular * 1.0
            )
            ranked = _best(scores, test.candidates, known)
            qualities.append([_quality(ranked, test.targets[head])])
        points.append(_point(ACTIVITY, count, qualities))
    return points


def _best(scores: Reals, candidates: Integers, known: Integers) -> list[int]:
    there = candidates[~np.isin(candidates, known)]
    order = np.lexsort((there, -scores[there].round(12)))[:500]
    best: list[int] = there[order].tolist()
    return best


def told_in(curves: Sequence[Curve]) -> Study:
    """Several curves as one table, each named."""
    rows = tuple((f"{one.name}: {row[0]}", *row[1:]) for one in curves for row in one.study().rows)
    return replace(curves[0].study(), rows=rows)
