"""Write a book object by object, with one cross-reference stream at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from msgspec import Struct

from directory_pub.pdf_writing.cross_reference import CrossReference

__all__ = ["BookFacts", "BookObject", "PackedStream", "write_plain"]

# Four bytes above 127 mark the file as not text (ISO 32000-1, 7.5.2; ISO 19005-2, 6.1.2).
_HEADER = b"%%PDF-%b\n%%\xe2\xe3\xcf\xd3\n"


class BookObject(Struct, frozen=True):
    """An indirect object; ``body`` is what stands between the lines ``N 0 obj`` and ``endobj``."""

    number: int
    body: bytes


class PackedStream(Struct, frozen=True):
    """An object stream (ISO 32000-1, 7.5.7); ``members`` are the numbers of the objects in it, in order."""

    number: int
    body: bytes
    members: range


class BookFacts(Struct, frozen=True, kw_only=True):
    """What the trailer says: the numbers of catalog, information dictionary and cross-reference stream.

    Numbers run from 1 to ``size`` - 1 without a gap; ``file_id`` are 16 bytes that identify this book
    (ISO 32000-1, 14.4).
    """

    catalog: int
    info: int
    table: int
    size: int
    file_id: bytes
    version: str


def write_plain(objects: Iterable[BookObject | PackedStream], facts: BookFacts, out: BinaryIO) -> None:
    """Write the file to ``out`` (ISO 32000-1, 7.5), its objects in the given order.

    Raises ValueError if a number from 1 on has no object, OverflowError past 4 GiB.
    """
    places = CrossReference(facts.size)
    at = out.write(_HEADER % facts.version.encode())
    for each in objects:
        places.stand(each.number, at)
        if isinstance(each, PackedStream):
            places.pack(each.number, each.members)
        at += out.write(b"%d 0 obj\n%b\nendobj\n" % (each.number, each.body))
    places.stand(facts.table, at)
    file_id = facts.file_id.hex().encode()
    values = (facts.catalog, facts.info, file_id, file_id)
    out.write(places.stream(facts.table, b" /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>]" % values))
    out.write(b"startxref\n%d\n%%%%EOF\n" % at)
