"""By which names a section's ``columns`` call what a table's column has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from directory_pub.edition.contact_table import ContactTable
from directory_pub.edition.form import Form, Lines, Named, Nested, Rows, Text

__all__ = ["COLUMNS", "CONTACT", "KEY_FIELD", "TEXT_FIELD", "ColumnPath", "column_names", "with_columns"]

COLUMNS, CONTACT, KEY_FIELD, TEXT_FIELD = "columns", "contact", "key", "text"
_SECTIONS = "sections"
ColumnPath = tuple[str, ...]
"""A field, or one inside a field: ``("photo", "file")``; of contact rows the kind, or the network behind its kind."""


def column_names(entry: Form, table: ContactTable) -> Mapping[str, ColumnPath]:
    """What a column may be by its name: a contact row's kind, a network, or a field of an entry; a field comes first.

    ``entry`` is the form of an entry; the proofreader's questions are in no table.
    """
    social = next((kind.name for kind in table.kinds.values() if kind.value == "profile"), "")
    names: dict[str, ColumnPath] = {".".join(path): path for path in _paths(entry)}
    more: dict[str, ColumnPath] = {KEY_FIELD: (KEY_FIELD,), TEXT_FIELD: (TEXT_FIELD,)}
    more |= {kind: (CONTACT, kind) for kind in table.kinds if kind != social}
    more |= {key: (CONTACT, social, key) for key in table.networks if social and key not in more}
    return names | {name: path for name, path in more.items() if name not in names}


def _paths(form: Form) -> Iterator[ColumnPath]:
    for each in form:
        match each:
            case Text() | Lines():
                yield (each.name,)
            case Nested():
                yield from ((each.name, *path) for path in _paths(each.form))


def with_columns(edition: Form, entry: Form, table: ContactTable) -> Form:
    """The form of an edition with the names of columns in its sections."""
    sections = edition.get(_SECTIONS, Rows)
    columns = replace(sections.form.get(COLUMNS, Named), names=tuple(column_names(entry, table)))
    return edition.with_field(replace(sections, form=sections.form.with_field(columns)))
