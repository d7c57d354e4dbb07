"""Read a finished PDF aloud: the words of its structure tree, in the order of the tree.

What a screen reader says is not what the page shows: it follows the tags. So the census is taken
a second time, of what is said, with its spaces: two words without one are said as one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from directory_pub.census.compare import compare_copy
from directory_pub.census.expected import (
    Copy,
    body_copy,
    calls_of,
    contact_copy,
    contents_copy,
    legend_copy,
    letters,
    plate_copy,
    publisher_copy,
    text_copy,
)
from directory_pub.findings import Finding, Place, error
from directory_pub.flatplan import Piece
from directory_pub.model import Edition, Entry, FrontMatter

__all__ = ["Spoken", "characters_of", "compare_aloud", "read_aloud"]

# Elements inside a line whose words go on in the sentence round them; all others begin and end a word.
_IN_THE_LINE = frozenset({"/Span", "/Link", "/Quote", "/Code"})
_CODE = rb"<([0-9A-Fa-f]+)>\s*"
_CHARACTER = re.compile(_CODE + _CODE)
_RANGE = re.compile(_CODE + _CODE + rb"(?:" + _CODE + rb"|\[([^\]]*)\])")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word as it is said, and the page that it begins on (0-based)."""

    text: str
    page_index: int


# -------------------------------------------------------------------- reading
def read_aloud(pdf: bytes, first: int = 0) -> list[Spoken]:
    """Every word of the structure tree in its order; what is in no element is not said.

    ``first`` is the index of the file's first page in the book.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if "/StructTreeRoot" not in document.Root:
            return []
        pages = {page.obj.objgen: index for index, page in enumerate(document.pages, first)}
        texts = {index: _texts(page) for index, page in enumerate(document.pages, first)}
        return list(_words(_parts(document.Root.StructTreeRoot.get("/K"), None, pages, texts)))


def _parts(
    kid: object, page_index: int | None, pages: Mapping[tuple[int, int], int], texts: Mapping[int, Mapping[int, str]]
) -> Iterator[tuple[str, int | None]]:
    """The text of an entry of /K in reading order, with its pages; a line end where words must not join."""
    if isinstance(kid, int):
        yield (texts[page_index].get(kid, "") if page_index is not None else ""), page_index
    elif isinstance(kid, Array):
        for each in kid.as_list():
            yield from _parts(each, page_index, pages, texts)
    elif isinstance(kid, Dictionary):
        page_index = pages.get(kid.Pg.objgen) if "/Pg" in kid else page_index
        if kid.get("/Type") == Name.MCR:
            yield from _parts(int(kid.MCID), page_index, pages, texts)
        elif kid.get("/Type") != Name.OBJR:
            apart = str(kid.get("/S")) not in _IN_THE_LINE
            yield ("\n" if apart else ""), page_index
            yield from _parts(kid.get("/K"), page_index, pages, texts)
            yield ("\n" if apart else ""), page_index


def _words(parts: Iterator[tuple[str, int | None]]) -> Iterator[Spoken]:
    held, began = "", 0
    for text, page_index in parts:
        for character in text:
            if not character.isspace():
                began = began if held else page_index or 0
                held += character
            elif held:
                yield Spoken(held, began)
                held = ""
    if held:
        yield Spoken(held, began)


def _texts(page: pikepdf.Page) -> dict[int, str]:
    """What each numbered piece of a page's content says."""
    used = page.resources.get("/Font", Dictionary()).as_dict()
    fonts = {name: characters_of(_table(font)) for name, font in used.items()}
    texts: dict[int, str] = {}
    marks: list[int | None] = []
    font: Mapping[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ"):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                marked = operands[1] if len(operands) > 1 else None
                marks.append(int(marked.MCID) if isinstance(marked, Dictionary) and "/MCID" in marked else None)
            case "EMC":
                marks.pop()
            case "Tf":
                font = fonts.get(str(operands[0]), {})
            case _ if marks and marks[-1] is not None:
                texts[marks[-1]] = texts.get(marks[-1], "") + _decoded(operands[0], font)
    return texts


def _decoded(shown: pikepdf.Object, font: Mapping[int, str]) -> str:
    strings = shown.as_list() if isinstance(shown, Array) else [shown]
    codes = b"".join(bytes(each) for each in strings if isinstance(each, String))
    return "".join(font.get(high << 8 | low, "\ufffd") for high, low in zip(codes[::2], codes[1::2], strict=False))


def _table(font: pikepdf.Object) -> bytes:
    return font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""


def characters_of(to_unicode: bytes) -> dict[int, str]:
    """What each code reads as, from the content of a font's /ToUnicode."""
    table: dict[int, str] = {}
    for rows in re.findall(rb"beginbfchar(.*?)endbfchar", to_unicode, re.DOTALL):
        table |= {int(code, 16): _utf16(text) for code, text in _CHARACTER.findall(rows)}
    for rows in re.findall(rb"beginbfrange(.*?)endbfrange", to_unicode, re.DOTALL):
        for first, last, start, listed in _RANGE.findall(rows):
            codes = range(int(first, 16), int(last, 16) + 1)
            texts = [_utf16(text) for text in re.findall(rb"\w+", listed)]
            table |= dict(zip(codes, texts or [chr(int(start, 16) + at) for at in range(len(codes))], strict=False))
    return table


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


# -------------------------------------------------------------------- comparing
FirstNotes = Mapping[str, int]


def compare_aloud(
    edition: Edition,
    pieces: Sequence[Piece],
    spoken: Sequence[Spoken],
    folios: Mapping[str, str],
    first_notes: FirstNotes,
) -> list[Finding]:
    """Hold what is said of each piece's pages against the content: every word, in its order, on its own.

    ``folios`` are what contents must say of each piece; ``first_notes`` the number of the first footnote in each file.
    """
    pages_of = {index: piece for piece in pieces for index in piece.pages}
    said: dict[str, list[Spoken]] = {piece.key: [] for piece in pieces}
    for word in spoken:
        said[pages_of[word.page_index].key].append(word)
    return [each for piece in pieces for each in _compare(edition, piece, said[piece.key], folios, first_notes)]


def _compare(
    edition: Edition, piece: Piece, said: Sequence[Spoken], folios: Mapping[str, str], first_notes: FirstNotes
) -> list[Finding]:
    expected = list(_expected(edition, piece, folios, first_notes))
    place = piece.entry.place_of("name") if piece.entry else edition.place
    if piece.kind in ("cover", "back-cover"):  # what stands in plots has no order of its own
        expected = sorted(expected, key=lambda copy: copy.text)
        said = sorted(said, key=lambda word: letters(word.text))
    return compare_copy(expected, said, f"{piece.folios} as read aloud", place) or list(
        _run_together(expected, said, piece, place)
    )


def _run_together(expected: Sequence[Copy], said: Sequence[Spoken], piece: Piece, place: Place) -> Iterator[Finding]:
    """A finding at the first word whose letters are right and whose spaces are not."""
    heard = [text for word in said if (text := letters(word.text))]
    for copy, text in zip(expected, heard, strict=False):
        if copy.text != text:
            message = f"“{text}” is read aloud on {piece.folios} where the content has “{copy.text}”."
            remedy = 'A line must end in a space, or inside a word with <br class="joined">.'
            yield error("words-run-together", copy.place or place, message, remedy)
            return


def _expected(edition: Edition, piece: Piece, folios: Mapping[str, str], first_notes: FirstNotes) -> Iterator[Copy]:
    """The words of a piece in the order in which they are to be heard: each note behind its call."""
    match piece.kind:
        case "entry" if piece.entry:
            yield from _entry(piece.entry, first_notes, piece.entry.language or edition.language)
        case "preface" if edition.preface:
            yield from text_copy(edition.preface.title or "Preface", edition.preface.place)
            yield from _body(edition.preface, first_notes, edition.language)
        case "imprint" if edition.imprint:
            yield from publisher_copy(edition.imprint.publisher)
            yield from _body(edition.imprint, first_notes, edition.language)
        case "contents":
            yield from contents_copy(edition, folios, piece.rows)
            yield from legend_copy(edition, piece.rows)
        case _:
            yield from plate_copy(edition, piece.kind, piece.key)


def _entry(entry: Entry, first_notes: FirstNotes, language: str) -> Iterator[Copy]:
    yield from text_copy(entry.name, entry.place_of("name"))
    yield from text_copy(entry.subtitle or "", entry.place_of("subtitle"))
    if entry.photo:
        yield from text_copy(entry.photo.credit or "", entry.photo.place)
    yield from _body(entry, first_notes, language)
    yield from contact_copy(entry.contact)


def _body(page: Entry | FrontMatter, first_notes: FirstNotes, language: str) -> Iterator[Copy]:
    own = {call.note.index: call for call in calls_of(page, first_notes)}
    return body_copy(page.body, page.place.file, own, language)
