"""Blocks across the main and the side column: a wide table, say.

The engine sets a block where the flow stands, and knows of no side column, which lies left of the flow on a left-hand
page. There such a block is moved to where the side column begins. Where it would run into what stands in the side
column already, it is given white above, below a tile, or a break, before a contact block, and the document is laid out
again. A layout says ``data-wide=4.5``, the unit in mm, so that what is moved stays on the grid.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from msgspec import Struct

__all__ = ["WideBreak", "find_wide_breaks", "has_wide_blocks", "is_wide", "moved_to_side"]

_WIDE = "data-wide"
_PX_PER_MM = 96 / 25.4
_AIR_LINES = 0.5  # of white between a tile and what is set below it, at the least
_MOST_PUSHES = 2  # white above may collapse with that of what stands before
_BREAK = "break-before:page;margin-break:discard"


def has_wide_blocks(document: Any) -> bool:
    """Whether a document has any."""
    return any(each.get(_WIDE) is not None for each in document.iter())


def is_wide(box: Any) -> bool:
    """Whether a box is that of an element across both columns."""
    element = getattr(box, "element", None)
    return element is not None and element.get(_WIDE) is not None and box.element_tag == element.tag


def moved_to_side(make_page: Callable[..., Any]) -> Callable[..., Any]:
    """A left-hand page whose wide blocks end where the flow ends, since they cannot begin where it does."""

    def make(context: Any, root_box: Any, page_type: Any, *rest: Any) -> Any:
        made = make_page(context, root_box, page_type, *rest)
        page = made[0]
        if page_type.side == "left":
            for box in _wide_boxes(page):
                box.translate(dx=page.content_box_x() + page.width - box.position_x - box.margin_width())
        return made

    return make


class WideBreak(Struct, frozen=True):
    """A wide block, and what is to be said of it so that it stands lower: white above it, or a page's end."""

    block: Element
    style: str

    def insert(self) -> None:
        """Say so."""
        self.block.set("style", f"{self.block.get('style', '')};{self.style}".lstrip(";"))


def find_wide_breaks(pages: Sequence[Any]) -> list[WideBreak]:
    """What to say of the first wide block that stands beside what is in the side column; none where that was tried."""
    for page in (each._page_box for each in pages):
        for box in _wide_boxes(page):
            told, unit = box.element.get("style", ""), float(box.element.get(_WIDE) or 0) * _PX_PER_MM
            top, foot = box.position_y + box.margin_top, box.position_y + box.margin_height()
            for at, beside_top, beside_foot in _beside(page):
                if not (unit and beside_top < foot and top < beside_foot):
                    continue
                if at == "top" and told.count("margin-top") < _MOST_PUSHES:
                    lines = math.ceil((beside_foot - page.content_box_y()) / unit + _AIR_LINES)
                    white = page.content_box_y() + lines * unit - box.position_y
                    return [WideBreak(box.element, f"margin-top:{white:.3f}px;margin-break:discard")]
                if at == "bottom" and _BREAK not in told:
                    return [WideBreak(box.element, _BREAK)]
    return []


def _wide_boxes(page: Any) -> Iterator[Any]:
    flow = page.children[0] if page.children else None
    yield from (box for box in (flow.descendants() if flow else ()) if is_wide(box))


def _beside(page: Any) -> Iterator[tuple[str, float, float]]:
    """At which end of a page's side column something stands, from where to where."""
    from weasyprint.formatting_structure.boxes import MarginBox

    for box in page.children:
        if isinstance(box, MarginBox) and box.at_keyword.startswith(("@left-", "@right-")):
            for inner in box.children:
                if inner.margin_height() > 0:
                    end = "top" if box.at_keyword.endswith("-top") else "bottom"
                    yield end, inner.position_y, inner.position_y + inner.margin_height()
