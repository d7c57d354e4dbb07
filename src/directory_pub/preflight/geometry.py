"""Boxes and matrices in points, and what they are in millimetres."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from directory_pub.preflight.faults import Malformed

__all__ = ["IDENTITY", "MOST_LENGTH", "Box", "Matrix", "mm", "moved", "multiply", "points"]

_POINTS_A_MM = 72 / 25.4

MOST_LENGTH = 1e12
"""No coordinate of a file is as large as this: what is cannot be meant, and figures with it come to nothing."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def points(length_mm: float) -> float:
    """Millimetres as points."""
    return length_mm * _POINTS_A_MM


def mm(length_pt: float) -> float:
    """Points as millimetres."""
    return length_pt / _POINTS_A_MM


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first`` and ``then`` after it."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def moved(corners: Iterable[tuple[float, float]], matrix: Matrix) -> list[tuple[float, float]]:
    """Points as a matrix moves them."""
    a, b, c, d, e, f = matrix
    return [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]


class Box(NamedTuple):
    """A rectangle in points, from the lower left to the upper right."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, corners: Iterable[tuple[float, float]], matrix: Matrix = IDENTITY) -> Box:
        """The least box around points, which are moved by ``matrix`` first."""
        xs, ys = zip(*(corners if matrix is IDENTITY else moved(corners, matrix)), strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @classmethod
    def of(cls, numbers: Iterable[float]) -> Box:
        """A box from two opposite corners. Raises Malformed for other than four numbers within measure."""
        x0, y0, x1, y1 = (float(number) for number in itertools.islice(numbers, 5))
        if not all(abs(edge) < MOST_LENGTH for edge in (x0, y0, x1, y1)):
            raise Malformed("a box has an edge beyond all measure")
        return cls(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        return ((self.left, self.bottom), (self.right, self.bottom), (self.right, self.top), (self.left, self.top))

    def grown(self, by: float) -> Box:
        """The box with its edges moved out by ``by`` points, or in where it is negative."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def scaled(self, by: float) -> Box:
        """The box with every edge ``by`` times as far from the origin."""
        return Box(self.left * by, self.bottom * by, self.right * by, self.top * by)

    def common(self, other: Box) -> Box | None:
        """What both boxes cover, None where they do not meet."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        right, top = min(self.right, other.right), min(self.top, other.top)
        return Box(left, bottom, right, top) if left <= right and bottom <= top else None

    def overlaps(self, other: Box) -> bool:
        """Whether something of both is in the same place; edges that only touch do not count."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Whether ``other`` lies in this box, give or take ``slack`` points."""
        return (
            self.left <= other.left + slack
            and self.bottom <= other.bottom + slack
            and self.right >= other.right - slack
            and self.top >= other.top - slack
        )
