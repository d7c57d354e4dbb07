"""Read a CSV or XLSX file as rows of text, each with the line that a person finds it on.

No meaning is given to a cell here; who a row stands for is read in recipients.py.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from directory_pub.findings import Finding, Place, error

__all__ = ["Row", "read_rows"]

_SAVE_AS = "Save it again as CSV (UTF-8) or as an XLSX workbook."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of one row; ``line`` is its first line in a CSV file, its number in a workbook."""

    line: int
    cells: tuple[str, ...]


def read_rows(path: Path) -> tuple[list[Row], list[Finding]]:
    """All rows that are not blank, the head first; nothing and a finding for what cannot be read."""
    place = Place(file=str(path))
    try:
        content = path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or "cannot be read").lower()
        return [], [error("file-missing", place, f"{reason}.", "Name a list, such as people.csv.")]
    read = _read_workbook if path.suffix.lower() == ".xlsx" else _read_csv
    rows, findings = read(content, str(path))
    return [row for row in rows if any(row.cells)], findings


def _read_csv(content: bytes, file: str) -> tuple[list[Row], list[Finding]]:
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
            line = reader.line_num + 1  # a quoted cell may run over several lines
    except csv.Error as problem:
        remedy = "Look for a quotation mark that is opened and not closed, or not doubled inside a cell."
        return [], [error("list-unreadable", Place(file=file, line=line), f"is no CSV: {problem}.", remedy)]
    return rows, []


def _delimiter(text: str) -> str:
    """Comma or semicolon, whichever parts the head into more columns: an office suite writes what its country uses."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;", key=head.count)


def _read_workbook(content: bytes, file: str) -> tuple[list[Row], list[Finding]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [
            Row(line=number, cells=_trim([_as_text(value) for value in values]))
            for number, values in enumerate(sheet.iter_rows(values_only=True), 1)
        ]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, SyntaxError) as problem:
        # SyntaxError is what the XML reader's ParseError is.
        return [], [error("list-unreadable", Place(file=file), f"is no XLSX workbook: {problem}.", _SAVE_AS)]
    width = len(rows[0].cells) if rows else 0
    # A workbook has no end of row: cells that were never filled in are empty, not missing.
    return [Row(line=row.line, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows], []


def _trim(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _as_text(value: Any) -> str:
    """A cell as it reads on screen: 3.0 is 3, a date without a time has none."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()
