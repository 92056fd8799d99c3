"""Leaves out one project after the other: would its partners have been found?

With a project goes all that only it brought about: its events, trainings, listings, roadmap
and publications, every mention of it, and every ``related`` pair of topics that it alone
brings together. (Without its node alone, most partners are still joined by one of its events,
and the measurement says nothing.) Then the coordinator's radar is asked for clusters.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from time import perf_counter
from typing import Final

import numpy as np

from graph import KnowledgeError, View
from ontology import CR, SKOS, Bilingual
from recommender.engine import Walk
from recommender.engine.pagerank import best
from recommender.engine.walk import Integers
from recommender.evaluation.baselines import (
    Scorer,
    adamic_adar,
    common_neighbours,
    plain_pagerank,
    popularity,
)
from recommender.evaluation.measures import ndcg, score
from recommender.evaluation.report import Evaluation
from recommender.look import Look, Middle
from recommender.relations import LOOSE, NUMBER_OF, SIMILAR
from recommender.snapshot import KIND_NUMBER, Snapshot
from recommender.terrain import Terrain
from recommender.tuning import SHIPPED, Tuning

_COORDINATED = NUMBER_OF[CR + "coordinatedBy"]
_PARTNER = NUMBER_OF[CR + "hasPartner"]
_ITEM = NUMBER_OF[CR + "belongsToProject"]
_SUBJECTS = (NUMBER_OF[CR + "about"], NUMBER_OF[CR + "inSector"])
_SIMILAR = NUMBER_OF[SIMILAR]
_RELATED = NUMBER_OF[SKOS + "related"]

TUNINGS: Final = tuple(
    Tuning(places, regions_explain, damping, restart)
    for places, regions_explain, damping, restart in product(
        (0.15, LOOSE), (False, True), (0.25, 0.5), (0.15, 0.3)
    )
)
"""What the figure of the radar chooses from, for each project by the other projects alone."""

NOTE: Final = (
    "clusterradar: for each project the tuning (of {tunings}) that does best on the others. "
    "As shipped it is flattered: about thirty tunings were compared on these very projects."
)


@dataclass(frozen=True)
class Trial:
    """One project left out.

    Attributes:
        project: its IRI.
        coordinator: the node whose radar is asked.
        partners: the nodes that are to be found.
        snapshot: what is known without the project.
    """

    project: str
    coordinator: int
    partners: frozenset[int]
    snapshot: Snapshot


def trials(snapshot: Snapshot) -> list[Trial]:
    """One trial for each project that a cluster coordinates and another is a partner in."""
    found = []
    subjects = _subjects(snapshot)
    clusters = set(clusters_of(snapshot).tolist())
    for project in sorted(subjects):
        leaders = _tails(snapshot, project, _COORDINATED) & clusters
        partners = _tails(snapshot, project, _PARTNER) & clusters - leaders
        if leaders and partners:
            found.append(
                Trial(
                    project=snapshot.iris[project],
                    coordinator=min(leaders),
                    partners=frozenset(partners),
                    snapshot=_without(snapshot, project, subjects),
                )
            )
    return found


def _without(snapshot: Snapshot, project: int, subjects: dict[int, set[int]]) -> Snapshot:
    """The snapshot as it would be, had there never been the project."""
    others = [mine for other, mine in subjects.items() if other != project]
    alone = {
        pair
        for pair in combinations(sorted(subjects[project]), 2)
        if not any(pair[0] in mine and pair[1] in mine for mine in others)
    }
    related = snapshot.relations == _RELATED
    ends = zip(snapshot.heads.tolist(), snapshot.tails.tolist(), strict=True)
    invented = np.fromiter((tuple(sorted(pair)) in alone for pair in ends), bool) & related
    # A description may tell of the project in words.
    said = snapshot.relations != _SIMILAR
    gone = [project, *_items(snapshot, project)]
    touched = np.isin(snapshot.heads, gone) | np.isin(snapshot.tails, gone)
    return snapshot.keeping(said & ~(touched | invented))


def _subjects(snapshot: Snapshot) -> dict[int, set[int]]:
    """For each project the topics and sectors of it and of all that belongs to it."""
    found: dict[int, set[int]] = {}
    for node in range(len(snapshot.iris)):
        if snapshot.kind(node) == "project":
            found[node] = set()
            for one in (node, *_items(snapshot, node)):
                for relation in _SUBJECTS:
                    found[node] |= _tails(snapshot, one, relation)
    return found


def _items(snapshot: Snapshot, project: int) -> list[int]:
    chosen = (snapshot.relations == _ITEM) & (snapshot.tails == project)
    return [int(node) for node in snapshot.heads[chosen]]


def _tails(snapshot: Snapshot, head: int, relation: int) -> set[int]:
    chosen = (snapshot.relations == relation) & (snapshot.heads == head)
    return set(snapshot.tails[chosen].tolist())


Ranker = Callable[[int], list[int]]
"""For a coordinator the clusters, best first."""


def ranked_by(snapshot: Snapshot, tuning: Tuning = SHIPPED) -> Ranker:
    """The radar itself, with its reasons and its variety, asked for clusters only."""
    snapshot = replace(snapshot, tuning=tuning)
    terrain = Terrain(snapshot)
    everything = len(clusters_of(snapshot))

    def rank(coordinator: int) -> list[int]:
        found = Look(terrain, Middle.of(coordinator), "nearest").find({"cluster"}, everything)
        return [one.candidate.number for one in found.chosen]

    rank(0)  # builds what the terrain keeps, before the time is taken
    return rank


def _ranking(scorer: Scorer, snapshot: Snapshot) -> Ranker:
    clusters = clusters_of(snapshot)

    def rank(coordinator: int) -> list[int]:
        scores = scorer(coordinator)
        scores[coordinator] = 0.0
        there = clusters[scores[clusters] > 0]
        ranked: list[int] = best(there, scores, len(there)).nodes.tolist()
        return ranked

    return rank


def _rankers(snapshot: Snapshot) -> dict[str, Ranker]:
    size = len(snapshot.iris)
    walk = Walk.of_edges(snapshot.heads, snapshot.tails, size=size)
    baselines = {
        "popularity": popularity(walk),
        "common neighbours": common_neighbours(walk),
        "Adamic-Adar": adamic_adar(walk),
        "personalised PageRank": plain_pagerank(snapshot.heads, snapshot.tails, size),
    }
    return {
        "clusterradar, shipped": ranked_by(snapshot),
        **{name: _ranking(scorer, snapshot) for name, scorer in baselines.items()},
    }


def clusters_of(snapshot: Snapshot) -> Integers:
    """The nodes that are clusters, ascending."""
    return np.flatnonzero(snapshot.kinds == KIND_NUMBER["cluster"])


def evaluate_leave_out(view: View) -> Evaluation:
    """Where the coordinators' radars place the real partner clusters.

    Each project is one head; MRR counts its best placed partner, hits@8 the share of its
    partners in the first ring of eight. ``clusterradar`` is tuned anew for each project, by
    the others only (:func:`chosen_by_others`), so that the figure is of the way of tuning and
    not of one that these projects chose. Beside it the radar as it is shipped, and the
    baselines, on the same remaining graph.

    Args:
        view: what is known.

    Raises:
        KnowledgeError: there is no project that two clusters carried out together.
    """
    snapshot = Snapshot.of(view)
    made = trials(snapshot)
    if not made:
        raise KnowledgeError(
            Bilingual(
                en="There is no project of a coordinating and a partner cluster to leave out.",
                de="Es gibt kein Vorhaben, das ein Cluster mit einem anderen zusammen leitet.",
            )
        )
    timed = [
        {
            "clusterradar": _timed(trial, ranked_by(trial.snapshot, tuning)),
            **{name: _timed(trial, rank) for name, rank in _rankers(trial.snapshot).items()},
        }
        for trial, tuning in zip(made, chosen_by_others(made), strict=True)
    ]
    candidates = len(clusters_of(snapshot)) - 1
    targets = [trial.partners for trial in made]
    return Evaluation(
        set="leave-out project",
        heads=len(made),
        targets=sum(map(len, targets)),
        candidates=candidates,
        rankers=tuple(
            score(
                name,
                [one[name].ranked for one in timed],
                targets,
                candidates,
                [one[name].milliseconds for one in timed],
            )
            for name in timed[0]
        ),
        note=NOTE.format(tunings=len(TUNINGS)),
    )


def chosen_by_others(made: Sequence[Trial]) -> list[Tuning]:
    """For each trial the tuning that places the partners of all other trials best.

    So what is scored was never chosen by its own answer. Best is the highest mean nDCG; of
    equals the first of :data:`TUNINGS`, and for a single trial, which has no others, too.
    """
    gains = np.array(
        [
            [ndcg(ranked_by(one.snapshot, tuning)(one.coordinator), one.partners) for one in made]
            for tuning in TUNINGS
        ]
    )
    others = gains.sum(axis=1, keepdims=True) - gains
    return [TUNINGS[best] for best in others.round(9).argmax(axis=0).tolist()]


@dataclass(frozen=True)
class _Timed:
    """A ranking, and how many milliseconds it took."""

    ranked: list[int]
    milliseconds: float


def _timed(trial: Trial, rank: Ranker) -> _Timed:
    started = perf_counter()
    ranked = rank(trial.coordinator)
    return _Timed(ranked, 1000 * (perf_counter() - started))
