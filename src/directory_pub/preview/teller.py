"""Tells the process that shows what a build does, what there is to look at, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pypdfium2

from directory_pub.edition.model import Edition
from directory_pub.edition.targets import TARGETS
from directory_pub.preview.link import Link
from directory_pub.preview.messages import NewPages, Outcome, PiecePages, Working, Written
from directory_pub.production.book import Book, Look
from directory_pub.production.result import BuildResult
from directory_pub.production.status import status_of, title_of
from directory_pub.storage.hashes import file_hash, hash_of

__all__ = ["Teller", "outcome_of"]

_SECONDS_BETWEEN = 0.25
_DOING = {
    "read": "Reading",
    "proofread": "Proofreading",
    "compose": "Composing",
    "make": "Making pages",
    "write email": "Writing the email PDF",
    "write press": "Writing the press PDF",
    "check email": "Checking the email PDF",
    "check press": "Checking the press PDF",
    "proof": "Writing a proof",
    "report": "Reporting",
}


class _Progress(Protocol):
    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...


class Teller:
    """Tells of one build after another; type is to keep ``safe_mm`` from the trim."""

    def __init__(self, link: Link, safe_mm: float) -> None:
        self._link = link
        self._safe_mm = safe_mm
        self._written: dict[str, Written] = {}
        self._shown: set[str] = set()  # the targets whose good pages are shown
        self._looks: dict[str, list[str]] = {}  # the prints of the pages of this build
        self._seen: dict[str, Collection[str]] = {}  # and of the good ones
        self._last = 0.0

    def step(self, name: str) -> None:
        """A step begins."""
        self._link.tell(Working(doing=_DOING.get(name, name.capitalize())))

    def progress(self, progress: _Progress) -> None:
        """Pieces are done; told now and then."""
        now = time.monotonic()
        if progress.total and now - self._last >= _SECONDS_BETWEEN:
            self._last = now
            doing = f"Making pages: {progress.done:,} of {progress.total:,} pieces"
            self._link.tell(Working(doing=doing, share=progress.done / progress.total))

    def seen(self, name: str) -> Collection[str]:
        """The prints of the good pages of a target."""
        return self._seen.get(name, ())

    def look(self, look: Look) -> None:
        """There is a file to look at."""
        self._looks[look.name] = look.prints
        self._written[look.name] = Written(census=look.census, book=look.book, named=look.named)
        safe_mm = self._safe_mm if look.name == "press" else 0.0
        pages = NewPages(
            name=look.name,
            file=self._link.keep(look.path),
            prints=look.prints,
            indexes=look.indexes,
            pieces=_pieces_of(look.census.edition, look.book),
            safe_mm=safe_mm,
        )
        self._link.tell(pages)

    def outcome(self, result: BuildResult, saved: Sequence[Path] = (), seconds: float = 0.0) -> None:
        """A build has ended."""
        if not result.failed:
            self._shown |= {*result.files} & {*TARGETS}
            self._seen |= {name: frozenset(prints) for name, prints in self._looks.items()}
        self._looks = {}
        for file in result.earlier if result.source else ():
            own = result.source is not None and file.source == result.source.folder
            if result.failed and own and file.target in {*TARGETS} - self._shown:
                self._shown.add(file.target)
                self._look_at_earlier(file.path, file.target)
        self._link.tell(outcome_of(result, self._written, saved, seconds))
        self._written = {}

    def _look_at_earlier(self, path: Path, target: str) -> None:
        """The good pages of an earlier build, of which nobody knows any more where their words were written."""
        file = self._link.keep(path)
        with pypdfium2.PdfDocument(file) as document:
            prints = [hash_of(file_hash(path), number) for number in range(len(document))]
        indexes = {print_: index for index, print_ in enumerate(prints)}
        self._link.tell(NewPages(name=target, file=file, prints=prints, indexes=indexes, pieces=[], is_good=True))


def outcome_of(
    result: BuildResult, written: Mapping[str, Written], saved: Sequence[Path] = (), seconds: float = 0.0
) -> Outcome:
    """What came of a build, as a page for the screen tells it."""
    edition, book, findings = result.edition, result.book, list(result.report)
    return Outcome(
        title=edition.full_title if edition else "",
        withheld=result.failed or not result.files,
        findings=findings,
        rows=status_of(edition, book, findings) if edition and book and book.pieces else [],
        written=dict(written),
        saved=tuple(map(str, saved)),
        seconds=seconds,
    )


def _pieces_of(edition: Edition, book: Book) -> list[PiecePages]:
    return [
        PiecePages(key=piece.key, title=title_of(edition, piece), first=piece.pages[0], pages=len(piece.pages))
        for piece in book.pieces
    ]
