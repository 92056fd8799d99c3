"""The two shapes of the picture: for wide screens and for phones."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Form:
    """The measures of one shape of the picture, in units of its view box.

    Attributes:
        name: the word that templates and scripts know it by.
        width: width of the picture.
        height: height of the picture.
        radius: radius of the disc.
        centre: radius of the circle in the middle.
        names: how many names the picture holds at most; the rest stand in chips.
        font: size of the names.
        line: distance of two lines of a name.
        rooms: how wide a line of a name may be, tried from the first on.
        long_room: how wide a line may be that keeps a name from being cut.
        least_room: a name is not cut to fit in narrower lines than this.
        target: smallest height and width of what can be clicked; above 24 pixels so that it
            stays so where the picture is shrunk a little.
        dot: radius of the sign of a thing on the first ring.
        wedge_font: size of the names of wedges.
        wedge_gap: distance of the middle of these names from the disc.
        chip: size (width, height) of a "+N" chip.
        short_names: whether wedges have their short names only.
    """

    name: str
    width: float
    height: float
    radius: float
    centre: float
    names: int
    font: float
    line: float
    rooms: tuple[float, ...]
    long_room: float
    least_room: float
    target: float
    dot: float
    wedge_font: float
    wedge_gap: float
    chip: tuple[float, float]
    short_names: bool


WIDE: Final = Form(
    name="wide",
    width=800,
    height=736,
    radius=318,
    centre=58,
    names=34,
    font=13,
    line=15.5,
    rooms=(150, 112, 88),
    long_room=200,
    least_room=150,
    target=26,
    dot=8,
    wedge_font=14,
    wedge_gap=24,
    chip=(42, 26),
    short_names=False,
)
PHONE: Final = Form(
    name="phone",
    width=390,
    height=392,
    radius=159,
    centre=41,
    names=10,
    font=11.5,
    line=13,
    rooms=(96, 80, 68),
    long_room=96,
    least_room=68,
    target=28,
    dot=6.5,
    wedge_font=12,
    wedge_gap=19,
    chip=(34, 28),
    short_names=True,
)
FORMS: Final = (WIDE, PHONE)
"""Every shape, the widest first."""
