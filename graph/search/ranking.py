"""In which order the things that a question found are shown."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from graph.search.matching import Matches, Reading, Tier, together
from graph.search.question import Question


@dataclass(frozen=True)
class Found:
    """What a question found.

    Attributes:
        things: number of a thing to its tier.
        gains: number of a thing to the weight of the words that it matches well; a thing
            that is missing here has gained nothing.
        corrections: for each word that nobody knows, what it was probably meant to be.
        partial: whether no thing has all of the words.
    """

    things: Matches
    gains: dict[int, float]
    corrections: dict[int, tuple[str, ...]]
    partial: bool = False


def find(question: Question, reading: Reading, public: Reading) -> Found:
    """All that a question finds.

    Every word must be found; only where no thing has all of them do things with some of
    them count, those with the rarest words first.

    Args:
        question: what was typed.
        reading: what the viewer may read.
        public: what everybody may read: the words' weights come from it alone, or a rank
            would tell how often a word stands in what is hidden.
    """
    each: list[Matches] = []
    corrections: dict[int, tuple[str, ...]] = {}
    whole = reading.whole(question)
    for at, word in enumerate(question.words):
        matches = reading.word(word)
        if not matches and not whole and (corrected := reading.spelled(word)):
            matches = reading.slipped(corrected)
            corrections[at] = corrected
        each.append(matches)
    things = together(each)
    gains: dict[int, float] = {}
    partial = False
    if len(each) > 1:
        weights = [_weight(public, question, at, corrections) for at in range(len(each))]
        if not things and not whole:
            partial = True
            for matches in each:
                for thing, tier in matches.items():
                    things[thing] = max(tier, things.get(thing, tier))
            gains = _gained(things, each, weights, max(Tier))
        else:
            gains = _gained(things, each, weights, Tier.NAME_COMPOUND)
    return Found({**things, **whole}, gains, corrections, partial)


def _weight(
    public: Reading, question: Question, at: int, corrections: dict[int, tuple[str, ...]]
) -> float:
    """How much a word tells: the rarer in what everybody may read, the more."""
    size = len(public.indexes[0])
    having = (
        public.slipped(corrections[at]) if at in corrections else public.word(question.words[at])
    )
    return math.log((1 + size) / (1 + len(having))) + 1


def _gained(
    things: Matches, each: Sequence[Matches], weights: Sequence[float], worst: Tier
) -> dict[int, float]:
    """For each thing the weight of the words that it matches at a tier no worse than ``worst``."""
    return {
        thing: round(
            sum(
                weight
                for matches, weight in zip(each, weights, strict=True)
                if (tier := matches.get(thing)) is not None and tier <= worst
            ),
            6,
        )
        for thing in things
    }


def best(found: Found, places: Mapping[int, int], most: int) -> list[int]:
    """The first ``most`` things: by tier, then by what their words tell, then by their places.

    Where no thing has all words, what the found words tell comes before the tier.

    Args:
        found: what was found.
        places: number of a thing to its place among all things, a stable order.
        most: how many are wanted.
    """
    things, gains = found.things, found.gains
    if not gains:
        return _best_plain(things, places, most)

    def key(thing: int) -> tuple[float, ...]:
        gain = -gains.get(thing, 0.0)
        if found.partial:
            return gain, things[thing], places[thing]
        return things[thing], gain, places[thing]

    return nsmallest(most, things, key=key)


def _best_plain(things: Matches, places: Mapping[int, int], most: int) -> list[int]:
    """The first things by tier and place; only the tier at the edge has to be looked at closely."""
    chosen: list[int] = []
    counted = Counter(things.values())
    for tier in sorted(counted):
        if len(chosen) >= most:
            break
        same = [thing for thing, own in things.items() if own == tier]
        chosen += nsmallest(most - len(chosen), same, key=places.__getitem__)
    return chosen
