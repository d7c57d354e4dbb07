"""What the layouts of one edition may ask for beside its fields: lines, links, sizes, kinds of block.

A function takes what the edition is made of and plain text, nothing that a layout made up to look like it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from math import inf
from typing import cast

from jinja2 import TemplateRuntimeError
from msgspec.structs import replace

from directory_pub.compose.adverts import AdvertSlot, advert_slots, stand_in_name
from directory_pub.compose.artwork_sheets import draw_artwork
from directory_pub.compose.asked import TESTS, all_of, one_line, runs_of, the
from directory_pub.compose.codes import Code, black_of, draw_code
from directory_pub.compose.contact import contact_css, contact_runs, name_runs, parted_as_title, split_runs
from directory_pub.compose.contact_block import SHARES, ContactBlock, arrange_block, count_parted
from directory_pub.compose.contents import ContentsRow, contents_rows, figure_space, fits_tight
from directory_pub.compose.cover_lines import column_widths
from directory_pub.compose.large_quotes import LargeQuotes
from directory_pub.compose.layouts import Layouts
from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.listing import ListingPage, Listings
from directory_pub.compose.logo_sizes import LogoBox, logo_box
from directory_pub.compose.measure import Measure
from directory_pub.compose.own_terms import own_terms
from directory_pub.compose.parting import parting_of
from directory_pub.compose.people import People, person_styles
from directory_pub.compose.picture_setter import PictureSetter
from directory_pub.compose.plate_type import PlateType, fit_lines, fit_title
from directory_pub.compose.programme import ProgrammePage, ProgrammePages
from directory_pub.compose.row_pages import BELOW_HEAD_LINES, RowPages
from directory_pub.compose.sponsors import SponsorPage, plan_sponsors
from directory_pub.compose.strips import StripSetter
from directory_pub.compose.tables import SetTable, set_table
from directory_pub.compose.tailpieces import hang_block
from directory_pub.compose.terms import TermColumns, measure_labels, measure_terms
from directory_pub.compose.text_styles import in_language, measure_styles, size_style, style_css
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import MM_PER_PT, Grid
from directory_pub.design.inks import InkTable
from directory_pub.design.text_styles import read_text_styles
from directory_pub.edition.adverts import AdvertPosition, filling_adverts
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.flatplan import ListedPage, PlannedDay
from directory_pub.edition.guests import Guest, GuestError, whole_page
from directory_pub.edition.model import Edition, Entry, Section, TextPage
from directory_pub.edition.persons import is_people
from directory_pub.edition.pictures import Photo
from directory_pub.edition.quotation import open_quote
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.text import (
    Note,
    Quote,
    Run,
    Table,
    TermList,
    runs_within,
)
from directory_pub.pictures import InkFacts, find_picture, look_at_ink
from directory_pub.pictures.guest_marks import draw_stand_in
from directory_pub.storage.enclosure import Refused, read_bytes
from directory_pub.storage.hashes import file_hash, hash_of
from directory_pub.storage.store import Store

__all__ = ["Composer"]

_MARKER_EM = 1.6  # a note's number and the space behind it; a long number takes more
_MARKER_SPACE_EM = 0.64
# What it takes to set a letter, and more in a long paragraph, all of whose breaks are weighed together.
_UNITS_A_TEXT, _UNITS_A_LETTER, _LETTERS_FOR_ONE_MORE = 200, 10, 10_000
_UNITS_A_PLATE = 5_000


class Composer:
    """The layouts of one edition, with the functions that they call."""

    def __init__(
        self, edition: Edition, grid: Grid, library: FontLibrary, inks: InkTable, store: Store | None = None
    ) -> None:
        self.edition = edition
        self.grid = grid
        self.library = library
        self.first_notes = edition.first_notes()
        styles, _ = read_text_styles(edition.theme)
        parting = parting_of(edition)
        self.styles = measure_styles(styles, grid, library, self.first_notes, parting)
        self._here = self.styles  # those of the language of the piece that is rendered
        self.made_sheets = {
            "styles/inks.yaml": inks.as_css(),
            "styles/text-styles.yaml": style_css(styles, grid, library),
            "styles/contact.yaml": contact_css(edition.contact_table),
        }
        self.sheets = draw_artwork(edition, grid, inks)
        self._black = black_of(inks)
        self._store = store or Store()
        setter = StripSetter(edition, grid, library, self.styles)
        self.row_pages = RowPages(self, setter.guide)
        self._listings = Listings(edition, grid, setter)
        person_setter = StripSetter(edition, grid, library, person_styles(self.styles), may_hang=False)
        self._people = People(edition, grid, person_setter, library, self.styles)
        told = (edition.fields, edition.language, edition.hyphenation)
        self._listed_with = hash_of(repr(styles), repr(grid.tokens), library.digest, *told)
        self._programme = ProgrammePages(edition, grid, library, self.styles)
        self.planned_days = (
            {day.key: self._programme.plan(day) for day in edition.programme.days} if edition.programme else {}
        )
        self.contents_rows = contents_rows(edition)
        self.figure_space = figure_space(library)
        self.quotes = LargeQuotes(self)
        self.pictures = PictureSetter(edition, grid, self._set_caption, self._spend_plates)
        functions = (
            self.set,
            self.number_of,
            self.open_quote,
            self.quotes.is_short,
            self.quotes.large_height,
            self.quotes.large_air,
            self.term_columns,
            self.own_terms,
            self.table,
            self.own_columns,
            self.contact_runs,
            self.contact_block,
            self.contact_hang,
            self.contact_measure,
            self.head_part,
            self.contents_tight,
            self.split_runs,
            self.name_runs,
            self.pictures.photo_url,
            self.pictures.picture_block,
            self.pictures.closing_block,
            self.pictures.illustration_block,
            self.pictures.caption_runs,
            self.pictures.portrait_focus,
            self.advert_pages,
            self.adverts_here,
            self.ready_page,
            self.code_of,
            self.logo_box,
            self.sponsor_pages,
            self.cover_type,
            self.cover_columns,
            self.opener_type,
            self.listed_pages,
            self.listing_page,
            self.programme_days,
            self.programme_pages,
        )
        self.layouts = Layouts(
            edition.theme,
            {"plans": self.sheets.plans, "grid": grid} | {each.__name__: each for each in functions},
            filters={"one_line": one_line},
            tests=TESTS,
        )

    def render(self, layout: str, *, letters: int = 0, **context: object) -> str:
        """Render one layout with the edition; ``letters`` is how long the text is that it goes through."""
        language = getattr(getattr(context.get("piece"), "entry", None), "language", None)
        self._here = in_language(self.styles, language) if language else self.styles
        return self.layouts.render(layout, {"edition": self.edition, **context}, letters=letters)

    # -------------------------------------------------------------------- text
    def set(
        self, text: str | Sequence[Run], style: str | Measure, first: str | None = None, number: int | None = None
    ) -> tuple[Line, ...]:
        """Lines of a text in a style by its name, or in a measure.

        ``first`` names what shortens the first line: an indent, or the marker of the note of that ``number``.
        """
        runs = (Run(text=str(text), line=0),) if isinstance(text, str) else runs_of(text)
        self._spend_letters(sum(len(run.text) for run in runs))
        measure = style if isinstance(style, Measure) else self._style(style)
        if first == "indent":
            measure = replace(measure, first_mm=self.grid.mm("indent"))
        elif first == "marker":
            figure_em = self.library.figure_em(measure.family, measure.bold_weight)
            marker_em = max(_MARKER_EM, _MARKER_SPACE_EM + figure_em * len(str(number or "")))
            hanging_mm = -measure.first_mm  # which the other lines are shorter by: the marker stands in it
            first_mm = max(marker_em * measure.size_pt * MM_PER_PT, hanging_mm) - hanging_mm
            measure = replace(measure, first_mm=first_mm)
        return set_lines(runs, measure, self.library)

    def _style(self, name: object) -> Measure:
        if not isinstance(name, str) or name not in self._here:
            word = name[:80] if isinstance(name, str) else type(name).__name__
            known = did_you_mean(word, self._here, f"There are {', '.join(self._here)}.")
            raise TemplateRuntimeError(f"There is no text style '{word}'. {known}")
        return self._here[name]

    def _spend_letters(self, letters: int) -> None:
        self.layouts.spend(_UNITS_A_TEXT + letters * (_UNITS_A_LETTER + letters // _LETTERS_FOR_ONE_MORE))

    def _spend_plates(self, count: int = 1) -> None:
        self.layouts.spend(_UNITS_A_PLATE * count)

    def split_runs(self, text: str) -> tuple[Run, ...]:
        """Plain text as runs, keeping the editor's line breaks and language spans."""
        self._spend_letters(len(the(str, text, "split_runs")) // _UNITS_A_LETTER)
        return split_runs(str(text))

    def name_runs(self, entry: Entry) -> tuple[Run, ...]:
        """An entry's name as runs for a title, with the places at which an editor would rather have it break."""
        entry = the(Entry, entry, "name_runs")
        self._spend_letters(len(entry.name) // _UNITS_A_LETTER)
        return name_runs(entry)

    def number_of(self, note: Note) -> int:
        """A note's number in the book."""
        return self.first_notes[the(Note, note, "number_of").source] + note.index

    def open_quote(self, block: Quote, language: str | None) -> tuple[str, tuple[Run, ...]]:
        """The mark to draw before a quote, and its first paragraph without the mark that the author put there."""
        told = the(str, language or self.edition.language, "open_quote")
        return open_quote(the(Quote, block, "open_quote"), told)

    def term_columns(self, block: TermList) -> TermColumns:
        """How a list of terms is set."""
        rows = the(TermList, block, "term_columns").rows
        self._spend_letters(sum(len(run.text) for row in rows for run in row.term))
        return measure_terms(block, self._here, self.grid, self.library)

    def table(self, block: Table, language: str | None = None) -> SetTable:
        """A table with its columns, each cell's lines and each row's height; its figures are written in a language."""
        runs = [run for each in runs_within((the(Table, block, "table"),)) for run in each]
        self._spend_letters(sum(len(run.text) for run in runs))
        self.layouts.spend(_UNITS_A_TEXT * len(block.rows) * len(block.head.cells))
        told = the(str, language or self.edition.language, "table")
        return set_table(block, self._here, self.grid, self.library, told)

    def own_terms(self, entry: Entry) -> TermList:
        """What an entry has in the edition's own fields, as a list of terms: label and value."""
        entry = the(Entry, entry, "own_terms")
        self.layouts.spend(_UNITS_A_TEXT * (1 + len(entry.values)))
        return own_terms(entry, self.edition)

    def own_columns(self) -> TermColumns:
        """How such lists are set: alike in all entries, whichever fields they fill."""
        labels = [field.label for field in self.edition.fields]
        self._spend_letters(sum(map(len, labels)))
        return measure_labels(labels, self.styles, self.grid, self.library)

    def contact_runs(self, row: ContactRow, country: str | None = None) -> tuple[Run, ...]:
        """A contact row as runs; its numbers are dialled in a country, if not in the edition's."""
        dialled_in = country or self.edition.country
        if dialled_in is not None:
            the(str, dialled_in, "contact_runs")
        self.layouts.spend(_UNITS_A_TEXT)
        row = the(ContactRow, row, "contact_runs")
        entry = self._entries_by_row.get(row)
        runs = contact_runs(row, self.edition.contact_table, dialled_in, entry)
        if entry is None or entry.name not in row.text:
            return runs
        return parted_as_title(runs, [line.text for line in self.set(name_runs(entry), "title")])

    @cached_property
    def _entries_by_row(self) -> dict[ContactRow, Entry]:
        return {row: entry for entry in self.edition.entries for row in entry.contact}

    def contact_block(self, rows: Sequence[ContactRow], country: str | None = None) -> ContactBlock:
        """How contact rows stand below the text, where there is no side column."""
        rows = all_of(ContactRow, rows, "contact_block")
        half, whole = (
            [self.set(self.contact_runs(row, country), style) for row in rows] for style in ("contact", "contact-main")
        )
        return arrange_block(rows, half, whole)

    def contact_hang(
        self, rows: Sequence[ContactRow], country: str | None = None, rule_mm: float | None = None
    ) -> str:
        """How contact rows hang in the side column, as a style: their rule meets the plots of tailpieces.

        ``rule_mm`` is how far above the last baseline the rule stands, where that is not as usual.
        """
        rows = all_of(ContactRow, rows, "contact_hang")
        measure = self.contact_measure(rows, country)
        lines = sum(len(self.set(self.contact_runs(row, country), measure)) for row in rows)
        rule_mm = None if rule_mm is None else the(float, rule_mm, "contact_hang")
        height_mm, air_mm = hang_block(lines, self.grid, rule_mm)
        hang = f"--hang: {height_mm:.3f}mm; --hang-air: {air_mm:.3f}mm"
        return f"{hang}; {size_style(measure, self._style('contact'), self.library)}".removesuffix("; ")

    def contact_measure(self, rows: Sequence[ContactRow], country: str | None = None) -> Measure:
        """What the rows of a contact block in the side column are set in: a little smaller, where less of their
        addresses is parted so."""
        rows, full = all_of(ContactRow, rows, "contact_measure"), self._style("contact")
        runs = [self.contact_runs(row, country) for row in rows]
        sizes = [replace(full, size_pt=full.size_pt * share) for share in SHARES]
        return min(sizes, key=lambda size: count_parted([self.set(each, size) for each in runs]))

    def head_part(self, section: Section, entry: Entry) -> str:
        """The section's name as it stands in the running head beside an entry's: none where both have no room there."""
        part = one_line(the(Section, section, "head_part").head)
        name = one_line(the(Entry, entry, "head_part").head)
        widths_mm = [
            self._style(style).width_of(text, Run(text=text, line=0), self.library)
            for style, text in (("part", part), ("guide", name))
        ]
        return part if sum(widths_mm) + self.grid.mm("gutter") <= self.grid.main_mm else ""

    def code_of(self, page: Entry | TextPage) -> Code | None:
        """The code to scan of an entry or a text page; None where it has none."""
        self._spend_plates()
        each = page if isinstance(page, TextPage) else the(Entry, page, "code_of")
        code = draw_code(each, self.edition, self.grid, self._style("contact"), self.library)
        if code:
            self.sheets.drawings[code.file] = code.drawing(self._black).encode()
        return code

    # -------------------------------------------------------------------- listings
    def listed_pages(self, section: Section) -> list[ListedPage]:
        """The pages of a section that is a listing or a register: which entries stand in which column."""
        section = the(Section, section, "listed_pages")
        self.layouts.spend(_UNITS_A_TEXT * len(section.entries))
        about = (self._listed_with, section.form, section.affiliation, [group.title for group in section.groups])

        def recall(entry: Entry, measure: Callable[[], tuple[int, ...]]) -> tuple[int, ...]:
            own = entry.digest or repr(entry)
            named = self._named_in(entry)
            sessions = [each.words for each in self.edition.sessions_of(entry)] if is_people(section) else []
            return self._store.recall("listed lines", tuple[int, ...], measure, *about, own, *named, *sessions)

        return (self._people if is_people(section) else self._listings).plan(section, recall)

    def _named_in(self, entry: Entry) -> list[str]:
        """The names of which no word of an entry's text is parted."""
        text = " ".join(run.text for runs in runs_within(entry.body) for run in runs)
        return sorted(map(" ".join, self.styles["text"].parting.names_in(text)))

    def listing_page(
        self, section: Section, listed: ListedPage, folios: Mapping[str, str] | None = None
    ) -> ListingPage:
        """What stands on one of these pages, with all its lines set; ``folios`` are those that a register names."""
        section, listed = the(Section, section, "listing_page"), the(ListedPage, listed, "listing_page")
        keys = [block.key for column in listed.columns for block in column]
        self.layouts.spend(_UNITS_A_PLATE * len(keys))
        if is_people(section):
            return self._people.page(section, listed, folios or {})
        return self._listings.page(section, listed, folios or {})

    # ---------------------------------------------------------------- programme
    def programme_days(self) -> list[PlannedDay]:
        """The days of the programme, as they stand on pages; none where there is no programme."""
        return list(self.planned_days.values())

    def programme_pages(self, planned: PlannedDay, folios: Mapping[str, str] | None = None) -> list[ProgrammePage]:
        """What stands on the pages of a day, with all its lines set; ``folios`` are those that it names."""
        planned = the(PlannedDay, planned, "programme_pages")
        self.layouts.spend(_UNITS_A_PLATE * len(planned.day.sessions))
        return self._programme.pages(planned, folios or {})

    def contents_tight(self) -> bool:
        """Whether the rows of the contents stand closer, which brings all of them onto one page."""

        def lines_of(row: ContentsRow) -> int:
            return len(self.set(self.split_runs(row.name), f"contents-{row.kind}"))

        marks = [self.split_runs(mark.legend) for mark in self.edition.marks]
        legend = 0 if self.grid.has_side else 1 + sum(1 + len(self.set(runs, "legend")) for runs in marks)
        head = 2 * len(self.set(self.edition.contents_title, "title")) + BELOW_HEAD_LINES
        return fits_tight(self.contents_rows, lines_of, self.grid.lines - head - legend)

    def _set_caption(self, runs: Sequence[Run], width_mm: float) -> tuple[Line, ...]:
        return self.set(runs, replace(self._style("picture-caption"), width_mm=width_mm))

    # -------------------------------------------------------------------- guests
    def advert_pages(self, position: str | None = None) -> list[str]:
        """The pages of the adverts of one page of the cover, or of those that fill the book up, by what they are
        called."""
        self.layouts.spend(_UNITS_A_TEXT)
        return filling_adverts(self.edition, cast("AdvertPosition | None", position))

    def adverts_here(self, page: str) -> list[AdvertSlot]:
        """The adverts on a page, each in its place."""
        self._spend_plates()
        page = str(the(str, page, "adverts_here"))
        return list(advert_slots(self.edition, self.grid, page, self.stand_in, self._store))

    def ready_page(self, file: str, bleeds: bool = False) -> str:
        """The address of a PDF in photos/ that is laid in as it is, with its bleed where it ``bleeds``."""
        self._spend_plates()
        path = find_picture(self.edition.folder, str(the(str, file, "ready_page")))
        path = path or self.edition.folder / "photos" / file
        bleed_mm = self.edition.bleed_mm if bleeds else 0.0
        try:
            return self.stand_in(whole_page(path, (self.edition.root, self.edition.folder), bleed_mm))
        except GuestError as fault:
            raise TemplateRuntimeError(f"'{file}' cannot be laid in: {fault}") from None
        except Refused as refused:
            raise TemplateRuntimeError(f"'{file}' {refused}") from None

    def stand_in(self, guest: Guest) -> str:
        """The address of the picture that stands in for a guest until finish lays that in."""
        name = stand_in_name(guest.digest)
        if name not in self.sheets.drawings:
            self.sheets.drawings[name] = draw_stand_in(guest.digest, guest.width_mm, guest.height_mm)
        return f"project:///.artwork/{name}"

    def logo_box(self, photo: Photo, place: str) -> LogoBox:
        """The size of a logo ``below`` a tile, in a ``tile``'s place, or in a listing: ``small``, and of an extended
        entry ``beside`` it, or in the ``field`` above it."""
        ink, grid = self._ink_of(the(Photo, photo, "logo_box")), self.grid
        tile_mm, small_mm = grid.mm("tile"), grid.small_tile_mm
        column_mm = grid.mm("side") if grid.has_side else tile_mm
        sizes = {
            "below": (grid.mm("logo"), column_mm, max(tile_mm / 2 - 1.5 * grid.unit_mm, 2.5 * grid.unit_mm)),
            "tile": (grid.mm("sponsor-first"), column_mm, tile_mm),
            "small": (small_mm, small_mm, small_mm),
            "beside": (grid.mm("sponsor-second"), grid.side_plot_mm, grid.side_plot_mm),
            "field": (grid.mm("sponsor-second"), grid.columns_mm["listing"], grid.street_mm),
        }
        if place not in sizes:
            raise TemplateRuntimeError(f"logo_box knows the places {', '.join(sizes)}")
        return logo_box(ink, *sizes[place])

    def sponsor_pages(self, folios: Mapping[str, str] | None = None) -> list[SponsorPage]:
        """The pages of sponsors, with the ``folios`` of their entries as they are to be set."""
        sponsors = self.edition.sponsors
        if sponsors is None:
            return []
        self._spend_plates(1 + sum(1 for _ in sponsors.all()))
        return plan_sponsors(sponsors, self, self._ink_of, folios or {}, self.edition.words.continued)

    def _ink_of(self, photo: Photo) -> InkFacts:
        """Where the ink of a logo stands in its file."""
        path = find_picture(self.edition.folder, photo.file)
        if path is None:
            raise TemplateRuntimeError(f"'{photo.file}' is not in the edition's photos/")
        return self._store.recall(
            "ink of a logo",
            InkFacts,
            lambda: look_at_ink(read_bytes(path, self.edition.root, self.edition.folder)),
            file_hash(path),
        )

    def cover_type(self, height_mm: float | None = None) -> PlateType:
        """The cover's title lines and year in a height; without one, in what the small lines above them leave."""
        if self.edition.cover is None:
            raise TemplateRuntimeError("The edition has no cover")
        self._spend_plates()
        frame = self.sheets.plans["cover"].frames()[0]
        left_mm = frame.height_mm - self.grid.mm("cover-head")
        room = replace(frame, height_mm=left_mm if height_mm is None else the(float, height_mm, "cover_type"))
        lines = (*self.edition.cover.title, self.edition.cover.year or "")
        return fit_lines([line for line in lines if line], self._style("plate"), room, self.grid, self.library)

    def cover_columns(self) -> tuple[float, ...]:
        """The widths in mm of the cover's series and event, so that each block of its small lines begins where a
        column of the city does; () if that has no room.
        """
        cover = self.edition.cover
        if cover is None:
            raise TemplateRuntimeError("The edition has no cover")
        style = self._style("cover-line")
        blocks = (
            [(line, True) for line in cover.series],
            [*((line, True) for line in cover.event), *((line, False) for line in cover.theme)],
            [(line, False) for line in (cover.date or "", *cover.venue)],
        )
        self._spend_letters(sum(len(line) for block in blocks for line, _ in block))
        runs = [[Run(text=line, line=0, bold=bold) for line, bold in block] for block in blocks]
        widths = [max((style.width_of(run.text, run, self.library) for run in block), default=0.0) for block in runs]
        plan = self.sheets.plans["cover"]
        return column_widths(widths, plan.column_mm, plan.type_area.width_mm, self.grid.mm("cover-lines-air"))

    def opener_type(self, section: Section) -> PlateType:
        """A section's title on its plate, in the largest size that all plates of the book can have."""
        section, plate = the(Section, section, "opener_type"), self._style("plate")
        self._spend_plates()
        return self._fit_opener(section, plate, self._openers_pt)

    @cached_property
    def _openers_pt(self) -> float:
        """The largest size that all plates of sections can have."""
        sections = [each for each in self.edition.sections if not is_people(each)]
        return min((self._fit_opener(each, self.styles["plate"]).size_pt for each in sections), default=inf)

    def _fit_opener(self, section: Section, plate: Measure, most_pt: float = inf) -> PlateType:
        area = self.sheets.plans[f"opener-{section.key}"].frames()[0]
        return fit_title(section.title, plate, area, self.grid, self.library, most_pt=most_pt)
