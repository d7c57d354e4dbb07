"""The links of a page: one annotation for what a reader sees as one, each with words of its own.

A note's call and its number have none from the engine: they are made here, where the pieces stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from directory_pub.finish.geometry import Box, box_around, box_of
from directory_pub.finish.tagging.items import Item
from directory_pub.finish.tagging.roles import FOLIO
from directory_pub.finish.tagging.typeset_tags import LinkBox, MarkedContent

__all__ = ["describe_link", "link_items"]

_REACH_PT = 1.5  # round a note's small figure, so that a finger hits it
_LONGEST = 240  # characters of a description
_PRINTS = 4  # the flag that an annotation is printed, which PDF/A asks for

Places = Mapping[MarkedContent, Box]


def link_items(
    pdf: pikepdf.Pdf, document: Item, boxes: Sequence[LinkBox], places: Places
) -> dict[Item, list[tuple[int, pikepdf.Object]]]:
    """The annotations of each link of the document, with their page indexes; others are taken off their pages."""
    by_element: dict[int, list[LinkBox]] = defaultdict(list)
    for box in boxes:
        by_element[box.element].append(box)
    describing = _Describing(pdf, document)
    linked: dict[Item, list[tuple[int, pikepdf.Object]]] = {}
    for item in document.walk():
        if item.role != "Link":
            continue
        found = [box for number in item.elements for box in by_element.get(number, ())]
        own = list(_outermost(found)) or list(_make(pdf, item, describing, places))
        for _, annotation in own:
            annotation.Contents = String(describing.describe(item))
            annotation.F = _PRINTS
        if own:
            linked[item] = own
    _put_on_pages(pdf, [each for own in linked.values() for each in own])
    return linked


def _outermost(found: Iterable[LinkBox]) -> Iterator[tuple[int, pikepdf.Object]]:
    """The link boxes that lie in no other: the engine links every box within a link once more."""
    kept: list[tuple[int, Box, pikepdf.Object]] = []
    for link in sorted(found, key=lambda link: -_area(box_of(link.annotation.Rect))):
        box = box_of(link.annotation.Rect)
        if not any(page == link.page_index and other.holds(box) for page, other, _ in kept):
            kept.append((link.page_index, box, link.annotation))
    yield from ((page, annotation) for page, _, annotation in sorted(kept, key=lambda each: (each[0], -each[1].top)))


def _area(box: Box) -> float:
    return box.width * box.height


def _make(
    pdf: pikepdf.Pdf, item: Item, describing: _Describing, places: Places
) -> Iterator[tuple[int, pikepdf.Object]]:
    """An annotation over each page's pieces of a link that leads to another item of the book."""
    goal = describing.goal(item)
    where = next((mark for mark in goal.marked() if mark in places), None) if goal else None
    if where is None:
        return
    for page_index, box in _areas(item, places):
        page = pdf.pages[where.page_index].obj
        destination = Array([page, Name.XYZ, round(places[where].left, 3), round(places[where].top, 3), 0])
        reach = Box(box.left - _REACH_PT, box.bottom - _REACH_PT, box.right + _REACH_PT, box.top + _REACH_PT)
        annotation = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=reach.as_array(), BS=Dictionary(W=0), Dest=destination
        )
        yield page_index, pdf.make_indirect(annotation)


def _areas(item: Item, places: Places) -> Iterator[tuple[int, Box]]:
    """What a link covers on each page."""
    by_page: dict[int, list[Box]] = defaultdict(list)
    for mark in item.marked():
        if mark in places:
            by_page[mark.page_index].append(places[mark])
    for page_index, boxes in by_page.items():
        yield page_index, box_around(boxes)


def _put_on_pages(pdf: pikepdf.Pdf, linked: Iterable[tuple[int, pikepdf.Object]]) -> None:
    """Each page has the links that items of the document have there, in reading order, and no other."""
    by_page: dict[int, list[pikepdf.Object]] = defaultdict(list)
    for page_index, annotation in linked:
        by_page[page_index].append(annotation)
    for index, page in enumerate(pdf.pages):
        others = [each for each in page.obj.get("/Annots", Array()).as_list() if each.get("/Subtype") != Name.Link]
        if annotations := by_page[index] + others:
            page.obj.Annots = Array(annotations)
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]


class _Describing:
    """Where links lead, in words: those of the book itself, so that they are in its language."""

    def __init__(self, pdf: pikepdf.Pdf, document: Item) -> None:
        self._pdf = pdf
        self._items = {item.key: item for item in document.walk() if item.key}
        self._over = {id(inner): item for item in document.walk() for inner in item.items()}

    def goal(self, link: Item) -> Item | None:
        """The item that an internal link leads to."""
        target = link.target or ""
        return self._items.get(target[1:]) if target.startswith("#") else None

    def describe(self, link: Item) -> str:
        """The link's own words and what they do not say: the address, the page, the note's text."""
        target = link.target or ""
        goal = self.goal(link)
        if goal is None and target.startswith("#"):
            return link.text  # it leads to another piece: the book says to which page
        if goal is None:
            address = target.removeprefix("mailto:").removeprefix("tel:")
            shown = _bare(address) in _bare(link.text) or target.startswith("tel:")
            return _shortened(link.text if shown and link.text else f"{link.text} ({address})".strip())
        if goal.role == "Note":
            return _shortened(goal.text.replace(FOLIO, "…"))
        title = _title(goal) if goal.role != "Link" else _title(self._piece_of(goal))
        page_index = next((mark.page_index for mark in goal.marked()), None)
        if page_index is None or goal.role == "Link":
            return describe_link(link.text, title, "")
        if "/PageLabels" not in self._pdf.Root:
            return link.text  # part of a book: what the page is called is not known yet
        return describe_link(link.text, title, self._pdf.pages[page_index].label)

    def _piece_of(self, item: Item) -> Item:
        """The entry or page that an item stands in."""
        over = self._over.get(id(item))
        while over is not None and over.role not in ("Art", "Sect"):
            over = self._over.get(id(over))
        return over or item


def describe_link(text: str, title: str, page_label: str) -> str:
    """What a link inside the book says of itself: its words, the title of what it leads to, its page once."""
    if FOLIO in text:
        text, page_label = text.replace(FOLIO, page_label or "?"), ""
    return _shortened(", ".join(filter(None, (text, "" if text.startswith(title) else title, page_label))))


def _title(item: Item) -> str:
    return next((inner.text for inner in item.walk() if inner.role[0] == "H" and inner.role[1:].isdigit()), "")


def _bare(address: str) -> str:
    """An address as people write it."""
    bare = address.lower().partition("://")[2] or address.lower()
    return "".join(bare.rstrip("/").split())


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
