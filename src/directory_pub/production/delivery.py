"""Deliver a made book: drafts, the files that have earned their labels, or a proof."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from directory_pub.compose import LayoutError
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import Printer
from directory_pub.edition.targets import EMAIL, PRESS, Target
from directory_pub.findings import Finding, Severity
from directory_pub.pdf_writing.linearise import linearise, linearise_file
from directory_pub.prepare import PictureQuality
from directory_pub.production.book import Book
from directory_pub.production.labels import label_email, label_press
from directory_pub.production.result import BuildResult
from directory_pub.production.size_limit import fit_email
from directory_pub.storage.enclosure import Refused
from directory_pub.storage.files import put_in_place, unfinished

__all__ = ["MadeBook", "Order", "clearing_up", "deliver", "telling_faults"]

PROOF = "PROOF"
DRAFTS = {PRESS.name: "press-draft", EMAIL.name: "email-draft"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be delivered: an edition's files for a printer, where, and how large the email file may be."""

    edition: Edition
    printer: Printer
    targets: tuple[Target, ...]
    output: Path
    email_limit_bytes: int | None

    def path(self, name: str) -> Path:
        """Where a target's file goes, or a draft, or the proof."""
        return self.output / f"{self.edition.key}-{name}.pdf"


class MadeBook(Protocol):
    """A book that is made and can be written for each target.

    ``findings`` grow when pieces are made again; ``refused`` is what preflight found on press pages.
    """

    book: Book
    findings: list[Finding]
    refused: list[Finding]

    def assemble(self, target: Target, out: BinaryIO, quality: PictureQuality | None = None) -> None:
        """Write a target's file, not linearised, with pictures of this quality (None: the best)."""

    def check(self, target: Target, path: Path, quality: PictureQuality | None = None) -> list[Finding]:
        """Check a written file against the pieces that it was made of."""

    def validate(self, quality: PictureQuality | None = None) -> list[Finding] | None:
        """What a validator finds in the email file; None if it can read the file as a whole."""

    def prove(self, out: BinaryIO) -> None:
        """Write the email file with PROOF across each page."""


@contextmanager
def clearing_up(order: Order, result: BuildResult) -> Iterator[None]:
    """Remove proofs and drafts of earlier builds after the block; a build that is broken off leaves no draft."""
    try:
        with telling_faults(result):
            yield
    except BaseException:
        _remove(order, DRAFTS.values())
        raise
    _remove(order, {PROOF, *DRAFTS.values()} - set(result.files))


@contextmanager
def telling_faults(result: BuildResult) -> Iterator[None]:
    """End the block at a file or layout that no book can be made with: it is a finding."""
    try:
        yield
    except (LayoutError, Refused) as fault:
        result.report.add([fault.finding])


def _remove(order: Order, names: Iterable[str]) -> None:
    for name in names:
        order.path(name).unlink(missing_ok=True)


def deliver(order: Order, made: MadeBook, result: BuildResult, tell: Callable[[str], None]) -> None:
    """Write the files: each is a draft until its labels are earned, and all are delivered together.

    A draft is not linearised, so that an editor sees it soon; the email file that is checked and
    delivered is. What an earlier build delivered stays until then.
    """
    quality = None
    if order.email_limit_bytes is not None and EMAIL in order.targets:
        tell("fit")
        quality = _fit(order, made, result)
    drafts = []
    # The email file first: it is what an editor looks at.
    for target in () if result.failed else sorted(order.targets, key=lambda target: target != EMAIL):
        tell(f"write {target.name}")
        drafts.append(_draft(order, made, target, quality if target == EMAIL else None))
    with ExitStack() as begun:
        candidates = []
        for drafted in drafts:
            tell(f"check {drafted.target.name}")
            candidates.append(begun.enter_context(unfinished(order.path(drafted.target.name))))
            _earn(order, made, drafted, candidates[-1], result)
        for drafted, candidate in zip(drafts, candidates, strict=True):
            if not result.failed:
                name = drafted.target.name
                result.files[name] = put_in_place(candidate, order.path(name))
    if result.failed:
        tell("proof")
        result.files = {PROOF: _prove(order, made), **result.files}


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file that has no label yet."""

    target: Target
    path: Path
    quality: PictureQuality | None


def _draft(order: Order, made: MadeBook, target: Target, quality: PictureQuality | None) -> _Draft:
    path = order.path(DRAFTS[target.name])
    with unfinished(path) as temporary:
        with temporary.open("w+b") as out:
            made.assemble(target, out, quality)
        return _Draft(target, put_in_place(temporary, path, durable=False), quality)


def _earn(order: Order, made: MadeBook, drafted: _Draft, candidate: Path, result: BuildResult) -> None:
    """Make the candidate from the draft, check it and give it its labels; if a check fails, the draft stays."""
    if drafted.target == EMAIL:
        linearise_file(drafted.path, candidate)
    else:
        shutil.copyfile(drafted.path, candidate)
    result.report.add(made.check(drafted.target, candidate, drafted.quality))
    findings = _check_labels(order, made, drafted, candidate)
    result.report.add(findings)
    if _errors(findings):
        result.files[DRAFTS[drafted.target.name]] = drafted.path


def _errors(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _check_labels(order: Order, made: MadeBook, drafted: _Draft, candidate: Path) -> list[Finding]:
    """The findings that keep a file from its labels; most was checked piece by piece before."""
    edition, pieces = order.edition, made.book.pieces
    if drafted.target == PRESS:
        if _errors(made.refused):
            return made.refused
        return [*made.refused, *label_press(candidate, order.printer, edition, pieces)]
    return label_email(candidate, edition, made.validate(drafted.quality))


def _prove(order: Order, made: MadeBook) -> Path:
    """Write the pages with PROOF across each, trimmed as for the screen."""
    path = order.path(PROOF)
    with unfinished(path) as temporary:
        with temporary.open("w+b") as out:
            made.prove(out)
        return put_in_place(temporary, path)


def _fit(order: Order, made: MadeBook, result: BuildResult) -> PictureQuality:
    """The best quality that keeps the email file within its limit, or the lowest with an error."""

    def size_at(quality: PictureQuality) -> bytes:
        with io.BytesIO() as book, io.BytesIO() as linearised:
            made.assemble(EMAIL, book, quality)
            linearise(book, linearised)
            return linearised.getvalue()

    assert order.email_limit_bytes is not None
    before = len(made.findings)
    fitted = fit_email(size_at, order.email_limit_bytes, order.edition, made.book.pieces)
    result.given_up = fitted.given_up
    result.report.add([*made.findings[before:], *fitted.findings])
    return fitted.quality
