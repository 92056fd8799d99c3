"""Measures how well the recommender finds what came later, beside simple baselines."""

from recommender.evaluation.folder import evaluate_folder
from recommender.evaluation.leave_out import evaluate_leave_out
from recommender.evaluation.report import Evaluation, Interval, Score

__all__ = ["Evaluation", "Interval", "Score", "evaluate_folder", "evaluate_leave_out"]
