"""One page as the rules see it: its boxes, and what is printed on it."""

from __future__ import annotations

from typing import Any

import pikepdf
from msgspec import Struct, field

from directory_pub.preflight.faults import Malformed
from directory_pub.preflight.geometry import Box, points
from directory_pub.preflight.interpreter import Interpreter
from directory_pub.preflight.object_faults import Fault
from directory_pub.preflight.painted import ForeignUse, Painted
from directory_pub.preflight.report import Problem, Spot, problem
from directory_pub.preflight.resources import Stock
from directory_pub.preflight.streams import read_stream

__all__ = ["PageView", "leaf_size", "page_unit", "read_boxes", "view_page"]

_A4 = Box(0, 0, 595.2756, 841.8898)
_MARK_PT = 1.5
_IN_LINE_PT = 0.6
_DEEPEST = 64
_MOST_UNIT = 10_000.0


class PageView(Struct, kw_only=True):
    """A page. ``stated`` has the boxes that the file itself gives; ``trim`` and ``bleed`` always have a value.
    All are as large as they print: ``unit`` is what one of the page's own units is in points.

    ``printed`` is what lands on the leaf or its bleed; ``marks`` is what helps the printer and lies outside the trim.
    """

    folio: int
    page: Any
    stated: dict[str, Box]
    media: Box
    trim: Box
    bleed: Box
    unit: float = 1.0
    printed: list[Painted] = field(default_factory=list)
    marks: list[Painted] = field(default_factory=list)
    painted: list[Painted] = field(default_factory=list)
    foreign: list[ForeignUse] = field(default_factory=list)
    transparency: str | None = None
    faults: list[Fault] = field(default_factory=list)

    def problem(
        self,
        rule: str,
        message: str,
        remedy: str,
        *,
        bounds: Box | None = None,
        measured: float | str | None = None,
        limit: float | str | None = None,
    ) -> Problem:
        """A problem on this page, at ``bounds``."""
        spot = Spot.of(bounds, self.trim) if bounds else None
        return problem(rule, message, remedy, page=self.folio, spot=spot, measured=measured, limit=limit)


def view_page(page: Any, folio: int, bleed_mm: float, stock: Stock) -> PageView:
    """Read a page whole. Raises what reading its objects and its content raises."""
    stated, unit = read_boxes(page), page_unit(page)
    media = stated.get("MediaBox", _A4)
    room = points(bleed_mm)
    trim = stated.get("TrimBox") or (stated["BleedBox"].grown(-room) if "BleedBox" in stated else media)
    view = PageView(folio=folio, page=page, stated=stated, media=media, trim=trim, bleed=trim.grown(room), unit=unit)
    reader = Interpreter(stock, media, unit)
    resources = _find(page, "Resources")
    reader.read(_content(page), resources)
    view.faults = [*reader.faults.values(), *stock.reachable.of_page(page, resources)]
    view.painted, view.foreign, view.transparency = reader.painted, reader.foreign, reader.transparency
    for painted in view.painted:
        if painted.hidden:
            continue
        if _is_mark(painted, trim):
            view.marks.append(painted)
        elif painted.bounds.overlaps(view.bleed):
            view.printed.append(painted)
    return view


def page_unit(page: Any) -> float:
    """What one unit of a page is in points. Raises Malformed for what is no size."""
    unit = float(page.get("/UserUnit", 1))
    if not 0 < unit < _MOST_UNIT:
        raise Malformed(f"the page has a UserUnit of {unit:g}")
    return unit


def read_boxes(page: Any) -> dict[str, Box]:
    """The boxes that the file gives a page, itself or above it in the tree, as large as they print."""
    names = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
    return {name: Box.of(found).scaled(page_unit(page)) for name in names if (found := _find(page, name))}


def leaf_size(page: Any, trim: Box) -> tuple[float, float]:
    """The width and height of a trim as the page is read: turned, where the page is."""
    turned = int(_find(page, "Rotate") or 0) % 180
    return (trim.height, trim.width) if turned else (trim.width, trim.height)


def _find(page: Any, key: str) -> Any:
    """A value of the page, or what it inherits."""
    for _ in range(_DEEPEST):
        if f"/{key}" in page:
            return page[f"/{key}"]
        if "/Parent" not in page or key in ("BleedBox", "TrimBox", "ArtBox"):
            return None
        page = page.Parent
    return None


def _content(page: Any) -> bytes:
    contents = page.get("/Contents")
    if contents is None:
        return b""
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join([read_stream(stream) for stream in streams])


def _is_mark(painted: Painted, trim: Box) -> bool:
    """Whether something is a mark: outside the trim, in all inks or a thin line beyond a corner."""
    bounds = painted.bounds
    if bounds.overlaps(trim.grown(-_IN_LINE_PT)):
        return False
    if painted.paint.is_registration:
        return True
    beside = bounds.right < trim.left + _IN_LINE_PT or bounds.left > trim.right - _IN_LINE_PT
    over_or_under = bounds.top < trim.bottom + _IN_LINE_PT or bounds.bottom > trim.top - _IN_LINE_PT
    return beside and over_or_under and (painted.thickness_pt or _MARK_PT) < _MARK_PT
