"""Compose an edition: layouts and content become the HTML of the book.

Python brings what a layout cannot: lines set for an even rag, links made from a row's type,
artwork. The order of pages and every word's element stand in the layouts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.artwork import Motif
from directory_pub.compose.artwork_sheets import draw_edge_marks, draw_tailpieces
from directory_pub.compose.composer import Composer
from directory_pub.compose.contents import ContentsPart, ContentsRow
from directory_pub.compose.contents_columns import ColumnRow
from directory_pub.compose.edge_marks import EdgeMark
from directory_pub.compose.flatplan_reader import plan_pieces
from directory_pub.compose.index import IndexPage
from directory_pub.compose.tailpieces import Tailpiece
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Frame, Grid
from directory_pub.design.inks import InkTable
from directory_pub.edition.contents import contents_form, in_columns
from directory_pub.edition.flatplan import ListedPage, PlannedDay, PlannedPiece, keys_listed
from directory_pub.edition.model import Edition, Entry, Index, Section, TextPage
from directory_pub.edition.programme import PROGRAMME
from directory_pub.edition.rewriting import edition_with_folios, with_folios
from directory_pub.edition.sponsors import SPONSORS_KEY
from directory_pub.edition.text import runs_within
from directory_pub.findings import Finding
from directory_pub.storage.store import Store

__all__ = ["LINK_SCHEME", "ComposedBook", "compose_book"]

LINK_SCHEME = "book:"
"""How a piece names what stands in another: the engine takes it for an address and keeps the link."""
_INNER_LINK = re.compile(r'href="#([^"]+)"')
_LETTERS_A_ROW = 10  # for each text or row, however short, that a layout goes through
_ID = re.compile(r'\sid="([^"]+)"')


class ComposedBook(Struct, frozen=True, kw_only=True):
    """The book's HTML, piece by piece, the artwork that it names, and each entry with its section by key."""

    artwork: dict[str, bytes]
    composer: Composer
    places: dict[str, tuple[Section, Entry]]

    @property
    def made_sheets(self) -> dict[str, str]:
        """The sheets that are made out of data, by its file."""
        return self.composer.made_sheets

    @property
    def contents_rows(self) -> list[ContentsRow]:
        """All rows of the contents, in the order of the book."""
        return self.composer.contents_rows

    @property
    def has_plots(self) -> bool:
        """Whether the theme draws plots, of which edge marks are made."""
        return self.composer.sheets.palette is not None

    @property
    def has_tailpieces(self) -> bool:
        """Whether the layouts draw artwork where an entry ends early."""
        return self.composer.sheets.has_tailpieces

    @property
    def motifs(self) -> dict[str, Motif]:
        """The motif of each entry, in the order of the book."""
        return self.composer.sheets.motifs

    @property
    def room_motifs(self) -> dict[str, Motif]:
        """The motif of each room of the programme."""
        return self.composer.sheets.room_motifs

    def planned_day(self, key: str) -> PlannedDay:
        """A day of the programme, as it stands on its pages."""
        return self.composer.planned_days[key]

    @property
    def faults(self) -> list[Finding]:
        """What no page holds."""
        return [fault for planned in self.composer.planned_days.values() for fault in planned.faults]

    def section_of(self, key: str) -> Section:
        """The section that a piece of a listing is of."""
        return next(each for each in self.composer.edition.sections if each.key == key.partition("/")[0])

    def plan(self) -> list[PlannedPiece]:
        """The pieces up to the last entry, in the order of book.html.j2."""
        return self._plan("book.html.j2", folio_digits=0)

    def plan_tail(self, note_pages: int) -> list[PlannedPiece]:
        """The pieces behind the last entry, in the order of tail.html.j2."""
        return self._plan("tail.html.j2", note_pages=note_pages, on_the_left=False)

    def _plan(self, layout: str, **context: object) -> list[PlannedPiece]:
        return plan_pieces(self.composer.layouts, self.composer.edition, layout, **context)

    def contents(self, rows: range, folios: Mapping[str, str], digits: int) -> str:
        """The HTML of some rows of the contents, each folio as wide as one with so many digits."""
        every, space = self.composer.contents_rows, self.composer.figure_space
        some, pages, form = every[rows.start : rows.stop], self.composer.row_pages, contents_form(self.composer.edition)
        columns: Sequence[Sequence[ColumnRow]] = ()
        if self.has_columns:
            columns = next(each.columns for each in pages.contents(folios) if each.rows == rows)
        elif form == "key":
            columns = [[ColumnRow(set=pages.set_row(row, folios[row.key], form)) for row in some]]
        shown = {row.key: folios[row.key].rjust(digits, space) if space else folios[row.key] for row in some}
        is_whole = rows.start == 0 and rows.stop >= len(every)
        key = [each.set for each in columns[0]] if form == "key" and is_whole else []
        is_tight = pages.is_key_tight(key)
        part = ContentsPart(
            rows=some,
            opens=rows.start == 0,
            closes=rows.stop >= len(every),
            folios={row.key: folios[row.key] for row in some} if columns else shown,
            form=form,
            columns=columns,
            head=pages.contents_head if self.has_columns and rows.start == 0 else 0,
            legend_air=pages.legend_air(key, tight=is_tight) if key else (),
            tight=is_tight,
        )
        return self._on_its_own(PlannedPiece(kind="contents", key="contents"), part)

    @property
    def has_columns(self) -> bool:
        """Whether the contents are set in columns, page by page."""
        return in_columns(self.composer.edition)

    def contents_page(self, row: int, folios: Mapping[str, str]) -> range:
        """The rows of the page of the contents in columns that begins with a row."""
        return next(each.rows for each in self.composer.row_pages.contents(folios) if each.rows.start == row)

    def index_pages(self, index: Index, folios: Mapping[str, int]) -> list[IndexPage]:
        """The pages of an index, the folios of all anchors known; none of one that nothing stands in."""
        return self.composer.row_pages.index(index, folios)

    def index(self, page: IndexPage) -> str:
        """The HTML of a page of an index."""
        return self._on_its_own(PlannedPiece(kind="index", key=page.key), index=page)

    def piece(self, piece: PlannedPiece, folios: Mapping[str, str] | None = None) -> str:
        """The HTML of one piece on its own, which is not the contents; ``folios`` are those that its text names."""
        told = folios or {}
        entry = with_folios(piece.entry, told) if piece.entry else None
        own = replace(piece, entry=entry, folios=told)
        return self._on_its_own(own, edition=edition_with_folios(self.composer.edition, told))

    def named_folios(self, kind: str, key: str, listed: Sequence[ListedPage] = ()) -> tuple[str, ...]:
        """The keys whose folios a piece names, each as often as it does: a text, or rows of a register."""
        if kind == "register":
            return tuple(each for each in keys_listed(listed) if self.places[each][0].form != "register")
        if kind == "people":
            edition = self.composer.edition
            entries = (
                [self.places[each][1] for each in keys_listed(listed)] if edition.press_references == "page" else []
            )
            return tuple(session.goal for entry in entries for session in edition.sessions_of(entry))
        if kind == PROGRAMME:
            told = self.composer.edition.press_references == "page"
            named = (each.key for session in self.planned_day(key).day.sessions for each in session.named)
            return tuple(each for each in named if each) if told else ()
        if kind == SPONSORS_KEY and (sponsors := self.composer.edition.sponsors):
            return tuple(each for each in sponsors.entries if each in self.places)
        text = self.places[key][1] if kind == "entry" else self.composer.edition.page_of(kind, key)
        return text.names_folios if text else ()

    def _on_its_own(
        self,
        piece: PlannedPiece,
        contents: ContentsPart | None = None,
        *,
        index: IndexPage | None = None,
        edition: Edition | None = None,
    ) -> str:
        edition = edition or self.composer.edition
        rows = sum(_LETTERS_A_ROW + len(row.name) for row in contents.rows) if contents else 0
        rows += sum(_LETTERS_A_ROW * len(row.runs) for column in index.columns for row in column) if index else 0
        listed = (self.places[key][1] for key in keys_listed(piece.listed))
        texts = (piece.entry, *listed, *edition.text_pages.values())
        letters = rows + _letters(*(text for text in texts if text))
        told = {"edition": edition, "piece": piece, "contents": contents, "index": index}
        html = self.composer.render("piece.html.j2", letters=letters, **told)
        own = set(_ID.findall(html))
        return _INNER_LINK.sub(lambda link: link[0] if link[1] in own else f'href="{LINK_SCHEME}{link[1]}"', html)

    def folios(self, kind: str, first_folio: int, count: int) -> str:
        """The HTML of pages of one kind that carry nothing but their folio; the first is odd."""
        return self.composer.render("folios.html.j2", kind=kind, first_folio=first_folio, count=count)

    def proof(self) -> str:
        """The HTML of what is laid over every page of a build that failed."""
        return self.composer.render("proof.html.j2")

    def plate_frames(self) -> dict[str, list[Frame]]:
        """Where type may stand on each full-bleed page, by the piece's key."""
        return {name.removeprefix("opener-"): plan.frames() for name, plan in self.composer.sheets.plans.items()}

    def tailpieces(self, tailpieces: Sequence[Tailpiece]) -> str:
        """The HTML of the tailpieces, one page each; their artwork is drawn now that their size is known."""
        self.artwork.update(draw_tailpieces(tailpieces, self.composer.sheets))
        return self.composer.render(
            "tailpieces.html.j2", letters=len(tailpieces) * _LETTERS_A_ROW, tailpieces=tailpieces
        )

    def edge_marks(self, marks: Sequence[EdgeMark]) -> str:
        """The HTML of edge marks, one page each."""
        self.artwork.update(draw_edge_marks(marks, self.composer.sheets))
        return self.composer.render("edge-marks.html.j2", letters=len(marks) * _LETTERS_A_ROW, marks=marks)


def compose_book(
    edition: Edition, grid: Grid, library: FontLibrary, inks: InkTable, store: Store | None = None
) -> ComposedBook:
    """Compose the whole edition; ``store`` knows how high entries of listings were measured to be."""
    composer = Composer(edition, grid, library, inks, store)
    # Where an entry stands in a register and elsewhere in full, that is its place.
    sections = sorted(edition.sections, key=lambda section: section.form != "register")
    places = {entry.key: (section, entry) for section in sections for entry in section.entries}
    return ComposedBook(artwork=composer.sheets.drawings, composer=composer, places=places)


def _letters(*texts: TextPage | Entry) -> int:
    """How long the bodies of some texts are."""
    return sum(_LETTERS_A_ROW + len(run.text) for text in texts for runs in runs_within(text.body) for run in runs)
