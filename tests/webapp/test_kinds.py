"""How kinds look: everyone has words and a sign of its own, and all can be read."""

import re
from itertools import product
from pathlib import Path

import pytest

import webapp.kinds
from ontology import KINDS, WEDGES
from webapp.kinds import KIND_FACES, WEDGE_NAMES, WEDGE_SHORT_NAMES

STYLES = Path(webapp.kinds.__file__).parent / "static" / "css"
CSS = (STYLES / "base.css").read_text(encoding="utf-8")
RADAR_CSS = (STYLES / "radar.css").read_text(encoding="utf-8")


def tokens(dark: bool) -> dict[str, str]:
    """The colours of a scheme; the dark one says what differs from the light one."""
    found: dict[str, str] = {}
    for text in (CSS, RADAR_CSS):
        first = text.index("@media (prefers-color-scheme: dark)")
        light, rest = text[:first], text[first:]
        found.update(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
        if dark:
            found.update(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rest[: rest.index("\n}\n")]))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_kind_has_words_and_a_sign_of_its_own() -> None:
    assert set(KIND_FACES) == set(KINDS)
    shapes = [face.shape for face in KIND_FACES.values()]
    assert len(set(shapes)) == len(shapes)


def test_every_wedge_has_a_name_and_a_colour() -> None:
    assert set(WEDGE_NAMES) == set(WEDGE_SHORT_NAMES) == set(WEDGES)
    for wedge in WEDGES:
        assert f".wedge-{wedge} " in CSS
        assert f"wedge-{wedge}" in tokens(dark=False)


@pytest.mark.parametrize("dark", [False, True])
def test_text_can_be_read_in_both_schemes(dark: bool) -> None:
    colours = tokens(dark)
    grounds = ("paper", "surface", "sunken")
    texts = ("ink", "ink-soft", "accent", "good", "warn", "bad")
    wedges = tuple(f"wedge-{wedge}" for wedge in (*WEDGES, "none"))
    pairs = [
        *product((*texts, *wedges), grounds),
        *product(("ink", "ink-soft"), ("disc-inner", "disc-middle", "disc-outer")),
        ("header-ink", "header"),
        ("header-soft", "header-field"),
        ("accent-ink", "accent"),
        ("centre-ink", "centre"),
        ("centre-soft", "centre"),
        ("good", "good-soft"),
        ("warn", "warn-soft"),
        ("bad", "bad-soft"),
        ("ink", "accent-soft"),
    ]
    weak = {pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5}
    assert weak == set()


@pytest.mark.parametrize("dark", [False, True])
def test_signs_and_borders_can_be_seen_in_both_schemes(dark: bool) -> None:
    colours = tokens(dark)
    signs = tuple(f"wedge-{wedge}" for wedge in WEDGES)
    pairs = [
        *product(signs, ("disc-inner", "disc-middle", "disc-outer")),
        *product(("line-strong", "accent"), ("paper", "surface")),
    ]
    weak = {pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 3}
    assert weak == set()
