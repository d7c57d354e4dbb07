"""The structure tree as a PDF holds it: elements, parent tree, ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from directory_pub.finish.geometry import Box, box_around
from directory_pub.finish.tagging.items import Item
from directory_pub.finish.tagging.typeset_tags import MarkedContent

__all__ = ["write_structure"]

Links = Mapping[Item, Sequence[tuple[int, pikepdf.Object]]]


def write_structure(
    pdf: pikepdf.Pdf,
    document: Item,
    links: Links,
    numbers: Mapping[MarkedContent, int],
    places: Mapping[MarkedContent, Box],
) -> None:
    """Put ``document`` in the place of the structure tree that the file had.

    ``numbers`` are the pieces' new numbers on their pages, ``links`` the annotations of each link.
    """
    writing = _Writing(pdf, links, numbers, places)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = Array([writing.write(document, root)])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(writing.parent_rows())))
    root.ParentTreeNextKey = writing.next_key
    if writing.ids:
        rows = [each for key, element in sorted(writing.ids.items()) for each in (String(key), element)]
        root.IDTree = pdf.make_indirect(Dictionary(Names=Array(rows)))
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


class _Writing:
    """One walk over the document, which fills the tree and the table of parents."""

    def __init__(
        self, pdf: pikepdf.Pdf, links: Links, numbers: Mapping[MarkedContent, int], places: Mapping[MarkedContent, Box]
    ) -> None:
        self.ids: dict[str, pikepdf.Object] = {}
        self.next_key = len(pdf.pages)
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._links = links
        self._numbers = numbers
        self._places = places
        self._parents: dict[int, dict[int, pikepdf.Object]] = defaultdict(dict)
        self._linked: list[tuple[int, pikepdf.Object]] = []

    def write(self, item: Item, parent: pikepdf.Object) -> pikepdf.Object:
        """One element with all below it."""
        element = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{item.role}"), P=parent))
        page_index = next((mark.page_index for mark in item.marked()), None)
        if page_index is not None:
            element.Pg = self._pages[page_index]
        self._describe(item, element)
        kids = [
            self._mark(each, element, page_index) if isinstance(each, MarkedContent) else self.write(each, element)
            for each in item.content
            if isinstance(each, MarkedContent | Item)
        ]
        kids += [self._annotation(page, link, element) for page, link in self._links.get(item, ())]
        element.K = Array(kids)
        return element

    def parent_rows(self) -> list[object]:
        """The parent tree's rows: the pieces of each page, then the links."""
        rows: list[object] = []
        for page_index, page in enumerate(self._pages):
            parents = self._parents[page_index]
            page.StructParents = page_index
            rows += [page_index, self._pdf.make_indirect(Array([parents[n] for n in range(len(parents))]))]
        for key, element in self._linked:
            rows += [key, element]
        return rows

    def _describe(self, item: Item, element: pikepdf.Object) -> None:
        if item.language:
            element.Lang = String(item.language)
        if item.alternative:
            element.Alt = String(item.alternative)
        if item.key and item.role == "Note":
            element.ID = String(item.key)
            self.ids[item.key] = element
        attributes: dict[str, int | pikepdf.Object] = {
            f"/{key}": value if isinstance(value, int) else Name(f"/{value}") for key, value in item.attributes.items()
        }
        if item.role == "Figure":
            boxes = [self._places[mark] for mark in item.content if isinstance(mark, MarkedContent)]
            if boxes:
                attributes = {"/O": Name.Layout, "/Placement": Name.Block, "/BBox": box_around(boxes).as_array()}
        if attributes:
            element.A = Dictionary(attributes)

    def _mark(self, mark: MarkedContent, element: pikepdf.Object, page_index: int | None) -> object:
        number = self._numbers[mark]
        self._parents[mark.page_index][number] = element
        if mark.page_index == page_index:
            return number
        return Dictionary(Type=Name.MCR, Pg=self._pages[mark.page_index], MCID=number)

    def _annotation(self, page_index: int, link: pikepdf.Object, element: pikepdf.Object) -> pikepdf.Object:
        link.StructParent = self.next_key
        self._linked.append((self.next_key, element))
        self.next_key += 1
        return Dictionary(Type=Name.OBJR, Pg=self._pages[page_index], Obj=link)
