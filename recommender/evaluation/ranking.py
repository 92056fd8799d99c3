"""Runs a ranker over the heads of a graph and takes the time."""

from collections.abc import Mapping, Sequence
from time import perf_counter

from recommender.engine.pagerank import best
from recommender.engine.walk import Integers
from recommender.evaluation.baselines import Scorer
from recommender.evaluation.measures import score
from recommender.evaluation.report import Score


def run(
    name: str,
    scorer: Scorer,
    targets: Mapping[int, Sequence[int]],
    known: Mapping[int, Integers],
    candidates: Integers,
) -> Score:
    """Rank for every head, and measure.

    Args:
        name: of the ranker.
        scorer: the ranker.
        targets: for each head, what is to be found.
        known: for each head, what is not ranked.
        candidates: what is ranked otherwise, ascending.
    """
    rankings: list[list[int]] = []
    milliseconds: list[float] = []
    for head in targets:
        started = perf_counter()
        scores = scorer(head)
        scores[known[head]] = 0.0
        there = candidates[scores[candidates] > 0]
        rankings.append(best(there, scores, len(there)).nodes.tolist())
        milliseconds.append(1000 * (perf_counter() - started))
    return score(
        name,
        rankings,
        [frozenset(wanted) for wanted in targets.values()],
        len(candidates),
        milliseconds,
    )
