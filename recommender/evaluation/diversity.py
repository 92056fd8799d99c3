"""How varied rings are: whether one hub, cluster or topic fills them, and what variety costs."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from graph import View
from recommender.evaluation.leave_out import ranked_by, trials
from recommender.evaluation.measures import ndcg, recall, reciprocal_rank
from recommender.evaluation.study import Study, with_interval
from recommender.look import Look, Middle
from recommender.snapshot import Snapshot
from recommender.terrain import Terrain
from recommender.tuning import SHIPPED, Tuning

_CENTRES: Final = 120
_SHOWN: Final = 12
"""Suggestions a wedge, as a page shows them."""

_RINGS: Final = (("ring 1", slice(0, 8)), ("ring 2", slice(8, 24)))
_FEWEST: Final = 4
"""A ring with fewer suggestions cannot be varied."""

_COLUMNS: Final = (
    "", "largest hub", "largest cluster", "largest topic", "similarity", "coverage",
    "hits@8 (95 %)", "MRR (95 %)", "nDCG@20",
)  # fmt: skip

NOTE: Final = (
    "Shares of a ring: of the thing, or sort of direct tie, that explains most of it; of the "
    "cluster other than the centre's own that most of it belongs to; of the topic that most of it "
    "has to do with first. Similarity: mean cosine of the fields of two suggestions of a ring. "
    "Coverage: share of all things that stand in the first 24 of any of {centres} radars. "
    "Quality: on the projects left out."
)


class _Ring(NamedTuple):
    hub: float
    cluster: float
    topic: float
    similarity: float


def evaluate_diversity(view: View) -> Study:
    """Measure rings before and after variety, and what that costs.

    Args:
        view: what is known.
    """
    snapshot = Snapshot.of(view)
    centres = _centres(snapshot)
    rows = []
    for name, tuning in (("without variety", replace(SHIPPED, fade=1.0)), ("with", SHIPPED)):
        rings, coverage = _rings(replace(snapshot, tuning=tuning), centres)
        quality = _quality(snapshot, tuning)
        for at, (ring, _) in enumerate(_RINGS):
            found = np.array(rings[at]).mean(axis=0).tolist() if rings[at] else [0.0] * 4
            shown = (coverage, *quality) if at == 0 else ("",) * 4
            rows.append((f"{ring}, {name}", *found, *shown))
    return Study("diversity", _COLUMNS, tuple(rows), NOTE.format(centres=len(centres)))


def _centres(snapshot: Snapshot) -> list[int]:
    """Things to look from, evenly over all that may be suggested."""
    linked = np.unique(np.concatenate([snapshot.heads, snapshot.tails]))
    there = linked[snapshot.suggestible[linked]]
    chosen: list[int] = there[:: max(1, len(there) // _CENTRES)][:_CENTRES].tolist()
    return chosen


def _rings(snapshot: Snapshot, centres: Sequence[int]) -> tuple[list[list[_Ring]], float]:
    terrain = Terrain(snapshot)
    found: list[list[_Ring]] = [[] for _ in _RINGS]
    covered: set[int] = set()
    for centre in centres:
        look = Look(terrain, Middle.of(centre), "nearest")
        chosen = look.find(None, _SHOWN).chosen[:24]
        covered.update(one.candidate.number for one in chosen)
        for at, (_, places) in enumerate(_RINGS):
            ring = [one.candidate for one in chosen[places]]
            if len(ring) >= _FEWEST:
                nodes = [one.number for one in ring]
                ties = [one.tie for one in ring]
                found[at].append(_ring(terrain, centre, nodes, ties))
    return found, len(covered) / int(snapshot.suggestible.sum())


def _ring(terrain: Terrain, centre: int, nodes: Sequence[int], ties: Sequence[Hashable]) -> _Ring:
    own = set(terrain.belonging.clusters(centre))
    clusters = [set(terrain.belonging.clusters(node)) - own for node in nodes]
    fields = terrain.subjects.fields[nodes]
    first = [int(row.indices[row.data.argmax()]) for row in fields if row.nnz]
    cosines = (fields @ fields.T).toarray()
    count = len(nodes)
    return _Ring(
        _largest(ties, count),
        _largest([one for several in clusters for one in several], count),
        _largest(first, count),
        float((cosines.sum() - np.trace(cosines)) / (count * (count - 1))),
    )


def _largest(found: Sequence[Hashable], count: int) -> float:
    """Share of the most frequent.

    >>> _largest("aab", 3)
    0.6666666666666666
    """
    return max(Counter(found).values(), default=0) / count


def _quality(snapshot: Snapshot, tuning: Tuning) -> tuple[str, str, float]:
    made = trials(snapshot)
    ranked = [ranked_by(one.snapshot, tuning)(one.coordinator) for one in made]
    pairs = list(zip(ranked, (one.partners for one in made), strict=True))
    if not pairs:
        return "", "", 0.0
    return (
        with_interval([recall(places, wanted, 8) for places, wanted in pairs]),
        with_interval([reciprocal_rank(places, wanted) for places, wanted in pairs]),
        float(np.mean([ndcg(places, wanted) for places, wanted in pairs])),
    )
