"""Boxes, rays and polar coordinates of the radar's picture.

The centre of the radar is the origin, y grows downwards, and angles are degrees clockwise
from twelve o'clock.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """An upright rectangle: its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def overlaps(self, other: "Box", gap: float = 0.0) -> bool:
        """Whether two boxes share a point, or come nearer than ``gap``.

        >>> one, other = Box(0, 0, 10, 10), Box(12, 0, 5, 5)
        >>> one.overlaps(other), one.overlaps(other, 3)
        (False, True)
        """
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )

    def nearest(self) -> float:
        """Distance of its nearest point from the origin."""
        dx = max(self.x, 0.0, -self.right)
        dy = max(self.y, 0.0, -self.bottom)
        return math.hypot(dx, dy)

    def farthest(self) -> float:
        """Distance of its farthest point from the origin.

        >>> Box(-3, -4, 4, 8).farthest()
        5.0
        """
        return math.hypot(max(-self.x, self.right), max(-self.y, self.bottom))

    def on_ray(self, angle: float, gap: float = 0.0) -> tuple[float, float] | None:
        """From where to where the ray at an angle runs through this box, or None.

        >>> Box(-5, -20, 10, 10).on_ray(0)
        (10.0, 20.0)
        >>> Box(-5, -20, 10, 10).on_ray(180) is None
        True
        """
        start, end = 0.0, math.inf
        dx, dy = unit(angle)
        for direction, low, high in (
            (dx, self.x - gap, self.right + gap),
            (dy, self.y - gap, self.bottom + gap),
        ):
            if abs(direction) < 1e-12:
                if not low <= 0 <= high:
                    return None
                continue
            near, far = sorted((low / direction, high / direction))
            start, end = max(start, near), min(end, far)
        return (start, end) if start < end else None


def unit(angle: float) -> tuple[float, float]:
    """The point at distance 1 in the direction of an angle.

    >>> tuple(round(part, 6) + 0.0 for part in unit(90))
    (1.0, 0.0)
    """
    radians = math.radians(angle)
    return math.sin(radians), -math.cos(radians)


def point(angle: float, radius: float) -> tuple[float, float]:
    """Polar to Cartesian coordinates, rounded to a tenth."""
    dx, dy = unit(angle)
    return round(dx * radius, 1) + 0.0, round(dy * radius, 1) + 0.0


def arc(start: float, end: float, radius: float, *, reverse: bool = False) -> str:
    """SVG path data of a piece of a circle, clockwise or (``reverse``) the other way."""
    first, last = (end, start) if reverse else (start, end)
    (x0, y0), (x1, y1) = point(first, radius), point(last, radius)
    large = int(end - start > 180)
    return f"M{x0} {y0}A{radius:g} {radius:g} 0 {large} {int(not reverse)} {x1} {y1}"


def sector(start: float, end: float, inner: float, outer: float) -> str:
    """SVG path data of a piece of a ring; a whole ring where start and end are 360 apart."""
    if end - start >= 359.999:
        half = start + 180
        return sector(start, half, inner, outer) + sector(half, start + 359.998, inner, outer)
    (x0, y0), (x1, y1) = point(start, outer), point(end, outer)
    (x2, y2), (x3, y3) = point(end, inner), point(start, inner)
    large = int(end - start > 180)
    return (
        f"M{x0} {y0}A{outer:g} {outer:g} 0 {large} 1 {x1} {y1}"
        f"L{x2} {y2}A{inner:g} {inner:g} 0 {large} 0 {x3} {y3}Z"
    )
