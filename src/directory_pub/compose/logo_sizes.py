"""How large a logo is shown: all of one place look as large as one another, whatever their shape.

Logos of one width, or of one height, do not: the eye takes the area, and a solid mark for larger than an airy one.
"""

from __future__ import annotations

from math import sqrt

from msgspec import Struct

from directory_pub.pictures import InkFacts

__all__ = ["LogoBox", "logo_box"]

_USUAL_COVER, _LIGHTEST_COVER = 0.32, 0.06
_GIVES_WAY = 0.35  # how much of a solid mark's weight its area makes up for


class LogoBox(Struct, frozen=True, kw_only=True):
    """The box round a logo's ink, and the whole file's picture in it, whose empty edges may reach beyond, in mm."""

    width_mm: float
    height_mm: float
    left_mm: float
    top_mm: float
    whole_width_mm: float
    whole_height_mm: float

    @property
    def style(self) -> str:
        """The box, for a sheet."""
        return f"width: {self.width_mm:.3f}mm; height: {self.height_mm:.3f}mm"

    @property
    def whole(self) -> str:
        """The picture in the box, for a sheet."""
        return (
            f"left: {self.left_mm:.3f}mm; top: {self.top_mm:.3f}mm; "
            f"width: {self.whole_width_mm:.3f}mm; height: {self.whole_height_mm:.3f}mm"
        )


def logo_box(ink: InkFacts, side_mm: float, most_width_mm: float, most_height_mm: float) -> LogoBox:
    """The box of a logo that looks as large as a square of this side, and is no wider or higher than told."""
    cover = min(max(ink.cover, _LIGHTEST_COVER), 1.0)
    area_mm2 = side_mm**2 * (_USUAL_COVER / cover) ** _GIVES_WAY
    width_mm, height_mm = sqrt(area_mm2 * ink.ink_ratio), sqrt(area_mm2 / ink.ink_ratio)
    less = min(1.0, most_width_mm / width_mm, most_height_mm / height_mm)
    width_mm, height_mm = width_mm * less, height_mm * less
    whole_width_mm = width_mm / (ink.right - ink.left)
    whole_height_mm = height_mm / (ink.bottom - ink.top)
    return LogoBox(
        width_mm=width_mm,
        height_mm=height_mm,
        left_mm=-ink.left * whole_width_mm,
        top_mm=-ink.top * whole_height_mm,
        whole_width_mm=whole_width_mm,
        whole_height_mm=whole_height_mm,
    )
