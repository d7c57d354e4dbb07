"""What is to be told of each part of a book: where it stands, what room it has, what was found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.compose import EntryEnd
from directory_pub.edition.adverts import adverts_on
from directory_pub.edition.flatplan import Piece, keys_listed
from directory_pub.edition.model import Edition, Entry
from directory_pub.edition.programme import PROGRAMME
from directory_pub.edition.sponsors import SPONSORS_KEY
from directory_pub.findings import Finding, Place, Severity
from directory_pub.production.book import Book

__all__ = ["BookRow", "count_again", "place_of", "status_of", "title_of"]

_OWN_TITLES = {"notes": "Pages for notes", "back-cover": "Back cover"}
_UNTITLED = frozenset({"inside-cover", "blank"})


class BookRow(Struct, frozen=True, kw_only=True):
    """A part of the book: its title, and the 1-based folio of its first page.

    ``is_entry`` says whether it is one; others stand above entries, or alone. ``free_lines`` are those of an entry in
    full before it takes another page. ``confirmed`` is the day on which an organization said that its entry holds,
    and ``is_due`` whether it still has to for this edition. ``files`` are those that it was read from, ``counts`` its
    findings by their weight.
    """

    key: str
    title: str
    folio: int
    pages: int = 1
    is_entry: bool = False
    free_lines: int | None = None
    confirmed: str = ""
    is_due: bool = False
    place: Place
    files: tuple[str, ...] = ()
    counts: Mapping[Severity, int] = field(default_factory=dict)

    @property
    def folios(self) -> str:
        """Its pages as a reader names them."""
        return str(self.folio) if self.pages == 1 else f"{self.folio}–{self.folio + self.pages - 1}"


def status_of(edition: Edition, book: Book, findings: Iterable[Finding]) -> list[BookRow]:
    """The parts of a book in its order."""
    ends = {end.key: end for end in book.ends}
    rows: dict[tuple[str, bool], BookRow] = {}
    for piece in book.pieces:
        for row in _rows_of(edition, piece, ends):
            rows.setdefault((row.key, row.is_entry), row)
    return count_again(rows.values(), findings)


def count_again(rows: Iterable[BookRow], findings: Iterable[Finding]) -> list[BookRow]:
    """The same parts with the counts of other findings: an entry has those of its files, or of its row in a table."""
    of_file: dict[str, Counter[Severity]] = {}
    of_line: dict[tuple[str, int | None], Counter[Severity]] = {}
    for finding in findings:
        place = finding.place
        of_file.setdefault(place.file, Counter())[finding.severity] += 1
        of_line.setdefault((place.file, place.line), Counter())[finding.severity] += 1

    def count(row: BookRow) -> Counter[Severity]:
        if row.place.cell:
            return of_line.get((row.place.file, row.place.line), Counter())
        return sum((of_file.get(file, Counter()) for file in row.files), Counter())

    return [replace(row, counts=count(row)) for row in rows]


def place_of(edition: Edition, piece: Piece) -> Place:
    """Where a piece of the book was written."""
    if piece.shown:
        return piece.shown[0].place_of("name")
    return _title_of(edition, piece)[1]


def title_of(edition: Edition, piece: Piece) -> str:
    """What a piece of the book is called: the name of an entry, or the title of pages; empty for blank ones."""
    return piece.entry.name if piece.entry else _title_of(edition, piece)[0]


def _rows_of(edition: Edition, piece: Piece, ends: Mapping[str, EntryEnd]) -> Iterator[BookRow]:
    title, place = _title_of(edition, piece)
    folio, key = piece.pages[0] + 1, piece.key.partition("/")[0]
    if title:
        yield BookRow(key=key, title=title, folio=folio, pages=len(piece.pages), place=place)
    if piece.entry:
        yield _entry_row(edition, piece.entry, folio, pages=len(piece.pages), end=ends.get(piece.entry.key))
    by_key = {entry.key: entry for entry in piece.entries}
    for number, page in enumerate(piece.listed):
        for entry in filter(None, map(by_key.get, keys_listed((page,)))):
            if piece.kind != "register" or edition.forms[entry.key] == "register":
                yield _entry_row(edition, entry, folio + number)


def _entry_row(edition: Edition, entry: Entry, folio: int, *, pages: int = 1, end: EntryEnd | None = None) -> BookRow:
    files = dict.fromkeys((entry.place.file, (entry.body_place or entry.place).file))
    since = edition.confirm_since
    return BookRow(
        key=entry.key,
        title=entry.name,
        folio=folio,
        pages=pages,
        is_entry=True,
        free_lines=end.free_lines if end else None,
        confirmed=entry.confirmed or "",
        is_due=bool(since and (entry.confirmed or "") < since),
        place=entry.place_of("name"),
        files=tuple(files),
    )


def _title_of(edition: Edition, piece: Piece) -> tuple[str, Place]:  # noqa: PLR0911 - one a kind
    """What a piece that is no entry is called, and where that was written; nothing for one that needs no row."""
    key = piece.key.partition("/")[0]
    if piece.entry or piece.kind in _UNTITLED:
        return "", edition.place
    if piece.kind == "cover":
        return edition.words.cover, edition.place_of("cover")
    if piece.kind == "contents":
        return edition.contents_title, edition.place_of("contents")
    if section := next((each for each in edition.sections if each.key == key), None):
        return section.title, section.place
    if page := edition.page_of(piece.kind, piece.key):
        return page.title or page.kind.replace("-", " ").capitalize(), page.place
    if index := next((each for each in edition.indexes if each.key == key), None):
        return index.title, index.place
    if piece.kind == SPONSORS_KEY and edition.sponsors:
        return edition.sponsors.title, edition.sponsors.place
    if piece.kind == PROGRAMME and edition.programme:
        return edition.programme.title, edition.programme.place
    if adverts := tuple(adverts_on(edition, piece.key)) if piece.kind == "adverts" else ():
        return f"Advert: {', '.join(advert.advertiser for advert in adverts)}", adverts[0].place
    if piece.kind == "notes" and edition.note_pages_title:
        return edition.note_pages_title, edition.place_of("note_pages")
    return _OWN_TITLES.get(piece.kind, piece.kind.replace("-", " ").capitalize()), edition.place
