"""What a build made, as the report, the command line and a hand-off see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from directory_pub.edition.model import Edition
from directory_pub.edition.targets import TARGETS
from directory_pub.findings import Report
from directory_pub.production.book import Book
from directory_pub.production.earlier import BuiltFile, Source

__all__ = ["BuildResult"]


class BuildResult(Struct, kw_only=True):
    """What a build made: the report, the books and the files by target name (or PROOF).

    The edition is as the first target shows it; targets that show the same have one book.

    ``given_up`` is a line on what the email file's pictures lost to a size limit. ``pieces_kept`` are
    the pieces from the store, ``pieces_set`` those that were set, each with the reason. Going through
    ``ahead`` leaves a later build less to do. ``cache_fault`` says why the store was of no use.
    ``earlier`` are files of earlier builds that are still in the output folder, ``source`` is what
    this build was made from. ``plates`` are those that the press file prints on.
    """

    report: Report = field(default_factory=Report)
    strict: bool = False
    edition: Edition | None = None
    books: dict[str, Book] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    given_up: str | None = None
    pieces_kept: list[str] = field(default_factory=list)
    pieces_set: dict[str, str] = field(default_factory=dict)
    ahead: Iterator[None] = field(default_factory=lambda: iter(()))
    cache_fault: str = ""
    source: Source | None = None
    earlier: list[BuiltFile] = field(default_factory=list)
    plates: list[str] = field(default_factory=list)

    @property
    def book(self) -> Book | None:
        """The book of the first target."""
        return next(iter(self.books.values()), None)

    @property
    def failed(self) -> bool:
        """Whether the targets were withheld."""
        return self.report.fails(strict=self.strict)

    @property
    def outdated(self) -> list[str]:
        """A line on each file of an earlier build that could be taken for one of this build."""
        source, variant = self.source, (self.edition.variant if self.edition else None) or ""
        own = [file for file in self.earlier if source and file.target in TARGETS and file.source == source.folder]
        return [
            file.describe(source)
            for file in own
            if source and ((self.failed and file.variant == variant) or not file.shows(source))
        ]
