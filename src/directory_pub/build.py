"""Build an edition: the seven steps from content to finished PDFs, one call a step."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import lcm
from pathlib import Path

from directory_pub.artwork import MOTIFS, Palette
from directory_pub.compose import LayoutError
from directory_pub.earn import earn_email_labels, earn_press_label
from directory_pub.faces import read_faces
from directory_pub.findings import Finding, Place, Report, error
from directory_pub.finish import Finished
from directory_pub.fit import fit_email
from directory_pub.inks import InkTable, read_inks
from directory_pub.model import Edition
from directory_pub.prepare import PictureCache
from directory_pub.printers import DEFAULT_PRINTER, Printer, check_edition, read_printer
from directory_pub.proofread import UNUSABLE_PHOTO, proofread
from directory_pub.read import read_edition
from directory_pub.report import write_report
from directory_pub.targets import EMAIL, PRESS, TARGETS, Target
from directory_pub.typeset import Means
from directory_pub.workshop import (
    USUAL_MEANS,
    Book,
    Workshop,
    check_files,
    finish_book,
    finish_for_mail,
    make_proof,
    open_workshop,
    typeset_book,
)
from directory_pub.write import write_whole

__all__ = ["DRAFTS", "PROOF", "BuildResult", "build_edition", "find_root"]

PROOF = "PROOF"
DRAFTS = {PRESS.name: "press-draft", EMAIL.name: "email-draft"}
_SUBJECT = re.compile(r"(?<=')[^']{4,}(?=')|U\+[0-9A-F]{4,}")
Tell = Callable[[str], None]


@dataclass(slots=True, kw_only=True)
class BuildResult:
    """What a build made: the report, the book, and the files by target name (or PROOF).

    ``given_up`` is a line on what the email file's pictures lost to a size limit. Of the pieces
    that it was set in, ``pieces_kept`` were there and ``pieces_set`` were set anew, each with the reason.
    """

    report: Report = field(default_factory=Report)
    strict: bool = False
    edition: Edition | None = None
    book: Book | None = None
    files: dict[str, Path] = field(default_factory=dict)
    given_up: str | None = None
    pieces_kept: list[str] = field(default_factory=list)
    pieces_set: dict[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether the targets were withheld."""
        return self.report.fails(strict=self.strict)


def find_root(folder: Path) -> Path | None:
    """The project that an edition is built with: the nearest folder above it that has layouts, styles and fonts.

    An edition that lies elsewhere is built with the project that one stands in, or that this code is part of.
    """
    here = Path.cwd() / "edition"
    for parent in (*folder.resolve().parents, *here.parents, *Path(__file__).resolve().parents):
        if all((parent / part).is_dir() for part in ("layouts", "styles", "fonts")):
            return parent
    return None


def build_edition(
    folder: Path,
    output: Path,
    *,
    targets: Sequence[Target] = tuple(TARGETS.values()),
    printer: str = DEFAULT_PRINTER,
    strict: bool = False,
    email_limit_bytes: int | None = None,
    means: Means = USUAL_MEANS,
    tell: Tell = lambda step: None,
) -> BuildResult:
    """Build one edition into ``output`` for a printer of printers/; ``tell`` hears each step's name as it begins.

    With ``email_limit_bytes`` the email file has the best pictures that keep it within; ``means``
    say how pieces are set, which changes nothing in the files.

    An error (with ``strict`` any finding) withholds every target and leaves a file marked
    PROOF to look at instead; a press file that preflight refuses is left as a draft without
    a label. The report is written in every case.
    """
    root = find_root(folder)
    if root is None:
        raise FileNotFoundError(f"no project with layouts/, styles/ and fonts/ around {folder}")
    result = BuildResult(strict=strict)
    tell("read")
    result.edition, findings = read_edition(folder, root)
    inks, ink_findings = read_inks(root / "styles" / "inks.yaml", root)
    demands, printer_findings = read_printer(root / "printers", printer, root)
    result.report.add([*findings, *ink_findings, *missing_inks(inks), *printer_findings])
    if result.edition is not None:
        _remove_files(result.edition, output)
        can_draw = result.edition.entries and not missing_inks(inks)
        finished = {}
        try:
            if can_draw and demands:
                finished = _make(
                    result.edition,
                    demands,
                    inks,
                    targets,
                    email_limit_bytes=email_limit_bytes,
                    means=means,
                    result=result,
                    tell=tell,
                )
        except LayoutError as fault:
            result.report.add([fault.finding])
        tell("write")
        for name, file in finished.items():
            result.files[name] = write_whole(output / f"{result.edition.key}-{name}.pdf", file.pdf)
    write_report(result.edition, result.report, result.files, result.book, output, strict=strict)
    return result


def _make(
    edition: Edition,
    printer: Printer,
    inks: InkTable,
    targets: Sequence[Target],
    *,
    email_limit_bytes: int | None,
    means: Means,
    result: BuildResult,
    tell: Tell,
) -> dict[str, Finished]:
    """Steps two to seven: the finished files, or a proof where something fails, or nothing where no page was set."""
    shelf = read_faces(edition.root / "fonts")
    tell("proofread")
    findings = proofread(edition, shelf, MOTIFS)
    result.report.add(findings)
    if PRESS in targets:
        result.report.add(check_edition(edition, printer))
    tell("compose")
    filled = replace(edition, page_multiple=lcm(edition.page_multiple, printer.page_multiple))
    shop = open_workshop(without_unusable_photos(filled, findings), printer, inks, shelf, means)
    tell("typeset")
    book = result.book = typeset_book(shop)
    result.pieces_kept, result.pieces_set = shop.room.kept, shop.room.set_anew
    if book is None:
        result.report.add(untold(shop.engine.findings, result.report))
        return {}
    finished = {}
    for target in targets:
        tell(f"finish {target.name}")
        finished[target.name] = finish_book(shop, book, target)
    if email_limit_bytes is not None and EMAIL in targets:
        tell("fit")
        finished[EMAIL.name] = _fit(shop, book, finished[EMAIL.name], email_limit_bytes, result)
    for file in finished.values():
        result.report.add(file.findings)
    tell("census")
    result.report.add(check_files(shop, book, finished, targets))
    result.report.add(untold(shop.engine.findings, result.report))
    drafts = {} if result.failed else _earn(finished, edition, printer, book, result=result, tell=tell)
    return {PROOF: make_proof(shop, book), **drafts} if result.failed else finished


def _fit(shop: Workshop, book: Book, email: Finished, limit_bytes: int, result: BuildResult) -> Finished:
    """The email file within its limit, or as light as it gets with an error in its findings."""
    pictures = PictureCache()
    fitted = fit_email(
        lambda quality: finish_for_mail(shop, book, quality, pictures), email, limit_bytes, shop.edition, book.pieces
    )
    result.given_up = fitted.given_up
    return fitted.finished


def _earn(
    finished: dict[str, Finished], edition: Edition, printer: Printer, book: Book, *, result: BuildResult, tell: Tell
) -> dict[str, Finished]:
    """Label the files in place where a check finds nothing in them; one that it refuses comes back as a draft."""
    drafts = {}
    for name, file in list(finished.items()):
        tell(f"check {name}")
        if name == PRESS.name:
            pdf, findings = earn_press_label(file.pdf, printer, edition, book.pieces)
        else:
            pdf, findings = earn_email_labels(file.pdf, edition)
        result.report.add(findings)
        finished[name] = replace(file, pdf=pdf)
        if findings:
            drafts[DRAFTS[name]] = file
    return drafts


# -------------------------------------------------------------------- one defect, one finding
def without_unusable_photos(edition: Edition, findings: Sequence[Finding]) -> Edition:
    """The edition with a motif where a picture was found unusable: the proof goes on, and it is told of once."""
    bad = {finding.place for finding in findings if finding.code in UNUSABLE_PHOTO}
    sections = []
    for section in edition.sections:
        entries = [replace(e, photo=None) if e.photo and e.photo.file_place in bad else e for e in section.entries]
        sections.append(replace(section, entries=tuple(entries)))
    return replace(edition, sections=tuple(sections))


def untold(findings: Sequence[Finding], report: Report) -> list[Finding]:
    """The engine's complaints that no earlier finding has named.

    What a finding is about stands in quotes or as a code point in its message.
    """
    subjects = {subject for finding in report for subject in _SUBJECT.findall(finding.message)}
    return [finding for finding in findings if not any(subject in finding.message for subject in subjects)]


def missing_inks(inks: InkTable) -> list[Finding]:
    """The inks that the artwork is drawn with and the table lacks: without them nothing can be drawn."""
    wanted = [name.replace("_", "-") for name in Palette.__slots__]
    place = Place(file=inks.file)
    return [
        error(
            "ink-missing",
            place,
            f"the artwork is drawn with '{name}', which is not in the table.",
            f"Add a row '{name}' with its sRGB and CMYK.",
        )
        for name in wanted
        if inks.named(name) is None
    ]


def _remove_files(edition: Edition, output: Path) -> None:
    """Take away what an earlier build left: a stale file beside a failing report is a trap."""
    for name in (*TARGETS, PROOF, *DRAFTS.values()):
        (output / f"{edition.key}-{name}.pdf").unlink(missing_ok=True)
