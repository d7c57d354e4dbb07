"""Number a book's objects in the order that a linearised file wants (ISO 32000-1, Annex F)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from directory_pub.bind.survey import Survey, Surveyed

__all__ = ["BOOKMARKS_IN_A_STREAM", "Numbering", "span"]

_OBJECTS_OF_A_FACE = 5
BOOKMARKS_IN_A_STREAM = 200
_MOST_NUMBERS = 9_999_999  # what a gap has room for
_LINKS_IN_A_STREAM = 64


class Numbering:
    """Every object's number: ``of`` what has a name; pages, links and trees have theirs with their piece.

    ``together`` are the names of what several pages share, ``chunks`` the pages whose links are packed together
    with the numbers of these (``chunk_of`` says which by page index); pages ``with_own_links`` have theirs with them.
    """

    def __init__(self, survey: Survey) -> None:
        self.of: dict[str, int] = {}
        self.with_own_links: set[int] = set()
        self.chunks: list[tuple[Sequence[tuple[int, int]], range]] = []
        self.chunk_of: dict[int, int] = {}
        self._survey = survey
        self._number()

    def _number(self) -> None:
        """Numbers for everything as Annex F wants them: page by page, what is shared, the rest, what is packed;
        then the first page with what it needs, and the bookmarks."""
        first_needs = self._survey.pieces[0].needs[0]
        chunks = self._chunk_links()
        at = self._number_pages(1)
        self.together = [name for name, count in self._survey.users.items() if count > 1 and name not in first_needs]
        streams = [f"links {chunk}" for chunk in range(len(chunks))]
        trees = [f"tree {piece}" for piece in range(len(self._survey.pieces))]
        for name in (*self.together, *streams, *self._survey.of_the_book(), *self._survey.singles(), *trees):
            at = self._give(name, at)
        self.main_table, at = at, at + 1
        at = self._number_packed(at, chunks)
        self.first_number, at = at, self._give("catalog", at + 3)
        self._survey.pieces[0].page_numbers[0], at = at, at + 2 + self._survey.pieces[0].folios[0]
        for name in first_needs:
            at = self._give(name, at)
        at = _number_links(self._survey.pieces[0], 0, at)
        self.outline_streams = range(at, at - (-self._outline_count() // BOOKMARKS_IN_A_STREAM))
        self.outlines_from = self.outline_streams.stop
        for piece in self._survey.pieces:
            piece.settle()
        number, spine = self._survey.spine
        self.of |= {f"spine {level}": self._survey.pieces[number].numbers[at] for level, at in enumerate(spine, 1)}
        if self.outlines_from + self._outline_count() > _MOST_NUMBERS:
            raise OverflowError(f"the book would have {at:,} objects; there is room for {_MOST_NUMBERS:,}")

    def _number_pages(self, at: int) -> int:
        for piece in self._survey.pieces:
            for index, has_folio in enumerate(piece.folios):
                piece.page_numbers.append(at)
                if piece.first_page + index:
                    at += 2 + has_folio
                    if (piece.first_page + index) in self.with_own_links:
                        at = _number_links(piece, index, at)
                    for name in self._survey.alone(piece, index):
                        at = self._give(name, at)
        return at

    def _chunk_links(self) -> list[list[tuple[int, int]]]:
        """The pages whose links are packed together, as piece and page of it.

        A stream serves two pages at least: of what one page and the structure tree need, older
        readers of hint tables think otherwise than newer ones (docs/decisions/0005).
        """
        linked = [(n, i) for n, piece in enumerate(self._survey.pieces) for i, count in enumerate(piece.links) if count]
        pages = [self._survey.pieces[number].first_page + index for number, index in linked]
        if pages[:1] == [0]:
            linked.pop(0)  # the first page's stand with it
        if len(linked) == 1:
            self.with_own_links = {pages[-1]}
            return []
        chunks: list[list[tuple[int, int]]] = []
        count = _LINKS_IN_A_STREAM
        for number, index in linked:
            if count >= _LINKS_IN_A_STREAM and (not chunks or len(chunks[-1]) > 1):
                chunks.append([])
                count = 0
            chunks[-1].append((number, index))
            count += self._survey.pieces[number].links[index]
        if len(chunks) > 1 and len(chunks[-1]) == 1:
            last = chunks.pop()
            chunks[-1] += last
        return chunks

    def _number_packed(self, at: int, chunks: Sequence[Sequence[tuple[int, int]]]) -> int:
        """Links, then the trees; they have the highest numbers of their part."""
        for chunk in chunks:
            start = at
            for number, index in chunk:
                piece = self._survey.pieces[number]
                at = _number_links(piece, index, at)
                self.chunk_of[piece.first_page + index] = len(self.chunks)
            self.chunks.append((chunk, range(start, at)))
        for piece in self._survey.pieces:
            piece.tree_from, at = at, at + piece.tree
        return at

    def _give(self, name: str, at: int) -> int:
        self.of[name] = at
        return at + span(name)

    def _outline_count(self) -> int:
        return len(self._survey.bookmarks) + 1 if self._survey.bookmarks else 0

    def page_number(self, page_index: int) -> int:
        """The number of a page's object."""
        at = bisect_right(self._survey.starts, page_index) - 1
        return self._survey.pieces[at].page_numbers[page_index - self._survey.starts[at]]


def _number_links(piece: Surveyed, index: int, at: int) -> int:
    """Give the links of a page their numbers from ``at`` on; those of the piece's other pages stand beside them."""
    before, count = sum(piece.links[:index]), piece.links[index]
    piece.link_numbers = piece.link_numbers or [0] * sum(piece.links)
    piece.link_numbers[before : before + count] = range(at, at + count)
    return at + count


def span(name: str) -> int:
    """How many numbers something has."""
    return _OBJECTS_OF_A_FACE if name.startswith("font ") else 1
