"""Evaluates on a set in a folder: what came later in a graph of any relations."""

from collections.abc import Callable
from pathlib import Path

from recommender.engine import Walk
from recommender.evaluation.baselines import (
    adamic_adar,
    common_neighbours,
    plain_pagerank,
    popularity,
)
from recommender.evaluation.learning import learn
from recommender.evaluation.ranking import run
from recommender.evaluation.report import Evaluation
from recommender.evaluation.sets import read_set


def evaluate_folder(
    folder: Path | str, *, progress: Callable[[str], None] = lambda _step: None
) -> Evaluation:
    """Learn on a set's ``fit`` half, rank on its ``test`` half, and score beside the baselines.

    Args:
        folder: the set.
        progress: is told what comes next.

    Raises:
        KnowledgeError: the folder is not an evaluation set.
    """
    progress("reading")
    found = read_set(Path(folder))
    progress("learning on fit")
    setting = learn(found.fit)
    graph = found.test
    size = len(graph.ids)
    walk = Walk.of_edges(graph.heads, graph.tails, size=size)
    rankers = {
        "clusterradar": setting.walker(graph).scores,
        "popularity": popularity(walk),
        "common neighbours": common_neighbours(walk),
        "Adamic-Adar": adamic_adar(walk),
        "personalised PageRank": plain_pagerank(graph.heads, graph.tails, size),
    }
    reach = graph.known()
    known = {head: reach.of(head) for head in graph.targets}
    scores = []
    for name, scorer in rankers.items():
        progress(name)
        scores.append(run(name, scorer, graph.targets, known, graph.candidates))
    return Evaluation(
        set=found.name,
        heads=len(graph.targets),
        targets=sum(map(len, graph.targets.values())),
        candidates=len(graph.candidates),
        rankers=tuple(scores),
        note=f"learned on fit: {setting}",
    )
