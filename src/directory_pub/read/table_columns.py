"""Which field of an entry each column of a table is: by its head, or as the section's ``columns`` say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from directory_pub.edition.contact_table import ContactTable
from directory_pub.edition.form import Field, Form, Lines, Nested, Text
from directory_pub.edition.model import OwnField
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.yaml_source import Node
from directory_pub.read.column_names import CONTACT, TEXT_FIELD, ColumnPath, column_names
from directory_pub.read.sources import Sources

__all__ = ["Column", "Columns", "find_columns"]

_ALSO = {"body": (TEXT_FIELD,), "photo": ("photo", "file")}
_COUNTED = re.compile(r" \d+$")  # "Phone 2"


class Column(Struct, frozen=True):
    """A column (from 0) and what it is of an entry; ``is_list`` where a cell has several texts, ``is_day`` a day."""

    index: int
    head: str
    path: ColumnPath
    is_list: bool = False
    is_day: bool = False


class Columns(Struct, frozen=True):
    """The columns that are ``taken``, in their order; those that would be what an earlier one is, behind that one.

    ``missed`` are those that the section names and that are not there, as it names them: an error has told of each.
    """

    taken: tuple[Column, ...]
    twice: tuple[tuple[Column, Column], ...]
    missed: frozenset[str] = frozenset()

    def of(self, name: str) -> Column | None:
        """The column of a field, if there is one."""
        return next((each for each in self.taken if each.path == (name,)), None)


def find_columns(heads: Sequence[str], named: Mapping[str, Sequence[Node]], form: Form, sources: Sources) -> Columns:
    """What the columns with these ``heads`` are of an entry, whose form is ``form``.

    ``named`` are the heads that the section's ``columns`` have, by name; one that is not there is told of.
    """
    names = column_names(form, sources.contact)
    mapped, missed = _mapped(
        heads, [(name, names[name], node) for name, nodes in named.items() for node in nodes], sources
    )
    known = _known(names, sources.own, sources.contact)
    spoken_for = {path for path in mapped.values() if path[0] != CONTACT}
    taken: list[Column] = []
    twice: list[tuple[Column, Column]] = []
    for index, head in enumerate(heads):
        path = mapped.get(index) or _path_of(head, known)
        if path is None or (index not in mapped and path in spoken_for):
            continue
        field = _field_at(form, path)
        is_day = isinstance(field, Text) and field.shape is not None and field.shape.day
        column = Column(index, head, path, is_list=isinstance(field, Lines), is_day=is_day)
        first = next((each for each in taken if each.path == path and path[0] != CONTACT), None)
        if first:
            twice.append((first, column))
        else:
            taken.append(column)
    return Columns(tuple(taken), tuple(twice), frozenset(missed))


# -------------------------------------------------------------------- by their heads
def _known(names: Mapping[str, ColumnPath], own: Sequence[OwnField], table: ContactTable) -> Mapping[str, ColumnPath]:
    """What a column is by the words of its head; fields come before contact rows."""
    known: dict[str, ColumnPath] = {**dict(_contact_words(table)), **_ALSO}
    known |= {_words(field.label): (field.name,) for field in own}
    return known | {_words(name): path for name, path in names.items()}


def _contact_words(table: ContactTable) -> Iterator[tuple[str, ColumnPath]]:
    social = next((kind.name for kind in table.kinds.values() if kind.value == "profile"), None)
    for network in table.networks.values() if social else ():
        path = (CONTACT, str(social), network.key)
        yield from ((_words(word), path) for word in (*network.also, network.name, network.key))
    for kind in table.kinds.values():
        if kind.name != social:
            yield from ((_words(word), (CONTACT, kind.name)) for word in (*kind.also, kind.name))


def _words(head: str) -> str:
    """A head as one may compare it: without case, and with a space for each sign."""
    return re.sub(r"[\W_]+", " ", head.casefold()).strip()


def _path_of(head: str, known: Mapping[str, ColumnPath]) -> ColumnPath | None:
    words = _words(head)
    path = known.get(words)
    if path is None and (counted := known.get(_COUNTED.sub("", words))):
        return counted if counted[0] == CONTACT else None
    return path


def _field_at(form: Form, path: ColumnPath) -> Field | None:
    field: Field | None = next((each for each in form if each.name == path[0]), None)
    return _field_at(field.form, path[1:]) if isinstance(field, Nested) and len(path) > 1 else field


# -------------------------------------------------------------------- as the section says
def _mapped(
    heads: Sequence[str], named: Sequence[tuple[str, ColumnPath, Node]], sources: Sources
) -> tuple[dict[int, ColumnPath], list[str]]:
    """The columns that are named, each with what it is, and the names of those that are not there."""
    mapped: dict[int, ColumnPath] = {}
    missed: list[str] = []
    for name, path, node in named:
        wanted = str(node.value).strip()
        found = [index for index, head in enumerate(heads) if head == wanted]
        found = found or [index for index, head in enumerate(heads) if head and _words(head) == _words(wanted)]
        if not found:
            there = [head for head in heads if head]
            remedy = did_you_mean(wanted, there, f"There are {', '.join(there)}.")
            message = f"no column is headed '{wanted}'."
        elif len(found) > 1:
            message, remedy = f"{len(found)} columns are headed '{wanted}'.", "Head them otherwise in the table."
        elif found[0] in mapped:
            message, remedy = f"'{wanted}' is named for another field already.", "Name another column for one of them."
        elif path in mapped.values() and path[0] != CONTACT:
            message, remedy = f"'{name}' is one column, and two are named for it.", "Keep one of the two."
        else:
            mapped[found[0]] = path
            continue
        sources.complain("table-column", node.place, message, remedy)
        missed.append(name)
    return mapped, missed
