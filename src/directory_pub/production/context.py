"""The workshop: one edition on the bench, and the steps from set pages to finished and checked ones.

Each step takes a file and knows not whether it holds the whole book or one piece of it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from directory_pub.census import (
    Census,
    PageText,
    check_faces,
    check_pictures,
    compare_breaks,
    compare_screen_reader,
    read_pages,
    read_pictures,
    read_tag_tree,
)
from directory_pub.compose import ComposedBook, EntryEnd, compose_book, plan_tailpieces
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid, read_grid
from directory_pub.design.inks import InkTable
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition, Entry, FrontMatter, runs_within
from directory_pub.edition.printers import Marks, Printer
from directory_pub.edition.targets import EMAIL, PRESS, Target
from directory_pub.findings import Finding, Place, error
from directory_pub.finish import DocumentFacts, Finished, finish_email, finish_press
from directory_pub.pictures.icc import fault_of_picture_profile, fault_of_press_profile
from directory_pub.place import lay_under
from directory_pub.prepare import BEST, PictureCache, PictureQuality
from directory_pub.storage.enclosure import Refused, read_bytes
from directory_pub.storage.hashes import hash_of
from directory_pub.storage.store import Store
from directory_pub.typeset import Engine

__all__ = [
    "BuildContext",
    "Pages",
    "check_page_count",
    "check_pages",
    "document_facts",
    "draw",
    "draw_proof",
    "finish_for_mail",
    "finish_for_press",
    "finish_pages",
    "guess_page_count",
    "lay_tailpieces",
    "note_page_count",
    "open_context",
]

# What CMYK pictures that do not say were made for; the email file is the same for every printer.
PROFILE = Path("printers/ISOcoated_v2_300_bas.icc")
# What the sRGB values of the ink table mean.
SCREEN_PROFILE = Path("styles/profiles/sRGB2014.icc")
_PICTURES_AT_HAND_BYTES = 16_000_000
# What a page holds, about; a wrong guess costs time and nothing else.
_LETTERS_A_PAGE, _ENTRIES_A_PAGE = 2_600, 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Typeset pages, of the book or of one piece: one sRGB PDF for all targets, and the elements it was set from.

    ``first`` is the index of the first page in the book, ``pieces`` what stands on them;
    ``heading_above`` is the level of the heading that they stand below. A piece has no folios before
    it is bound in.
    """

    pdf: bytes
    elements: Sequence[Element]
    pieces: Sequence[Piece]
    first: int = 0
    heading_above: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildContext:
    """What the steps share for one edition and the printer that it is made for."""

    edition: Edition
    printer: Printer
    inks: InkTable
    grid: Grid
    library: FontLibrary
    composed: ComposedBook
    engine: Engine
    census: Census
    pictures: PictureCache


def open_context(edition: Edition, printer: Printer, inks: InkTable, library: FontLibrary) -> BuildContext:
    """Compose the edition and warm the engine for its sheets."""
    _check_profiles(edition.root)
    grid = read_grid(edition.root / "styles", edition.trim, edition.bleed_mm, library)
    composed = compose_book(edition, grid, library, inks)
    engine = Engine(edition.root, grid, library, composed.made_sheets, composed.artwork, edition_folder=edition.folder)
    return BuildContext(
        edition=edition,
        printer=printer,
        inks=inks,
        grid=grid,
        library=library,
        composed=composed,
        engine=engine,
        census=Census.of(edition, grid, composed.plate_frames()),
        pictures=_pictures_at_hand(),
    )


def _check_profiles(root: Path) -> None:
    """Raises Refused where one of the two profiles that every book is converted by cannot be used."""
    press, screen = read_bytes(root / PROFILE, root), read_bytes(root / SCREEN_PROFILE, root)
    faults = {PROFILE: fault_of_press_profile(press), SCREEN_PROFILE: fault_of_picture_profile(screen, "RGB")}
    for path, fault in faults.items():
        if fault:
            raise Refused(
                error("value-type", Place(file=path.as_posix()), f"{fault}.", "Take it from the project anew.")
            )


@functools.cache
def _pictures_at_hand() -> PictureCache:
    """One for the process: a later build asks for the same pictures."""
    return PictureCache(most_bytes=_PICTURES_AT_HAND_BYTES)


# -------------------------------------------------------------------- pages
def note_page_count(edition: Edition, page_count: int) -> int:
    """Pages for notes before the back cover, so that the book fills its multiple."""
    return -(page_count + (1 if edition.cover else 0)) % edition.page_multiple


def guess_page_count(edition: Edition, known: Mapping[str, int] | None = None) -> int:
    """About how many pages the book has up to its last entry; ``known`` are those of some texts by key."""
    known = known or {}
    texts = sum(known.get(text.key) or 1 + _letters(text) // _LETTERS_A_PAGE for text in edition.texts)
    return 3 + texts + len(edition.sections) + len(edition.entries) // _ENTRIES_A_PAGE


def _letters(text: Entry | FrontMatter) -> int:
    return sum(len(run.text) for runs in runs_within(text.body) for run in runs)


def lay_tailpieces(context: BuildContext, pages: Pages, ends: Sequence[EntryEnd], store: Store | None = None) -> Pages:
    """Lay artwork at the foot of entries that end early, under their last pages; plates in the store are not drawn."""
    tailpieces = plan_tailpieces(ends, context.grid)
    plates = _draw_tailpieces(context, context.composed.tailpieces(tailpieces), store) if tailpieces else None
    if plates is None:
        return pages
    under = [tailpiece.page_index - pages.first for tailpiece in tailpieces]
    return replace(pages, pdf=lay_under(pages.pdf, plates, under))


def _draw_tailpieces(context: BuildContext, html: str, store: Store | None) -> bytes | None:
    key = hash_of("tailpieces", context.engine.digest, context.engine.files_digest(html), html)
    plates = store.get(key) if store else None
    if plates is None:
        plates = draw(context, html, "tailpieces.html.j2")
        if store and plates is not None and not context.engine.findings:
            store.put(key, plates)
    return plates


def draw(context: BuildContext, html: str, layout: str) -> bytes | None:
    """Typeset and write a document of its own."""
    pages = context.engine.typeset(html, layout)
    return context.engine.write(pages, layout) if pages else None


# -------------------------------------------------------------------- finish
def finish_pages(context: BuildContext, pages: Pages, target: Target, facts: DocumentFacts) -> Finished:
    """One target's file from typeset pages.

    Raises ValueError for a press file of a printer that takes RGB: the email file is what it prints.
    """
    if target == PRESS:
        return finish_for_press(context, pages.pdf, context.printer.marks, facts)
    return finish_for_mail(context, pages, facts)


def finish_for_press(context: BuildContext, pdf: bytes, marks: Marks, facts: DocumentFacts) -> Finished:
    """The press file; without marks it is as large as with them."""
    edition, printer = context.edition, context.printer
    if printer.condition is None:
        raise ValueError(f"{printer.key} has no printing condition")
    return finish_press(
        pdf,
        inks=context.inks,
        condition=printer.condition,
        trim_mm=_trim_mm(edition),
        bleed_mm=edition.bleed_mm,
        marks=marks,
        document=facts,
        ink_limit_percent=printer.ink_limit_percent,
        pictures=context.pictures,
    )


def finish_for_mail(
    context: BuildContext,
    pages: Pages,
    facts: DocumentFacts,
    quality: PictureQuality = BEST,
) -> Finished:
    """The email file with pictures of one quality; those at hand are not encoded again."""
    edition = context.edition
    return finish_email(
        pages.pdf,
        profile=edition.root / PROFILE,
        screen_profile=edition.root / SCREEN_PROFILE,
        trim_mm=_trim_mm(edition),
        document=facts,
        elements=pages.elements,
        opens=edition.email_opens,
        quality=quality,
        pictures=context.pictures,
    )


def _trim_mm(edition: Edition) -> tuple[float, float]:
    return (edition.trim.width_mm, edition.trim.height_mm)


def document_facts(edition: Edition) -> DocumentFacts:
    """What the book says of itself."""
    return DocumentFacts(
        title=edition.full_title,
        author=edition.publisher or "",
        language=edition.language,
        created=date.fromisoformat(edition.created),
    )


def draw_proof(context: BuildContext) -> bytes | None:
    """The page that is laid over those of an email file, to say PROOF."""
    plate = draw(context, context.composed.proof(), "proof.html.j2")
    if plate is None:
        return None
    pages = Pages(pdf=plate, elements=(), pieces=())
    return finish_for_mail(context, pages, document_facts(context.edition)).pdf


# -------------------------------------------------------------------- check
def check_pages(
    context: BuildContext,
    pages: Pages,
    finished: Mapping[str, Finished],
    targets: Sequence[Target],
    folios: Mapping[str, str],
) -> list[Finding]:
    """Hold finished pages against the content; all targets must carry the same lines.

    ``folios`` are what contents must say of each piece.
    """
    edition, pieces = context.edition, pages.pieces
    texts = {name: _read(file.pdf, pages.first) for name, file in finished.items()}
    first, *others = texts.values()
    findings = [finding for piece in pieces for finding in context.census.count(piece, folios, first, also=others)]
    if not findings:  # copy without room may leave one leaf and not the other
        findings += compare_breaks(edition, texts)
    if any(piece.entry and piece.entry.photo for piece in pieces):
        # Asked of the typeset pages: finish may have made the pictures smaller.
        asked = [replace(t, least_ppi=round(context.printer.colour_ppi)) if t == PRESS else t for t in targets]
        findings += check_pictures(pieces, dict(enumerate(read_pictures(pages.pdf), pages.first)), asked)
    # What is lost on the page, or is not tagged, is not told of twice.
    lost = [finding for finding in findings if finding.code not in ("photo-resolution", "photo-cropped")]
    if EMAIL.name in finished and not lost and not finished[EMAIL.name].findings:
        tree = read_tag_tree(finished[EMAIL.name].pdf, pages.first)
        findings += compare_screen_reader(edition, pieces, tree, folios, context.census.first_notes)
    for file in finished.values():
        findings += check_faces(edition, context.library, file.pdf, first, pieces)
    return findings


def _read(pdf: bytes, first: int) -> dict[int, PageText]:
    """The pages of a file by their index in the book."""
    return dict(enumerate(read_pages(pdf), first))


def check_page_count(edition: Edition, page_count: int) -> list[Finding]:
    """The book fills its multiple."""
    multiple = edition.page_multiple
    if page_count % multiple == 0:
        return []
    place = edition.place_of("page_multiple")
    message = f"the book has {page_count} pages."
    return [error("page-count", place, message, f"Bring it to a multiple of {multiple}.")]
