"""What must be printed on pages of people: the section's title, who each is, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from directory_pub.census.expected import Copy, body_copy, contact_copy, letters, own_copy, photo_copy, text_copy
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.listed import person_place
from directory_pub.edition.model import Edition, Entry, Section
from directory_pub.edition.persons import affiliation_of, initials

__all__ = ["initials_of", "says_copy", "title_copy", "who_copy"]


def title_copy(piece: Piece, section: Section) -> Iterator[Copy]:
    """The section's title, on the page that opens it."""
    if any(page.opens for page in piece.listed):
        yield from text_copy(section.title, section.place, heading=1)


def who_copy(entry: Entry, section: Section, edition: Edition, folios: Mapping[str, str]) -> Iterator[Copy]:
    """The name, what the person does, where they are from, and when they speak, each with its page."""
    yield from text_copy(entry.name, entry.place_of("name"), heading=1)
    yield from text_copy(entry.subtitle or "", entry.place_of("subtitle"))
    if value := entry.value_of(affiliation_of(entry, section)):
        yield from text_copy(value.row.text, value.place)
    if place := person_place(entry, section):
        yield from text_copy(*place)
    sessions = edition.sessions_of(entry)
    for number, session in enumerate(sessions, 1):
        comma, links = "," if number < len(sessions) else "", frozenset((f"#{session.goal}",))
        with_folio = edition.press_references == "page"
        words = session.words if with_folio else f"{session.words}{comma}"
        yield from (replace(copy, links=links) for copy in text_copy(words, session.place))
        folio = f"{folios.get(session.goal, '?')}{comma}" if with_folio else ""
        yield from (replace(copy, links=links, bold=True) for copy in text_copy(folio, session.place))


def says_copy(entry: Entry, section: Section, edition: Edition, *, aloud: bool = False) -> Iterator[Copy]:
    """The text, the credit of the portrait, the edition's other fields, and contacts.

    Aloud the mark that opens a quote is said with its first word.
    """
    yield from body_copy(entry.body, entry.in_body, {} if aloud else None, entry.language or edition.language)
    yield from photo_copy(entry.photo)
    yield from own_copy(entry, edition, but=affiliation_of(entry, section))
    yield from contact_copy(entry.contact)


def initials_of(entry: Entry) -> str:
    """What stands in the place of a portrait."""
    return "" if entry.photo else letters(initials(entry))
