"""Read a PDF's objects one at a time, from a file of any length.

A library that opens a file keeps every object that it has looked at, half a kilobyte each: a tagged
book of sixteen thousand pages is half a million objects. Of a file that is open here only the table of
places is held, thirteen bytes an object. It shares no code with what writes the book, and it mends nothing:
a file that is not written as it should be is not what was bound.
"""

from __future__ import annotations

import mmap
import re
import zlib
from array import array
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from directory_pub.census.object_syntax import Object, Ref, Stream, UnreadableObject, parse

__all__ = ["ObjectReader", "open_objects"]

_SPACE = rb"\x00\t\n\f\r "
_BEGINS = re.compile(rb"[" + _SPACE + rb"]*(\d+)[" + _SPACE + rb"]+(\d+)[" + _SPACE + rb"]+obj")
_STREAM = re.compile(rb"[" + _SPACE + rb"]*stream\r?\n")
_LAST_TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_SUBSECTION = re.compile(rb"\s*(\d+) (\d+)[ \r\n]+")
_TRAILER = re.compile(rb"\s*trailer")
_ROW_BYTES = 20
_FREE, _STANDING, _PACKED = 0, 1, 2
_UNTOLD = 255  # a number that no table has spoken of yet
_AS_IT_IS, _UP = 0, 2  # filters of a row (ISO 32000-1, 7.4.4.4)
_STREAMS_AT_HAND = 16  # object streams that are unpacked
_READ_BEFORE_LETTING_GO = 2_000  # objects
_DEEPEST = 100
_INHERITED = ("/Resources", "/MediaBox")  # what every page has, of its own or from above


@contextmanager
def open_objects(path: Path) -> Iterator[ObjectReader]:
    """A file to read objects from; nothing that was read is kept but what is at hand.

    Raises UnreadableObject for a file whose tables cannot be read, or an object that cannot.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield ObjectReader(content)


class ObjectReader:
    """The objects of one file, by number. ``content`` is the whole file, best mapped into memory."""

    def __init__(self, content: bytes | mmap.mmap) -> None:
        self._content = content
        self._objects_read = 0
        self._kinds = bytearray()
        self._fields = array("Q")
        self._thirds = array("I")
        self._at_hand: OrderedDict[int, tuple[bytes, list[int]]] = OrderedDict()
        self.trailer = self._read_tables()

    @property
    def root(self) -> dict[str, Object]:
        """The catalog."""
        return self.dictionary(self.trailer.get("/Root"))

    # ---------------------------------------------------------------- objects
    def read(self, value: Object) -> Object:
        """A value, or the object that it refers to; there is none under a free number."""
        return self._object(value.number) if isinstance(value, Ref) else value

    def dictionary(self, value: Object) -> dict[str, Object]:
        """A dictionary, or that of a stream; one that is not there is empty."""
        found = self.read(value)
        keys = found.keys if isinstance(found, Stream) else found
        if not isinstance(keys, dict | None):
            raise UnreadableObject(f"{_told(found)} stands where a dictionary should")
        return keys or {}

    def items_of(self, value: Object) -> list[Object]:
        """An array; one that is not there is empty."""
        found = self.read(value)
        if not isinstance(found, list | None):
            raise UnreadableObject(f"{_told(found)} stands where an array should")
        return found or []

    def stream(self, value: Object) -> Stream:
        """A stream."""
        found = self.read(value)
        if not isinstance(found, Stream):
            raise UnreadableObject(f"{_told(found)} stands where a stream should")
        return found

    def unpacked(self, stream: Stream) -> bytes:
        """What a stream holds."""
        filters = self.read(stream.keys.get("/Filter"))
        filters = filters if isinstance(filters, list) else [filters] if filters is not None else []
        parameters = self.read(stream.keys.get("/DecodeParms"))
        parameters = parameters if isinstance(parameters, list) else [parameters] * len(filters)
        content = stream.packed
        for name, told in zip(filters, parameters, strict=True):
            if self.read(name) != "/FlateDecode":
                raise UnreadableObject(f"nothing here unpacks {name}")
            content = _inflated(content, self.dictionary(told))
        return content

    def _object(self, number: int) -> Object:
        kind = self._kinds[number] if 0 <= number < len(self._kinds) else _FREE
        if kind == _STANDING:
            return self._standing(number, self._fields[number])
        return self._packed_in(self._fields[number], number) if kind == _PACKED else None

    def _standing(self, number: int, offset: int) -> Object:
        self._objects_read += 1
        if self._objects_read % _READ_BEFORE_LETTING_GO == 0 and isinstance(self._content, mmap.mmap):
            # What was looked at of a file counts as memory until it is let go.
            self._content.madvise(mmap.MADV_DONTNEED)
        begins = _BEGINS.match(self._content, offset)
        if begins is None or int(begins[1]) != number:
            raise UnreadableObject(f"object {number} does not stand where the table says")
        value, end = parse(self._content, begins.end())
        stream = _STREAM.match(self._content, end)
        if stream is None or not isinstance(value, dict):
            return value
        length = self.read(value.get("/Length"))
        if not isinstance(length, int) or not 0 <= length <= len(self._content) - stream.end():
            raise UnreadableObject(f"stream {number} does not say how long it is")
        return Stream(value, self._content[stream.end() : stream.end() + length])

    def _packed_in(self, stream: int, number: int) -> Object:
        if stream not in self._at_hand:
            self._at_hand[stream] = self._unpacked_objects(stream)
            if len(self._at_hand) > _STREAMS_AT_HAND:
                self._at_hand.popitem(last=False)
        self._at_hand.move_to_end(stream)
        content, places = self._at_hand[stream]
        index = self._thirds[number]
        if 2 * index + 1 >= len(places) or places[2 * index] != number:
            raise UnreadableObject(f"object {number} is not in the stream that the table names")
        return parse(content, places[2 * index + 1])[0]

    def _unpacked_objects(self, number: int) -> tuple[bytes, list[int]]:
        """An object stream unpacked: in turn each object's number, and where it begins."""
        if self._kinds[number] != _STANDING:
            raise UnreadableObject(f"object stream {number} is not in the table")
        stream = self.stream(Ref(number))
        content, first = self.unpacked(stream), self.read(stream.keys.get("/First"))
        if stream.keys.get("/Type") != "/ObjStm" or not isinstance(first, int):
            raise UnreadableObject(f"object {number} is no object stream")
        told = [int(each) for each in content[:first].split()]
        told[1::2] = [first + each for each in told[1::2]]
        return content, told

    # ---------------------------------------------------------------- trees
    def page_numbers(self) -> array[int]:
        """The number of each page, in the order of the book."""
        found = array("Q")
        waiting = [self.root.get("/Pages")]
        while waiting:
            reference = waiting.pop()
            node = self.dictionary(reference)
            if "/Kids" in node:
                waiting += reversed(self.items_of(node["/Kids"]))
            elif isinstance(reference, Ref):
                found.append(reference.number)
            if len(found) + len(waiting) > len(self._kinds):
                raise UnreadableObject("the page tree has no end")
        return found

    def page(self, number: int) -> dict[str, Object]:
        """A page, with the resources and the size that it inherits."""
        page = above = self.dictionary(Ref(number))
        for _ in range(_DEEPEST):
            if "/Parent" not in above or all(key in page for key in _INHERITED):
                break
            above = self.dictionary(above["/Parent"])
            page = {key: above[key] for key in _INHERITED if key in above} | page
        return page

    def leaves(self, tree: Object, key: str) -> Iterator[list[Object]]:
        """The arrays ``key`` of a name or number tree, one after the other."""
        waiting, deep = [tree], 0
        while waiting:
            node = self.dictionary(waiting.pop())
            waiting += reversed(self.items_of(node.get("/Kids")))
            if key in node:
                yield self.items_of(node[key])
            if (deep := deep + 1) > len(self._kinds):
                raise UnreadableObject("a tree has no end")

    # ---------------------------------------------------------------- tables
    def _read_tables(self) -> dict[str, Object]:
        last = _LAST_TABLE.search(self._content, max(0, len(self._content) - 1024))
        if last is None:
            raise UnreadableObject("the file does not end as a PDF does")
        trailer: dict[str, Object] = {}
        offset, seen = int(last[1]), set[int]()
        while offset not in seen:
            seen.add(offset)
            told = self._read_table(offset)
            trailer = told | trailer
            if "/XRefStm" in told:
                raise UnreadableObject("the file has tables of two kinds")
            if not isinstance(previous := told.get("/Prev", offset), int):
                break
            offset = previous
        return trailer

    def _read_table(self, offset: int) -> dict[str, Object]:
        if self._content[offset : offset + 4] == b"xref":
            return self._read_plain_table(offset + 4)
        begins = _BEGINS.match(self._content, offset)
        table = self._standing(int(begins[1]), offset) if begins else None
        if not isinstance(table, Stream) or table.keys.get("/Type") != "/XRef":
            raise UnreadableObject("there is no table where the file says")
        widths, rows = table.keys["/W"], self.unpacked(table)
        size = table.keys["/Size"]
        index = table.keys.get("/Index", [0, size])
        at, row = 0, sum(widths)
        for first, count in zip(index[::2], index[1::2], strict=True):
            columns = _columns(rows[at : at + row * count], widths, count)
            self._take(first, *columns)
            at += row * count
        return table.keys

    def _read_plain_table(self, offset: int) -> dict[str, Object]:
        while section := _SUBSECTION.match(self._content, offset):
            first, count = int(section[1]), int(section[2])
            offset = section.end() + _ROW_BYTES * count
            rows = self._content[section.end() : offset].split()
            kinds = bytes(_STANDING if each == b"n" else _FREE for each in rows[2::3])
            self._take(first, kinds, array("Q", map(int, rows[0::3])), array("I", map(int, rows[1::3])))
        trailer = _TRAILER.match(self._content, offset)
        found = parse(self._content, trailer.end())[0] if trailer else None
        if not isinstance(found, dict):
            raise UnreadableObject("a table has no trailer")
        return found

    def _take(self, first: int, kinds: bytes, fields: array[int], thirds: array[int]) -> None:
        """Take rows into the table; one that is there is newer and stays."""
        end = first + len(kinds)
        if (more := end - len(self._kinds)) > 0:
            self._kinds.extend(bytes([_UNTOLD]) * more)
            self._fields.extend(array("Q", bytes(8 * more)))
            self._thirds.extend(array("I", bytes(4 * more)))
        if self._kinds.count(_UNTOLD, first, end) == len(kinds):
            self._kinds[first:end], self._fields[first:end], self._thirds[first:end] = kinds, fields, thirds
            return
        for at, number in enumerate(range(first, end)):
            if self._kinds[number] == _UNTOLD:
                self._kinds[number], self._fields[number], self._thirds[number] = kinds[at], fields[at], thirds[at]


def _columns(rows: bytes, widths: list[int], count: int) -> tuple[bytes, array[int], array[int]]:
    """The three columns of a table."""
    row = sum(widths)
    if len(rows) < row * count:
        raise UnreadableObject("a table is shorter than it says")
    kinds = rows[0::row] if widths[0] else bytes([_STANDING]) * count
    return kinds, _numbers(rows, row, widths[0], widths[1], "Q"), _numbers(rows, row, sum(widths[:2]), widths[2], "I")


def _numbers(rows: bytes, row: int, start: int, width: int, code: str) -> array[int]:
    """A column of numbers, ``width`` bytes wide, put together a byte at a time for all rows at once."""
    size = array(code).itemsize
    spread = bytearray(size * (len(rows) // row))
    for place in range(min(width, size)):
        # The last byte of a number is its least, and the first in memory.
        spread[place::size] = rows[start + width - 1 - place :: row]
    found = array(code, bytes(spread))
    if found and array("H", [1]).tobytes() != b"\x01\x00":
        found.byteswap()
    return found


def _inflated(content: bytes, parameters: Mapping[str, Object]) -> bytes:
    try:
        unpacked = zlib.decompress(content)
    except zlib.error as fault:
        raise UnreadableObject(f"a stream is damaged ({fault})") from fault
    predictor = parameters.get("/Predictor", 1)
    if predictor == 1:
        return unpacked
    if predictor < 10:
        raise UnreadableObject(f"nothing here undoes predictor {predictor}")
    return _without_differences(unpacked, int(parameters.get("/Columns", 1)))


def _without_differences(rows: bytes, width: int) -> bytes:
    """Rows that PNG's filters None and Up have made differences of (ISO 32000-1, 7.4.4.4)."""
    above, out = bytes(width), bytearray()
    low, high = int.from_bytes(b"\x7f" * width), int.from_bytes(b"\x80" * width)
    for at in range(0, len(rows), width + 1):
        row = rows[at + 1 : at + 1 + width]
        if rows[at] == _UP:
            one, other = int.from_bytes(row), int.from_bytes(above)
            row = (((one & low) + (other & low)) ^ ((one ^ other) & high)).to_bytes(width)
        elif rows[at] != _AS_IT_IS:
            raise UnreadableObject(f"nothing here undoes filter {rows[at]}")
        out += row
        above = row
    return bytes(out)


def _told(found: object) -> str:
    return {list: "an array", dict: "a dictionary", Stream: "a stream"}.get(type(found), repr(found)[:40])
