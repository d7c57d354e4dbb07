"""The workshop: one edition on the bench, from composed pages to checked files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from directory_pub.bind import lay_over, lay_under
from directory_pub.census import (
    check_faces,
    check_pictures,
    compare_aloud,
    compare_breaks,
    read_aloud,
    read_pages,
    take_census,
)
from directory_pub.compose import ComposedBook, EntryEnd, compose_book, find_ends, plan_closings
from directory_pub.faces import FaceShelf
from directory_pub.findings import Finding, error
from directory_pub.finish import DocumentFacts, Finished, finish_email, finish_press
from directory_pub.flatplan import Piece, list_pieces, page_labels
from directory_pub.inks import InkTable
from directory_pub.model import Edition
from directory_pub.page_grid import Grid, read_grid
from directory_pub.piecework import set_in_pieces
from directory_pub.prepare import BEST, PictureCache, PictureQuality
from directory_pub.printers import Printer
from directory_pub.targets import EMAIL, PRESS, Target
from directory_pub.typeset import Engine, Means, PieceCache, PressRoom

__all__ = [
    "Book",
    "Workshop",
    "check_files",
    "finish_book",
    "finish_for_mail",
    "make_proof",
    "open_workshop",
    "typeset_book",
]

# What CMYK pictures that do not say were made for; the email file is the same for every printer.
PROFILE = Path("printers/ISOcoated_v2_300_bas.icc")
# What the sRGB values of the ink table mean.
SCREEN_PROFILE = Path("styles/profiles/sRGB2014.icc")
USUAL_MEANS = Means()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A typeset book: one sRGB PDF for all targets, the elements it was set from, and what is known of its pages."""

    pdf: bytes
    elements: list[Element]
    pieces: list[Piece]
    ends: list[EntryEnd]

    @property
    def page_count(self) -> int:
        """All pages, covers included."""
        return self.pieces[-1].pages[-1] + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What the steps share for one edition and the printer that it is made for."""

    edition: Edition
    printer: Printer
    inks: InkTable
    grid: Grid
    shelf: FaceShelf
    composed: ComposedBook
    engine: Engine
    room: PressRoom
    whole: bool


def open_workshop(
    edition: Edition,
    printer: Printer,
    inks: InkTable,
    shelf: FaceShelf,
    means: Means = USUAL_MEANS,
) -> Workshop:
    """Compose the edition and warm the engine for its sheets; ``means`` say how its pieces are set."""
    grid = read_grid(edition.root / "styles", edition.trim, edition.bleed_mm)
    composed = compose_book(edition, grid, shelf, inks)
    engine = Engine(edition.root, grid, shelf, inks.as_css(), composed.artwork, edition_folder=edition.folder)
    return Workshop(
        edition=edition,
        printer=printer,
        inks=inks,
        grid=grid,
        shelf=shelf,
        composed=composed,
        engine=engine,
        room=PressRoom(engine, PieceCache(means.cache, edition.key), means.jobs),
        whole=means.whole,
    )


# -------------------------------------------------------------------- typeset and bind
def typeset_book(shop: Workshop) -> Book | None:
    """Typeset and bind: the pages that every target is finished from, or None with the engine's findings.

    The book is set piece by piece; set as one document (``Means.whole``) it must look the same.
    """
    return _set_whole(shop) if shop.whole else _set_pieces(shop)


def _set_pieces(shop: Workshop) -> Book | None:
    made = set_in_pieces(shop.composed, shop.shelf, shop.room, lambda count: _count_note_pages(shop.edition, count))
    shop.room.cache.close()
    if made is None:
        return None
    starts = {name: page_index for name, (page_index, _) in made.anchors.items()}
    pieces = list_pieces(shop.edition, starts, made.page_count, made.note_pages)
    ends = find_ends(pieces, made.anchors, shop.grid)
    return Book(pdf=_lay_closings(shop, made.bound.pdf, ends), elements=made.bound.elements, pieces=pieces, ends=ends)


def _set_whole(shop: Workshop) -> Book | None:
    pages = shop.engine.typeset(shop.composed.whole(), "book.html.j2")
    note_pages = _count_note_pages(shop.edition, pages.page_count) if pages else 0
    on_the_left = bool(pages and pages.page_count % 2)
    tail = shop.engine.typeset(shop.composed.tail(note_pages, on_the_left=on_the_left), "tail.html.j2")
    if pages is None or tail is None:
        return None
    anchors = pages.anchors()
    whole = pages.followed_by(tail)
    starts = {name: anchor.page_index for name, anchor in anchors.items()}
    pieces = list_pieces(shop.edition, starts, whole.page_count, note_pages)
    ends = find_ends(pieces, {name: (anchor.page_index, anchor.top_mm) for name, anchor in anchors.items()}, shop.grid)
    written = shop.engine.write(whole, "book.html.j2")
    if written is None:
        return None
    return Book(pdf=_lay_closings(shop, written, ends), elements=whole.elements, pieces=pieces, ends=ends)


def _count_note_pages(edition: Edition, page_count: int) -> int:
    """Pages for notes before the back cover, so that the book fills its multiple."""
    return -(page_count + (1 if edition.cover else 0)) % edition.page_multiple


def _lay_closings(shop: Workshop, book: bytes, ends: Sequence[EntryEnd]) -> bytes:
    """Lay artwork at the foot of entries that end early, under their last pages."""
    closings = plan_closings(ends, shop.grid)
    plates = _draw(shop, shop.composed.plates(closings), "plates.html.j2") if closings else None
    return lay_under(book, plates, [closing.page_index for closing in closings]) if plates else book


def _draw(shop: Workshop, html: str, layout: str) -> bytes | None:
    """Typeset and write a document of its own."""
    pages = shop.engine.typeset(html, layout)
    return shop.engine.write(pages, layout) if pages else None


# -------------------------------------------------------------------- finish
def finish_book(shop: Workshop, book: Book, target: Target) -> Finished:
    """One target's file from the typeset pages.

    Raises ValueError for a press file of a printer that takes RGB: the email file is what it prints.
    """
    edition, printer = shop.edition, shop.printer
    if target is not PRESS:
        return finish_for_mail(shop, book)
    if printer.condition is None:
        raise ValueError(f"{printer.key} has no printing condition")
    return finish_press(
        book.pdf,
        inks=shop.inks,
        condition=printer.condition,
        trim_mm=_trim_mm(edition),
        bleed_mm=edition.bleed_mm,
        marks=printer.marks,
        document=_facts(edition, book),
        ink_limit_percent=printer.ink_limit_percent,
    )


def finish_for_mail(
    shop: Workshop, book: Book, quality: PictureQuality = BEST, pictures: PictureCache | None = None
) -> Finished:
    """The email file with pictures of one quality; those in the cache are not encoded again."""
    edition = shop.edition
    return finish_email(
        book.pdf,
        profile=edition.root / PROFILE,
        screen_profile=edition.root / SCREEN_PROFILE,
        trim_mm=_trim_mm(edition),
        document=_facts(edition, book),
        elements=book.elements,
        opens=edition.email_opens,
        quality=quality,
        pictures=pictures,
    )


def _trim_mm(edition: Edition) -> tuple[float, float]:
    return (edition.trim.width_mm, edition.trim.height_mm)


def _facts(edition: Edition, book: Book) -> DocumentFacts:
    return DocumentFacts(
        title=f"{edition.title} {edition.year}" if edition.year else edition.title,
        author=edition.publisher or "",
        language=edition.language,
        created=date.fromisoformat(edition.created),
        page_labels=page_labels(book.page_count),
    )


def make_proof(shop: Workshop, book: Book) -> Finished:
    """The pages with PROOF across each, trimmed as for the screen."""
    plate = _draw(shop, shop.composed.proof(), "proof.html.j2")
    return finish_book(shop, replace(book, pdf=lay_over(book.pdf, plate)) if plate else book, EMAIL)


# -------------------------------------------------------------------- check
def check_files(
    shop: Workshop, book: Book, finished: Mapping[str, Finished], targets: Sequence[Target]
) -> list[Finding]:
    """Hold the finished files against the content; all must carry the same lines."""
    edition = shop.edition
    books = {name: list(read_pages(file.pdf)) for name, file in finished.items()}
    pages = next(iter(books.values()))
    findings = [
        *take_census(edition, shop.grid, book.pieces, pages, shop.composed.plate_frames()),
        *compare_breaks(edition, books),
    ]
    # A word that is lost on the page, or is not tagged, is not told of twice.
    if EMAIL.name in finished and not findings and not finished[EMAIL.name].findings:
        findings += compare_aloud(edition, book.pieces, read_aloud(finished[EMAIL.name].pdf))
    if any(entry.photo for entry in edition.entries):
        # Asked of the typeset pages: finish may have made the pictures smaller.
        asked = [replace(t, least_ppi=round(shop.printer.colour_ppi)) if t is PRESS else t for t in targets]
        findings += check_pictures(book.pieces, list(read_pages(book.pdf)), asked)
    for file in finished.values():
        findings += check_faces(edition, shop.shelf, file.pdf, pages, book.pieces)
    if len(pages) % edition.page_multiple:
        place, multiple = edition.place_of("page_multiple"), edition.page_multiple
        findings.append(
            error("page-count", place, f"the book has {len(pages)} pages.", f"Bring it to a multiple of {multiple}.")
        )
    return findings
