"""The part of a page that a clip lets through, and what of something drawn shows in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from directory_pub.preflight.geometry import Box

__all__ = ["Points", "Region"]

Point = tuple[float, float]
Points = Sequence[Point]
# Thinner slivers of something wider are where two edges are meant to meet.
_SLIVER_PT = 0.01


class Region(Struct, frozen=True):
    """A convex part of the page: its box, or the ``outline`` within it, from point to point against the clock.

    What is not convex counts by its convex hull.
    """

    box: Box
    outline: Points | None = None

    @classmethod
    def around(cls, points: Points) -> Region:
        """The convex hull of points on the page."""
        hull = _hull(points)
        box = Box.around(hull)
        upright = len(hull) != 3 and all(x in (box.left, box.right) and y in (box.bottom, box.top) for x, y in hull)
        return cls(box, None if upright else hull)

    @property
    def is_empty(self) -> bool:
        """Whether nothing can show."""
        return self.box.width <= 0 or self.box.height <= 0 or (self.outline is not None and len(self.outline) < 3)

    def common(self, other: Region) -> Region | None:
        """What both cover, None where they do not meet."""
        box = self.box.common(other.box)
        if box is None:
            return None
        if self.outline is None and other.outline is None:
            return Region(box)
        cut = _cut(self.outline or self.box.corners, other.outline or other.box.corners)
        return Region(Box.around(cut), cut) if cut else None

    def seen(self, box: Box, points: Points | None = None) -> Box | None:
        """The box of what shows of something within ``box``; ``points`` are its corners where it is not the box itself.

        None where nothing of it shows.
        """
        if self.is_empty:
            return None
        if self.outline is None and self.box.holds(box):
            return box
        if self.outline is None and points is None:
            common = self.box.common(box)
        else:
            shown = self.common(Region(box) if points is None else Region.around(points))
            common = shown.box if shown and not _is_sliver(shown, box) else None
        if common is None or _is_lost(common.width, box.width) or _is_lost(common.height, box.height):
            return None
        return common


def _is_lost(shown: float, whole: float) -> bool:
    return shown < _SLIVER_PT <= whole


def _is_sliver(shown: Region, whole: Box) -> bool:
    """Whether an outline was cut down to a line; what is a line itself is none."""
    if min(whole.width, whole.height) < _SLIVER_PT or shown.outline is None:
        return False
    return _area(shown.outline) < _SLIVER_PT * max(shown.box.width, shown.box.height)


def _area(outline: Points) -> float:
    ring = [*outline, outline[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _turn(a: Point, b: Point, c: Point) -> float:
    """Above 0 where the way from ``a`` over ``b`` to ``c`` turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _hull(points: Points) -> list[Point]:
    """The convex hull against the clock, in the time that sorting takes."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    halves: list[list[Point]] = []
    for run in (ordered, ordered[::-1]):
        half: list[Point] = []
        for point in run:
            while len(half) > 1 and _turn(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def _cut(outline: Points, by: Points) -> list[Point]:
    """A convex outline cut to another, edge by edge."""
    kept = list(outline)
    for a, b in zip(by, [*by[1:], by[0]], strict=True):
        before, kept = kept, []
        for first, second in zip(before, [*before[1:], *before[:1]], strict=True):
            inside, next_inside = _turn(a, b, first), _turn(a, b, second)
            if inside >= 0:
                kept.append(first)
            if inside * next_inside < 0:
                share = inside / (inside - next_inside)
                kept.append((first[0] + share * (second[0] - first[0]), first[1] + share * (second[1] - first[1])))
    return kept
