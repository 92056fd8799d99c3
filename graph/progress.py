"""How far long work has come: true counts, told at most every few hundred steps."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

Progress = Callable[[str, int, int], None]
"""Told (stage, steps done, steps of the whole stage); a step may be told twice."""

EVERY: Final = 500
"""Steps between two tellings, so that telling costs nothing beside the work."""

Item = TypeVar("Item")


def silent(_stage: str, _done: int, _whole: int) -> None:
    """Tell nobody."""


def counted(
    items: Iterable[Item], whole: int, progress: Progress, stage: str, *, before: int = 0
) -> Iterator[Item]:
    """Give items on to whoever works on them, and tell how many of them are dealt with.

    Args:
        items: what is worked on, one after the other.
        whole: steps of the stage.
        progress: who is told.
        stage: what the work is called.
        before: steps of the stage that were done already.

    >>> list(counted("ab", 2, lambda *told: print(*told), "reading"))
    reading 0 2
    reading 2 2
    ['a', 'b']
    """
    done = before
    progress(stage, done, whole)
    for item in items:
        yield item
        done += 1
        if done % EVERY == 0:
            progress(stage, done, whole)
    progress(stage, done, whole)
