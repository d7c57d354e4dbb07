"""What the content says must be printed, as words in reading order with their lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory_pub.findings import Place
from directory_pub.model import (
    Block, ContactRow, Edition, Entry, FrontMatter, Heading, ItemList, Note, Paragraph, Quote, Run, TermList,
)

__all__ = ["Copy", "Call", "body_copy", "contact_copy", "entry_copy", "letters", "notes_of", "text_copy"]

_SPAN = re.compile(r"\[([^\]]+)\]\{lang=[\w-]+\}")
_DRAWN_MARKS = str.maketrans("", "", "“”\u00ad\u200b")


@dataclass(frozen=True, slots=True)
class Copy:
    """One word of the content, where it was written and how it is emphasised."""

    text: str
    place: Place
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A footnote and the number that the book's count gives it."""

    note: Note
    number: int
    place: Place


def letters(text: str) -> str:
    """A text as it is compared: composed, without spaces and without double quotation marks,
    since the style draws a quote's opening mark."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text).translate(_DRAWN_MARKS))


def text_copy(text: str, place: Place, *, bold: bool = False, italic: bool = False) -> Iterator[Copy]:
    """The words of a plain text; a language span counts for its words alone."""
    for word in _SPAN.sub(r"\1", text).split():
        if letters(word):
            yield Copy(letters(word), place, bold, italic)


def runs_copy(runs: Sequence[Run], file: str, field: str) -> Iterator[Copy]:
    """The words of runs. A word in two styles counts as two, which comparing joins again."""
    for run in runs:
        yield from text_copy(run.text, Place(file=file, line=run.line, field=field), bold=run.bold, italic=run.italic)


def body_copy(blocks: Sequence[Block], file: str) -> Iterator[Copy]:
    """The words of a body in reading order; footnotes are counted apart."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield from runs_copy(block.runs, file, "body")
            case ItemList():
                for number, item in enumerate(block.items, 1):
                    if block.numbered:
                        yield Copy(f"{number}.", Place(file=file, line=block.line, field="body"))
                    yield from body_copy(item, file)
            case TermList():
                for row in block.rows:
                    yield from runs_copy(row.term, file, "body")
                    yield from body_copy(row.paragraphs, file)
            case Quote():
                yield from body_copy(block.paragraphs, file)
                if block.credit:
                    yield from runs_copy(block.credit.runs, file, "body")


def entry_copy(entry: Entry) -> list[Copy]:
    """An entry's main column: name, subtitle, body."""
    words = list(text_copy(entry.name, entry.place_of("name")))
    if entry.subtitle:
        words += text_copy(entry.subtitle, entry.place_of("subtitle"))
    return words + list(body_copy(entry.body, entry.place.file))


def contact_copy(rows: Sequence[ContactRow]) -> list[Copy]:
    """A contact block's rows: label and value."""
    words: list[Copy] = []
    for row in rows:
        words += text_copy(f"{row.label or ''} {row.text}", row.place)
    return words


def notes_of(edition: Edition) -> dict[str, list[Call]]:
    """The footnotes of each page of front matter and entry by its key, numbered through the book."""
    pages: list[FrontMatter | Entry] = [p for p in (edition.preface, edition.imprint) if p]
    calls: dict[str, list[Call]] = {}
    number = 0
    for page in [*pages, *edition.entries]:
        for note in page.notes():
            number += 1
            place = Place(file=page.place.file, line=note.line, field="body")
            calls.setdefault(page.key, []).append(Call(note, number, place))
    return calls
