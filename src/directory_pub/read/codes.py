"""Read what is said of codes to scan and of the email PDF, and tell of codes that nobody will see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from msgspec import Struct

from directory_pub.contact import web_link
from directory_pub.edition.codes import Attachment, EntryCode, PageCode
from directory_pub.edition.model import Edition, Entry, Opens, SectionForm
from directory_pub.edition.yaml_source import Fields
from directory_pub.findings import Finding, note
from directory_pub.read.sources import Sources

__all__ = ["EmailFields", "check_codes", "read_email", "read_entry_code", "read_page_code"]

_THE_EMAIL_FILE = "email"


class EmailFields(Struct, frozen=True):
    """How the email PDF opens, the address that it can be had at, and what it has attached."""

    opens: Opens = "spreads"
    web: str | None = None
    attach: tuple[Attachment, ...] = ()


def read_email(f: Fields | None) -> EmailFields:
    """What edition.yaml says of the email PDF."""
    if f is None:
        return EmailFields()
    fields = EmailFields(
        opens=cast("Opens", f.word("opens")),
        web=_address(f, "web"),
        attach=tuple(dict.fromkeys(cast("tuple[Attachment, ...]", f.lines("attach")))),
    )
    f.close()
    return fields


def read_entry_code(f: Fields) -> EntryCode | None:
    """What the code of an entry is for, where its file says so."""
    return cast("EntryCode | None", f.text("qr"))


def read_page_code(f: Fields, sources: Sources) -> PageCode | None:
    """The code of a text page; one that leads to the email PDF has the address that edition.yaml has for it."""
    node = f.node("qr")
    if node is not None and node.value == _THE_EMAIL_FILE:
        if sources.email_web:
            return PageCode(address=sources.email_web, place=node.place)
        remedy = "Write it in edition.yaml as email: {web: https://…}, or the address itself here."
        f.complain("key-missing", node.place, "nothing says where the email PDF can be had.", remedy)
        return None
    address = _address(f, "qr")
    return PageCode(address=address, place=f.places()["qr"]) if address else None


def _address(f: Fields, name: str) -> str | None:
    """A web address, which is there as links write it; None with a finding for one that leads nowhere."""
    text = f.text(name)
    if not text:
        return None
    link = web_link(text)
    if link is None:
        remedy = "Write it whole, as in https://www.example.org/book."
        f.complain("value-type", f.places()[name], f"'{text}' is no web address.", remedy)
    return link


def check_codes(edition: Edition) -> Iterator[Finding]:
    """A note on each entry whose own file asks for a code that stands nowhere."""
    forms, told = edition.forms, set[str]()
    for section in edition.sections:
        for entry in section.entries:
            wanted, form = entry.qr, forms[entry.key]
            if wanted in (None, "none") or entry.key in told or form != section.form:
                continue
            told.add(entry.key)
            if why := _unseen(wanted, entry, form, edition):
                reason, remedy = why
                yield note("field-unused", entry.place_of("qr"), f"'{wanted}' has no effect: {reason}.", remedy)


def _unseen(wanted: EntryCode | None, entry: Entry, form: SectionForm, edition: Edition) -> tuple[str, str] | None:
    if form != "pages":
        return "codes stand beside entries with pages of their own", "Take it out, or list the entry by 'form: pages'."
    kinds = edition.contact_table
    if wanted == "web" and not any(kinds.kind_of(row).value == "web" for row in entry.contact):
        return "the entry has no web address", "Give it a contact row 'web', or take it out."
    if not entry.contact:
        return "the entry has no contact rows", "Give it some, or take it out."
    return None
