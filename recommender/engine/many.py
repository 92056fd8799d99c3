"""Personalised PageRank of many seeds at once: one product with the matrix serves them all.

Where every seed's walk covers the graph anyway, pushing (:mod:`recommender.engine.push`) has
nothing local to gain, and the matrix is better read once for all. The same semi-iteration
settles it: G. Golub, R. Varga: Chebyshev semi-iterative methods, Numerische Mathematik 3, 1961.
"""

import numpy as np

from recommender.engine.walk import Integers, Reals, Walk


def settle_many(
    walk: Walk, seeds: Integers, *, restart: float = 0.15, tolerance: float = 1e-5
) -> Reals:
    """Where walkers spend their time, each returning to a seed of its own.

    Args:
        walk: the graph.
        seeds: node numbers, shape (seeds,).
        restart: probability of returning at each step, in (0, 1].
        tolerance: no value is further from the exact one than this times the node's degree,
            where the mean degree counts as 1.

    Returns:
        Shape (seeds, nodes). A seed without edges keeps its whole share.

    >>> walk = Walk.of_edges([0, 1], [1, 2])
    >>> settle_many(walk, np.array([0, 2]), restart=0.5, tolerance=1e-9).round(4)
    array([[0.5833, 0.3333, 0.0833],
           [0.0833, 0.3333, 0.5833]])
    """
    going = 1.0 - restart
    degrees = walk.degrees
    outward = np.zeros((walk.size, 1))
    np.divide(going, degrees[:, None], out=outward, where=degrees[:, None] > 0)
    threshold = degrees[:, None] * (tolerance / max(degrees.mean(), np.finfo(float).tiny))
    returns = np.zeros((walk.size, len(seeds)))
    returns[seeds, np.arange(len(seeds))] = 1.0
    resting = returns + going / restart * walk.spread_many(seeds)
    radius = going * walk.mixing
    factor = 1.0 / (1.0 - radius * radius / 2.0)
    before = np.zeros_like(resting)
    while True:
        missing = walk.matrix @ (resting * outward)
        missing += returns
        missing -= resting
        missing[degrees <= 0] = 0.0
        if (np.abs(missing) <= threshold).all():
            found: Reals = np.maximum(restart * resting, 0.0).T
            lonely = degrees[seeds] <= 0
            found[lonely] = returns.T[lonely]
            return found
        missing += resting
        missing -= before
        missing *= factor
        missing += before
        before, resting = resting, missing
        factor = 1.0 / (1.0 - radius * radius * factor / 4.0)
