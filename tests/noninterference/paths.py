"""The registry of read paths: every way in which something that is stored reaches a viewer.

A path is a function of one side and of the case; it gives back what the viewer learns, in a form
that is equal where nothing differs that may be seen.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from tests.noninterference.cases import Case
from tests.noninterference.sides import Side

ReadPath = Callable[[Side, Case], Any]

TURNS: Final = 3

READ_PATHS: Final[dict[str, ReadPath]] = {}
"""All read paths by name."""

ROUTES: Final[dict[str, str]] = {}
"""The rule of each route of the application that a read path asks, with that path's name."""

CHANGING: Final[list[str]] = []
"""Paths that change what is stored, in the order in which they are walked, after all others."""

_WEB: Final[list[str]] = []
"""Paths that ask the web application, which together take most of the time."""


def read_path(
    *rules: str, changes: bool = False, web: bool = False
) -> Callable[[ReadPath], ReadPath]:
    """Enter a function into the registry under its own name.

    Args:
        rules: of the routes that it asks; with ``POST`` before it where it sends a form.
        changes: whether something is stored otherwise after it.
        web: whether it asks the web application, though for no route of its own.
    """

    def enter(path: ReadPath) -> ReadPath:
        name = path.__name__
        assert name not in READ_PATHS, name
        READ_PATHS[name] = path
        ROUTES.update(dict.fromkeys(rules, name))
        if changes:
            CHANGING.append(name)
        if rules or web:
            _WEB.append(name)
        return path

    return enter


def walked(turn: int | None) -> list[str]:
    """The names of the paths that a case walks.

    Args:
        turn: any number: of the paths over the web application only every :data:`TURNS` th one;
            None: all paths.
    """
    left_out = {
        name for at, name in enumerate(_WEB) if turn is not None and at % TURNS != turn % TURNS
    }
    return sorted(READ_PATHS.keys() - left_out, key=_turn_of)


def _turn_of(name: str) -> int:
    """Where a path comes in a walk: what it would change must still be there for the others."""
    if name in CHANGING:
        return len(READ_PATHS) + CHANGING.index(name)
    return list(READ_PATHS).index(name)


def learned(side: Side, case: Case, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """What the viewer learns on some paths."""
    as_it_was = side.services.knowledge.generation
    for name in names:
        yield name, READ_PATHS[name](side, case)
        if name not in CHANGING:
            assert side.services.knowledge.generation == as_it_was, f"{name} changes something"
