"""Read a sheet of an XLSX workbook as a reader sees it: what cells show, and what is hidden or cannot be known."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.cell_range import CellRange

from directory_pub.tables.number_formats import show
from directory_pub.tables.sheet import Sheet, SheetCell
from directory_pub.tables.table import (
    HIDDEN_COLUMN,
    NO_FAULTS,
    NO_RESULT,
    NO_TEXTS,
    Fault,
    NoSuchSheet,
    NotATable,
    Table,
    TableRow,
    Tell,
    check_unpacked,
    merged_with_others,
    shows_error,
)

__all__ = ["read_workbook"]

_UNREADABLE = (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, SyntaxError, TypeError)
"""What the library raises at a file that is no workbook; SyntaxError is the XML reader's ParseError."""


def read_workbook(content: bytes, tell: Tell = lambda count: None, *, name: str = "", as_opened: bool = False) -> Table:
    """The sheet of a ``name``, or the first that is not hidden; ``as_opened`` the one that is seen at opening.

    Raises NotATable and NoSuchSheet.
    """
    check_unpacked(content)
    with warnings.catch_warnings(action="ignore"):  # of what it would lose if it wrote the file
        return _read(content, tell, name, as_opened=as_opened)


def _read(content: bytes, tell: Tell, name: str, *, as_opened: bool) -> Table:
    try:
        book = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        chosen = _choose(book, seen, name, as_opened=as_opened)
        sheet = Sheet(chosen)
        reading = _Reading(sheet)
        for number, (line, cells) in enumerate(sheet.rows(), 1):
            reading.add(line, cells)
            tell(number)
        reading.spoil_merged()
        reading.note_links()
    except _UNREADABLE as problem:
        remedy = "Save it again as CSV (UTF-8) or as an XLSX workbook."
        raise NotATable("syntax", f"is no XLSX workbook: {problem}.", remedy) from None
    return reading.finish(tuple(each.title for each in seen if each is not chosen))


def _choose(book: Any, seen: Sequence[Any], name: str, *, as_opened: bool) -> Any:
    if name:
        named = next((sheet for sheet in book.worksheets if sheet.title == name), None)
        if named is None:
            raise NoSuchSheet(tuple(sheet.title for sheet in book.worksheets))
        return named
    return book.active if as_opened and book.active in seen else seen[0]


class _Reading:
    """What is known of a sheet's rows; of cells that are merged only when all rows are read."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._texts: dict[int, list[str]] = {}
        self._faults: dict[int, dict[int, Fault]] = {}
        self._days: dict[int, dict[int, str]] = {}
        self._links: dict[int, dict[int, str]] = {}

    def add(self, line: int, cells: Iterable[SheetCell]) -> None:
        """Read one row; raises ValueError where it was there before."""
        if line in self._texts:
            raise ValueError(f"row {line} is there twice")
        texts = self._texts[line] = []
        for cell in cells:
            text, fault = self._read_cell(cell)
            texts.extend([""] * (cell.index + 1 - len(texts)))
            texts[cell.index] = text
            if isinstance(cell.value, datetime.datetime) and cell.value.time() == datetime.time():
                self._days.setdefault(line, {})[cell.index] = cell.value.date().isoformat()
            if fault:
                self._faults.setdefault(line, {})[cell.index] = fault

    def _read_cell(self, cell: SheetCell) -> tuple[str, Fault | None]:
        """What a cell shows, and what is wrong with it."""
        if cell.is_formula:
            return "", NO_RESULT
        if cell.is_error:
            return str(cell.value), shows_error(str(cell.value))
        if cell.index in self._sheet.hidden_columns:
            return str(cell.value), HIDDEN_COLUMN
        shown = show(cell.value, cell.number_format)
        if shown is None:
            message = f"has the number format '{cell.number_format}': what it shows cannot be known here."
            remedy = (
                "Give the column a format that says it all, such as YYYY-MM-DD, DD.MM.YYYY or 0.00, or make it text."
            )
            return str(cell.value), Fault("format", message, remedy)
        return shown.strip(), None

    def spoil_merged(self) -> None:
        """Nobody can say whose the value of merged cells is; as far to the right as the list has columns."""
        width = next((len(texts) for _, texts in sorted(self._texts.items()) if any(texts)), 0)
        for name in self._sheet.merged:
            for line, index in self._within(name, width):
                self._faults.setdefault(line, {})[index] = merged_with_others(name)

    def _within(self, area_name: str, width: int) -> Iterator[tuple[int, int]]:
        """The cells of an area, as far as there are rows and columns."""
        area = CellRange(area_name)
        for line in range(area.min_row, min(area.max_row, max(self._texts, default=0)) + 1):
            for index in range(area.min_col - 1, min(area.max_col, width) if line in self._texts else 0):
                yield line, index

    def note_links(self) -> None:
        """Note where the cells that lead out of the workbook lead."""
        width = max(map(len, self._texts.values()), default=0)
        for name, goal in self._sheet.links:
            for line, index in self._within(name, width):
                self._links.setdefault(line, {})[index] = goal

    def finish(self, others: tuple[str, ...]) -> Table:
        """The table; ``others`` are the sheets that are seen beside it."""
        lines = tuple(line for line in sorted(self._sheet.hidden_rows) if any(self._texts[line]))
        hidden = set(lines)
        return Table(
            rows=[self._row(line) for line in sorted(self._texts) if line not in hidden],
            sheet=self._sheet.title,
            others=others,
            hidden=lines,
            is_filtered=self._sheet.is_filtered,
        )

    def _row(self, line: int) -> TableRow:
        texts, faults = self._texts.pop(line), self._faults.get(line, NO_FAULTS)
        texts.extend([""] * (max(faults, default=-1) + 1 - len(texts)))
        while texts and not texts[-1] and len(texts) - 1 not in faults:
            texts.pop()
        days, links = (known.get(line, NO_TEXTS) for known in (self._days, self._links))
        return TableRow(line=line, cells=tuple(texts), faults=faults, days=days, links=links)
