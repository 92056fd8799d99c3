"""Local forward push: personalised PageRank that touches only what is near.

R. Andersen, F. Chung, K. Lang: Local Graph Partitioning using PageRank Vectors, FOCS 2006.

The paper pushes one node at a time. Here a round pushes every node above its threshold at
once, in a handful of array operations, because in Python the operation is what costs and not
the number. Any order of pushes keeps the invariant, so the paper's bound holds unchanged. Where
the frontier has become a good part of the graph, one product with the whole matrix is cheaper
than collecting the frontier's rows, and the round is done that way.
"""

import numpy as np

from recommender.engine.walk import Integers, Reals, Walk

DENSE_SHARE = 0.05
"""Share of the stored weights from which on a round multiplies with the whole matrix."""


def push(
    walk: Walk, seeds: Integers, mass: Reals, *, restart: float = 0.15, tolerance: float = 1e-6
) -> Reals:
    """The share of time that a walker who keeps returning to the seeds spends at each node.

    Args:
        walk: the graph.
        seeds: node numbers, none twice.
        mass: how the walker's returns are shared out among the seeds; sums to 1.
        restart: probability of returning at each step, in (0, 1].
        tolerance: what may be left unpushed at a node, for each unit of the node's degree
            where the mean degree counts as 1. No estimate is further below the exact
            value than ``tolerance`` times the node's degree, so measured.

    Returns:
        One value per node: 0 where the walk was not followed, never above the exact value.
        A node without edges keeps what arrives (a walker there waits).

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
        pushed = residual[frontier]
        settled[frontier] += restart * pushed
        residual[frontier] = 0.0
        pushed *= (1.0 - restart) / degrees[frontier]
        starts = pointers[frontier]
        counts = pointers[frontier + 1] - starts
        ends = np.cumsum(counts)
        if ends[-1] > dense:
            spread = np.zeros(walk.size)
            spread[frontier] = pushed
            residual += matrix @ spread
            frontier = np.flatnonzero(residual > threshold)
            continue
        edges = np.repeat(starts - ends + counts, counts) + np.arange(ends[-1])
        reached = columns[edges]
        np.add.at(residual, reached, values[edges] * np.repeat(pushed, counts))
        frontier = np.unique(reached[residual[reached] > threshold[reached]])
    return settled
