"""The walk on a graph: typed edges become one symmetric, damped matrix of weights."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

_MIXING_STEPS: Final = 40
_NOTHING: Final = 1e-12


@dataclass(frozen=True, eq=False)
class Walk:
    """An undirected, weighted graph for a random walker.

    A walker at ``u`` goes on to ``v`` with probability ``weight(u, v) / degrees[u]``.
    Being undirected, the walk is reversible, which is what bounds the error of
    :func:`recommender.engine.push.push`.

    Attributes:
        matrix: symmetric weights in compressed sparse rows; indices ascend within a row.
        degrees: sum of each row; 0 for a node without edges.
    """

    matrix: Any
    degrees: Reals

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.degrees)

    def neighbours(self, node: int) -> Integers:
        """The nodes one step away, ascending."""
        start, end = self.matrix.indptr[node : node + 2]
        found: Integers = self.matrix.indices[start:end].astype(np.int64)
        return found

    @cached_property
    def _parts(self) -> Integers:
        """The connected part that each node is in."""
        labels: Integers = connected_components(self.matrix, directed=False)[1]
        return labels

    @cached_property
    def _sizes(self) -> Reals:
        """The sum of degrees of each connected part; 1 where there are no edges."""
        sums = np.bincount(self._parts, self.degrees)
        return np.where(sums > 0, sums, 1.0)

    def spread(self, mass: Reals) -> Reals:
        """Mass as it lies after endless walking: by degrees, within each connected part.

        >>> Walk.of_edges([0, 0], [1, 2]).spread(np.array([0.0, 1.0, 0.0]))
        array([0.5 , 0.25, 0.25])
        """
        shares = np.bincount(self._parts, mass) / self._sizes
        return self.degrees * shares[self._parts]

    def spread_many(self, seeds: Integers) -> Reals:
        """:meth:`spread` of one walker at each seed, shape (nodes, seeds)."""
        shares = self.degrees / self._sizes[self._parts]
        found: Reals = shares[:, None] * (self._parts[:, None] == self._parts[seeds])
        return found

    @cached_property
    def mixing(self) -> float:
        """What is left, after one more step, of how far a walk is from :meth:`spread`.

        The second greatest size of an eigenvalue, estimated from below by power iteration; a
        guess that is too low costs rounds of whoever relies on it, but no exactness.
        """
        scale = np.zeros(self.size)
        np.power(self.degrees, -0.5, out=scale, where=self.degrees > 0)
        # Any start will do that is the same each time.
        rest = np.cos(np.arange(self.size, dtype=np.float64))
        found = 0.0
        for _ in range(_MIXING_STEPS):
            walked = scale * (self.matrix @ (scale * rest))
            walked -= self.spread(walked / np.where(scale > 0, scale, 1.0)) * scale
            length = float(np.sqrt(walked @ walked))
            if length <= _NOTHING:
                break
            found, rest = min(length, 1.0), walked / length
        return found

    @classmethod
    def of_edges(
        cls,
        heads: npt.ArrayLike,
        tails: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
        *,
        size: int | None = None,
        damping: float = 0.0,
    ) -> "Walk":
        """Build the walk of a list of edges; parallel edges add up, loops are left out.

        Args:
            heads: node numbers, one per edge.
            tails: node numbers, one per edge.
            weights: non-negative weights, one per edge; by default 1. Edges of weight 0 vanish.
            size: number of nodes; by default one more than the highest number.
            damping: how much hubs lose. An edge between nodes of degrees ``d`` and ``e`` keeps
                ``1 / (d * e) ** damping`` of its weight: 0 leaves hubs alone, 0.5 makes a step
                into a hub as dear as a step out of it.

        Raises:
            ValueError: lengths differ, a number is negative or too high, a weight is negative
                or not finite.

        >>> Walk.of_edges([0, 0], [1, 2]).degrees
        array([2., 1., 1.])
        """
        start, end = np.asarray(heads, np.int64).ravel(), np.asarray(tails, np.int64).ravel()
        value = np.ones(len(start)) if weights is None else np.asarray(weights, np.float64).ravel()
        highest = int(max(start.max(initial=-1), end.max(initial=-1)))
        count = highest + 1 if size is None else size
        _check(start, end, value, count, highest)
        kept = (value > 0) & (start != end)
        start, end, value = start[kept], end[kept], value[kept]
        both = (np.concatenate([start, end]), np.concatenate([end, start]))
        matrix = sparse.coo_matrix(
            (np.concatenate([value, value]), both), shape=(count, count)
        ).tocsr()
        matrix.sort_indices()
        if damping:
            _damp(matrix, damping)
        return cls(matrix, _row_sums(matrix))


def _check(start: Integers, end: Integers, value: Reals, size: int, highest: int) -> None:
    if not len(start) == len(end) == len(value):
        raise ValueError("heads, tails and weights differ in length")
    if highest >= size:
        raise ValueError(f"node {highest} does not exist among {size} nodes")
    if min(start.min(initial=0), end.min(initial=0)) < 0:
        raise ValueError("node numbers are not negative")
    if not np.isfinite(value).all() or (value < 0).any():
        raise ValueError("weights are finite and not negative")


def _row_sums(matrix: Any) -> Reals:
    sums: Reals = np.asarray(matrix.sum(axis=1), np.float64).ravel()
    return sums


def _damp(matrix: Any, damping: float) -> None:
    """Divide every weight by the degrees of its two ends, to the power ``damping``."""
    degrees = _row_sums(matrix)
    factor = np.zeros_like(degrees)
    np.power(degrees, -damping, out=factor, where=degrees > 0)
    matrix.data *= np.repeat(factor, np.diff(matrix.indptr)) * factor[matrix.indices]
