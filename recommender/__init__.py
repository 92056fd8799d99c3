"""What is near: the proximity engine, its feed from the graph, reasons and evaluation.

This is the room's whole face. Names are loaded when first used, so that a command pays for
what it uses.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from recommender.answer import Connection, Node, RadarAnswer, Reason, Step, Suggestion, Total
    from recommender.engine import PersonalisedPageRank
    from recommender.evaluation import (
        Curve,
        Evaluation,
        Study,
        ablate_folder,
        ablate_store,
        curve_of_folder,
        curve_of_store,
        drawn,
        evaluate_diversity,
        evaluate_folder,
        evaluate_leave_out,
    )
    from recommender.look import LENSES
    from recommender.mine import ME, Seed
    from recommender.radar import Radar

_HOME: Final[dict[str, str]] = {
    "Connection": "recommender.answer",
    "Node": "recommender.answer",
    "RadarAnswer": "recommender.answer",
    "Reason": "recommender.answer",
    "Step": "recommender.answer",
    "Suggestion": "recommender.answer",
    "Total": "recommender.answer",
    "PersonalisedPageRank": "recommender.engine",
    "Evaluation": "recommender.evaluation",
    "Curve": "recommender.evaluation",
    "Study": "recommender.evaluation",
    "ablate_folder": "recommender.evaluation",
    "ablate_store": "recommender.evaluation",
    "curve_of_folder": "recommender.evaluation",
    "curve_of_store": "recommender.evaluation",
    "drawn": "recommender.evaluation",
    "evaluate_diversity": "recommender.evaluation",
    "evaluate_folder": "recommender.evaluation",
    "evaluate_leave_out": "recommender.evaluation",
    "LENSES": "recommender.look",
    "ME": "recommender.mine",
    "Seed": "recommender.mine",
    "Radar": "recommender.radar",
}
"""Where each name of the room's face is at home."""

__all__ = [
    "LENSES",
    "ME",
    "Connection",
    "Curve",
    "Evaluation",
    "Node",
    "PersonalisedPageRank",
    "Radar",
    "RadarAnswer",
    "Reason",
    "Seed",
    "Step",
    "Study",
    "Suggestion",
    "Total",
    "ablate_folder",
    "ablate_store",
    "curve_of_folder",
    "curve_of_store",
    "drawn",
    "evaluate_diversity",
    "evaluate_folder",
    "evaluate_leave_out",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'recommender' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value
