"""What can be turned at the radar, and how it is set."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ontology import CR
from recommender.engine.walk import Reals
from recommender.relations import LOOSE, RELATIONS

DAMPING: Final = 0.5
RESTART: Final = 0.15
"""PageRank's usual value. A higher one is faster and stays nearer, and found no more partners."""

TOLERANCE: Final = 3e-5
"""At scale point L all but one in a thousand of the first 20 are the exact ones."""

FADE: Final = 0.8
"""What is left of a score for every earlier suggestion with the same tie."""

_OF_PLACES: Final = frozenset({CR + "locatedIn", CR + "partOf"})


@dataclass(frozen=True)
class Tuning:
    """How the radar walks and explains.

    Attributes:
        places: what a statement of where something is or lies is worth.
        regions_explain: whether a region that both are in is a reason, for want of a better one.
        damping: how much hubs lose, see :meth:`recommender.engine.walk.Walk.of_edges`.
        restart: probability that the walker returns at each step.
        fade: what is left of a score for every earlier suggestion that the same tie explains;
            1 is no variety, see :mod:`recommender.variety`.
        weighed: whether properties have weights of their own; else each counts the same.
    """

    places: float = LOOSE
    regions_explain: bool = True
    damping: float = DAMPING
    restart: float = RESTART
    fade: float = FADE
    weighed: bool = True

    def weights(self) -> Reals:
        """The weight of each of :data:`recommender.relations.RELATIONS`, shape (relations,)."""
        if not self.weighed:
            return np.ones(len(RELATIONS))
        return np.array([self.places if one.iri in _OF_PLACES else one.weight for one in RELATIONS])


SHIPPED: Final = Tuning()
"""How the radar is set."""
