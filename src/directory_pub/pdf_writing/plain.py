"""Write a book from its first page to its last, with one cross-reference stream behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from directory_pub.bind.linear_book import BookObject, LinearBook, PackedStream
from directory_pub.pdf_writing.cross_reference import CrossReference

__all__ = ["write_plain"]


def write_plain(book: LinearBook, out: BinaryIO) -> None:
    """Write the file as ISO 32000-1, 7.5, has it; the numbers are those of a linearised one."""
    assert book.main_table is not None
    places = CrossReference(1 + max(map(_highest, (book.catalog, *book.first_page, *book.outlines))))
    at = out.write(b"%%PDF-%b\n%%\xe2\xe3\xcf\xd3\n" % book.version.encode())
    for each in _in_order(book):
        places.stand(each.number, at)
        if isinstance(each, PackedStream):
            places.pack(each.number, each.members)
        at += out.write(b"%d 0 obj\n%b\nendobj\n" % (each.number, each.body))
    places.stand(book.main_table, at)
    places.link_free(len(places))
    name = book.file_id.hex().encode()
    entries = b" /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>]" % (
        len(places), book.catalog.number, book.info or 0, name, name,
    )  # fmt: skip
    out.write(places.stream(book.main_table, 0, len(places), entries))
    out.write(b"startxref\n%d\n%%%%EOF\n" % at)


def _highest(each: BookObject | PackedStream) -> int:
    return max(each.number, *each.members) if isinstance(each, PackedStream) else each.number


def _in_order(book: LinearBook) -> Iterator[BookObject | PackedStream]:
    yield book.catalog
    yield from book.first_page
    for page in book.pages:
        yield from page
    yield from book.shared
    yield from book.outlines
    yield from book.others
