"""What entries have that a section with several on a page does not print."""

from __future__ import annotations

from collections.abc import Iterator

from directory_pub.edition.listed import listed_place, register_phone
from directory_pub.edition.model import Edition, Entry, Section
from directory_pub.edition.persons import is_people
from directory_pub.edition.text import Table, photos_within
from directory_pub.findings import Finding, error, note

__all__ = ["proofread_listings"]

_MOST_NAMED = 5


def proofread_listings(edition: Edition) -> Iterator[Finding]:
    """Footnotes and tables in a listing, which has no foot to set them at; and what a register leaves out."""
    forms = edition.forms
    for section in edition.sections:
        if section.form in ("compact", "people"):
            for entry in section.entries:
                yield from (*_notes(entry), *_tables(entry), *_pictures(entry), *_one_picture(entry))
            yield from _without_portrait(section) if is_people(section) else ()
        elif section.form == "register":
            here = [entry for entry in section.entries if forms[entry.key] == "register"]
            yield from _abridged(section, here)


def _notes(entry: Entry) -> Iterator[Finding]:
    for each in entry.notes():
        message = "a footnote has no place in a section that lists several entries on a page."
        remedy = "Write it into the text, or give the section 'form: pages'."
        yield error("markdown-unsupported", entry.in_body(each.call_line), message, remedy)


def _pictures(entry: Entry) -> Iterator[Finding]:
    more = (entry.photo,) if entry.photo and entry.photo.size != "tile" else ()
    for photo in (*more, *photos_within(entry.body), *entry.photos, entry.closing_photo):
        if photo:
            message = f"'{photo.file}' has no place in a section that lists several entries on a page."
            remedy = "Name it as the 'photo' of the entry, in its tile, or give the section 'form: pages'."
            yield error("picture-unplaced", photo.file_place, message, remedy)


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


def _without_portrait(section: Section) -> Iterator[Finding]:
    """One note for all people without a portrait in a section where most have one."""
    without = [entry for entry in section.entries if entry.photo is None]
    if not without or 2 * len(without) >= len(section.entries):
        return
    named = ", ".join(entry.name for entry in without[:_MOST_NAMED])
    more = f" and {len(without) - _MOST_NAMED} more" if len(without) > _MOST_NAMED else ""
    verb = "has" if len(without) == 1 else "have"
    message = f"{named}{more} {verb} no portrait, and most people of '{section.key}' have: initials stand in its place."
    remedy = "Ask them for a picture, and name it as 'photo: {file: …}'."
    yield note("portrait-missing", without[0].place_of("name"), message, remedy)


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
    if entry.photo or entry.photos or entry.closing_photo:
        yield "photo"
    if entry.logo:
        yield "logo"
    place, phone = listed_place(entry, section), register_phone(entry)
    printed = {told.place for told in (phone,) if told} | ({place[1]} if place else set())
    yield from dict.fromkeys(row.kind for row in entry.contact if row.place not in printed)
    yield from dict.fromkeys(value.field for value in entry.values)


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
