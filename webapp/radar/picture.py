"""What a laid-out radar consists of, ready to be drawn.

All coordinates are those of :mod:`webapp.radar.geometry`.
"""

from dataclasses import dataclass
from typing import Final

from recommender import Node, Suggestion
from webapp.radar.forms import Form
from webapp.radar.geometry import Box
from webapp.radar.slots import Slot

NEAREST: Final = 1
"""The ring whose names are bold."""


@dataclass(frozen=True)
class Item:
    """A suggestion in its slot."""

    suggestion: Suggestion
    slot: Slot
    dot: float

    @property
    def bold(self) -> bool:
        """Whether its name is set in bold."""
        return self.suggestion.ring == NEAREST


@dataclass(frozen=True)
class Chip:
    """What a wedge holds beyond the picture.

    Attributes:
        hidden: suggestions of the answer that are not drawn.
        more: whether there are others that are not even in the answer.
        box: where it stands.
    """

    hidden: int
    more: bool
    box: Box

    @property
    def text(self) -> str:
        """``+3``, or ``+3…`` where there are at least so many.

        >>> Chip(3, False, Box(0, 0, 1, 1)).text, Chip(0, True, Box(0, 0, 1, 1)).text
        ('+3', '+1…')
        """
        return f"+{self.hidden or 1}…" if self.more else f"+{self.hidden}"


@dataclass(frozen=True)
class Wedge:
    """A piece of the disc for related kinds.

    Attributes:
        name: its word in the answer.
        label: its name as it is written along the rim.
        start: where it begins, in degrees clockwise from the top.
        end: where it ends.
        sector: path of its area.
        rim: path of its piece of the rim.
        label_path: path that its name is written on.
        label_angles: from where to where the name reaches.
        chip: what is not drawn, or None.
    """

    name: str
    label: str
    start: float
    end: float
    sector: str
    rim: str
    label_path: str
    label_angles: tuple[float, float]
    chip: Chip | None


@dataclass(frozen=True)
class CentreLine:
    """A line of text in the middle.

    Attributes:
        text: what it says.
        is_name: whether it belongs to the name (else it is context or year).
        y: its baseline.
        size: size of its letters.
    """

    text: str
    is_name: bool
    y: float
    size: float


@dataclass(frozen=True)
class Picture:
    """A laid-out answer.

    Attributes:
        form: its measures.
        centre: the thing in the middle.
        centre_lines: its name and what must be known of it.
        wedges: clockwise from the top.
        rings: radius of each ring's outer edge, the rim left out.
        spokes: lines between wedges, with gaps where a name needs them.
        items: what is drawn, best first.
    """

    form: Form
    centre: Node
    centre_lines: tuple[CentreLine, ...]
    wedges: tuple[Wedge, ...]
    rings: tuple[float, ...]
    spokes: tuple[tuple[float, float, float, float], ...]
    items: tuple[Item, ...]
