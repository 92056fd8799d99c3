"""Where each thing stands: computed slots, the same for the same answer.

Every thing tries places of its own ring and wedge, the most fitting first, and takes the first
that touches nothing. What finds no place is not drawn; its wedge's chip counts it.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from webapp.radar.forms import Form
from webapp.radar.geometry import Box, point
from webapp.radar.text import is_cut, width, wrap

Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

GAP: Final = 3.0
"""Free space between two boxes, and to the rim and the centre."""

PATIENCE: Final = 3
"""How many things may find no place on a ring of a wedge before it counts as full."""

STEP: Final = 8.0
"""Distance of two places that are tried, along the ring and across it."""

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
        wedge: which wedge it belongs to.
        ring: on which ring it is.
        order: its place among all that could ever stand in this wedge, clockwise.
        allowed: from where to where its angle may lie, so that the order is kept.
    """

    label: str
    angles: tuple[float, float]
    radii: tuple[float, float]
    radius: float
    share: float
    bold: bool
    dot: float
    wedge: str
    ring: int
    order: tuple[int, str]
    allowed: tuple[float, float] = (-math.inf, math.inf)


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
    wishes: Sequence[Wish], form: Form, spokes: Sequence[float], most: int
) -> list[Slot | None]:
    """A slot for every wish, or None where there is none left.

    On a ring the things of a wedge keep their order (``Wish.order``) clockwise wherever there is
    room, so that those who are in two pictures stand in the same order in both.

    Args:
        wishes: in the order in which they choose.
        form: the measures of the picture.
        spokes: angles of the lines between wedges; names rather do not cross them.
        most: how many slots there may be.
    """
    slots: list[Slot | None] = []
    boxes: list[Box] = []
    placed: list[tuple[Wish, Slot]] = []
    failed: Counter[tuple[str, int]] = Counter()
    for wish in wishes:
        slot, where = None, (wish.wedge, wish.ring)
        if len(placed) < most and failed[where] < PATIENCE:
            ordered = _between_neighbours(wish, placed)
            slot = _first_free(ordered, form, spokes, boxes) or _first_free(
                wish, form, spokes, boxes
            )
            failed[where] += slot is None
        if slot is not None:
            boxes.append(slot.box)
            placed.append((wish, slot))
        slots.append(slot)
    return slots


def _between_neighbours(wish: Wish, placed: Sequence[tuple[Wish, Slot]]) -> Wish:
    """The same wish, kept between those of its ring and wedge that come before and after it."""
    low, high = -math.inf, math.inf
    for other, slot in placed:
        if (other.wedge, other.ring) != (wish.wedge, wish.ring):
            continue
        if other.order < wish.order:
            low = max(low, slot.angle)
        else:
            high = min(high, slot.angle)
    return replace(wish, allowed=(low, high))


def _first_free(
    wish: Wish, form: Form, spokes: Sequence[float], boxes: Sequence[Box]
) -> Slot | None:
    """The best free place, with the name on as wide lines as there is room for."""
    positions = _positions(wish)
    if not len(positions):
        return None
    taken = np.array([(box.x, box.y, box.right, box.bottom) for box in boxes]).reshape(-1, 4)
    tried: list[tuple[str, ...]] = []
    usual = wrap(wish.label, form.rooms[0], form.font, bold=wish.bold)
    for room in (form.long_room, *form.rooms) if is_cut(usual) else form.rooms:
        lines = tuple(wrap(wish.label, room, form.font, bold=wish.bold))
        # A name is rather left to the chip than cut so short that it says little, and it takes
        # more than the usual room only to be there as a whole.
        whole_only = not form.least_room <= room <= form.rooms[0]
        if lines in tried or (whole_only and is_cut(lines)):
            continue
        tried.append(lines)
        found = _cheapest(wish, form, lines=lines, positions=positions, spokes=spokes, taken=taken)
        if found is not None:
            return found
    return None


def _cheapest(
    wish: Wish,
    form: Form,
    *,
    lines: tuple[str, ...],
    positions: Reals,
    spokes: Sequence[float],
    taken: Reals,
) -> Slot | None:
    text_width = max(width(line, form.font, bold=wish.bold) for line in lines)
    candidates: list[tuple[float, float, float, str]] = []
    for side in _SIDES:
        label = _label(side, lines, text_width, wish.dot, form)
        free = positions[_free(positions, label.box, form, taken)]
        costs = free[:, 0] + _side_costs(side, free[:, 1])
        candidates += [
            (cost, angle, radius, side)
            for cost, angle, radius in zip(
                costs.round(6).tolist(), free[:, 1].tolist(), free[:, 2].tolist(), strict=True
            )
        ]
    candidates.sort()
    crossing: tuple[float, Slot] | None = None
    for cost, angle, radius, side in candidates:
        if crossing is not None and cost > crossing[0]:
            break
        slot = _slot(angle, radius, _label(side, lines, text_width, wish.dot, form))
        if not any(slot.box.on_ray(spoke, 2) for spoke in spokes):
            return slot
        if crossing is None:
            crossing = (cost + CROSSING, slot)
    return crossing[1] if crossing else None


def _free(positions: Reals, box: Box, form: Form, taken: Reals) -> Flags:
    """Which positions let the box touch neither rim nor centre nor what is taken."""
    radians = np.radians(positions[:, 1])
    x = (np.sin(radians) * positions[:, 2]).round(1)
    y = (-np.cos(radians) * positions[:, 2]).round(1)
    left, top, right, bottom = x + box.x, y + box.y, x + box.right, y + box.bottom
    farthest = np.hypot(np.maximum(-left, right), np.maximum(-top, bottom))
    nearest = np.hypot(
        np.maximum(np.maximum(left, -right), 0), np.maximum(np.maximum(top, -bottom), 0)
    )
    free: Flags = (farthest <= form.radius - GAP) & (nearest >= form.centre + GAP)
    if len(taken):
        overlaps = (
            (left[:, None] < taken[:, 2] + GAP)
            & (taken[:, 0] < right[:, None] + GAP)
            & (top[:, None] < taken[:, 3] + GAP)
            & (taken[:, 1] < bottom[:, None] + GAP)
        )
        free &= ~overlaps.any(axis=1)
    return free


def _positions(wish: Wish) -> Reals:
    """Places in ring and wedge, one a row: cost, angle, radius."""
    inner, outer = wish.radii
    start, end = wish.angles
    low, high = wish.allowed
    depth = max(outer - inner, 1.0)
    rows = []
    for step in range(int(depth // STEP) + 1):
        for radius in {wish.radius + step * STEP, wish.radius - step * STEP}:
            if not inner <= radius <= outer:
                continue
            margin = math.degrees(14 / radius) if end - start < 359 else 0
            room = end - start - 2 * margin
            if room <= 0:
                continue
            shares = np.linspace(0, 1, max(2, min(36, int(math.radians(room) * radius / STEP))) + 1)
            angles = start + margin + shares * room
            cost = 1.6 * abs(radius - wish.radius) / depth + 1.4 * np.abs(shares - wish.share)
            row = np.column_stack((cost, angles, np.full(len(shares), radius)))
            rows.append(row[(angles >= low) & (angles <= high)])
    return np.concatenate(rows) if rows else np.empty((0, 3))


def _side_costs(side: str, angles: Reals) -> Reals:
    """Names point outwards, to the right on the right and to the left on the left."""
    sideways, upwards = np.sin(np.radians(angles)), np.cos(np.radians(angles))
    if side == "right":
        return np.where(sideways < 0.15, 0.5 - 0.5 * sideways, 0.0)
    if side == "left":
        return np.where(sideways > -0.15, 0.5 + 0.5 * sideways, 0.0)
    return 0.75 + 0.3 * upwards if side == "below" else 0.8 - 0.3 * upwards


@dataclass(frozen=True)
class _Label:
    """How a name is written on one side of its sign; everything measured from the sign."""

    side: str
    lines: tuple[str, ...]
    text_x: float
    text_y: float
    anchor: str
    box: Box
    text_width: float


def _label(side: str, lines: tuple[str, ...], text_width: float, dot: float, form: Form) -> _Label:
    half = form.target / 2
    block = len(lines) * form.line
    if side in {"right", "left"}:
        text_x = dot + 7.5
        height = max(form.target, block + 3)
        extent = max(text_x + text_width + 3, half)
        box = Box(-half if side == "right" else -extent, -height / 2, half + extent, height)
        first = form.font * 0.35 - (len(lines) - 1) * form.line / 2
        anchor = "start" if side == "right" else "end"
        text_x = text_x if side == "right" else -text_x
    else:
        wide = max(form.target, text_width + 4)
        top, bottom = half, block + dot + 6
        first = dot + 4 + form.font * 0.85
        if side == "above":
            top, bottom, first = bottom, top, form.font * 0.85 - block - dot - 4
        box = Box(-wide / 2, -top, wide, top + bottom)
        anchor, text_x = "middle", 0.0
    return _Label(side, lines, text_x, round(first, 1), anchor, box, round(text_width, 1))


def _slot(angle: float, radius: float, label: _Label) -> Slot:
    x, y = point(angle, radius)
    box = Box(x + label.box.x, y + label.box.y, label.box.width, label.box.height)
    return Slot(
        angle=round(angle, 2),
        radius=round(radius, 1),
        x=x,
        y=y,
        side=label.side,
        lines=label.lines,
        text_x=label.text_x,
        text_y=label.text_y,
        anchor=label.anchor,
        box=box,
        text_width=label.text_width,
    )
