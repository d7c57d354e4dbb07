"""Read a CSV file: rows of text, each with the lines that a person finds its cells on."""

from __future__ import annotations

import csv
import io
from itertools import accumulate

from directory_pub.tables.table import NotATable, Table, TableRow, Tell

__all__ = ["read_csv"]

_PACKED = b"PK\x03\x04"


def read_csv(content: bytes, tell: Tell = lambda count: None) -> Table:
    """All rows of a text in UTF-8 with commas or semicolons; raises NotATable."""
    if content.startswith(_PACKED):
        raise NotATable("kind", "is a workbook, not CSV.", "Name it something.xlsx.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise NotATable("encoding", "is not UTF-8 text.", "Save it as CSV in UTF-8.", line) from None
    rows: list[TableRow] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            rows.append(_row(line, cells, reader.line_num))
            tell(len(rows))
            line = reader.line_num + 1  # a quoted cell may run over several lines
    except csv.Error as problem:
        remedy = "Look for a quotation mark that is opened and not closed, or not doubled inside a cell."
        raise NotATable("syntax", f"is no CSV: {problem}.", remedy, line) from None
    return Table(rows=rows)


def _row(line: int, cells: list[str], last_line: int) -> TableRow:
    stripped = tuple(cell.strip() for cell in cells)
    if last_line == line:
        return TableRow(line=line, cells=stripped)
    starts = accumulate((_line_ends(cell) for cell in cells[:-1]), initial=line)
    begin = (_line_ends(cell[: len(cell) - len(cell.lstrip())]) for cell in cells)
    return TableRow(line=line, cells=stripped, lines=tuple(map(sum, zip(starts, begin, strict=True))))


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _delimiter(text: str) -> str:
    """Comma or semicolon, whichever parts the head into more columns: an office suite writes what its country uses."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;", key=head.count)
