"""Count pages of rows in columns: an index, or the contents where they are set so."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby

from msgspec import Struct

from directory_pub.census.columns import check_emphasis, check_frame
from directory_pub.census.compare import compare_copy
from directory_pub.census.expected import contents_copy, legend_copy, letters
from directory_pub.census.frames import FramedPage, reading_order
from directory_pub.census.index_pages import check_index_head, index_copy, index_of
from directory_pub.census.located import Located
from directory_pub.census.page_reader import PageText, Word
from directory_pub.design.grid import Frame, Grid
from directory_pub.edition.contents import contents_items
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition
from directory_pub.findings import Finding, error

__all__ = ["RowsCount", "count_rows"]

_SLACK_MM = 1.0
_EDGE_MM = 0.6
_TITLE_PT = 14.0  # a title may go over several columns


class RowsCount(Struct, frozen=True):
    """What a count of pages of rows needs; ``folios`` are those that rows must give, by key or anchor."""

    edition: Edition
    grid: Grid
    folios: Mapping[str, str]
    families: Collection[str]


def count_rows(
    count: RowsCount, piece: Piece, pages: Mapping[int, PageText], see: Callable[[Located], Iterable[Finding]]
) -> Iterator[Iterable[Finding]]:
    """What is asked of pages of rows: whether they fit their columns, whether all is there, then how it looks."""
    index, edition = index_of(count.edition, piece), count.edition
    frames = {at: count.grid.list_frames(count.grid.row_columns, recto=at % 2 == 0) for at in piece.pages}
    framed = [_framed(at, pages[at], frames[at]) for at in piece.pages]
    initials = {letters(each.letter) for each in contents_items(edition)} if index is None else set()
    hung = [_take_hung(page, frames[page.index], count.grid, initials) for page in framed]
    place = index.place if index else edition.place_of("sections")
    if index:
        copy = index_copy(edition, index, piece, count.folios)
    else:
        copy = [*contents_copy(edition, count.folios, piece.rows), *legend_copy(edition, piece.rows)]
    words = [word for page in framed for word in page.main]
    located = Located(place)
    located.add(framed, "main", copy)
    yield [finding for page in framed for finding in _check_frames(page, frames[page.index], located)]
    yield compare_copy(copy, words, piece.folios, place)
    yield chain(
        check_emphasis(copy, words, count.families),
        check_index_head(edition, index, piece, framed) if index else _check_contents(count, piece, framed, hung),
        see(located),
    )


# -------------------------------------------------------------------- words into columns
def _framed(at: int, page: PageText, frames: Sequence[Frame]) -> FramedPage:
    """A page's words: those of its head, and what stands above the columns, then column by column."""
    top_mm = frames[0].top_mm
    columns: list[list[Word]] = [[] for _ in frames]
    for word in page.words:
        if word.baseline_mm > top_mm:
            started = [number for number, frame in enumerate(frames) if word.left_mm > frame.left_mm - _SLACK_MM]
            columns[started[-1] if started and word.size_pt < _TITLE_PT else 0].append(word)
    head = reading_order(word for word in page.words if word.baseline_mm <= top_mm)
    return FramedPage(at, head=head, main=[word for column in columns for word in reading_order(column)])


def _check_frames(page: FramedPage, frames: Sequence[Frame], located: Located) -> Iterator[Finding]:
    """Rows that leave their column."""
    for number, frame in enumerate(frames):
        right_mm = frames[number + 1].left_mm - _SLACK_MM if number + 1 < len(frames) else math.inf
        left_mm = frame.left_mm - _SLACK_MM if number else -math.inf
        own = [word for word in page.main if left_mm < word.left_mm <= right_mm and word.size_pt < _TITLE_PT]
        yield from check_frame(own, frame, "its column", page.index, located)


def _take_hung(page: FramedPage, frames: Sequence[Frame], grid: Grid, initials: Collection[str]) -> list[str]:
    """Take the letters that hang beside rows out of a page's words: what stands at a column's edge, alone."""
    hang_mm, kept, hung = grid.mm("contents-hang"), list[Word](), list[str]()
    for word, behind in zip(page.main, (*page.main[1:], None), strict=True):
        edges = [frame.left_mm for frame in frames if abs(word.left_mm - frame.left_mm) < _EDGE_MM]
        is_hung = (
            bool(edges)
            and behind is not None
            and letters(word.text) in initials
            and abs(behind.left_mm - edges[0] - hang_mm) < _EDGE_MM
            and abs(behind.baseline_mm - word.baseline_mm) < _EDGE_MM
        )
        if is_hung:
            hung.append(letters(word.text))
        else:
            kept.append(word)
    page.main = kept
    return hung


# -------------------------------------------------------------------- the contents
def _check_contents(
    count: RowsCount, piece: Piece, framed: Sequence[FramedPage], hung: Sequence[Sequence[str]]
) -> Iterator[Finding]:
    """The letters beside the rows, each once or again at a column's head, and the title above later pages."""
    edition, rows = count.edition, piece.rows or range(0)
    place = edition.place_of("contents")
    items = list(contents_items(edition))[rows.start : rows.stop]
    wanted = [letters(letter) for letter, _ in groupby(each.letter for each in items if each.letter)]
    found = [letter for letter, _ in groupby(letter for page in hung for letter in page)]
    if found != wanted:
        message = f"the letters beside the contents on {piece.folios} are {' '.join(found)}, not {' '.join(wanted)}."
        yield error("words-lost", place, message, "The layout of the contents hangs a letter beside its first entry.")
    title = edition.contents_title.split() if rows.start else []
    for page in framed:
        if (read := [word.text for word in page.head]) != title:
            message = f"the head of page {page.index + 1} reads “{' '.join(read)}”."
            remedy = f"It should read “{' '.join(title)}”: look at page-boxes.css."
            yield error("folio-wrong", place, message, remedy, page.index + 1)
