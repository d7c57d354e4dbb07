"""What the engine tagged: every marked piece of every page with the element it was set from."""

from __future__ import annotations

import pikepdf
from msgspec import Struct, field
from pikepdf import Array, Dictionary, Name

__all__ = ["LinkBox", "MarkedContent", "TypesetTags", "read_typeset_tags"]


class MarkedContent(Struct, eq=False):
    """One marked piece of a page's content, such as a line or what a sheet put before it.

    ``element`` is the number of the element that it was set from, None for page furniture;
    ``pseudo`` the pseudo-element's name, or "". ``sequence`` counts the pieces in the order of
    the flow; a piece of a margin box is not ``in_flow``. ``space_after`` asks for a space
    behind the piece, where a line ends between two words.
    """

    page_index: int
    mcid: int
    element: int | None
    pseudo: str
    sequence: int
    in_flow: bool
    space_after: bool = False


class LinkBox(Struct, frozen=True):
    """A link annotation that the engine made, and the element that it belongs to."""

    page_index: int
    annotation: pikepdf.Object
    element: int


class TypesetTags(Struct):
    """The pieces in the order of the flow, those of margin boxes after them, and the links.

    ``starts`` is the sequence at which an element is first met, also one that shows nothing.
    """

    marked: list[MarkedContent] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    links: list[LinkBox] = field(default_factory=list)


def read_typeset_tags(pdf: pikepdf.Pdf) -> TypesetTags:
    """Read the engine's structure tree, whose marks name the elements.

    What hangs in the tree is the flow; what only the parent tree knows stands in margin boxes.
    """
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    reading = _Reading(pages)
    root = pdf.Root.StructTreeRoot
    reading.walk(root.K, None, "", None)
    reading.add_furniture(pikepdf.NumberTree(root.ParentTree), len(pages))
    return reading.tags


def _mark(element: pikepdf.Object) -> tuple[int | None, str]:
    """The element's number and pseudo-element out of a mark such as ``17::before``."""
    number, _, pseudo = str(element.get("/T", "")).partition("::")
    return (int(number) if number.isdigit() else None), pseudo


class _Reading:
    """One walk over the tree."""

    def __init__(self, pages: dict[tuple[int, int], int]) -> None:
        self.tags = TypesetTags()
        self._pages = pages
        self._seen: set[tuple[int, int]] = set()
        self._in_flow = True

    def walk(self, kid: object, element: int | None, pseudo: str, page_index: int | None) -> None:
        """Follow one entry of /K below an element that is already known."""
        if isinstance(kid, int):
            self._meet(page_index, kid, element, pseudo)
        elif isinstance(kid, Array):
            for each in kid.as_list():
                self.walk(each, element, pseudo, page_index)
        elif isinstance(kid, Dictionary):
            if kid.get("/Type") == Name.OBJR:
                self._link(kid, element)
                return
            number, own_pseudo = _mark(kid)
            if number is not None:
                element, pseudo = number, own_pseudo
                self.tags.starts.setdefault(number, len(self.tags.marked))
            own = self._pages.get(kid.Pg.objgen) if "/Pg" in kid else page_index
            self.walk(kid.get("/K", Array()), element, pseudo, own)

    def add_furniture(self, parents: pikepdf.NumberTree, page_count: int) -> None:
        """The pieces that the walk has not met: their elements hang in no tree, and are walked from their tops."""
        self._in_flow = False
        for page_index in range(page_count):
            for mcid, leaf in enumerate(parents[page_index].as_list() if page_index in parents else ()):
                if (page_index, mcid) not in self._seen and isinstance(leaf, Dictionary):
                    self.walk(_top(leaf), None, "", page_index)

    def _meet(self, page_index: int | None, mcid: int, element: int | None, pseudo: str) -> None:
        assert page_index is not None
        self._seen.add((page_index, mcid))
        self.tags.marked.append(MarkedContent(page_index, mcid, element, pseudo, len(self.tags.marked), self._in_flow))

    def _link(self, reference: pikepdf.Object, element: int | None) -> None:
        if element is not None:
            self.tags.links.append(LinkBox(self._pages[reference.Pg.objgen], reference.Obj, element))


def _top(leaf: pikepdf.Object) -> pikepdf.Object:
    """The outermost element round a leaf, below the document."""
    while "/P" in leaf.P:
        if leaf.P.get("/S") == Name.Document:
            break
        leaf = leaf.P
    return leaf
