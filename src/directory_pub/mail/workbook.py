"""Read a sheet of an XLSX workbook as a reader sees it: what cells show, and what is hidden or cannot be known."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.cell_range import CellRange

from directory_pub.findings import Finding, Place, error
from directory_pub.mail.number_formats import show
from directory_pub.mail.sheet import Sheet, SheetCell

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


def read_workbook(content: bytes, file: str, tell: Callable[[int], None]) -> tuple[str, list[SheetRow], list[Finding]]:
    """The name of the sheet that is seen when the file is opened, its rows, and what is hidden on it.

    ``tell`` hears how many rows are read.
    """
    try:
        book = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        sheet = Sheet(book.active if book.active in seen else seen[0])
        reading = _Reading(sheet, file)
        for number, (line, cells) in enumerate(sheet.rows(), 1):
            reading.add(line, cells)
            tell(number)
        reading.spoil_merged()
    except _UNREADABLE as problem:
        remedy = "Save it again as CSV (UTF-8) or as an XLSX workbook."
        return "", [], [error("list-unreadable", Place(file=file), f"is no XLSX workbook: {problem}.", remedy)]
    return sheet.title, *reading.finish()


class _Reading:
    """What is known of a sheet's rows; of cells that are merged only when all rows are read."""

    def __init__(self, sheet: Sheet, file: str) -> None:
        self._sheet = sheet
        self._file = file
        self._texts: dict[int, list[str]] = {}
        self._faults: dict[int, dict[int, Finding]] = {}

    def add(self, line: int, cells: Iterable[SheetCell]) -> None:
        """Read one row; raises ValueError where it was there before."""
        if line in self._texts:
            raise ValueError(f"row {line} is there twice")
        texts = self._texts[line] = []
        for cell in cells:
            text, fault = self._read_cell(cell)
            texts.extend([""] * (cell.index + 1 - len(texts)))
            texts[cell.index] = text
            if fault:
                self._spoil(line, cell.index, *fault)

    def _spoil(self, line: int, index: int, message: str, remedy: str) -> None:
        place = Place(file=self._file, line=line, field=cell_name(self._sheet.title, index, line))
        self._faults.setdefault(line, {})[index] = error("list-field", place, message, remedy)

    def _read_cell(self, cell: SheetCell) -> tuple[str, tuple[str, str] | None]:
        """What a cell shows; what is wrong with it, and what to do."""
        if cell.is_formula:
            return "", (
                "is a formula without a result.",
                "Open the workbook in an office program and save it again.",
            )
        if cell.is_error:
            return str(cell.value), (f"shows {cell.value}.", "Mend the formula, or write the value in its place.")
        if cell.index in self._sheet.hidden_columns:
            return str(cell.value), ("stands in a hidden column.", "Show the column, or take it out of the letter.")
        shown = show(cell.value, cell.number_format)
        if shown is None:
            message = f"has the number format '{cell.number_format}': what it shows cannot be known here."
            remedy = (
                "Give the column a format that says it all, such as YYYY-MM-DD, DD.MM.YYYY or 0.00, or make it text."
            )
            return str(cell.value), (message, remedy)
        return shown.strip(), None

    def spoil_merged(self) -> None:
        """Nobody can say whose the value of merged cells is; as far to the right as the list has columns."""
        width = next((len(texts) for _, texts in sorted(self._texts.items()) if any(texts)), 0)
        for name in self._sheet.merged:
            area = CellRange(name)
            for line in range(area.min_row, min(area.max_row, max(self._texts, default=0)) + 1):
                for index in range(area.min_col - 1, min(area.max_col, width) if line in self._texts else 0):
                    self._spoil(line, index, f"is merged with others ({name}).", "Split the cells, and fill in each.")

    def finish(self) -> tuple[list[SheetRow], list[Finding]]:
        """The rows from the top, and one finding for all that are hidden, by hand or by a filter."""
        lines = [line for line in sorted(self._sheet.hidden_rows) if any(self._texts[line])]
        hidden = set(lines)
        rows = [self._row(line) for line in sorted(self._texts) if line not in hidden]
        if not lines:
            return rows, []
        named = ", ".join(map(str, lines[:_MOST_NAMED])) + (" …" if len(lines) > _MOST_NAMED else "")
        subject = f"row {named} is" if len(lines) == 1 else f"{len(lines)} rows ({named}) are"
        place = Place(file=self._file, line=lines[0], field=cell_name(self._sheet.title, 0, lines[0]))
        message = f"{subject} hidden{' by a filter' if self._sheet.is_filtered else ''}, and may be meant or not."
        remedy = "Show all rows, or copy those that are to get the mail to a workbook of their own."
        return rows, [error("list-hidden", place, message, remedy)]

    def _row(self, line: int) -> SheetRow:
        texts, faults = self._texts.pop(line), self._faults.get(line, _NONE)
        texts.extend([""] * (max(faults, default=-1) + 1 - len(texts)))
        while texts and not texts[-1] and len(texts) - 1 not in faults:
            texts.pop()
        return SheetRow(line=line, cells=tuple(texts), faults=faults)


_NONE: Mapping[int, Finding] = {}
