"""Cards for an address book: vCard 4.0 (RFC 6350), and 3.0 (RFC 2426) for codes, which more telephones read."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from directory_pub.cards.values import CardValue, label_of, values_of
from directory_pub.edition.model import Edition, Entry, Section
from directory_pub.edition.persons import affiliation_of, is_people, name_in_order

__all__ = ["LINE_END", "card_of", "cards_of"]

LINE_END = "\r\n"
_OCTETS = 75  # of a line, without its end


def cards_of(edition: Edition) -> bytes:
    """The cards of all entries that the edition shows, in the order of the book."""
    lines = (line for entry in edition.entries for line in _full(entry, edition))
    return "".join(_folded(line) + LINE_END for line in lines).encode()


def card_of(entry: Entry, edition: Edition) -> str:
    """The card that a code has: how an entry is called, and what a telephone does something with.

    It is not folded, as a code has no lines, and has no words that nobody dials, opens or drives to.
    """
    person = _is_person(entry, edition)
    name = _line(entry.name)
    lines = ["BEGIN:VCARD", "VERSION:3.0", _name_parts(entry, person=person), f"FN:{_escaped(name)}"]
    lines += [] if person else [f"ORG:{_escaped(name)}"]
    for each in values_of(entry, edition):
        lines += _short(each)
    return LINE_END.join([*lines, "END:VCARD"]) + LINE_END


def _short(value: CardValue) -> Iterator[str]:
    match value.sort:
        case "phone":
            yield f"TEL:{_escaped(value.text)}"
        case "mail":
            yield f"EMAIL:{_escaped(value.text)}"
        case "web":
            yield f"URL:{value.link}"
        case "address":
            yield f"ADR:;;{_escaped(value.text)};;;;"


def _full(entry: Entry, edition: Edition) -> Iterator[str]:
    section = _people_of(entry, edition)
    person = section is not None
    name = _line(entry.name)
    house = affiliation_of(entry, section) if section else ""
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"KIND:{'individual' if person else 'org'}")
    # The same card in each edition of the same key, so that who takes the file once more has nobody twice.
    yield f"UID:urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{edition.key}/{entry.key}')}"
    yield f"FN:{_escaped(name)}"
    if person:
        yield _name_parts(entry, person=True)
        yield from [f"TITLE:{_escaped(_line(entry.subtitle))}"] if entry.subtitle else []
        yield from (f"ORG:{_escaped(', '.join(v.texts))}" for v in entry.values if v.field == house)
    else:
        yield f"ORG:{_escaped(name)}"
    notes = [_line(entry.subtitle)] if entry.subtitle and not person else []
    for each in values_of(entry, edition):
        match each.sort:
            case "phone" if each.link:
                yield f"TEL;VALUE=uri;TYPE=voice:{each.link}"
            case "phone":
                yield f"TEL;TYPE=voice:{_escaped(each.text)}"
            case "fax":
                yield f"TEL;TYPE=fax:{_escaped(each.text)}"
            case "mail":
                yield f"EMAIL:{_escaped(each.text)}"
            case "web" | "profile":
                yield f"URL:{each.link}"
            case "address":
                yield f"ADR:;;{_escaped(each.text)};;;;"
            case _:
                notes.append(f"{label_of(each.row.kind, edition)}: {each.text}")
    own = ((field, value) for field, value in edition.own_values(entry) if value.field != house)
    notes += [f"{field.label.rstrip(':.')}: {', '.join(value.texts)}" for field, value in own]
    if notes:
        yield f"NOTE:{_escaped(chr(10).join(notes))}"
    yield f"REV:{edition.created.replace('-', '')}T000000Z"
    yield "END:VCARD"


def _name_parts(entry: Entry, *, person: bool) -> str:
    """The name as address books put it in order: of a person the family name, and behind it the others."""
    family, _, given = name_in_order(entry).partition(", ") if person else (_line(entry.name), "", "")
    return f"N:{_escaped(family)};{_escaped(given)};;;"


def _is_person(entry: Entry, edition: Edition) -> bool:
    return _people_of(entry, edition) is not None


def _people_of(entry: Entry, edition: Edition) -> Section | None:
    """The section of people that an entry stands in."""
    sections = (each for each in edition.sections if is_people(each))
    return next((each for each in sections if any(other.key == entry.key for other in each.entries)), None)


def _line(text: str) -> str:
    """A text without what only says how it is set: breaks, soft hyphens, marks of its language."""
    plain = re.sub(r"\[([^\]]+)\]\{lang=[\w-]+\}", r"\1", text)
    return " ".join(plain.replace("\u00ad", "").replace("\u200b", "").replace("\u2060", "").split())


def _escaped(text: str) -> str:
    """A value of a text: a comma, a semicolon and a line's end would begin something else."""
    for plain, written in (("\\", "\\\\"), (",", "\\,"), (";", "\\;"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, no character of which is parted; each further one begins with a space."""
    pieces, held = [], 0
    piece = ""
    for character in line:
        octets = len(character.encode())
        if held + octets > _OCTETS:
            pieces.append(piece)
            piece, held = " ", 1
        piece += character
        held += octets
    return LINE_END.join([*pieces, piece])
