"""Where a page would end in a word that its last line parts: that line goes to the next page whole.

Compose parts words and knows no page. Of the engine's inside only the boxes of pages are read. The line before it
ends in no hyphen, since no two lines running do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from directory_pub.typeset.note_breaks import NoteBreak

__all__ = ["HYPHEN", "find_hyphen_breaks"]

HYPHEN = "hyphen"
"""The class of a hyphen that is drawn at a line's end."""


def find_hyphen_breaks(pages: Sequence[Any]) -> list[NoteBreak]:
    """The break before the first such line; none where it would leave lines alone, or might take another page."""
    for page in pages[:-1]:
        for block, line in sorted(_lines(page._page_box.children[0]), key=_foot)[-1:]:
            own = _line_of(block, line)
            if own is not None and _free(pages[-1]._page_box) > line.height:
                return [NoteBreak(block.element, own, good=True)]
    return []


def _line_of(block: Any, line: Any) -> Element | None:
    """The line of compose's that stands in one of the engine's, if it ends in a hyphen and enough stand before it."""
    within = [element for each in line.descendants() if (element := getattr(each, "element", None)) is not None]
    if line is block.children[0] or not any(each.get("class") == HYPHEN for each in within):
        return None
    lines = [each for each in block.element if each.get("class") == "line"]
    at = next((number for number, each in enumerate(lines) if each in within), 0)
    return lines[at] if at >= block.style["orphans"] else None


def _lines(box: Any) -> Iterator[tuple[Any, Any]]:
    """The lines in the flow below a box, each with the block that it is in; what is placed by itself is passed over."""
    from weasyprint.formatting_structure.boxes import LineBox

    for child in box.children:
        if hasattr(child, "_box") or not child.is_in_normal_flow():
            continue
        if isinstance(child, LineBox):
            yield box, child
        elif hasattr(child, "children"):
            yield from _lines(child)


def _foot(placed: tuple[Any, Any]) -> float:
    return float(placed[1].position_y + placed[1].height)


def _free(page: Any) -> float:
    """What a page has left below its last line, notes taken off; in CSS pixels."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    foot = max(map(_foot, _lines(page.children[0])), default=0.0)
    areas = (each.margin_height() for each in page.children[1:] if isinstance(each, FootnoteAreaBox))
    return float(page.content_box_y() + page.height - foot - sum(areas))
