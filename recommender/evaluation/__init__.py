"""Measures how well the recommender finds what came later, beside simple baselines."""

from recommender.evaluation.ablation import ablate_folder, ablate_store
from recommender.evaluation.curve import Curve, curve_of_folder, curve_of_store
from recommender.evaluation.diversity import evaluate_diversity
from recommender.evaluation.folder import evaluate_folder
from recommender.evaluation.leave_out import evaluate_leave_out
from recommender.evaluation.plot import drawn
from recommender.evaluation.report import Evaluation, Interval, Score
from recommender.evaluation.study import Study

__all__ = [
    "Curve",
    "Evaluation",
    "Interval",
    "Score",
    "Study",
    "ablate_folder",
    "ablate_store",
    "curve_of_folder",
    "curve_of_store",
    "drawn",
    "evaluate_diversity",
    "evaluate_folder",
    "evaluate_leave_out",
]
