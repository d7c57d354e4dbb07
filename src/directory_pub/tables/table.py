"""A table that was read: its rows, what their cells show, and what is hidden."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct, field

__all__ = [
    "HIDDEN_COLUMN",
    "NO_FAULTS",
    "NO_RESULT",
    "NO_TEXTS",
    "Fault",
    "NoSuchSheet",
    "NotATable",
    "Table",
    "TableRow",
    "Tell",
    "cell_name",
    "check_unpacked",
    "merged_with_others",
    "shows_error",
]

FaultKind = Literal["formula", "error", "hidden", "format", "merged"]
Why = Literal["encoding", "syntax", "kind", "size"]
Tell = Callable[[int], None]
"""Hears how many rows are read."""

_MOST_UNPACKED_BYTES = 200_000_000


class Fault(Struct, frozen=True):
    """Why it cannot be said what a cell shows, and what to do."""

    kind: FaultKind
    message: str
    remedy: str


NO_RESULT = Fault(
    "formula", "is a formula without a result.", "Open the workbook in an office program and save it again."
)
HIDDEN_COLUMN = Fault("hidden", "stands in a hidden column.", "Show the column, or take it out.")


def shows_error(shown: str) -> Fault:
    """A formula that came to nothing."""
    return Fault("error", f"shows {shown}.", "Mend the formula, or write the value in its place.")


def merged_with_others(area: str) -> Fault:
    """Cells of which nobody can say whose the value is."""
    return Fault("merged", f"is merged with others ({area}).", "Split the cells, and fill in each.")


NO_FAULTS: Mapping[int, Fault] = {}
NO_TEXTS: Mapping[int, str] = {}


class TableRow(Struct, frozen=True, kw_only=True):
    """What the cells of a row show; ``faults`` are those of which that cannot be said, by their index.

    ``line`` is the row's first line in a CSV file, its number on a sheet. Where cells of a CSV file run over several
    lines, ``lines`` has the line that each begins on. ``days`` are the cells of a workbook that are a day of the
    calendar, however they show it, as 2031-03-14; ``links`` has the address that a cell leads to.
    """

    line: int
    cells: tuple[str, ...]
    faults: Mapping[int, Fault] = field(default_factory=lambda: NO_FAULTS)
    lines: tuple[int, ...] = ()
    days: Mapping[int, str] = field(default_factory=lambda: NO_TEXTS)
    links: Mapping[int, str] = field(default_factory=lambda: NO_TEXTS)

    def line_of(self, index: int) -> int:
        """The line on which a cell begins."""
        return self.lines[index] if index < len(self.lines) else self.line


class Table(Struct, frozen=True, kw_only=True):
    """The rows of a table from the top, without those that are hidden.

    Of a workbook, ``sheet`` is the sheet's name and ``others`` those that are seen beside it; ``hidden`` has the
    numbers of its hidden rows that have something in them, ``is_filtered`` where a filter may have hidden them.
    """

    rows: list[TableRow]
    sheet: str = ""
    others: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    is_filtered: bool = False


class NotATable(Exception):  # noqa: N818 # what the file is
    """A file that cannot be read as a table: ``why``, in a sentence, on which ``line``, and what to do."""

    def __init__(self, why: Why, message: str, remedy: str, line: int | None = None) -> None:
        super().__init__(message)
        self.why = why
        self.message = message
        self.remedy = remedy
        self.line = line


class NoSuchSheet(Exception):  # noqa: N818 # what is wrong
    """A workbook without a sheet of the name that was asked for; ``names`` are those that it has."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names


def cell_name(sheet: str, column: int, line: int) -> str:
    """A cell as an office program names it; ``column`` counts from 0."""
    from openpyxl.utils import get_column_letter  # takes a moment, and few books are read from tables

    return f"{sheet}!{get_column_letter(column + 1)}{line}"


def check_unpacked(content: bytes) -> None:
    """Raise NotATable where a packed file would be far too large when it is unpacked, or is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size_bytes = sum(part.file_size for part in packed.infolist())  # more than this is never unpacked of it
    except zipfile.BadZipFile as problem:
        raise NotATable("syntax", f"is no workbook: {problem}.", "Save it again in an office program.") from None
    if size_bytes > _MOST_UNPACKED_BYTES:
        message = f"has {size_bytes / 1e6:,.0f} MB unpacked; {_MOST_UNPACKED_BYTES / 1e6:,.0f} are read."
        raise NotATable("size", message, "Take out what is no part of the table, or save the sheet as CSV.")
