"""Local forward push: personalised PageRank that touches only what is near.

R. Andersen, F. Chung, K. Lang: Local Graph Partitioning using PageRank Vectors, FOCS 2006.

The paper pushes one node at a time. Here a round pushes every node above its threshold at
once, in a handful of array operations, because in Python the operation is what costs and not
the number. Any order of pushes keeps the invariant, so the paper's bound holds unchanged.

Where the frontier has become a good part of the graph nothing is local any more, and what is
left is settled by Chebyshev's semi-iteration, each round one product with the whole matrix.
The walk is reversible, so its spectrum is real, and far fewer rounds reach the same bound than
pushing everything again and again would take.

G. Golub, R. Varga: Chebyshev semi-iterative methods, Numerische Mathematik 3, 1961.
"""

import numpy as np

from recommender.engine.walk import Integers, Reals, Walk

DENSE_SHARE = 0.05
"""Share of the stored weights from which on a round is no longer local."""


def push(
    walk: Walk, seeds: Integers, mass: Reals, *, restart: float = 0.15, tolerance: float = 1e-5
) -> Reals:
    """The share of time that a walker who keeps returning to the seeds spends at each node.

    Args:
        walk: the graph.
        seeds: node numbers, none twice.
        mass: how the walker's returns are shared out among the seeds; sums to 1.
        restart: probability of returning at each step, in (0, 1].
        tolerance: what may be left unpushed at a node, for each unit of the node's degree
            where the mean degree counts as 1. No estimate is further from the exact value
            than ``tolerance`` times the node's degree, so measured.

    Returns:
        One value per node, never negative, and 0 where the walk was not followed. A seed
        without edges keeps its share (a walker there waits).

    >>> walk = Walk.of_edges([0, 1], [1, 2])
    >>> push(walk, np.array([0]), np.array([1.0]), restart=0.5, tolerance=1e-9).round(4)
    array([0.5833, 0.3333, 0.0833])
    """
    matrix, degrees = walk.matrix, walk.degrees
    pointers, columns, values = matrix.indptr, matrix.indices, matrix.data
    settled, residual = np.zeros(walk.size), np.zeros(walk.size)
    lonely = degrees[seeds] <= 0
    settled[seeds[lonely]] = mass[lonely]
    residual[seeds[~lonely]] = mass[~lonely]
    threshold = degrees * (tolerance / max(degrees.mean(), np.finfo(float).tiny))
    frontier = seeds[~lonely]
    frontier = frontier[residual[frontier] > threshold[frontier]]
    dense = DENSE_SHARE * matrix.nnz
    while len(frontier):
        starts = pointers[frontier]
        counts = pointers[frontier + 1] - starts
        ends = np.cumsum(counts)
        if ends[-1] > dense:
            return settled + _settle(walk, residual, threshold, restart)
        pushed = residual[frontier]
        settled[frontier] += restart * pushed
        residual[frontier] = 0.0
        pushed *= (1.0 - restart) / degrees[frontier]
        edges = np.repeat(starts - ends + counts, counts) + np.arange(ends[-1])
        reached = columns[edges]
        np.add.at(residual, reached, values[edges] * np.repeat(pushed, counts))
        frontier = np.unique(reached[residual[reached] > threshold[reached]])
    return settled


def _settle(walk: Walk, residual: Reals, threshold: Reals, restart: float) -> Reals:
    """Where the walker's residual mass comes to rest, up to less than the threshold a node.

    A walker who never returned would be anywhere in proportion to the degrees. How much of that
    is in the answer is known beforehand, so the rounds begin with it, and what is left dies away
    as fast as :attr:`Walk.mixing` says.
    """
    going = 1.0 - restart
    outward = np.zeros(walk.size)
    np.divide(going, walk.degrees, out=outward, where=walk.degrees > 0)
    before, step = np.zeros(walk.size), np.empty(walk.size)
    resting = residual + going / restart * walk.spread(residual)
    radius = going * walk.mixing
    factor = 1.0 / (1.0 - radius * radius / 2.0)
    while True:
        np.multiply(resting, outward, out=step)
        missing = walk.matrix @ step
        missing += residual
        missing -= resting
        if (np.abs(missing, out=step) <= threshold).all():
            return np.maximum(restart * resting, 0.0)
        # The next guess is before + factor * (resting + missing - before).
        missing += resting
        missing -= before
        missing *= factor
        missing += before
        before, resting = resting, missing
        factor = 1.0 / (1.0 - radius * radius * factor / 4.0)
