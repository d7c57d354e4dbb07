"""What is printed of an entry in a listing or register: the same for who sets it and who counts it."""

from __future__ import annotations

from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.model import Entry, Section
from directory_pub.edition.persons import family_name, is_people
from directory_pub.findings import Place

__all__ = ["guide_name", "guide_word", "listed_contact", "listed_place", "person_place", "register_phone"]


def listed_place(entry: Entry, section: Section) -> tuple[str, Place] | None:
    """Where an entry is found: its postal address if that is one line, else its place if no head of a group says it.

    A register has no room for streets: there it is the place, if the entry has one.
    """
    is_row = section.form == "register" and entry.locality is not None
    if not is_row and (address := _short_address(entry)) is not None:
        return address.text, address.place
    if entry.locality is None or any(entry.locality == group.title for group in section.groups):
        return None
    return entry.locality, entry.place_of("place")


def listed_contact(entry: Entry) -> tuple[ContactRow, ...]:
    """The contact rows of an entry in a listing, without the address that stands below its name."""
    short = _short_address(entry)
    return tuple(row for row in entry.contact if row is not short)


def _short_address(entry: Entry) -> ContactRow | None:
    """An entry's only postal address, on one line."""
    addresses = [row for row in entry.contact if row.kind == "address"]
    return addresses[0] if len(addresses) == 1 and "\n" not in addresses[0].text.strip() else None


def person_place(entry: Entry, section: Section) -> tuple[str, Place] | None:
    """The place of a person, if no head of a group says it; postal addresses stand with the other contacts."""
    if entry.locality is None or any(entry.locality == group.title for group in section.groups):
        return None
    return entry.locality, entry.place_of("place")


def guide_name(entry: Entry, section: Section) -> str:
    """The name by which the head of a page leads to an entry: a person's is the family's."""
    return family_name(entry) if is_people(section) else entry.name


def register_phone(entry: Entry) -> ContactRow | None:
    """The number that a register gives of an entry: its first telephone."""
    return next((row for row in entry.contact if row.kind == "phone"), None)


def guide_word(name: str, signs: int) -> str:
    """A name as it stands at the head of a page: cut at a word, if it is longer than so many signs."""
    plain = " ".join(name.replace("\u00ad", "").replace("\u200b", "").split())
    if len(plain) <= signs:
        return plain
    head, _, _ = plain[: signs + 1].rpartition(" ")
    return f"{(head or plain[:signs]).rstrip(',;–- ')} …"
