"""Deliver a made book: drafts, the files that have earned their labels, or a proof."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from directory_pub.compose import LayoutError
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import Printer
from directory_pub.edition.targets import EMAIL, PRESS, Target
from directory_pub.findings import Finding, Severity
from directory_pub.pdf_writing.linearise import linearise, linearise_file
from directory_pub.prepare import PictureQuality
from directory_pub.production.attachments import attached_to
from directory_pub.production.book import Book, Look, Onlooker
from directory_pub.production.calendar_file import programme_ics
from directory_pub.production.checking import check_shown
from directory_pub.production.labels import label_email, label_press
from directory_pub.production.result import BuildResult
from directory_pub.production.size_limit import fit_email
from directory_pub.storage.enclosure import Refused
from directory_pub.storage.files import put_in_place, unfinished, write_whole

__all__ = ["CALENDAR", "PROOF", "MadeBook", "Order", "clearing_up", "deliver", "telling_faults"]

PROOF = "PROOF"
CALENDAR = "calendar"
DRAFTS = {PRESS.name: "press-draft", EMAIL.name: "email-draft"}


class Order(Struct, frozen=True, kw_only=True):
    """What is to be delivered: an edition's files for a printer, where, and how large the email file may be.

    The edition is as all of these targets show it; ``whole`` is with what they do not show.
    """

    edition: Edition
    whole: Edition
    printer: Printer
    targets: tuple[Target, ...]
    output: Path
    email_limit_bytes: int | None

    def path(self, name: str) -> Path:
        """Where a target's file goes, or a draft, or the proof."""
        return self.output / f"{self.edition.file_key}-{name}.pdf"


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

    def count_plates(self) -> dict[str, int]:
        """The plates that the press file prints on, each with the first page that does."""

    def validate(self, quality: PictureQuality | None = None) -> list[Finding] | None:
        """What a validator finds in the email file; None if it can read the file as a whole."""

    def prove(self, out: BinaryIO) -> None:
        """Write the email file with PROOF across each page."""

    def look(self, name: str, target: Target, path: Path) -> Look:
        """A written file as pages to look at; ``name`` is that of the target whose pages they are, or PROOF."""


Work = tuple[Order, MadeBook]


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


def deliver(
    work: Sequence[Work], result: BuildResult, tell: Callable[[str], None], onlooker: Onlooker | None = None
) -> None:
    """Write the files: each is a draft until its labels are earned, and all are delivered together.

    ``work`` is an order and its book for each edition that targets show: usually one for all of them.
    The ``onlooker`` has a look at each draft and proof as soon as it can be opened.

    A draft is not linearised, so that an editor sees it soon; the email file that is checked and
    delivered is. What an earlier build delivered stays until then.
    """
    # The email file first: it is what an editor looks at.
    parts = sorted(((target, *each) for each in work for target in each[0].targets), key=lambda part: part[0] != EMAIL)
    target, order, made = parts[0]
    quality = None
    if order.email_limit_bytes is not None and target == EMAIL:
        tell("fit")
        quality = _fit(order, made, result)
    drafts = []
    for target, order, made in () if result.failed else parts:
        tell(f"write {target.name}")
        drafts.append(_draft(order, made, target, quality if target == EMAIL else None))
        if onlooker is not None:
            onlooker.look(made.look(target.name, target, drafts[-1].path))
    with ExitStack() as begun:
        candidates = []
        for drafted in drafts:
            tell(f"check {drafted.target.name}")
            candidates.append(begun.enter_context(unfinished(drafted.goal)))
            _earn(drafted, candidates[-1], result)
        for drafted, candidate in zip(drafts, candidates, strict=True):
            if not result.failed:
                result.files[drafted.target.name] = put_in_place(candidate, drafted.goal)
    if not result.failed and EMAIL.name in result.files and parts[0][1].edition.programme:
        order = parts[0][1]
        path = order.output / f"{order.edition.file_key}.ics"
        result.files[CALENDAR] = write_whole(path, programme_ics(order.edition))
    if result.failed:
        tell("proof")
        target, order, made = parts[0]
        result.files = {PROOF: _prove(order, made), **result.files}
        if onlooker is not None:
            onlooker.look(made.look(PROOF, EMAIL, result.files[PROOF]))


class _Draft(Struct, frozen=True):
    """A file that has no label yet, of what was ordered and made."""

    order: Order
    made: MadeBook
    target: Target
    path: Path
    quality: PictureQuality | None

    @property
    def goal(self) -> Path:
        """Where the file goes that is delivered."""
        return self.order.path(self.target.name)


def _draft(order: Order, made: MadeBook, target: Target, quality: PictureQuality | None) -> _Draft:
    path = order.path(DRAFTS[target.name])
    with unfinished(path) as temporary:
        with temporary.open("w+b") as out:
            made.assemble(target, out, quality)
        return _Draft(order, made, target, put_in_place(temporary, path, durable=False), quality)


def _earn(drafted: _Draft, candidate: Path, result: BuildResult) -> None:
    """Make the candidate from the draft, check it and give it its labels; if a check fails, the draft stays.

    A file that shows what it must not gets no label, and no draft of it stays.
    """
    order, made = drafted.order, drafted.made
    if drafted.target == EMAIL:
        linearise_file(drafted.path, candidate, attached_to(order.edition))
    else:
        shutil.copyfile(drafted.path, candidate)
    result.report.add(made.check(drafted.target, candidate, drafted.quality))
    leaks = check_shown(candidate, order.whole, order.edition.variant, drafted.target, drafted.goal.name)
    result.report.add(leaks)
    if leaks:
        return
    if drafted.target == PRESS:
        result.plates = list(made.count_plates())
    findings = _check_labels(drafted, candidate)
    result.report.add(findings)
    if _errors(findings):
        result.files[DRAFTS[drafted.target.name]] = drafted.path


def _errors(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _check_labels(drafted: _Draft, candidate: Path) -> list[Finding]:
    """The findings that keep a file from its labels; most was checked piece by piece before."""
    order, made = drafted.order, drafted.made
    edition, pieces = order.edition, made.book.pieces
    if drafted.target == PRESS:
        if _errors(made.refused):
            return made.refused
        return [*made.refused, *label_press(candidate, order.printer, edition, pieces, made.count_plates())]
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
            linearise(book, linearised, attached_to(order.edition))
            return linearised.getvalue()

    assert order.email_limit_bytes is not None
    before = len(made.findings)
    fitted = fit_email(size_at, order.email_limit_bytes, order.edition, made.book.pieces)
    result.given_up = fitted.given_up
    result.report.add([*made.findings[before:], *fitted.findings])
    return fitted.quality
