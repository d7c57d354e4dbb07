"""Earn a file's labels: it is labelled only after checks that share no code with what made it.

The press file is read by preflight for PDF/X-4, the email file by the validator ``page`` for
PDF/UA-1 and PDF/A-3a (veraPDF, the validator of reference, needs Java: ``make conformance``).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import page
import pikepdf
from msgspec.structs import replace

from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import Printer
from directory_pub.findings import Finding, Severity, error
from directory_pub.finish import EMAIL_LABEL, PRESS_LABEL, labelling
from directory_pub.preflight import DOCUMENT_RULES, FILE_RULES, PLATE_RULES, Problem, check_plates, preflight_file
from directory_pub.production.advert_checks import TOLD_OF_ADVERTS

__all__ = ["check_press_pages", "label_email", "label_press"]

_LABEL_RULES = ("label-missing", "label-unearned")
_PROFILES = {"PDF/UA-1": "ua1", "PDF/A-3a": "3a"}
# The validator takes the last byte of compressed data for a part of the line end behind it, when
# that byte is a carriage return. Where qpdf finds every stream's end where its length says, none is at fault.
_LENGTH_RULE = "STREAM-LENGTH-001"


# -------------------------------------------------------------------- press
def check_press_pages(
    pdf: bytes, printer: Printer, edition: Edition, pieces: Sequence[Piece], first: int = 0
) -> tuple[list[Finding], dict[str, int]]:
    """What preflight finds on pages of the press file, and the plates that they print on, each with its first page.

    ``first`` is the index of the first of these pages in the book; those of the plates are among these.
    """
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "press.pdf"
        path.write_bytes(pdf)
        report = preflight_file(path, printer, skip=(*DOCUMENT_RULES, *PLATE_RULES))
    problems = report.problems
    if any(piece.kind == "adverts" for piece in pieces):
        problems = [each for each in problems if each.rule not in TOLD_OF_ADVERTS]
    moved = [replace(each, page=None if each.page is None else each.page + first) for each in problems]
    plates = {ink: page - 1 for ink, page in report.plates.items()}
    return list(_findings(_unreported(moved, edition, pieces), edition, pieces)), plates


def label_press(
    path: Path, printer: Printer, edition: Edition, pieces: Sequence[Piece], plates: Mapping[str, int]
) -> list[Finding]:
    """Label the file, or leave it as it was if there is an error; return a finding for each problem.

    Its pages were checked before they were bound, so only what the whole file can show is checked. ``plates`` are
    those that they print on, each with its first page.
    The labelled file is read once more: the label must be there and be earned.
    """
    only = [rule for rule in FILE_RULES if rule != "label-missing"]
    problems = _unreported(preflight_file(path, printer, only=only).problems, edition, pieces)
    problems += check_plates(plates, printer)
    if not _errors(problems):
        with labelling(path, PRESS_LABEL) as label:
            of_label = preflight_file(path, printer, only=_LABEL_RULES).problems
            label.keep(not _errors(of_label))
        problems += of_label
    return list(_findings(problems, edition, pieces))


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that keep a file from its label; a warning, such as an empty page, does not."""
    return [each for each in problems if each.severity is Severity.ERROR]


def _unreported(problems: Iterable[Problem], edition: Edition, pieces: Sequence[Piece]) -> list[Problem]:
    """The problems without those that are none, or are told of elsewhere.

    The census reports coarse pictures of the content with file and severity; a blank page was asked for.
    """
    blank = {index + 1 for piece in pieces if piece.kind == "blank" for index in piece.pages}
    shown = (piece.pages for piece in pieces if edition.pictures_of(piece.kind, piece.key, *piece.shown))
    with_photo = {index + 1 for pages in shown for index in pages}
    excused = {"picture-resolution": with_photo, "page-empty": blank}
    return [each for each in problems if each.page not in excused.get(each.rule, ())]


def _findings(problems: Iterable[Problem], edition: Edition, pieces: Sequence[Piece]) -> Iterator[Finding]:
    """Problems as findings, each at the content that its page was made from."""
    for problem in problems:
        piece = next((p for p in pieces if problem.page is not None and problem.page - 1 in p.pages), None)
        place = piece.shown[0].place if piece and piece.shown else edition.place
        yield Finding(
            code="preflight",
            severity=problem.severity,
            place=place,
            message=f"{problem.where or 'the file'}: {problem.message.rstrip('.')} ({problem.rule}).",
            remedy=problem.remedy,
            folio=problem.page,
        )


# -------------------------------------------------------------------- email
def label_email(
    path: Path, edition: Edition, found: Sequence[Finding] | None = None, *, side_by_side: bool = True
) -> list[Finding]:
    """Label the file, or leave it as it was; return a finding for each rule that it breaks.

    ``found`` is what the validator has found, if it has already read the book in excerpts. It reads for its profiles
    ``side_by_side``, or one after the other in half the memory.
    """
    with labelling(path, EMAIL_LABEL) as label:
        if found is None:
            with ThreadPoolExecutor(len(_PROFILES)) as pool:  # the validator lets go of the interpreter
                each = pool.map if side_by_side else map
                by_profile = each(lambda name: list(_validate(path, name, edition)), _PROFILES)
                findings = [finding for found_here in by_profile for finding in found_here]
        else:
            findings = list(found)
        label.keep(not findings)
    return findings


def _validate(path: Path, label: str, edition: Edition) -> Iterator[Finding]:
    reported: set[str] = set()
    for failure in page.validate_pdf(path, profile=_PROFILES[label]).failures:
        if failure.rule_id in reported or _is_false_alarm(failure, path):
            continue
        reported.add(failure.rule_id)
        yield error(
            "conformance",
            edition.place,
            f"{label}: {failure.message.rstrip('.')} ({failure.rule_id}).",
            "The file is left as a draft without its labels. Mend the layout or sheet that the rule speaks of.",
        )


def _is_false_alarm(failure: page.ValidationFailure, path: Path) -> bool:
    if not failure.rule_id.endswith(_LENGTH_RULE):
        return False
    with path.open("rb") as file, pikepdf.open(file) as document:
        try:
            list(document.objects)
        except pikepdf.PdfError:
            return False
        return not document.get_warnings()
