"""What every thing has and seeks, for the lens *complementary*.

An actor has what it offers, what its machines make possible, what it is able to do and, in
part, what it is active in. It seeks what its needs are about and what interests it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from scipy import sparse

from ontology import CR
from recommender.arcs import Flags
from recommender.engine.walk import Integers
from recommender.relations import NUMBER_OF
from recommender.snapshot import KIND_NUMBER, Snapshot
from recommender.subjects import Subjects

HAVES: Final[Mapping[str, float]] = MappingProxyType(
    {"offer": 1.0, "machine": 0.9, "able": 0.8, "active": 0.4}
)
"""How something may be had, and what that is worth."""

SEEKS: Final[Mapping[str, float]] = MappingProxyType({"need": 1.0, "interest": 0.6})
"""How something may be sought, and what that is worth."""

_ABOUT: Final = NUMBER_OF[CR + "about"]
_LISTED: Final = NUMBER_OF[CR + "listedBy"]
_OPERATED: Final = NUMBER_OF[CR + "operatedBy"]
_ENABLES: Final = NUMBER_OF[CR + "enables"]
_ITEM: Final = NUMBER_OF[CR + "belongsToProject"]
_SAID: Final = MappingProxyType(
    {
        "able": NUMBER_OF[CR + "hasCompetence"],
        "active": NUMBER_OF[CR + "activeIn"],
        "interest": NUMBER_OF[CR + "interestedIn"],
    }
)


@dataclass(frozen=True, eq=False)
class Trade:
    """What every node of a snapshot has and seeks.

    Attributes:
        snapshot: whose nodes are meant.
        subjects: of the same snapshot.
    """

    snapshot: Snapshot
    subjects: Subjects

    @cached_property
    def sorts(self) -> Mapping[str, Any]:
        """For each of :data:`HAVES` and :data:`SEEKS`: which subjects each node has or seeks
        in this way, sparse, shape (nodes, nodes), 1 where it does."""
        found = {sort: self._through(self._listed(sort), _LISTED) for sort in ("offer", "need")}
        found["machine"] = self._through(self._said(_ENABLES), _OPERATED)
        found.update({sort: self._said(relation) for sort, relation in _SAID.items()})
        return found

    @cached_property
    def of_projects(self) -> Mapping[str, Any]:
        """The subjects of the offers and needs that belong to each project."""
        return {sort: self._through(self._listed(sort), _ITEM) for sort in ("offer", "need")}

    @cached_property
    def lengths(self) -> Mapping[str, Any]:
        """For ``seeks`` and ``haves`` how much each node has or seeks in all, at least 1."""
        found = {}
        for name, side in (("seeks", SEEKS), ("haves", HAVES)):
            whole = sum(weight * self.sorts[sort] for sort, weight in side.items())
            squares = np.asarray(whole.multiply(whole).sum(axis=1)).ravel()
            found[name] = np.sqrt(np.maximum(squares, 1.0))
        return found

    @cached_property
    def middles(self) -> Mapping[str, Flags]:
        """For the sorts that hang on another thing: which things those are, shape (nodes,)."""
        found = {}
        for sort in ("offer", "need"):
            found[sort] = np.zeros(len(self.snapshot.iris), bool)
            found[sort][self._nodes(sort)] = True
        found["machine"] = self.snapshot.kinds == KIND_NUMBER["device"]
        return found

    def _nodes(self, sort: str) -> list[int]:
        return [node for node, word in self.snapshot.listings.items() if word == sort]

    def _said(self, relation: int) -> Any:
        chosen = self.snapshot.relations == relation
        heads, tails = self.snapshot.heads[chosen], self.snapshot.tails[chosen]
        kept = np.isin(tails, self.subjects.concepts)
        return self._matrix(heads[kept], tails[kept])

    def _listed(self, sort: str) -> Any:
        these = np.zeros(len(self.snapshot.iris))
        these[self._nodes(sort)] = 1.0
        return sparse.diags(these) @ self._said(_ABOUT)

    def _through(self, own: Any, relation: int) -> Any:
        """What things have themselves, and what those they lead to along a property have so."""
        chosen = self.snapshot.relations == relation
        behind = self._matrix(self.snapshot.tails[chosen], self.snapshot.heads[chosen])
        whole = (own + behind @ own).tocsr()
        whole.data = np.minimum(whole.data, 1.0)
        return whole

    def _matrix(self, rows: Integers, columns: Integers) -> Any:
        size = len(self.snapshot.iris)
        made = sparse.coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size)).tocsr()
        made.data = np.minimum(made.data, 1.0)
        return made
