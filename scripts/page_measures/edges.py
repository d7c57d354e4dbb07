"""Edges that nearly meet: left edges of text, tiles and rules, and horizontals that stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from page_measures.book import Book
from page_measures.findings import MM, Finding, Section, pages_of
from page_measures.pages import Box, Page

__all__ = ["measure_edges"]

_LEFT_MM = (0.2, 2.0)  # two left edges so far apart read as a mistake; nearer is the same, farther another
_ACROSS_MM = (0.3, 4.0)  # and two horizontals side by side
_TOUCH = 0.3  # points: drawings nearer than this are one
_LEAST_MM = 5.0  # smaller drawings are icons and bullets
_SEAM = 2.0  # points, at the most
_ROW_MM, _ROW = 8.0, 3  # so many fields at least so wide that begin at one height are a row
_MANY = 400  # drawings: more on a page are a picture made of paths, and each of them is no edge


class _Drawing(NamedTuple):
    """A rule, or what is drawn in one place, with the boxes that it is made of."""

    box: Box
    what: str
    parts: tuple[Box, ...]


class _Edge(NamedTuple):
    at: float
    what: str


def measure_edges(book: Book) -> Section:
    """Near misses on every page that is no plate."""
    findings: list[Finding] = []
    lefts: dict[int, list[float]] = {}
    for page in book.pages:
        if page.number in book.plates:
            continue
        drawings = _drawings(page)
        edges = _left_edges(book, page, drawings)
        lefts[page.number] = [round(edge.at / MM, 2) for edge in edges]
        findings += _near_lefts(page, edges)
        findings += _near_horizontals(book, page, drawings)
    left = [finding for finding in findings if finding.kind.startswith("left")]
    across = [finding for finding in findings if finding not in left]
    rows = [
        ("left edges 0.2 to 2 mm apart", f"{len(left)} ({pages_of(left)})"),
        ("horizontals 0.3 to 4 mm apart", f"{len(across)} ({pages_of(across)})"),
    ]
    return Section("Edges", rows, {"left_mm": lefts}, findings)


def _drawings(page: Page) -> list[_Drawing]:
    """Rules, and whatever drawings and pictures touch taken together; grounds of the whole page are left out."""
    area = page.width * page.height
    boxes = dict.fromkeys(
        box
        for box in page.boxes
        if (box.right - box.left) * (box.bottom - box.top) < 0.6 * area and box.right - box.left > 0.1
    )
    rules = [_Drawing(box, "rule", (box,)) for box in boxes if box.is_rule or box.is_upright_rule]
    merged = _merged([box for box in boxes if not (box.is_rule or box.is_upright_rule)])
    return rules + [
        drawing
        for drawing in merged
        if min(drawing.box.right - drawing.box.left, drawing.box.bottom - drawing.box.top) > _LEAST_MM * MM
    ]


def _merged(boxes: Iterable[Box]) -> list[_Drawing]:
    """Boxes that touch as one, from the top down."""
    found: list[_Drawing] = []
    for box in sorted(boxes, key=lambda each: (each.top, each.left)):
        joined = _Drawing(box, "drawing", (box,))
        while touched := [other for other in found if _touch(other.box, joined.box)]:
            found = [other for other in found if other not in touched]
            joined = _joined([joined, *touched])
        found.append(joined)
    return found


def _joined(drawings: Sequence[_Drawing]) -> _Drawing:
    boxes = [drawing.box for drawing in drawings]
    whole = Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    return _Drawing(whole, "drawing", tuple(part for drawing in drawings for part in drawing.parts))


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left < other.right + _TOUCH
        and other.left < one.right + _TOUCH
        and one.top < other.bottom + _TOUCH
        and other.top < one.bottom + _TOUCH
    )


def _left_edges(book: Book, page: Page, drawings: Sequence[_Drawing]) -> list[_Edge]:
    """Left edges that two lines or one drawing stand on, from the left. A title counts where its ink begins, unless
    it is set to an edge of the others."""
    places = [(drawing.box.left, drawing.what, 2) for drawing in drawings]
    lines = [line for line in book.copy[page.number] if sum(c.text.isalnum() for c in line.characters) > 2]
    places += [(line.left, f"“{line.text[:20]}”", 1) for line in lines if not book.is_display(line)]
    known = [at for at, *_ in places]
    for line in filter(book.is_display, lines):
        ends = line.left, line.characters[0].box[0]
        meets = any(abs(at - end) <= _LEFT_MM[0] * MM for at in known for end in ends)
        if not meets:
            places.append((ends[1], f"“{line.text[:20]}”", 2))
    edges: list[_Edge] = []
    here: list[tuple[float, str, int]] = []
    for place in [*sorted(places), None]:
        if here and (place is None or place[0] - here[0][0] > _LEFT_MM[0] * MM):
            if sum(weight for *_, weight in here) > 1:
                edges.append(_Edge(here[0][0], here[0][1]))
            here = []
        if place is not None:
            here.append(place)
    return edges


def _near_lefts(page: Page, edges: Sequence[_Edge]) -> Iterator[Finding]:
    for one, other in pairwise(edges):
        apart = (other.at - one.at) / MM
        if _LEFT_MM[0] < apart < _LEFT_MM[1]:
            place = f"{one.what} at {one.at / MM:.2f} mm and {other.what} at {other.at / MM:.2f} mm"
            yield Finding("left edges nearly meet", page.number, place, f"{apart:.2f} mm")


def _near_horizontals(book: Book, page: Page, drawings: Sequence[_Drawing]) -> Iterator[Finding]:
    told: set[tuple[int, int]] = set()
    for one, other in combinations(drawings[:_MANY], 2):
        if one.box.left < other.box.right and other.box.left < one.box.right:
            continue  # one above the other
        for name, here in _horizontals(one):
            for other_name, there in _horizontals(other):
                apart = abs(here - there) / MM
                key = round(min(here, there)), round(max(here, there))
                is_fault = "rule" in {name, other_name}
                if not is_fault and ({name, other_name} == {"top", "foot"} or _is_whole_lines(book, apart)):
                    continue
                if _ACROSS_MM[0] < apart < _ACROSS_MM[1] and key not in told:
                    told.add(key)
                    place = f"{name} at {here / MM:.2f} mm beside {other_name} at {there / MM:.2f} mm"
                    yield Finding("horizontals nearly meet", page.number, place, f"{apart:.2f} mm", is_fault)


def _is_whole_lines(book: Book, apart_mm: float) -> bool:
    """Whether two heights are lines of the grid apart: a step that is meant."""
    off = book.grid.off(book.grid.phase + apart_mm * MM) if book.grid else 1.0
    return abs(off) < 0.05 * MM


def _horizontals(drawing: _Drawing) -> list[tuple[str, float]]:
    """A rule's middle; the top, the foot and the rows of a drawing that is made of several fields."""
    box = drawing.box
    if drawing.what == "rule":
        return [("rule", (box.top + box.bottom) / 2)] if box.is_rule else []
    wide = [part for part in drawing.parts if part.right - part.left > _ROW_MM * MM]
    # A field that is drawn again behind itself, a seam larger, is one.
    tops = Counter(top for top, _ in {(round(part.top, 1), round(part.left / _SEAM)) for part in wide})
    rows = [top for top, count in tops.items() if count >= _ROW and box.top + 1 < top < box.bottom - 1]
    small = min(box.right - box.left, box.bottom - box.top) < _ROW_MM * MM
    return [] if small else [("top", box.top), *(("row", row) for row in sorted(rows)), ("foot", box.bottom)]
