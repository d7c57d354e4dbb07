"""Which pages each piece of the book takes: read off the layout, never written into content."""

from __future__ import annotations

from dataclasses import dataclass

from directory_pub.edition.model import Entry, Section

__all__ = ["FIXED_KINDS", "RESERVED_KINDS", "Piece", "PlannedPiece"]

FIXED_KINDS = frozenset({"cover", "inside-cover", "contents", "notes", "back-cover"})
"""The kinds of piece that there is one of, whatever the content: an anchor and a page each."""
RESERVED_KINDS = FIXED_KINDS | {"opener", "entry", "index", "line", "note", "proof", "tailpiece", "folio"}
"""What no page of one's own can be called: kinds of piece, and classes that sheets have for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What starts on a new page; ``kind`` is its layout's name, ``pages`` are 0-based.

    Part of the contents, or of an index, has some of its ``rows``; those of ``starts`` begin a column.
    """

    kind: str
    key: str
    pages: range
    entry: Entry | None = None
    rows: range | None = None
    starts: tuple[int, ...] = ()

    @property
    def folios(self) -> str:
        """Its pages as a reader names them."""
        first, last = self.pages[0] + 1, self.pages[-1] + 1
        return f"page {first}" if first == last else f"pages {first}-{last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPiece:
    """A piece before its pages are known; an opener and an entry know their section, notes how many they are."""

    kind: str
    key: str
    section: Section | None = None
    entry: Entry | None = None
    count: int = 1
