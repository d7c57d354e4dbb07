"""The objects of one piece's finished pages, ready to be bound into a book of any length.

Each object is bytes with a gap of fixed width for every number that only the book knows: of other
objects, of rows in the parent tree. To assemble the book is to fill in these numbers; nothing is
parsed again, and no object changes its length.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct, field

from directory_pub.bind.folio_placeholders import FolioPlaceholder
from directory_pub.pdf_writing.fonts import FaceUse

__all__ = [
    "BEFORE_FOLIO",
    "FOLIO",
    "GAP",
    "Apart",
    "Bookmark",
    "PageObjects",
    "PieceObjects",
    "Stored",
    "calling",
    "set_apart",
]

GAP = b"%7d"
"""A number that is filled in when the book is assembled, padded with spaces, which PDF allows between tokens."""
FOLIO = "folio"
BEFORE_FOLIO = b"q\n"
_LONG_BYTES = 8_000


class Apart(NamedTuple):
    """A stream that is kept by itself, under a key."""

    key: str


class Stored(NamedTuple):
    """One object: a template with gaps, what goes into them, and a stream's content.

    An index in ``gaps`` takes the number of an object of this piece. A name takes that of an object
    of the book (``document``, ``pages``, ``font …``, ``shared …``) or of a page's folio
    (``folio n``); ``row n`` takes a row of the parent tree, and ``link key text`` the description of
    a link to another piece. A ``stream`` may be kept ``Apart``.
    """

    template: bytes
    gaps: tuple[int | str, ...] = ()
    stream: bytes | Apart | None = None


class PageObjects(NamedTuple):
    """A page's number of links, the names of the shared objects that it needs, whether it calls a folio,
    and the placeholders in its content."""

    links: int
    needs: tuple[str, ...]
    has_folio: bool = False
    placeholders: tuple[FolioPlaceholder, ...] = ()


class Bookmark(NamedTuple):
    """A bookmark's title, and the page and place that it leads to."""

    title: str
    page: int
    place: bytes


class PieceObjects(Struct):
    """The objects of one piece for one target.

    ``loose`` are each page and its content (of a sheet of folios, their forms), ``links`` the links
    of all pages, ``tree`` the piece's node of the page tree, its leaf of the parent tree and its
    structure elements. The indexes in gaps count through these three, in this order.

    ``shared`` are objects that other pieces may have as well, by a name made of their content;
    ``faces`` the glyphs that each font draws; ``names`` the destinations (page of the piece, place),
    ``titles`` the headings of what they name. ``tops`` are the elements right below the document,
    ``rows`` is how many rows of the parent tree the piece takes.

    ``spine`` is the way down to the list of the contents. A piece that goes on with that list has
    its elements in ``hung`` (level of the spine, index of the element): they hang below the spine of
    the piece that began it. ``book``, ``packet``, ``facts`` and ``version`` are what the book has
    once, of the piece that opens it. ``fingerprints`` are what the bound book is checked against,
    ``plates`` those that its pages print on, each with the first that does, by its index in the piece.
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
    plates: dict[str, int] = field(default_factory=dict)
    packet: bytes = b""
    facts: bytes = b""
    version: str = "1.7"
    packed_tree: tuple[bytes, bytes] | None = None
    """The last object stream of ``tree`` in this process, and the numbers that it was made with."""

    def apart(self) -> list[str]:
        """The keys of the streams that it has apart."""
        return [each.stream.key for each in self.shared.values() if isinstance(each.stream, Apart)]


def set_apart(objects: PieceObjects, key_of: Callable[[bytes], str]) -> dict[str, bytes]:
    """Put keys in the place of its long streams, such as pictures; return the streams by these.

    What is asked of a piece again and again is then a few kilobytes, and pieces with one picture share it.
    """
    streams: dict[str, bytes] = {}
    for name, stored in objects.shared.items():
        if isinstance(stored.stream, bytes) and len(stored.stream) > _LONG_BYTES:
            key = key_of(stored.stream)
            streams[key] = stored.stream
            objects.shared[name] = stored._replace(stream=Apart(key))
    return streams


def calling(page: Stored, name: bytes, gap: str) -> Stored:
    """A page with one more form among its resources, which finish writes into the page itself."""
    call = b" /%b " % name + GAP + b" 0 R"
    gaps = list(page.gaps)
    at = page.template.index(b"/Resources <<") + len(b"/Resources <<")
    if (found := page.template.find(b"/XObject <<", at)) >= 0:
        at = found + len(b"/XObject <<")
    else:
        call = b" /XObject <<" + call + b" >>"
    gaps.insert(page.template[:at].count(GAP), gap)
    return Stored(page.template[:at] + call + page.template[at:], tuple(gaps))
