"""The text in the middle of the radar: a name and notes, fitted into a circle."""

from collections.abc import Sequence
from math import sqrt
from typing import Final

from recommender import Node
from webapp.radar.forms import PHONE, Form
from webapp.radar.picture import CentreLine
from webapp.radar.text import cut, is_cut, wrap

SMALL: Final = 0.84
"""Size of the notes in the middle, measured by that of names."""


def centre_lines(centre: Node, notes: Sequence[str], form: Form) -> tuple[CentreLine, ...]:
    """The name in the middle, then its notes; a long name is set smaller before it is cut."""
    extra = notes[-1:] if form is PHONE else notes
    for scale in (1.0, 0.9, 0.82):
        lines = _centre_block(centre.label, extra, form, scale)
        if not is_cut(line.text for line in lines if line.is_name):
            break
    return lines


def _centre_block(
    label: str, notes: Sequence[str], form: Form, scale: float
) -> tuple[CentreLine, ...]:
    """Name and notes in one size, each line cut to the width of the circle where it stands."""
    sizes = {True: form.font * scale, False: form.font * SMALL}
    steps = {True: form.line * scale, False: form.font * SMALL * 1.3}
    name = wrap(label, form.centre * 1.7, sizes[True], bold=True, lines=3 - min(len(notes), 1))
    texts = [*((line, True) for line in name), *((line, False) for line in notes)]
    y = -sum(steps[is_name] for _, is_name in texts) / 2
    lines = []
    for text, is_name in texts:
        step = steps[is_name]
        edge = max(abs(y + step * 0.15), abs(y + step * 0.9))
        room = 2 * sqrt(max((form.centre - 3) ** 2 - edge**2, 0))
        fitting = cut(text, room, sizes[is_name], bold=is_name)
        lines.append(
            CentreLine(fitting, is_name, round(y + step * 0.76, 1), round(sizes[is_name], 2))
        )
        y += step
    return tuple(lines)
