"""Draws curves as SVG, without any library: two panels, lines with the bands of their intervals."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from recommender.evaluation.curve import ACTIVITY, PROFILE, Curve, Point

_WIDE: Final = 380
_HIGH: Final = 230
_LEFT: Final = 52
_RIGHT: Final = 24
_TOP: Final = 44
_APART: Final = 60
_COLOURS: Final = ("#1f5fbf", "#b4521d")

_PANELS: Final = (
    (PROFILE, "Share of the profile that is filled in", "{:.0%}"),
    (ACTIVITY, "Things that a newcomer has saved", "{:.0f}"),
)


def drawn(curve: Curve) -> str:
    """A curve as an SVG document.

    Args:
        curve: on one set of data; MRR and hits@8 are drawn.
    """
    width = 2 * (_LEFT + _WIDE) + _APART + _RIGHT
    height = _TOP + _HIGH + 78
    top = max(one.mrr_interval.high for one in curve.points)
    top = max(top, *(one.hits_interval.high for one in curve.points))
    top = min(1.0, (int(top * 10) + 1) / 10)
    panels = [
        _panel(curve, of, title, label, top, at * (_LEFT + _WIDE + _APART) + _LEFT)
        for at, (of, title, label) in enumerate(_PANELS)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="#22304a">'
        f"<title>{escape(curve.name)}: quality over profile and activity</title>"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
        f'<text x="{_LEFT}" y="20" font-size="14" font-weight="600">{escape(curve.name)}, '
        f"{curve.heads} heads: mean and 95 % interval</text>"
        f"{''.join(panels)}{_legend(height)}</svg>\n"
    )


def _panel(curve: Curve, of: str, title: str, label: str, top: float, left: float) -> str:
    points = [one for one in curve.points if one.of == of]
    step = _WIDE / max(len(points) - 1, 1)

    def place(at: int, value: float) -> str:
        return f"{left + at * step:.1f} {_TOP + _HIGH * (1 - value / top):.1f}"

    lines = [_frame(points, label, top, left, step)]
    for colour, (mean, low, high) in zip(_COLOURS, _MEASURES, strict=True):
        upper = [place(at, high(one)) for at, one in enumerate(points)]
        lower = [place(at, low(one)) for at, one in enumerate(points)]
        middle = [place(at, mean(one)) for at, one in enumerate(points)]
        lines.append(
            f'<path d="M{"L".join(upper + lower[::-1])}Z" fill="{colour}" fill-opacity=".14"/>'
            f'<path d="M{"L".join(middle)}" fill="none" stroke="{colour}" stroke-width="2.2"/>'
        )
        lines += [
            f'<circle cx="{spot.split()[0]}" cy="{spot.split()[1]}" r="3.2" fill="{colour}"/>'
            for spot in middle
        ]
    lines.append(
        f'<text x="{left + _WIDE / 2}" y="{_TOP + _HIGH + 38}" text-anchor="middle">{title}</text>'
    )
    return "".join(lines)


_MEASURES: Final[tuple[tuple[Callable[[Point], float], ...], ...]] = (
    (lambda one: one.mrr, lambda one: one.mrr_interval.low, lambda one: one.mrr_interval.high),
    (lambda one: one.hits, lambda one: one.hits_interval.low, lambda one: one.hits_interval.high),
)


def _frame(points: Sequence[Point], label: str, top: float, left: float, step: float) -> str:
    marks = [
        f'<text x="{left + at * step:.1f}" y="{_TOP + _HIGH + 18}" text-anchor="middle">'
        f"{label.format(one.at)}</text>"
        for at, one in enumerate(points)
    ]
    for part in range(6):
        value = top * part / 5
        y = _TOP + _HIGH * (1 - part / 5)
        marks.append(
            f'<path d="M{left} {y:.1f}h{_WIDE}" stroke="#d5dde9"/>'
            f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{value:.2f}</text>'
        )
    return "".join(marks)


def _legend(height: float) -> str:
    parts = []
    for at, (colour, name) in enumerate(zip(_COLOURS, ("MRR", "hits@8"), strict=True)):
        x = _LEFT + at * 90
        parts.append(
            f'<path d="M{x} {height - 14}h22" stroke="{colour}" stroke-width="2.2"/>'
            f'<text x="{x + 28}" y="{height - 10}">{name}</text>'
        )
    return "".join(parts)
