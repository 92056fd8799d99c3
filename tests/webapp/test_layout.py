"""The radar's picture: whatever the answer, nothing overlaps and nothing is lost."""

from dataclasses import replace
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import KINDS, WEDGES
from recommender import Node, RadarAnswer, Reason, Suggestion, Total
from webapp.radar.forms import FORMS, PHONE, WIDE, Form
from webapp.radar.layout import boxes_of, lay_out
from webapp.radar.picture import Picture
from webapp.radar.text import width

NAMES = {
    "clusters": ("Cluster", "Cluster"),
    "actors": ("Organisationen & Personen", "Akteure"),
    "topics": ("Themen & Kompetenzen", "Themen"),
    "devices": ("Geräte", "Geräte"),
    "listings": ("Angebote und Gesuche", "Angebote"),
    "projects": ("Projekte", "Projekte"),
    "events": ("Termine & Weiterbildung", "Termine"),
    "knowledge": ("Wissen & Förderung", "Wissen"),
}
LABELS = (
    "Zeiss",
    "Optence e. V.",
    "Optische Koordinatenmesstechnik",
    "Clusterübergreifendes Schulungssystem Mechatronik und Leichtbau",
    "Bundesministerium für Wirtschaft und Energie (BMWi)",
    "Kraftfahrzeugzulieferindustrieverband",
    "SIAF 2015 / SPS – Industrial Automation Fair Guangzhou",
    "光学技術クラスター",
)
DRAWN = tuple(kind.name for kind in KINDS.values() if kind.wedge)

labels = st.one_of(st.sampled_from(LABELS), st.text(min_size=1, max_size=60))


def answer_of(found: list[tuple[str, str]], more: frozenset[str] = frozenset()) -> RadarAnswer:
    """An answer with things of these kinds and names, best first."""
    suggestions = tuple(
        Suggestion(
            Node(f"x:{kind}/{place}", kind, str(place), label),
            KINDS[kind].wedge,
            1 if place < 8 else 2 if place < 24 else 3,
            round(0.9 * 0.96**place, 6),
            Reason("because"),
        )
        for place, (kind, label) in enumerate(found)
    )
    shown = dict.fromkeys(WEDGES, 0)
    for suggestion in suggestions:
        shown[suggestion.wedge] += 1
    totals = {
        wedge: Total(count, wedge in more)
        for wedge, count in shown.items()
        if count or wedge in more
    }
    centre = Node("x:cluster/centre", "cluster", "centre", "Optence e. V.", "Cluster · Hessen")
    return RadarAnswer(centre, "anonymous", "nearest", "de", totals, suggestions)


answers = st.builds(
    answer_of,
    st.lists(st.tuples(st.sampled_from(DRAWN), labels), max_size=60),
    st.frozensets(st.sampled_from(WEDGES), max_size=3),
)
crowded = answer_of([(DRAWN[i % len(DRAWN)], LABELS[i * 5 % len(LABELS)]) for i in range(96)])
forms = st.sampled_from(FORMS)


def picture_of(answer: RadarAnswer, form: Form) -> Picture:
    return lay_out(answer, form, NAMES, ("Cluster", "Stand 2016"))


def overlaps(picture: Picture) -> list[tuple[int, int]]:
    things = [*enumerate(boxes_of(picture))]
    return [
        (i, j)
        for (i, ones), (j, others) in combinations(things, 2)
        if any(one.overlaps(other) for one in ones for other in others)
    ]


@given(answers, forms)
def test_nothing_overlaps_and_all_is_inside(answer: RadarAnswer, form: Form) -> None:
    picture = picture_of(answer, form)
    assert overlaps(picture) == []
    for item in picture.items:
        assert item.slot.box.farthest() < form.radius
        assert item.slot.box.nearest() > form.centre
        assert min(item.slot.box.width, item.slot.box.height) >= 24
    for box in (box for boxes in boxes_of(picture) for box in boxes):
        assert abs(box.x) <= form.width / 2 and abs(box.right) <= form.width / 2
        assert abs(box.y) <= form.height / 2 and abs(box.bottom) <= form.height / 2


@given(answers, forms)
def test_nothing_is_dropped_silently(answer: RadarAnswer, form: Form) -> None:
    picture = picture_of(answer, form)
    assert len(picture.items) <= form.names
    drawn = {wedge.name: 0 for wedge in picture.wedges}
    for item in picture.items:
        drawn[item.suggestion.wedge] += 1
    assert set(drawn) == set(answer.totals)
    for wedge in picture.wedges:
        total = answer.totals[wedge.name]
        hidden = wedge.chip.hidden if wedge.chip else 0
        assert drawn[wedge.name] + hidden == total.shown
        assert (wedge.chip is not None) == (hidden > 0 or total.more)
        if wedge.chip:
            assert wedge.chip.text.startswith("+")
            assert wedge.chip.text.endswith("…") == total.more


@given(answers, forms)
def test_rings_and_wedges_hold_what_is_theirs(answer: RadarAnswer, form: Form) -> None:
    picture = picture_of(answer, form)
    spans = {wedge.name: (wedge.start, wedge.end) for wedge in picture.wedges}
    assert sum(end - start for start, end in spans.values()) == pytest.approx(360 if spans else 0)
    rings = sorted({item.suggestion.ring for item in picture.items})
    farthest = 0.0
    for ring in rings:
        radii = [item.slot.radius for item in picture.items if item.suggestion.ring == ring]
        assert min(radii) > farthest
        farthest = max(radii)
    for item in picture.items:
        start, end = spans[item.suggestion.wedge]
        assert start <= item.slot.angle <= end
        assert hypot(item.slot.x, item.slot.y) == pytest.approx(item.slot.radius, abs=0.2)


@given(answers, forms)
def test_the_same_answer_gives_the_same_picture(answer: RadarAnswer, form: Form) -> None:
    assert picture_of(answer, form) == picture_of(replace(answer), form)


@given(answers, forms)
def test_names_fit_what_can_be_clicked(answer: RadarAnswer, form: Form) -> None:
    for item in picture_of(answer, form).items:
        slot = item.slot
        room = slot.box.width if slot.anchor == "middle" else slot.box.width - abs(slot.text_x)
        for line in slot.lines:
            assert width(line, form.font, bold=item.bold) <= room
        assert len(slot.lines) <= 2


def test_at_most_eight_wedges_clockwise_from_the_top() -> None:
    picture = picture_of(crowded, WIDE)
    assert [wedge.name for wedge in picture.wedges] == list(WEDGES)
    first = picture.wedges[0]
    assert first.start < 0 < first.end
    ends = [wedge.end for wedge in picture.wedges]
    assert ends == sorted(ends)


def test_a_crowded_radar_is_well_filled_but_a_phone_has_few_names() -> None:
    assert len(picture_of(crowded, WIDE).items) >= 18
    assert 5 <= len(picture_of(crowded, PHONE).items) <= 10


def test_a_wedge_is_as_wide_as_it_needs_to_be() -> None:
    found = [("project", f"Projekt {i}") for i in range(9)] + [("device", "Fräse")]
    spans = {w.name: w.end - w.start for w in picture_of(answer_of(found), WIDE).wedges}
    assert spans["projects"] > 2 * spans["devices"]


def test_the_nearer_the_higher_the_score() -> None:
    found = [("project", f"P{i}") for i in range(3)] + [("cluster", f"C{i}") for i in range(3)]
    items = picture_of(answer_of(found), WIDE).items
    best, worst = min(items, key=lambda i: i.slot.radius), max(items, key=lambda i: i.slot.radius)
    assert best.suggestion.score > worst.suggestion.score


def test_survivors_of_a_flight_keep_their_order() -> None:
    first = [("topic", f"Thema {i}") for i in range(8)]
    here = picture_of(answer_of(first), WIDE)
    answer = answer_of(first)
    turned = tuple(
        replace(one, score=round(1 - one.score, 6)) for one in reversed(answer.suggestions[:6])
    )
    there = picture_of(
        replace(answer, suggestions=turned, totals={"topics": Total(len(turned))}), WIDE
    )
    angles = {item.suggestion.node.iri: item.slot.angle for item in here.items}
    order = [item.suggestion.node.iri for item in sorted(there.items, key=lambda i: i.slot.angle)]
    assert len(order) == 6
    assert order == sorted(order, key=lambda iri: angles[iri])


def test_lines_between_wedges_do_not_cross_names() -> None:
    picture = picture_of(crowded, WIDE)
    assert picture.spokes
    for x1, y1, x2, y2 in picture.spokes:
        for step in range(101):
            x, y = x1 + (x2 - x1) * step / 100, y1 + (y2 - y1) * step / 100
            for item in picture.items:
                box = item.slot.box
                assert not (box.x < x < box.right and box.y < y < box.bottom)


def test_an_answer_without_suggestions_is_an_empty_disc() -> None:
    picture = picture_of(answer_of([]), WIDE)
    assert picture.items == () and picture.wedges == () and picture.rings == ()
    assert [line.text for line in picture.centre_lines] == [
        "Optence e. V.",
        "Cluster",
        "Stand 2016",
    ]


@given(labels)
def test_the_name_in_the_middle_stays_in_its_circle(label: str) -> None:
    answer = answer_of([])
    answer = replace(answer, centre=replace(answer.centre, label=label))
    for form in FORMS:
        for line in picture_of(answer, form).centre_lines:
            half = width(line.text, line.size, bold=line.is_name) / 2
            assert hypot(half, max(abs(line.y), abs(line.y - line.size * 0.7))) <= form.centre + 1
