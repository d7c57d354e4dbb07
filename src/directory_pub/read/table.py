"""A table as a live source: each row of a sheet is an entry, each column a field of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.key import key_of
from directory_pub.edition.model import Entry
from directory_pub.edition.yaml_source import Fields, Node
from directory_pub.findings import Place, note, warning
from directory_pub.read.column_names import COLUMNS, KEY_FIELD, column_names
from directory_pub.read.entry import entry_form
from directory_pub.read.forms import ENTRY_KEY, in_edition
from directory_pub.read.sources import Sources
from directory_pub.read.table_columns import Column, Columns, find_columns
from directory_pub.read.table_entry import RowReader
from directory_pub.read.table_file import find_table, open_table
from directory_pub.read.table_rows import RowPlaces, cell_of, says
from directory_pub.tables.table import Fault, TableRow, cell_name

__all__ = ["read_table"]

_NAME = "name"


def read_table(node: Node, s: Fields, folder: Path | None, sources: Sources) -> list[Entry]:
    """The entries of the table that a section names at ``node``, in the order of its rows.

    ``s`` are the section's fields; files of the rows' keys in its ``folder`` have more of the entries.
    """
    form = in_edition(entry_form(sources), table=sources.contact)
    sheet, named = s.node("sheet") if s.text("sheet") else None, s.named(COLUMNS, column_names(form, sources.contact))
    path = find_table(node, folder, sources)
    sources.fed[folder or sources.folder] = ""
    table = open_table(path, sheet, sources) if path else None
    if path is None or table is None:
        return []
    places = RowPlaces(sources.name(path), table.sheet)
    rows = [row for row in table.rows if any(row.cells) or row.faults]
    if not rows:
        sources.complain("table-unreadable", Place(file=places.file), "is empty.", "Write heads and rows.")
        return []
    found = find_columns(rows[0].cells, named, form, sources)
    reading = _Reading(rows[0], rows[1:], found, places, sources)
    if not reading.has_names():
        return []
    sources.fed[folder or sources.folder] = path.name
    reading.tell_of_columns()
    reader = RowReader(found, places, form, folder, sources)
    return [reader.read(row, key, at) for row, key, at in reading.entries()]


class _Reading(Struct):
    """One table: its head, the rows below it, and what its columns are."""

    head: TableRow
    rows: Sequence[TableRow]
    columns: Columns
    places: RowPlaces
    sources: Sources

    # ---------------------------------------------------------------- the table as a whole
    def has_names(self) -> bool:
        """Whether there is a column of names; without one nothing else is read."""
        if self.columns.of(_NAME) or _NAME in self.columns.missed:
            return self.columns.of(_NAME) is not None
        heads = ", ".join(cell for cell in self.head.cells if cell)
        remedy = "Head it so in the first row that is not blank, or write 'columns: {name: HEAD}' in the section."
        self._complain("table-column", self._head(Column(0, "", ())), f"no column is headed 'name' ({heads}).", remedy)
        return False

    def tell_of_columns(self) -> None:
        """Tell of columns that are the same field, of those that are none, and of cells that cannot be read."""
        for first, second in self.columns.twice:
            message = f"'{'.'.join(second.path)}' is the column {self._named(first)} already."
            self._complain("table-column", self._head(second), message, "Head one of the two otherwise.")
        if not self.columns.missed:  # else who knows which one is meant
            self._tell_of_untaken()
        self._tell_of_faults()
        self._tell_of_links()

    def _complain(self, code: str, place: Place, message: str, remedy: str) -> None:
        self.sources.complain(code, place, message, remedy)

    def _head(self, column: Column) -> Place:
        return self.places.of(self.head, column)

    def _named(self, column: Column) -> str:
        letter = cell_name("", column.index, 1)[1:-1]
        head = f"'{column.head}'" if column.head else "without a head"
        return f"{head} ({letter})" if self.places.sheet else head

    def _tell_of_untaken(self) -> None:
        """One note on all columns that have something in them and are no field; of one twice an error has told."""
        known = {column.index for column in (*self.columns.taken, *(second for _, second in self.columns.twice))}
        width = max(len(row.cells) for row in (self.head, *self.rows))
        heads = [*self.head.cells, *[""] * (width - len(self.head.cells))]
        filled = {index for row in self.rows for index, cell in enumerate(row.cells) if cell}
        untaken = [Column(index, head, ()) for index, head in enumerate(heads) if index in filled - known]
        if untaken:
            named = ", ".join(map(self._named, untaken))
            subject = f"column {named} is" if len(untaken) == 1 else f"columns {named} are"
            message = f"{subject} no field of an entry, and not printed."
            remedy = "Say in the section's 'columns' what is to be printed; the others may stay."
            self.sources.findings.append(
                note("table-unread", replace(self._head(untaken[0]), field=None), message, remedy)
            )

    def _tell_of_faults(self) -> None:
        """An error for the cells of a column of which for one reason nobody can say what they show."""
        found: dict[tuple[int, str], tuple[Place, Fault, list[int]]] = {}
        for row in self.rows:
            for column in self.columns.taken if row.faults else ():
                fault = row.faults.get(column.index)
                if fault and not (fault.kind == "format" and column.is_day and column.index in row.days):
                    told: tuple[Place, Fault, list[int]] = (self.places.of(row, column), fault, [])
                    found.setdefault((column.index, fault.message), told)[2].append(row.line)
        for place, fault, lines in found.values():
            self._complain("table-cell", place, fault.message + _more(lines), fault.remedy)

    def _tell_of_links(self) -> None:
        """A warning for the cells of a column that lead where they do not say."""
        found: dict[int, tuple[Place, str, list[int]]] = {}
        for row in self.rows:
            for column in self.columns.taken if row.links else ():
                goal = row.links.get(column.index, "")
                if goal and not says(cell_of(row, column), goal):
                    told: tuple[Place, str, list[int]] = (self.places.of(row, column), goal, [])
                    found.setdefault(column.index, told)[2].append(row.line)
        for place, goal, lines in found.values():
            message = f"leads to {goal}, which it does not say: the book has no such link.{_more(lines)}"
            remedy = "Write the address into the cell, in a text as [words](address)."
            self.sources.findings.append(warning("table-unread", place, message, remedy))

    # ---------------------------------------------------------------- rows
    def entries(self) -> Iterator[tuple[TableRow, str, Place]]:
        """Each row that is an entry, with its key and the cell that it begins at."""
        known: dict[str, Place] = {}
        for row in self.rows:
            key, place = self._key(row)
            if not key or not self._fits(row):
                continue
            if first := known.get(key):
                message = f"'{key}' is the key of {first.cell or f'line {first.line}'}, too."
                remedy = "Take one of the two out, or give the table a column 'key' that tells them apart."
                self._complain("entry-repeated", place, message, remedy)
                continue
            known[key] = place
            yield row, key, replace(place, field=None)

    def _fits(self, row: TableRow) -> bool:
        """Whether a row of a CSV file has as many cells as there are heads; on a sheet it has no end."""
        if self.places.sheet or len(row.cells) == len(self.head.cells):
            return True
        message = f"has {len(row.cells)} cells; the table has {len(self.head.cells)} columns."
        remedy = "Leave empty cells in their place, and put a cell with the separator in it between quotation marks."
        self._complain("table-cell", Place(file=self.places.file, line=row.line), message, remedy)
        return False

    def _key(self, row: TableRow) -> tuple[str, Place]:
        """The key of a row, from its cell or made from its name, and where; empty with a finding."""
        key_column, name_column = self.columns.of(KEY_FIELD), self.columns.of(_NAME)
        assert name_column
        written, name = cell_of(row, key_column), cell_of(row, name_column)
        place = self.places.of(row, key_column if key_column and written else name_column)
        key = written or key_of(name, self.sources.language)
        if not name:
            if not row.faults.get(name_column.index):
                at = self.places.of(row, name_column)
                self._complain("key-missing", at, "the row has no name.", "Write it, or take the row out.")
            return "", place
        if ENTRY_KEY.fits(key):
            return key, place
        if written:
            self._complain("value-type", place, f"'{key}' is no key.", ENTRY_KEY.remedy)
        else:
            remedy = "Give the table a column 'key', in small letters, digits and hyphens."
            self._complain("key-missing", place, f"no key can be made of “{name}”.", remedy)
        return "", place


def _more(lines: Sequence[int]) -> str:
    return f" The same in {len(lines) - 1} more rows of this column." if len(lines) > 1 else ""
