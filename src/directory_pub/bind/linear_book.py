"""What a linearised PDF is made of: rendered objects, by the parts that Annex F divides a file into.

It stands apart from the writer so that whoever makes the objects needs only this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["BookObject", "LinearBook", "PackedStream", "Part"]


@dataclass(frozen=True, slots=True)
class BookObject:
    """An indirect object; ``body`` is what stands between ``N 0 obj`` and ``endobj``, their line ends left out."""

    number: int
    body: bytes


@dataclass(frozen=True, slots=True)
class PackedStream:
    """An object stream (ISO 32000-1, 7.5.7); ``members`` are the objects packed in it, in index order."""

    number: int
    body: bytes
    members: Sequence[int]


Part = Sequence[BookObject | PackedStream]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearBook:
    """The objects of a book by the parts of a linearised file (ISO 32000-1, F.3), read once and in order.

    With k = ``first_number``: k is the linearisation dictionary, k+1 the first page's
    cross-reference stream, k+2 the hint stream; these three are the writer's. The catalog and
    the first page have the numbers from k+3 on without a gap, everything else is numbered from 1
    to k-1. ``pages`` begin at 1; within ``first_page``, ``pages``, ``shared`` and ``outlines``
    each object has the number after the one before, members of streams left out. Packed objects
    have the highest numbers of their section (below k, or from k on; F.3.1); catalog and page
    dictionaries are never packed. Numbers below k that no object has are written as free.
    """

    catalog: BookObject
    first_page: Part
    """Page 1's dictionary, then all that it needs, even what other pages need as well."""
    pages: Iterable[Part]
    """For each other page its dictionary, then what only this page needs; the structure tree is no page."""
    shared: Part
    """What two or more other pages need."""
    outlines: Part
    """The outline dictionary (or the stream that it is packed in), then the items.

    Numbered after the first page where the catalog's PageMode is UseOutlines (they end its
    section), otherwise below k (F.3.7 and F.3.10).
    """
    others: Iterable[BookObject | PackedStream]
    uses: Sequence[Sequence[int]]
    """For each page what it needs of ``first_page`` and ``shared``, as numbers; page 1's are not read.

    For what is packed, the number of its stream.
    """
    page_count: int
    info: int | None
    """The number of the information dictionary."""
    file_id: bytes
    """16 bytes that tell this book from others (ISO 32000-1, 14.4)."""
    first_number: int
    main_table: int | None = None
    """The number left free for the main cross-reference stream: k-1, or below the packed ones."""
    version: str = "1.7"
