"""A made book as the report, the command line and the preview see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

from directory_pub.census import Census
from directory_pub.compose import EntryEnd
from directory_pub.edition.flatplan import Fit, Piece

__all__ = ["Book", "Look", "Onlooker"]

_FEW_LINES = 2


class Book(Struct, frozen=True, kw_only=True):
    """What is known of a book's pages: its pieces, where each entry ends, and how each is fitted, by its key.

    ``closing_photos`` are the entries whose picture has left the tile for the room below the text.
    """

    pieces: list[Piece]
    ends: list[EntryEnd]
    fits: Mapping[str, Fit] = field(default_factory=dict)
    closing_photos: Collection[str] = ()

    @property
    def left_over(self) -> list[EntryEnd]:
        """The entries of several pages whose last page has hardly a line."""
        long = {piece.key for piece in self.pieces if piece.entry and len(piece.pages) > 1}
        return [end for end in self.ends if end.key in long and end.used_lines <= _FEW_LINES]

    @property
    def page_count(self) -> int:
        """All pages, covers included."""
        return self.pieces[-1].pages[-1] + 1


class Look(Struct, frozen=True, kw_only=True):
    """Pages that can be looked at, while a build is not done, in a file that may not be checked yet.

    ``name`` is that of its target, or PROOF. ``prints`` are of all that each page of the book shows: a page whose
    print is the same looks the same. ``indexes`` are those of the file's pages, by their prints: of all, or of what
    the one who looks has not seen. ``census`` knows where the words were written that stand on the pages of the
    ``book``, and ``named`` is the folio of every name there.
    """

    name: str
    path: Path
    book: Book
    prints: list[str]
    indexes: Mapping[str, int]
    census: Census
    named: Mapping[str, int]


class Onlooker(Protocol):
    """Somebody who looks at pages while a build is at work."""

    def seen(self, name: str) -> Collection[str]:
        """The prints of the pages of a target that it has."""

    def look(self, look: Look) -> None:
        """Look at pages; their file may be gone when this has returned."""
