"""Compose an edition: layouts and content become the HTML of the book.

Python brings what a layout cannot: lines set for an even rag, links made from a row's type,
artwork. The order of pages and every word's element stand in the layouts.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2

from directory_pub.artwork import Motif
from directory_pub.compose.artwork_sheets import draw_artwork, draw_closings
from directory_pub.compose.closings import Closing
from directory_pub.compose.compiled_layouts import COMPILED
from directory_pub.compose.contact import contact_runs, split_runs
from directory_pub.compose.contents import ContentsPart, ContentsRow, contents_rows, figure_space
from directory_pub.compose.flatplan_reader import plan_pieces
from directory_pub.compose.layout_files import LayoutFiles
from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import Measure
from directory_pub.compose.pieces import UNSEEN
from directory_pub.compose.plate_type import PlateType, fit_lines, fit_title
from directory_pub.compose.terms import measure_terms
from directory_pub.compose.text_styles import measure_styles
from directory_pub.faces import FaceShelf
from directory_pub.findings import Finding, Place, error
from directory_pub.flatplan import PlannedPiece
from directory_pub.inks import InkTable
from directory_pub.model import (
    Edition,
    Entry,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Run,
    Section,
    TermList,
)
from directory_pub.page_grid import MM_PER_PT, Frame, Grid
from directory_pub.pictures import find_picture
from directory_pub.quotation import open_quote

__all__ = ["LINK_SCHEME", "ComposedBook", "LayoutError", "compose_book"]

LINK_SCHEME = "book:"
"""How a piece names what stands in another: the engine takes it for an address and keeps the link."""
_INNER_LINK = re.compile(r'href="#([^"]+)"')
_ID = re.compile(r'\sid="([^"]+)"')
_MARKER_EM = 1.6  # a note's number and the space behind it; a long number takes more
_FIGURE_EM, _MARKER_SPACE_EM = 0.55, 0.6
_COVER_HEAD = 0.78  # what the small lines take above the title, in leadings of the title


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedBook:
    """The book's HTML, whole or piece by piece, the artwork that it names, and each entry with its section by key."""

    artwork: dict[str, bytes]
    composer: Composer
    places: dict[str, tuple[Section, Entry]]

    def whole(self, digits: int) -> str:
        """The HTML of the book up to its last entry, as one document; its longest folio has so many digits."""
        part = ContentsPart(rows=self.composer.contents_rows)
        digits = digits if self.composer.figure_space else 0
        return self.composer.render("book.html.j2", contents=part, folio_digits=digits)

    @property
    def contents_rows(self) -> list[ContentsRow]:
        """All rows of the contents, in the order of the book."""
        return self.composer.contents_rows

    @property
    def motifs(self) -> dict[str, Motif]:
        """The motif of each entry, in the order of the book."""
        return self.composer.sheets.motifs

    def plan(self) -> list[PlannedPiece]:
        """The pieces up to the last entry, in the order of book.html.j2."""
        return self._plan("book.html.j2", folio_digits=0)

    def plan_tail(self, note_pages: int) -> list[PlannedPiece]:
        """The pieces behind the last entry, in the order of tail.html.j2."""
        return self._plan("tail.html.j2", note_pages=note_pages, on_the_left=False)

    def _plan(self, layout: str, **context: object) -> list[PlannedPiece]:
        edition = self.composer.edition
        try:
            return plan_pieces(edition, layout, **context)
        except jinja2.TemplateError as problem:
            raise LayoutError(_describe_fault(problem, layout, edition)) from problem

    def contents(self, rows: range, folios: Mapping[str, str], digits: int) -> str:
        """The HTML of some rows of the contents, each folio as wide as one with so many digits."""
        every, space = self.composer.contents_rows, self.composer.figure_space
        some = every[rows.start : rows.stop]
        part = ContentsPart(
            rows=some,
            opens=rows.start == 0,
            closes=rows.stop >= len(every),
            folios={row.key: folios[row.key].rjust(digits, space) if space else folios[row.key] for row in some},
        )
        return self._on_its_own(PlannedPiece(kind="contents", key="contents"), part)

    def piece(self, piece: PlannedPiece) -> str:
        """The HTML of one piece on its own, which is not the contents."""
        return self._on_its_own(piece)

    def _on_its_own(self, piece: PlannedPiece, contents: ContentsPart | None = None) -> str:
        html = self.composer.render("piece.html.j2", piece=piece, contents=contents)
        own = set(_ID.findall(html))
        return _INNER_LINK.sub(lambda link: link[0] if link[1] in own else f'href="{LINK_SCHEME}{link[1]}"', html)

    def folios(self, kind: str, first_folio: int, count: int) -> str:
        """The HTML of pages of one kind that carry nothing but their folio; the first is odd."""
        return self.composer.render("folios.html.j2", kind=kind, first_folio=first_folio, count=count)

    def tail(self, note_pages: int, *, on_the_left: bool) -> str:
        """The HTML of what follows the last entry: note pages, then the back cover."""
        return self.composer.render("tail.html.j2", note_pages=note_pages, on_the_left=on_the_left)

    def proof(self) -> str:
        """The HTML of what is laid over every page of a build that failed."""
        return self.composer.render("proof.html.j2")

    def plate_frames(self) -> dict[str, list[Frame]]:
        """Where type may stand on each full-bleed page, by the piece's key."""
        return {name.removeprefix("opener-"): plan.frames() for name, plan in self.composer.sheets.plans.items()}

    def plates(self, closings: Sequence[Closing]) -> str:
        """The HTML of the closing fields, one page each; their artwork is drawn now that their size is known."""
        self.artwork.update(draw_closings(closings, self.composer.sheets))
        return self.composer.render("plates.html.j2", closings=closings)


def compose_book(edition: Edition, grid: Grid, shelf: FaceShelf, inks: InkTable) -> ComposedBook:
    """Compose the whole edition."""
    composer = Composer(edition, grid, shelf, inks)
    places = {entry.key: (section, entry) for section in edition.sections for entry in section.entries}
    return ComposedBook(artwork=composer.sheets.drawings, composer=composer, places=places)


class LayoutError(Exception):
    """A layout that cannot be rendered, with the finding that says where."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def _describe_fault(problem: jinja2.TemplateError, layout: str, edition: Edition) -> Finding:
    """The innermost layout and line of a fault: a syntax error knows it, of another the traceback does."""
    file, line = f"layouts/{layout}", None
    if isinstance(problem, jinja2.TemplateSyntaxError):
        file, line = f"layouts/{problem.name or layout}", problem.lineno
    else:
        for frame in traceback.extract_tb(problem.__traceback__):
            if Path(frame.filename).is_relative_to(edition.root / "layouts"):
                file, line = Path(frame.filename).relative_to(edition.root).as_posix(), frame.lineno
    message = f"{(problem.message or type(problem).__name__).rstrip('.')}."
    return error(
        "layout-fault", Place(file=file, line=line), message, "Mend the layout there, or the name that it asks for."
    )


class Composer:
    """The layouts' environment for one edition."""

    def __init__(self, edition: Edition, grid: Grid, shelf: FaceShelf, inks: InkTable) -> None:
        self.edition = edition
        self.grid = grid
        self.shelf = shelf
        self.first_notes = edition.first_notes()
        self.styles = measure_styles(grid, self.first_notes)
        self.sheets = draw_artwork(edition, grid, inks)
        self.contents_rows = contents_rows(edition)
        self.figure_space = figure_space(shelf)
        self.environment = jinja2.Environment(
            loader=LayoutFiles(edition.root),
            autoescape=True,
            bytecode_cache=COMPILED,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.tests |= {
            "heading": lambda b: isinstance(b, Heading),
            "paragraph": lambda b: isinstance(b, Paragraph),
            "itemlist": lambda b: isinstance(b, ItemList),
            "termlist": lambda b: isinstance(b, TermList),
            "quote": lambda b: isinstance(b, Quote),
            "runin": _is_run_in,
            "essay": _is_essay,
        }
        self.environment.filters["one_line"] = _one_line
        self.environment.globals |= {
            "set": self.set,
            "number_of": lambda note: self.first_notes[note.file] + note.index,
            "plans": self.sheets.plans,
            "grid": grid,
            "open_quote": lambda quote, language: open_quote(quote, language or edition.language),
            "term_columns": lambda block: measure_terms(block, self.styles, grid, shelf),
            "contact_runs": lambda row, country=None: contact_runs(row, country or edition.country),
            "split_runs": split_runs,
            "photo_url": self.photo_url,
            "cover_type": self.cover_type,
            "opener_type": self.opener_type,
        }

    def render(self, layout: str, **context: Any) -> str:
        """Render one layout with the edition; a fault of a layout raises LayoutError."""
        try:
            return self.environment.get_template(layout).render(edition=self.edition, **context)
        except jinja2.TemplateError as problem:
            raise LayoutError(_describe_fault(problem, layout, self.edition)) from problem

    def cover_type(self) -> PlateType:
        """The cover's title lines and year, below its small lines."""
        assert self.edition.cover is not None
        frame = self.sheets.plans["cover"].frames()[0]
        room = replace(frame, height_mm=frame.height_mm - _COVER_HEAD * self.grid.mm("plate-leading"))
        lines = (*self.edition.cover.title, self.edition.cover.year or "")
        return fit_lines([line for line in lines if line], room, self.grid, self.shelf)

    def opener_type(self, section: Section) -> PlateType:
        """A section's title on its plate."""
        return fit_title(section.title, self.sheets.plans[f"opener-{section.key}"].frames()[0], self.grid, self.shelf)

    def photo_url(self, entry: Entry) -> str:
        """An entry's picture as the sealed engine asks for it."""
        assert entry.photo is not None
        path = find_picture(self.edition.folder, entry.photo.file)
        name = path.relative_to(self.edition.folder / "photos").as_posix() if path else entry.photo.file
        return f"project:///.edition/photos/{quote(name)}"

    def set(
        self, text: str | Sequence[Run], style: str | Measure, first: str | None = None, number: int | None = None
    ) -> tuple[Line, ...]:
        """Lines of a text in a style by its name, or in a measure.

        ``first`` names what shortens the first line: an indent, or the marker of the note of that ``number``.
        """
        runs = (Run(text=text, line=0),) if isinstance(text, str) else text
        measure = self.styles[style] if isinstance(style, str) else style
        if first == "indent":
            measure = replace(measure, first_mm=self.styles["text"].width_mm - self.styles["item-1"].width_mm)
        elif first == "marker":
            marker_em = max(_MARKER_EM, _MARKER_SPACE_EM + _FIGURE_EM * len(str(number or "")))
            measure = replace(measure, first_mm=marker_em * measure.size_pt * MM_PER_PT)
        return set_lines(runs, measure, self.shelf)


# -------------------------------------------------------------------- what a layout asks
def _one_line(text: str) -> str:
    """A name as it is told where its lines are not set: without the places where they may break."""
    return " ".join(text.translate(UNSEEN).split())


def _is_run_in(block: object) -> bool:
    """A paragraph that opens with its own bold name."""
    return isinstance(block, Paragraph) and bool(block.runs) and block.runs[0].bold and len(block.runs) > 1


def _is_essay(entry: Entry) -> bool:
    """An entry without section heads: solid text that needs air of its own."""
    return not any(isinstance(block, Heading) for block in entry.body)
