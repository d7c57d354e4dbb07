"""What must be printed on pages of a listing or register, entry by entry, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from directory_pub.census.expected import Copy, body_copy, contact_copy, letters, own_copy, photo_copy, text_copy
from directory_pub.edition.flatplan import ListedBlock, Piece
from directory_pub.edition.listed import listed_contact, listed_place, register_phone
from directory_pub.edition.model import Edition, Entry, Section

__all__ = ["again_copy", "beside_copy", "blocks_of", "head_copy", "listed_copy", "row_copy"]


def blocks_of(piece: Piece) -> Iterator[ListedBlock]:
    """What stands on the pages of a piece, column by column."""
    for page in piece.listed:
        for column in page.columns:
            yield from column


def head_copy(block: ListedBlock, section: Section, *, aloud: bool = False) -> Iterator[Copy]:
    """A group's head: its title, in a listing with the letter that it is found by, which is not said twice."""
    group = next(group for group in section.groups if group.title == block.key)
    if section.form == "compact" and group.initial != group.title and not aloud:
        yield from text_copy(group.initial, section.place)
    yield from text_copy(group.title, section.place, heading=1)


def listed_copy(
    entry: Entry, section: Section, edition: Edition, calls: Mapping[int, object] | None = None
) -> list[Copy]:
    """An entry in a listing but its contacts: name, what it is and where, text, credit, fields.

    With ``calls`` the mark that opens a quote is said with its first word.
    """
    words = list(text_copy(entry.name, entry.place_of("name"), heading=1))
    words += text_copy(entry.subtitle or "", entry.place_of("subtitle"))
    if place := listed_place(entry, section):
        words += text_copy("/", place[1]) if entry.subtitle else ()
        words += text_copy(*place)
    language = entry.language or edition.language
    words += body_copy(entry.body, entry.in_body, {} if calls is not None else None, language)
    words += photo_copy(entry.photo)
    words += own_copy(entry, edition)
    return words


def beside_copy(entry: Entry) -> list[Copy]:
    """The contacts of an entry in a listing."""
    return contact_copy(listed_contact(entry))


def row_copy(entry: Entry, section: Section, folio: str | None, *, aloud: bool = False) -> list[Copy]:
    """A row of a register; the folio of where the entry stands in full is said behind it, and stands apart."""
    links = frozenset((f"#{entry.key}",)) if folio else frozenset[str]()
    words = [replace(copy, links=links) for copy in text_copy(entry.name, entry.place_of("name"))]
    if place := listed_place(entry, section):
        words += [*text_copy("·", place[1]), *text_copy(*place)]
    if phone := register_phone(entry):
        words += contact_copy([phone])
    told = [replace(copy, links=links) for copy in text_copy(folio or "", entry.place_of("name"))]
    return [*words, *told] if aloud else words


def again_copy(block: ListedBlock, edition: Edition, *, is_top: bool) -> Sequence[str]:
    """The words above what goes on from another column; none where nothing does."""
    if block.again is None or not (block.part or is_top):
        return ()
    told = f"{block.again}, {edition.words.continued}"
    return [text for word in told.split() if (text := letters(word))]
