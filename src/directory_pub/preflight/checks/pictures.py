"""Pictures: all there, and fine enough where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from directory_pub.edition.printers import Printer
from directory_pub.findings import Severity
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.report import Problem

__all__ = ["check_pictures"]

# Of the resolution that is asked for: from here on a picture is softer than it might be, and no more.
_SOFT_FROM = 0.5
# Writers round the matrix that a picture is placed by, and pixels are whole.
_ROUNDING_PPI, _ROUNDING_PX = 0.5, 1


def check_pictures(view: PageView, printer: Printer) -> Iterator[Problem]:
    """The data of every picture, and its resolution as placed."""
    asked = {"colour": printer.colour_ppi, "grey": printer.grey_ppi, "line-art": printer.line_art_ppi}
    for painted in view.printed:
        placed = painted.placed
        if placed is not None and (fault := placed.fault):
            yield view.problem(
                "picture-data",
                f"a picture's data are not those of the picture: {fault}.",
                "Place the picture anew.",
                bounds=painted.bounds,
                measured=fault,
            )
        # A single row or column of pixels is an even tone or a plain run of tones, not a picture.
        if placed is None or min(placed.width_px, placed.height_px) <= 1:
            continue
        limit_ppi = asked[placed.kind]
        whole = 1 + _ROUNDING_PX / min(placed.width_px, placed.height_px)
        if placed.resolution_ppi * whole < limit_ppi - _ROUNDING_PPI:
            kind = {"grey": "grey picture", "line-art": "piece of line art"}.get(placed.kind, "colour picture")
            coarse = view.problem(
                "picture-resolution",
                f"a {kind} of {placed.width_px} × {placed.height_px} px prints at {placed.resolution_ppi:.0f} ppi; "
                f"{printer.name} asks for {limit_ppi:g}.",
                f"Supply one of {limit_ppi / placed.resolution_ppi:.1f} times the pixels, or place it smaller.",
                bounds=painted.bounds,
                measured=round(placed.resolution_ppi, 1),
                limit=float(limit_ppi),
            )
            soft = placed.resolution_ppi >= _SOFT_FROM * limit_ppi
            yield replace(coarse, severity=Severity.WARNING) if soft else coarse
