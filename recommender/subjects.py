"""What each thing has to do with: its subjects, first hand and second hand.

A subject is a competence, sector or topic. First hand is what is said of the thing itself; second
hand is what is said of its projects, machines, listings, members. Rare subjects tell more than
common ones. How common one is, is counted in what these viewers may read, and nowhere else.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from scipy import sparse

from ontology import CR, SKOS
from recommender.engine.walk import Integers, Reals
from recommender.relations import NUMBER_OF
from recommender.snapshot import KIND_NUMBER, Snapshot

CONCEPTS: Final = ("competence", "sector", "topic")
"""Kinds of subjects."""

_SAID: Final = {
    CR + "hasCompetence": 1.0,
    CR + "enables": 1.0,
    CR + "activeIn": 1.0,
    CR + "about": 1.0,
    CR + "inSector": 0.5,
    CR + "interestedIn": 0.5,
}
"""What one statement that joins a thing to a subject says of its field."""

_CARRIED: Final = tuple(
    NUMBER_OF[CR + name]
    for name in (
        "memberOf", "unitOf", "worksFor", "coordinatedBy", "hasPartner", "hasParticipant",
        "involvedIn", "listedBy", "operatedBy", "belongsToProject", "organisedBy", "providedBy",
        "hasAuthor",
    )
)  # fmt: skip
"""Along these the subjects of one thing are, second hand, those of another."""

SECOND_HAND: Final = 0.3
"""What all second-hand subjects of a thing are worth together, measured by its first-hand ones."""

_WITHIN: Final = 0.5
_RELATED: Final = 0.3
"""What a subject says of one above or below it, and of one that is related."""

SUBJECT_RELATIONS: Final = tuple(NUMBER_OF[iri] for iri in _SAID)
"""The properties that join a thing to its subjects."""


@dataclass(frozen=True, eq=False)
class Subjects:
    """The subjects of every node of a snapshot.

    Attributes:
        snapshot: whose nodes are meant.
    """

    snapshot: Snapshot

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.snapshot.iris)

    @cached_property
    def concepts(self) -> Integers:
        """The nodes that are subjects, ascending."""
        return np.flatnonzero(np.isin(self.snapshot.kinds, [KIND_NUMBER[one] for one in CONCEPTS]))

    @cached_property
    def said(self) -> Any:
        """First-hand subjects, sparse, shape (nodes, nodes); a subject is its own."""
        weights = np.zeros(len(NUMBER_OF))
        for iri, weight in _SAID.items():
            weights[NUMBER_OF[iri]] = weight
        worth = weights[self.snapshot.relations]
        worth *= np.isin(self.snapshot.tails, self.concepts)
        own = self._matrix(self.snapshot.heads, self.snapshot.tails, worth)
        ones = np.ones(len(self.concepts))
        return (own + self._matrix(self.concepts, self.concepts, ones)).tocsr()

    @cached_property
    def close(self) -> Any:
        """How much one subject says of another, sparse and symmetric; each says 1 of itself."""
        heads, tails = self.snapshot.heads, self.snapshot.tails
        broader = np.isin(
            self.snapshot.relations, [NUMBER_OF[SKOS + "broader"], NUMBER_OF[SKOS + "broadMatch"]]
        )
        related = self.snapshot.relations == NUMBER_OF[SKOS + "related"]
        near = self._matrix(heads, tails, _WITHIN * broader + _RELATED * related)
        own = self._matrix(self.concepts, self.concepts, np.ones(len(self.concepts)))
        return near.maximum(near.T).maximum(own).tocsr()

    @cached_property
    def rarity(self) -> Reals:
        """What each subject tells: more, the fewer have to do with it; shape (nodes,).

        As with Adamic-Adar, and so whatever else there is in the snapshot: things that have
        nothing to do with a subject do not change what it tells.
        """
        holders = np.asarray((self.said > 0).sum(axis=0)).ravel()
        rare: Reals = 1 / np.log(2.0 + holders)
        return rare

    @cached_property
    def fields(self) -> Any:
        """The field of each node: a row of length 1 (or 0) over the subjects, sparse."""
        carried = np.isin(self.snapshot.relations, _CARRIED)
        heads, tails = self.snapshot.heads[carried], self.snapshot.tails[carried]
        ones = np.ones(len(heads))
        either = self._matrix(heads, tails, ones) + self._matrix(tails, heads, ones)
        away = self.said.copy()
        # What is a subject itself has no field but its own.
        away = sparse.diags(~np.isin(np.arange(self.size), self.concepts) * 1.0) @ away
        second = either @ _rows_to_one(away)
        rows = _rows_to_one(self.said) + SECOND_HAND * _rows_to_one(second)
        return _rows_to_one(rows @ sparse.diags(self.rarity)).tocsr()

    def _matrix(self, rows: Integers, columns: Integers, values: Reals) -> Any:
        shape = (self.size, self.size)
        made = sparse.coo_matrix((values, (rows, columns)), shape=shape).tocsr()
        made.eliminate_zeros()
        return made


def _rows_to_one(matrix: Any) -> Any:
    """The same with rows of length 1; rows of nothing stay so."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.diags(1 / np.where(lengths > 0, lengths, 1.0)) @ matrix


def row_of(matrix: Any, node: int) -> tuple[Integers, Reals]:
    """Columns and values of one row of a sparse matrix, without copying."""
    inside = slice(matrix.indptr[node], matrix.indptr[node + 1])
    return matrix.indices[inside], matrix.data[inside]
