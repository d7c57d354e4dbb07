"""Tables as office programs write them, made for a test."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

__all__ = ["Rows", "cell", "ods", "ods_rows", "write_csv", "write_ods", "write_xlsx"]

Rows = Sequence[Sequence[Any]]
_NAMES = ("office", "table", "text", "style")
_SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _NAMES)
_SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
_SPACES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def write_xlsx(path: Path, rows: Rows, change: Callable[[Any], object] = lambda sheet: None) -> Path:
    """A workbook with the sheet Members."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Members"
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    book.save(path)
    return path


def write_csv(path: Path, rows: Rows) -> Path:
    """A CSV file as Google Sheets exports it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(["" if each is None else each for each in row] for row in rows)
    return path


# -------------------------------------------------------------------- ODS
def cell(text: str = "", attributes: str = "", inside: str = "") -> str:
    """A cell with its paragraphs; ``inside`` is written as it is."""
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n")) if text else ""
    return f"<table:table-cell {attributes}>{inside}{paragraphs}</table:table-cell>"


def ods_rows(rows: Rows) -> str:
    """The rows of a sheet; a cell is a text, or is written as it is."""
    parts = (
        "".join(each if str(each).startswith("<") else cell("" if each is None else str(each)) for each in row)
        for row in rows
    )
    return "".join(f"<table:table-row>{part}</table:table-row>" for part in parts)


def ods(*sheets: tuple[str, str], styles: str = "") -> str:
    """The content of an ODS file: sheets by their names, and styles."""
    tables = "".join(f'<table:table table:name="{name}" {inside}</table:table>' for name, inside in sheets)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def write_ods(path: Path, content: str) -> Path:
    """An ODS file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
    return path
