"""A logo's drawing as the engine takes it: SVG of shapes alone; the first page of a PDF becomes such a drawing."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from math import sqrt
from xml.parsers import expat

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct, field

__all__ = ["DrawingError", "check_drawing", "plain_drawing", "proportion_of_drawing"]

_SVG = "http://www.w3.org/2000/svg"
_SHAPES = frozenset((
    "svg", "g", "a", "defs", "symbol", "use", "title", "desc", "metadata", "style", "switch", "path", "rect", "circle",
    "ellipse", "line", "polyline", "polygon", "clipPath", "linearGradient", "radialGradient", "stop",
))  # fmt: skip
_NUMBER = re.compile(r"[\s,]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?:px|pt|mm|cm|in)?[\s,]*")
_PDF = b"%PDF"
_HEAD_BYTES = 1024  # within which a PDF says that it is one
_MOST_OBJECTS, _DEEPEST = 5_000, 20
_TO_OUTLINES = "Convert text to outlines and leave pictures and effects out, then save it again."
_CAPS, _JOINS = ("butt", "round", "square"), ("miter", "round", "bevel")
Matrix = tuple[float, float, float, float, float, float]


class DrawingError(ValueError):
    """A drawing that cannot be printed; the text says why, ``remedy`` what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def plain_drawing(content: bytes) -> bytes:
    """The drawing as SVG: an SVG as it is, of a PDF the shapes of its first page, cut to them.

    Raises DrawingError for a PDF that has more than shapes.
    """
    return _from_pdf(content) if _PDF in content[:_HEAD_BYTES] else content


def check_drawing(content: bytes) -> None:
    """Raises DrawingError for what is no drawing of shapes, or would not be shown at its size."""
    svg = plain_drawing(content)
    parser, root = expat.ParserCreate(namespace_separator="}"), list[dict[str, str]]()

    def start(tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition("}")
        if not root:
            if name != "svg":
                raise DrawingError("is no drawing", "Save it as SVG.")
            root.append(attributes)
        if space in ("", _SVG) and name not in _SHAPES:
            raise DrawingError(f"has <{name}> on line {parser.CurrentLineNumber}", _TO_OUTLINES)

    parser.StartElementHandler = start
    parser.EntityDeclHandler = lambda *_: _refuse_entities()
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as problem:
        raise DrawingError(f"cannot be read ({problem})", "Save it again as SVG.") from problem
    if min(_sides(root[0])) <= 0:
        raise DrawingError("does not say how large it is", "Give its <svg> a viewBox, such as viewBox='0 0 120 60'.")


def proportion_of_drawing(content: bytes) -> float | None:
    """Width by height of what is shown of a drawing; None where that cannot be told."""
    root = list[dict[str, str]]()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _, attributes: root.append(attributes) if not root else None
    parser.EntityDeclHandler = lambda *_: _refuse_entities()
    try:
        parser.Parse(plain_drawing(content), True)
    except (expat.ExpatError, DrawingError):
        return None
    width, height = _sides(root[0])
    return width / height if min(width, height) > 0 else None


def _sides(root: dict[str, str]) -> tuple[float, float]:
    """Width and height of an SVG by its root's attributes; 0 where they say nothing."""
    box = [float(each) for each in _NUMBER.findall(root.get("viewBox", ""))]
    if len(box) == len("xywh"):
        return box[2], box[3]
    return _side(root.get("width", "")), _side(root.get("height", ""))


def _refuse_entities() -> None:
    raise DrawingError("declares entities", "Save it again as plain SVG.")


def _side(text: str) -> float:
    match = _NUMBER.fullmatch(text)
    return float(match[1]) if match else 0.0


# -------------------------------------------------------------------- PDF
class _Sheet(Struct, dict=True):
    """The shapes of a page as SVG, and the corners of all of them, in points from the lower left corner."""

    shapes: list[str] = field(default_factory=list)
    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    count: int = 0


def _from_pdf(content: bytes) -> bytes:
    try:
        document = pypdfium2.PdfDocument(content)
        page = document[0]
    except (pypdfium2.PdfiumError, IndexError) as problem:
        raise DrawingError(
            f"cannot be read ({problem})", "Save it again as PDF or SVG, without a password."
        ) from problem
    try:
        sheet = _Sheet()
        count = pdfium.FPDFPage_CountObjects(page)
        _draw_all([pdfium.FPDFPage_GetObject(page, index) for index in range(count)], (1, 0, 0, 1, 0, 0), sheet, 0)
    finally:
        page.close()
        document.close()
    if not sheet.shapes:
        raise DrawingError("has no shape on its first page", "Save the logo alone, as PDF or SVG.")
    left, right, foot, top = min(sheet.xs), max(sheet.xs), min(sheet.ys), max(sheet.ys)
    body = "".join(sheet.shapes)
    view = f"0 0 {_told(right - left)} {_told(top - foot)}"
    place = f"matrix(1 0 0 -1 {_told(-left)} {_told(top)})"
    return f'<svg xmlns="{_SVG}" viewBox="{view}"><g transform="{place}">{body}</g></svg>'.encode()


def _draw_all(objects: Sequence[ctypes.c_void_p], matrix: Matrix, sheet: _Sheet, depth: int) -> None:
    sheet.count += len(objects)
    if sheet.count > _MOST_OBJECTS or depth > _DEEPEST:
        raise DrawingError(f"has more than {_MOST_OBJECTS} shapes", "Simplify it, or save it as PNG.")
    for each in objects:
        kind = pdfium.FPDFPageObj_GetType(each)
        own = _times(_matrix(each), matrix)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            count = pdfium.FPDFFormObj_CountObjects(each)
            inner = [pdfium.FPDFFormObj_GetObject(each, index) for index in range(count)]
            _draw_all(inner, own, sheet, depth + 1)
            continue
        words = {
            pdfium.FPDF_PAGEOBJ_TEXT: "text",
            pdfium.FPDF_PAGEOBJ_IMAGE: "a picture",
            pdfium.FPDF_PAGEOBJ_SHADING: "a gradient",
        }
        if kind in words:
            raise DrawingError(f"has {words[kind]} in it", _TO_OUTLINES)
        if pdfium.FPDFPageObj_HasTransparency(each):
            raise DrawingError("has a transparent shape in it", "Flatten its transparency, then save it again.")
        if _is_cropped(each):
            raise DrawingError("has a shape that another one crops", "Release the clipping mask, or save it as SVG.")
        _draw(each, own, sheet)


def _draw(shape: ctypes.c_void_p, matrix: Matrix, sheet: _Sheet) -> None:
    fills, strokes = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape, fills, strokes)
    if not fills.value and not strokes.value:
        return
    path = " ".join(_segments(shape, matrix, sheet))
    fill = _colour(shape, pdfium.FPDFPageObj_GetFillColor) if fills.value else "none"
    rule = ' fill-rule="evenodd"' if fills.value == pdfium.FPDF_FILLMODE_ALTERNATE else ""
    stroke = _stroke(shape, matrix, sheet) if strokes.value else ""
    sheet.shapes.append(f'<path fill="{fill}"{rule}{stroke} d="{path}"/>')


def _segments(shape: ctypes.c_void_p, matrix: Matrix, sheet: _Sheet) -> Iterator[str]:
    """The path data of a shape; the three points of a curve come one by one."""
    points: list[str] = []
    for index in range(pdfium.FPDFPath_CountSegments(shape)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        a, b, c, d, e, f = matrix
        at = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        sheet.xs.append(at[0])
        sheet.ys.append(at[1])
        points.append(f"{_told(at[0])} {_told(at[1])}")
        match pdfium.FPDFPathSegment_GetType(segment):
            case pdfium.FPDF_SEGMENT_MOVETO:
                yield f"M{points.pop()}"
            case pdfium.FPDF_SEGMENT_LINETO:
                yield f"L{points.pop()}"
            case _ if len(points) == len(("first", "second", "end")):
                yield f"C{' '.join(points)}"
                points.clear()
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield "z"


def _stroke(shape: ctypes.c_void_p, matrix: Matrix, sheet: _Sheet) -> str:
    if pdfium.FPDFPageObj_GetDashCount(shape) > 0:
        raise DrawingError("has a dashed line in it", "Expand its lines to shapes, then save it again.")
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(shape, width)
    a, b, c, d = matrix[:4]
    wide = width.value * sqrt(abs(a * d - b * c))
    for ends in (sheet.xs, sheet.ys):
        ends += [min(ends) - wide / 2, max(ends) + wide / 2]
    cap, join = pdfium.FPDFPageObj_GetLineCap(shape), pdfium.FPDFPageObj_GetLineJoin(shape)
    colour = _colour(shape, pdfium.FPDFPageObj_GetStrokeColor)
    return (
        f' stroke="{colour}" stroke-width="{_told(wide)}" stroke-linecap="{_CAPS[max(cap, 0)]}"'
        f' stroke-linejoin="{_JOINS[max(join, 0)]}"'
    )


def _colour(shape: ctypes.c_void_p, getter: object) -> str:
    plates = [ctypes.c_uint() for _ in "rgba"]
    getter(shape, *plates)  # type: ignore[operator] # a function of the library, which has no types
    return "#{:02X}{:02X}{:02X}".format(*(plate.value for plate in plates[:3]))


def _is_cropped(shape: ctypes.c_void_p) -> bool:
    """Whether anything of a shape lies outside of what it is clipped to, or that is no upright block."""
    clip = pdfium.FPDFPageObj_GetClipPath(shape)
    own = [ctypes.c_float() for _ in "lbrt"]
    pdfium.FPDFPageObj_GetBounds(shape, *own)
    left, foot, right, top = (each.value for each in own)
    for number in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
        corners = []
        for index in range(pdfium.FPDFClipPath_CountPathSegments(clip, number)):
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, number, index), x, y)
            corners.append((x.value, y.value))
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        if not corners or any(x not in (min(xs), max(xs)) or y not in (min(ys), max(ys)) for x, y in corners):
            return True
        slack = 0.5
        if left < min(xs) - slack or right > max(xs) + slack or foot < min(ys) - slack or top > max(ys) + slack:
            return True
    return False


def _matrix(shape: ctypes.c_void_p) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(shape, found)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _told(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
