"""Cards for an address book: vCard 4.0 (RFC 6350), and 3.0 (RFC 2426) for codes, which more telephones read."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from directory_pub.cards.values import CardValue, label_of, values_of
from directory_pub.edition.model import Edition, Entry

__all__ = ["LINE_END", "card_of", "cards_of"]

LINE_END = "\r\n"
_OCTETS = 75  # of a line, without its end
_PEOPLE = "people"  # the form of a section whose entries are persons


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
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{_escaped(name)};;;;", f"FN:{_escaped(name)}"]
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
    person = _is_person(entry, edition)
    name = _line(entry.name)
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"KIND:{'individual' if person else 'org'}")
    # The same card in each edition of the same key, so that who takes the file once more has nobody twice.
    yield f"UID:urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{edition.key}/{entry.key}')}"
    yield f"FN:{_escaped(name)}"
    if person:
        yield f"N:{_escaped(name)};;;;"
    else:
        yield f"ORG:{_escaped(name)}"
    notes = [_line(entry.subtitle)] if entry.subtitle else []
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
    notes += [f"{field.label.rstrip(':.')}: {', '.join(value.texts)}" for field, value in edition.own_values(entry)]
    if notes:
        yield f"NOTE:{_escaped(chr(10).join(notes))}"
    yield f"REV:{edition.created.replace('-', '')}T000000Z"
    yield "END:VCARD"


def _is_person(entry: Entry, edition: Edition) -> bool:
    forms = (section.form for section in edition.sections if any(each.key == entry.key for each in section.entries))
    return any(str(form) == _PEOPLE for form in forms)


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
