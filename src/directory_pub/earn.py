"""Earn a file's labels: a check that shares no code with the makers reads it, and only then is it labelled.

The press file is read by preflight for PDF/X-4, the email file by the validator ``page`` for
PDF/UA-1 and PDF/A-3a (veraPDF, the validator of reference, needs Java: ``make conformance``).
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import page
import pikepdf

from directory_pub.findings import Finding, error
from directory_pub.finish import label_email, label_press
from directory_pub.flatplan import Piece
from directory_pub.model import Edition
from directory_pub.preflight import Problem, preflight_file
from directory_pub.printers import Printer

__all__ = ["earn_email_labels", "earn_press_label"]

_LABEL_RULES = ("label-missing", "label-unearned")
_PROFILES = {"PDF/UA-1": "ua1", "PDF/A-3a": "3a"}
# The validator takes the last byte of compressed data for a part of the line end behind it, when
# that byte is a carriage return. Where qpdf reads every stream to its end, none of them is at fault.
_LENGTH_RULE = "STREAM-LENGTH-001"


# -------------------------------------------------------------------- press
def earn_press_label(
    pdf: bytes, printer: Printer, edition: Edition, pieces: Sequence[Piece]
) -> tuple[bytes, list[Finding]]:
    """The labelled file, or the file as it was with a finding for each problem of weight.

    The labelled file is read once more: its label must be found there and be earned.
    """
    problems = _preflight(pdf, printer)
    if problems:
        return pdf, list(_findings(problems, edition, pieces))
    labelled = label_press(pdf)
    problems = _preflight(labelled, printer, only=_LABEL_RULES)
    return (pdf if problems else labelled), list(_findings(problems, edition, pieces))


def _preflight(pdf: bytes, printer: Printer, only: Sequence[str] = ()) -> list[Problem]:
    with tempfile.TemporaryDirectory() as bench:
        path = Path(bench) / "press.pdf"
        path.write_bytes(pdf)
        return preflight_file(path, printer, only=only).problems


def _findings(problems: Iterable[Problem], edition: Edition, pieces: Sequence[Piece]) -> Iterator[Finding]:
    """Problems as findings, each at the content that its page was made from."""
    for problem in problems:
        piece = next((p for p in pieces if problem.page is not None and problem.page - 1 in p.pages), None)
        place = piece.entry.place if piece and piece.entry else edition.place
        yield Finding(
            code="preflight",
            severity=problem.severity,
            place=place,
            message=f"{problem.where or 'the file'}: {problem.message.rstrip('.')} ({problem.rule}).",
            remedy=problem.remedy,
            folio=problem.page,
        )


# -------------------------------------------------------------------- email
def earn_email_labels(pdf: bytes, edition: Edition) -> tuple[bytes, list[Finding]]:
    """The labelled file, or the file as it was with a finding for each rule that it breaks."""
    labelled = label_email(pdf)
    findings = [finding for label in _PROFILES for finding in _validate(labelled, label, edition)]
    return (pdf if findings else labelled), findings


def _validate(pdf: bytes, label: str, edition: Edition) -> Iterator[Finding]:
    told: set[str] = set()
    for failure in page.validate_pdf_bytes(pdf, profile=_PROFILES[label]).failures:
        if failure.rule_id in told or _is_false_alarm(failure, pdf):
            continue
        told.add(failure.rule_id)
        yield error(
            "conformance",
            edition.place,
            f"{label}: {failure.message.rstrip('.')} ({failure.rule_id}).",
            "The file is left as a draft without its labels. Mend the layout or sheet that the rule speaks of.",
        )


def _is_false_alarm(failure: page.ValidationFailure, pdf: bytes) -> bool:
    if not failure.rule_id.endswith(_LENGTH_RULE):
        return False
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return document.check_pdf_syntax() == []
