"""What a text is made of: blocks, and runs in one style, each with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from directory_pub.findings import Place

__all__ = [
    "Block",
    "Heading",
    "IndexMark",
    "IndexOf",
    "ItemList",
    "Note",
    "Paragraph",
    "Quote",
    "Row",
    "Run",
    "Table",
    "TableRow",
    "TermList",
    "blocks_within",
    "notes_within",
    "plain",
    "runs_within",
]


# What an index has: persons, places, subjects, or the entries themselves.
IndexOf = Literal["people", "places", "topics", "organisations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one style; ``"\\n"`` is a line break that the editor asked for.

    A footnote's call is a run without text that carries its note. A run with ``folio_of`` stands for the folio
    of the page which has that key; it has no text before this is known. ``indexed`` is what an index has of the words
    that begin with it. ``later_lines`` are the offsets at which the source goes on on another line, each with that
    line.
    """

    text: str
    line: int
    bold: bool = False
    italic: bool = False
    href: str | None = None
    language: str | None = None
    note: Note | None = None
    indexed: IndexMark | None = None
    folio_of: str | None = None
    later_lines: tuple[tuple[int, int], ...] = ()

    def by_line(self) -> Iterator[tuple[str, int]]:
        """Its text line by line of the source, each part with its line."""
        starts = ((0, self.line), *self.later_lines)
        ends = (*(offset for offset, _ in self.later_lines), len(self.text))
        for (start, line), end in zip(starts, ends, strict=True):
            yield self.text[start:end], line

    def line_at(self, offset: int) -> int:
        """The line that a letter of its text was written on."""
        return max((at, line) for at, line in ((0, self.line), *self.later_lines) if at <= offset)[1]

    def behind(self, offset: int) -> Run:
        """What follows the first letters of its text."""
        later = tuple((at - offset, line) for at, line in self.later_lines if at > offset)
        return replace(self, text=self.text[offset:], line=self.line_at(offset), later_lines=later)

    def with_more(self, others: Iterable[Run]) -> Run:
        """This run and others of its style, which follow it, as one."""
        texts, length = [self.text], len(self.text)
        later, line = list(self.later_lines), self.line_at(len(self.text))
        for more in others:
            later += [(length, more.line)] if more.line != line else []
            later += [(length + offset, at) for offset, at in more.later_lines]
            line = max(line, more.line_at(len(more.text)))
            texts.append(more.text)
            length += len(more.text)
        return replace(self, text="".join(texts), later_lines=tuple(later))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote of a file, at the line of its definition; ``call_line`` is where it is called, as number
    ``index`` (from 0) of those of its ``source``: a file, or a cell of a table."""

    key: str
    runs: tuple[Run, ...]
    line: int
    call_line: int
    source: str = ""
    index: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexMark:
    """What an editor marks words with for an index: the ``head`` that they stand under there.

    ``of`` is the index, where the edition may have several; ``anchor`` is what the words are called in the book.
    """

    head: str
    anchor: str
    place: Place
    of: IndexOf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section head inside an entry; ``level`` is 2 or 3."""

    runs: tuple[Run, ...]
    line: int
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; ``is_see_also`` of the row below a text that names other entries."""

    runs: tuple[Run, ...]
    line: int
    is_see_also: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """A list; each item is one or more paragraphs, or a list within the list.

    ``labels`` are the items' numbers as they were typed (``11.`` or ``3)``); a list of bullets has none.
    """

    items: tuple[tuple[Block, ...], ...]
    line: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A term and what is said of it."""

    term: tuple[Run, ...]
    paragraphs: tuple[Paragraph, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermList:
    """A list of terms, such as years and what happened in them."""

    rows: tuple[Row, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a person said, with the line that credits it where there is one."""

    paragraphs: tuple[Paragraph, ...]
    line: int
    credit: Paragraph | None = None


Alignment = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """The cells of one row; one without runs is empty."""

    cells: tuple[tuple[Run, ...], ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: every row has as many cells as the head.

    ``alignments`` are those that were asked for, by column. One that is ``wide`` may take the side column, too.
    """

    head: TableRow
    rows: tuple[TableRow, ...]
    line: int
    alignments: tuple[Alignment | None, ...]
    caption: Paragraph | None = None
    wide: bool = False

    @property
    def heads_rows(self) -> bool:
        """Whether the first column says what its rows are: its own head is empty, or all its words are bold."""
        firsts = [row.cells[0] for row in self.rows]
        if not all(any(run.text.strip() for run in cell) for cell in firsts):
            return False
        all_bold = all(run.bold for cell in firsts for run in cell if run.text.strip())
        return all_bold or not plain(self.head.cells[0]).strip()


Block = Heading | Paragraph | ItemList | TermList | Quote | Table


def blocks_within(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block and the blocks inside it, in reading order."""
    for block in blocks:
        yield block
        match block:
            case ItemList():
                for item in block.items:
                    yield from blocks_within(item)
            case TermList():
                for row in block.rows:
                    yield from row.paragraphs
            case Quote():
                yield from block.paragraphs
                if block.credit:
                    yield block.credit
            case Table():
                if block.caption:
                    yield block.caption
            case _:
                pass


def runs_within(blocks: Sequence[Block]) -> Iterator[tuple[Run, ...]]:
    """The text of every heading, paragraph, term, credit line, caption and cell, in reading order."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.runs
            case ItemList():
                for item in block.items:
                    yield from runs_within(item)
            case TermList():
                for row in block.rows:
                    yield row.term
                    yield from runs_within(row.paragraphs)
            case Quote():
                yield from runs_within(block.paragraphs)
                if block.credit:
                    yield block.credit.runs
            case Table():
                if block.caption:
                    yield block.caption.runs
                for line in (block.head, *block.rows):
                    yield from (cell for cell in line.cells if cell)


def notes_within(blocks: Sequence[Block]) -> Iterator[Note]:
    """The footnotes of a body in the order of their calls."""
    for runs in runs_within(blocks):
        yield from (run.note for run in runs if run.note)


def plain(runs: tuple[Run, ...]) -> str:
    """The words of runs without their styles; a line break is a space."""
    return "".join(run.text for run in runs).replace("\n", " ")
