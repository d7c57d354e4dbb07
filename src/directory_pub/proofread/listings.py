"""What entries have that a section with several on a page does not print."""

from __future__ import annotations

from collections.abc import Iterator

from directory_pub.edition.listed import listed_place, register_phone
from directory_pub.edition.model import Edition, Entry, Section
from directory_pub.edition.text import Table
from directory_pub.findings import Finding, error, note

__all__ = ["proofread_listings"]


def proofread_listings(edition: Edition) -> Iterator[Finding]:
    """Footnotes and tables in a listing, which has no foot to set them at; and what a register leaves out."""
    forms = edition.forms
    for section in edition.sections:
        if section.form == "compact":
            yield from (finding for entry in section.entries for finding in (*_notes(entry), *_tables(entry)))
            yield from (finding for entry in section.entries for finding in _one_picture(entry))
        elif section.form == "register":
            here = [entry for entry in section.entries if forms[entry.key] == "register"]
            yield from _abridged(section, here)


def _notes(entry: Entry) -> Iterator[Finding]:
    for each in entry.notes():
        message = "a footnote has no place in a section that lists several entries on a page."
        remedy = "Write it into the text, or give the section 'form: pages'."
        yield error("markdown-unsupported", entry.in_body(each.call_line), message, remedy)


def _one_picture(entry: Entry) -> Iterator[Finding]:
    if entry.photo and entry.logo:
        message = "is not printed: in a listing there is room for one picture, and the entry has a logo."
        yield note("entry-abridged", entry.photo.place, message, "Take one of the two out.")


def _tables(entry: Entry) -> Iterator[Finding]:
    for each in entry.body:
        if isinstance(each, Table):
            message = "a table has no room in a section that lists several entries on a page."
            remedy = "Write it as a list, or give the section 'form: pages'."
            yield error("markdown-unsupported", entry.in_body(each.line), message, remedy)


def _abridged(section: Section, entries: list[Entry]) -> Iterator[Finding]:
    """One note for all entries of a register that have more than it prints and stand nowhere else in the book."""
    longer = [(entry, more) for entry in entries if (more := list(_left_out(entry, section)))]
    if not longer:
        return
    entry, more = longer[0]
    others = f", and so for {len(longer) - 1} more" if len(longer) > 1 else ""
    message = f"of '{entry.name}' the register does not print {_listed(more)}{others}."
    remedy = "A register has name, place and telephone: list them in a section of another form, too, to print all."
    yield note("entry-abridged", section.place, message, remedy)


def _left_out(entry: Entry, section: Section) -> Iterator[str]:
    """What stands in the file of an entry and not in its row."""
    if entry.subtitle:
        yield "subtitle"
    if entry.body:
        yield "text"
    if entry.photo:
        yield "photo"
    if entry.logo:
        yield "logo"
    place, phone = listed_place(entry, section), register_phone(entry)
    printed = {told.place for told in (phone,) if told} | ({place[1]} if place else set())
    yield from dict.fromkeys(row.kind for row in entry.contact if row.place not in printed)
    yield from dict.fromkeys(value.field for value in entry.values)


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
