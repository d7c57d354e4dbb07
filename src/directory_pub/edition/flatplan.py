"""Which pages each piece of the book takes: read off the layout, never written into content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from directory_pub.edition.model import Edition, Entry, Section

__all__ = ["FIXED_KINDS", "Piece", "PlannedPiece", "list_pieces", "page_labels"]

FIXED_KINDS = frozenset({"cover", "inside-cover", "contents", "notes", "back-cover"})
"""The kinds of piece that there is one of, whatever the content: an anchor and a page each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What starts on a new page; ``kind`` is its layout's name, ``pages`` are 0-based.

    Part of the contents has some of its ``rows``.
    """

    kind: str
    key: str
    pages: range
    entry: Entry | None = None
    rows: range | None = None

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


def list_pieces(edition: Edition, starts: Mapping[str, int], page_count: int, note_pages: int) -> list[Piece]:
    """The pieces in the order of the book; ``starts`` is each anchor's page index."""
    named: list[tuple[str, str, Entry | None]] = [
        (kind, kind, None) for kind in ("cover", "inside-cover", *edition.front_matter, "contents")
    ]
    for section in edition.sections:
        named.append(("opener", section.key, None))
        named += [("entry", entry.key, entry) for entry in section.entries]
    found = [(kind, key, entry, starts[key]) for kind, key, entry in named if key in starts]
    back = page_count - (1 if edition.cover else 0)
    ends = [*(start for *_, start in found[1:]), back - note_pages]
    pieces = [
        Piece(kind=kind, key=key, entry=entry, pages=range(start, max(end, start + 1)))
        for (kind, key, entry, start), end in zip(found, ends, strict=True)
    ]
    if note_pages:
        pieces.append(Piece(kind="notes", key="notes", pages=range(back - note_pages, back)))
    if edition.cover:
        pieces.append(Piece(kind="back-cover", key="back-cover", pages=range(back, page_count)))
    return pieces


def page_labels(page_count: int) -> tuple[str, ...]:
    """The label of each page in a viewer: its folio, counted from the cover."""
    return tuple(str(index + 1) for index in range(page_count))
