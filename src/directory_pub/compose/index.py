"""The pages of an index: its rows with the folios that they lead to, in columns.

Which folios stand in a row, and so how many lines it takes, is known when all else is placed: an index stands behind
the last section, so that it moves nothing.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.compose.filling import Block, Column, full_columns, level_columns
from directory_pub.design.grid import Grid
from directory_pub.edition.index_heads import IndexHead
from directory_pub.edition.model import Index
from directory_pub.edition.own_words import OwnWords
from directory_pub.edition.text import Run

__all__ = ["IndexMeasures", "IndexPage", "IndexRow", "head_lines", "index_pages"]

_GAP = "\u00a0\u00a0"  # between a head and its folios: a quarter of an em twice, where no line ends
_BELOW_TITLE = 3  # units, at the least
_EARLY, _LAST_TWO = 20, 1.3  # a page ends by this part of it early; this many pages are shared out alike
_KEPT_LINES = 8  # of a head with what stands below it
_LEAST_RANGE = 3  # folios that follow one another
Kind = Literal["letter", "head", "below", "again"]
LinesOf = Callable[[Sequence[Run], Kind], int]


class IndexRow(Struct, frozen=True, kw_only=True):
    """A row of a column: a letter, a head, what stands below one, or a head again that goes on from another column.

    A letter may go on as well. ``key`` is what references in the index call it, if any leads there.
    """

    kind: Kind
    runs: tuple[Run, ...]
    key: str = ""
    goes_on: bool = False


class IndexPage(Struct, frozen=True, kw_only=True):
    """One page: its columns from the left, the heads that stand on it (``rows`` of the index, from 0) and those that
    its columns begin with (``starts``); ``guide`` is what a reader finds at its head.

    The first page ``opens`` the index, which is called ``key``, with its title in the first ``head`` lines.
    """

    key: str
    title: str
    opens: bool
    head: int
    columns: tuple[tuple[IndexRow, ...], ...]
    rows: range
    starts: tuple[int, ...]
    guide: str = ""


class _Piece(Struct, frozen=True):
    """What a block of a column stands for: a row, and the head (from 0) that it is part of."""

    row: IndexRow
    head: int
    lines: int


class IndexMeasures(Struct, frozen=True, kw_only=True):
    """What the pages of an index are filled by: ``lines_of`` says how many lines some runs take as a row of a kind,
    ``guide_of`` what the head of a page says that has these heads first and last, ``title_lines`` how many lines
    the title has."""

    grid: Grid
    lines_of: LinesOf
    guide_of: Callable[[str, str], str]
    title_lines: int


def index_pages(
    index: Index, heads: Sequence[IndexHead], folios: Mapping[str, int], words: OwnWords, by: IndexMeasures
) -> list[IndexPage]:
    """The pages of an index; ``folios`` are those of each anchor in the book."""
    pieces = [
        _Piece(row, number, by.lines_of(row.runs, row.kind)) for number, row in _Rows(index, heads, folios, words).all()
    ]
    head = head_lines(by.title_lines)
    pages: list[IndexPage] = []
    for columns in _cut(pieces, by.grid, head):
        some = [pieces[column.first : column.last] for column in columns]
        rows = range(some[0][0].head, some[-1][-1].head + 1)
        pages.append(
            IndexPage(
                key=index.key,
                title=index.title,
                opens=not pages,
                head=head,
                columns=tuple(tuple(_column(column, heads, words)) for column in some),
                rows=rows,
                starts=tuple(column[0].head for column in some),
                guide=by.guide_of(heads[rows[0]].head, heads[rows[-1]].head),
            )
        )
    return pages


def _cut(pieces: Sequence[_Piece], grid: Grid, head: int) -> Iterator[list[Column]]:
    """The columns of each page. A page may end some rows early, behind the one whose words hash lowest: so all pages
    but one or two stay as they are when a name comes in."""
    blocks, start, columns, lines = _blocks(pieces), 0, grid.row_columns, grid.list_lines - head
    while start < len(blocks):
        most = columns * lines
        left = sum(block.lines + block.before for block in blocks[start : start + 2 * most])
        end = start + full_columns(blocks[start : start + most + 1], lines)[:columns][-1].last
        if end < len(blocks) and left < most * _LAST_TWO:
            end = _end_before(blocks, start, left // 2)  # the last two pages are alike
        elif end < len(blocks):
            end = min(range(max(end - most // _EARLY, start + 1), end + 1), key=lambda at: _rank(pieces, blocks, at))
        filled = level_columns(_with_ends(pieces, blocks, start, end), lines, columns)
        if len(filled) > columns:
            filled = level_columns(blocks[start:end], lines, columns)
        yield [replace(each, first=start + each.first, last=start + each.last) for each in filled]
        start, lines = end, grid.list_lines


def _rank(pieces: Sequence[_Piece], blocks: Sequence[Block], at: int) -> tuple[bool, bytes]:
    """How good it is that a page ends before a row: never behind one that is kept with it."""
    words = "".join(run.text for run in pieces[at - 1].row.runs[:1])
    return blocks[at - 1].kept, hashlib.sha256(words.encode()).digest()


def _end_before(blocks: Sequence[Block], start: int, most: int) -> int:
    """Where so many lines end, or as many more as are kept together."""
    taken, end = 0, start
    while end < len(blocks) - 1 and (taken < most or blocks[end - 1].kept):
        taken += blocks[end].lines + blocks[end].before
        end += 1
    return end


def head_lines(title_lines: int) -> int:
    """The lines of a list that a title and the air below it take, so that the first row stands on both grids."""
    return 4 * math.ceil((2 * title_lines + _BELOW_TITLE) / 3)


def _blocks(pieces: Sequence[_Piece]) -> list[Block]:
    """Each row as what is never parted: a letter is kept with its first row, and a head with what stands below it: all
    of it where that is little, else its first row."""
    blocks: list[Block] = []
    at, letter_lines = 0, 0
    while at < len(pieces):
        group = pieces[at : _end_of_group(pieces, at)]
        at += len(group)
        lines = sum(piece.lines for piece in group)
        for number, piece in enumerate(group):
            is_letter, is_last = piece.row.kind == "letter", number == len(group) - 1
            letter_lines = piece.lines if is_letter else letter_lines
            again = 0 if is_letter else letter_lines + (piece.row.kind == "below")
            opens = is_letter or piece.row.kind == "head" or number == len(group) - 2
            kept = not is_last and (lines <= _KEPT_LINES or opens)
            blocks.append(Block(lines=piece.lines, before=int(is_letter), kept=kept, again=again))
    return blocks


def _with_ends(pieces: Sequence[_Piece], blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """The blocks of one page, on which a letter's last row goes on alone in no column."""
    return [
        replace(blocks[at], kept=blocks[at].kept or (at + 1 < end and _is_last(pieces, at + 1)))
        for at in range(start, end)
    ]


def _is_last(pieces: Sequence[_Piece], at: int) -> bool:
    """Whether a row is a head, and the last of its letter."""
    ends = at + 1 == len(pieces) or pieces[at + 1].row.kind == "letter"
    return ends and pieces[at].row.kind == "head"


def _end_of_group(pieces: Sequence[_Piece], at: int) -> int:
    """Where the rows end that belong to one head, from the letter above it on."""
    end = at + 1 + (pieces[at].row.kind == "letter")
    while end < len(pieces) and pieces[end].row.kind == "below":
        end += 1
    return end


def _column(column: Sequence[_Piece], heads: Sequence[IndexHead], words: OwnWords) -> Iterator[IndexRow]:
    """The rows of a column; one that begins below a letter or a head repeats it."""
    head = heads[column[0].head]
    if head.letter and column[0].row.kind != "letter":
        yield IndexRow(kind="letter", runs=(_run(head.letter),), goes_on=True)
    if column[0].row.kind == "below":
        yield IndexRow(kind="again", runs=(_run(f"{head.head} ({words.continued})"),))
    yield from (piece.row for piece in column)


# -------------------------------------------------------------------- rows
class _Rows:
    """The rows of an index, each with the head (from 0) that it is part of."""

    def __init__(self, index: Index, heads: Sequence[IndexHead], folios: Mapping[str, int], words: OwnWords) -> None:
        self._index = index
        self._heads = heads
        self._folios = folios
        self._words = words
        named = {_head_of(name) for each in heads for name in (*each.see, *each.see_also)}
        self._targets = named & {each.head for each in heads}

    def all(self) -> Iterator[tuple[int, IndexRow]]:
        """Every row in its order."""
        letter = ""
        for number, head in enumerate(self._heads):
            if head.letter != letter:
                letter = head.letter
                yield number, IndexRow(kind="letter", runs=(_run(letter),))
            yield from ((number, row) for row in self._of(head))

    def _of(self, head: IndexHead) -> Iterator[IndexRow]:
        """A head, or what stands below one; where a reader is to look as well stands in a row of its own."""
        runs = [_run(head.shown), *_folio_runs(head, self._folios)]
        if head.see:
            runs += [_run(_GAP), *self._reference(self._words.see, head.see)]
        is_target = not head.below and head.head in self._targets
        key = row_key(self._index, head.head) if is_target else ""
        yield IndexRow(kind="below" if head.below else "head", runs=tuple(runs), key=key)
        if head.see_also:
            yield IndexRow(kind="below", runs=tuple(self._reference(self._words.see_also, head.see_also)))

    def _reference(self, word: str, names: Sequence[str]) -> Iterator[Run]:
        """What a reader is sent to, each as a link to its row."""
        yield Run(text=word, line=0, italic=True)
        for at, name in enumerate(names):
            yield _run("; " if at else " ")
            head = _head_of(name)
            href = f"#{row_key(self._index, head)}" if head in self._targets else None
            yield Run(text=", ".join(name.split("!")), line=0, href=href)


def _head_of(name: str) -> str:
    """The head of what a reference names, which may stand below one."""
    return name.partition("!")[0]


def row_key(index: Index, head: str) -> str:
    """What a row is called in the book: it stays the same whatever rows come before it."""
    return f"{index.key}.{hashlib.sha256(head.encode()).hexdigest()[:10]}"


def _folio_runs(head: IndexHead, folios: Mapping[str, int]) -> Iterator[Run]:
    """The folios of a row, each once, those that follow one another as a range; bold where the head is at home."""
    found: dict[int, tuple[bool, str]] = {}
    for each in head.places:
        if (folio := folios.get(each.anchor)) is not None:
            is_main, anchor = found.get(folio, (False, each.anchor))
            found[folio] = (is_main or each.is_main, each.anchor if each.is_main and not is_main else anchor)
    is_told = len({is_main for is_main, _ in found.values()}) > 1  # where all are bold none is
    ordered = sorted(found)
    for at, (_, some) in enumerate(
        groupby(enumerate(ordered), key=lambda each: (each[1] - each[0], is_told and found[each[1]][0]))
    ):
        run = [folio for _, folio in some]
        parts = [[run[0], run[-1]]] if len(run) >= _LEAST_RANGE else [[folio] for folio in run]
        for number, part in enumerate(parts):
            yield _run(", " if at or number else _GAP)
            bold, anchor = found[part[0]]
            yield Run(text="–".join(map(str, part)), line=0, href=f"#{anchor}", bold=is_told and bold)


def _run(text: str) -> Run:
    return Run(text=text, line=0)
