"""A made book as the report and the command line see it."""

from __future__ import annotations

from dataclasses import dataclass

from directory_pub.compose import EntryEnd
from directory_pub.edition.flatplan import Piece

__all__ = ["Book"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What is known of a book's pages: its pieces, and where each entry ends."""

    pieces: list[Piece]
    ends: list[EntryEnd]

    @property
    def page_count(self) -> int:
        """All pages, covers included."""
        return self.pieces[-1].pages[-1] + 1
