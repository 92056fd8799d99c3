"""Small tools for sparse matrices of links."""

from typing import Any

import numpy as np
from scipy import sparse

from recommender.engine.walk import Reals


def sums(matrix: Any) -> Reals:
    """The sum of each row."""
    found: Reals = np.asarray(matrix.sum(axis=1), np.float64).ravel()
    return found


def pattern(matrix: Any) -> Any:
    """Ones where there is something."""
    ones = matrix.tocsr().copy()
    ones.data = np.ones_like(ones.data)
    return ones


def scaled(worth: Reals, matrix: Any) -> Any:
    """Each row times its worth."""
    return sparse.diags(worth).dot(matrix).tocsr()


def power(values: Reals, exponent: float) -> Reals:
    """``values ** exponent``; 0 where the value is 0.

    >>> power(np.array([4.0, 0.0]), -0.5)
    array([0.5, 0. ])
    """
    found = np.zeros(len(values))
    np.power(values, exponent, out=found, where=values > 0)
    return found


def rows_to_one(matrix: Any) -> Any:
    """Each row sums to one, or to nothing."""
    return scaled(power(sums(matrix), -1.0), matrix)


def rows_of_length_one(matrix: Any) -> Any:
    """Each row has the Euclidean length one, or is empty."""
    return scaled(power(sums(matrix.multiply(matrix)), -0.5), matrix)


def dense(matrix: Any) -> Any:
    """As an array of single precision."""
    return np.asarray(matrix.toarray() if sparse.issparse(matrix) else matrix, np.float32)
