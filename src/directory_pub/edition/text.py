"""What a text is made of: blocks, each with its line, and the runs (``runs.py``) and pictures in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from directory_pub.edition.pictures import Photo
from directory_pub.edition.runs import IndexMark, IndexOf, Note, Run, plain

__all__ = [
    "Block",
    "Heading",
    "IndexMark",
    "IndexOf",
    "ItemList",
    "Note",
    "Paragraph",
    "Pictures",
    "Quote",
    "Row",
    "Run",
    "Table",
    "TableRow",
    "TermList",
    "blocks_within",
    "notes_within",
    "photos_within",
    "plain",
    "runs_within",
]


class Heading(Struct, frozen=True, kw_only=True):
    """A section head inside an entry; ``level`` is 2 or 3."""

    runs: tuple[Run, ...]
    line: int
    level: int = 2


class Paragraph(Struct, frozen=True, kw_only=True):
    """A paragraph; ``is_see_also`` of the row below a text that names other entries."""

    runs: tuple[Run, ...]
    line: int
    is_see_also: bool = False


class ItemList(Struct, frozen=True, kw_only=True):
    """A list; each item is one or more paragraphs, or a list within the list.

    ``labels`` are the items' numbers as they were typed (``11.`` or ``3)``); a list of bullets has none.
    """

    items: tuple[tuple[Block, ...], ...]
    line: int
    labels: tuple[str, ...] = ()


class Row(Struct, frozen=True, kw_only=True):
    """A term and what is said of it."""

    term: tuple[Run, ...]
    paragraphs: tuple[Paragraph, ...]
    line: int


class TermList(Struct, frozen=True, kw_only=True):
    """A list of terms, such as years and what happened in them."""

    rows: tuple[Row, ...]
    line: int


class Quote(Struct, frozen=True, kw_only=True):
    """What a person said, with the line that credits it where there is one."""

    paragraphs: tuple[Paragraph, ...]
    line: int
    credit: Paragraph | None = None


class Pictures(Struct, frozen=True, kw_only=True):
    """Pictures that stand together in the text: one, a strip of up to four, or a grid of more."""

    photos: tuple[Photo, ...]
    line: int


Alignment = Literal["left", "right", "center"]


class TableRow(Struct, frozen=True, kw_only=True):
    """The cells of one row; one without runs is empty."""

    cells: tuple[tuple[Run, ...], ...]
    line: int


class Table(Struct, frozen=True, kw_only=True):
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


Block = Heading | Paragraph | ItemList | TermList | Quote | Pictures | Table


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
            case Pictures():
                yield from (photo.caption for photo in block.photos if photo.caption)
            case Table():
                if block.caption:
                    yield block.caption.runs
                for line in (block.head, *block.rows):
                    yield from (cell for cell in line.cells if cell)


def notes_within(blocks: Sequence[Block]) -> Iterator[Note]:
    """The footnotes of a body in the order of their calls."""
    for runs in runs_within(blocks):
        yield from (run.note for run in runs if run.note)


def photos_within(blocks: Sequence[Block]) -> Iterator[Photo]:
    """The pictures of a body in reading order."""
    for block in blocks:
        if isinstance(block, Pictures):
            yield from block.photos
