"""Which field of an entry each column of a table is: by its head, or as the section's ``columns`` say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory_pub.edition.form import Field, Form, Lines, Nested, Rows, Text
from directory_pub.edition.model import ContactTable, OwnField
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.yaml_source import Fields, Node
from directory_pub.read.column_form import CONTACT, KEY_FIELD, TEXT_FIELD

__all__ = ["Column", "Columns", "find_columns"]

Path = tuple[str, ...]
"""A field, or one inside a field: ``("photo", "file")``; of contact rows the kind, or the network behind its kind."""

_ALSO = {"body": (TEXT_FIELD,), "photo": ("photo", "file")}
_COUNTED = re.compile(r" \d+$")  # "Phone 2"


@dataclass(frozen=True, slots=True)
class Column:
    """A column (from 0) and what it is of an entry; ``is_list`` where a cell has several texts, ``is_day`` a day."""

    index: int
    head: str
    path: Path
    is_list: bool = False
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are ``taken``, in their order; those that would be what an earlier one is, behind that one."""

    taken: tuple[Column, ...]
    twice: tuple[tuple[Column, Column], ...]

    def of(self, name: str) -> Column | None:
        """The column of a field, if there is one."""
        return next((each for each in self.taken if each.path == (name,)), None)


def find_columns(
    heads: Sequence[str], columns: Fields | None, form: Form, own: Sequence[OwnField], table: ContactTable
) -> Columns:
    """What the columns with these ``heads`` are of an entry, whose form is ``form``.

    ``columns`` are the fields of that name in the section, by their form; what they name and is not there is told of.
    """
    mapped = _mapped(heads, columns, table) if columns else {}
    known = _known(form, own, table)
    named = {path for path in mapped.values() if path[0] != CONTACT}
    taken: list[Column] = []
    twice: list[tuple[Column, Column]] = []
    for index, head in enumerate(heads):
        path = mapped.get(index) or _path_of(head, known)
        if path is None or (index not in mapped and path in named):
            continue
        field = _field_at(form, path)
        is_day = isinstance(field, Text) and field.shape is not None and field.shape.day
        column = Column(index, head, path, is_list=isinstance(field, Lines), is_day=is_day)
        first = next((each for each in taken if each.path == path and path[0] != CONTACT), None)
        if first:
            twice.append((first, column))
        else:
            taken.append(column)
    return Columns(tuple(taken), tuple(twice))


# -------------------------------------------------------------------- by their heads
def _known(form: Form, own: Sequence[OwnField], table: ContactTable) -> Mapping[str, Path]:
    """What a column is by the words of its head; fields come before contact rows."""
    known: dict[str, Path] = dict(_contact_words(table))
    known |= {KEY_FIELD: (KEY_FIELD,), TEXT_FIELD: (TEXT_FIELD,), **_ALSO}
    known |= {_words(field.label): (field.name,) for field in own}
    return known | {_words(" ".join(path)): path for path in _paths(form)}


def _contact_words(table: ContactTable) -> Iterator[tuple[str, Path]]:
    social = next((kind.name for kind in table.kinds.values() if kind.value == "profile"), None)
    for network in table.networks.values() if social else ():
        path = (CONTACT, str(social), network.key)
        yield from ((_words(word), path) for word in (*network.also, network.name, network.key))
    for kind in table.kinds.values():
        if kind.name != social:
            yield from ((_words(word), (CONTACT, kind.name)) for word in (*kind.also, kind.name))


def _paths(form: Form) -> Iterator[Path]:
    for each in form:
        match each:
            case Text() | Lines():
                yield (each.name,)
            case Nested():
                yield from ((each.name, *path) for path in _paths(each.form))


def _words(head: str) -> str:
    """A head as one may compare it: without case, and with a space for each sign."""
    return re.sub(r"[\W_]+", " ", head.casefold()).strip()


def _path_of(head: str, known: Mapping[str, Path]) -> Path | None:
    words = _words(head)
    path = known.get(words)
    if path is None and (counted := known.get(_COUNTED.sub("", words))):
        return counted if counted[0] == CONTACT else None
    return path


def _field_at(form: Form, path: Path) -> Field | None:
    field: Field | None = next((each for each in form if each.name == path[0]), None)
    return _field_at(field.form, path[1:]) if isinstance(field, Nested) and len(path) > 1 else field


# -------------------------------------------------------------------- as the section says
def _mapped(heads: Sequence[str], columns: Fields, table: ContactTable) -> dict[int, Path]:
    """The columns that ``columns`` names, each with what it is."""
    mapped: dict[int, Path] = {}
    for path, node in _named(columns, table):
        wanted = str(node.value).strip()
        found = [index for index, head in enumerate(heads) if head == wanted]
        found = found or [index for index, head in enumerate(heads) if head and _words(head) == _words(wanted)]
        if not found:
            there = [head for head in heads if head]
            remedy = did_you_mean(wanted, there, f"There are {', '.join(there)}.")
            columns.complain("table-column", node.place, f"no column is headed '{wanted}'.", remedy)
        elif len(found) > 1:
            remedy = "Head them otherwise in the table."
            columns.complain("table-column", node.place, f"{len(found)} columns are headed '{wanted}'.", remedy)
        elif found[0] in mapped:
            before = " ".join(mapped[found[0]])
            remedy = "Name another column for one of the two."
            columns.complain("table-column", node.place, f"'{wanted}' is named for '{before}' already.", remedy)
        else:
            mapped[found[0]] = path
    return mapped


def _named(columns: Fields, table: ContactTable, within: Path = ()) -> list[tuple[Path, Node]]:
    """Each head that is written, with what it stands for."""
    found: list[tuple[Path, Node]] = []
    for each in columns.form:
        match each:
            case Nested():
                inner = columns.fields(each.name)
                found += _named(inner, table, (each.name,)) if inner else []
            case Rows():
                found += _named_contacts(columns.rows(each.name), table)
            case _:
                node = columns.node(each.name) if columns.text(each.name) else None
                found += [((*within, each.name), node)] if node else []
    columns.close()
    return found


def _named_contacts(rows: Sequence[Fields], table: ContactTable) -> Iterator[tuple[Path, Node]]:
    social = next((kind.name for kind in table.kinds.values() if kind.value == "profile"), "")
    for row in rows:
        for kind in (each.name for each in row.form):
            if row.text(kind) and (node := row.node(kind)):
                yield ((CONTACT, kind) if kind in table.kinds else (CONTACT, social, kind)), node
        row.close(other_names=table.other_names())
