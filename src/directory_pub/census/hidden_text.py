"""Find text that is in the file and cannot be seen: cut off by a clip, or drawn with no ink."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

__all__ = ["Box", "find_hidden_text", "seen_part"]

Box = tuple[float, float, float, float]
_SEEN_SHARE = 0.5  # a line of which less than this is left counts as lost


def find_hidden_text(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """The bounds (left, bottom, right, top in points) of every text object that a reader cannot see."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=4):
        bounds: Box = item.get_bounds()
        if pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE or _is_clipped(
            item, bounds
        ):
            yield bounds


def seen_part(item: pypdfium2.PdfObject, bounds: Box) -> Box:
    """What the clips leave of an object's bounds, by the boxes round them."""
    clip = pdfium.FPDFPageObj_GetClipPath(item.raw)
    left, bottom, right, top = bounds
    for index in range(max(0, pdfium.FPDFClipPath_CountPaths(clip))):
        box = _path_bounds(clip, index)
        if box is not None:
            left, bottom, right, top = max(left, box[0]), max(bottom, box[1]), min(right, box[2]), min(top, box[3])
    return left, bottom, max(left, right), max(bottom, top)


def _is_clipped(item: pypdfium2.PdfObject, bounds: Box) -> bool:
    left, bottom, right, top = seen_part(item, bounds)
    whole = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])
    return whole > 0 and (right - left) * (top - bottom) < _SEEN_SHARE * whole


def _path_bounds(clip: object, index: int) -> Box | None:
    """The box round one path of a clip, or None where it has no points."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for number in range(pdfium.FPDFClipPath_CountPathSegments(clip, index)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, index, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
