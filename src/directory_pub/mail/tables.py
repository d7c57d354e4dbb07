"""Read a list in CSV or XLSX as rows of text, each with the line that a person finds it on.

No meaning is given to a cell here; who a row stands for is read in recipients.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct, field

from directory_pub.findings import Finding, Place, error
from directory_pub.tables.csv_text import read_csv
from directory_pub.tables.table import Fault, NotATable, Table, cell_name
from directory_pub.tables.workbook import read_workbook

__all__ = ["Row", "read_rows"]


_NONE: Mapping[int, Finding] = {}
_MOST_NAMED = 8
_HIDDEN_REMEDY = "Show the column, or take it out of the letter."


class Row(Struct, frozen=True, kw_only=True):
    """The cells of one row; ``line`` is its first line in a CSV file, its number in a workbook.

    In a workbook it stands on a ``sheet``; ``faults`` are cells of which it cannot be said what they show, by index.
    """

    line: int
    cells: tuple[str, ...]
    sheet: str = ""
    faults: Mapping[int, Finding] = field(default_factory=lambda: _NONE)


def read_rows(path: Path, tell: Callable[[int], None]) -> tuple[list[Row], list[Finding]]:
    """All rows that are not blank, the head first; nothing and a finding for what cannot be read.

    ``tell`` hears how many rows are read.
    """
    place = Place(file=str(path))
    try:
        content = path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or "cannot be read").lower()
        return [], [error("file-missing", place, f"{reason}.", "Name a list, such as people.csv.")]
    is_workbook = path.suffix.lower() == ".xlsx"
    try:
        table = read_workbook(content, tell, as_opened=True) if is_workbook else read_csv(content, tell)
    except NotATable as fault:
        code = "file-encoding" if fault.why == "encoding" else "list-unreadable"
        return [], [error(code, Place(file=str(path), line=fault.line), fault.message, fault.remedy)]
    rows = _rows(table, str(path), is_workbook=is_workbook)
    return [row for row in rows if any(row.cells) or row.faults], _hidden(table, str(path))


def _rows(table: Table, file: str, *, is_workbook: bool) -> list[Row]:
    width = next((len(row.cells) for row in table.rows if row.cells), 0) if is_workbook else 0
    rows = []
    while table.rows:  # a long list is not held twice
        row = table.rows.pop()
        faults = {
            index: _fault(fault, Place(file=file, line=row.line, field=cell_name(table.sheet, index, row.line)))
            for index, fault in row.faults.items()
        }
        # A workbook has no end of row: cells that were never filled in are empty, not missing.
        cells = row.cells + ("",) * (width - len(row.cells))
        rows.append(Row(line=row.line, cells=cells, sheet=table.sheet, faults=faults or _NONE))
    return rows[::-1]


def _fault(fault: Fault, place: Place) -> Finding:
    return error("list-field", place, fault.message, _HIDDEN_REMEDY if fault.kind == "hidden" else fault.remedy)


def _hidden(table: Table, file: str) -> list[Finding]:
    """One finding for all rows that are hidden, by hand or by a filter."""
    if not table.hidden:
        return []
    lines = table.hidden
    named = ", ".join(map(str, lines[:_MOST_NAMED])) + (" …" if len(lines) > _MOST_NAMED else "")
    subject = f"row {named} is" if len(lines) == 1 else f"{len(lines)} rows ({named}) are"
    place = Place(file=file, line=lines[0], field=cell_name(table.sheet, 0, lines[0]))
    message = f"{subject} hidden{' by a filter' if table.is_filtered else ''}, and may be meant or not."
    remedy = "Show all rows, or copy those that are to get the mail to a workbook of their own."
    return [error("list-hidden", place, message, remedy)]
