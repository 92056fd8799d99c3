"""Lists of things: in the order of their names, by first letters, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph import Thing, fold, forms

PAGE_SIZE: Final = 100
"""Things on one page of a list."""


@dataclass(frozen=True)
class Part:
    """One page of a list.

    Attributes:
        things: those on this page, by name.
        total: how many there are on all pages.
        page: the number of this page, from 1.
        pages: how many pages there are; at least 1.
    """

    things: tuple[Thing, ...]
    total: int
    page: int
    pages: int


def part_of(things: Sequence[Thing], lang: str, starts: str, page: int) -> Part:
    """One page of the things whose name begins with some letters.

    A page past the last one is the last one.
    """
    wanted = forms(starts) if fold(starts) else ()
    chosen = [
        thing
        for thing in things
        if not wanted or any(form.startswith(wanted) for form in forms(thing.label(lang)))
    ]
    chosen.sort(key=lambda thing: (fold(thing.label(lang)), thing.iri))
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    page = min(page, pages)
    first = (page - 1) * PAGE_SIZE
    return Part(tuple(chosen[first : first + PAGE_SIZE]), len(chosen), page, pages)


def initials(things: Sequence[Thing], lang: str) -> list[str]:
    """The first letters that names have, folded, in order."""
    return sorted({name[0] for thing in things if (name := fold(thing.label(lang)))})
