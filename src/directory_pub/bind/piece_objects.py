"""A piece's objects: one piece's finished pages taken apart, ready to be bound into a book of any length.

Its objects are kept as bytes with a gap of fixed width for each number that only the book knows
(of other objects, of rows in the parent tree). So assembling is filling in numbers: nothing is parsed
again, and every object is as long as it will be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from directory_pub.bind.folio_placeholders import FolioPlaceholder
from directory_pub.pdf_writing.fonts import FaceUse

__all__ = [
    "BEFORE_FOLIO",
    "FOLIO",
    "GAP",
    "Bookmark",
    "PageObjects",
    "PieceObjects",
    "Stored",
    "calling",
]

GAP = b"%7d"
"""A number that assembling fills in, padded with spaces: PDF allows any white space between tokens."""
FOLIO = "folio"
BEFORE_FOLIO = b"q\n"


class Stored(NamedTuple):
    """One object: a template with gaps, what goes into them, and a stream's content.

    A gap takes the number of an object: of this piece's objects's by its index, of one that the book
    shares by its name (``document``, ``pages``, ``font …``, ``shared …``); ``row n`` takes a number
    of the parent tree, ``link key text`` the description of a link to another piece.
    """

    template: bytes
    gaps: tuple[int | str, ...] = ()
    stream: bytes | None = None


class PageObjects(NamedTuple):
    """How many links a page has, whether it calls a folio, the shared objects that it needs, and the
    figures in what it draws itself that are filled in."""

    links: int
    needs: tuple[str, ...]
    has_folio: bool = False
    placeholders: tuple[FolioPlaceholder, ...] = ()


class Bookmark(NamedTuple):
    """A bookmark's title, and the page and place that it leads to."""

    title: str
    page: int
    place: bytes


@dataclass(slots=True)
class PieceObjects:
    """A piece as one target has it.

    ``loose`` are each page and its content, ``links`` the links of all pages, ``tree`` the piece's
    node of the page tree, its leaf of the parent tree and its structure elements; gaps count them
    through, in this order. Where folios were gathered, ``loose`` are their forms. ``shared`` are
    objects that other pieces may have as well, by a name made of their content; ``faces`` what is
    drawn in each font; ``names`` the destinations, ``titles`` the headings of what they name.
    ``tops`` are the elements right below the document, ``rows`` how many rows of the parent tree the
    piece takes. ``spine`` leads down to the contents' list, in ``tree``; what goes on with that list has its
    elements ``hung`` below the spine of the piece that began it: how far down, and which. The piece that
    opens the book has what is there once. ``fingerprints`` are for those who check the bound book.
    """

    pages: list[PageObjects] = field(default_factory=list)
    loose: list[Stored] = field(default_factory=list)
    links: list[Stored] = field(default_factory=list)
    tree: list[Stored] = field(default_factory=list)
    shared: dict[str, Stored] = field(default_factory=dict)
    faces: dict[str, FaceUse] = field(default_factory=dict)
    names: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    bookmarks: list[Bookmark] = field(default_factory=list)
    tops: list[int] = field(default_factory=list)
    spine: list[int] = field(default_factory=list)
    hung: list[tuple[int, int]] = field(default_factory=list)
    note_ids: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    book: Stored = field(default_factory=lambda: Stored(b""))
    fingerprints: list[str] = field(default_factory=list)
    packet: bytes = b""
    facts: bytes = b""
    version: str = "1.7"
    packed_tree: tuple[bytes, bytes] | None = None
    """What ``tree`` was packed into the last time that it was bound in this process, and with which numbers."""


def calling(page: Stored, name: bytes, gap: str) -> Stored:
    """A page with one form more among its resources, which finish writes into the page itself."""
    call = b" /%b " % name + GAP + b" 0 R"
    gaps = list(page.gaps)
    at = page.template.index(b"/Resources <<") + len(b"/Resources <<")
    if (found := page.template.find(b"/XObject <<", at)) >= 0:
        at = found + len(b"/XObject <<")
    else:
        call = b" /XObject <<" + call + b" >>"
    gaps.insert(page.template[:at].count(GAP), gap)
    return Stored(page.template[:at] + call + page.template[at:], tuple(gaps))
