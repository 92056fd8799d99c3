"""A smallest set of statements that cannot all be true, found by leaving statements out.

The method is QuickXplain (U. Junker, AAAI 2004): halves of the statements are put aside as long
as the rest still contradicts itself. For a conflict of k among n statements it asks about
2k log2(n/k) + 2k times, most of them about half of everything. Asking takes a reasoner
seconds, so the surroundings of one thing that contradict themselves are looked for first:
that takes 2 log2(n) questions about ever fewer statements.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Test = Callable[[Sequence[Item]], bool]


def smallest_conflict(items: Sequence[Item], contradicts: Test[Item]) -> list[Item]:
    """A part of the items that contradicts itself, and no longer does without any one of them.

    Args:
        items: what contradicts itself as a whole; nothing at all does not.
        contradicts: whether some of the items contradict themselves; more items may only
            add contradictions.

    >>> smallest_conflict(range(100), lambda some: 17 in some and 71 in some)
    [17, 71]
    """
    return _narrow([], False, list(items), contradicts)


def contradicting_group(groups: Sequence[Sequence[Item]], contradicts: Test[Item]) -> list[Item]:
    """The items of one group that contradicts itself, or of as few groups as halving leads to.

    Args:
        groups: groups that may share items; all together contradict themselves.
        contradicts: as for :func:`smallest_conflict`.

    >>> contradicting_group([[1, 2], [2, 3], [3, 4], [4, 1]], lambda some: {3, 4} <= set(some))
    [3, 4]
    """
    while len(groups) > 1:
        middle = len(groups) // 2
        halves = (groups[:middle], groups[middle:])
        smaller = next((half for half in halves if contradicts(_merged(half))), None)
        if smaller is None:
            break
        groups = smaller
    return _merged(groups)


def _merged(groups: Iterable[Iterable[Item]]) -> list[Item]:
    return list(dict.fromkeys(item for group in groups for item in group))


def _narrow(
    kept: list[Item], grown: bool, items: list[Item], contradicts: Test[Item]
) -> list[Item]:
    """What of the items has to join the kept ones for a contradiction."""
    if grown and contradicts(kept):
        return []
    if len(items) == 1:
        return items
    first, second = items[: len(items) // 2], items[len(items) // 2 :]
    from_second = _narrow(kept + first, bool(first), second, contradicts)
    from_first = _narrow(kept + from_second, bool(from_second), first, contradicts)
    return from_first + from_second
