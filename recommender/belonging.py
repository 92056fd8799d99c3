"""Which clusters each thing belongs to, so that a radar can look across their borders."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse

from ontology import CR
from recommender.arcs import Flags
from recommender.relations import NUMBER_OF
from recommender.snapshot import Snapshot


def _numbers(*names: str) -> tuple[int, ...]:
    return tuple(NUMBER_OF[CR + name] for name in names)


_UPWARDS: Final = _numbers("memberOf", "unitOf", "worksFor")
_OF_ACTORS: Final = _numbers(
    "coordinatedBy", "hasPartner", "hasParticipant", "listedBy", "operatedBy", "organisedBy",
    "providedBy", "hasAuthor",
)  # fmt: skip
_OF_PROJECTS: Final = _numbers("belongsToProject")
_ABILITIES: Final = _numbers("hasCompetence", "activeIn")

Homes = dict[int, frozenset[int]]


@dataclass(frozen=True, eq=False)
class Belonging:
    """The clusters of every node.

    A cluster belongs to itself; members, units and staff to the clusters above them; projects,
    events, listings, machines and the like to the clusters of whoever stands behind them; what
    has nobody behind it, to its project's. A subject belongs to every cluster that is able or
    active in it, itself or through a member.

    Attributes:
        matrix: shape (nodes, nodes), sparse: 1 where a node belongs to a cluster.
    """

    matrix: Any

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Belonging":
        """Work out the clusters of all nodes of a snapshot."""
        homes: Homes = {
            node: frozenset({node})
            for node in range(len(snapshot.iris))
            if snapshot.kind(node) == "cluster"
        }
        upwards = _edges(snapshot, _UPWARDS)
        while _inherit(homes, upwards):
            pass
        _inherit(homes, _edges(snapshot, _OF_ACTORS))
        orphans = [
            (item, project) for item, project in _edges(snapshot, _OF_PROJECTS) if item not in homes
        ]
        _inherit(homes, orphans)
        abilities = [(concept, actor) for actor, concept in _edges(snapshot, _ABILITIES)]
        _inherit(homes, abilities)
        pairs = [(node, home) for node, found in homes.items() for home in found]
        rows, columns = np.array(pairs, np.int64).reshape(-1, 2).T
        size = len(snapshot.iris)
        ones = np.ones(len(pairs), np.int32)
        return cls(sparse.coo_matrix((ones, (rows, columns)), shape=(size, size)).tocsr())

    def anywhere(self) -> Flags:
        """Which nodes belong to a cluster at all, shape (nodes,)."""
        found: Flags = np.diff(self.matrix.indptr) > 0
        return found

    def with_(self, *nodes: int) -> Flags:
        """Which nodes share a cluster with any of some nodes, shape (nodes,)."""
        wanted = np.zeros(self.matrix.shape[0], np.int32)
        for node in nodes:
            wanted[list(self.clusters(node))] = 1
        found: Flags = (self.matrix @ wanted) > 0
        return found

    def clusters(self, node: int) -> tuple[int, ...]:
        """The clusters of a node, ascending."""
        own = self.matrix.indices[self.matrix.indptr[node] : self.matrix.indptr[node + 1]]
        return tuple(sorted(own.tolist()))


def _edges(snapshot: Snapshot, relations: tuple[int, ...]) -> list[tuple[int, int]]:
    chosen = np.isin(snapshot.relations, relations)
    return list(zip(snapshot.heads[chosen].tolist(), snapshot.tails[chosen].tolist(), strict=True))


def _inherit(homes: Homes, pairs: Iterable[tuple[int, int]]) -> bool:
    """Give each first of a pair the clusters of its second; whether that changed anything."""
    gained: dict[int, set[int]] = {}
    for heir, giver in pairs:
        if giver in homes:
            gained.setdefault(heir, set()).update(homes[giver])
    changed = False
    for heir, found in gained.items():
        before = homes.get(heir, frozenset())
        if not found <= before:
            homes[heir] = before | found
            changed = True
    return changed
