"""From an answer to a picture: wedges, rings and slots, computed once, here.

The same answer gives the same picture. At most eight wedges stand clockwise from the top, each
as wide as it needs to be; the rings are the ranks of the answer, and the score sets the distance
inside the ring. Nothing overlaps, and what is not drawn is counted in the chip of its wedge.
"""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Final

from ontology import KINDS, WEDGES
from recommender import Node, RadarAnswer, Suggestion, Total
from webapp.radar.forms import Form
from webapp.radar.geometry import Box
from webapp.radar.middle import centre_lines
from webapp.radar.picture import NEAREST, Item, Picture
from webapp.radar.slots import GAP, Wish, place
from webapp.radar.wedges import Names, angles_of, broken_spokes, letters_of, make_wedge

_DOTS: Final = {1: 1.0, 2: 0.86, 3: 0.76}
"""Size of a sign by ring."""

_ROOM: Final = {1: 1.2, 2: 1.0, 3: 2.0}
"""How much of the disc a thing needs, by ring: little is free at the centre and at the rim."""

_KIND_ORDER: Final = {name: place for place, name in enumerate(KINDS)}


def lay_out(
    answer: RadarAnswer,
    form: Form,
    names: Names,
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
    angles = angles_of(totals, queue, form, names)
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
        centre_lines(answer.centre, notes, form),
        tuple(
            make_wedge(
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
        tuple(broken_spokes(spokes, [item.slot.box for item in items], form)),
        items,
    )


def _queue(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """In which order suggestions get a place: the best of every wedge, then the best of all."""
    first = {suggestion.wedge: index for index, suggestion in reversed([*enumerate(suggestions)])}
    order = sorted(range(len(suggestions)), key=lambda i: (first[suggestions[i].wedge] != i, i))
    return [suggestions[index] for index in order]


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
    rim = _margin_at_rim(form) - _margin(form)
    need = {ring: (count + 1) * _ROOM[ring] for ring, count in counts.items()}
    left_over = max(form.radius - inner - thinnest * len(counts) - rim, 0)
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
    edges[max(counts)] = form.radius
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
        at_rim = edges[ring] == form.radius
        high = max(low, edges[ring] - (_margin_at_rim(form) if at_rim else _margin(form)))
        best, worst = max(scores[ring]), min(scores[ring])
        depth = (best - suggestion.score) / (best - worst) if best > worst else 0.5
        wishes.append(
            Wish(
                label=suggestion.node.label,
                angles=angles[suggestion.wedge],
                radii=(low, high),
                radius=low + depth * (high - low),
                share=shares.get(suggestion.node.iri, 0.5),
                bold=ring == NEAREST,
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


def _margin_at_rim(form: Form) -> float:
    """The same at the rim, which also what can be clicked must not touch."""
    return form.target / 2 + GAP + 1


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


def boxes_of(picture: Picture) -> list[list[Box]]:
    """What must keep clear of each other: every name, chip and wedge name as a list of boxes."""
    form = picture.form
    things = [[item.slot.box] for item in picture.items]
    things += [[wedge.chip.box] for wedge in picture.wedges if wedge.chip]
    things += [letters_of(wedge, form) for wedge in picture.wedges]
    return things
