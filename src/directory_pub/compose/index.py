"""The pages of an index: its rows with the folios that they lead to, in columns.

Which folios stand in a row, and so how many lines it takes, is known when all else is placed: an index stands behind
the last section, so that it moves nothing.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from directory_pub.compose.filling import Block, fill_columns
from directory_pub.design.grid import Grid
from directory_pub.edition.index_heads import IndexHead
from directory_pub.edition.model import Index, Run
from directory_pub.edition.own_words import OwnWords

__all__ = ["IndexPage", "IndexRow", "head_lines", "index_pages"]

_GAP = "\u00a0\u00a0"  # between a head and its folios: a quarter of an em twice, where no line ends
_BELOW_TITLE = 3  # units, at the least
_KEPT_LINES = 8  # of a head with what stands below it
_LEAST_RANGE = 3  # folios that follow one another
Kind = Literal["letter", "head", "below", "again"]
LinesOf = Callable[[Sequence[Run], Kind], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """A row of a column: a letter, a head, what stands below one, or a head again that goes on from another column.

    ``key`` is what references in the index call it, if any leads there.
    """

    kind: Kind
    runs: tuple[Run, ...]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    """One page: its columns from the left, the heads that stand on it (``rows`` of the index, from 0) and those that
    its columns begin with (``starts``). The first page ``opens`` the index, which is called ``key``, below a ``head`` of
    so many lines.
    """

    key: str
    title: str
    opens: bool
    head: int
    columns: tuple[tuple[IndexRow, ...], ...]
    rows: range
    starts: tuple[int, ...]
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a block of a column stands for: a row, and the head (from 0) that it is part of."""

    row: IndexRow
    head: int
    lines: int


def index_pages(
    index: Index,
    heads: Sequence[IndexHead],
    folios: Mapping[str, int],
    grid: Grid,
    words: OwnWords,
    lines_of: LinesOf,
    title_lines: int,
) -> list[IndexPage]:
    """The pages of an index; ``folios`` are those of each anchor in the book.

    ``lines_of`` says how many lines some runs take as a row of a kind, ``title_lines`` how many the title has.
    """
    targets = {_head_of(name) for each in heads for name in (*each.see, *each.see_also)}
    known = {each.head for each in heads}
    pieces = [
        _Piece(row, number, lines_of(row.runs, row.kind))
        for number, head in enumerate(heads)
        for row in _rows(index, heads, number, folios, words, targets & known)
    ]
    blocks = _blocks(pieces)
    head = head_lines(title_lines)
    columns = fill_columns(blocks, grid.list_lines, columns=grid.row_columns, head=head)
    pages = []
    for at in range(0, len(columns), grid.row_columns):
        some = [pieces[column.first : column.last] for column in columns[at : at + grid.row_columns]]
        rows = range(some[0][0].head, some[-1][-1].head + 1)
        starts = tuple(column[0].head for column in some)
        filled = tuple(tuple(_column(column, heads, words)) for column in some)
        first, last = (heads[row].head for row in (rows[0], rows[-1]))
        pages.append(
            IndexPage(
                key=index.key,
                title=index.title,
                opens=not at,
                head=head,
                columns=filled,
                rows=rows,
                starts=starts,
                first=first,
                last=last,
            )
        )
    return pages


def head_lines(title_lines: int) -> int:
    """The lines of a list that a title and the air below it take, so that the first row stands on both grids."""
    return 4 * math.ceil((2 * title_lines + _BELOW_TITLE) / 3)


def _blocks(pieces: Sequence[_Piece]) -> list[Block]:
    """Each row as what is never parted: a letter is kept with its first row, and a head with what stands below it: all
    of it where that is little, else its first row."""
    blocks: list[Block] = []
    at = 0
    while at < len(pieces):
        group = pieces[at : _end_of_group(pieces, at)]
        at += len(group)
        lines = sum(piece.lines for piece in group)
        for number, piece in enumerate(group):
            is_letter, is_last = piece.row.kind == "letter", number == len(group) - 1
            again = int(piece.row.kind == "below")
            opens = is_letter or piece.row.kind == "head" or number == len(group) - 2
            kept = not is_last and (lines <= _KEPT_LINES or opens)
            blocks.append(Block(lines=piece.lines, before=int(is_letter), kept=kept, again=again))
    return blocks


def _end_of_group(pieces: Sequence[_Piece], at: int) -> int:
    """Where the rows end that belong to one head, from the letter above it on."""
    end = at + 1 + (pieces[at].row.kind == "letter")
    while end < len(pieces) and pieces[end].row.kind == "below":
        end += 1
    return end


def _column(column: Sequence[_Piece], heads: Sequence[IndexHead], words: OwnWords) -> Iterator[IndexRow]:
    """The rows of a column; one that begins below a head repeats it."""
    if column[0].row.kind == "below":
        yield IndexRow(kind="again", runs=(_run(f"{heads[column[0].head].head} ({words.continued})"),))
    yield from (piece.row for piece in column)


# -------------------------------------------------------------------- rows
def _rows(
    index: Index,
    heads: Sequence[IndexHead],
    number: int,
    folios: Mapping[str, int],
    words: OwnWords,
    targets: set[str],
) -> Iterator[IndexRow]:
    """A head with the letter above it where that is new, or what stands below a head; references are rows of their own
    below it where a reader is to look there as well.
    """
    head = heads[number]
    if number == 0 or heads[number - 1].letter != head.letter:
        yield IndexRow(kind="letter", runs=(_run(head.letter),))
    runs = [_run(head.below or head.head), *_folio_runs(head, folios)]
    if head.see:
        runs += _reference(index, words.see, head.see, targets, lead=_GAP)
    key = row_key(index, head.head) if not head.below and head.head in targets else ""
    yield IndexRow(kind="below" if head.below else "head", runs=tuple(runs), key=key)
    if head.see_also:
        yield IndexRow(kind="below", runs=tuple(_reference(index, words.see_also, head.see_also, targets)))


def _reference(
    index: Index, word: str, names: Sequence[str], targets: set[str], lead: str = ""
) -> Iterator[Run]:
    yield from (_run(lead),) if lead else ()
    yield Run(text=word, line=0, italic=True)
    for at, name in enumerate(names):
        yield _run("; " if at else " ")
        head = _head_of(name)
        yield Run(text=", ".join(name.split("!")), line=0, href=f"#{row_key(index, head)}" if head in targets else None)


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
