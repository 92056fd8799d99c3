"""What candidates and heads have in common: attributes, one or two links away.

An attribute is a node of another kind than the candidates': a place, a topic, a programme. It
belongs to a node by one relation, or by two with a node of a third kind in between (an
organisation takes part in projects, projects in programmes).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse

from recommender.engine.walk import Integers, Reals
from recommender.ranking.links import Links, bounded_product
from recommender.ranking.matrices import rows_of_length_one, rows_to_one, sums

_MOST_PAIRS: Final = 10_000_000
_MOST_PROFILES: Final = 12


@dataclass(frozen=True, eq=False)
class Profile:
    """How often each node has each attribute of one sort.

    Attributes:
        name: the relations and kinds that lead there.
        mine: shape (nodes, attributes), each row sums to one.
        alike: likewise, rare attributes weigh more, each row of length one.
        theirs: shape (candidates, attributes): counts.
        alike_to: ``alike`` of the candidates.
        counts: shape (nodes,): how many attributes.
        reaching: whether the attributes are two links away.
    """

    name: str
    mine: Any
    alike: Any
    theirs: Any
    alike_to: Any
    counts: Reals
    reaching: bool

    @classmethod
    def of(cls, name: str, found: Any, candidates: Integers, *, reaching: bool) -> "Profile":
        """From counts of shape (nodes, attributes)."""
        theirs = found[candidates].tocsr()
        held = np.diff(theirs.tocsc().indptr)
        rare = np.where(held > 0, np.log(len(candidates) / np.maximum(held, 1)), 0.0)
        muted = found.copy()
        muted.data = np.log1p(muted.data)
        alike = rows_of_length_one((muted @ sparse.diags(rare)).tocsr())
        return cls(
            name,
            rows_to_one(found),
            alike,
            theirs,
            alike[candidates].tocsr(),
            sums(found),
            reaching,
        )


def profiles(links: Links, fading: Reals) -> list[Profile]:
    """The profiles of a graph, those of most links first.

    Args:
        links: the graph.
        fading: what each link still weighs.
    """
    found: dict[str, Any] = {}
    reaching = set()
    middles: dict[int, Any] = {}
    known = {relation for path in links.paths for step in path for relation, _ in step}
    own = int(links.kinds[links.candidates[0]])
    steps = []
    for relation in range(len(links.names)):
        there = links.matrix(links.relations == relation, fading)
        steps.append((there + there.T).tocsr())
    for relation, step in enumerate(steps):
        for kind, part in _by_kind(step, links, {own}):
            middles[kind] = middles.get(kind, 0) + part
            # Sharing what the known ways lead over is knowing each other, and counted there.
            if relation not in known:
                found[f"{links.names[relation]} > {links.kind_names[kind]}"] = part
    for middle, reached in middles.items():
        for relation, step in enumerate(steps):
            there = step[:, links.kinds != own]
            if not there.nnz:
                continue
            onward = bounded_product(reached, step, _MOST_PAIRS)
            for kind, part in _by_kind(onward, links, {own, middle}):
                way = links.kind_names[middle], links.names[relation], links.kind_names[kind]
                name = " > ".join(way)
                found[name] = part
                reaching.add(name)
    wanted = sorted(found.items(), key=lambda one: (-one[1][links.candidates].nnz, one[0]))
    made = []
    for name, part in wanted[:_MOST_PROFILES]:
        columns = np.flatnonzero(np.diff(part[links.candidates].tocsc().indptr))
        if len(columns):
            held = part[:, columns].tocsr()
            made.append(Profile.of(name, held, links.candidates, reaching=name in reaching))
    return made


def _by_kind(step: Any, links: Links, without: set[int]) -> list[tuple[int, Any]]:
    """The columns of a matrix, kind by kind; other kinds' columns are empty."""
    kinds = links.kinds[step.indices]
    return [
        (int(kind), (step @ sparse.diags((links.kinds == kind).astype(float))).tocsr())
        for kind in np.unique(kinds)
        if int(kind) not in without
    ]
