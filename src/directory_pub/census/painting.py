"""Read a page as it is painted: what is drawn, in which order, where, and cut off by which clip.

Forms are opened: what they draw stands in the order and at the place in which it meets the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

__all__ = ["Box", "Colour", "Painted", "address_of", "corners_of", "overlap", "read_painting", "share_within"]

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the page's bottom left corner."""

Colour = tuple[int, int, int]
"""Red, green and blue of sRGB, from 0 to 255."""

_SOLID = 255
_PATTERN = (191, 191, 191)  # what PDFium tells of a fill that is a pattern, such as a gradient
_STRAIGHT = 0.01  # of a point: how exactly a path must follow its box to fill it


class Painted(Struct, frozen=True, eq=False):
    """One thing that is painted: type, a path, a picture or a shading.

    ``bounds`` is its box, ``clip`` what the clips round it leave of the page (None: all). A clip that is
    no rectangle is ``shaped``, and leaves less than its box. ``colour`` is the sRGB of a fill of one opaque
    colour; ``fills_box`` says that this colour lies on all of the bounds. Type without ink is ``inkless``.
    """

    handle: Any
    is_type: bool
    bounds: Box
    clip: Box | None
    shaped: bool
    colour: Colour | None
    fills_box: bool
    inkless: bool

    @property
    def seen(self) -> Box:
        """What the clips leave of its bounds."""
        return self.bounds if self.clip is None else overlap(self.bounds, self.clip)


def read_painting(page: pypdfium2.PdfPage) -> list[Painted]:
    """Everything that a page paints, in the order of painting."""
    handles = [pdfium.FPDFPage_GetObject(page.raw, at) for at in range(pdfium.FPDFPage_CountObjects(page.raw))]
    return list(_read(handles, pypdfium2.PdfMatrix(), None, shaped=False))


def corners_of(painted: Painted) -> frozenset[tuple[float, float]]:
    """The points of a path in its own units, to a tenth; nothing of what is no path."""
    if pdfium.FPDFPageObj_GetType(painted.handle) != pdfium.FPDF_PAGEOBJ_PATH:
        return frozenset()
    points, _ = _points(painted.handle, pdfium.FPDFPath_CountSegments, pdfium.FPDFPath_GetPathSegment)
    return frozenset((round(x, 1), round(y, 1)) for x, y in points)


def address_of(handle: Any) -> int:
    """What tells two things of one page apart, however one came to them."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


# -------------------------------------------------------------------- boxes
def overlap(one: Box, other: Box) -> Box:
    """The part that two boxes share; without one, a box of no size."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    return left, bottom, max(left, min(one[2], other[2])), max(bottom, min(one[3], other[3]))


def share_within(box: Box, other: Box) -> float:
    """How much of a box lies in another, from 0 to 1; a box of no size lies in none."""
    whole, part = _area(box), _area(overlap(box, other))
    return part / whole if whole else 0.0


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


# -------------------------------------------------------------------- objects
def _read(handles: Sequence[Any], matrix: pypdfium2.PdfMatrix, clip: Box | None, *, shaped: bool) -> Iterator[Painted]:
    for handle in handles:
        own_clip, own_shaped = _clip_of(handle, matrix, clip)
        if pdfium.FPDFPageObj_GetType(handle) == pdfium.FPDF_PAGEOBJ_FORM:
            count = pdfium.FPDFFormObj_CountObjects(handle)
            within = [pdfium.FPDFFormObj_GetObject(handle, at) for at in range(count)]
            yield from _read(within, _matrix_of(handle).multiply(matrix), own_clip, shaped=shaped or own_shaped)
        elif _is_painted(handle):
            yield _painted(handle, matrix, own_clip, shaped=shaped or own_shaped)


def _is_painted(handle: Any) -> bool:
    """Whether an object leaves anything: a path may be neither filled nor stroked."""
    if pdfium.FPDFPageObj_GetType(handle) != pdfium.FPDF_PAGEOBJ_PATH:
        return True
    fill, stroke = _draw_mode(handle)
    return fill or stroke


def _draw_mode(handle: Any) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
    return bool(fill.value), bool(stroke.value)


def _painted(handle: Any, matrix: pypdfium2.PdfMatrix, clip: Box | None, *, shaped: bool) -> Painted:
    kind = pdfium.FPDFPageObj_GetType(handle)
    is_type = kind == pdfium.FPDF_PAGEOBJ_TEXT
    invisible = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    bounds = _bounds_of(handle, matrix)
    colour = _colour_of(handle) if kind in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH) else None
    return Painted(
        handle=handle,
        is_type=is_type,
        bounds=bounds,
        clip=clip,
        shaped=shaped,
        colour=colour,
        fills_box=colour is not None and not is_type and _is_filled_box(handle),
        inkless=is_type and pdfium.FPDFTextObj_GetTextRenderMode(handle) == invisible,
    )


def _bounds_of(handle: Any, matrix: pypdfium2.PdfMatrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    box: Box = matrix.on_rect(left.value, bottom.value, right.value, top.value)
    return box


def _matrix_of(handle: Any) -> pypdfium2.PdfMatrix:
    raw = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, raw)
    return pypdfium2.PdfMatrix.from_raw(raw)


def _colour_of(handle: Any) -> Colour | None:
    """The sRGB of an opaque fill; None for a pattern, and for what lets the ground through."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if pdfium.FPDFPageObj_HasTransparency(handle):
        return None
    if not pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha) or alpha.value != _SOLID:
        return None
    colour = red.value, green.value, blue.value
    return None if colour == _PATTERN else colour


def _is_filled_box(handle: Any) -> bool:
    """Whether a path is a filled rectangle along the page's edges: no curve, every corner at a corner of its box."""
    if not _draw_mode(handle)[0]:
        return False
    points, straight = _points(handle, pdfium.FPDFPath_CountSegments, pdfium.FPDFPath_GetPathSegment)
    return straight and _is_box(points) and _turns_by_quarters(_matrix_of(handle))


def _turns_by_quarters(matrix: pypdfium2.PdfMatrix) -> bool:
    return bool(
        (abs(matrix.b) < _STRAIGHT and abs(matrix.c) < _STRAIGHT)
        or (abs(matrix.a) < _STRAIGHT and abs(matrix.d) < _STRAIGHT)
    )


# -------------------------------------------------------------------- paths and clips
def _clip_of(handle: Any, matrix: pypdfium2.PdfMatrix, outer: Box | None) -> tuple[Box | None, bool]:
    """What an object's clips and those round it leave, and whether one of its own is no rectangle."""
    clip = pdfium.FPDFPageObj_GetClipPath(handle)
    left, shaped = outer, False
    for index in range(max(0, pdfium.FPDFClipPath_CountPaths(clip))):
        points, straight = _points(
            clip, pdfium.FPDFClipPath_CountPathSegments, pdfium.FPDFClipPath_GetPathSegment, index
        )
        shaped = shaped or not straight or not _is_box(points)
        if points:
            xs, ys = zip(*points, strict=True)
            box = matrix.on_rect(min(xs), min(ys), max(xs), max(ys))
            left = box if left is None else overlap(left, box)
    return left, shaped


def _points(
    owner: Any, count: Callable[..., int], get: Callable[..., Any], *which: int
) -> tuple[list[tuple[float, float]], bool]:
    """The points of a path, which lies between them, and whether it is straight from each to the next."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points, straight = [], True
    for number in range(count(owner, *which)):
        segment = get(owner, *which, number)
        straight = straight and pdfium.FPDFPathSegment_GetType(segment) != pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    return points, straight


def _is_box(points: list[tuple[float, float]]) -> bool:
    """Whether straight lines between these points go once round a rectangle along the axes."""
    corners = list(dict.fromkeys((round(x, 2), round(y, 2)) for x, y in points))
    if len(corners) != 4 or len(points) > 6:
        return False
    round_trip = zip(corners, [*corners[1:], corners[0]], strict=True)
    return all((a[0] == b[0]) != (a[1] == b[1]) for a, b in round_trip)
