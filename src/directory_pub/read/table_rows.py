"""A row of a table as the fields of an entry, together with the Markdown file of its key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.yaml_source import Node
from directory_pub.findings import Finding, Place, error
from directory_pub.read.column_names import CONTACT, KEY_FIELD, TEXT_FIELD
from directory_pub.read.table_columns import Column
from directory_pub.tables.table import TableRow, cell_name

__all__ = ["RowPlaces", "cell_of", "fields_of", "merged", "says"]

_ESCAPED = "_x000D_"  # how a workbook writes the first half of a Windows line end
_SCHEME = re.compile(r"^(?:https?://|mailto:|tel:)(?:www\.)?")
_ASKED = re.compile(r"[?#].*$", re.DOTALL)
_SIGNS = re.compile(r"[\s()/-]")
_BETWEEN = re.compile(r"[;\n]")


class RowPlaces(Struct, frozen=True):
    """Where the cells of a table's rows are: its file and, of a workbook, its sheet."""

    file: str
    sheet: str

    def of(self, row: TableRow, column: Column) -> Place:
        """The cell of a row in a column."""
        cell = cell_name(self.sheet, column.index, row.line) if self.sheet else None
        return Place(file=self.file, line=row.line_of(column.index), field=column.head or None, cell=cell)


def cell_of(row: TableRow, column: Column | None) -> str:
    """What a row has in a column: nothing where it ends before, and what a day is whatever it looks like."""
    if column is None or column.index >= len(row.cells):
        return ""
    text = row.days.get(column.index, "") if column.is_day else ""
    return text or row.cells[column.index].replace(_ESCAPED, "\r").replace("\r\n", "\n").replace("\r", "\n")


def says(text: str, goal: str) -> bool:
    """Whether a text has the address in it that its cell leads to, or that leads within the workbook."""
    bare = _SCHEME.sub("", unquote(_ASKED.sub("", goal)).casefold()).rstrip("/")
    return _SIGNS.sub("", bare) in _SIGNS.sub("", unquote(text).casefold())


def fields_of(row: TableRow, columns: Sequence[Column], places: RowPlaces, at: Place) -> Node:
    """The fields of a row's cells that have something in them, without its key and text."""
    fields: dict[str, Node] = {}
    contact: list[Node] = []
    for column in columns:
        text, place = cell_of(row, column), places.of(row, column)
        if not text or column.path[0] in (KEY_FIELD, TEXT_FIELD):
            continue
        value = Node(_items(text, place) if column.is_list else text, place)
        match column.path:
            case (name, *inner) if name == CONTACT:
                contact.append(_contact_row(inner, value))
            case (name, inner):
                held = fields.setdefault(name, Node({}, place))
                fields[name] = Node({**_mapping(held), inner: value}, held.place)
            case (name,):
                fields[name] = value
    if contact:
        fields[CONTACT] = Node(contact, contact[0].place)
    return Node(fields, at)


def _items(text: str, place: Place) -> list[Node]:
    return [Node(item, place) for part in _BETWEEN.split(text) if (item := part.strip())]


def _contact_row(path: Sequence[str], value: Node) -> Node:
    """A contact row; of a network, a profile with the name in the cell."""
    if len(path) == 1:
        return Node({path[0]: value}, value.place)
    kind, network = path
    return Node({kind: Node({"network": Node(network, value.place), "handle": value}, value.place)}, value.place)


def _mapping(node: Node) -> dict[str, Node]:
    return node.value if isinstance(node.value, dict) else {}


# -------------------------------------------------------------------- with the file beside the table
def merged(row: Node, file: Node | None) -> tuple[Node, list[Finding]]:
    """The fields of a row and those that its file has more; one that both have is an error, unless it is the same."""
    if file is None or not isinstance(file.value, dict):
        return row, []
    findings: list[Finding] = []
    return Node(dict(_both(_mapping(row), file.value, findings)), row.place), findings


def _both(row: dict[str, Node], file: dict[str, Node], findings: list[Finding]) -> Iterator[tuple[str, Node]]:
    for name in dict.fromkeys((*row, *file)):
        one, other = row.get(name), file.get(name)
        if one is None or other is None:
            yield name, one or other or Node("", Place(file=""))
        elif isinstance(one.value, dict) and isinstance(other.value, dict):
            yield name, Node(dict(_both(one.value, other.value, findings)), one.place)
        elif name == CONTACT:
            yield name, _both_contacts(one, other, findings)
        else:
            findings += _twice(name, one, other)
            yield name, one


def _both_contacts(one: Node, other: Node, findings: list[Finding]) -> Node:
    """The contact rows of the table, and behind them those of the file that are of other kinds."""
    rows = one.value if isinstance(one.value, list) else []
    more = other.value if isinstance(other.value, list) else [other]
    for row in more:
        for kind, value in _mapping(row).items():
            same = next((each for each in rows if kind in _mapping(each) and not _network(kind, each, row)), None)
            findings += _twice(f"{CONTACT}.{kind}", same, value) if same else ()
    return Node([*rows, *more], one.place)


def _network(kind: str, one: Node, other: Node) -> bool:
    """Whether two rows are names on two networks."""
    names = [_mapping(_mapping(each)[kind]).get("network") for each in (one, other)]
    return all(names) and len({str(name.value).casefold() for name in names if name}) == len(names)


def _twice(name: str, one: Node, other: Node) -> list[Finding]:
    if _texts(one) == _texts(other):
        return []
    message = f"'{name}' stands in {_shown(one.place)}, too."
    return [error("key-duplicate", replace(other.place, field=name), message, "Keep one of the two.")]


def _texts(node: Node) -> list[str]:
    """All texts of a value."""
    if isinstance(node.value, str):
        return [node.value.strip()]
    inner = node.value if isinstance(node.value, list) else node.value.values()
    return [text for each in inner for text in _texts(each)]


def _shown(place: Place) -> str:
    return f"{place}, '{place.field}'" if place.field and not place.cell else str(place)
