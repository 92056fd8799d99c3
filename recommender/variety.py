"""Variety: no hub, topic or kind of tie fills a ring.

Suggestions that hang on the same thing say the same thing again and again. So each time the
same tie has explained a suggestion, the next one that it explains fades by a fifth. What is
much nearer than all others still comes first, and nothing is left out; a reader who wants
more of one sort filters by kind.
"""

import heapq
import math
from collections import deque
from collections.abc import Hashable, Iterable, Mapping
from typing import Final, NamedTuple

from recommender.tuning import FADE

DIGITS: Final = 6
"""Digits that scores are rounded to."""


class Candidate(NamedTuple):
    """What might be suggested: a tuple, for some hundreds are made for every answer.

    Attributes:
        number: its place in the order of IRIs, which decides between equal scores.
        score: proximity, between 0 and 1.
        tie: what explains it.
        wedge: where it would be drawn.
    """

    number: int
    score: float
    tie: Hashable
    wedge: str


class Chosen(NamedTuple):
    """A candidate with the score that its place in the answer leaves it."""

    candidate: Candidate
    score: float


def varied(candidates: Iterable[Candidate], limit: int, fade: float = FADE) -> list[Chosen]:
    """The best candidates, at most ``limit`` for each wedge; scores fall from first to last.

    Args:
        candidates: in any order.
        limit: how many a wedge shows.
        fade: what is left of a score for every earlier suggestion with the same tie.

    >>> same = [Candidate(n, 1 - n / 100, "hub", "topics") for n in range(3)]
    >>> other = [Candidate(3, 0.85, "else", "topics")]
    >>> [one.candidate.number for one in varied(same + other, 4)]
    [0, 3, 1, 2]
    """
    waiting: dict[Hashable, deque[Candidate]] = {}
    for one in sorted(candidates, key=_order):
        waiting.setdefault(one.tie, deque()).append(one)
    used = dict.fromkeys(waiting, 0)
    room: dict[str, int] = {}
    heads = [_head(queue, used, fade) for queue in waiting.values()]
    heapq.heapify(heads)
    chosen: list[Chosen] = []
    while heads:
        score, _, tie = heapq.heappop(heads)
        queue = waiting[tie]
        one = queue.popleft()
        left = room.setdefault(one.wedge, limit)
        if left:
            room[one.wedge] = left - 1
            used[tie] += 1
            chosen.append(Chosen(one, -score))
        if queue:
            heapq.heappush(heads, _head(queue, used, fade))
    return chosen


def _order(one: Candidate) -> tuple[float, int]:
    return -one.score, one.number


def _head(
    queue: deque[Candidate], used: Mapping[Hashable, int], fade: float
) -> tuple[float, int, Hashable]:
    first = queue[0]
    return -_rounded(first.score * fade ** used[first.tie]), first.number, first.tie


def _rounded(score: float) -> float:
    """The score with so many digits; many times faster than ``round``."""
    return math.floor(score * 10**DIGITS + 0.5) / 10**DIGITS
