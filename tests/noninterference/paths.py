"""The registry of read paths: every way in which something that is stored reaches a viewer.

A path is a function of one side and of the case; it gives back what the viewer learns, in a form
that is equal where nothing differs that may be seen.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from tests.noninterference.cases import Case
from tests.noninterference.sides import Side

ReadPath = Callable[[Side, Case], Any]

READ_PATHS: Final[dict[str, ReadPath]] = {}
"""All read paths by name."""

ROUTES: Final[dict[str, str]] = {}
"""The rule of each route of the application that a read path asks, with that path's name."""


def read_path(*rules: str) -> Callable[[ReadPath], ReadPath]:
    """Enter a function into the registry under its own name.

    Args:
        rules: of the routes that it asks.
    """

    def enter(path: ReadPath) -> ReadPath:
        name = path.__name__
        assert name not in READ_PATHS, name
        READ_PATHS[name] = path
        ROUTES.update(dict.fromkeys(rules, name))
        return path

    return enter


def learned(side: Side, case: Case) -> Iterator[tuple[str, Any]]:
    """What the viewer learns on each path."""
    for name, path in READ_PATHS.items():
        yield name, path(side, case)
