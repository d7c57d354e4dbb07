"""A programme as a table: each row is a session, and those of one day stand together in the book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from directory_pub.edition.form import Lines
from directory_pub.edition.yaml_source import Node
from directory_pub.findings import Place, note
from directory_pub.read.programme_forms import SESSION_FIELDS
from directory_pub.read.sources import Sources
from directory_pub.read.table_columns import Column
from directory_pub.read.table_file import open_table
from directory_pub.read.table_rows import RowPlaces, cell_of
from directory_pub.tables.table import TableRow

__all__ = ["read_programme_table"]

_DAY = "day"
_LISTS = frozenset(each.name for each in SESSION_FIELDS if isinstance(each, Lines))
_NAMES = (_DAY, *(each.name for each in SESSION_FIELDS))
_NEEDED = (_DAY, "start", "end", "title")
# What people write above a column besides; in other words the columns must be headed as here.
_ALSO = {
    "date": _DAY, "begin": "start", "from": "start", "to": "end", "until": "end", "session": "title",
    "room": "rooms", "speaker": "speakers", "type": "kind", "entry": "entries", "description": "text",
}  # fmt: skip
_BETWEEN = re.compile(r"[;\n]")


def read_programme_table(path: Path, sheet: Node | None, sources: Sources) -> Node | None:
    """The rows of a table as the fields of a programme; None with a finding where it cannot be read."""
    table = open_table(path, sheet, sources)
    if table is None:
        return None
    places = RowPlaces(sources.name(path), table.sheet)
    rows = [row for row in table.rows if any(row.cells) or row.faults]
    if not rows:
        sources.complain("table-unreadable", Place(file=places.file), "is empty.", "Write heads and rows.")
        return None
    columns = _columns(rows[0], rows[1:], places, sources)
    if columns is None:
        return None
    return Node(
        {"days": Node(list(_days(rows[1:], columns, places, sources)), Place(file=places.file))},
        Place(file=places.file),
    )


def _columns(
    head: TableRow, rows: Sequence[TableRow], places: RowPlaces, sources: Sources
) -> Mapping[str, Column] | None:
    """The columns by the fields that they are; None with a finding where one is not there that must be."""
    found: dict[str, Column] = {}
    untaken: list[Column] = []
    for index, cell in enumerate(head.cells):
        words = re.sub(r"[\W_]+", " ", cell.casefold()).strip()
        name = _ALSO.get(words, words)
        column = Column(index, cell, (name,), is_list=name in _LISTS, is_day=name == _DAY)
        if name not in _NAMES:
            untaken += [column] if any(cell_of(row, column) for row in rows) else []
        elif name in found:
            message, remedy = f"'{name}' is the column '{found[name].head}' already.", "Head one of the two otherwise."
            sources.complain("table-column", places.of(head, column), message, remedy)
        else:
            found[name] = column
    if missing := [name for name in _NEEDED if name not in found]:
        there = ", ".join(cell for cell in head.cells if cell)
        message = f"no column is headed {' or '.join(repr(name) for name in missing)} ({there})."
        remedy = f"Head the columns {', '.join(_NAMES)}."
        sources.complain("table-column", places.of(head, Column(0, "", ())), message, remedy)
        return None
    if untaken:
        named = ", ".join(f"'{column.head}'" if column.head else "without a head" for column in untaken)
        message = f"{named}: no field of a session, and not printed."
        remedy = f"The columns of a programme are {', '.join(_NAMES)}; others may stay."
        sources.findings.append(note("table-unread", places.of(head, untaken[0]), message, remedy))
    return found


def _days(
    rows: Sequence[TableRow], columns: Mapping[str, Column], places: RowPlaces, sources: Sources
) -> Iterator[Node]:
    """A day for each date, with its sessions; a row without a date is of the day above it."""
    days: dict[str, tuple[Node, list[Node]]] = {}
    date = Node("", Place(file=places.file))
    for row in rows:
        fields = _fields(row, columns, places, sources)
        date = fields.pop(_DAY, date)
        day = days.setdefault(str(date.value), (date, []))
        day[1].append(Node(fields, places.of(row, columns["title"])))
    for date, sessions in days.values():
        yield Node({"date": date, "sessions": Node(sessions, date.place)}, date.place)


def _fields(row: TableRow, columns: Mapping[str, Column], places: RowPlaces, sources: Sources) -> dict[str, Node]:
    fields: dict[str, Node] = {}
    for name, column in columns.items():
        place, fault = places.of(row, column), row.faults.get(column.index)
        if fault and not (column.is_day and column.index in row.days):
            sources.complain("table-cell", place, fault.message, fault.remedy)
        text = cell_of(row, column).strip()
        if text and column.is_list:
            fields[name] = Node([Node(part.strip(), place) for part in _BETWEEN.split(text) if part.strip()], place)
        elif text:
            fields[name] = Node(text, place)
    return fields
