"""Strikes out of a failing case what does not matter for its failure."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from tests.noninterference.cases import Case

_LISTS: Final = ("wins", "merges", "described", "links", "facts", "rows", "asked", "words")


def smallest(case: Case, fails: Callable[[Case], bool]) -> Case:
    """A case from which nothing can be struck out without it passing.

    Args:
        case: fails.
        fails: whether a case fails.
    """
    while True:
        smaller = next((one for one in _smaller(case) if fails(one)), None)
        if smaller is None:
            return case
        case = smaller


def _smaller(case: Case) -> Iterator[Case]:
    """The case without one half of a list, then without one item of it."""
    for name in _LISTS:
        items = getattr(case, name)
        for kept in _parts(items):
            if kept or name != "rows":
                changed: dict[str, Any] = {name: kept}
                yield replace(case, **changed)


def _parts(items: list[object]) -> Iterator[list[object]]:
    half = len(items) // 2
    if half > 1:
        yield items[:half]
        yield items[half:]
    for at in range(len(items)):
        yield items[:at] + items[at + 1 :]
