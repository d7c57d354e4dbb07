"""Bind pieces into one book: pages, names, bookmarks and structure tree of one document."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from directory_pub.bind.fonts import unite_fonts
from directory_pub.bind.pictures import unite_pictures
from directory_pub.bind.placing import PartedPage, move_array, place_page, read_parts
from directory_pub.compose import LINK_SCHEME
from directory_pub.faces import FaceShelf
from directory_pub.typeset import SetPiece

__all__ = ["BoundBook", "PlacedPiece", "bind_pieces"]

_ACROSS = {"/XYZ": (2,), "/FitV": (2,), "/FitR": (2, 4)}
FolioKey = tuple[str, int]
"""The kind of a piece and a folio."""


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """A piece and where it begins; ``under`` is the key of the piece whose bookmark its own hang below."""

    kind: str
    key: str
    piece: SetPiece
    page_index: int
    under: str | None = None


@dataclass(frozen=True, slots=True)
class BoundBook:
    """The bound file, and the elements of all pieces, which its marks number."""

    pdf: bytes
    elements: list[Element]


def bind_pieces(
    placed: Sequence[PlacedPiece], folios: Mapping[FolioKey, tuple[SetPiece, int]], shelf: FaceShelf
) -> BoundBook:
    """Bind pieces in their order; ``folios`` name for each kind and folio a piece and its page that carries it."""
    with Pdf.new() as pdf:
        binding = _Binding(pdf, _Folios(pdf, folios))
        for each in placed:
            binding.add(each)
        binding.write_names()
        binding.write_bookmarks()
        binding.write_tags()
        unite_fonts(pdf, binding.folios.fonts(), shelf)
        unite_pictures(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return BoundBook(out.getvalue(), binding.elements)


class _Folios:
    """The pages that carry nothing but a folio, opened as they are asked for."""

    def __init__(self, book: Pdf, pages: Mapping[FolioKey, tuple[SetPiece, int]]) -> None:
        self._book = book
        self._pages = pages
        self._open: dict[int, Pdf] = {}

    def page(self, kind: str, folio: int) -> pikepdf.Page | None:
        """The page that carries the folio of a page of this kind, if that kind carries one."""
        if (kind, folio) not in self._pages:
            return None
        piece, index = self._pages[kind, folio]
        if id(piece) not in self._open:
            self._open[id(piece)] = Pdf.open(io.BytesIO(piece.pdf))
        return self._open[id(piece)].pages[index]

    def fonts(self) -> list[tuple[str, pikepdf.Object]]:
        """The faces that folios are drawn in, taken over into the book."""
        return [
            (name, self._book.copy_foreign(font))
            for source in self._open.values()
            for name, font in source.pages[0].resources.get("/Font", Dictionary()).as_dict().items()
        ]


@dataclass(slots=True)
class _Binding:
    """What is gathered from piece to piece."""

    pdf: Pdf
    folios: _Folios
    elements: list[Element] = field(default_factory=list)
    destinations: dict[str, pikepdf.Object] = field(default_factory=dict)
    bookmarks: list[_Bookmark] = field(default_factory=list)
    tops: list[pikepdf.Object] = field(default_factory=list)
    page_rows: list[pikepdf.Object] = field(default_factory=list)
    link_rows: list[tuple[pikepdf.Object, pikepdf.Object]] = field(default_factory=list)

    def add(self, placed: PlacedPiece) -> None:
        """Take over one piece: its pages placed, with what points at them."""
        with Pdf.open(io.BytesIO(placed.piece.pdf)) as source:
            first = len(self.pdf.pages)
            self.pdf.pages.extend(source.pages)
            pages = [self.pdf.pages[first + index] for index in range(len(source.pages))]
            sides = [_Side(page, read_parts(page), mirrored=placed.page_index % 2 == 1) for page in pages]
            by_source = dict(zip((page.obj.objgen for page in source.pages), sides, strict=True))
            self._add_names(source, by_source)
            self._add_bookmarks(source, by_source, placed)
            self._add_tags(source, sides)
        for index, side in enumerate(sides):
            side.place(self.pdf, self.folios.page(placed.kind, placed.page_index + index + 1))
        for root in placed.piece.roots():
            _turn_links(root)
            self.elements += root.iter()

    # ---------------------------------------------------------------- names and bookmarks
    def _add_names(self, source: Pdf, sides: Mapping[tuple[int, int], _Side]) -> None:
        if "/Names" in source.Root and "/Dests" in source.Root.Names:
            for name, destination in pikepdf.NameTree(source.Root.Names.Dests).items():
                places = destination.D if isinstance(destination, Dictionary) else destination
                self.destinations[name] = sides[places[0].objgen].destination(places)

    def _add_bookmarks(self, source: Pdf, sides: Mapping[tuple[int, int], _Side], placed: PlacedPiece) -> None:
        item = source.Root.Outlines.First if "/Outlines" in source.Root else None
        while item is not None:
            target = sides[item.Dest[0].objgen].destination(item.Dest)
            self.bookmarks.append(_Bookmark(str(item.Title), placed.key, placed.under, target))
            item = item.get("/Next")

    def write_names(self) -> None:
        """One name tree, and the links between pieces that lead into it."""
        for page in self.pdf.pages:
            for link in page.obj.get("/Annots", Array()).as_list():
                address = str(link.A.get("/URI", "")) if "/A" in link else ""
                if address.startswith(LINK_SCHEME):
                    del link["/A"]
                    link.Dest = String(address.removeprefix(LINK_SCHEME))
        tree = pikepdf.NameTree.new(self.pdf)
        for name, destination in sorted(self.destinations.items()):
            tree[name] = destination
        self.pdf.Root.Names = Dictionary(Dests=tree.obj)

    def write_bookmarks(self) -> None:
        """One outline: what is under another hangs below the last bookmark of that piece."""
        last: dict[str, pikepdf.OutlineItem] = {}
        with self.pdf.open_outline() as outline:
            for each in self.bookmarks:
                item = pikepdf.OutlineItem(each.title, each.destination)
                over = last.get(each.under or "")
                (over.children if over else outline.root).append(item)
                last[each.key] = item

    # ---------------------------------------------------------------- structure
    def _add_tags(self, source: Pdf, sides: Sequence[_Side]) -> None:
        """Take over a piece's structure tree: its marks go on counting, its pages' rows come after the others'."""
        root = self.pdf.copy_foreign(source.Root.StructTreeRoot)
        rows = pikepdf.NumberTree(root.ParentTree)
        for index, side in enumerate(sides):
            self.page_rows.append(self.pdf.make_indirect(side.without_folio(rows[index])))
        leaves = [leaf for index in range(len(sides)) for leaf in rows[index].as_list()]
        for side in sides:
            for link in side.page.obj.get("/Annots", Array()).as_list():
                if "/StructParent" in link:
                    self.link_rows.append((link, rows[int(link.StructParent)]))
                    leaves.append(rows[int(link.StructParent)])
        top = root.K[0]
        _renumber_marks([top, *leaves], len(self.elements))
        self.tops += top.K.as_list()

    def write_tags(self) -> None:
        """One structure tree, one table of parents."""
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array(self.tops)))
        for top in self.tops:
            top.P = document
        rows: list[object] = []
        for index, (page, parents) in enumerate(zip(self.pdf.pages, self.page_rows, strict=True)):
            page.obj.StructParents = index
            rows += [index, parents]
        for number, (link, parent) in enumerate(self.link_rows, len(self.page_rows)):
            link.StructParent = number
            rows += [number, parent]
        root.K = Array([document])
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(rows)))
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)


@dataclass(frozen=True, slots=True)
class _Bookmark:
    title: str
    key: str
    under: str | None
    destination: Array


@dataclass(slots=True)
class _Side:
    """One page of the book, and whether it comes to lie on the other side than it was set for."""

    page: pikepdf.Page
    parted: PartedPage
    mirrored: bool

    def place(self, pdf: Pdf, folio: pikepdf.Page | None) -> None:
        """Put everything on the page where it belongs on this side."""
        place_page(pdf, self.page, self.parted, folio, mirrored=self.mirrored)
        for link in self.page.obj.get("/Annots", Array()).as_list():
            left, _, right, _ = (float(edge) for edge in link.Rect.as_list())
            link.Rect = move_array(link.Rect, self._shift((left + right) / 2), (0, 2))

    def destination(self, places: pikepdf.Object) -> Array:
        """A destination of the piece on this page."""
        kind, *rest = list(places.as_list())[1:]
        moved = Array([self.page.obj, kind, *rest])
        across = _ACROSS.get(str(kind), ())
        return move_array(moved, self._shift(float(rest[0])), across) if across else moved

    def without_folio(self, parents: pikepdf.Object) -> Array:
        """A page's row of the parent tree; the folio that it was set with is gone, and its pieces with it."""
        gone = {number for part in self.parted.parts if part.is_folio for number in part.numbers()}
        return Array([None if number in gone else parent for number, parent in enumerate(parents.as_list())])

    def _shift(self, x_pt: float) -> float:
        if not self.mirrored:
            return 0.0
        return self.parted.shift_pt(x_pt - float(self.page.trimbox.as_list()[0]))


def _renumber_marks(elements: Sequence[pikepdf.Object], offset: int) -> None:
    """Let the marks of these elements, of those below and of those above them, count on from ``offset``."""
    if not offset:
        return
    done: set[tuple[int, int]] = set()
    waiting = list(elements)
    while waiting:
        element = waiting.pop()
        if not isinstance(element, Dictionary) or element.objgen in done or "/S" not in element:
            continue
        done.add(element.objgen)
        if "/T" in element:
            number, colons, pseudo = str(element.T).partition("::")
            element.T = String(f"{int(number) + offset}{colons}{pseudo}")
        waiting += element.get("/K", Array()).as_list()
        waiting.append(element.get("/P", Dictionary()))


def _turn_links(root: Element) -> None:
    """Links between pieces become links inside the book."""
    for element in root.iter("a"):
        if element.get("href", "").startswith(LINK_SCHEME):
            element.set("href", "#" + element.get("href", "").removeprefix(LINK_SCHEME))
