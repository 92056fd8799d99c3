"""The radar's answer: what is near a centre, for one viewer, with reasons.

These frozen data classes cross the border to the web application, which draws them
and turns them into JSON without knowing how they were found.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """A thing as an answer shows it.

    Attributes:
        iri: its canonical IRI.
        kind: the word of its address (``cluster``, ``topic``, ...).
        slug: the last part of its address.
        label: its name in the language of the answer.
        context: a few words that tell namesakes apart ("Cluster · Hessen").
        as_of: the year its statements date from ("2016"), or empty where they are current.
        invented: whether it belongs to the plainly marked, invented demo layer.
        historical: whether it is over and can no longer be answered.
    """

    iri: str
    kind: str
    slug: str
    label: str
    context: str = ""
    as_of: str = ""
    invented: bool = False
    historical: bool = False


@dataclass(frozen=True)
class Step:
    """One edge of a reason's path.

    Attributes:
        node: where the step arrives.
        relation: IRI of the property walked.
        label: the property's name in the language of the answer.
        forward: True where the statement reads from the step's start to its end.
    """

    node: Node
    relation: str
    label: str
    forward: bool


@dataclass(frozen=True)
class Reason:
    """Why something is suggested: a sentence, and the path from the centre it tells of."""

    text: str
    path: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Connection:
    """One way from a thing to another.

    Attributes:
        text: what the other is to the one, in one sentence.
        path: the statements, from the one to the other.
    """

    text: str
    path: tuple[Step, ...]


@dataclass(frozen=True)
class Suggestion:
    """Something near the centre.

    Attributes:
        node: the thing.
        wedge: the wedge of the radar it belongs to.
        ring: 1 (first 8 of the answer), 2 (next 16) or 3 (the rest).
        score: proximity between 0 and 1, rounded to 6 digits; ties break by IRI.
        reason: why.
        shared_cluster: whether it belongs to the centre's own cluster.
    """

    node: Node
    wedge: str
    ring: int
    score: float
    reason: Reason
    shared_cluster: bool = False


@dataclass(frozen=True)
class Total:
    """How many suggestions a wedge has: ``shown`` of them here, ``more`` if there are others.

    >>> str(Total(24, True))
    '24+'
    """

    shown: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.shown}+" if self.more else str(self.shown)


@dataclass(frozen=True)
class RadarAnswer:
    """What lies around a centre, best first.

    Attributes:
        centre: the thing in the middle.
        viewer: who asked (``anonymous`` or an account).
        lens: one of :data:`recommender.LENSES`.
        lang: language of labels and reasons (``de`` or ``en``).
        totals: for each wedge that has suggestions, how many.
        suggestions: best first over all wedges; at most 24 a wedge.
    """

    centre: Node
    viewer: str
    lens: str
    lang: str
    totals: dict[str, Total]
    suggestions: tuple[Suggestion, ...]
