"""Read a CSV or XLSX file as rows of text, each with the line that a person finds it on.

No meaning is given to a cell here; who a row stands for is read in recipients.py.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from directory_pub.findings import Finding, Place, error
from directory_pub.mail.workbook import read_workbook

__all__ = ["Row", "read_rows"]


_NONE: Mapping[int, Finding] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
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
    read = _read_workbook if path.suffix.lower() == ".xlsx" else _read_csv
    rows, findings = read(content, str(path), tell)
    return [row for row in rows if any(row.cells) or row.faults], findings


def _read_csv(content: bytes, file: str, tell: Callable[[int], None]) -> tuple[list[Row], list[Finding]]:
    if content.startswith(b"PK\x03\x04"):
        return [], [error("list-unreadable", Place(file=file), "is a workbook, not CSV.", "Name it something.xlsx.")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        place = Place(file=file, line=content[: problem.start].count(b"\n") + 1)
        return [], [error("file-encoding", place, "is not UTF-8 text.", "Save the list as CSV in UTF-8.")]
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            rows.append(Row(line=line, cells=tuple(cell.strip() for cell in cells)))
            tell(len(rows))
            line = reader.line_num + 1  # a quoted cell may run over several lines
    except csv.Error as problem:
        remedy = "Look for a quotation mark that is opened and not closed, or not doubled inside a cell."
        return [], [error("list-unreadable", Place(file=file, line=line), f"is no CSV: {problem}.", remedy)]
    return rows, []


def _delimiter(text: str) -> str:
    """Comma or semicolon, whichever parts the head into more columns: an office suite writes what its country uses."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;", key=head.count)


def _read_workbook(content: bytes, file: str, tell: Callable[[int], None]) -> tuple[list[Row], list[Finding]]:
    sheet, read, findings = read_workbook(content, file, tell)
    width = next((len(row.cells) for row in read if row.cells), 0)
    rows = [
        # A workbook has no end of row: cells that were never filled in are empty, not missing.
        Row(line=row.line, cells=row.cells + ("",) * (width - len(row.cells)), sheet=sheet, faults=row.faults)
        for row in read
    ]
    return rows, findings
