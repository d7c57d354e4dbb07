"""Where a page must end so that every note stands below its call.

The engine keeps a call at a page's foot where its note has no room, and prints the note on another
page or nowhere. So the pages that it laid out are looked through, and the document is given a break and laid out
again: where a page ended, if what is on it leaves room for the note that it has not, else before the line of the
call, or as near before it as a page may end. Of the engine's inside only the boxes of pages are read, here and
nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from msgspec import Struct

__all__ = ["NOTE_ROLE", "NoteBreak", "find_note_breaks"]

NOTE_ROLE = "doc-footnote"
"""How a layout says that an element is a note."""

_BREAK = "break-before:page;margin-break:discard"
_CARRIED = f"display:block;text-indent:0;{_BREAK}"


class NoteBreak(Struct, frozen=True):
    """A place where a page may end: before a block, or within one before one of its lines.

    One that parts what belongs together, such as a list's item, is not ``good``.
    """

    block: Element
    line: Element | None
    good: bool

    def insert(self) -> None:
        """Have a page end there."""
        if self.line is None:
            self.block.set("style", f"{self.block.get('style', '')};{_BREAK}".lstrip(";"))
            return
        at = list(self.block).index(self.line)
        carried = Element("span", style=_CARRIED)
        carried.extend(self.block[at:])
        # The break behind the line before would be a line of its own.
        kept = self.block[: at - 1] if self.block[at - 1].tag == "br" else self.block[:at]
        self.block[:] = [*kept, carried]


class _Call(Struct, frozen=True):
    """A note's call, by the element of its note."""

    note: Element


def find_note_breaks(pages: Sequence[Any]) -> list[NoteBreak]:
    """A break for the first call of each text whose note is not on its page; none where that cannot be mended.

    ``pages`` are the engine's. What comes after the first in a text moves with it, and is looked at again.
    """
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    found: dict[int, NoteBreak | None] = {}
    areas = [[each for each in page._page_box.children[1:] if isinstance(each, FootnoteAreaBox)] for page in pages]
    heights = {id(note.element): note.margin_height() for page in areas for area in page for note in area.children}
    for number, page in enumerate(pages):
        flow, noted = page._page_box.children[0], {id(note.element) for area in areas[number] for note in area.children}
        for text in _texts(flow):
            if id(text.element) in found or (trouble := _trouble(text, noted)) is None:
                continue
            note, places = trouble
            goes_on = next((each for each in _after(pages, number) if each.element is text.element), None)
            has_room = _room(page._page_box, text, areas[number]) > heights.get(id(note.note), math.inf)
            kept = _where_it_ended(text, goes_on) if goes_on is not None and has_room else None
            found[id(text.element)] = kept or (places[-1] if places else None)
    return [each for each in found.values() if each]


def _after(pages: Sequence[Any], number: int) -> Iterator[Any]:
    """The texts on the page after one."""
    for page in pages[number + 1 : number + 2]:
        yield from _texts(page._page_box.children[0])


def _room(page: Any, text: Any, areas: Sequence[Any]) -> float:
    """What a page has left below its last line for one more note, the white above notes taken off; in CSS pixels."""
    from weasyprint.formatting_structure.boxes import LineBox

    foot = max((each.position_y + each.height for each in text.descendants() if isinstance(each, LineBox)), default=0.0)
    white = 0.0 if areas else text.style["font_size"] * 2
    taken = sum(area.margin_height() for area in areas)
    return float(page.content_box_y() + page.height - foot - taken - white)


def _where_it_ended(text: Any, goes_on: Any) -> NoteBreak | None:
    """The break before what a text ``goes_on`` with on the next page; None where that has been tried."""
    from weasyprint.formatting_structure.boxes import LineBox

    here = {id(each.element) for each in text.descendants()}
    box = goes_on
    while box.children:
        first = next((each for each in box.children if not hasattr(each, "_box") and each.is_in_normal_flow()), None)
        if first is None or isinstance(first, LineBox):
            break
        box = first
        if id(box.element) not in here:
            tried = _BREAK in box.element.get("style", "")
            return None if tried else NoteBreak(box.element, None, good=True)
    return None


def _texts(flow: Any) -> Iterator[Any]:
    """The boxes of a page that stand in the body: the entries of a book, or the part of one that is on the page."""
    for body in flow.children:
        yield from (box for box in body.children if box.is_in_normal_flow())


def _trouble(text: Any, noted: set[int]) -> tuple[_Call, list[NoteBreak]] | None:
    """The first call without its note, and where a page may end before it, the best place last; None if all is well."""
    places: list[NoteBreak] = []
    for each in _walk(text, text.style["break_inside"] != "avoid"):
        if isinstance(each, NoteBreak):
            places.append(each)
        elif id(each.note) not in noted:
            return each, sorted(places, key=lambda place: place.good)
    return None


def _walk(box: Any, breakable: bool) -> Iterator[NoteBreak | _Call]:
    """The places where a page may end in a block on a page, and the calls, in the order of the text.

    A table may be parted between two rows.
    """
    from weasyprint.formatting_structure.boxes import BlockLevelBox, LineBox, TableCellBox, TableRowBox

    before: Any = None
    for child in box.children:
        if hasattr(child, "_box") or not child.is_in_normal_flow():  # placed by itself, such as a term
            yield from _calls(child)
            continue
        if isinstance(child, TableCellBox):
            yield from _calls(child)
        elif isinstance(child, LineBox):
            yield from _before_line(box, child, breakable)
            yield from _calls(child)
        else:
            is_apart = isinstance(child, BlockLevelBox | TableRowBox)
            if before is not None and is_apart and child.element is not box.element:
                apart = "avoid" not in (before.style["break_after"], child.style["break_before"])
                yield NoteBreak(child.element, None, breakable and apart)
            yield from _walk(child, breakable and child.style["break_inside"] != "avoid")
        before = child


def _before_line(box: Any, line: Any, breakable: bool) -> Iterator[NoteBreak]:
    """The break before a line that compose set, which leaves no line alone where it is good."""
    lines = [each for each in box.element if each.get("class") == "line"]
    own = next((each.element for each in line.descendants() if each.element in lines), None)
    if own is None or line is box.children[0]:
        return
    at = lines.index(own)
    together = at < box.style["orphans"] or len(lines) - at < box.style["widows"]
    yield NoteBreak(box.element, own, breakable and not together)


def _calls(box: Any) -> Iterator[_Call]:
    """The calls in what is laid out of a line."""
    for each in box.descendants():
        if str(each.element_tag).endswith("::footnote-call"):
            yield _Call(each.element)
