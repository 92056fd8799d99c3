"""Evaluates on a set in a folder: what came later in a graph of any relations."""

from collections.abc import Callable
from pathlib import Path

from recommender.evaluation.ranking import Race
from recommender.evaluation.report import Evaluation
from recommender.evaluation.sets import EvaluationSet, read_set
from recommender.ranking import Learned, learn


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
    learned = learn_set(found)
    graph = found.test
    progress("building what is looked up")
    race = Race(learned, graph)
    return Evaluation(
        set=found.name,
        heads=len(graph.targets),
        targets=sum(map(len, graph.targets.values())),
        candidates=len(graph.candidates),
        rankers=race.run(progress),
        note=f"learned on fit {learned}",
    )


def learn_set(found: EvaluationSet) -> Learned:
    """Learn on the ``fit`` half alone."""
    return learn(found.fit, found.fit.targets, found.fit.known().of)
