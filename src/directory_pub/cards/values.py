"""The values of an entry's contact rows by what they are: numbers, mail and web addresses, and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from urllib.parse import unquote

from msgspec import Struct

from directory_pub.contact import split_row
from directory_pub.edition.card_words import card_words
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.model import Edition, Entry

__all__ = ["CardValue", "label_of", "row_text", "values_of"]

Sort = Literal["phone", "fax", "mail", "web", "profile", "address", "words"]


class CardValue(Struct, frozen=True):
    """One value of a row: its sort, what is written of it, and where it leads."""

    sort: Sort
    text: str
    row: ContactRow
    link: str | None = None


def values_of(entry: Entry, edition: Edition) -> Iterator[CardValue]:
    """The values of an entry in the order of its rows. Words of a row that are part of no value are a value, too."""
    for row in entry.contact:
        yield from _values(row, entry.country or edition.country, edition)


def _values(row: ContactRow, country: str | None, edition: Edition) -> Iterator[CardValue]:
    table = edition.contact_table
    kind = table.kind_of(row)
    if row.kind == "address":
        yield CardValue("address", row_text(row), row)
        return
    if kind.value == "number" and not kind.is_linked:  # a fax: its number leads nowhere, and is one all the same
        yield CardValue("fax" if row.kind == "fax" else "phone", row_text(row), row)
        return
    parts = split_row(row, country, table)
    linked = [part for part in parts if part.link]
    for part in linked:
        link = str(part.link)
        if link.startswith("mailto:"):
            yield CardValue("mail", unquote(link.removeprefix("mailto:")), row, link)
        elif link.startswith("tel:"):
            yield CardValue("phone", link.removeprefix("tel:"), row, link)
        else:
            yield CardValue("profile" if kind.value == "profile" else "web", part.text, row, link)
    if not linked and kind.value == "number":
        yield CardValue("phone", row_text(row), row)
    elif not linked or any(each.isalnum() for part in parts if not part.link for each in part.text):
        yield CardValue("words", row_text(row), row)


def row_text(row: ContactRow) -> str:
    """What is printed of a row, in one line."""
    return " ".join(f"{row.label or ''} {row.text}".split())


def label_of(kind: str, edition: Edition) -> str:
    """What a kind of row is called in the book's language; one that we have no word for, as editors call it."""
    return card_words(edition.language).label_of(kind) or kind
