"""The bookmarks of a book: those of an entry hang below that of its section."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from directory_pub.bind.numbering import Numbering
from directory_pub.bind.piece_objects import Bookmark
from directory_pub.bind.survey import Leaf
from directory_pub.pdf_writing.object_streams import as_text
from directory_pub.pdf_writing.plain import BookObject

__all__ = ["bookmark_objects"]


def bookmark_objects(bookmarks: Sequence[tuple[Bookmark, Leaf]], numbers: Numbering) -> Iterator[BookObject]:
    """The outline, then each bookmark in the order of the book; none is packed (docs/decisions/0005).

    A piece that is ``under`` another has its bookmarks below the first one of that piece; one that is under itself has
    its others there.
    """
    if not bookmarks:
        return
    over: list[int] = []
    heads: dict[str, int] = {}
    for at, (_, leaf) in enumerate(bookmarks):
        over.append(heads.get(leaf.under or "", -1))
        heads.setdefault(leaf.key, at)
    below: dict[int, list[int]] = {-1: []}
    for at, parent in enumerate(over):
        below.setdefault(parent, []).append(at)
    root, top = numbers.outlines_from, below[-1]
    family = b"/First %d 0 R /Last %d 0 R" % (root + 1 + top[0], root + 1 + top[-1])
    yield BookObject(root, b"<< /Type /Outlines /Count %d %b >>" % (len(over), family))
    for at, (bookmark, leaf) in enumerate(bookmarks):
        page = numbers.page_number(leaf.page_index + bookmark.page)
        values = (as_text(bookmark.title), page, bookmark.place, _relations(at, over[at], below, root + 1))
        yield BookObject(root + 1 + at, b"<< /Title %b /Dest [ %d 0 R %b ] %b >>" % values)


def _relations(at: int, over: int, below: Mapping[int, Sequence[int]], first: int) -> bytes:
    """A bookmark's parent, neighbours and children; ``first`` is the number of the first bookmark."""
    row = below[over]
    where = bisect_left(row, at)
    entries = [b"/Parent %d 0 R" % (first + over)]
    if where:
        entries.append(b"/Prev %d 0 R" % (first + row[where - 1]))
    if where + 1 < len(row):
        entries.append(b"/Next %d 0 R" % (first + row[where + 1]))
    if kids := below.get(at):
        count = sum(1 for _ in _descendants(at, below))
        entries.append(b"/First %d 0 R /Last %d 0 R /Count %d" % (first + kids[0], first + kids[-1], count))
    return b" ".join(entries)


def _descendants(at: int, below: Mapping[int, Sequence[int]]) -> Iterator[int]:
    for each in below.get(at, ()):
        yield each
        yield from _descendants(each, below)
