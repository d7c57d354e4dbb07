"""Boxes of a sheet: where the trim, the bleed and the slug lie, in points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pikepdf
from msgspec import Struct

__all__ = ["TOLERANCE_PT", "Box", "Sheet", "Shift", "box_around", "box_of", "points"]

Shift = tuple[float, float]
"""How far something is moved, to the right and up, in points."""

# What two boxes may differ by and still be one: a thirtieth of a millimetre.
TOLERANCE_PT = 0.1


def points(length_mm: float) -> float:
    """Millimetres in points, as exactly as a PDF keeps them."""
    return round(length_mm * 72 / 25.4, 6)


class Box(NamedTuple):
    """A rectangle in points, from its lower left to its upper right corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its extent from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its extent from bottom to top."""
        return self.top - self.bottom

    def as_array(self) -> pikepdf.Array:
        """The box as a page dictionary holds it."""
        return pikepdf.Array([round(edge, 6) for edge in self])

    def moved(self, right_pt: float, up_pt: float) -> Box:
        """The same box somewhere else."""
        return Box(self.left + right_pt, self.bottom + up_pt, self.right + right_pt, self.top + up_pt)

    def holds(self, other: Box) -> bool:
        """Whether the other box lies within this one."""
        return (
            self.left <= other.left + TOLERANCE_PT
            and self.bottom <= other.bottom + TOLERANCE_PT
            and self.right >= other.right - TOLERANCE_PT
            and self.top >= other.top - TOLERANCE_PT
        )


class Sheet(Struct, frozen=True, kw_only=True):
    """The paper that a page is printed on: trim, bleed round it, slug round that."""

    trim_mm: tuple[float, float]
    bleed_mm: float
    slug_mm: float = 0

    @property
    def trim(self) -> Box:
        """The finished leaf on the sheet."""
        return self._grown(0)

    @property
    def bleed(self) -> Box:
        """The trim and what is cut off with a cut that goes astray."""
        return self._grown(self.bleed_mm)

    @property
    def media(self) -> Box:
        """The whole sheet; it begins at the origin."""
        return self._grown(self.bleed_mm + self.slug_mm)

    def _grown(self, by_mm: float) -> Box:
        near_mm = self.bleed_mm + self.slug_mm - by_mm
        width_mm, height_mm = self.trim_mm
        return Box(
            points(near_mm),
            points(near_mm),
            points(near_mm + width_mm + 2 * by_mm),
            points(near_mm + height_mm + 2 * by_mm),
        )


def box_of(array: pikepdf.Object) -> Box:
    """A box as a page dictionary holds it, whichever corners it names."""
    x0, y0, x1, y1 = (float(edge) for edge in array.as_list())
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def box_around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of these; there must be one."""
    left, bottom, right, top = zip(*boxes, strict=True)
    return Box(min(left), min(bottom), max(right), max(top))
