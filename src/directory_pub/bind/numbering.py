"""Number a book's objects: pages, what they share, what the book has once, bookmarks, then packed objects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from directory_pub.bind.survey import Survey, Surveyed

__all__ = ["Numbering"]

_OBJECTS_OF_A_FACE = 5
_MOST_NUMBERS = 9_999_999  # what a gap has room for
_LINKS_IN_A_STREAM = 64


class Numbering:
    """Every object's number, from 1 to ``size`` - 1 without a gap.

    ``of`` has the numbers of named objects; those of pages, links and trees are with their piece.
    ``together`` are the names of what several pages share. ``chunks`` are the pages (index of the
    piece, page in it) whose links are packed together, with the numbers of these links. The outline
    is ``outlines_from``, and its bookmarks follow it.
    """

    def __init__(self, survey: Survey) -> None:
        self.of: dict[str, int] = {}
        self.chunks: list[tuple[Sequence[tuple[int, int]], range]] = []
        self._survey = survey
        self._number()

    def _number(self) -> None:
        chunks = self._chunk_links()
        at = self._number_pages(1)
        self.together = [name for name, count in self._survey.users.items() if count > 1]
        streams = [f"links {chunk}" for chunk in range(len(chunks))]
        trees = [f"tree {piece}" for piece in range(len(self._survey.pieces))]
        once = ("catalog", *self._survey.of_the_book(), *self._survey.singles(), "table")
        for name in (*self.together, *once, *streams, *trees):
            at = self._give(name, at)
        self.outlines_from, at = at, at + self._outline_count()
        self.size = self._number_packed(at, chunks)
        for piece in self._survey.pieces:
            piece.settle()
        number, spine = self._survey.spine
        self.of |= {f"spine {level}": self._survey.pieces[number].numbers[at] for level, at in enumerate(spine, 1)}
        if self.size > _MOST_NUMBERS:
            raise OverflowError(f"the book would have {self.size:,} objects; there is room for {_MOST_NUMBERS:,}")

    def _number_pages(self, at: int) -> int:
        for piece in self._survey.pieces:
            for index, has_folio in enumerate(piece.folios):
                piece.page_numbers.append(at)
                at += 2 + has_folio
                for name in self._survey.alone(piece, index):
                    at = self._give(name, at)
        return at

    def _chunk_links(self) -> list[list[tuple[int, int]]]:
        """The pages (index of the piece, page in it) whose links are packed together."""
        chunks: list[list[tuple[int, int]]] = []
        count = _LINKS_IN_A_STREAM
        for number, piece in enumerate(self._survey.pieces):
            for index, links in enumerate(piece.links):
                if links and count >= _LINKS_IN_A_STREAM:
                    chunks.append([])
                    count = 0
                if links:
                    chunks[-1].append((number, index))
                    count += links
        return chunks

    def _number_packed(self, at: int, chunks: Sequence[Sequence[tuple[int, int]]]) -> int:
        """Number the links, then the trees; return the next number."""
        for chunk in chunks:
            start = at
            for number, index in chunk:
                at = _number_links(self._survey.pieces[number], index, at)
            self.chunks.append((chunk, range(start, at)))
        for piece in self._survey.pieces:
            piece.tree_from, at = at, at + piece.tree
        return at

    def _give(self, name: str, at: int) -> int:
        self.of[name] = at
        return at + (_OBJECTS_OF_A_FACE if name.startswith("font ") else 1)

    def _outline_count(self) -> int:
        return len(self._survey.bookmarks) + 1 if self._survey.bookmarks else 0

    def page_number(self, page_index: int) -> int:
        """The number of a page's object."""
        at = bisect_right(self._survey.starts, page_index) - 1
        return self._survey.pieces[at].page_numbers[page_index - self._survey.starts[at]]


def _number_links(piece: Surveyed, index: int, at: int) -> int:
    """Number the links of a page from ``at`` on; return the next number."""
    before, count = sum(piece.links[:index]), piece.links[index]
    piece.link_numbers = piece.link_numbers or [0] * sum(piece.links)
    piece.link_numbers[before : before + count] = range(at, at + count)
    return at + count
