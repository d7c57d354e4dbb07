"""Place one piece: its pages on their sides of the leaf, ready to be finished for each target."""

from __future__ import annotations

import io
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Pdf, String

from directory_pub.bind.folio_placeholders import mark_placeholders
from directory_pub.compose import LINK_SCHEME
from directory_pub.design.faces import FontLibrary
from directory_pub.pdf_writing.fonts import lend_spaces
from directory_pub.place.recto_verso import PartedPage, keep_folio, move_array, place_page, read_parts
from directory_pub.typeset import TypesetPiece

__all__ = ["PlacedPiece", "place_folios", "place_piece"]

_JUST_BELOW_PT = 1.0  # a destination's upper edge, which may be that of what stands above
_ACROSS = {"/XYZ": (2,), "/FitV": (2,), "/FitR": (2, 4)}


class PlacedPiece(Struct, frozen=True):
    """A piece's pages, open, and the elements that their marks number; links to other pieces go by name."""

    pdf: Pdf
    elements: list[Element]


def place_piece(piece: TypesetPiece, library: FontLibrary, *, recto: bool, placeholders: bool = False) -> PlacedPiece:
    """Place a piece that begins on a right-hand page (``recto``) or on a left-hand one, without its folios.

    With ``placeholders`` the folios that it names are marked, to be filled in when the book is bound.
    """
    roots = piece.roots()
    elements = [element for root in roots for element in root.iter()]
    pdf = Pdf.open(io.BytesIO(piece.pdf))
    lend_spaces(pdf, library.programs)
    if placeholders:
        mark_placeholders(pdf, elements)
    sides = [_Side(page, read_parts(page), mirrored=not recto) for page in pdf.pages]
    by_page = {side.page.obj.objgen: side for side in sides}
    _move_names(pdf, by_page)
    _move_bookmarks(pdf, by_page)
    rows = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for index, side in enumerate(sides):
        rows[index] = side.without_folio(rows[index])
        side.place(pdf)
    for root in roots:
        _turn_links(root)
    return PlacedPiece(pdf, elements)


def place_folios(piece: TypesetPiece) -> Pdf:
    """The pages of a sheet of folios, open, with nothing on them but the folios."""
    pdf = Pdf.open(io.BytesIO(piece.pdf))
    for page in pdf.pages:
        keep_folio(pdf, page)
        for key in page.obj.keys() & {"/Annots", "/StructParents"}:
            del page.obj[key]
    for key in pdf.Root.keys() - {"/Type", "/Pages"}:
        del pdf.Root[key]
    return pdf


def _move_names(pdf: Pdf, sides: Mapping[tuple[int, int], _Side]) -> None:
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        tree = pikepdf.NameTree(pdf.Root.Names.Dests)
        for name, destination in list(tree.items()):
            places = destination.D if isinstance(destination, Dictionary) else destination
            tree[name] = sides[places[0].objgen].destination(places)


def _move_bookmarks(pdf: Pdf, sides: Mapping[tuple[int, int], _Side]) -> None:
    waiting = [pdf.Root.Outlines.First] if "/Outlines" in pdf.Root else []
    while waiting:
        item = waiting.pop()
        item.Dest = sides[item.Dest[0].objgen].destination(item.Dest)
        waiting += [item[name] for name in ("/First", "/Next") if name in item]


class _Side(Struct):
    """One page of the piece, and whether it lies on the other side than it was set for."""

    page: pikepdf.Page
    parted: PartedPage
    mirrored: bool

    def place(self, pdf: Pdf) -> None:
        """Put everything on the page where it belongs on this side."""
        place_page(pdf, self.page, self.parted, mirrored=self.mirrored)
        for link in self.page.obj.get("/Annots", Array()).as_list():
            left, bottom, right, top = (float(edge) for edge in link.Rect.as_list())
            shift_pt = self._shift((left + right) / 2, (bottom + top) / 2)
            link.Rect = move_array(link.Rect, shift_pt, (0, 2))
            address = str(link.A.get("/URI", "")) if "/A" in link else ""
            if address.startswith(LINK_SCHEME):
                del link["/A"]
                link.Dest = String(address.removeprefix(LINK_SCHEME))

    def destination(self, places: pikepdf.Object) -> Array:
        """A destination on this page."""
        kind, *rest = list(places.as_list())[1:]
        moved = Array([self.page.obj, kind, *rest])
        across = _ACROSS.get(str(kind), ())
        if not across:
            return moved
        up_pt = float(rest[1]) - _JUST_BELOW_PT if str(kind) == "/XYZ" and rest[1] is not None else None
        return move_array(moved, self._shift(float(rest[0]), up_pt), across)

    def without_folio(self, parents: pikepdf.Object) -> Array:
        """The page's row of the parent tree without the marks of the folio that it was set with."""
        gone = {number for part in self.parted.parts if part.is_folio for number in part.numbers()}
        return Array([None if number in gone else parent for number, parent in enumerate(parents.as_list())])

    def _shift(self, x_pt: float, y_pt: float | None) -> float:
        if not self.mirrored:
            return 0.0
        left_pt, _, _, top_pt = (float(edge) for edge in self.page.trimbox.as_list())
        return self.parted.shift_pt(x_pt - left_pt, -1.0 if y_pt is None else top_pt - y_pt)


def _turn_links(root: Element) -> None:
    """Turn links between pieces into links inside the book."""
    for element in root.iter("a"):
        if element.get("href", "").startswith(LINK_SCHEME):
            element.set("href", "#" + element.get("href", "").removeprefix(LINK_SCHEME))
