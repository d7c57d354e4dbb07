"""Hold what a screen reader says against the content: every word, in its order, on its own.

So the census is taken a second time, of what is said, with its spaces: two words without one are
said as one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from directory_pub.census.codes import check_codes_said, code_copy, in_printed_order
from directory_pub.census.compare import compare_copy
from directory_pub.census.count_listed import expected_aloud, said_in_order
from directory_pub.census.count_sponsors import check_sponsor_links, sponsors_copy
from directory_pub.census.expected import (
    Copy,
    body_copy,
    calls_of,
    contact_copy,
    contents_copy,
    legend_copy,
    letters,
    own_copy,
    page_copy,
    photo_copy,
    plate_copy,
    text_copy,
)
from directory_pub.census.index_pages import check_index_links, index_copy, index_of
from directory_pub.census.markup import (
    check_addresses,
    check_alternatives,
    check_contact_links,
    check_headings,
    check_languages,
    check_links,
)
from directory_pub.census.programme_copy import expected_aloud as programme_aloud
from directory_pub.census.programme_copy import place_of_day
from directory_pub.census.tables import check_spoken_tables, tables_of
from directory_pub.census.tag_tree import Spoken, SpokenTable, TagTree
from directory_pub.design.grid import Grid
from directory_pub.edition.adverts import Advert, adverts_on
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition, Entry, TextPage
from directory_pub.edition.pictures import Photo
from directory_pub.edition.programme import PROGRAMME
from directory_pub.edition.rewriting import edition_with_folios, with_folios
from directory_pub.edition.sponsors import SPONSORS_KEY
from directory_pub.findings import Finding, Place, error

__all__ = ["compare_screen_reader"]

FirstNotes = Mapping[str, int]


def compare_screen_reader(
    edition: Edition,
    pieces: Sequence[Piece],
    tree: TagTree,
    folios: Mapping[str, str],
    first_notes: FirstNotes,
    *,
    grid: Grid | None = None,
) -> list[Finding]:
    """Hold what is said of each piece's pages against the content: every word, in its order, on its own, with
    its link, language and heading, and every picture.

    ``folios`` are what must be said of each piece that is named; ``first_notes`` the number of each source's first
    footnote; the ``grid`` says whether a day of the programme is a table.
    """
    edition = edition_with_folios(edition, folios)
    pieces = [replace(each, entry=with_folios(each.entry, folios)) if each.entry else each for each in pieces]
    pages_of = {index: piece.key for piece in pieces for index in piece.pages}
    said: dict[str, list[Spoken]] = {piece.key: [] for piece in pieces}
    for word in tree.words:
        said[pages_of[word.page_index]].append(word)
    findings: list[Finding] = []
    for piece in pieces:
        every = _expected(edition, piece, folios, first_notes, grid)
        expected = _as_said(edition, every, said[piece.key], piece)
        pictures = [picture for picture in tree.pictures if pages_of[picture.page_index] == piece.key]
        links = [link for link in tree.links if pages_of[link.page_index] == piece.key]
        findings += _compare(edition, piece, expected, said[piece.key], folios) or [
            *check_alternatives(_pictured(edition, piece), pictures),
            *check_codes_said(edition, piece, pictures, links),
            *(check_sponsor_links(edition, pictures) if piece.kind == SPONSORS_KEY else ()),
            *check_addresses(links, piece.folios, _place(edition, piece)),
            *check_index_links(edition, said[piece.key], folios, piece),
            *_check_tables(
                edition, piece, [t for t in tree.tables if pages_of[t.page_index] == piece.key], first_notes
            ),
        ]
    return findings


def _compare(
    edition: Edition,
    piece: Piece,
    expected: Sequence[Copy],
    said: Sequence[Spoken],
    folios: Mapping[str, str],
) -> list[Finding]:
    place = _place(edition, piece)
    if piece.kind in ("cover", "back-cover"):  # what stands in plots has no order of its own
        expected = sorted(expected, key=lambda copy: copy.text)
        said = sorted(said, key=lambda word: letters(word.text))
    if piece.listed:
        said = said_in_order(edition, piece, said)
    findings = compare_copy(expected, said, f"{piece.folios} as read aloud", place)
    findings = findings or list(_run_together(expected, said, piece, place))
    return findings or list(_check_markup(edition, piece, expected, said, folios))


def _pictured(edition: Edition, piece: Piece) -> Sequence[Photo | Advert]:
    """What a piece shows that is said by what it is described as."""
    if piece.kind == "adverts":
        return [advert for advert in adverts_on(edition, piece.key) if advert.usable]
    return edition.pictures_of(piece.kind, piece.key, *piece.shown)


def _check_tables(
    edition: Edition, piece: Piece, spoken: Sequence[SpokenTable], first_notes: FirstNotes
) -> Iterator[Finding]:
    """The tables of a text as they are said."""
    if text := piece.entry or edition.page_of(piece.kind, piece.key):
        calls = {call.note.index: call for call in calls_of(text, first_notes)}
        yield from check_spoken_tables(tables_of(text.body), spoken, text.in_body, calls, text.place)


def _place(edition: Edition, piece: Piece) -> Place:
    if front := edition.page_of(piece.kind, piece.key):
        return front.place
    if index := index_of(edition, piece):
        return index.place
    if piece.kind == PROGRAMME and edition.programme:
        return place_of_day(edition, piece.key)
    if piece.kind == SPONSORS_KEY and edition.sponsors:
        return edition.sponsors.place
    return piece.shown[0].place_of("name") if piece.shown else edition.place


def _check_markup(
    edition: Edition,
    piece: Piece,
    expected: Sequence[Copy],
    said: Sequence[Spoken],
    folios: Mapping[str, str],
) -> Iterator[Finding]:
    """What the tags say of the words, where the words are right."""
    pairs = list(zip(expected, (word for word in said if letters(word.text)), strict=True))
    rows = {row.place: row for row in _contact(edition, piece)}
    language = (piece.entry.language if piece.entry else None) or edition.language
    if piece.listed:
        yield from _check_listed(edition, piece, pairs, folios)
        return
    if piece.kind == PROGRAMME:
        yield from check_links(pairs, rows)
        yield from check_headings(pairs, 1)
    if piece.kind in ("entry", SPONSORS_KEY) or edition.page_of(piece.kind, piece.key):
        yield from check_links(pairs, rows)
        yield from check_contact_links(pairs, rows, edition.contact_table)
        yield from check_headings(pairs, 2 if piece.entry else 1)
    if piece.kind not in ("contents", "index"):  # their rows are said in the book's language, whatever their entries'
        yield from check_languages(pairs, language)


def _check_listed(
    edition: Edition, piece: Piece, pairs: Sequence[tuple[Copy, Spoken]], folios: Mapping[str, str]
) -> Iterator[Finding]:
    """What the tags say of a listing's words, entry by entry."""
    at = 0
    for entry, copies in expected_aloud(edition, piece, folios):
        own = pairs[at : at + len(copies)]
        at += len(copies)
        if entry is None:
            is_title = any(page.opens for page in piece.listed) and at == len(copies)
            yield from check_headings(own, 1 if is_title else 2)
            continue
        told = {copy.place for copy in copies}
        values = (value.row for value in entry.values)
        rows = {row.place: row for row in (*entry.contact, *values) if row.place in told}
        yield from check_links(own, rows)
        yield from check_contact_links(own, rows, edition.contact_table)
        if piece.kind != "register":
            yield from check_headings(own, 2)
        yield from check_languages(own, entry.language or edition.language)


def _contact(edition: Edition, piece: Piece) -> Sequence[ContactRow]:
    if piece.entry:
        return (*piece.entry.contact, *(value.row for value in piece.entry.values))
    front = edition.page_of(piece.kind, piece.key)
    return front.publisher.contact if front and front.publisher else ()


def _run_together(expected: Sequence[Copy], said: Sequence[Spoken], piece: Piece, place: Place) -> Iterator[Finding]:
    """A finding at the first word whose letters are right and whose spaces are not."""
    heard = [text for word in said if (text := letters(word.text))]
    for copy, text in zip(expected, heard, strict=False):
        if copy.text != text:
            message = f"“{text}” is read aloud on {piece.folios} where the content has “{copy.text}”."
            remedy = 'A line must end in a space, or inside a word with <br class="joined">.'
            yield error("words-run-together", copy.place or place, message, remedy)
            return


def _as_said(edition: Edition, expected: Iterable[Copy], said: Sequence[Spoken], piece: Piece) -> list[Copy]:
    """The words of a piece in the order that its layout has them, where it may choose."""
    usual = list(expected)
    heard = [text for word in said if (text := letters(word.text))]
    head = last = 0
    if piece.entry:
        head, last = sum(1 for _ in _entry_head(piece.entry)), sum(1 for _ in contact_copy(piece.entry.contact))
    elif page := edition.page_of(piece.kind, piece.key):
        return in_printed_order(list(_ways_of_page(page, edition, usual)), heard)
    at = len(usual) - last
    above, body, rows = usual[:head], usual[head:at], usual[at:]
    ways = [usual, [*above, *rows, *body]]
    if piece.entry and (code := code_copy(piece.entry, edition)):
        reaching = ([*code, *rows], [*rows, *code])
        ways += [way for each in reaching for way in ([*above, *body, *each], [*above, *each, *body])]
    return in_printed_order(ways, heard)


def _ways_of_page(page: TextPage, edition: Edition, usual: list[Copy]) -> Iterator[list[Copy]]:
    """The orders that the words of a text page may have: what stands below its picture is behind the title or last, its
    code behind the publisher, the text, or all."""
    copy, credit_on = page_copy(page, edition), edition.credit_on(page)
    ends = [len(copy.title), len(copy.publisher)]
    ends += [len(usual) - sum(ends), len(code_copy(page, edition))]
    ends += [sum(1 for _ in text_copy(*credit_on)) if credit_on else 0, len(copy.credit)]
    ends[2] -= sum(ends[3:])
    left = iter(usual)
    title, publisher, body, code, cover, below = (list(itertools.islice(left, count)) for count in ends)
    yield usual
    for above, at_end in ((below, []), ([], below)):
        head = [*title, *above, *publisher]
        yield from (
            [*head, *code, *body, *cover, *at_end],
            [*head, *body, *code, *cover, *at_end],
            [*head, *body, *cover, *code, *at_end],
            [*head, *body, *cover, *at_end, *code],
        )


def _expected(
    edition: Edition, piece: Piece, folios: Mapping[str, str], first_notes: FirstNotes, grid: Grid | None
) -> Iterator[Copy]:
    """The words of a piece in the order in which they are to be heard: each note behind its call."""
    if piece.entry:
        yield from _entry(piece.entry, first_notes, edition)
    elif piece.listed:
        for _, copies in expected_aloud(edition, piece, folios):
            yield from copies
    elif page := edition.page_of(piece.kind, piece.key):
        copy = page_copy(page, edition)
        yield from (*copy.title, *copy.publisher, *_body(page, first_notes, edition.language))
        yield from code_copy(page, edition)
        if credit := edition.credit_on(page):
            yield from text_copy(*credit)
        yield from copy.credit
    elif piece.kind == SPONSORS_KEY:
        yield from sponsors_copy(edition, folios)
    elif index := index_of(edition, piece):
        yield from index_copy(edition, index, piece, folios)
    elif piece.kind == PROGRAMME and edition.programme and grid:
        yield from programme_aloud(edition, grid, edition.programme.day(piece.key), piece.starts, folios)
    elif piece.kind == "contents":
        yield from contents_copy(edition, folios, piece.rows)
        yield from legend_copy(edition, piece.rows)
    else:
        yield from plate_copy(edition, piece.kind, piece.key)


def _entry(entry: Entry, first_notes: FirstNotes, edition: Edition) -> Iterator[Copy]:
    yield from _entry_head(entry)
    yield from _body(entry, first_notes, entry.language or edition.language)
    yield from own_copy(entry, edition)
    yield from photo_copy(entry.closing_photo)
    yield from contact_copy(entry.contact)


def _entry_head(entry: Entry) -> Iterator[Copy]:
    """What stands above the text."""
    yield from text_copy(entry.name, entry.place_of("name"), heading=1)
    yield from text_copy(entry.subtitle or "", entry.place_of("subtitle"))
    yield from photo_copy(entry.photo)


def _body(page: Entry | TextPage, first_notes: FirstNotes, language: str) -> Iterator[Copy]:
    own = {call.note.index: call for call in calls_of(page, first_notes)}
    return body_copy(page.body, page.in_body, own, language)
