"""Hold a PDF against a printer: open it carefully, read page by page, gather what is wrong."""

from __future__ import annotations

import contextlib
import re
import struct
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import BinaryIO

import pikepdf

from directory_pub.edition.printers import Printer
from directory_pub.findings import Severity
from directory_pub.preflight.checks import (
    PAGE_CHECKS,
    check_document,
    check_file_structure,
    check_page_tree,
    check_viewing,
)
from directory_pub.preflight.checks.boxes import EXACT_PT
from directory_pub.preflight.checks.document import check_label, read_claims
from directory_pub.preflight.effort import allow_for
from directory_pub.preflight.faults import Endless, Malformed
from directory_pub.preflight.geometry import mm
from directory_pub.preflight.layers import Layers
from directory_pub.preflight.page_view import leaf_size, read_boxes, view_page
from directory_pub.preflight.plates import Plates, check_plates
from directory_pub.preflight.report import PreflightReport, Problem, gather, problem
from directory_pub.preflight.resources import Stock
from directory_pub.preflight.rules import DOCUMENT_RULES, FILE_RULES, RULES
from directory_pub.preflight.streams import check_bulk
from directory_pub.preflight.unpacking import qpdf_bounded

__all__ = ["preflight_file"]

_HEAD_BYTES = 1024
_MOST_PAGES = 100_000
_Size = tuple[float, float]
# Said of files that every reader reads as they were meant.
_HARMLESS = "a common error handled correctly"
_OPENED = re.compile(r"<_io\.[^>]*>")  # how the library calls a file that was opened for it
_MEND = "Make the file anew, or open it in the program that made it and save it again."
# What a file that is not as it should be raises when its objects are taken for what they are not.
_MALFORMED = (
    pikepdf.PdfError, ArithmeticError, AttributeError, AssertionError, LookupError, MemoryError, RecursionError,
    RuntimeError, StopIteration, SystemError, TypeError, ValueError, struct.error,
)  # fmt: skip


def preflight_file(
    path: Path,
    printer: Printer,
    *,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    opened: Callable[[int], object] = id,
) -> PreflightReport:
    """Read a PDF from disk and hold it against a printer.

    ``only`` and ``skip`` are codes of RULES that are told, or not told; pages are read where a rule speaks of them.
    ``opened`` is told how many pages there are before they are read. Raises OSError for a file that is not there.
    """
    told = {rule for rule in RULES if _is_told(rule, printer, only, skip)}
    plates = Plates() if not only or told - {*FILE_RULES} else None
    found, page_count = _open(path, printer, opened, plates, whole=not told.isdisjoint(DOCUMENT_RULES))
    problems = [one for one in found if one.rule in told]
    return PreflightReport(
        file=path.name,
        printer=printer.key,
        page_count=page_count,
        problems=problems,
        plates=plates.in_order if plates else {},
    )


def _is_told(code: str, printer: Printer, only: Collection[str], skip: Collection[str]) -> bool:
    rule = RULES[code]
    if rule.press_only and printer.colour != "cmyk":
        return False
    return code not in skip and (code in only if only or rule.on_request else True)


def _open(
    path: Path, printer: Printer, opened: Callable[[int], object], plates: Plates | None, *, whole: bool
) -> tuple[list[Problem], int]:
    """The problems, and the number of pages, which are read where their plates are to be counted.

    What the file says of itself is read where it is ``whole``.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if b"%PDF-" not in head:
        return [problem("damaged", "the file is no PDF.", "Name a PDF file.")], 0
    try:
        check_bulk(path)
        with (
            qpdf_bounded(),
            _readable(path) as readable,
            pikepdf.open(readable, suppress_warnings=True, access_mode=pikepdf.AccessMode.mmap) as pdf,
        ):
            count = len(pdf.pages)
            if not 0 < count <= _MOST_PAGES:
                return [problem("damaged", f"the file has {count} pages.", _MEND)], count
            opened(count)
            with allow_for(count):
                return list(_examine(pdf, head if whole else None, printer, plates)), count
    except pikepdf.PasswordError:
        return [problem("encrypted", "the file opens only with a password.", "Supply it without encryption.")], 0
    except _MALFORMED as fault:
        return [_damaged(fault, str(path))], 0


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[Path | BinaryIO]:
    """The path, or where its name is no UTF-8, which the library would not take, the open file."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        with path.open("rb") as file:
            yield file
    else:
        yield path


def _examine(pdf: pikepdf.Pdf, head: bytes | None, printer: Printer, plates: Plates | None) -> Iterator[Problem]:
    """The problems; without its first bytes, the ``head``, the file is not asked what it says of itself."""
    found = _examine_file(pdf, head, printer)
    found += gather(_examine_trims(pdf)) if plates is None else _examine_pages(pdf, printer, plates)
    warnings = [one for one in pdf.get_warnings() if _HARMLESS not in str(one)]
    if warnings and not any(one.rule == "damaged" for one in found):
        found.insert(0, _damaged(warnings[0], pdf.filename))
    told = [one for one in found if not RULES[one.rule].press_only or printer.colour == "cmyk"]
    yield from found
    if head is None:
        return
    yield from check_label(read_claims(pdf), len({one.rule for one in told if one.severity is Severity.ERROR}))


def _examine_file(pdf: pikepdf.Pdf, head: bytes | None, printer: Printer) -> list[Problem]:
    found: list[Problem] = []
    if pdf.is_encrypted:
        found.append(problem("encrypted", "the file is encrypted.", "Supply it without encryption."))
    try:
        found += gather(check_page_tree(pdf.Root))
        if head is not None:
            found += gather(check_document(pdf, head, read_claims(pdf), printer))
        found += gather([*check_file_structure(pdf.Root), *check_viewing(pdf.Root)])
    except _MALFORMED as fault:
        found.append(_damaged(fault, pdf.filename))
    return found


def _examine_pages(pdf: pikepdf.Pdf, printer: Printer, plates: Plates) -> list[Problem]:
    found: list[Problem] = []
    stock, first = Stock(Layers(pdf.Root)), None
    for folio, page in enumerate(pdf.pages, 1):
        try:
            view = view_page(page.obj, folio, printer.bleed_mm, stock)
            plates.count(view)
            size = leaf_size(view.page, view.trim)
            first = first or size
            on_page = [one for check in PAGE_CHECKS for one in check(view, printer)]
            found += gather([*on_page, *_unequal(folio, size, first)])
        except Endless as fault:
            return [*found, _damaged(fault, pdf.filename, folio)]
        except _MALFORMED as fault:
            found.append(_damaged(fault, pdf.filename, folio))
    return [*found, *check_plates(plates.pages, printer)]


def _examine_trims(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """The one thing that is asked of all pages together."""
    first: _Size | None = None
    for folio, page in enumerate(pdf.pages, 1):
        boxes = read_boxes(page.obj)
        size = leaf_size(page.obj, boxes.get("TrimBox") or boxes["MediaBox"])
        first = first or size
        yield from _unequal(folio, size, first)


def _unequal(folio: int, size: _Size, first: _Size) -> Iterator[Problem]:
    if max(abs(one - other) for one, other in zip(size, first, strict=True)) > EXACT_PT:
        yield problem(
            "boxes-equal",
            f"the trim is {_told(size)}; that of page 1 is {_told(first)}.",
            "Give all pages the same trim.",
            page=folio,
            measured=_told(size),
            limit=_told(first),
        )


def _told(size: _Size) -> str:
    return " × ".join(f"{mm(side):.2f}" for side in size) + " mm"


def _damaged(fault: object, path: str, folio: int | None = None) -> Problem:
    """One line of what cannot be read; never a path of this machine."""
    told = _OPENED.sub("", _reason(fault).replace(path, ""))
    what = " ".join(told.lstrip(":, ").split()).rstrip(".")
    subject = "the page" if folio else "the file"
    return problem("damaged", f"{subject} cannot be read as written: {what}.", _MEND, page=folio)


def _reason(fault: object) -> str:
    """A fault in words; what the language itself has to say of objects of the wrong kind is for nobody."""
    match fault:
        case RecursionError():
            return "it is nested too deep"
        case MemoryError():
            return "it would take too much memory"
        case Malformed() | pikepdf.PdfError() | str():
            return str(fault)
    return "something in it is of another kind than it should be"
