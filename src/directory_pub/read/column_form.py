"""What may stand under a section's ``columns``: for each field of an entry the head of a table's column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from directory_pub.edition.form import Field, Form, Lines, Nested, Rows, Text
from directory_pub.edition.model import ContactTable

__all__ = ["COLUMNS", "CONTACT", "KEY_FIELD", "TEXT_FIELD", "columns_form", "with_columns"]

COLUMNS, CONTACT, KEY_FIELD, TEXT_FIELD = "columns", "contact", "key", "text"
_SECTIONS = "sections"


def columns_form(entry: Form, table: ContactTable) -> Form:
    """A head for each field of an entry whose form is ``entry``; the proofreader's questions are in no table."""
    says = "The head of the column with the entry's key; without one, keys are made from the names."
    key = Text(KEY_FIELD, says, "Short name")
    text = Text(TEXT_FIELD, "The head of the column with the entry's text, in Markdown.", "Description")
    return Form(key, *_heads(entry, table), text)


def _heads(form: Form, table: ContactTable) -> Iterator[Field]:
    for each in form:
        match each:
            case Text() | Lines():
                yield _head(each.name)
            case Nested():
                says = f"The heads of the columns with what '{each.name}' has."
                yield Nested(each.name, says, Form(*_heads(each.form, table)))
            case Rows(name="contact"):
                kinds = [kind.name for kind in table.kinds.values() if kind.value != "profile"]
                rows = Form(*map(_head, (*kinds, *(name for name in table.networks if name not in kinds))))
                says = "The heads of the columns with contact rows, each behind the row's kind or network."
                yield Rows(CONTACT, says, rows, alone=True)


def _head(name: str) -> Text:
    return Text(name, f"The head of the column with '{name}'.", name.capitalize())


def with_columns(edition: Form, entry: Form, table: ContactTable) -> Form:
    """The form of an edition with that of ``columns`` in its sections."""
    sections = edition.get(_SECTIONS, Rows)
    columns = replace(sections.form.get(COLUMNS, Nested), form=columns_form(entry, table))
    return edition.with_field(replace(sections, form=sections.form.with_field(columns)))
