"""The lettering of the spine: the book's title, which reads from the head down, as outlines without a font."""

from __future__ import annotations

import uharfbuzz
from msgspec import Struct

from directory_pub.finish.geometry import Box, points

__all__ = ["LEAST_SPINE_MM", "Lettering", "draw_lettering", "fit_lettering"]

LEAST_SPINE_MM = 5.0
"""The narrowest spine that is lettered: on a narrower one the title would come round the fold."""
_CLEAR_MM = 1.5  # on either side: a fold is never where it was meant to be
_LARGEST_PT, _SMALLEST_PT = 13.0, 7.0


class Lettering(Struct, frozen=True):
    """A title and the program of the face that it is set in; it keeps ``safe_mm`` from the head and foot."""

    title: str
    face: bytes
    safe_mm: float


class _SetTitle(Struct, frozen=True):
    """Glyphs with their places, in units of the face, and the size that they are drawn in."""

    outlines: list[tuple[str, float]]
    size_pt: float
    cap_pt: float


def fit_lettering(lettering: Lettering, spine_mm: float, height_mm: float) -> str:
    """Why a spine carries no title, in words for the job sheet; empty where it does."""
    if spine_mm < LEAST_SPINE_MM:
        return f"it would have to be {LEAST_SPINE_MM:g} mm"
    if _set(lettering, spine_mm, height_mm) is None:
        return "the title is too long, or has letters that its face does not draw"
    return ""


def draw_lettering(lettering: Lettering, box: Box, trim: Box) -> str:
    """The title as white paths on a spine, which runs from trim to trim in a ``box``; empty where it has no room."""
    spine_mm, height_mm = (round(length * 25.4 / 72, 3) for length in (box.width, trim.height))
    if spine_mm < LEAST_SPINE_MM or (title := _set(lettering, spine_mm, height_mm)) is None:
        return ""
    middle = (box.left + box.right) / 2
    top = trim.top - points(lettering.safe_mm)
    # Turned by a quarter to the right: what goes on in a line goes down, what stands up points to the right.
    turned = f"0 -1 1 0 {middle - title.cap_pt / 2:.4f} {top:.4f} cm"
    glyphs = " ".join(f"q 1 0 0 1 {x:.4f} 0 cm {outline} f Q" for outline, x in title.outlines if outline)
    return f"q 0 0 0 0 k {turned} {glyphs} Q"


def _set(lettering: Lettering, spine_mm: float, height_mm: float) -> _SetTitle | None:
    face = uharfbuzz.Face(uharfbuzz.Blob(lettering.face))
    font = uharfbuzz.Font(face)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(lettering.title)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"kern": True, "liga": True})
    if any(info.codepoint == 0 for info in buffer.glyph_infos):
        return None
    cap = _cap_height(font) / face.upem
    room_pt = points(height_mm - 2 * lettering.safe_mm)
    length = sum(position.x_advance for position in buffer.glyph_positions) / face.upem
    size_pt = min(_LARGEST_PT, points(spine_mm - 2 * _CLEAR_MM) / cap, room_pt / length if length else 0)
    if size_pt < _SMALLEST_PT:
        return None
    scale, at, outlines = size_pt / face.upem, 0.0, list[tuple[str, float]]()
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        outlines.append((_outline(font, info.codepoint, scale), (at + position.x_offset) * scale))
        at += position.x_advance
    return _SetTitle(outlines, size_pt, cap * size_pt)


def _cap_height(font: uharfbuzz.Font) -> float:
    extents = font.get_glyph_extents(font.get_nominal_glyph(ord("H")) or 0)
    return float(extents.y_bearing) if extents and extents.y_bearing else 0.66 * font.face.upem


def _outline(font: uharfbuzz.Font, glyph: int, scale: float) -> str:
    pen = _PathPen(scale)
    font.draw_glyph_with_pen(glyph, pen)
    return " ".join(pen.path)


class _PathPen:
    """A pen that writes a glyph as a path of a PDF; a curve of one control point becomes one of two."""

    def __init__(self, scale: float) -> None:
        self.path: list[str] = []
        self._scale = scale
        self._at = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the library's name
        self._put("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._put("l", point)

    def curveTo(self, *points_on: tuple[float, float]) -> None:  # noqa: N802
        self._put("c", *points_on)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        (x0, y0), (cx, cy), (x1, y1) = self._at, control, end
        first = (x0 + 2 / 3 * (cx - x0), y0 + 2 / 3 * (cy - y0))
        second = (x1 + 2 / 3 * (cx - x1), y1 + 2 / 3 * (cy - y1))
        self._put("c", first, second, end)

    def closePath(self) -> None:  # noqa: N802
        self.path.append("h")

    endPath = closePath  # noqa: N815

    def _put(self, operator: str, *points_on: tuple[float, float]) -> None:
        self._at = points_on[-1]
        self.path.append(" ".join(f"{value * self._scale:.3f}" for point in points_on for value in point))
        self.path.append(operator)
