"""What a ranker knows of a head and a candidate."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from recommender.engine.fading import fading
from recommender.engine.walk import Integers
from recommender.ranking.links import Links
from recommender.ranking.matrices import dense, rows_to_one, sums
from recommender.ranking.profiles import profiles
from recommender.ranking.walks import Block, Nearness

_POOLED: Final = frozenset(
    {
        "partners common",
        "partners adamic",
        "links common",
        "links adamic",
        "met walk 2",
        "met walk 3",
        "met even 3",
        "recent walk 2",
        "recent walk 3",
        "shared walk 2",
        "shared walk 3",
        "latent smoothed",
        "latent coarse",
        "pagerank",
    }
)
"""The kinds of nearness whose best are looked at closer: each of them would do as a ranker."""

_POPULAR: Final = ("partners", "recent", "links")

SIMPLE: Final = _POOLED | {f"{name} of the candidate" for name in _POPULAR}
"""The features that are rankers by themselves."""


@dataclass(frozen=True, eq=False)
class Table:
    """Pairs of heads and candidates that are worth a closer look.

    Attributes:
        heads: shape (pairs,): position of the head among those asked for; ascends.
        candidates: shape (pairs,): position of the candidate; ascends for each head.
        near: by name, shape (pairs,): of the pair.
        alone: by name, shape (pairs,): of the candidate or the head alone.
    """

    heads: Integers
    candidates: Integers
    near: dict[str, Any]
    alone: dict[str, Any]


class Features:
    """The features of a graph's pairs.

    Args:
        links: the graph.
        half_life: in how much time a link loses half of its weight.
    """

    def __init__(self, links: Links, half_life: float) -> None:
        self.candidates = links.candidates
        self.position = np.full(links.size, -1)
        self.position[links.candidates] = np.arange(len(links.candidates))
        self.nearness = Nearness(links, half_life)
        self.profiles = profiles(links, fading(links.times, half_life))
        self._reaching = {f"{one.name} affinity" for one in self.profiles if one.reaching}
        self._walk = rows_to_one(self.nearness.recent)
        newest = links.ages == 0
        known, recent = self.nearness.known, self.nearness.recent
        self._alone: dict[str, Any] = {
            "partners": np.diff(known.indptr).astype(float),
            "met": sums(known),
            "recent": sums(recent),
            "links": np.diff(self.nearness.everything.indptr).astype(float),
        }
        if not newest.all():
            told = newest & ~np.isnan(links.times)
            self._alone["newest"] = np.bincount(
                np.concatenate([links.heads[told], links.tails[told]]), minlength=links.size
            ).astype(float)
        for profile in self.profiles:
            self._alone[f"{profile.name} count"] = profile.counts
        for name, values in list(self._alone.items()):
            usual = values[values > 0].mean() if (values > 0).any() else 1.0
            self._alone[name] = np.log1p(values / usual).astype(np.float32)

    def partners(self, heads: Integers) -> Integers:
        """How many each head knows; where a set has no known ways: is linked with."""
        found: Integers = np.diff(self.nearness.known.indptr)[heads]
        return found

    def block(self, heads: Integers) -> Block:
        """Kinds of nearness of all candidates, shape (heads, candidates)."""
        found = self.nearness.block(heads)
        for profile in self.profiles:
            found[f"{profile.name} affinity"] = dense(profile.mine[heads] @ profile.theirs.T)
        return found

    def table(
        self, heads: Integers, known: Sequence[Integers], most: int, block: Block | None = None
    ) -> Table:
        """The best of each kind of nearness, with all that is known of them.

        Args:
            heads: node numbers.
            known: for each, the nodes that are not ranked.
            most: how many of each kind.
            block: what :meth:`block` says of the heads, if it was asked already.
        """
        block = self.block(heads) if block is None else block
        pooled = [name for name in block if name in _POOLED or name in self._reaching]
        popular = [self._alone[name][self.candidates] for name in _POPULAR]
        rows, columns = [], []
        for at in range(len(heads)):
            barred = self.position[known[at]]
            barred = barred[barred >= 0]
            chosen = set()
            for values in [*(block[name][at] for name in pooled), *popular]:
                chosen.update(_greatest(values, barred, most).tolist())
            columns.append(np.array(sorted(chosen), np.int64))
            rows.append(np.full(len(chosen), at))
        return self._closer(heads, block, np.concatenate(rows), np.concatenate(columns))

    def _closer(self, heads: Integers, block: Block, rows: Integers, columns: Integers) -> Table:
        near = {name: values[rows, columns] for name, values in block.items()}
        bounds = np.searchsorted(rows, np.arange(len(heads) + 1))
        for profile in self.profiles:
            company = self._walk[heads] @ profile.mine
            near[f"{profile.name} likeness"] = _products(
                profile.alike[heads], profile.alike_to, columns, bounds
            )
            near[f"{profile.name} company"] = _products(company, profile.theirs, columns, bounds)
        alone = {}
        for name, values in self._alone.items():
            alone[f"{name} of the candidate"] = values[self.candidates[columns]]
            alone[f"{name} of the head"] = values[heads[rows]]
        return Table(rows, columns, near, alone)


def _products(mine: Any, theirs: Any, columns: Integers, bounds: Integers) -> Any:
    """The product of each head's row with those of its candidates."""
    found = np.empty(len(columns), np.float32)
    for at, (start, end) in enumerate(pairwise(bounds)):
        found[start:end] = theirs[columns[start:end]] @ mine[[at]].toarray().ravel()
    return found


def _greatest(values: Any, barred: Integers, most: int) -> Integers:
    """Positions of the greatest positive values."""
    values = values.copy()
    values[barred] = 0
    found = np.arange(len(values))
    if most < len(values):
        found = np.argpartition(-values, most)[:most]
    kept: Integers = found[values[found] > 0]
    return kept
