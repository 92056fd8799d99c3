"""Typed links as they were known at some time, and whom they make partners."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from scipy import sparse

from recommender.engine.fading import ages
from recommender.engine.walk import Integers, Reals
from recommender.ranking.matrices import rows_to_one

Path = tuple[tuple[tuple[int, bool], ...], ...]
"""For each step of a way, the (relation, backward) pairs that may be walked."""

_MOST_PAIRS: Final = 8_000_000
"""Pairs that a way may make: where hubs would make more, the greatest hubs join nobody."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Links:
    """A graph of typed links.

    Attributes:
        names: of the relations; two graphs speak of the same relation where names agree.
        heads, relations, tails: shape (edges,): numbers of nodes, relations, nodes.
        times: shape (edges,): a year or any other number that grows; NaN where nothing is said.
        kinds: shape (nodes,): a number for each node's kind.
        kind_names: of the kinds.
        candidates: shape (candidates,): the nodes that may be ranked, ascending.
        paths: ways from a head to those it knows already and that are not ranked.
    """

    names: tuple[str, ...]
    heads: Integers
    relations: Integers
    tails: Integers
    times: Reals
    kinds: Integers
    kind_names: tuple[str, ...]
    candidates: Integers
    paths: tuple[Path, ...]

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.kinds)

    @cached_property
    def ages(self) -> Reals:
        """How much older each link is than the newest, shape (edges,); 0 where no time is said."""
        return ages(self.times)

    def matrix(self, chosen: Any, weights: Reals | None = None) -> Any:
        """The chosen links from heads to tails; parallel ones add up."""
        values = np.ones(len(self.heads)) if weights is None else weights
        ends = self.heads[chosen], self.tails[chosen]
        return sparse.csr_matrix((values[chosen], ends), shape=(self.size, self.size))

    def either_way(self, weights: Reals | None = None) -> Any:
        """All links, both ways."""
        there = self.matrix(slice(None), weights)
        both = (there + there.T).tocsr()
        both.setdiag(0)
        both.eliminate_zeros()
        return both

    def partners(self, weights: Reals | None = None, *, shared: bool = False) -> Any:
        """How often two nodes know each other by the known ways; symmetric, nobody oneself.

        Args:
            weights: of each link; by default 1.
            shared: whether what is in between shares itself out among those it joins, so that
                a project of two ties more closely than one of fifty.

        A way of several steps is worth the geometric mean of its steps' weights. Where a set
        has no known ways nobody is a partner.
        """
        known = sparse.csr_matrix((self.size, self.size))
        for path in self.paths:
            share = None if weights is None else weights ** (1 / len(path))
            steps = self.steps(path, share)
            if shared:
                steps[1:] = [rows_to_one(step) for step in steps[1:]]
            known = known + _along(steps)
        known = known.maximum(known.T).tocsr()
        known.setdiag(0)
        known.eliminate_zeros()
        return known

    def steps(self, path: Path, weights: Reals | None = None) -> list[Any]:
        """The matrix of each step of a way."""
        found = []
        for step in path:
            whole = sparse.csr_matrix((self.size, self.size))
            for relation, backward in step:
                links = self.matrix(self.relations == relation, weights)
                whole = whole + (links.T.tocsr() if backward else links)
            found.append(whole)
        return found


def _along(steps: Sequence[Any]) -> Any:
    reached = steps[0]
    for step in steps[1:]:
        reached = bounded_product(reached, step, _MOST_PAIRS)
    return reached


def bounded_product(left: Any, right: Any, most: int) -> Any:
    """The product of two sparse matrices, without the greatest hubs in between if need be.

    Args:
        left: shape (a, b).
        right: shape (b, c).
        most: how many pairs may be joined; the hubs that join the most are left out first.
    """
    joined = np.diff(left.tocsc().indptr).astype(np.int64) * np.diff(right.tocsr().indptr)
    if joined.sum() > most:
        order = np.argsort(joined, kind="stable")
        kept = np.zeros(len(joined))
        kept[order[np.cumsum(joined[order]) <= most]] = 1.0
        left = left @ sparse.diags(kept)
    return (left @ right).tocsr()
