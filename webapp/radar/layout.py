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

from ontology import KINDS, WEDGES
from recommender.answer import Node, RadarAnswer, Suggestion, Total
from webapp.radar.forms import PHONE, Form
from webapp.radar.geometry import Box, arc, point, sector
from webapp.radar.slots import Slot, Wish, place
from webapp.radar.text import cut, is_cut, width, wrap

_DOTS: Final = {1: 1.0, 2: 0.86, 3: 0.76}
"""Size of a sign by ring."""

_NEED: Final = {1: 1.0, 2: 1.0, 3: 0.35}
"""How much of its wedge a thing needs, by ring; few of the third ring find a place."""

_ROOM: Final = {1: 1.2, 2: 1.0, 3: 2.0}
"""How much of the disc a thing needs, by ring: little is free at the centre and at the rim."""

_KIND_ORDER: Final = {name: place for place, name in enumerate(KINDS)}

SMALL: Final = 0.84
"""Size of the notes in the middle, measured by that of names."""

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


def lay_out(
    answer: RadarAnswer,
    form: Form,
    names: Mapping[str, tuple[str, str]],
    notes: Sequence[str] = (),
) -> Picture:
    """The picture of an answer.

    Args:
        answer: what lies around the centre.
        form: for which screens.
        names: for every wedge its full and its short name, in the language of the answer.
        notes: what the middle says below the name, the most important last: its kind, the year
            of its statements ("as of 2016"). Phones have room for one.
    """
    counts = dict.fromkeys(WEDGES, 0)
    for suggestion in answer.suggestions:
        counts[suggestion.wedge] += 1
    totals = {
        name: answer.totals.get(name, Total(count))
        for name, count in counts.items()
        if count or (name in answer.totals and answer.totals[name].more)
    }
    queue = _queue(answer.suggestions)
    angles = _angles(totals, queue, form, names)
    edges = _edges(queue[: form.names], form)
    queue = [suggestion for suggestion in queue if suggestion.ring in edges]
    spokes = [start for start, _ in angles.values()] if len(angles) > 1 else []
    wishes = _wishes(queue, angles, edges, form)
    slots = place(wishes, form, spokes, form.names)
    items = tuple(
        Item(suggestion, slot, wish.dot)
        for suggestion, slot, wish in zip(queue, slots, wishes, strict=True)
        if slot is not None
    )
    drawn = dict.fromkeys(totals, 0)
    for item in items:
        drawn[item.suggestion.wedge] += 1
    return Picture(
        form,
        answer.centre,
        _centre_lines(answer.centre, notes, form),
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


def _queue(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """In which order suggestions get a place: the best of every wedge, then the best of all."""
    first = {suggestion.wedge: index for index, suggestion in reversed([*enumerate(suggestions)])}
    order = sorted(range(len(suggestions)), key=lambda i: (first[suggestions[i].wedge] != i, i))
    return [suggestions[index] for index in order]


def _label(name: str, form: Form, names: Mapping[str, tuple[str, str]], full: bool) -> str:
    return names[name][0 if full and not form.short_names else 1]


def _needed(label: str, form: Form) -> float:
    """Degrees that the name of a wedge and a chip beside it take along the rim."""
    room = width(label, form.wedge_font, bold=True) + form.chip[0] + 30
    return degrees(room / (form.radius + form.wedge_gap))


def _angles(
    totals: Mapping[str, Total],
    suggestions: Sequence[Suggestion],
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


def _edges(chosen: Sequence[Suggestion], form: Form) -> dict[int, float]:
    """The outer radius of every ring that has something; 0 is the centre.

    A ring's area follows from what it holds, and no ring is too thin for a sign.
    """
    counts = dict.fromkeys(sorted({suggestion.ring for suggestion in chosen}), 0)
    for suggestion in chosen:
        counts[suggestion.ring] += 1
    inner = form.centre + 4
    edges = {0: float(inner)}
    if not counts:
        return edges
    thinnest = min(2 * _margin(form) + 4, (form.radius - inner) / len(counts))
    need = {ring: (count + 1) * _ROOM[ring] for ring, count in counts.items()}
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
    shares = _shares(chosen[: form.names])
    wishes = []
    for suggestion in chosen:
        ring = suggestion.ring
        low = edges[inner_edge[ring]] + _margin(form)
        high = max(low, edges[ring] - _margin(form))
        best, worst = max(scores[ring]), min(scores[ring])
        depth = (best - suggestion.score) / (best - worst) if best > worst else 0.5
        wishes.append(
            Wish(
                label=suggestion.node.label,
                angles=angles[suggestion.wedge],
                radii=(low, high),
                radius=low + depth * (high - low),
                share=shares.get(suggestion.node.iri, 0.5),
                bold=ring == _NEAREST,
                dot=round(form.dot * _DOTS[ring], 1),
                wedge=suggestion.wedge,
                ring=ring,
                order=_order(suggestion.node),
            )
        )
    return wishes


def _margin(form: Form) -> float:
    """Distance of the middle of a sign from the edges of its ring."""
    return form.dot + 4


def _order(node: Node) -> tuple[int, str]:
    """The place of a thing among all of its wedge: the same in every picture and language."""
    return _KIND_ORDER[node.kind], node.iri


def _shares(chosen: Sequence[Suggestion]) -> dict[str, float]:
    """Where in its wedge each thing would like to be: all in order, evenly spread."""
    members: dict[str, list[Node]] = {}
    for suggestion in chosen:
        members.setdefault(suggestion.wedge, []).append(suggestion.node)
    return {
        node.iri: (place + 0.5) / len(nodes)
        for nodes in members.values()
        for place, node in enumerate(sorted(nodes, key=_order))
    }


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


def _centre_lines(centre: Node, notes: Sequence[str], form: Form) -> tuple[CentreLine, ...]:
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


def boxes_of(picture: Picture) -> list[list[Box]]:
    """What must keep clear of each other: every name, chip and wedge name as a list of boxes."""
    form = picture.form
    things = [[item.slot.box] for item in picture.items]
    things += [[wedge.chip.box] for wedge in picture.wedges if wedge.chip]
    things += [_letters(wedge, form, form.wedge_font * 0.8) for wedge in picture.wedges]
    return things


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
