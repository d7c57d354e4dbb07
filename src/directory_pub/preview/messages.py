"""What the process that builds tells the one that shows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from directory_pub.census import Census
from directory_pub.findings import Finding
from directory_pub.production.book import Book
from directory_pub.production.status import BookRow

__all__ = ["Message", "NewPages", "Outcome", "PiecePages", "Working", "Written"]


class Working(Struct, frozen=True, kw_only=True):
    """A build is at work: what it does, and how much of it is done (0 to 1), if that is known."""

    doing: str
    share: float | None = None


class PiecePages(NamedTuple):
    """A piece of the book by its name: the index of its first page, and how many it has."""

    key: str
    title: str
    first: int
    pages: int


class NewPages(Struct, frozen=True, kw_only=True):
    """A file to look at, which is the reader's from now on; ``name`` is that of its target, or PROOF.

    ``prints`` name the book's pages by all that they show, ``indexes`` are those of the file's, by their prints: a
    file may have only pages that are new. ``safe_mm`` is what type keeps from the trim. Those that
    are ``is_good`` are of an earlier build, which has delivered them.
    """

    name: str
    file: Path
    prints: list[str]
    indexes: Mapping[str, int]
    pieces: list[PiecePages]
    safe_mm: float = 0.0
    is_good: bool = False


class Written(Struct, frozen=True, kw_only=True):
    """What is needed to say where the words of a target's pages were written."""

    census: Census
    book: Book
    named: Mapping[str, int]


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of a build: whether its files were withheld, what was found, and the parts of the book.

    ``rows`` are empty where no book was made. ``written`` is by the names of the pages that this build has shown,
    ``saved`` are the files whose save it was made for.
    """

    title: str
    withheld: bool
    findings: list[Finding]
    rows: list[BookRow]
    written: Mapping[str, Written]
    saved: tuple[str, ...] = ()
    seconds: float = 0.0


Message = Working | NewPages | Outcome
