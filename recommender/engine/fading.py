"""How links lose weight with age."""

import numpy as np
import numpy.typing as npt

from recommender.engine.walk import Reals


def ages(times: npt.ArrayLike) -> Reals:
    """How much older each link is than the newest; 0 where no time is said (NaN).

    >>> ages([2016.0, 2014.0, float("nan")])
    array([0., 2., 0.])
    """
    said = np.asarray(times, np.float64)
    told = ~np.isnan(said)
    if not told.any():
        return np.zeros(len(said))
    return np.where(told, said[told].max() - said, 0.0)


def fading(times: npt.ArrayLike, half_life: float) -> Reals:
    """What each link still weighs.

    Args:
        times: of the links, in any unit that grows; NaN where nothing is said.
        half_life: in how many of those units a link loses half of its weight; infinite where
            none does.

    Raises:
        ValueError: the half-life is not positive.

    >>> fading([2016.0, 2014.0], half_life=2.0)
    array([1. , 0.5])
    """
    if not half_life > 0:
        raise ValueError(f"a half-life is positive: {half_life}")
    weights: Reals = np.exp2(-ages(times) / half_life)
    return weights
