"""Where each thing stands: computed slots, the same for the same answer.

Every thing tries places of its own ring and wedge, the most fitting first, and takes the first
that touches nothing. What finds no place is not drawn; its wedge's chip counts it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from webapp.radar.forms import Form
from webapp.radar.geometry import Box, point
from webapp.radar.text import width, wrap

GAP: Final = 3.0
"""Free space between two boxes, and to the rim and the centre."""

CROSSING: Final = 1.2
"""What it costs a name to lie across the line between two wedges."""

_SIDES: Final = ("right", "left", "below", "above")


@dataclass(frozen=True)
class Wish:
    """Where a thing wants to stand.

    Attributes:
        label: its name.
        angles: from where to where its wedge reaches.
        radii: from where to where its ring reaches.
        radius: the radius that its score asks for.
        share: where in its wedge it would like to be, between 0 and 1.
        bold: whether its name is set in bold.
        dot: radius of its sign.
    """

    label: str
    angles: tuple[float, float]
    radii: tuple[float, float]
    radius: float
    share: float
    bold: bool
    dot: float


@dataclass(frozen=True)
class Slot:
    """Where a thing stands.

    Attributes:
        angle: direction from the centre in degrees.
        radius: distance from the centre.
        x: the same in Cartesian coordinates, to the right.
        y: the same, downwards.
        side: on which side of its sign the name is written.
        lines: the name, broken into lines and cut if need be.
        text_x: where the lines begin, end or have their middle (``anchor``), from the sign.
        text_y: baseline of the first line, from the sign.
        anchor: ``start``, ``end`` or ``middle``.
        box: all that can be clicked: sign and name.
        text_width: the room that the name was given.
    """

    angle: float
    radius: float
    x: float
    y: float
    side: str
    lines: tuple[str, ...]
    text_x: float
    text_y: float
    anchor: str
    box: Box
    text_width: float


def place(
    wishes: Sequence[Wish], form: Form, spokes: Sequence[float], taken: Sequence[Box] = ()
) -> list[Slot | None]:
    """A slot for every wish, or None where there is none left.

    Args:
        wishes: in the order in which they choose.
        form: the measures of the picture.
        spokes: angles of the lines between wedges; names rather do not cross them.
        taken: boxes that are taken already.
    """
    boxes = list(taken)
    slots: list[Slot | None] = []
    for wish in wishes:
        slot = _first_free(wish, form, spokes, boxes)
        slots.append(slot)
        if slot is not None:
            boxes.append(slot.box)
    return slots


def _first_free(
    wish: Wish, form: Form, spokes: Sequence[float], boxes: Sequence[Box]
) -> Slot | None:
    positions = list(_positions(wish))
    for number, room in enumerate(form.rooms):
        lines = tuple(wrap(wish.label, room, form.font, bold=wish.bold))
        if number and lines == tuple(
            wrap(wish.label, form.rooms[number - 1], form.font, bold=wish.bold)
        ):
            continue
        found = _cheapest(wish, form, lines=lines, positions=positions, spokes=spokes, boxes=boxes)
        if found is not None:
            return found
    return None


def _cheapest(
    wish: Wish,
    form: Form,
    *,
    lines: tuple[str, ...],
    positions: Sequence[tuple[float, float, float]],
    spokes: Sequence[float],
    boxes: Sequence[Box],
) -> Slot | None:
    text_width = max(width(line, form.font, bold=wish.bold) for line in lines)
    tried = sorted(
        (cost + _side_cost(side, angle), angle, radius, side)
        for cost, angle, radius in positions
        for side in _SIDES
    )
    crossing: tuple[float, Slot] | None = None
    for cost, angle, radius, side in tried:
        if crossing is not None and cost > crossing[0]:
            return crossing[1]
        slot = _slot(
            angle, radius, side, lines=lines, text_width=text_width, dot=wish.dot, form=form
        )
        if not _is_free(slot.box, form, boxes):
            continue
        if not any(slot.box.on_ray(spoke, 2) for spoke in spokes):
            return slot
        if crossing is None:
            crossing = (cost + CROSSING, slot)
    return crossing[1] if crossing else None


def _is_free(box: Box, form: Form, boxes: Sequence[Box]) -> bool:
    return (
        box.farthest() <= form.radius - GAP
        and box.nearest() >= form.centre + GAP
        and not any(box.overlaps(other, GAP) for other in boxes)
    )


def _positions(wish: Wish) -> Iterator[tuple[float, float, float]]:
    """Places in ring and wedge: (cost, angle, radius)."""
    inner, outer = wish.radii
    start, end = wish.angles
    depth = max(outer - inner, 1.0)
    for step in range(int(depth // 7) + 1):
        for sign in (1, -1) if step else (1,):
            radius = wish.radius + sign * step * 7
            if not inner <= radius <= outer:
                continue
            margin = math.degrees(14 / radius) if end - start < 360 else 0
            room = end - start - 2 * margin
            if room <= 0:
                continue
            count = max(2, min(40, int(math.radians(room) * radius / 9)))
            for index in range(count + 1):
                share = index / count
                cost = 1.6 * abs(radius - wish.radius) / depth + 1.4 * abs(share - wish.share)
                yield cost, start + margin + share * room, radius


def _side_cost(side: str, angle: float) -> float:
    """Names point outwards, to the right on the right and to the left on the left."""
    sideways, upwards = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    if side == "right":
        return 0.5 - 0.5 * sideways if sideways < 0.15 else 0.0
    if side == "left":
        return 0.5 + 0.5 * sideways if sideways > -0.15 else 0.0
    if side == "below":
        return 0.75 + 0.3 * upwards
    return 0.8 - 0.3 * upwards


def _slot(
    angle: float,
    radius: float,
    side: str,
    *,
    lines: tuple[str, ...],
    text_width: float,
    dot: float,
    form: Form,
) -> Slot:
    x, y = point(angle, radius)
    half = form.target / 2
    block = len(lines) * form.line
    if side in {"right", "left"}:
        text_x = dot + 6.0
        height = max(form.target, block + 3)
        extent = max(text_x + text_width + 3, half)
        left = x - half if side == "right" else x - extent
        box = Box(left, y - height / 2, half + extent, height)
        first = form.font * 0.35 - (len(lines) - 1) * form.line / 2
        anchor = "start" if side == "right" else "end"
        text_x = text_x if side == "right" else -text_x
    else:
        wide = max(form.target, text_width + 4)
        top = half if side == "below" else block + dot + 5
        bottom = block + dot + 5 if side == "below" else half
        box = Box(x - wide / 2, y - top, wide, top + bottom)
        first = (
            dot + 3 + form.font * 0.85 if side == "below" else form.font * 0.85 - block - dot - 3
        )
        anchor, text_x = "middle", 0.0
    return Slot(
        round(angle, 2),
        round(radius, 1),
        x,
        y,
        side,
        lines,
        text_x,
        round(first, 1),
        anchor,
        box,
        round(text_width, 1),
    )
