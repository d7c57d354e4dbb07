"""Take the census of finished pages: every word on its piece's pages, once and in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.census.adverts import frames_of_adverts, strays
from directory_pub.census.codes import code_copy, in_printed_order
from directory_pub.census.columns import (
    check_below,
    check_emphasis,
    check_frame,
    check_frames,
    check_head,
    check_notes,
    check_room_for_notes,
    check_side,
)
from directory_pub.census.compare import compare_copy
from directory_pub.census.count_listed import ListedCount, count_listed
from directory_pub.census.count_programme import ProgrammeCount, count_programme
from directory_pub.census.count_rows import RowsCount, count_rows
from directory_pub.census.count_sponsors import SponsorsCount, count_sponsors
from directory_pub.census.expected import (
    Call,
    Copy,
    calls_of,
    contact_copy,
    contents_copy,
    entry_copy,
    legend_copy,
    letters,
    note_copy,
    page_copy,
    photo_copy,
    plate_copy,
    quote_marks,
)
from directory_pub.census.frames import FramedPage, frame_page, outside, reading_order
from directory_pub.census.icons import Icons, check_icons, read_icons
from directory_pub.census.located import Located
from directory_pub.census.page_reader import PageText, Word
from directory_pub.census.seen import check_seen
from directory_pub.census.tables import check_tables, check_tables_fit, order_tables, tables_of, take_heads
from directory_pub.design.grid import Frame, Grid
from directory_pub.design.tokens import read_families
from directory_pub.edition.contents import in_columns
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition, Entry, TextPage
from directory_pub.edition.programme import PROGRAMME
from directory_pub.edition.rewriting import edition_with_folios, with_folios
from directory_pub.edition.sponsors import SPONSORS_KEY
from directory_pub.edition.text import Table
from directory_pub.findings import Finding, Place, error

__all__ = ["Census"]

Pages = Mapping[int, PageText]
"""Pages of a file by their index in the book (0-based): all of them, or those of a piece."""


class Census(Struct, frozen=True):
    """The census of one edition, ready for any of its pieces.

    ``plates`` are the areas that type may stand in on full-bleed pages, by the piece's key,
    ``first_notes`` the number of the first footnote of each source that has any, ``families`` those that it is set in.
    """

    edition: Edition
    grid: Grid
    plates: Mapping[str, Sequence[Frame]]
    first_notes: Mapping[str, int]
    icons: Icons
    families: Collection[str] = ()

    @classmethod
    def of(cls, edition: Edition, grid: Grid, plates: Mapping[str, Sequence[Frame]]) -> Census:
        """The census of an edition; its footnotes are numbered once."""
        return cls(
            edition,
            grid,
            plates,
            edition.first_notes(),
            read_icons(edition.theme, edition.contact_table),
            tuple(read_families(edition.theme).values()),
        )

    def count(
        self,
        piece: Piece,
        folios: Mapping[str, str],
        pages: Pages,
        *,
        also: Sequence[Pages] = (),
    ) -> list[Finding]:
        """The findings of one piece on its pages; ``folios`` are what it must say of each piece that it names.

        Pages of a piece that is not in the book yet have no folios of their own. The words of ``also``, the
        same pages in other files, must be seen there too.
        """
        return _Counting(self._told(folios), folios, (pages, *also)).count(_with_folios(piece, folios))

    def locate(self, piece: Piece, folios: Mapping[str, str], pages: Pages) -> Located:
        """Where the words of one piece's pages were written; whether they are as they should be is not asked."""
        locating = _Locating(self._told(folios), folios, (pages,))
        for _ in locating.ask(_with_folios(piece, folios)):
            pass
        return locating.found[0] if locating.found else Located(self.edition.place)

    def _told(self, folios: Mapping[str, str]) -> Census:
        return replace(self, edition=edition_with_folios(self.edition, folios))


def _with_folios(piece: Piece, folios: Mapping[str, str]) -> Piece:
    return replace(piece, entry=with_folios(piece.entry, folios) if piece.entry else None)


class _Counting(Struct, frozen=True):
    census: Census
    folios: Mapping[str, str]
    files: Sequence[Pages]  # the first is counted; what the others show is looked at

    @property
    def edition(self) -> Edition:
        """The edition that is counted."""
        return self.census.edition

    @property
    def grid(self) -> Grid:
        """The grid that its pages are set on."""
        return self.census.grid

    @property
    def pages(self) -> Pages:
        """The pages whose words are counted."""
        return self.files[0]

    def count(self, piece: Piece) -> list[Finding]:
        """The findings of one piece: those of the first question that has any.

        Copy that has no room may lie on anything, be lost, or stand in a head: each question follows from those
        before it, so that one cause is told of once.
        """
        return next((findings for question in self.ask(piece) if (findings := list(question))), [])

    def ask(self, piece: Piece) -> Iterator[Iterable[Finding]]:  # noqa: PLR0911 - one a kind
        """What is asked of one piece: whether its copy fits, then whether all is there, then how it looks."""
        match piece.kind:
            case "entry":
                return self.count_entry(piece)
            case "contents" if not in_columns(self.edition):
                return self.count_contents(piece)
            case "contents" | "index":
                return self.count_rows(piece)
            case "cover" | "inside-cover" | "opener" | "notes" | "blank" | "plate" | "back-cover":
                return self.count_plate(piece)
            case "adverts":
                return iter((self.count_adverts(piece),))
            case "listing" | "register" | "people":
                return self.count_listed(piece)
            case _:
                return self.count_other(piece)

    def count_other(self, piece: Piece) -> Iterator[Iterable[Finding]]:
        """A day of the programme, sponsors, a text page, or what a layout has brought along."""
        if piece.kind == PROGRAMME and self.edition.programme:
            told = ProgrammeCount(self.edition, self.grid, self.folios, tuple(self.census.families))
            return count_programme(told, piece, self.pages, lambda located: self.see(piece, located))
        if piece.kind == SPONSORS_KEY and self.edition.sponsors:
            return self.count_sponsors(piece)
        page = self.edition.page_of(piece.kind, piece.key)
        return self.count_text(piece, page) if page else iter((self.count_unknown(piece),))

    def frame(self, piece: Piece, calls: Sequence[Call] = (), tables: Sequence[Table] = ()) -> list[FramedPage]:
        """The pages of a piece, their words sorted into columns."""
        numbers, contact = [call.number for call in calls], bool(piece.entry and piece.entry.contact)
        framed = [
            frame_page(index, self.pages[index], self.grid, numbers, contact=contact, tables=bool(tables))
            for index in piece.pages
        ]
        if tables:
            order_tables(framed, self.pages, self.grid)
        return framed

    def count_entry(self, piece: Piece) -> Iterator[Iterable[Finding]]:
        """An entry: its copy, contact block, notes, faces and heads."""
        entry = piece.entry
        assert entry is not None
        name, contact = entry.place_of("name"), entry.place_of("contact")
        calls = calls_of(entry, self.census.first_notes)
        tables = tables_of(entry.body)
        framed = self.frame(piece, calls, tables)
        heads = list(take_heads(framed, tables, self.grid, entry.in_body))
        main, side = _words(framed, "main"), _words(framed, "side")
        credit = list(photo_copy(entry.photo))
        contacts = contact_copy(entry.contact)
        main_copy, side_copy = entry_copy(entry, self.edition), credit + contacts
        if code := code_copy(entry, self.edition, self.grid):
            ways = ([*credit, *code, *contacts], [*credit, *contacts, *code])
            side_copy = in_printed_order(ways, [letters(word.text) for word in side])
        if not self.grid.has_side:
            main_copy, side_copy = entry_copy(entry, self.edition, credit=credit), contacts
        located = self.locate(framed, name, main=main_copy, side=side_copy, notes=_note_copies(calls))
        yield check_room_for_notes(framed, calls, self.grid)  # what a note has no room for stands anywhere
        fit = check_tables_fit(framed, tables, self.grid, located, has_tile=True)
        yield _once_a_place(
            fit, check_side(framed, self.grid, located), check_frames(framed, self.grid, located, tables=bool(tables))
        )
        yield chain(
            heads,
            compare_copy(main_copy, main, piece.folios, name),
            self.count_marks(entry, framed, piece),
            compare_copy(side_copy, side, piece.folios, contact),
            check_notes(framed, calls, self.grid),
            () if self.grid.has_side else check_below(framed, contact),
        )
        yield check_tables(framed, tables, self.grid, entry.in_body)
        columns = [(page.index, self.pages[page.index], page.side) for page in framed]
        yield chain(
            check_emphasis(main_copy, main, self.census.families),
            check_icons(columns, side_copy, entry.contact, self.census.icons),
            self.see(piece, located),
            self.heads(entry, framed),
        )

    def heads(self, entry: Entry, framed: Sequence[FramedPage]) -> Iterator[Finding]:
        """The heads of an entry's pages: the section's name, and from the second page on its own."""
        in_full = (section for section in self.edition.sections if section.form == "pages")
        section = next(section for section in in_full if any(each.key == entry.key for each in section.entries))
        for number, page in enumerate(framed):
            place = entry.place_of("short" if entry.short else "name")
            # Where both have no room in a line, the name stands alone.
            alone = number and [letters(word.text) for word in page.head] == [*map(letters, entry.head.split())]
            wanted = entry.head if alone else f"{section.head} {entry.head}" if number else section.head
            yield from check_head(page, wanted, place)

    def count_listed(self, piece: Piece) -> Iterator[Iterable[Finding]]:
        """Pages of a listing or register."""
        census = self.census
        told = ListedCount(self.edition, self.grid, census.icons, tuple(census.families), self.folios)
        return count_listed(told, piece, self.pages, lambda located: self.see(piece, located))

    def count_text(self, piece: Piece, page: TextPage) -> Iterator[Iterable[Finding]]:
        """A text page: its title and text in the main column, its publisher in the other."""
        calls = calls_of(page, self.census.first_notes)
        tables = tables_of(page.body)
        framed = self.frame(piece, calls, tables)
        heads = list(take_heads(framed, tables, self.grid, page.in_body))
        place, told = Place(file=page.place.file, line=1), page_copy(page, self.edition)
        # A picture's credit stands below it: beside the text, behind the title, or last.
        side, main = ("".join(letters(word.text) for word in _words(framed, name)) for name in ("side", "main"))
        title, credit = ("".join(copy.text for copy in some) for some in (told.title, told.credit))
        behind_title = not self.grid.has_side and main.startswith(title + credit)
        beside = bool(credit) and (credit in side or behind_title)
        aside, body = [*told.credit * beside, *told.publisher], [*told.body, *told.credit * (not beside)]
        # Its code stands beside the text, or where nothing can, below it.
        code = code_copy(page, self.edition, self.grid)
        (aside if "".join(copy.text for copy in code) in side else body).extend(code)
        copy, side_copy = self.columns(told.title, aside, body)
        located = self.locate(framed, place, main=copy, side=side_copy, notes=_note_copies(calls))
        yield check_room_for_notes(framed, calls, self.grid)
        yield chain(
            check_tables_fit(
                framed, tables, self.grid, located, has_tile=page.kind == "letter" and page.picture is not None
            ),
            check_frames(framed, self.grid, located, tables=bool(tables)),
        )
        yield chain(
            heads,
            compare_copy(copy, _words(framed, "main"), piece.folios, place),
            compare_copy(side_copy, _words(framed, "side"), piece.folios, place),
            self.count_marks(page, framed, piece),
            check_notes(framed, calls, self.grid),
        )
        yield check_tables(framed, tables, self.grid, page.in_body)
        yield self.see(piece, located)

    def columns(
        self, before: Iterable[Copy], aside: Iterable[Copy], behind: Iterable[Copy]
    ) -> tuple[list[Copy], list[Copy]]:
        """The copy of the main and of the side column; without one, what stands aside stands between the two."""
        if self.grid.has_side:
            return [*before, *behind], list(aside)
        return [*before, *aside, *behind], []

    def count_marks(self, text: Entry | TextPage, framed: Sequence[FramedPage], piece: Piece) -> Iterator[Finding]:
        """The marks that open quotes, each once."""
        language = text.language if isinstance(text, Entry) else None
        marks = list(quote_marks(text.body, text.in_body, language or self.edition.language))
        yield from compare_copy(marks, _words(framed, "marks"), piece.folios, text.place)

    def count_contents(self, piece: Piece) -> Iterator[Iterable[Finding]]:
        """Every row with its sign, and the folio of the page where its entry really starts."""
        framed = self.frame(piece)
        place, marks = self.edition.place_of("sections"), self.edition.place_of("marks")
        rows = [word for word in _words(framed, "main") if letters(word.text).strip(".")]
        told = contents_copy(self.edition, self.folios, piece.rows)
        copy, legend = self.columns(told, legend_copy(self.edition, piece.rows), ())
        located = self.locate(framed, place, main=copy, side=legend)
        yield check_frames(framed, self.grid, located)
        yield chain(
            compare_copy(copy, rows, piece.folios, place),
            compare_copy(legend, _words(framed, "side"), piece.folios, marks),
        )
        yield self.see(piece, located)

    def count_rows(self, piece: Piece) -> Iterator[Iterable[Finding]]:
        """Pages of rows in columns: of an index, or of the contents."""
        count = RowsCount(self.edition, self.grid, self.folios, self.census.families)
        return count_rows(count, piece, self.pages, lambda located: self.see(piece, located))

    def count_sponsors(self, piece: Piece) -> Iterator[Iterable[Finding]]:
        """Pages of sponsors."""
        count = SponsorsCount(self.edition, self.grid, self.folios, self.census.families)
        return count_sponsors(count, piece, self.pages, lambda located: self.see(piece, located))

    def count_plate(self, piece: Piece) -> Iterator[Iterable[Finding]]:
        """Full-bleed pages and pages for notes: the same words, each in an area for type."""
        page = self.edition.page_of(piece.kind, piece.key)
        place = page.place if page else self.edition.place_of("cover" if "cover" in piece.kind else "sections")
        areas = self.census.plates.get(piece.key, ())
        words = [word for index in piece.pages for word in reading_order(self.pages[index].words)]
        yield self.strays(piece, areas, place)
        expected = list(plate_copy(self.edition, piece.kind, piece.key))
        expected += code_copy(page, self.edition) if page else ()
        if "cover" in piece.kind:  # what stands in plots has no order of its own
            expected = sorted(expected, key=lambda copy: copy.text)
            words = sorted(words, key=lambda word: letters(word.text))
        yield compare_copy(expected, words, piece.folios, place)
        yield self.see(piece, Located(place))

    def strays(self, piece: Piece, areas: Sequence[Frame], place: Place) -> Iterator[Finding]:
        """Words of full-bleed pages that stand in none of their areas."""
        for index in piece.pages:
            strays = [w for w in self.pages[index].words if all(outside((w,), area)[0] for area in areas)]
            if areas and strays:
                yield from check_frame(strays, areas[0], "the plate's area for type", index, Located(place))

    def count_adverts(self, piece: Piece) -> Iterator[Finding]:
        """Pages of adverts: what they say is not ours, and beside them nothing is said."""
        frames = [frame for _, frame in frames_of_adverts(self.edition, self.grid, piece)]
        for index in piece.pages:
            if beside := strays(self.pages[index].words, frames):
                yield from check_frame(beside, frames[0], "the adverts", index, Located(self.edition.place))

    def count_unknown(self, piece: Piece) -> Iterator[Finding]:
        """Pages of a kind that a layout brought along: their words can be held against nothing."""
        words = [word.text for index in piece.pages for word in reading_order(self.pages[index].words)]
        if words:
            quoted = f"“{' '.join(words[:8])}{' …' if len(words) > 8 else ''}”"
            message = f"nobody wrote {quoted} on {piece.folios}, a page of the kind '{piece.kind}'."
            remedy = f"Write them in pages/{piece.kind}.md, and list '{piece.kind}' under 'pages' in edition.yaml."
            place = Place(file=f"layouts/pages/{piece.kind}.html.j2")
            yield error("words-unknown", place, message, remedy, piece.pages[0] + 1)

    def locate(self, framed: Sequence[FramedPage], otherwise: Place, **columns: Sequence[Copy]) -> Located:
        """Where the words of each column were written."""
        located = Located(otherwise)
        for column, copy in columns.items():
            located.add(framed, column, copy)
        return located

    def see(self, piece: Piece, located: Located) -> Iterator[Finding]:
        """Words that a reader of one of the files cannot see or read."""
        for pages in self.files:
            for index in piece.pages:
                yield from check_seen(index, pages[index], located)


class _Locating(_Counting, frozen=True):
    """A count that asks nothing: ``found`` are the words with their places, as its questions would name them."""

    found: list[Located] = field(default_factory=list)

    def see(self, piece: Piece, located: Located) -> Iterator[Finding]:
        """Every way to count a piece comes here last, with its words located."""
        self.found.append(located)
        return iter(())


def _once_a_place(*findings: Iterable[Finding]) -> list[Finding]:
    """The first finding of each place: what has no room there may be out of several frames."""
    first: dict[tuple[Place, int | None], Finding] = {}
    for finding in chain(*findings):
        first.setdefault((finding.place, finding.folio), finding)
    return list(first.values())


def _note_copies(calls: Sequence[Call]) -> list[Copy]:
    return [copy for call in calls for copy in note_copy(call)]


def _words(framed: Sequence[FramedPage], column: str) -> list[Word]:
    return [word for page in framed for word in getattr(page, column)]
