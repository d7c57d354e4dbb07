"""Codes to scan among what a page paints: squares on one grid, with the three finder patterns of a QR Code.

They are found by their geometry, in whatever a program drew them: one path of outlines, one of oblongs, or an oblong
a module. So their measures are exact and no decoder is asked. One that is a picture is not found.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from directory_pub.preflight.colours import Paint
from directory_pub.preflight.effort import spend
from directory_pub.preflight.geometry import Box
from directory_pub.preflight.painted import Painted

__all__ = ["FoundCode", "find_codes"]

_FEWEST_RINGS, _MOST_RINGS = 3, 40_000
_MODULES = range(21, 178, 4)  # a side, by version
_OFF_GRID = 0.12  # of a module: how far an edge may lie from its line
_SQUARE = 0.02
_FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")
_RINGS_A_STEP = 20
Ring = Sequence[tuple[float, float]]


class FoundCode(Struct, frozen=True, kw_only=True):
    """A code: its bounds without the quiet zone, its modules a side, its paint, and which things it is painted by."""

    bounds: Box
    modules: int
    paint: Paint
    overprints: bool
    first: int
    last: int

    @property
    def module_pt(self) -> float:
        """The side of a module."""
        return self.bounds.width / self.modules


def find_codes(painted: Sequence[Painted]) -> Iterator[FoundCode]:
    """The codes among things in the order in which they are painted."""
    for first, last in _alike(painted):
        things = painted[first : last + 1]
        many = [at for at, thing in enumerate(things) if len(thing.rings) >= _FEWEST_RINGS]
        runs = [(at, at) for at in many] or list(_near(things))
        # A rule in the same black may have been drawn before or after the modules.
        tries = [(run, _as_high(things, *run)) for run in runs]
        for way in tries:
            read = ((each, _read([thing.rings for thing in things[each[0] : each[1] + 1]])) for each in way)
            if hit := next(((each, found) for each, found in read if found), None):
                (begin, end), (bounds, modules) = hit
                yield FoundCode(
                    bounds=bounds,
                    modules=modules,
                    paint=things[begin].paint,
                    overprints=things[begin].overprints,
                    first=first + begin,
                    last=first + end,
                )


def _alike(painted: Sequence[Painted]) -> Iterator[tuple[int, int]]:
    """Stretches of fills of upright edges that are painted one behind the other in one paint."""
    begun: int | None = None
    for at, thing in enumerate(painted):
        if begun is not None and not (thing.rings and thing.paint == painted[begun].paint):
            yield begun, at - 1
            begun = None
        if begun is None and thing.rings and not thing.paint.is_paper:
            begun = at
    if begun is not None:
        yield begun, len(painted) - 1


def _near(things: Sequence[Painted]) -> Iterator[tuple[int, int]]:
    """Of oblongs that are painted one by one those that may be modules of one code: none is far from those before."""
    begun, around = 0, things[0].bounds
    for at, thing in enumerate((*things[1:], None), 1):
        side = min(things[begun].bounds.width, things[begun].bounds.height)
        reach = around.grown(8 * max(side, 0.01))
        if thing is None or not thing.bounds.overlaps(reach) or _towers(thing.bounds, side):
            if at - begun >= _FEWEST_RINGS:
                yield begun, at - 1
            if thing is not None:
                begun, around = at, thing.bounds
        else:
            around = Box.around((around.corners + thing.bounds.corners)[::2])


def _as_high(things: Sequence[Painted], begin: int, end: int) -> tuple[int, int]:
    """Of some oblongs those between the first and the last that are as high as most are."""
    heights = [round(things[at].bounds.height, 2) for at in range(begin, end + 1)]
    usual = Counter(heights).most_common(1)[0][0]
    alike = [begin + at for at, height in enumerate(heights) if height == usual]
    return alike[0], alike[-1]


def _towers(box: Box, side: float) -> bool:
    """Whether something is larger than modules of a side ever are together."""
    return max(box.width, box.height) > _MODULES[-1] * max(side, 0.01)


def _read(things: Sequence[Sequence[Ring]]) -> tuple[Box, int] | None:
    """The bounds of a code and its modules a side; None for what is none."""
    rings = [ring for thing in things for ring in thing]
    if not _FEWEST_RINGS <= len(rings) <= _MOST_RINGS:
        return None
    points = [point for ring in rings for point in ring]
    spend(len(points) // _RINGS_A_STEP + 1)
    bounds = Box.around(points)
    if bounds.width <= 0 or abs(bounds.width - bounds.height) > _SQUARE * bounds.width:
        return None
    xs = {round(x - bounds.left, 4) for x, _ in points}
    ys = {round(bounds.top - y, 4) for _, y in points}
    for modules in _MODULES:
        if _on_grid(xs, bounds.width / modules) and _on_grid(ys, bounds.height / modules):
            return (bounds, modules) if _has_finders(things, bounds, modules) else None
    return None


def _on_grid(lengths: set[float], module: float) -> bool:
    return all(abs(length / module - round(length / module)) < _OFF_GRID for length in lengths)


def _has_finders(things: Sequence[Sequence[Ring]], bounds: Box, modules: int) -> bool:
    """Whether three corners have the square in a square, and the fourth has none."""
    dark = _Dark(things, bounds, modules)
    end = modules - 7
    corners = [dark.shows(left, top) for left, top in ((0, 0), (end, 0), (0, end), (end, end))]
    return corners.count(True) == 3


class _Dark:
    """Which modules are dark: by thing, those whose middle lies within an odd number of its rings' edges."""

    def __init__(self, things: Sequence[Sequence[Ring]], bounds: Box, modules: int) -> None:
        self._module = bounds.width / modules
        self._left, self._top = bounds.left, bounds.top
        self._modules = modules
        self._crossings: list[list[list[float]]] = []
        for rings in things:
            rows: list[list[float]] = [[] for _ in range(modules)]
            for ring in rings:
                for (x, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
                    if abs(x - x1) < abs(y0 - y1):
                        self._cross(rows, x, y0, y1)
            self._crossings.append([sorted(row) for row in rows])

    def _cross(self, rows: list[list[float]], x: float, y0: float, y1: float) -> None:
        first, last = sorted(round((self._top - y) / self._module) for y in (y0, y1))
        for row in range(max(first, 0), min(last, self._modules)):
            rows[row].append(x)

    def at(self, column: int, row: int) -> bool:
        """Whether a module is dark."""
        x = self._left + (column + 0.5) * self._module
        return any(bisect.bisect_left(rows[row], x) % 2 for rows in self._crossings)

    def shows(self, left: int, top: int) -> bool:
        """Whether a finder pattern stands there."""
        return all(
            self.at(left + column, top + row) == (cell == "1")
            for row, cells in enumerate(_FINDER)
            for column, cell in enumerate(cells)
        )
