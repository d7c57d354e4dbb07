"""Path data of the few shapes from which the city is built.

Every function returns a closed subpath. All of them run clockwise, so that several can share
one path without cutting holes into one another. Coordinates are the caller's units, y down.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import Literal

__all__ = [
    "HAIR", "Corner", "Point", "Side", "bay", "disc", "half", "number", "polygon",
    "quarter", "quarter_ring", "rect", "ring", "sector", "spandrel",
]  # fmt: skip

Point = tuple[float, float]
Corner = Literal["ne", "se", "sw", "nw"]
Side = Literal["n", "e", "s", "w"]

# How far a shape runs under the one laid beside it. Shapes that only meet leave a light
# hairline on screen, and so do shapes that cover one another exactly.
HAIR = 0.4

# The two legs of a quarter disc, clockwise, as unit steps from its centre.
LEGS: dict[Corner, tuple[Point, Point]] = {
    "ne": ((0, -1), (1, 0)),
    "se": ((1, 0), (0, 1)),
    "sw": ((0, 1), (-1, 0)),
    "nw": ((-1, 0), (0, -1)),
}

# Where a half circle that bulges towards a side begins, as a unit step from its centre.
STARTS: dict[Side, Point] = {"n": (-1, 0), "e": (0, -1), "s": (1, 0), "w": (0, 1)}


def number(value: float) -> str:
    """A number as SVG wants it: three decimals at most, no trailing zeros, no minus zero."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _arc(radius: float, end: Point, *, clockwise: bool = True) -> str:
    r = number(radius)
    return f"A{r} {r} 0 0 {int(clockwise)} {_at(end)}"


def _arcs(centre: Point, radius: float, start: Point, *, turns: int) -> str:
    """A path that starts at a unit step from ``centre`` and runs so many quarters clockwise."""
    # The engine draws an arc of 180 degrees as one curve, visibly flat: never more than 90.
    path, leg = f"M{_at(_step(*centre, start, radius))}", start
    for _ in range(turns):
        leg = (-leg[1], leg[0])
        path += _arc(radius, _step(*centre, leg, radius))
    return path


def rect(x: float, y: float, width: float, height: float) -> str:
    """An upright block."""
    return f"M{_at((x, y))}h{number(width)}v{number(height)}h{number(-width)}z"


def polygon(*points: Point) -> str:
    """A shape of straight edges; give the points clockwise."""
    return "M" + "L".join(map(_at, points)) + "z"


def disc(cx: float, cy: float, radius: float) -> str:
    """A full circle."""
    return _arcs((cx, cy), radius, (-1, 0), turns=4) + "z"


def _step(cx: float, cy: float, leg: Point, length: float) -> Point:
    return cx + leg[0] * length, cy + leg[1] * length


def quarter(cx: float, cy: float, radius: float, corner: Corner) -> str:
    """A quarter disc; ``corner`` says where it lies from its centre."""
    first, last = LEGS[corner]
    start, end = _step(cx, cy, first, radius), _step(cx, cy, last, radius)
    return f"M{_at((cx, cy))}L{_at(start)}{_arc(radius, end)}z"


def quarter_ring(cx: float, cy: float, outer: float, inner: float, corner: Corner) -> str:
    """A quarter of a ring."""
    first, last = LEGS[corner]
    back = _arc(inner, _step(cx, cy, first, inner), clockwise=False)
    return (
        f"M{_at(_step(cx, cy, first, outer))}{_arc(outer, _step(cx, cy, last, outer))}"
        f"L{_at(_step(cx, cy, last, inner))}{back}z"
    )


def spandrel(cx: float, cy: float, size: float, radius: float, corner: Corner) -> str:
    """What a quarter disc leaves of the square in which it stands; ``radius`` up to ``size``."""
    first, last = LEGS[corner]
    far = (cx + (first[0] + last[0]) * size, cy + (first[1] + last[1]) * size)
    outline = (_step(cx, cy, first, radius), _step(cx, cy, first, size), far,
               _step(cx, cy, last, size), _step(cx, cy, last, radius))  # fmt: skip
    return "M" + "L".join(map(_at, outline)) + _arc(radius, outline[0], clockwise=False) + "z"


def half(cx: float, cy: float, radius: float, side: Side) -> str:
    """A half disc that bulges towards ``side``; (cx, cy) is the middle of its straight edge."""
    return _arcs((cx, cy), radius, STARTS[side], turns=2) + "z"


def bay(x: float, y: float, width: float, height: float, side: Side) -> str:
    """A block whose end towards ``side`` is a half circle: an arch, an apse, a boat."""
    upright = side in ("n", "s")
    radius = (width if upright else height) / 2
    near_x, near_y = x + radius, y + radius
    far_x, far_y = x + width - radius, y + height - radius
    centre: Point = {"n": (near_x, near_y), "e": (far_x, near_y),
                     "s": (near_x, far_y), "w": (near_x, near_y)}[side]  # fmt: skip
    corners: tuple[Point, Point] = {
        "n": ((x + width, y + height), (x, y + height)),
        "e": ((x, y + height), (x, y)),
        "s": ((x, y), (x + width, y)),
        "w": ((x + width, y), (x + width, y + height)),
    }[side]
    return f"{_arcs(centre, radius, STARTS[side], turns=2)}L{_at(corners[0])}L{_at(corners[1])}z"


def sector(cx: float, cy: float, radius: float, start: float, end: float) -> str:
    """A slice of a disc, between two bearings in degrees clockwise from north."""
    rim = [(cx + radius * sin(radians(a)), cy - radius * cos(radians(a))) for a in (start, end)]
    return f"M{_at((cx, cy))}L{_at(rim[0])}{_arc(radius, rim[1])}z"


def ring(cx: float, cy: float, outer: float, inner: float) -> str:
    """A disc with a round hole, which is the one subpath that runs the other way."""
    r = number(inner)
    turns = ((cx - inner, cy), (cx, cy - inner), (cx + inner, cy), (cx, cy + inner))
    hole = "".join(f"A{r} {r} 0 0 0 {_at(end)}" for end in reversed(turns))
    return f"{disc(cx, cy, outer)}M{_at((cx - inner, cy))}{hole}z"
