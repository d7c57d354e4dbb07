"""Earn the PDF/X-4 label: preflight reads the press file from disk, and only then is it labelled."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from directory_pub.findings import Finding
from directory_pub.finish import label_press
from directory_pub.flatplan import Piece
from directory_pub.model import Edition
from directory_pub.preflight import Problem, preflight_file
from directory_pub.printers import Printer

__all__ = ["earn_label"]

_LABEL_RULES = ("label-missing", "label-unearned")


def earn_label(pdf: bytes, printer: Printer, edition: Edition, pieces: Sequence[Piece]) -> tuple[bytes, list[Finding]]:
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
