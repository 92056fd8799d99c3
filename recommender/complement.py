"""The lens *complementary*: who has what I seek, and who seeks what I have.

Where nothing is said of the middle itself, its projects and clusters speak for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from ontology import CR
from recommender.arcs import Arcs
from recommender.bridges import Bridges
from recommender.engine.walk import Integers, Reals
from recommender.matches import Match
from recommender.paths import Way
from recommender.relations import NUMBER_OF
from recommender.subjects import CONCEPTS, row_of
from recommender.trade import HAVES, SEEKS, Trade

SUBJECT: Final = "subject"
"""How a subject has itself: from there one sees who has it and who seeks it."""

_SIDES: Final = ((SEEKS, HAVES, "haves"), (HAVES, SEEKS, "seeks"))
"""What may be mine, what then is theirs, and what the latter is called in :class:`Trade`."""

_SPEAKING: Final = tuple(
    NUMBER_OF[CR + name]
    for name in (
        "memberOf", "unitOf", "worksFor", "involvedIn", "hasPartner", "coordinatedBy",
        "hasParticipant",
    )
)  # fmt: skip
_SPEAKERS: Final = ("project", "cluster", "organisation")
"""Along these properties, these kinds speak for those of whom nothing is said."""

_OWN: Final = tuple(NUMBER_OF[CR + name] for name in ("listedBy", "operatedBy", "worksFor"))


class _Mine(NamedTuple):
    """One way in which the middle has or seeks things.

    Attributes:
        seed, carrier: as in :class:`recommender.matches.Match`.
        sort: of :data:`HAVES`, :data:`SEEKS`, or :data:`SUBJECT`.
        subjects: the nodes.
        worth: how much each counts.
    """

    seed: int
    carrier: int
    sort: str
    subjects: Sequence[int]
    worth: float


class Complement:
    """Matches what the middle seeks with what others have, and the other way round.

    Args:
        trade: what every node has and seeks.
        arcs: of the same snapshot.
        seeds: the middle, each seed with its weight.
        bridges: finds the ways to subjects.

    Attributes:
        near: shape (nodes,): how well each node fits.
    """

    def __init__(
        self, trade: Trade, arcs: Arcs, seeds: Mapping[int, float], bridges: Bridges
    ) -> None:
        self._trade = trade
        self._arcs = arcs
        self._bridges = bridges
        self._mine = [one for seed, weight in seeds.items() for one in self._of(seed, weight)]
        self._wanted = [self._spread(mine) for mine, _, _ in _SIDES]
        self.near = self._near()
        own = self._around(list(seeds), _OWN)
        self.near[own] = 0.0

    def match(self, node: int) -> Match | None:
        """Why a node fits, or None where no statements say it."""
        for _, sort, subject, side in sorted(self._offers(node), reverse=True)[:3]:
            there = self._way(node, sort, subject)
            for mine, own in self._matching(subject, _SIDES[side][0])[:3]:
                here = self._to(mine, own)
                across = self._bridges.direct(own, subject) if own != subject else ()
                if here is None or (own != subject and not across) or not there:
                    continue
                way = (*here, *across, *self._bridges.back(there))
                return Match(mine.seed, mine.carrier, mine.sort, own, sort, subject, -1, way)
        return None

    def _offers(self, node: int) -> Iterator[tuple[float, str, int, int]]:
        """How a node fits: what it is worth, how the node has it, the subject, the side."""
        for side, (_, theirs, _) in enumerate(_SIDES):
            for sort, weight in theirs.items():
                for subject in row_of(self._trade.sorts[sort], node)[0].tolist():
                    worth = weight * float(self._wanted[side][subject])
                    if worth > 0:
                        yield round(worth, 9), sort, subject, side

    def _matching(self, subject: int, side: Mapping[str, float]) -> list[tuple[_Mine, int]]:
        """What of mine a subject fits, and my subject that is closest to it, the best first."""
        near, closeness = row_of(self._trade.subjects.close, subject)
        close = dict(zip(near.tolist(), closeness.tolist(), strict=True))
        found = []
        for place, mine in enumerate(self._mine):
            if mine.sort == SUBJECT or mine.sort in side:
                worth = mine.worth * side.get(mine.sort, 1.0)
                fitting = [
                    (-round(worth * close[own], 9), place, own)
                    for own in mine.subjects
                    if own in close
                ]
                found += [min(fitting)] if fitting else []
        return [(self._mine[place], own) for _, place, own in sorted(found)]

    def _to(self, mine: _Mine, subject: int) -> Way | None:
        """The way from the seed to its subject, or None where there is none."""
        if mine.carrier == subject:
            return ()
        first: Way = ()
        if mine.carrier != mine.seed:
            first = self._bridges.direct(mine.seed, mine.carrier)
            if not first:
                return None
        onward = self._way(mine.carrier, mine.sort, subject)
        return (*first, *onward) if onward else None

    def _way(self, node: int, sort: str, subject: int) -> Way:
        """From a node to a subject that it has in some way."""
        middles = self._trade.middles.get(sort)
        if middles is None or middles[node]:
            return self._bridges.direct(node, subject)
        return self._bridges.to_subject(node, subject, middles)

    def _of(self, seed: int, weight: float) -> list[_Mine]:
        """What a seed has and seeks; where that is nothing, what speaks for it does."""
        if self._trade.snapshot.kind(seed) in CONCEPTS:
            return [_Mine(seed, seed, SUBJECT, [seed], weight)]
        found = self._said(seed, seed, weight)
        if found:
            return found
        speaking = [
            node
            for node in self._around([seed], _SPEAKING).tolist()
            if self._trade.snapshot.kind(node) in _SPEAKERS
        ]
        share = weight / max(len(speaking), 1)
        return [one for node in speaking for one in self._said(seed, node, share)]

    def _said(self, seed: int, carrier: int, weight: float) -> list[_Mine]:
        rows = dict(self._trade.sorts)
        if self._trade.snapshot.kind(carrier) == "project":
            rows.update(self._trade.of_projects)
        found = ((sort, row_of(matrix, carrier)[0].tolist()) for sort, matrix in rows.items())
        return [_Mine(seed, carrier, sort, own, weight) for sort, own in found if own]

    def _spread(self, side: Mapping[str, float]) -> Reals:
        """What one side of mine comes to, subjects that are close to it in part."""
        subjects = self._trade.subjects
        wanted = np.zeros(subjects.size)
        for one in self._mine:
            if one.sort == SUBJECT or one.sort in side:
                wanted[one.subjects] += one.worth * side.get(one.sort, 1.0)
        spread: Reals = np.asarray(subjects.close.T @ wanted).ravel() * subjects.rarity
        return spread

    def _near(self) -> Reals:
        near = np.zeros(self._trade.subjects.size)
        for wanted, (_, theirs, name) in zip(self._wanted, _SIDES, strict=True):
            fits: Any = sum(w * (self._trade.sorts[sort] @ wanted) for sort, w in theirs.items())
            near += fits / self._trade.lengths[name]
        return near

    def _around(self, nodes: list[int], relations: tuple[int, ...]) -> Integers:
        arcs = self._arcs.of_nodes(np.array(nodes, np.int64))
        kept = arcs[np.isin(self._arcs.relations[arcs], relations)]
        return np.unique(self._arcs.ends[kept])
