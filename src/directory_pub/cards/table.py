"""The entries as a table: CSV by RFC 4180, which a spreadsheet opens and takes no cell of for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from directory_pub.cards.cards import LINE_END
from directory_pub.cards.values import label_of, row_text
from directory_pub.edition.model import Edition, Entry

__all__ = ["table_of"]

_BETWEEN = " / "  # values of one kind, in one cell
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula


def table_of(edition: Edition) -> bytes:
    """A row for each entry that the edition shows, in the order of the book, below heads in its language.

    It has the columns in which an entry has something: name, subtitle, section and place, the kinds of contact row in
    the order of their table, and the edition's own fields.
    """
    rows = [dict(_cells(entry, edition)) for entry in edition.entries]
    order = ["name", "subtitle", "section", "place", *edition.contact_table.kinds]
    order += [f".{field.name}" for field in edition.fields]
    filled = [key for key in order if any(row.get(key) for row in rows)]
    own = {f".{field.name}": field.label.rstrip(":.") for field in edition.fields}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=LINE_END)
    writer.writerow([_safe(own.get(key) or label_of(key, edition)) for key in filled])
    writer.writerows([[_safe(row.get(key, "")) for key in filled] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _cells(entry: Entry, edition: Edition) -> Iterator[tuple[str, str]]:
    yield "name", _line(entry.name)
    yield "subtitle", _line(entry.subtitle or "")
    sections = (section for section in edition.sections if any(each.key == entry.key for each in section.entries))
    yield "section", _BETWEEN.join(_line(section.title) for section in sections)
    yield "place", _line(entry.locality or "")
    for kind in dict.fromkeys(row.kind for row in entry.contact):
        yield kind, _BETWEEN.join(row_text(row) for row in entry.contact if row.kind == kind)
    yield from ((f".{field.name}", ", ".join(value.texts)) for field, value in edition.own_values(entry))


def _line(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def _safe(text: str) -> str:
    """A cell that stays a text: behind an apostrophe where it begins as formulas do, telephone numbers as well."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULAS) else text
