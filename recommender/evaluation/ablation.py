"""What each part of the recommender adds: the same measurement without it, one at a time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from graph import View
from ontology import CR
from recommender.engine.walk import Integers
from recommender.evaluation.leave_out import Trial, ranked_by, trials
from recommender.evaluation.measures import ndcg, recall, reciprocal_rank
from recommender.evaluation.ranking import OURS, Race
from recommender.evaluation.report import Score
from recommender.evaluation.sampling import fewer
from recommender.evaluation.sets import EvaluationSet, Known, read_set
from recommender.evaluation.study import Cell, Study, with_interval
from recommender.ranking import learn
from recommender.relations import NUMBER_OF, SIMILAR
from recommender.snapshot import Snapshot
from recommender.tuning import SHIPPED, Tuning

_HEADS: Final = 300
_COLUMNS: Final = ("", "recall@20", "nDCG@20", "hits@8 (95 %)", "MRR (95 %)")
_TAKING_PART: Final = tuple(
    NUMBER_OF[CR + name] for name in ("hasPartner", "coordinatedBy", "hasParticipant")
)
_ABOUT: Final = NUMBER_OF[CR + "about"]
_OPERATED: Final = NUMBER_OF[CR + "operatedBy"]
_ENABLES: Final = NUMBER_OF[CR + "enables"]
_ABLE: Final = NUMBER_OF[CR + "hasCompetence"]
_SIMILAR: Final = NUMBER_OF[SIMILAR]

NOTE_STORE: Final = (
    "Each line changes one thing of the radar as it is shipped, on the projects left out. The "
    "statements of this store carry no times, so recency has nothing to add here; texts may tell "
    "of the project that was left out."
)
NOTE_FOLDER: Final = (
    "On {heads} heads of the test half. Each line learns anew on the fit half. A set has ids and "
    "no ontology, so there is nothing to infer; texts of a set are not read."
)


def ablate_store(view: View) -> Study:
    """What text, weights, damping, variety, places and inference add on a store's projects.

    Args:
        view: what is known.
    """
    whole = Snapshot.of(view)
    made = trials(whole)
    variants: tuple[tuple[str, Tuning, Callable[[Trial], Snapshot]], ...] = (
        ("as shipped", SHIPPED, lambda trial: trial.snapshot),
        ("and similar texts", SHIPPED, lambda trial: _with_texts(trial, whole)),
        ("and what the ontology infers", SHIPPED, lambda trial: _with_inferred(trial.snapshot)),
        (
            "without weights of properties",
            replace(SHIPPED, weighed=False),
            lambda one: one.snapshot,
        ),
        ("without damping of hubs", replace(SHIPPED, damping=0.0), lambda trial: trial.snapshot),
        ("without variety", replace(SHIPPED, fade=1.0), lambda trial: trial.snapshot),
        (
            "without places",
            replace(SHIPPED, places=1e-9, regions_explain=False),
            lambda trial: trial.snapshot,
        ),
    )
    rows = []
    for name, tuning, known in variants:
        pairs = [(ranked_by(known(one), tuning)(one.coordinator), one.partners) for one in made]
        cells: tuple[Cell, ...] = (
            float(np.mean([recall(ranked, wanted) for ranked, wanted in pairs])),
            float(np.mean([ndcg(ranked, wanted) for ranked, wanted in pairs])),
            with_interval([recall(ranked, wanted, 8) for ranked, wanted in pairs]),
            with_interval([reciprocal_rank(ranked, wanted) for ranked, wanted in pairs]),
        )
        rows.append((name, *cells))
    return Study("ablation, projects left out", _COLUMNS, tuple(rows), NOTE_STORE)


def ablate_folder(
    folder: Path | str, *, progress: Callable[[str], None] = lambda _step: None
) -> Study:
    """What learning and recency add on an evaluation set.

    Args:
        folder: the set.
        progress: is told what comes next.
    """
    found = read_set(Path(folder))
    found = replace(found, test=fewer(found.test, _HEADS))
    timeless = EvaluationSet(found.name, _timeless(found.fit), _timeless(found.test))
    rows = []
    progress("as it is")
    scores = _scores(found, progress)
    rows.append(_row("as it is", scores[0]))
    best = max(scores[1:], key=lambda one: one.ndcg)
    rows.append(_row(f"without learning ({best.name})", best))
    progress("without times")
    rows.append(_row("without recency", _scores(timeless, progress)[0]))
    note = NOTE_FOLDER.format(heads=len(found.test.targets))
    return Study(f"ablation, {found.name}", _COLUMNS, tuple(rows), note)


def _scores(found: EvaluationSet, progress: Callable[[str], None]) -> tuple[Score, ...]:
    learned = learn(found.fit, found.fit.targets, found.fit.known().of)
    scores = Race(learned, found.test).run(progress)
    return tuple(sorted(scores, key=lambda one: one.name != OURS))


def _row(name: str, one: Score) -> tuple[Cell, ...]:
    hits, mrr = one.hits_interval, one.mrr_interval
    return (
        name,
        one.recall,
        one.ndcg,
        f"{one.hits:.3f} ({hits.low:.2f}-{hits.high:.2f})",
        f"{one.mrr:.3f} ({mrr.low:.2f}-{mrr.high:.2f})",
    )


def _timeless(known: Known) -> Known:
    return replace(known, times=np.full(len(known.times), np.nan))


def _with_texts(trial: Trial, whole: Snapshot) -> Snapshot:
    """What is known without the project, and which descriptions are alike."""
    left = np.unique(np.concatenate([trial.snapshot.heads, trial.snapshot.tails]))
    alike = (whole.relations == _SIMILAR) & np.isin(whole.heads, left)
    alike &= np.isin(whole.tails, left)
    return _and(trial.snapshot, whole.heads[alike], _SIMILAR, whole.tails[alike])


def _with_inferred(snapshot: Snapshot) -> Snapshot:
    """What is known, and what the chains of the ontology conclude from just that.

    Whoever takes part in a project is experienced in what it is about; whoever operates a
    machine is able to do what it enables.
    """
    for first, second, concluded in (
        (_TAKING_PART, _ABOUT, _ABOUT),
        ((_OPERATED,), _ENABLES, _ABLE),
    ):
        joined = np.isin(snapshot.relations, first)
        subject = snapshot.relations == second
        pairs = {
            (int(actor), int(topic))
            for thing, actor in zip(snapshot.heads[joined], snapshot.tails[joined], strict=True)
            for topic in snapshot.tails[subject & (snapshot.heads == thing)]
        }
        ends = np.array(sorted(pairs), np.int64).reshape(-1, 2)
        snapshot = _and(snapshot, ends[:, 0], concluded, ends[:, 1])
    return snapshot


def _and(snapshot: Snapshot, heads: Integers, relation: int, tails: Integers) -> Snapshot:
    return replace(
        snapshot,
        heads=np.concatenate([snapshot.heads, heads]),
        relations=np.concatenate([snapshot.relations, np.full(len(heads), relation)]),
        tails=np.concatenate([snapshot.tails, tails]),
    )
