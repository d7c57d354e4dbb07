"""Build an edition: the seven steps from content to finished PDFs, one call a step."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from directory_pub.artwork import MOTIFS, Palette
from directory_pub.bind import lay_over, lay_under
from directory_pub.census import check_faces, check_pictures, compare_breaks, read_pages, take_census
from directory_pub.compose import ComposedBook, EntryEnd, compose_book, find_ends, plan_closings
from directory_pub.faces import FaceShelf, read_faces
from directory_pub.findings import Finding, Place, Report, error
from directory_pub.finish import DocumentFacts, Finished, finish_email, finish_press
from directory_pub.flatplan import Piece, list_pieces, page_labels
from directory_pub.inks import InkTable, read_inks
from directory_pub.model import Edition
from directory_pub.page_grid import Grid, read_grid
from directory_pub.prepare import PictureCache
from directory_pub.proofread import UNUSABLE_PHOTO, proofread
from directory_pub.read import read_edition
from directory_pub.report import write_report
from directory_pub.targets import TARGETS, Target
from directory_pub.typeset import Engine, TypesetPages
from directory_pub.write import write_whole

__all__ = ["Book", "BuildResult", "build_edition", "find_root"]

PROFILE = Path("printers/ISOcoated_v2_300_bas.icc")
PROOF = "PROOF"
_SUBJECT = re.compile(r"(?<=')[^']{4,}(?=')|U\+[0-9A-F]{4,}")
Tell = Callable[[str], None]


@dataclass(slots=True, kw_only=True)
class BuildResult:
    """What a build made: the report, the files by target name, and the room that entries leave."""

    report: Report = field(default_factory=Report)
    strict: bool = False
    edition: Edition | None = None
    files: dict[str, Path] = field(default_factory=dict)
    book: Book | None = None

    @property
    def failed(self) -> bool:
        """Whether the targets were withheld."""
        return self.report.fails(strict=self.strict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A typeset book: one sRGB PDF for all targets, and what is known of its pages."""

    pdf: bytes
    pieces: list[Piece]
    ends: list[EntryEnd]

    @property
    def page_count(self) -> int:
        """All pages, covers included."""
        return self.pieces[-1].pages[-1] + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What the steps share for one edition."""

    edition: Edition
    inks: InkTable
    grid: Grid
    shelf: FaceShelf
    composed: ComposedBook
    engine: Engine


def find_root(folder: Path) -> Path:
    """The project that an edition belongs to: the nearest folder above it with layouts/ and styles/."""
    for parent in folder.resolve().parents:
        if (parent / "layouts").is_dir() and (parent / "styles").is_dir():
            return parent
    return Path.cwd()


def build_edition(
    folder: Path, output: Path, *, targets: Sequence[Target] = tuple(TARGETS.values()), strict: bool = False,
    tell: Tell = lambda step: None,
) -> BuildResult:
    """Build one edition into ``output``; ``tell`` hears the name of each step as it begins.

    An error (with ``strict`` any finding) withholds every target and leaves a file marked
    PROOF to look at instead. The report is written in every case.
    """
    root = find_root(folder)
    result = BuildResult(strict=strict)
    tell("read")
    result.edition, findings = read_edition(folder, root)
    inks, ink_findings = read_inks(root / "styles" / "inks.yaml", root)
    result.report.add([*findings, *ink_findings])
    if result.edition is not None:
        _make(result.edition, inks, output, targets, result, tell)
    write_report(result.edition, result.report, result.files, result.book, output, strict=strict)
    return result


def _make(edition: Edition, inks: InkTable, output: Path, targets: Sequence[Target], result: BuildResult, tell: Tell) -> None:
    """Steps two to seven."""
    _remove_files(edition, output)
    shelf = read_faces(edition.root / "fonts")
    tell("proofread")
    findings = proofread(edition, shelf, MOTIFS)
    result.report.add([*findings, *missing_inks(inks)])
    if missing_inks(inks):
        return
    tell("compose")
    shop = open_workshop(without_unusable_photos(edition, findings), inks, shelf)
    tell("typeset")
    result.book = typeset_book(shop)
    finished: dict[str, Finished] = {}
    if result.book is not None:
        for target in targets:
            tell(f"finish {target.name}")
            finished[target.name] = finish(shop, result.book, target)
            result.report.add(finished[target.name].findings)
        tell("census")
        result.report.add(check_files(shop, result.book, finished, targets))
    result.report.add(untold(shop.engine.findings, result.report))
    if result.book is not None and result.failed:
        finished = {PROOF: make_proof(shop, result.book)}
    tell("write")
    for name, file in finished.items():
        result.files[name] = write_whole(output / f"{edition.key}-{name}.pdf", file.pdf)


# -------------------------------------------------------------------- compose and typeset
def without_unusable_photos(edition: Edition, findings: Sequence[Finding]) -> Edition:
    """The edition with a motif where a picture was found unusable: the proof goes on, and it is told of once."""
    bad = {finding.place for finding in findings if finding.code in UNUSABLE_PHOTO}
    sections = tuple(
        replace(section, entries=tuple(
            replace(entry, photo=None) if entry.photo and entry.photo.file_place in bad else entry for entry in section.entries))
        for section in edition.sections)
    return replace(edition, sections=sections)


def open_workshop(edition: Edition, inks: InkTable, shelf: FaceShelf) -> Workshop:
    """Compose the edition and warm the engine for its sheets."""
    grid = read_grid(edition.root / "styles", edition.trim, edition.bleed_mm)
    composed = compose_book(edition, grid, shelf, inks)
    engine = Engine(edition.root, grid, shelf, inks.as_css(), composed.artwork)
    return Workshop(edition=edition, inks=inks, grid=grid, shelf=shelf, composed=composed, engine=engine)


def typeset_book(shop: Workshop) -> Book | None:
    """Typeset and bind: the pages that every target is finished from, or None with findings."""
    pages = shop.engine.typeset(shop.composed.html, "book.html.j2")
    note_pages = _note_pages(shop.edition, pages.page_count) if pages else 0
    tail = shop.engine.typeset(shop.composed.tail(note_pages), "tail.html.j2")
    if pages is None or tail is None:
        return None
    anchors = pages.anchors()
    whole = pages.followed_by(tail)
    pieces = list_pieces(shop.edition, {name: a.page_index for name, a in anchors.items()}, whole.page_count, note_pages)
    ends = find_ends(pieces, {name: (a.page_index, a.top_mm) for name, a in anchors.items()}, shop.grid)
    written = shop.engine.write(whole)
    return None if written is None else Book(pdf=_lay_closings(shop, written, ends), pieces=pieces, ends=ends)


def _note_pages(edition: Edition, page_count: int) -> int:
    """Pages for notes before the back cover, so that the book fills its multiple."""
    return -(page_count + (1 if edition.cover else 0)) % edition.page_multiple


def _lay_closings(shop: Workshop, book: bytes, ends: Sequence[EntryEnd]) -> bytes:
    """Artwork at the foot of entries that end early."""
    closings = plan_closings(ends, shop.grid)
    pages: TypesetPages | None = shop.engine.typeset(shop.composed.plates(closings), "plates.html.j2") if closings else None
    plates = shop.engine.write(pages) if pages else None
    return lay_under(book, plates, [closing.page_index for closing in closings]) if plates else book


def missing_inks(inks: InkTable) -> list[Finding]:
    """The inks that the artwork is drawn with and the table lacks."""
    wanted = [name.replace("_", "-") for name in Palette.__slots__]
    place = Place(file=inks.file)
    return [error("ink-missing", place, f"the artwork is drawn with '{name}', which is not in the table.", f"Add a row '{name}' with its sRGB and CMYK.")
            for name in wanted if inks.named(name) is None]


def untold(findings: Sequence[Finding], report: Report) -> list[Finding]:
    """The engine's complaints that no earlier finding has named: one defect, one finding.

    What a finding is about stands in quotes or as a code point in its message.
    """
    subjects = {subject for finding in report for subject in _SUBJECT.findall(finding.message)}
    return [finding for finding in findings if not any(subject in finding.message for subject in subjects)]


# -------------------------------------------------------------------- finish and check
def finish(shop: Workshop, book: Book, target: Target) -> Finished:
    """One target's file from the typeset pages."""
    edition = shop.edition
    trim_mm = (edition.trim.width_mm, edition.trim.height_mm)
    facts = DocumentFacts(
        title=f"{edition.title} {edition.year}" if edition.year else edition.title, author=edition.publisher or "",
        language=edition.language, created=date.fromisoformat(edition.created), page_labels=page_labels(book.page_count))
    if target.name == "press":
        return finish_press(book.pdf, inks=shop.inks, profile=edition.root / PROFILE, trim_mm=trim_mm, bleed_mm=edition.bleed_mm, document=facts)
    return finish_email(book.pdf, profile=edition.root / PROFILE, trim_mm=trim_mm, document=facts)


def check_files(shop: Workshop, book: Book, finished: dict[str, Finished], targets: Sequence[Target]) -> list[Finding]:
    """Hold the finished files against the content; all must carry the same lines."""
    edition = shop.edition
    books = {name: list(read_pages(file.pdf)) for name, file in finished.items()}
    typeset = list(read_pages(book.pdf))
    findings = [
        *take_census(edition, shop.grid, book.pieces, next(iter(books.values())), shop.composed.plate_frames()),
        *compare_breaks(edition, books),
        *(finding for file in finished.values() for finding in check_faces(edition, shop.shelf, file.pdf, typeset, book.pieces)),
        *check_pictures(book.pieces, typeset, targets),
    ]
    if len(typeset) % edition.page_multiple:
        findings.append(error("page-count", edition.place_of("page_multiple"), f"the book has {len(typeset)} pages.",
                              f"Bring it to a multiple of {edition.page_multiple}."))
    return findings


def make_proof(shop: Workshop, book: Book) -> Finished:
    """The pages with PROOF across each, trimmed as for the screen."""
    plate = shop.engine.typeset(shop.composed.composer.render("proof.html.j2"), "proof.html.j2")
    written = shop.engine.write(plate) if plate else None
    return finish(shop, replace(book, pdf=lay_over(book.pdf, written)) if written else book, TARGETS["email"])


def _remove_files(edition: Edition, output: Path) -> None:
    """Take away what an earlier build left: a stale file beside a failing report is a trap."""
    for name in (*TARGETS, PROOF):
        (output / f"{edition.key}-{name}.pdf").unlink(missing_ok=True)
