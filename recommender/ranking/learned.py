"""Learns from links that came later how to rank, and never trusts it blindly.

The ranker is an average of small boosted forests over the features of a pair
(:mod:`recommender.ranking.features`). Every simple ranker is one of the features. Whether the
forests, a simple ranker, or both together are followed is chosen by cross-validation over the
heads that are learned from: so a set that gives little to learn is ranked as by the best
simple ranker. Cross-validation knows nothing of how a graph changes afterwards: the less the heads
that are asked for are like those that were learned from, the more a fixed committee of simple
rankers has to say, which nobody has learned.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from recommender.engine.walk import Integers, Reals
from recommender.ranking.features import SIMPLE, Features, Table
from recommender.ranking.links import Links

Known = Callable[[int], Integers]
"""For a head, the nodes that it knows already and that are not ranked."""

BLOCK: Final = 32
"""Heads looked at together: enough to share the reading of the matrices, few enough for memory."""

_HEADS: Final = 1_500
_POOL: Final = 150
_ROWS: Final = 120_000
_FOLDS: Final = 3
_FEWEST_HEADS: Final = 6
_FEWEST_HITS: Final = 30
_FIRST: Final = 20
_SHARES: Final = (0.0, 0.25, 1.0)
"""What a simple ranker's opinion counts beside the forests'."""

_COMMITTEE: Final = ("partners adamic", "met walk 2", "pagerank")
"""Three ways to rank by what is near, of different mind: by whom two know both, by a short walk
over the partners, and by a long one over everything."""
_USUAL_GROWTH: Final = 1.5
_WORTH_OF_GROWTH: Final = 2.0

_FORESTS: Final[tuple[dict[str, Any], ...]] = (
    {"learning_rate": 0.05, "max_iter": 150, "max_leaf_nodes": 15, "max_features": 0.4},
    {"learning_rate": 0.05, "max_iter": 200, "max_leaf_nodes": 8, "max_features": 0.4},
)


@dataclass(frozen=True, eq=False)
class _Examples:
    """Pairs to learn from.

    Attributes:
        names: of the columns.
        values: shape (pairs, columns).
        heads: shape (pairs,): ascends.
        places: shape (pairs,): position of the candidate.
        hits: shape (pairs,): whether the link came later.
        wanted: shape (heads,): how many links of each head came later.
    """

    names: tuple[str, ...]
    values: Any
    heads: Integers
    places: Integers
    hits: Any
    wanted: Integers

    def gains(self, scores: Reals) -> Reals:
        """nDCG of the first 20 of each head, shape (heads,)."""
        order = np.lexsort((self.places, -scores, self.heads))
        rank = np.arange(len(order)) - np.searchsorted(self.heads, self.heads)
        worth = np.where(rank < _FIRST, 1 / np.log2(rank + 2), 0.0)
        gained = np.bincount(self.heads, worth * self.hits[order], minlength=len(self.wanted))
        ideal = np.cumsum(1 / np.log2(np.arange(_FIRST) + 2))
        found: Reals = gained / ideal[np.minimum(self.wanted, _FIRST) - 1]
        return found


@dataclass(frozen=True, eq=False)
class Learned:
    """A ranker that was learned.

    Attributes:
        half_life: in how much time a link loses half of its weight.
        columns: the features that the forests know.
        forests: what was learned; none where there was too little.
        simple: the best simple ranker.
        share: what its opinion counts beside the forests'; infinite if they are not asked.
        gained: nDCG of what was chosen, by cross-validation.
        simply: nDCG of the best simple ranker on the same heads.
        heads: from how many it was learned.
        partners: how many they knew, on average.
    """

    half_life: float
    columns: tuple[str, ...]
    forests: tuple[Any, ...]
    simple: str
    share: float
    gained: float
    simply: float
    heads: int
    partners: float

    def features(self, links: Links) -> Features:
        """What is known of a graph's pairs; built once for all heads."""
        return Features(links, self.half_life)

    def strangeness(self, features: Features, heads: Integers) -> float:
        """What the committee's opinion counts for these heads, beside what was learned.

        Nothing as long as they know, on average, at most half as many partners again as those
        that were learned from, and at least two thirds; then more and more.
        """
        partners = float(features.partners(heads).mean()) if len(heads) else 0.0
        if not self.forests or not partners or not self.partners:
            return 0.0
        growth = max(partners / self.partners, self.partners / partners)
        return _WORTH_OF_GROWTH * max(growth - _USUAL_GROWTH, 0.0)

    def rank(
        self, table: Table, heads: int, strangeness: float = 0.0
    ) -> list[tuple[Integers, Reals]]:
        """For each head the positions of its candidates, best first, and their scores.

        Args:
            table: the pairs.
            heads: how many heads they are of.
            strangeness: what the committee's opinion counts.
        """
        values = _columns(table, self.columns)
        opinion = values[:, self.columns.index(self.simple)]
        learned = _believed(self.forests, values) if self.forests else np.zeros(len(values))
        scores = _mixed(learned, opinion, table.heads, self.share)
        if strangeness:
            together = np.mean([_standing(table.near[one], table.heads) for one in _COMMITTEE], 0)
            scores = _standard(scores, table.heads) + strangeness * together
        bounds = np.searchsorted(table.heads, np.arange(heads + 1))
        found = []
        for start, end in itertools.pairwise(bounds):
            order = np.lexsort((table.candidates[start:end], -scores[start:end]))
            found.append((table.candidates[start:end][order], scores[start:end][order]))
        return found

    def __str__(self) -> str:
        simple = f"{self.simple} ({self.simply:.3f})"
        if np.isinf(self.share):
            return f"from {self.heads} heads: {simple} alone"
        beside = f", beside them {simple} with {self.share:g}" if self.share else ""
        against = "" if beside else f"; the best simple ranker there is {simple}"
        return (
            f"from {self.heads} heads: {len(self.forests)} forests over {len(self.columns)} "
            f"features{beside}, nDCG@20 {self.gained:.3f} by cross-validation{against}"
        )


def learn(links: Links, targets: Mapping[int, Sequence[int]], known: Known) -> Learned:
    """Learn to rank what came later.

    Args:
        links: the graph as it was known.
        targets: for each head, what came later.
        known: what each head knows already.
    """
    half_life = usual_age(links)
    features = Features(links, half_life)
    heads = _sample([head for head in targets if targets[head]])
    partners = float(features.partners(heads).mean()) if len(heads) else 0.0
    examples = _examples(features, heads, targets, known)
    simple = {
        name: float(examples.gains(examples.values[:, at].astype(float)).mean())
        for at, name in enumerate(examples.names)
        if name in SIMPLE
    }
    best = max(simple, key=lambda name: round(simple[name], 9))
    opinion = examples.values[:, examples.names.index(best)]
    if len(heads) < _FEWEST_HEADS or examples.hits.sum() < _FEWEST_HITS:
        figures = (simple[best], simple[best], len(heads), partners)
        return Learned(half_life, examples.names, (), best, np.inf, *figures)
    learned = _cross_validated(examples)
    gains = {
        share: float(examples.gains(_mixed(learned, opinion, examples.heads, share)).mean())
        for share in (*_SHARES, np.inf)
    }
    share = max(gains, key=lambda one: gains[one])
    forests = (
        () if np.isinf(share) else _grown(examples, np.ones(len(examples.heads), bool), _FORESTS)
    )
    figures = (gains[share], simple[best], len(heads), partners)
    return Learned(half_life, examples.names, forests, best, share, *figures)


def usual_age(links: Links) -> float:
    """The age of the median link: a pace at which things change that a graph itself tells.

    Infinite where there are no times, or one only.
    """
    ages = links.ages[~np.isnan(links.times)]
    older = ages[ages > 0]
    if not len(older):
        return float("inf")
    return float(max(np.median(ages), older.min()))


_RELATIVE: Final = " of the greatest"


def _sample(heads: Sequence[int]) -> Integers:
    step = -(-len(heads) // _HEADS) if heads else 1
    return np.array(heads[::step], np.int64)


def _columns(table: Table, names: Sequence[str] | None = None) -> Any:
    """The features side by side; what a graph does not have is 0."""
    wanted = _names(table) if names is None else names
    made = np.zeros((len(table.heads), len(wanted)), np.float32)
    for at, name in enumerate(wanted):
        values = table.near.get(name.removesuffix(_RELATIVE), table.alone.get(name))
        if values is not None:
            relative = name.endswith(_RELATIVE)
            made[:, at] = _of_the_greatest(values, table.heads) if relative else values
    return made


def _of_the_greatest(values: Any, heads: Integers) -> Any:
    """Each value as a share of its head's greatest; the heads ascend."""
    if not len(values):
        return values
    starts = np.flatnonzero(np.r_[True, heads[1:] != heads[:-1]])
    greatest = np.repeat(np.maximum.reduceat(values, starts), np.diff(np.r_[starts, len(heads)]))
    return values / np.where(greatest > 0, greatest, 1)


def _names(table: Table) -> tuple[str, ...]:
    return (*table.near, *(name + _RELATIVE for name in table.near), *table.alone)


def _examples(
    features: Features, heads: Integers, targets: Mapping[int, Sequence[int]], known: Known
) -> _Examples:
    names: tuple[str, ...] = ()
    values, rows, places, hits = [], [], [], []
    for start in range(0, len(heads), BLOCK):
        block = heads[start : start + BLOCK]
        table = features.table(block, [known(int(head)) for head in block], _POOL)
        names = names or _names(table)
        values.append(_columns(table, names))
        rows.append(table.heads + start)
        places.append(table.candidates)
        nodes = features.candidates[table.candidates]
        later = [
            np.isin(nodes[table.heads == at], targets[int(head)]) for at, head in enumerate(block)
        ]
        hits.append(np.concatenate(later))
    return _Examples(
        names,
        np.concatenate(values),
        np.concatenate(rows),
        np.concatenate(places),
        np.concatenate(hits),
        np.array([len(targets[int(head)]) for head in heads]),
    )


def _cross_validated(examples: _Examples) -> Reals:
    """What a forest believes of each pair that did not see its head."""
    believed = np.zeros(len(examples.heads))
    for fold in range(_FOLDS):
        held = examples.heads % _FOLDS == fold
        forests = _grown(examples, ~held, _FORESTS[:1])
        believed[held] = _believed(forests, examples.values[held])
    return believed


def _grown(examples: _Examples, chosen: Any, shapes: Sequence[dict[str, Any]]) -> tuple[Any, ...]:
    hits = examples.hits & chosen
    chance = np.random.default_rng(0)
    others = max(_ROWS - int(hits.sum()), 1) / max(int((chosen & ~hits).sum()), 1)
    kept = hits | (chosen & (chance.random(len(chosen)) < others))
    least = int(np.clip(kept.sum() / 1000, 5, 200))
    return tuple(
        HistGradientBoostingClassifier(
            **shape,
            min_samples_leaf=least,
            l2_regularization=20.0,
            early_stopping=False,
            random_state=at,
        ).fit(examples.values[kept], examples.hits[kept])
        for at, shape in enumerate(shapes)
    )


def _believed(forests: Sequence[Any], values: Any) -> Reals:
    found: Reals = np.mean([forest.decision_function(values) for forest in forests], axis=0)
    return found


def _mixed(learned: Reals, opinion: Any, heads: Integers, share: float) -> Reals:
    """The forests' belief, and what a simple ranker thinks, in its logarithm and head by head."""
    if np.isinf(share):
        return _logarithm(opinion)
    if not share:
        return learned
    return _standard(learned, heads) + share * _standing(opinion, heads)


def _standing(opinion: Any, heads: Integers) -> Reals:
    return _standard(_logarithm(opinion), heads)


def _logarithm(opinion: Any) -> Reals:
    found: Reals = np.log(np.maximum(opinion.astype(float), 1e-12))
    return found


def _standard(values: Reals, heads: Integers) -> Reals:
    """Less the head's mean, over the head's deviation."""
    counts = np.maximum(np.bincount(heads), 1)
    less: Reals = values - (np.bincount(heads, values) / counts)[heads]
    spread: Reals = np.sqrt(np.bincount(heads, less * less) / counts)[heads]
    found: Reals = less / np.where(spread > 0, spread, 1.0)
    return found
