"""The state of a radar: all of it stands in the address.

Lens, kinds and limit say what is asked; ``via`` is the flight so far, the newest centre last.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from ontology import KINDS
from recommender import LENSES, ME
from webapp.addresses import url_paste, url_radar
from webapp.errors import bad_parameter
from webapp.languages import LANGUAGES

MOST: Final = 24
"""How many suggestions a wedge may have."""

PAGE_LIMIT: Final = 12
"""How many suggestions a wedge has on a page, unless its address asks for others."""

API_LIMIT: Final = MOST
TRAIL_LENGTH: Final = 4
"""How many centres of a flight an address remembers."""

DRAWN_KINDS: Final = tuple(kind.name for kind in KINDS.values() if kind.wedge)


@dataclass(frozen=True)
class RadarState:
    """What one radar shows.

    Attributes:
        lens: one of :data:`recommender.LENSES`.
        kinds: only these kinds; empty for all.
        limit: how many suggestions a wedge has at most.
        via: (kind, slug) of the centres before this one, oldest first.
        about: what a pasted text speaks of (``kind/slug``), where that is in the centre.
    """

    lens: str = LENSES[0]
    kinds: tuple[str, ...] = ()
    limit: int = PAGE_LIMIT
    via: tuple[tuple[str, str], ...] = ()
    about: tuple[str, ...] = ()

    def address(self, kind: str, slug: str) -> str:
        """The address of the radar around a thing in this state."""
        query = {
            "lens": "" if self.lens == LENSES[0] else self.lens,
            "kinds": ",".join(self.kinds),
            "limit": "" if self.limit == PAGE_LIMIT else self.limit,
            "via": ",".join("/".join(centre) for centre in self.via),
        }
        if kind == ME and self.about:
            return url_paste(",".join(self.about), **query)
        return url_radar(kind, slug, **query)

    def flown_from(self, kind: str, slug: str) -> "RadarState":
        """The state after leaving a centre; the oldest centres are forgotten.

        My own radar is in no flight: the first step of every trail leads there.
        """
        if kind == ME:
            return self
        return replace(self, via=(*self.via, (kind, slug))[-TRAIL_LENGTH:])

    def with_lens(self, lens: str) -> "RadarState":
        """The same with another lens."""
        return replace(self, lens=lens)

    def with_kinds(self, kinds: tuple[str, ...]) -> "RadarState":
        """The same with other kinds."""
        return replace(self, kinds=kinds)

    def with_limit(self, limit: int) -> "RadarState":
        """The same with more or fewer suggestions."""
        return replace(self, limit=limit)

    def toggled(self, kinds: tuple[str, ...]) -> "RadarState":
        """The same with some kinds added, or taken away where they are chosen already."""
        if set(kinds) <= set(self.kinds):
            return self.with_kinds(tuple(kind for kind in self.kinds if kind not in kinds))
        wanted = {*self.kinds, *kinds}
        return self.with_kinds(tuple(kind for kind in DRAWN_KINDS if kind in wanted))


def read_state(arguments: Mapping[str, str], limit: int = PAGE_LIMIT) -> RadarState:
    """The state that an address asks for.

    Raises:
        AppError: a parameter has a value that it cannot have (400; ``via`` is merely cleaned).
    """
    lens = arguments.get("lens") or LENSES[0]
    if lens not in LENSES:
        bad_parameter("lens", lens, LENSES)
    language = arguments.get("lang") or "en"
    if language not in LANGUAGES:
        bad_parameter("lang", language, tuple(LANGUAGES))
    return RadarState(lens, _kinds(arguments), _limit(arguments, limit), _via(arguments))


def _kinds(arguments: Mapping[str, str]) -> tuple[str, ...]:
    asked = [word.strip() for word in arguments.get("kinds", "").split(",") if word.strip()]
    for word in asked:
        if word not in DRAWN_KINDS:
            bad_parameter("kinds", word, DRAWN_KINDS)
    return tuple(kind for kind in DRAWN_KINDS if kind in asked)


def _limit(arguments: Mapping[str, str], usual: int) -> int:
    text = arguments.get("limit") or str(usual)
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST):
        bad_parameter("limit", text, (f"1 … {MOST}",))
    return int(text)


def _via(arguments: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The trail; what no address of ours could say is left out."""
    centres = []
    for word in arguments.get("via", "").split(","):
        kind, _, slug = word.strip().partition("/")
        if kind in KINDS and slug and "/" not in slug:
            centres.append((kind, slug))
    return tuple(centres[-TRAIL_LENGTH:])
