"""A table as a live source: each row of a sheet is an entry, each column a field of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from directory_pub.edition.form import Form
from directory_pub.edition.key import key_of
from directory_pub.edition.model import Block, Entry
from directory_pub.edition.yaml_source import Fields, Node
from directory_pub.findings import Finding, Place, error, note
from directory_pub.read.entry import entry_form, make_entry
from directory_pub.read.files import find_file
from directory_pub.read.forms import KEY_SHAPE
from directory_pub.read.sources import Sources, check_fields
from directory_pub.read.table_columns import KEY_FIELD, TEXT_FIELD, Column, find_columns
from directory_pub.read.table_file import find_table, open_table
from directory_pub.read.table_rows import RowPlaces, cell_of, fields_of, merged, place_of
from directory_pub.read.table_text import read_cell_text
from directory_pub.tables.table import Fault, Table, TableRow, cell_name

__all__ = ["read_table"]

_NAME = "name"
_Read = tuple[Entry, list[Finding]]


def read_table(node: Node, s: Fields, folder: Path | None, sources: Sources) -> list[tuple[Entry, Place]]:
    """The entries of the table that a section names at ``node``, each with the place of its row.

    ``s`` are the section's fields; Markdown files of the same key in its ``folder`` have more of the entries.
    """
    sheet, columns = s.node("sheet"), s.fields("columns")
    path = find_table(node, folder, sources)
    table = open_table(path, sheet, sources) if path else None
    if path is None or table is None:
        return []
    rows = [row for row in table.rows if any(row.cells) or row.faults]
    if not rows:
        sources.complain("table-unreadable", Place(file=sources.name(path)), "is empty.", "Head its columns.")
        return []
    reading = _Reading(rows[0], rows[1:], table, RowPlaces(sources.name(path), table.sheet), folder, sources)
    return list(reading.entries(columns))


@dataclass(slots=True)
class _Reading:
    """One table, its head and the rows below it."""

    head: TableRow
    rows: Sequence[TableRow]
    table: Table
    places: RowPlaces
    folder: Path | None
    sources: Sources

    def entries(self, columns: Fields | None) -> Iterator[tuple[Entry, Place]]:
        """The entry of each row that is one."""
        form = entry_form(self.sources)
        found = find_columns(self.head.cells, columns, form, self.sources.own, self.sources.contact)
        for first, second in found.twice:
            place = self._head_place(second)
            message = f"'{'.'.join(second.path)}' is the column {self._named(first)} already."
            self.sources.complain("table-column", place, message, "Head one of the two otherwise.")
        taken = {column.path[0]: column for column in found.taken}
        if _NAME not in taken:
            heads = ", ".join(cell for cell in self.head.cells if cell)
            remedy = "Head the column with the names so, or write 'columns: {name: HEAD}' in the section."
            place = self.places.of(self.head, 0, "")
            self.sources.complain("table-column", place, f"no column is headed 'name' ({heads}).", remedy)
            return
        self._tell_of_untaken(found.taken)
        self._tell_of_faults(found.taken)
        known: dict[str, Place] = {}
        for row in self.rows:
            if self._fits(row) and (key := self._key(row, taken, known)):
                entry = self._entry(row, key, found.taken, taken, form)
                yield entry, entry.place

    # ---------------------------------------------------------------- the table as a whole
    def _head_place(self, column: Column) -> Place:
        return self.places.of(self.head, column.index, column.head)

    def _named(self, column: Column) -> str:
        letter = cell_name("", column.index, 1)[1:-1]
        return f"'{column.head}'" + (f" ({letter})" if self.places.sheet else "")

    def _tell_of_untaken(self, taken: Sequence[Column]) -> None:
        """One note on all columns that have something in them and are no field."""
        indexes = {column.index for column in taken}
        width = max(len(row.cells) for row in (self.head, *self.rows))
        heads = [*self.head.cells, *[""] * (width - len(self.head.cells))]
        untaken = [
            Column(index, head or "without a head", ())
            for index, head in enumerate(heads)
            if index not in indexes and any(row.cells[index : index + 1] > ("",) for row in self.rows)
        ]
        if untaken:
            named = ", ".join(map(self._named, untaken))
            subject = f"the column {named} is" if len(untaken) == 1 else f"the columns {named} are"
            message = f"{subject} no field of an entry, and not printed."
            remedy = "Say in the section's 'columns' what each is, if it is to be printed."
            place = replace(self._head_place(untaken[0]), field=None)
            self.sources.findings.append(note("table-unread", place, message, remedy))

    def _tell_of_faults(self, taken: Sequence[Column]) -> None:
        """An error for the cells of a column of which for one reason nobody can say what they show."""
        found: dict[tuple[int, str], tuple[Place, Fault, list[int]]] = {}
        for row in self.rows:
            for column in taken:
                fault = row.faults.get(column.index)
                if fault and not (fault.kind == "format" and column.is_day and column.index in row.days):
                    told = (place_of(row, column, self.places), fault, [])
                    found.setdefault((column.index, fault.message), told)[2].append(row.line)
        for place, fault, lines in found.values():
            more = f" The same in {len(lines) - 1} more rows of this column." if len(lines) > 1 else ""
            self.sources.complain("table-cell", place, fault.message + more, fault.remedy)

    # ---------------------------------------------------------------- a row
    def _fits(self, row: TableRow) -> bool:
        """Whether a row of a CSV file has as many cells as there are heads; on a sheet it has no end."""
        if self.places.sheet or len(row.cells) == len(self.head.cells):
            return True
        message = f"has {len(row.cells)} cells; the table has {len(self.head.cells)} columns."
        remedy = "Leave empty cells in their place, and put a cell with the separator in it between quotation marks."
        self.sources.complain("table-cell", Place(file=self.places.file, line=row.line), message, remedy)
        return False

    def _key(self, row: TableRow, taken: dict[str, Column], known: dict[str, Place]) -> str:
        """The key of a row, from its cell or its name; empty with a finding."""
        written, name = cell_of(row, taken.get(KEY_FIELD)), cell_of(row, taken[_NAME])
        column = taken[KEY_FIELD] if written else taken[_NAME]
        place = place_of(row, column, self.places)
        key = written or key_of(name, self.sources.language)
        if not name and not written:
            self.sources.complain("key-missing", replace(place, field=_NAME), "a row without a name.", "Write it.")
        elif not KEY_SHAPE.fits(key):
            message = f"'{key}' is no key." if written else f"no key can be made of “{name}”."
            remedy = KEY_SHAPE.remedy if written else "Give the table a column 'key', in small letters and digits."
            self.sources.complain("value-type", place, message, remedy)
        elif key in known:
            message = f"'{key}' is the key of {known[key].cell or f'line {known[key].line}'}, too."
            remedy = "Take one of the two out, or give the table a column 'key' that tells them apart."
            self.sources.complain("entry-repeated", place, message, remedy)
        else:
            known[key] = place
            return key
        return ""

    def _entry(
        self, row: TableRow, key: str, columns: Sequence[Column], taken: dict[str, Column], form: Form
    ) -> Entry:
        """The entry of a row and of the Markdown file of its key; one that was read before is remembered."""
        path = find_file(self.folder, f"{key}.md") if self.folder else None
        text = self.sources.text(path) if path and os.path.lexists(path) else None
        told = (
            f"{self.places} {row.line} {key}",
            *(f"{column.path} {column.head} {place_of(row, column, self.places)}" for column in columns),
            *(cell_of(row, column) for column in columns),
            text or "",
            *self.sources.told_of_entries,
        )
        made = self.sources.store.recall(
            "entry", _Read, lambda: self._read(row, key, columns, taken, form, path, text, told), *told
        )
        self.sources.findings.extend(made[1])
        return made[0]

    def _read(
        self,
        row: TableRow,
        key: str,
        columns: Sequence[Column],
        taken: dict[str, Column],
        form: Form,
        path: Path | None,
        text: str | None,
        told: Sequence[str],
    ) -> _Read:
        at = replace(place_of(row, taken[_NAME], self.places), field=None)
        alone = self.sources.alone()
        node = fields_of(row, columns, self.places, at)
        alone.findings += check_fields(node)
        body, body_place = self._text(row, taken.get(TEXT_FIELD), alone)
        if path and text is not None:
            more, blocks = alone.parts_of(text, path)
            node, findings = merged(node, more)
            alone.findings += findings
            body, body_place = self._with_file(body, body_place, blocks, Place(file=alone.name(path)), alone)
        f = Fields(node, at, alone.findings, form)
        entry = make_entry(f, body, key, at, alone, told)
        return replace(entry, body_place=body_place), alone.findings

    def _text(self, row: TableRow, column: Column | None, alone: Sources) -> tuple[tuple[Block, ...], Place | None]:
        """The text of a row, and its cell."""
        text = cell_of(row, column)
        if column is None or not text:
            return (), None
        place = replace(place_of(row, column, self.places), field=None)
        blocks, findings = read_cell_text(text, place, has_lines=not self.places.sheet)
        alone.findings += findings
        return blocks, place

    def _with_file(
        self, body: tuple[Block, ...], cell: Place | None, blocks: tuple[Block, ...], file: Place, alone: Sources
    ) -> tuple[tuple[Block, ...], Place | None]:
        """The one text of an entry, which stands in its row or in its file."""
        if not blocks:
            return body, cell
        if body and cell:
            message = f"'{TEXT_FIELD}' stands in {cell}, too."
            place = replace(file, line=blocks[0].line, field="body")
            alone.findings.append(error("key-duplicate", place, message, "Keep one of the two."))
            return body, cell
        return blocks, file
