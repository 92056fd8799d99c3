"""From an answer to a picture: wedges, rings and slots, computed once, here.

The same answer gives the same picture. At most eight wedges stand clockwise from the top, each
as wide as it needs to be; the rings are the ranks of the answer, and the score sets the distance
inside the ring. Nothing overlaps, and what is not drawn is counted in the chip of its wedge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import degrees, sqrt
from typing import Final

from ontology import WEDGES
from recommender.answer import Node, RadarAnswer, Suggestion, Total
from webapp.radar.forms import PHONE, Form
from webapp.radar.geometry import Box, arc, point, sector
from webapp.radar.slots import Slot, Wish, place
from webapp.radar.text import cut, width, wrap

_DOTS: Final = {1: 1.0, 2: 0.85, 3: 0.72}
"""Size of a sign by ring."""

_NEAREST: Final = 1
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
        return self.suggestion.ring == _NEAREST


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
        """``+3``, or ``3+`` where there are at least so many.

        >>> Chip(3, False, Box(0, 0, 1, 1)).text, Chip(0, True, Box(0, 0, 1, 1)).text
        ('+3', '1+')
        """
        return f"{self.hidden or 1}+" if self.more else f"+{self.hidden}"


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
    """

    text: str
    is_name: bool
    y: float


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


def lay_out(
    answer: RadarAnswer, form: Form, names: Mapping[str, tuple[str, str]], as_of: str = ""
) -> Picture:
    """The picture of an answer.

    Args:
        answer: what lies around the centre.
        form: for which screens.
        names: for every wedge its full and its short name, in the language of the answer.
        as_of: what the middle says about the year of its statements ("as of 2016").
    """
    counts = dict.fromkeys(WEDGES, 0)
    for suggestion in answer.suggestions:
        counts[suggestion.wedge] += 1
    totals = {
        name: answer.totals.get(name, Total(count))
        for name, count in counts.items()
        if count or (name in answer.totals and answer.totals[name].more)
    }
    chosen = _choose(answer.suggestions, form.names)
    angles = _angles(totals, chosen, form, names)
    edges = _edges(chosen, form)
    spokes = [start for start, _ in angles.values()] if len(angles) > 1 else []
    wishes = _wishes(chosen, angles, edges, form)
    slots = place(wishes, form, spokes)
    items = tuple(
        Item(suggestion, slot, wish.dot)
        for suggestion, slot, wish in zip(chosen, slots, wishes, strict=True)
        if slot is not None
    )
    drawn = dict.fromkeys(totals, 0)
    for item in items:
        drawn[item.suggestion.wedge] += 1
    return Picture(
        form,
        answer.centre,
        _centre_lines(answer.centre, as_of, form),
        tuple(
            _wedge(
                name,
                angles[name],
                form,
                names,
                hidden=counts[name] - drawn[name],
                more=totals[name].more,
            )
            for name in totals
        ),
        tuple(edges[ring] for ring in sorted(edges) if 0 < ring < max(edges)),
        tuple(_broken_spokes(spokes, [item.slot.box for item in items], form)),
        items,
    )


def _choose(suggestions: Sequence[Suggestion], most: int) -> list[Suggestion]:
    """What to draw: the best of every wedge, then the best of all, in the order of the answer."""
    first = {suggestion.wedge: index for index, suggestion in reversed([*enumerate(suggestions)])}
    order = sorted(range(len(suggestions)), key=lambda i: (first[suggestions[i].wedge] != i, i))
    return [suggestions[index] for index in sorted(order[:most])]


def _label(name: str, form: Form, names: Mapping[str, tuple[str, str]], full: bool) -> str:
    return names[name][0 if full and not form.short_names else 1]


def _needed(label: str, form: Form) -> float:
    """Degrees that the name of a wedge and a chip beside it take along the rim."""
    room = width(label, form.wedge_font, bold=True) + form.chip[0] + 24
    return degrees(room / (form.radius + form.wedge_gap))


def _angles(
    totals: Mapping[str, Total],
    chosen: Sequence[Suggestion],
    form: Form,
    names: Mapping[str, tuple[str, str]],
) -> dict[str, tuple[float, float]]:
    """Where each wedge begins and ends: room for its name, the rest by what it has to show."""
    if not totals:
        return {}
    least = {name: _needed(_label(name, form, names, True), form) for name in totals}
    if sum(least.values()) > 330:
        least = {name: _needed(_label(name, form, names, False), form) for name in totals}
    shrink = min(1.0, 360 / sum(least.values()))
    need = dict.fromkeys(totals, 0.5)
    for suggestion in chosen:
        need[suggestion.wedge] += 1
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


def _edges(chosen: Sequence[Suggestion], form: Form) -> dict[int, float]:
    """The outer radius of every ring that has something; 0 is the centre.

    A ring's area follows from what it holds; the first gets more, for little is free near the
    centre, and no ring is too thin for a sign.
    """
    counts = dict.fromkeys(sorted({suggestion.ring for suggestion in chosen}), 0)
    for suggestion in chosen:
        counts[suggestion.ring] += 1
    inner = form.centre + 4
    edges = {0: float(inner)}
    if not counts:
        return edges
    thinnest = min(form.target * 1.5, (form.radius - inner) / len(counts))
    need = {ring: (count + 1) * (1.45 if ring == 1 else 1.0) for ring, count in counts.items()}
    left_over = form.radius - inner - thinnest * len(counts)
    area = form.radius**2 - inner**2
    reached, radius = 0.0, float(inner)
    ideal = {}
    for ring, wanted in need.items():
        reached += wanted
        outer = sqrt(inner**2 + area * reached / sum(need.values()))
        ideal[ring] = outer - radius
        radius = outer
    spread = sum(max(thick - thinnest, 0) for thick in ideal.values()) or 1.0
    radius = float(inner)
    for ring, thick in ideal.items():
        radius += thinnest + left_over * max(thick - thinnest, 0) / spread
        edges[ring] = round(radius, 1)
    return edges


def _wishes(
    chosen: Sequence[Suggestion],
    angles: Mapping[str, tuple[float, float]],
    edges: Mapping[int, float],
    form: Form,
) -> list[Wish]:
    rings = sorted(edges)
    inner_edge = dict(zip(rings[1:], rings, strict=False))
    scores: dict[int, list[float]] = {}
    for suggestion in chosen:
        scores.setdefault(suggestion.ring, []).append(suggestion.score)
    seen: dict[str, int] = {}
    wishes = []
    for suggestion in chosen:
        ring, wedge = suggestion.ring, suggestion.wedge
        dot = round(form.dot * _DOTS.get(ring, min(_DOTS.values())), 1)
        low = edges[inner_edge[ring]] + form.target / 2
        high = max(low, edges[ring] - form.target / 2)
        best, worst = max(scores[ring]), min(scores[ring])
        depth = (best - suggestion.score) / (best - worst) if best > worst else 0.5
        seen[wedge] = seen.get(wedge, 0) + 1
        wishes.append(
            Wish(
                suggestion.node.label,
                angles[wedge],
                (low, high),
                low + depth * (high - low),
                _spread(seen[wedge]),
                ring == _NEAREST,
                dot,
            )
        )
    return wishes


def _spread(number: int) -> float:
    """The n-th of a sequence that covers the line between 0 and 1 evenly (van der Corput's).

    >>> [_spread(number) for number in range(1, 5)]
    [0.5, 0.25, 0.75, 0.125]
    """
    share, step = 0.0, 0.5
    while number:
        number, bit = divmod(number, 2)
        share += bit * step
        step /= 2
    return share


def _wedge(
    name: str,
    angles: tuple[float, float],
    form: Form,
    names: Mapping[str, tuple[str, str]],
    *,
    hidden: int,
    more: bool,
) -> Wedge:
    start, end = angles
    middle = (start + end) / 2
    distance = form.radius + form.wedge_gap
    has_chip = hidden > 0 or more
    gap = degrees(0.6 / form.radius * 3)
    for_chip = degrees((form.chip[0] + 6) / distance) if has_chip else 0.0
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
        sector(start, end, form.centre, form.radius),
        arc(start + gap, end - gap, form.radius),
        arc(text_middle - half - slack, text_middle + half + slack, baseline, reverse=below),
        (text_middle - half, text_middle + half),
        chip,
    )


def _broken_spokes(
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


def _centre_lines(centre: Node, as_of: str, form: Form) -> tuple[CentreLine, ...]:
    """The name in the middle, then its context and year, each cut to the circle's width."""
    small = form.font * 0.82
    extra = [text for text in (centre.context if form is not PHONE else "", as_of) if text]
    name = wrap(
        centre.label, form.centre * 1.66, form.font, bold=True, lines=3 - min(len(extra), 1)
    )
    height = len(name) * form.line + len(extra) * small * 1.3
    y, lines = -height / 2, []
    for text, is_name in [*((line, True) for line in name), *((line, False) for line in extra)]:
        size = form.font if is_name else small
        step = form.line if is_name else small * 1.3
        edge = max(abs(y), abs(y + step))
        chord = 2 * sqrt(max((form.centre - 4) ** 2 - edge**2, 0))
        lines.append(
            CentreLine(cut(text, chord, size, bold=is_name), is_name, round(y + step * 0.76, 1))
        )
        y += step
    return tuple(lines)


def boxes_of(picture: Picture) -> list[Box]:
    """Every box of a picture that must keep clear of the others: names, chips, wedge names."""
    boxes = [item.slot.box for item in picture.items]
    form = picture.form
    high = form.wedge_font * 0.8
    for wedge in picture.wedges:
        if wedge.chip:
            boxes.append(wedge.chip.box)
        boxes += _letters(wedge, form, high)
    return boxes


def _letters(wedge: Wedge, form: Form, high: float) -> list[Box]:
    """Small boxes along the curved name of a wedge."""
    start, end = wedge.label_angles
    count = max(2, len(wedge.label))
    steps = [start + (end - start) * index / count for index in range(count + 1)]
    boxes = []
    for one, other in pairwise(steps):
        x, y = point((one + other) / 2, form.radius + form.wedge_gap)
        boxes.append(Box(x - high / 2, y - high / 2, high, high))
    return boxes
