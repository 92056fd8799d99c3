"""How near candidates are to heads by the links between them, many heads at a time.

Two graphs are looked at: that of the partners, where a set says who knows whom, and that of
all links. In each a few ways of counting short paths; over them all a random walk.

L. Adamic, E. Adar: Friends and neighbors on the Web, Social Networks 25, 2003.
T. Zhou, L. Lü, Y. Zhang: Predicting missing links via local information, EPJ B 71, 2009
(resource allocation).
Y. Shen et al.: How powerful is graph convolution for recommendation?, CIKM 2021 (filters of
the normalised matrix, low-pass by singular vectors).
"""

from typing import Any, Final

import numpy as np
from sklearn.utils.extmath import randomized_svd

from recommender.engine.fading import fading
from recommender.engine.many import settle_many
from recommender.engine.walk import Integers, Walk
from recommender.ranking.links import Links
from recommender.ranking.matrices import (
    dense,
    pattern,
    power,
    rows_of_length_one,
    rows_to_one,
    scaled,
    sums,
)

Block = dict[str, Any]
"""By name, an array of shape (heads, candidates)."""

_DIMENSIONS: Final = 64
_TOLERANCE: Final = 1e-3
_SPARSE: Final = 0.02
"""Share of filled places up to which a step is taken sparsely."""


class Steps:
    """Short paths in one undirected graph.

    Args:
        matrix: symmetric, shape (nodes, nodes): how often two nodes are linked.
        candidates: which columns are wanted.
    """

    def __init__(self, matrix: Any, candidates: Integers) -> None:
        self.there = pattern(matrix)
        self.degrees = sums(self.there)
        self._candidates = candidates
        near = self.there[:, candidates]
        self._common = near.tocsr()
        # A neighbour in common has two neighbours at least, so that no logarithm is zero.
        self._adamic = scaled(1 / np.log(np.maximum(self.degrees, 2)), near)
        self._allocated = scaled(power(self.degrees, -1), near)
        alike = rows_of_length_one(self.there)
        self._alike, self._alike_to = alike, alike.T.tocsr()[:, candidates].tocsr()

    def block(self, heads: Integers) -> Block:
        """Counts of two steps."""
        near = self.there[heads]
        return {
            "common": dense(near @ self._common),
            "adamic": dense(near @ self._adamic),
            "allocated": dense(near @ self._allocated),
            "cosine": dense(self._alike[heads] @ self._alike_to),
        }


class Strides:
    """A walker's two and three steps in one undirected, weighted graph."""

    def __init__(self, matrix: Any, candidates: Integers) -> None:
        degrees = sums(matrix)
        self.walk = rows_to_one(matrix)
        half = power(degrees, -0.5)
        self.even = scaled(half, scaled(half, matrix).T).tocsr()
        self._candidates = candidates
        # Adamic-Adar on weighted links: partners often met count more, those of many less.
        self._damped = scaled(1 / np.log(2 + degrees), matrix)[:, candidates].tocsr()
        self._matrix = matrix

    def block(self, heads: Integers) -> Block:
        """Chances of being there after two and after three steps, and their even-handed kin."""
        found = {"damped": dense(self._matrix[heads] @ self._damped)}
        for name, step in (("walk", self.walk), ("even", self.even)):
            second = step[heads] @ step
            found[f"{name} 2"] = dense(second[:, self._candidates])
            found[f"{name} 3"] = self._onward(second, step)
        return found

    def _onward(self, reached: Any, step: Any) -> Any:
        rows, size = reached.shape
        if reached.nnz > _SPARSE * rows * size:
            further = (step.T.tocsr() @ reached.T.toarray()).T
            return dense(further[:, self._candidates])
        return dense((reached @ step)[:, self._candidates])


class Latent:
    """What the greatest singular vectors of the links keep of them."""

    def __init__(self, matrix: Any, candidates: Integers) -> None:
        rank = max(1, min(_DIMENSIONS, matrix.shape[0] - 1))
        degrees = sums(matrix)
        half = power(degrees, -0.5)
        even = scaled(half, scaled(half, matrix).T).tocsr()
        left, values, right = randomized_svd(even, rank, n_iter=5, random_state=0)
        self._left = (left * values).astype(np.float32)
        self._right = (right * np.sqrt(degrees))[:, candidates].astype(np.float32)
        places = left * np.sqrt(values)
        lengths = np.maximum(np.linalg.norm(places, axis=1, keepdims=True), 1e-9)
        self._places = (places / lengths).astype(np.float32)
        left, values, right = randomized_svd(matrix, rank, n_iter=5, random_state=0)
        self._raw_left = (left * values).astype(np.float32)
        self._raw_right = right[:, candidates].astype(np.float32)
        self._walk = rows_to_one(matrix).astype(np.float32)
        self._candidates = candidates

    def block(self, heads: Integers) -> Block:
        """The links smoothed, and how alike the places are: the head's, and its partners'."""
        to = self._places[self._candidates].T
        return {
            "smoothed": self._left[heads] @ self._right,
            "coarse": self._raw_left[heads] @ self._raw_right,
            "place": self._places[heads] @ to,
            "company": np.asarray(self._walk[heads] @ self._places, np.float32) @ to,
        }


class Nearness:
    """All of it.

    Args:
        links: the graph.
        half_life: in how much time a link loses half of its weight.
    """

    def __init__(self, links: Links, half_life: float) -> None:
        weights = fading(links.times, half_life)
        everything = links.either_way()
        partners = links.partners()
        self.bare = not partners.nnz
        known = everything if self.bare else partners
        self.recent = known
        self._candidates = links.candidates
        self._parts: dict[str, Any] = {"partners": Steps(known, links.candidates)}
        self._parts["met"] = Strides(known, links.candidates)
        if (weights < 1).any():
            self.recent = links.either_way(weights) if self.bare else links.partners(weights)
            self._parts["recent"] = Strides(self.recent, links.candidates)
        if any(len(path) > 1 for path in links.paths):
            shared = links.partners(weights, shared=True)
            self._parts["shared"] = Strides(shared, links.candidates)
        self._parts["latent"] = Latent(_muted(self.recent), links.candidates)
        if not self.bare:
            self._parts["links"] = Steps(everything, links.candidates)
        self.known, self.everything = known, everything
        self._walk = Walk.of_edges(links.heads, links.tails, size=links.size)

    def block(self, heads: Integers) -> Block:
        """Each kind of nearness of all candidates to some heads."""
        found = {
            f"{part} {name}": values
            for part, made in self._parts.items()
            for name, values in made.block(heads).items()
        }
        walked = settle_many(self._walk, heads, tolerance=_TOLERANCE)
        found["pagerank"] = np.asarray(walked[:, self._candidates], np.float32)
        return found


def _muted(matrix: Any) -> Any:
    quiet = matrix.copy()
    quiet.data = np.log1p(quiet.data)
    return quiet
