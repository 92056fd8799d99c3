"""What two things have in common or could do for each other, as a lens finds it."""

from typing import NamedTuple

from recommender.paths import Way


class Match(NamedTuple):
    """Why a lens that goes by subjects suggests something.

    Attributes:
        seed: whose radar it is, or which of its several middles.
        carrier: who has the subject there: the seed, or its project or cluster.
        own: how the carrier has it (``need``, ``able``, ...); empty where that does not matter.
        mine: the subject as the carrier has it.
        theirs: how the suggestion has it; empty where that does not matter.
        subject: the subject as the suggestion has it: the same, or one close to it.
        also: another subject in common, or -1.
        way: the arcs from the seed over the subject to the suggestion.
    """

    seed: int
    carrier: int
    own: str
    mine: int
    theirs: str
    subject: int
    also: int
    way: Way
