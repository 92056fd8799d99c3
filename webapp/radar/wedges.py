"""The wedges: where each begins and ends, its name along the rim, its chip and its lines."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import degrees
from typing import Final

from recommender import Suggestion, Total
from webapp.radar.forms import Form
from webapp.radar.geometry import Box, arc, point, sector
from webapp.radar.picture import Chip, Wedge
from webapp.radar.text import cut, width

Names = Mapping[str, tuple[str, str]]
"""For every wedge its full and its short name."""

_NEED: Final = {1: 1.0, 2: 1.0, 3: 0.35}
"""How much of its wedge a thing needs, by ring; few of the third ring find a place."""


def angles_of(
    totals: Mapping[str, Total],
    suggestions: Sequence[Suggestion],
    form: Form,
    names: Names,
) -> dict[str, tuple[float, float]]:
    """Where each wedge begins and ends: room for its name, the rest by what it has to show."""
    if not totals:
        return {}
    least = {name: _needed(_label(name, form, names, True), form) for name in totals}
    if sum(least.values()) > 330:
        least = {name: _needed(_label(name, form, names, False), form) for name in totals}
    shrink = min(1.0, 360 / sum(least.values()))
    need = dict.fromkeys(totals, 1.0)
    for suggestion in suggestions:
        need[suggestion.wedge] += _NEED[suggestion.ring]
    # What remains beyond the names goes first to the wedges whose share of the whole is larger.
    want = {name: 360 * need[name] / sum(need.values()) for name in totals}
    lacking = {name: max(want[name] - least[name] * shrink, 0) for name in totals}
    spare = 360 - sum(least.values()) * shrink
    whole = sum(lacking.values()) or 1.0
    sizes = {
        name: least[name] * shrink + spare * (lacking[name] / whole if any(lacking.values()) else 0)
        for name in totals
    }
    scale = 360 / sum(sizes.values())
    angles: dict[str, tuple[float, float]] = {}
    start = -sizes[next(iter(sizes))] * scale / 2
    for name, size in sizes.items():
        angles[name] = (round(start, 3), round(start + size * scale, 3))
        start += size * scale
    return angles


def _label(name: str, form: Form, names: Names, full: bool) -> str:
    return names[name][0 if full and not form.short_names else 1]


def _needed(label: str, form: Form) -> float:
    """Degrees that the name of a wedge and a chip beside it take along the rim."""
    room = width(label, form.wedge_font, bold=True) + form.chip[0] + 30
    return degrees(room / (form.radius + form.wedge_gap))


def make_wedge(
    name: str,
    angles: tuple[float, float],
    form: Form,
    names: Names,
    *,
    hidden: int,
    more: bool,
) -> Wedge:
    start, end = angles
    middle = (start + end) / 2
    distance = form.radius + form.wedge_gap
    has_chip = hidden > 0 or more
    alone = end - start >= 359.999
    gap = 0.01 if alone else degrees(1.8 / form.radius)
    for_chip = degrees((form.chip[0] + 15) / distance) if has_chip else 0.0
    room = end - start - for_chip - 2 * gap
    full = _label(name, form, names, True)
    label = full if degrees(width(full, form.wedge_font, bold=True) / distance) <= room else ""
    label = label or _label(name, form, names, False)
    label = cut(label, room / degrees(1 / distance), form.wedge_font, bold=True)
    half = degrees(width(label, form.wedge_font, bold=True) / distance) / 2
    # Below the centre names run counter-clockwise so that they are not upside down.
    below = 90 < middle % 360 < 270
    turn = -1 if below else 1
    text_middle = middle - turn * for_chip / 2
    chip = None
    if has_chip:
        x, y = point(text_middle + turn * (half + for_chip / 2 + gap), distance)
        wide, high = form.chip
        chip = Chip(hidden, more, Box(x - wide / 2, y - high / 2, wide, high))
    # The letters stand on the inner side of the path above the centre, on the outer one below.
    baseline = distance + form.wedge_font * (0.36 if below else -0.36)
    slack = degrees(20 / distance)
    return Wedge(
        name,
        label,
        start,
        end,
        sector(start, end, 0, form.radius),
        arc(start + gap, end - gap, form.radius),
        arc(text_middle - half - slack, text_middle + half + slack, baseline, reverse=below),
        (text_middle - half, text_middle + half),
        chip,
    )


def broken_spokes(
    spokes: Sequence[float], boxes: Sequence[Box], form: Form
) -> list[tuple[float, float, float, float]]:
    """The lines between wedges, interrupted where a name lies across them."""
    pieces = []
    for angle in spokes:
        covered = sorted(hit for box in boxes if (hit := box.on_ray(angle, 3)))
        free = form.centre + 8.0
        for start, end in [*covered, (form.radius, form.radius)]:
            if start - free > 16:
                pieces.append((*point(angle, free), *point(angle, start)))
            free = max(free, end)
    return pieces


def letters_of(wedge: Wedge, form: Form) -> list[Box]:
    """Small boxes along the curved name of a wedge."""
    start, end = wedge.label_angles
    high = form.wedge_font * 0.8
    count = max(2, len(wedge.label))
    steps = [start + (end - start) * index / count for index in range(count + 1)]
    boxes = []
    for one, other in pairwise(steps):
        x, y = point((one + other) / 2, form.radius + form.wedge_gap)
        boxes.append(Box(x - high / 2, y - high / 2, high, high))
    return boxes
