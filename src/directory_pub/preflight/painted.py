"""What a page paints: one thing for every stroke, fill, line of type, picture and shading."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from directory_pub.preflight.colours import Paint, Space
from directory_pub.preflight.fonts import Font
from directory_pub.preflight.geometry import Box
from directory_pub.preflight.pixels import Pixels
from directory_pub.preflight.region import Points

__all__ = ["ForeignUse", "Painted", "Placed", "Shown"]


class Shown(Struct, frozen=True, kw_only=True):
    """A line of type as it is shown. ``missing`` are the codes for which the font has no glyph."""

    font: Font
    size_pt: float
    missing: tuple[int, ...]


class Placed(Struct, frozen=True, kw_only=True):
    """A picture as placed. ``kind`` is colour, grey or line-art; ``pixels`` are read when asked for.

    ``inline_fault`` is what is wrong with the data of one that stands in the content itself, and has no ``pixels``.
    """

    kind: str
    width_px: int
    height_px: int
    resolution_ppi: float
    pixels: Pixels | None
    inline_fault: str | None = None

    @property
    def fault(self) -> str | None:
        """Why its data cannot be the picture's, None where they can."""
        return self.pixels.fault if self.pixels else self.inline_fault


class Painted(Struct, frozen=True, kw_only=True):
    """One thing on the page. ``bounds`` are in points, within the clip.

    ``kind`` is fill, stroke, text, picture or shading; ``thickness_pt`` is that of a stroke, or of a straight fill,
    ``rings`` are the outlines of a fill all of whose edges are upright or level.
    """

    kind: str
    bounds: Box
    paint: Paint
    overprints: bool = False
    overprint_mode: int = 0
    hidden: bool = False
    thickness_pt: float | None = None
    shown: Shown | None = None
    placed: Placed | None = None
    rings: Sequence[Points] = ()


class ForeignUse(Struct, frozen=True, kw_only=True):
    """A colour space that a press has no plates for, named where nothing is painted: a group's, or a default."""

    space: Space
    where: str
