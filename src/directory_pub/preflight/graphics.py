"""The graphics state of a page while it is read."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence

from msgspec import Struct

from directory_pub.preflight.colours import GREY, Paint, Space, paint_of
from directory_pub.preflight.fonts import Font
from directory_pub.preflight.geometry import IDENTITY, Box, Matrix, moved
from directory_pub.preflight.region import Points, Region

__all__ = ["BLACK", "Path", "State"]

BLACK = paint_of(GREY, (0.0,))
# A path of more points counts by its extent.
_MOST_POINTS = 10_000
_UPRIGHT_PT = 0.005  # how far an upright edge may lean


class State(Struct, kw_only=True):
    """What holds until the next ``Q``: the matrix, the clip, the colours and the type."""

    ctm: Matrix
    clip: Region
    fill_space: Space = GREY
    stroke_space: Space = GREY
    fill: Paint = BLACK
    stroke: Paint = BLACK
    fill_pattern: str | None = None
    line_width: float = 1.0
    fill_overprints: bool = False
    stroke_overprints: bool = False
    overprint_mode: int = 0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend_mode: str = "Normal"
    masked: bool = False
    font: Font | None = None
    size: float = 1.0
    character_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def copy(self) -> State:
        """The state as it is now."""
        return copy.copy(self)

    @property
    def stroke_width_pt(self) -> float:
        """How thick a stroke is on the page."""
        a, b, c, d, _, _ = self.ctm
        return self.line_width * math.sqrt(abs(a * d - b * c))

    @property
    def is_flat(self) -> bool:
        """Whether the matrix leaves nothing of what is drawn."""
        a, b, c, d, _, _ = self.ctm
        return a * d == b * c


class Path:
    """The path that is being drawn, as far as its extent goes; points are on the page already."""

    def __init__(self) -> None:
        self.bounds: Box | None = None
        self.clips = False
        self.bars: list[Points] = []
        self._points: list[tuple[float, float]] = []
        self._rings: list[list[tuple[float, float]]] = []
        self.only_bars = True
        self.straight = True

    def add(self, points: list[tuple[float, float]], matrix: Matrix = IDENTITY) -> None:
        """Reach out to some points."""
        corners = moved(points, matrix)
        if self._rings and len(self._points) < _MOST_POINTS:
            self._rings[-1] += corners
        if len(self._points) < _MOST_POINTS:
            self._points += corners
        around = Box.around(corners)
        held = self.bounds
        self.bounds = around if held is None else Box.around((around.corners + held.corners)[::2])

    @property
    def points(self) -> Points:
        """The points of the path, or the corners around them where they are too many."""
        return self._points if len(self._points) < _MOST_POINTS or self.bounds is None else self.bounds.corners

    def add_run(self, numbers: Sequence[float], matrix: Matrix) -> None:
        """Reach out to points that stand in a row, x and y by turns. Raises Malformed for an odd number of numbers."""
        xs, ys = numbers[::2], numbers[1::2]
        upright = matrix[1] == matrix[2] == 0 and len(xs) == len(ys)
        if upright and len(self._points) >= _MOST_POINTS:  # the corners of their box go where they go
            self.add([(min(xs), min(ys)), (max(xs), max(ys))], matrix)
        else:
            self.add(list(zip(xs, ys, strict=True)), matrix)

    def begin(self) -> None:
        """Begin another outline."""
        if len(self._rings) < _MOST_POINTS:
            self._rings.append([])

    @property
    def rings(self) -> list[Points]:
        """The outlines, if all their edges are upright or level and there are not too many of them."""
        rings: list[Points] = [*self.bars, *(_closed(ring) for ring in self._rings if len(ring) > 2)]
        if not self.straight or len(self._points) >= _MOST_POINTS or not all(map(_is_upright, rings)):
            return []
        return rings

    def add_bar(self, x: float, y: float, width: float, height: float, matrix: Matrix) -> None:
        """Add a rectangle."""
        corners = moved(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), matrix)
        self.bars.append(corners)
        self.begin()  # what follows is none of it
        self.add(corners)
        if self._rings:
            self._rings[-1] = []


def _closed(ring: Sequence[tuple[float, float]]) -> Points:
    """An outline without its first point once more at its end."""
    return list(ring[:-1]) if len(ring) > 1 and ring[0] == ring[-1] else list(ring)


def _is_upright(ring: Points) -> bool:
    """Whether every edge of an outline is upright or level."""
    edges = zip(ring, (*ring[1:], ring[0]), strict=True)
    return all(min(abs(x0 - x1), abs(y0 - y1)) < _UPRIGHT_PT for (x0, y0), (x1, y1) in edges)
