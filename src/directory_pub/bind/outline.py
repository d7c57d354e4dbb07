"""The bookmarks of a book: those of each piece below the one that it belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from directory_pub.bind.linear_book import PackedStream
from directory_pub.bind.numbering import BOOKMARKS_IN_A_STREAM, Numbering
from directory_pub.bind.piece_objects import Bookmark
from directory_pub.bind.survey import Leaf
from directory_pub.pdf_writing.object_streams import as_text, pack_objects

__all__ = ["Outline"]


class Outline:
    """The outline of a book whose objects have their numbers."""

    def __init__(self, bookmarks: Sequence[tuple[Bookmark, Leaf]], numbers: Numbering) -> None:
        self._bookmarks = bookmarks
        self._numbers = numbers

    def streams(self) -> Iterator[PackedStream]:
        """The outline, in streams of its own: the root, and each bookmark in the order of the book."""
        bodies = list(self._bodies()) if self._bookmarks else []
        for at, number in zip(range(0, len(bodies), BOOKMARKS_IN_A_STREAM), self._numbers.outline_streams, strict=True):
            some = bodies[at : at + BOOKMARKS_IN_A_STREAM]
            start = self._numbers.outlines_from + at
            yield pack_objects(number, range(start, start + len(some)), some)

    def _bodies(self) -> Iterator[bytes]:
        """What is under another piece hangs below the last bookmark of that piece."""
        over: list[int] = []
        last: dict[str, int] = {}
        for at, (_, leaf) in enumerate(self._bookmarks):
            over.append(last.get(leaf.under or "", -1))
            last[leaf.key] = at
        below: dict[int, list[int]] = {-1: []}
        for at, parent in enumerate(over):
            below.setdefault(parent, []).append(at)
        root, top = self._numbers.outlines_from, below[-1]
        family = b"/First %d 0 R /Last %d 0 R" % (root + 1 + top[0], root + 1 + top[-1])
        yield b"<< /Type /Outlines /Count %d %b >>" % (len(over), family)
        for at in range(len(over)):
            yield self._bookmark(at, over[at], below)

    def _bookmark(self, at: int, over: int, below: Mapping[int, Sequence[int]]) -> bytes:
        told, leaf = self._bookmarks[at]
        root, row = self._numbers.outlines_from + 1, below[over]
        page = self._numbers.page_number(leaf.page_index + told.page)
        entries = [b"/Title %b /Parent %d 0 R" % (as_text(told.title), root + over)]
        entries.append(b"/Dest [ %d 0 R %b ]" % (page, told.place))
        where = bisect_left(row, at)
        if where:
            entries.append(b"/Prev %d 0 R" % (root + row[where - 1]))
        if where + 1 < len(row):
            entries.append(b"/Next %d 0 R" % (root + row[where + 1]))
        if kids := below.get(at):
            count = sum(1 for _ in _descendants(at, below))
            entries.append(b"/First %d 0 R /Last %d 0 R /Count %d" % (root + kids[0], root + kids[-1], count))
        return b"<< %b >>" % b" ".join(entries)


def _descendants(at: int, below: Mapping[int, Sequence[int]]) -> Iterator[int]:
    for each in below.get(at, ()):
        yield each
        yield from _descendants(each, below)
