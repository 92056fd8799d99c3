"""What a typed word means: looked up with the ordinary search, as its editor reads it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from graph import Thing, View
from webapp.languages import lang
from webapp.services import services

_MOST: Final = 6
"""Things among which somebody is asked to choose."""


@dataclass(frozen=True)
class Meaning:
    """What a word may mean.

    Attributes:
        only: the one thing that it certainly means.
        things: else what it may mean, the best first.
    """

    only: Thing | None
    things: tuple[Thing, ...]


def meant(text: str, kinds: Collection[str], view: View) -> Meaning:
    """What a word means among things of some kinds: certain only where one is called just so."""
    found = services().search.search(
        text, viewer=view.viewer, kinds=tuple(kinds), limit=_MOST, lang=lang()
    )
    exact = [hit.thing for hit in found.hits if hit.match == "exact"]
    only = exact[0] if len(exact) == 1 else None
    return Meaning(only, tuple(hit.thing for hit in found.hits))
