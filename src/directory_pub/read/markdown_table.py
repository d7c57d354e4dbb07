"""A table of a body: its caption and what it is to be are lines of text beside it, its rows must be whole.

Markdown drops a cell that is one too many and adds those that are missing; here both are told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol, cast

from markdown_it.tree import SyntaxTreeNode

from directory_pub.edition.text import Alignment, Paragraph, Run, Table, TableRow

__all__ = ["CAPTION", "WIDE", "count_cells", "is_wide_mark", "read_table"]

CAPTION = re.compile(r"Table:\s*")
"""What a paragraph in front of a table begins with, if it is the table's caption."""
WIDE = re.compile(r"\s*\{\s*\.?wide\s*\}\s*")
"""The line behind a table that may take the side column, too."""

_PIPE = re.compile(r"(?<!\\)\|")
_MOST_COLUMNS = 24


class TableKeeper(Protocol):
    """What reading a table asks of the reader of the body."""

    def runs(self, inline: SyntaxTreeNode) -> tuple[Run, ...]:
        """The runs of a cell."""

    def line_of(self, node: SyntaxTreeNode) -> int:
        """The line of a node."""

    def typed(self, node: SyntaxTreeNode) -> str:
        """The line of a node as it was typed."""

    def complain(self, code: str, line: int, message: str, remedy: str) -> None:
        """Complain of what cannot be printed."""


def is_wide_mark(node: SyntaxTreeNode | None) -> bool:
    """Whether a node is a paragraph that says of the table before it that it may be wide."""
    return node is not None and node.type == "paragraph" and bool(WIDE.fullmatch(node.children[0].content))


def count_cells(typed: str) -> int:
    """The cells of a row as it was typed."""
    inner = typed.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return len(_PIPE.split(inner))


def read_table(node: SyntaxTreeNode, keeper: TableKeeper, caption: Paragraph | None, *, wide: bool) -> Iterator[Table]:
    """A table, if it can be printed; ``wide`` where a paragraph behind it says so."""
    typed_rows = [row for part in node.children for row in part.children]
    if len(typed_rows) > 1 and WIDE.fullmatch(keeper.typed(typed_rows[-1])):
        typed_rows, wide = typed_rows[:-1], True
    head, *rows = (TableRow(cells=tuple(_cells(row, keeper)), line=keeper.line_of(row)) for row in typed_rows)
    line = head.line
    if ragged := next(_ragged(typed_rows, keeper), None):
        keeper.complain("markdown-unsupported", *ragged)
    elif not rows:
        remedy = "Write its rows below the line of dashes, or take it out."
        keeper.complain("markdown-unsupported", line, "a table without rows.", remedy)
    elif not any(_has_words(cell) for cell in head.cells):
        remedy = "Say in its first row what its columns are: who cannot see it is told so with each cell."
        keeper.complain("markdown-unsupported", line, "the head of a table has no words.", remedy)
    elif len(head.cells) > _MOST_COLUMNS:
        remedy = f"No page has room for more than {_MOST_COLUMNS}: part it in several, or turn rows to columns."
        keeper.complain("markdown-unsupported", line, f"a table of {len(head.cells)} columns.", remedy)
    else:
        alignments = tuple(_alignment(cell) for cell in typed_rows[0].children)
        yield Table(head=head, rows=tuple(rows), line=line, alignments=alignments, caption=caption, wide=wide)


def _cells(row: SyntaxTreeNode, keeper: TableKeeper) -> Iterator[tuple[Run, ...]]:
    for cell in row.children:
        yield keeper.runs(cell.children[0]) if cell.children and cell.children[0].children else ()


def _has_words(cell: Sequence[Run]) -> bool:
    return any(run.text.strip() for run in cell)


def _ragged(rows: Sequence[SyntaxTreeNode], keeper: TableKeeper) -> Iterator[tuple[int, str, str]]:
    """The line of each row that has not as many cells as the head, what is wrong with it, and what to do."""
    wanted = count_cells(keeper.typed(rows[0]))
    for row in rows[1:]:
        if (count := count_cells(keeper.typed(row))) != wanted:
            cells = "1 cell" if count == 1 else f"{count} cells"
            message = f"a row of a table has {cells}, and its head {wanted}."
            remedy = "Write | before each cell, '| |' for an empty one, '\\|' for the sign; an empty line ends a table."
            yield keeper.line_of(row), message, remedy


def _alignment(cell: SyntaxTreeNode) -> Alignment | None:
    """How a column is to be set, where its dashes have a colon."""
    told = str(cell.attrs.get("style", "")).removeprefix("text-align:")
    return cast("Alignment", told) if told in ("left", "right", "center") else None
