"""Some pieces of a book as a small book of their own, bound of the same objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import BinaryIO

from msgspec import Struct

from directory_pub.bind import FolioSheet, Leaf, PieceObjects, assemble_book

__all__ = ["BoundPiece", "Excerpt", "FolioKeys", "assemble_excerpt", "excerpt_of"]

FolioKeys = Sequence[tuple[str, range, str]]
"""Of each sheet of folios its kind, its folios, and the store's key."""


class BoundPiece(Struct, frozen=True):
    """A piece of the book: its first page (from 0), how many it has, and the store's key of its objects."""

    kind: str
    key: str
    first: int
    page_count: int
    under: str | None
    kept: str


class Excerpt(Struct, frozen=True):
    """Some pieces, and the sheets of folios (kind, first folio, key) that their pages call."""

    pieces: tuple[BoundPiece, ...]
    sheets: tuple[tuple[str, int, str], ...]


def excerpt_of(pieces: Sequence[BoundPiece], sheets: FolioKeys) -> Excerpt:
    """These pieces with the sheets of folios that they call; the first has what a book has once."""
    calls = {(kind, folio): (kind, folios[0], key) for kind, folios, key in sheets for folio in folios}
    called = (calls.get((p.kind, p.first + at + 1)) for p in pieces for at in range(p.page_count))
    return Excerpt(tuple(pieces), tuple(dict.fromkeys(filter(None, called))))


def assemble_excerpt(
    excerpt: Excerpt,
    read: Callable[[str], PieceObjects],
    kept_apart: Callable[[str], bytes],
    programs: Mapping[str, bytes],
    out: BinaryIO,
    *,
    named: Mapping[str, int] | None = None,
) -> None:
    """Write an excerpt like a book for the screen; ``read`` returns what is stored under a key."""
    leaves, at = [], 0
    for piece in excerpt.pieces:
        leaves.append(Leaf(piece.kind, piece.key, at, partial(read, piece.kept), piece.under, piece.first + 1))
        at += piece.page_count
    sheets = [FolioSheet(kind, first, partial(read, key)) for kind, first, key in excerpt.sheets]
    assemble_book(leaves, sheets, programs, out, for_screen=True, named=named, kept_apart=kept_apart)
