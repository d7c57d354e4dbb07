"""Write a linearised PDF (ISO 32000-1, Annex F) from objects that are already rendered.

Whoever has the objects of a book as bytes, in order and numbered, needs no second reading of
them: what follows the first page is streamed to the disk and measured on the way, so a book of
two million objects takes seconds and little memory.
"""

from __future__ import annotations

import shutil
import tempfile
import zlib
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from directory_pub.bind.hint_tables import outline_hints, page_offset_hints, shared_object_hints
from directory_pub.bind.linear_book import BookObject, LinearBook, PackedStream, Part
from directory_pub.pdf_writing.cross_reference import CrossReference

__all__ = ["BookObject", "LinearBook", "PackedStream", "write_linearised"]

# Four bytes above 127 tell that the file is not text (ISO 32000-1, 7.5.2; ISO 19005-2, 6.1.2).
_HEADER = b"%%PDF-%b\n%%\xe2\xe3\xcf\xd3\n"
_PARAMETERS_WIDTH = 200  # bytes, enough for figures of ten digits; the first 1024 must hold it
_COPIED_AT_ONCE = 1 << 20  # bytes
_SLACK = 16  # bytes by which a table may grow when the offsets in it have moved


def write_linearised(book: LinearBook, out: BinaryIO) -> None:
    """Write the book to ``out``, which need not be seekable; the same book gives the same bytes.

    What follows the first page is kept in a temporary file until the front can be written.
    Raises ValueError where numbers or counts are not as ``LinearBook`` says, OverflowError past
    4 GiB, the most that hint tables can name.
    """
    front = _Front(book)
    with tempfile.TemporaryFile(dir=_folder(out)) as body:
        rest = _Rest(front.places, body)
        rest.write(book)
        _check(book, front, rest)
        front.lay_out(rest)
        tailpiece = _closing(book, front, front.ends + rest.length)
        front.write(out, front.ends + rest.length, len(tailpiece))
        body.seek(0)
        shutil.copyfileobj(body, out, _COPIED_AT_ONCE)
    out.write(tailpiece)


class _Measured:
    """A part of the file, numbered without a gap: the offset and length of each object in bytes."""

    def __init__(self) -> None:
        self.first = 0
        self.offsets = array("Q")
        self.lengths = array("I")

    def __len__(self) -> int:
        return len(self.lengths)

    def add(self, number: int, offset: int, length: int) -> None:
        if not self.lengths:
            self.first = number
        if number != self.first + len(self):
            raise ValueError(f"object {number} stands where object {self.first + len(self)} of its part should")
        self.offsets.append(offset)
        self.lengths.append(length)


class _Rest:
    """What follows the first page: parts 7, 8 and 9, with offsets from the end of the first page."""

    def __init__(self, places: CrossReference, body: BinaryIO) -> None:
        self._places = places
        self._body = body
        self.length = 0
        self.page_objects = array("I")
        self.page_lengths = array("I")
        self.shared = _Measured()
        self.outlines = _Measured()

    def write(self, book: LinearBook) -> None:
        number = 1
        for page in book.pages:
            self._write_page(page, number)
            number += len(page)
        self._write_part(book.shared, self.shared)
        if not _opens_with_outlines(book):
            self._write_part(book.outlines, self.outlines)
        for each in book.others:
            self._write(each)

    def _write_page(self, page: Part, number: int) -> None:
        start = self.length
        for expected, each in enumerate(page, number):
            if each.number != expected:
                raise ValueError(f"object {each.number} stands where object {expected} of a page should")
            self._write(each)
        self.page_objects.append(len(page))
        self.page_lengths.append(self.length - start)

    def _write_part(self, part: Part, measured: _Measured) -> None:
        for each in part:
            measured.add(each.number, self.length, self._write(each))

    def _write(self, each: BookObject | PackedStream) -> int:
        _claim(self._places, each, self.length)
        written = self._body.write(_rendered(each))
        self.length += written
        return written


class _Front:
    """The first page's section and all that stands before it: parts 1 to 6."""

    def __init__(self, book: LinearBook) -> None:
        self._book = book
        self._header = _HEADER % book.version.encode()
        self.table_at = len(self._header) + _PARAMETERS_WIDTH
        part = [*book.first_page, *(book.outlines if _opens_with_outlines(book) else ())]
        self.size = 1 + max(_highest(each) for each in (book.catalog, *part))
        self.places = CrossReference(self.size)
        _reserve(self.places, book)
        self.measured = _Measured()
        self._section = b"".join(map(self._measure, part))
        _claim(self.places, book.catalog, 0)

    def _measure(self, each: BookObject | PackedStream) -> bytes:
        rendered = _rendered(each)
        offset = self.measured.offsets[-1] + self.measured.lengths[-1] if len(self.measured) else 0
        self.measured.add(each.number, offset, len(rendered))
        _claim(self.places, each, offset)
        return rendered

    def lay_out(self, rest: _Rest) -> None:
        """Find every place, of the rest too: hints and table name offsets that hang on their own size."""
        self._catalog = _rendered(self._book.catalog)
        pages = _page_hints(self._book, self.measured, rest)
        self._table, room = b"", 0
        while room <= len(self._table):  # with the offsets moved, the table may be a little longer
            room = len(self._table) + _SLACK
            self._hints_at = self.table_at + room + len(self._catalog)
            self._hints = _hint_stream(self._book, self.measured, rest, pages(self._hints_at), self._hints_at)
            self._place_objects()
            self._table = self._first_table(self.ends + rest.length)
        self._table = self._table.ljust(room - 1) + b"\n"
        self.places.move(0, self._book.first_number, self.ends)

    def _place_objects(self) -> None:
        number, begins = self._book.first_number, self._hints_at + len(self._hints)
        self.places.stand(number, len(self._header))
        self.places.stand(number + 1, self.table_at)
        self.places.stand(self._book.catalog.number, self._hints_at - len(self._catalog))
        self.places.stand(number + 2, self._hints_at)
        for each, offset in enumerate(self.measured.offsets, self.measured.first):
            self.places.stand(each, begins + offset)
        self.ends = begins + len(self._section)

    def _first_table(self, main_table_at: int) -> bytes:
        book = self._book
        entries = b" /Size %d /Root %d 0 R /Prev %d" % (self.size, book.catalog.number, main_table_at)
        if book.info is not None:
            entries += b" /Info %d 0 R" % book.info
        entries += _file_id(book)
        return self.places.stream(book.first_number + 1, book.first_number, self.size, entries)

    def write(self, out: BinaryIO, main_table_at: int, tailpiece: int) -> None:
        """Write the front, ``tailpiece`` being the bytes that stand from the main table on."""
        book = self._book
        parameters = b"%d 0 obj\n<< /Linearized 1 /L %d /H [ %d %d ] /O %d /E %d /N %d /T %d >>\nendobj\n" % (
            *(book.first_number, main_table_at + tailpiece, self._hints_at, len(self._hints)),
            *(self.measured.first, self.ends, book.page_count, main_table_at),
        )
        parameters = parameters.ljust(_PARAMETERS_WIDTH - 1) + b"\n"
        out.writelines((self._header, parameters, self._table, self._catalog, self._hints, self._section))


def _page_hints(book: LinearBook, first: _Measured, rest: _Rest) -> Callable[[int], bytes]:
    """The page offset hint table, but for the offset of the first page."""
    lengths = array("I", [sum(first.lengths)]) + rest.page_lengths
    shared = [array("I"), *(_indices(numbers, first, rest.shared) for numbers in book.uses[1:])]
    return page_offset_hints(array("I", [len(first)]) + rest.page_objects, lengths, shared)


def _hint_stream(book: LinearBook, first: _Measured, rest: _Rest, pages: bytes, hints_at: int) -> bytes:
    """The primary hint stream, which stands before the first page; it counts as if it were not there."""
    rest_at = hints_at + sum(first.lengths)
    place = (rest.shared.first, rest_at + rest.shared.offsets[0]) if len(rest.shared) else (0, 0)
    tables = pages + shared_object_hints(*place, len(first), first.lengths + rest.shared.lengths)
    entries = b" /S %d" % len(pages)
    if book.outlines:
        entries += b" /O %d" % len(tables)
        tables += _outline_hints(book, first, rest, hints_at)
    deflated = zlib.compress(tables)
    opening = b"<< /Filter /FlateDecode /Length %d%b >>\nstream\n" % (len(deflated), entries)
    return _rendered(BookObject(book.first_number + 2, opening + deflated + b"\nendstream"))


def _outline_hints(book: LinearBook, first: _Measured, rest: _Rest, hints_at: int) -> bytes:
    part, part_at = (first, hints_at) if _opens_with_outlines(book) else (rest.outlines, hints_at + sum(first.lengths))
    begins, count = len(part) - len(book.outlines), len(book.outlines)
    return outline_hints(part.first + begins, part_at + part.offsets[begins], count, sum(part.lengths[begins:]))


def _indices(numbers: Sequence[int], first: _Measured, shared: _Measured) -> array[int]:
    """The numbers as indices into the shared object hint table: the first page's objects, then the shared."""
    of_first, of_shared = len(first), len(shared)
    in_first, in_shared = first.first, shared.first - of_first
    indices = array("I")
    for number in numbers:
        if 0 <= number - in_first < of_first:
            indices.append(number - in_first)
        elif of_first <= number - in_shared < of_first + of_shared:
            indices.append(number - in_shared)
        else:
            raise ValueError(f"a page uses object {number}, which is neither the first page's nor shared")
    return indices


def _closing(book: LinearBook, front: _Front, at: int) -> bytes:
    """Part 11, the main cross-reference stream, and the end of the file."""
    number = _main_table(book)
    front.places.stand(number, at)
    front.places.link_free(book.first_number)
    table = front.places.stream(number, 0, book.first_number, b" /Size %d" % book.first_number + _file_id(book))
    return table + b"startxref\n%d\n%%%%EOF\n" % front.table_at


def _check(book: LinearBook, front: _Front, rest: _Rest) -> None:
    """Raise ValueError where the book is not as it was said to be."""
    pages, start = 1 + len(rest.page_objects), book.first_number
    if not pages == book.page_count == len(book.uses):
        raise ValueError(f"{pages} pages, where {book.page_count} were announced and {len(book.uses)} have uses")
    if front.places.has_free(start, front.size):
        raise ValueError("a number of the first page's section is not used")
    if not (front.places.packed_come_last(0, start) and front.places.packed_come_last(start, front.size)):
        raise ValueError("a packed object has a lower number than another one of its section")


def _reserve(places: CrossReference, book: LinearBook) -> None:
    for number in (_main_table(book), *range(book.first_number, book.first_number + 3)):
        places.stand(number, 0)


def _claim(places: CrossReference, each: BookObject | PackedStream, offset: int) -> None:
    members = each.members if isinstance(each, PackedStream) else ()
    for numbers in ((each.number,), members):
        if not places.are_free(numbers):
            raise ValueError(f"number {numbers[0]}, or one with it, is given twice or is above the first page's")
    places.stand(each.number, offset)
    places.pack(each.number, members)


def _rendered(each: BookObject | PackedStream) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (each.number, each.body)


def _highest(each: BookObject | PackedStream) -> int:
    return max(each.number, *each.members) if isinstance(each, PackedStream) else each.number


def _opens_with_outlines(book: LinearBook) -> bool:
    return bool(book.outlines) and book.outlines[0].number > book.first_number


def _main_table(book: LinearBook) -> int:
    return book.first_number - 1 if book.main_table is None else book.main_table


def _file_id(book: LinearBook) -> bytes:
    # In both trailers, and the same: ISO 19005-2, 6.1.3 asks it of linearised files.
    return b" /ID [<%b> <%b>]" % ((book.file_id.hex().encode(),) * 2)


def _folder(out: BinaryIO) -> Path | None:
    """Where ``out`` is written, which has room for it, or None."""
    name = getattr(out, "name", None)
    return Path(name).parent if isinstance(name, str) and Path(name).is_file() else None
