"""The middle of somebody's radar: their organisation, themselves, their interests, what they saved.

Four sorts of things, and each sort has its say however many things it has: forty saved things
do not drown two interests.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType
from typing import Final

import numpy as np

from ontology import CR
from recommender.answer import Node
from recommender.because import BECAUSE
from recommender.ground import Ground
from recommender.look import Middle
from recommender.relations import NUMBER_OF
from recommender.snapshot import Snapshot

ME: Final = "me"
"""Kind and slug of the centre that is no thing but whoever asks."""

_SHARES: Final[Mapping[str, float]] = MappingProxyType(
    {
        "organisation": 1.0,
        "person": 0.7,
        "interest": 1.0,
        "saved": 0.7,
        "more": 1.0,
        "visited": 0.2,
        "text": 1.0,
    }
)
"""What all seeds of a sort are worth together."""

_AWAY: Final = 0.25
_MOST_AWAY: Final = 0.75
"""What a thing that is not wanted weighs, and what all of them weigh at most: against seeds of
which each sort weighs 0.7 to 1, so that one of them moves little and many of a sort a lot."""

_NEWEST: Final = 24
"""Things that are not wanted of which also the neighbours fade: the last ones."""

_ACTORS: Final = frozenset({"organisation", "person"})

_OWN: Final = tuple(
    NUMBER_OF[CR + name]
    for name in (
        "operatedBy", "listedBy", "worksFor", "hasAuthor", "hasCompetence", "activeIn",
        "interestedIn",
    )
)  # fmt: skip
"""What an actor says of itself: its machines and listings, its people, what it is able to do."""


@dataclass(frozen=True)
class Seed:
    """A thing in the middle of somebody's radar.

    Attributes:
        iri: the thing; an address that it had before a merge will do.
        because: what it is to them: one of :data:`recommender.because.BECAUSE`.
        weight: what it is worth among the seeds of its sort; positive.

    Raises:
        ValueError: there is no such reason, or the weight is not positive.
    """

    iri: str
    because: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        if self.because not in BECAUSE:
            raise ValueError(f"a seed is there because of {', '.join(BECAUSE)}: {self.because}")
        if not (isfinite(self.weight) and self.weight > 0):
            raise ValueError(f"the weight of a seed is positive: {self.weight}")


def me(base: str, name: str) -> Node:
    """Whoever asks, as the centre of an answer.

    >>> me("https://example.org/", "Ada").iri
    'https://example.org/me'
    """
    return Node(iri=base + ME, kind=ME, slug=ME, label=name)


def middle_of(ground: Ground, seeds: Iterable[Seed], unwanted: Sequence[str] = ()) -> Middle | None:
    """Where somebody looks from, or None where nothing of theirs is linked to anything.

    Args:
        ground: where.
        seeds: what is theirs.
        unwanted: IRIs of what is not to be suggested, the newest first; what is near the newest
            of them is suggested later. A seed is not unwanted.

    What they may not read, or what is gone, is left out. A thing that is there for two reasons
    is told of by the first of :data:`BECAUSE`.
    """
    snapshot = ground.terrain.snapshot
    weights: dict[str, dict[int, float]] = {because: {} for because in BECAUSE}
    for seed in seeds:
        thing = ground.view.thing(seed.iri) or ground.view.redirect(seed.iri)
        node = snapshot.number.get(thing.iri) if thing else None
        if node is not None:
            there = weights[seed.because]
            there[node] = max(seed.weight, there.get(node, 0.0))
    mass: dict[int, float] = {}
    told: dict[int, str] = {}
    for because, there in weights.items():
        whole = sum(there.values())
        for node, weight in there.items():
            mass[node] = mass.get(node, 0.0) + _SHARES[because] * weight / whole
            told.setdefault(node, because)
    if not mass:
        return None
    actors = [node for node, because in told.items() if because in _ACTORS]
    seeds_in_order = {node: mass[node] for node in sorted(mass)}
    away = [one for one in nodes_of(ground, unwanted) if one not in mass]
    known = [*_own(snapshot, actors), *away[_NEWEST:]]
    weight = min(_AWAY, _MOST_AWAY / max(len(away[:_NEWEST]), 1))
    away_in_order = dict.fromkeys(sorted(away[:_NEWEST]), weight)
    return Middle(seeds_in_order, told, home=actors, known=known, away=away_in_order)


def nodes_of(ground: Ground, iris: Iterable[str]) -> list[int]:
    """The nodes of things by whatever address, without those that these viewers may not read."""
    found = (ground.view.thing(iri) or ground.view.redirect(iri) for iri in iris)
    number = ground.terrain.snapshot.number
    return [number[one.iri] for one in found if one is not None and one.iri in number]


def _own(snapshot: Snapshot, actors: list[int]) -> list[int]:
    """What actors say of themselves, which is nothing new to them."""
    said = np.isin(snapshot.relations, _OWN)
    heads, tails = snapshot.heads[said], snapshot.tails[said]
    ends = np.concatenate([tails[np.isin(heads, actors)], heads[np.isin(tails, actors)]])
    own: list[int] = np.unique(ends).tolist()
    return own
