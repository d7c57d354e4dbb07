"""What the content says must be printed, as words in reading order with their lines."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.contents import contents_items
from directory_pub.edition.model import Edition, Entry, Publisher, TextPage
from directory_pub.edition.pictures import Photo
from directory_pub.edition.quotation import open_quote
from directory_pub.edition.text import (
    Block,
    Heading,
    ItemList,
    Note,
    Paragraph,
    Pictures,
    Quote,
    Run,
    Table,
    TermList,
    blocks_within,
    runs_within,
)
from directory_pub.findings import Place

__all__ = [
    "Call",
    "Calls",
    "Copy",
    "PageCopy",
    "PlaceOfLine",
    "body_copy",
    "calls_of",
    "contact_copy",
    "contents_copy",
    "entry_copy",
    "legend_copy",
    "letters",
    "note_copy",
    "own_copy",
    "page_copy",
    "photo_copy",
    "plate_copy",
    "publisher_copy",
    "quote_marks",
    "runs_copy",
    "text_copy",
]

_SPAN = re.compile(r"\[([^\]]+)\]\{lang=([\w-]+)\}")
_TEXTS_AT_HAND = 20_000  # most words of a book come again and again
_NOTHING: frozenset[str] = frozenset()
_SOFT_HYPHEN = re.compile(r"(?<=[^\W\d_])\u00ad(?=[^\W\d_])")
# Unicode's characters that only say how others are set (category Cf), as far as texts have them.
_FORMATS = (
    (0xAD, 0xAD),
    (0x61C, 0x61C),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFEFF, 0xFEFF),
)
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_UNSEEN: dict[int, str | None] = {ord(ligature): text for ligature, text in _LIGATURES.items()}
_UNSEEN |= dict.fromkeys(code for first, last in _FORMATS for code in range(first, last + 1))


class Copy(Struct, frozen=True):
    """One word of the content, where it was written and how it is emphasised.

    ``links`` are the addresses that it, or a part of it, leads to; ``languages`` those that it was tagged with,
    none where it is in the language of what stands round it. In a heading, ``heading`` is its level: 1 is the
    name of an entry or the title of a page. ``heads`` are the beginnings of it that may end a line with a hyphen,
    where its author allowed one; ``may_part`` is said of one of running text, that its language may part.
    """

    text: str
    place: Place
    bold: bool = False
    italic: bool = False
    links: frozenset[str] = _NOTHING
    languages: frozenset[str] = _NOTHING
    heading: int = 0
    heads: tuple[str, ...] = ()
    may_part: bool = False

    def followed_by(self, more: Copy) -> Copy:
        """This and what follows without a space, in the style that it begins with."""
        return replace(
            self,
            text=self.text + more.text,
            links=self.links | more.links,
            languages=self.languages | more.languages,
            heads=(*self.heads, *(self.text + head for head in more.heads)),
            may_part=False,
        )


class Call(Struct, frozen=True):
    """A footnote and its number in the book; ``touches`` where another call stands right behind its own."""

    note: Note
    number: int
    place: Place
    touches: bool = False


@functools.lru_cache(maxsize=_TEXTS_AT_HAND)
def letters(text: str) -> str:
    """A text as it is compared: composed, ligatures as letters, without spaces and what has no ink or width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text).translate(_UNSEEN))


def text_copy(text: str, place: Place, *, heading: int = 0) -> Iterator[Copy]:
    """The words of a plain text; a language span counts for its words, in its language."""
    plain, *spans = _SPAN.split(text)
    parts = [(plain, _NOTHING)]
    for words, language, behind in zip(spans[::3], spans[1::3], spans[2::3], strict=True):
        parts += [(words, frozenset((language,))), (behind, _NOTHING)]
    yield from _words((part, Copy("", place, languages=languages, heading=heading)) for part, languages in parts)


def _words(parts: Iterable[tuple[str, Copy]]) -> Iterator[Copy]:
    """The words of texts that follow one another, each in its style; a word that begins in one may end in the next."""
    held: Copy | None = None
    open_ended = False  # whether the text so far ends inside a word
    for text, style in parts:
        for number, word in enumerate(each for each in text.split() if letters(each)):
            heads = tuple(letters(word[: hyphen.start()]) for hyphen in _SOFT_HYPHEN.finditer(word))
            copy = replace(style, text=letters(word), heads=heads)
            if held and number == 0 and open_ended and not text[0].isspace():
                held = held.followed_by(copy)
                continue
            if held:
                yield held
            held = copy
        if text:
            open_ended = not text[-1].isspace()
    if held:
        yield held


PlaceOfLine = Callable[[int], Place]
"""The place of a line of a text."""
Calls = Mapping[int, "Call"]
"""The footnote calls of one text, by which of its notes it is (from 0)."""


def runs_copy(runs: Sequence[Run], at: PlaceOfLine, calls: Calls | None = None) -> Iterator[Copy]:
    """The words of runs; a word that changes style in its middle is one word, in the style it begins with.

    With ``calls`` each footnote stands behind its call, else both are left out.
    """
    parts: list[tuple[str, Copy]] = []
    for run in runs:
        if run.note and calls is not None:
            yield from _words(parts)
            parts = []
            call = calls[run.note.index]
            yield Copy(str(call.number), call.place)
            yield from note_copy(call)
        links = frozenset((run.href,)) if run.href else _NOTHING
        languages = frozenset((run.language,)) if run.language else _NOTHING
        for text, line in run.by_line():
            may_part = not (run.bold or run.href)
            parts.append((text, Copy("", at(line), run.bold, run.italic, links, languages, may_part=may_part)))
    yield from _words(parts)


def body_copy(
    blocks: Sequence[Block], at: PlaceOfLine, calls: Calls | None = None, language: str = ""
) -> Iterator[Copy]:
    """The words of a body in reading order; footnotes and the marks that open quotes are counted apart.

    With ``calls`` they are in their places, in a text of this ``language``.
    """
    for block in blocks:
        match block:
            case Heading():
                words = runs_copy(block.runs, at, calls)
                yield from (replace(word, heading=block.level, may_part=False) for word in words)
            case Paragraph():
                yield from runs_copy(block.runs, at, calls)
            case ItemList():
                for label, item in zip_longest(block.labels, block.items):
                    if label:
                        yield Copy(label, at(item[0].line if item else block.line))
                    yield from body_copy(item, at, calls, language)
            case TermList():
                for row in block.rows:
                    yield from runs_copy(row.term, at, calls)
                    yield from body_copy(row.paragraphs, at, calls)
            case Quote():
                yield from _quote_copy(block, at, calls, language)
                if block.credit:
                    yield from runs_copy(block.credit.runs, at, calls)
            case Pictures():
                for photo in block.photos:
                    yield from photo_copy(photo, at)
            case Table():
                if block.caption:
                    yield from runs_copy(block.caption.runs, at, calls)
                for line in (block.head, *block.rows):
                    for cell in line.cells:
                        yield from runs_copy(cell, at, calls)


def photo_copy(photo: Photo | None, at: PlaceOfLine | None = None) -> Iterator[Copy]:
    """The words below a picture: its caption, and behind it the credit."""
    if photo:
        yield from runs_copy(photo.caption, at or (lambda line: replace(photo.place, line=line)))
        yield from text_copy(photo.credit or "", photo.place)


def _quote_copy(quote: Quote, at: PlaceOfLine, calls: Calls | None, language: str) -> Iterator[Copy]:
    mark, first = open_quote(quote, language)
    opening = runs_copy(first, at, calls)
    if calls is not None:  # the mark is said with the first word
        begins = next(opening, None)
        opening = chain((replace(begins, text=mark + begins.text),) if begins else (), opening)
    yield from opening
    yield from body_copy(quote.paragraphs[1:], at, calls, language)


def quote_marks(blocks: Sequence[Block], at: PlaceOfLine, language: str) -> Iterator[Copy]:
    """The marks that open the quotes of a body, which stand large beside them."""
    for block in blocks_within(blocks):
        if isinstance(block, Quote):
            yield Copy(open_quote(block, language)[0], at(block.line))


def entry_copy(entry: Entry, edition: Edition, *, credit: Sequence[Copy] = ()) -> list[Copy]:
    """An entry's main column: name, subtitle, the ``credit`` of a picture that stands there, body, own fields."""
    words = list(text_copy(entry.name, entry.place_of("name"), heading=1))
    if entry.subtitle:
        words += text_copy(entry.subtitle, entry.place_of("subtitle"))
    closing = photo_copy(entry.closing_photo)
    return [*words, *credit, *body_copy(entry.body, entry.in_body), *own_copy(entry, edition), *closing]


def own_copy(entry: Entry, edition: Edition, *, but: str = "") -> Iterator[Copy]:
    """What an entry has in the edition's own fields ``but`` one: label and value."""
    for field, value in edition.own_values(entry):
        if field.name == but:
            continue
        yield from text_copy(field.label, value.place)
        yield from text_copy(value.row.text, value.place)


def contact_copy(rows: Sequence[ContactRow]) -> list[Copy]:
    """A contact block's rows: label and value."""
    words: list[Copy] = []
    for row in rows:
        words += text_copy(f"{row.label or ''} {row.text}", row.place)
    return words


class PageCopy(Struct, frozen=True):
    """The words of a text page: what stands above, the publisher's, the text, and the credit of its picture."""

    title: list[Copy]
    publisher: list[Copy]
    body: list[Copy]
    credit: list[Copy]


def page_copy(page: TextPage, edition: Edition) -> PageCopy:
    """The words of a text page, footnotes and the marks that open quotes apart."""
    title = list(text_copy(page.title or "", Place(file=page.place.file, line=1), heading=1))
    body = list(body_copy(page.body, page.in_body))
    if told := edition.credit_on(page):
        body += text_copy(*told)
    return PageCopy(title, list(publisher_copy(page.publisher)), body, list(photo_copy(page.picture)))


def calls_of(text: Entry | TextPage, first_notes: Mapping[str, int]) -> list[Call]:
    """The footnotes of a text; ``first_notes`` is the number of the first one of each source that has any."""
    pairs = (
        pair for runs in runs_within(text.body) for pair in pairwise((*runs, Run(text="", line=0))) if pair[0].note
    )
    return [
        Call(one.note, number, text.in_body(one.note.line), touches=other.note is not None)
        for number, (one, other) in enumerate(pairs, first_notes.get(text.source, 1))
        if one.note
    ]


def note_copy(call: Call) -> Iterator[Copy]:
    """A footnote's number and words."""
    yield Copy(str(call.number), call.place)
    yield from runs_copy(call.note.runs, lambda line: replace(call.place, line=line))


def publisher_copy(publisher: Publisher | None) -> Iterator[Copy]:
    """What stands of a publisher in the side column of a page of front matter."""
    if publisher:
        yield from text_copy(" ".join(publisher.wordmark), publisher.place)
        yield from text_copy(f"{publisher.name} {publisher.address or ''}", publisher.place)
        yield from contact_copy(publisher.contact)


def contents_copy(edition: Edition, folios: Mapping[str, str], rows: range | None = None) -> list[Copy]:
    """The contents row by row, or some of its rows with what stands above the first.

    ``folios`` are those of the page that each piece starts on.
    """
    told = [text_copy(*row) for row in _contents_rows(edition, folios)]
    some = told if rows is None else told[rows.start : rows.stop]
    title = text_copy(edition.contents_title, edition.place_of("contents")) if not rows or not rows.start else ()
    return [*title, *(copy for row in some for copy in row)]


def _contents_rows(edition: Edition, folios: Mapping[str, str]) -> Iterator[tuple[str, Place]]:
    for each in contents_items(edition):
        subtitle = f" {each.subtitle}" if each.subtitle else ""
        yield f"{each.name}{each.sign}{subtitle} {folios.get(each.key, '?')}", each.place


def legend_copy(edition: Edition, rows: range | None = None) -> list[Copy]:
    """The legends of the marks, which stand with the last row of the contents."""
    if rows is not None and rows.stop < sum(1 for _ in _contents_rows(edition, {})):
        return []
    return [copy for mark in edition.marks for copy in text_copy(f"{mark.sign} {mark.legend}", mark.place)]


def plate_copy(edition: Edition, kind: str, key: str) -> Iterator[Copy]:
    """The words of a full-bleed page or of the pages for notes."""
    publisher = edition.publisher_details
    if kind == "cover" and (cover := edition.cover):
        lines = (*cover.series, *cover.title, *cover.words, *cover.event, *cover.theme, *cover.venue)
        yield from text_copy(" ".join((*lines, cover.year or "", cover.date or "")), cover.place)
    elif kind == "opener":
        section = next(section for section in edition.sections if section.key == key)
        yield from text_copy(section.title, section.place)
    elif page := edition.page_of(kind, key):
        copy = page_copy(page, edition)
        yield from (*copy.title, *copy.body, *copy.credit)
    elif kind == "notes":
        yield from text_copy(edition.note_pages_title or "", edition.place_of("note_pages"))
    elif kind == "back-cover" and publisher:
        sites = [row.text for row in publisher.contact if row.kind == "web"]
        yield from text_copy(" ".join([*(publisher.wordmark or (publisher.name,)), *sites]), publisher.place)
