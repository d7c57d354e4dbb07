"""Read the characters and drawings of a PDF with their places, in points from the trim's top left corner."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

__all__ = ["Box", "Character", "Page", "read_pages"]

_STYLES = re.compile(
    r"[-, ]*(?:Regular|Roman|Book|Semi|Demi|Extra|Ultra|Thin|Light|Medium|Bold|Black|Heavy|Italic|Oblique|It|,)+$"
)
_HYPHEN = 2  # what PDFium gives for a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class Character:
    """One character that stands upright; ``box`` is that of its ink: left, top, right, bottom."""

    text: str
    left: float
    right: float  # with its advance
    baseline: float
    size: float
    face: str
    family: str
    colour: tuple[int, int, int]
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """The bounds of a drawing or picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_rule(self) -> bool:
        """Whether it is a thin horizontal line."""
        return self.bottom - self.top < 2 and self.right - self.left > 8

    @property
    def is_upright_rule(self) -> bool:
        """Whether it is a thin vertical line."""
        return self.right - self.left < 2 and self.bottom - self.top > 8


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the book, ``number`` from 1; what lies outside of the trim is no part of it.

    ``papers`` are drawings in the white of the page, which end what they lie on.
    """

    number: int
    width: float
    height: float
    characters: tuple[Character, ...]
    boxes: tuple[Box, ...]
    papers: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class _Style:
    """What the characters of one text object share."""

    size: float
    face: str
    colour: tuple[int, int, int]
    is_seen: bool


def read_pages(pdf: bytes) -> list[Page]:
    """Every page of a PDF; one that PDFium cannot open raises ``pypdfium2.PdfiumError``."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_read_page(document[index], index + 1) for index in range(len(document))]
    finally:
        document.close()


def _read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    left, bottom, right, top = page.get_trimbox()
    width, height = max(1.0, right - left), max(1.0, top - bottom)
    characters = [
        each
        for each in _characters(page, left, top)
        if -1 < each.left < width + 1 and -1 < each.baseline < height + each.size
    ]
    boxes, papers = (
        tuple(
            box
            for box in _boxes(page, left, top, white=white)
            if box.right > 0 and box.left < width and box.bottom > 0 and box.top < height
        )
        for white in (False, True)
    )
    read = Page(number, width, height, tuple(characters), boxes, papers)
    page.close()
    return read


def _characters(page: pypdfium2.PdfPage, trim_left: float, trim_top: float) -> Iterator[Character]:
    text = page.get_textpage()
    styles: dict[int, _Style | None] = {}
    x, y, left, right, low, high = (ctypes.c_double() for _ in range(6))
    loose = pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        item = pdfium.FPDFText_GetTextObject(text.raw, index)
        if pdfium.FPDFText_IsGenerated(text.raw, index) == 1 or not item or not code:
            continue
        address = ctypes.addressof(item.contents)
        if address not in styles:
            styles[address] = _style(text, index, item)
        style = styles[address]
        if style is None or not style.is_seen:
            continue
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
        pdfium.FPDFText_GetCharBox(text.raw, index, left, right, low, high)
        pdfium.FPDFText_GetLooseCharBox(text.raw, index, loose)
        letter = "-" if code == _HYPHEN else chr(code) if code < 0x110000 else "\ufffd"
        yield Character(
            letter if letter.isprintable() or letter.isspace() else "\ufffd",
            x.value - trim_left,
            max(loose.right, right.value) - trim_left if letter.isspace() else loose.right - trim_left,
            trim_top - y.value,
            style.size,
            style.face,
            _STYLES.sub("", style.face) or style.face,
            style.colour,
            (left.value - trim_left, trim_top - high.value, right.value - trim_left, trim_top - low.value),
        )
    text.close()


def _style(text: pypdfium2.PdfTextPage, index: int, item: object) -> _Style | None:
    """What a text object is set in; nothing if it does not stand upright."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text.raw, index, matrix)
    if matrix.a <= 0 or matrix.d <= 0 or abs(matrix.b) > 0.001 * matrix.a:
        return None
    name, flags = ctypes.create_string_buffer(160), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text.raw, index, name, 160, flags)
    face = name.value.decode("utf-8", "replace").split("+")[-1].rstrip(",- ") or "unnamed"
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    has_colour = pdfium.FPDFText_GetFillColor(text.raw, index, red, green, blue, alpha)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    seen = mode not in {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
    size = round(pdfium.FPDFText_GetFontSize(text.raw, index) * matrix.d, 3)
    colour = (red.value, green.value, blue.value) if has_colour else (0, 0, 0)
    return _Style(size, face, colour, seen and size > 0 and not (has_colour and alpha.value == 0))


def _boxes(page: pypdfium2.PdfPage, trim_left: float, trim_top: float, *, white: bool = False) -> Iterator[Box]:
    """The bounds of all paths and pictures, also of those within forms, as far as they are drawn; or of those that
    are ``white``."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    for index in range(count):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        for left, bottom, right, top in _bounds(item, (1, 0, 0, 1, 0, 0), 0, white=white):
            yield Box(left - trim_left, trim_top - top, right - trim_left, trim_top - bottom)


_Matrix = tuple[float, float, float, float, float, float]
_Bounds = tuple[float, float, float, float]


def _bounds(item: object, matrix: _Matrix, depth: int, *, white: bool) -> Iterator[_Bounds]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 8:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(item, own)
        inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _bounds(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1, white=white)
    elif kind in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}:
        is_path = kind == pdfium.FPDF_PAGEOBJ_PATH
        if not (_is_painted(item, white=white) if is_path else not white):
            return
        corners = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(item, *corners):
            left, bottom, right, top = _clipped(
                item, (corners[0].value, corners[1].value, corners[2].value, corners[3].value)
            )
            points = [_at(x, y, matrix) for x in (left, right) for y in (bottom, top)]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            if left < right and bottom < top:
                yield min(xs), min(ys), max(xs), max(ys)


def _clipped(item: object, bounds: _Bounds) -> _Bounds:
    """What the clips of a drawing leave of its bounds: a border is often a whole block, cut down to its edge."""
    left, bottom, right, top = bounds
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    across, up = ctypes.c_float(), ctypes.c_float()
    for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
        points = []
        for index in range(max(0, pdfium.FPDFClipPath_CountPathSegments(clip, path))):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            if segment and pdfium.FPDFPathSegment_GetPoint(segment, across, up):
                points.append((across.value, up.value))
        if points:
            left, right = max(left, min(x for x, _ in points)), min(right, max(x for x, _ in points))
            bottom, top = max(bottom, min(y for _, y in points)), min(top, max(y for _, y in points))
    return left, bottom, right, top


def _is_painted(path: object, *, white: bool) -> bool:
    """Whether a path is drawn in a colour, or filled in white."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    drawn = pdfium.FPDFPath_GetDrawMode(path, mode, stroke)
    if not drawn or bool(stroke.value):
        return bool(drawn) and not white
    return mode.value != pdfium.FPDF_FILLMODE_NONE and _is_white(path) == white


def _is_white(path: object) -> bool:
    """Whether a path is filled in the white of the page: it ends a rule, and has no edge that anybody sees."""
    levels = [ctypes.c_uint() for _ in range(4)]
    return bool(pdfium.FPDFPageObj_GetFillColor(path, *levels)) and all(level.value == 255 for level in levels[:3])


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    return (*_turn(a, b, other), *_turn(c, d, other), *_at(e, f, other))


def _turn(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    return x * matrix[0] + y * matrix[2], x * matrix[1] + y * matrix[3]


def _at(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    across, up = _turn(x, y, matrix)
    return across + matrix[4], up + matrix[5]
