"""Read a sheet of an XLSX workbook as a reader sees it: what cells show, and what is hidden or cannot be known."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from directory_pub.findings import Finding, Place, error
from directory_pub.mail.number_formats import show

__all__ = ["SheetRow", "cell_name", "read_workbook"]

_MOST_NAMED = 8
_UNREADABLE = (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, SyntaxError, TypeError)
"""What the library raises at a file that is no workbook; SyntaxError is the XML reader's ParseError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """What the cells of a row show; ``faults`` are those of which that cannot be said, by their index."""

    line: int
    cells: tuple[str, ...]
    faults: Mapping[int, Finding]


def cell_name(sheet: str, column: int, line: int) -> str:
    """A cell as an office program names it; ``column`` counts from 0."""
    return f"{sheet}!{get_column_letter(column + 1)}{line}"


def read_workbook(content: bytes, file: str) -> tuple[str, list[SheetRow], list[Finding]]:
    """The name of the sheet that is seen when the file is opened, its rows, and what is hidden on it."""
    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        sheet = book.active if book.active in seen else seen[0]
        reading = _Reading(sheet, file, content)
        rows = [reading.read(number, cells) for number, cells in enumerate(sheet.iter_rows(), 1)]
    except _UNREADABLE as problem:
        remedy = "Save it again as CSV (UTF-8) or as an XLSX workbook."
        return "", [], [error("list-unreadable", Place(file=file), f"is no XLSX workbook: {problem}.", remedy)]
    hidden = [row.line for row in rows if reading.is_hidden(row.line) and any(row.cells)]
    return sheet.title, [row for row in rows if row.line not in hidden], reading.tell_hidden(hidden)


@dataclass(slots=False)
class _Reading:
    """One sheet, and what has to be known of it before a cell can be read."""

    sheet: Worksheet
    file: str
    content: bytes
    hidden_columns: set[int] = field(init=False)
    merged: dict[tuple[int, int], str] = field(init=False)

    def __post_init__(self) -> None:
        columns = self.sheet.column_dimensions.values()
        hidden = [each for each in columns if each.hidden or each.width == 0]
        self.hidden_columns = {number for each in hidden for number in range(each.min or 0, (each.max or 0) + 1)}
        ranges = self.sheet.merged_cells.ranges
        self.merged = {place: each.coord for each in ranges for place in each.cells}

    @cached_property
    def formulas(self) -> Worksheet:
        """The sheet with its formulas in the place of their results; read where a cell seems empty."""
        book: Workbook = load_workbook(io.BytesIO(self.content))
        return book[self.sheet.title]

    def read(self, line: int, cells: Iterable[Any]) -> SheetRow:
        texts: list[str] = []
        faults: dict[int, Finding] = {}
        for index, cell in enumerate(cells):
            text, fault = self._read_cell(cell)
            texts.append(text)
            if fault:
                place = Place(file=self.file, line=line, field=cell_name(self.sheet.title, index, line))
                faults[index] = error("list-field", place, *fault)
        while texts and not texts[-1] and len(texts) - 1 not in faults:
            texts.pop()
        return SheetRow(line=line, cells=tuple(texts), faults=faults)

    def _read_cell(self, cell: Any) -> tuple[str, tuple[str, str] | None]:
        """What a cell shows; what is wrong with it, and what to do."""
        if (cell.row, cell.column) in self.merged:
            merged = self.merged[cell.row, cell.column]
            return _text(cell), (f"is merged with others ({merged}).", "Split the cells, and fill in each.")
        if cell.value is None:
            return "", self._missing(cell)
        if cell.data_type == "e":
            return str(cell.value), (f"shows {cell.value}.", "Mend the formula, or write the value in its place.")
        if cell.column in self.hidden_columns:
            return _text(cell), ("stands in a hidden column.", "Show the column, or take it out of the letter.")
        shown = show(cell.value, cell.number_format)
        if shown is None:
            message = f"has the number format '{cell.number_format}': what it shows cannot be known here."
            remedy = (
                "Give the column a format that says it all, such as YYYY-MM-DD, DD.MM.YYYY or 0.00, or make it text."
            )
            return _text(cell), (message, remedy)
        return shown.strip(), None

    def _missing(self, cell: Any) -> tuple[str, str] | None:
        """A formula whose result is not in the file; one whose result is no text has the type of a text."""
        if cell.data_type != "n" or self.formulas.cell(cell.row, cell.column).data_type != "f":
            return None
        return "is a formula without a result.", "Open the workbook in an office program and save it again."

    def tell_hidden(self, lines: Sequence[int]) -> list[Finding]:
        """One finding for all rows that are hidden, by hand or by a filter."""
        if not lines:
            return []
        named = ", ".join(map(str, lines[:_MOST_NAMED])) + (" …" if len(lines) > _MOST_NAMED else "")
        subject = f"row {named} is" if len(lines) == 1 else f"{len(lines)} rows ({named}) are"
        place = Place(file=self.file, line=lines[0], field=cell_name(self.sheet.title, 0, lines[0]))
        message = f"{subject} hidden{' by a filter' if self.sheet.auto_filter.ref else ''}, and may be meant or not."
        remedy = "Show all rows, or copy those that are to get the mail to a workbook of their own."
        return [error("list-hidden", place, message, remedy)]

    def is_hidden(self, line: int) -> bool:
        """Whether a row is hidden, or has no height."""
        told = self.sheet.row_dimensions.get(line)
        return told is not None and bool(told.hidden or told.height == 0)


def _text(cell: Any) -> str:
    return "" if cell.value is None else str(cell.value)
