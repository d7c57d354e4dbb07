"""The sheet of an XLSX workbook, row by row, with what it says of rows, columns and cells beside their values.

The library's own sheet either has an object for each cell, which a long list has no room for, or tells nothing of
what is hidden or merged. What it is made with tells both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from msgspec import Struct
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

__all__ = ["Sheet", "SheetCell"]

_MOST_COLUMNS = 16_384
_YES = ("1", "true")


class SheetCell(Struct, frozen=True, kw_only=True):
    """A cell that has something in it; ``index`` is its column's, from 0.

    ``is_formula`` where it is a formula whose result is not in the file, ``is_error`` where it shows one.
    """

    index: int
    value: Any
    number_format: str
    is_formula: bool
    is_error: bool


class _Parser(WorkSheetParser):
    def parse_cell(self, element: Any) -> dict[str, Any]:
        """The library's, but for the type of a formula without a result, which it takes for an empty cell.

        A result that is an empty text has the type of a text.
        """
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and cell["data_type"] == "n" and element.find(FORMULA_TAG) is not None:
            cell["data_type"] = "f"
        return cell


class Sheet:
    """One sheet. All but its title is known once its rows are read; columns are by their index, rows by their number.

    ``merged`` are ranges, such as A1:B2, ``links`` where cells of a range lead. ``is_filtered`` where rows may be
    hidden by a filter.
    """

    def __init__(self, sheet: Any) -> None:
        self.title: str = sheet.title
        self.hidden_columns: set[int] = set()
        self.hidden_rows: set[int] = set()
        self.merged: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.is_filtered = False
        self._sheet = sheet
        self._formats: dict[int, str] = {}

    def rows(self) -> Iterator[tuple[int, Iterator[SheetCell]]]:
        """Each row's number and its cells that have something in them; raises what the library raises."""
        book = self._sheet.parent
        with book._archive.open(self._sheet._worksheet_path) as source:
            parser = _Parser(
                source,
                self._sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for line, cells in parser.parse():
                for column in parser.column_dimensions.values():  # they come before the first row
                    self._note_column(column)
                parser.column_dimensions.clear()
                if _is_hidden(parser.row_dimensions.pop(str(line), {}), "ht"):
                    self.hidden_rows.add(line)
                yield line, self._cells(cells)
        self.merged = [each.ref for each in parser.merged_cells.mergeCell] if parser.merged_cells else []
        told = getattr(parser, "auto_filter", None)
        self.is_filtered = bool(told and told.ref)
        self.links = self._read_links(parser, book._archive)

    def _read_links(self, parser: WorkSheetParser, archive: ZipFile) -> list[tuple[str, str]]:
        """The ranges that lead out of the workbook, each with its address."""
        rels = get_rels_path(self._sheet._worksheet_path)  # type: ignore[no-untyped-call]
        links = [link for link in parser.hyperlinks.hyperlink if link.id]
        if not links or rels not in archive.namelist():
            return []
        goals = {each.Id: each.Target for each in get_dependents(archive, rels)}
        return [(link.ref, goals[link.id]) for link in links if goals.get(link.id)]

    def _note_column(self, told: dict[str, str]) -> None:
        if _is_hidden(told, "width"):
            self.hidden_columns.update(range(int(told["min"]) - 1, min(int(told["max"]), _MOST_COLUMNS)))

    def _cells(self, cells: list[dict[str, Any]]) -> Iterator[SheetCell]:
        for cell in cells:
            if cell["value"] is not None or cell["data_type"] == "f":
                yield SheetCell(
                    index=cell["column"] - 1,
                    value=cell["value"],
                    number_format=self._format_of(cell["style_id"]),
                    is_formula=cell["data_type"] == "f",
                    is_error=cell["data_type"] == "e",
                )

    def _format_of(self, style: int) -> str:
        if style not in self._formats:
            self._formats[style] = ReadOnlyCell(self._sheet, 1, 1, None, style_id=style).number_format
        return self._formats[style]


def _is_hidden(told: dict[str, str], measure: str) -> bool:
    """Whether a row or column is hidden, or measures nothing."""
    return told.get("hidden") in _YES or (measure in told and float(told[measure]) == 0)
