"""Where each object of a PDF stands, and the cross-reference streams that say so.

A book has millions of objects, so a place is seven bytes in three columns and the rows of a
stream are made a slice at a time (ISO 32000-1, 7.5.8).
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Sequence

__all__ = ["CrossReference"]

_FREE, _STANDING, _PACKED = 0, 1, 2
_NEVER_USED_AGAIN = 65535
_WIDTHS = (1, 4, 2)
_WIDTH = sum(_WIDTHS)
_UP = b"\x02"
_SLICE = 1 << 16  # rows


class CrossReference:
    """The places of the objects 0 to ``size`` - 1; a number is free until it is given a place."""

    def __init__(self, size: int) -> None:
        self._kinds = bytearray(size)
        self._fields = array("I", bytes(4 * size))
        self._thirds = array("H", bytes(2 * size))

    def __len__(self) -> int:
        return len(self._kinds)

    def stand(self, number: int, offset: int) -> None:
        """Object ``number`` begins ``offset`` bytes into the file; said again, it has moved.

        Raises OverflowError past 4 GiB, which hint tables cannot name either.
        """
        self._kinds[number] = _STANDING
        self._fields[number] = offset

    def pack(self, stream: int, members: Sequence[int]) -> None:
        """The members are in object stream ``stream``, in this order."""
        if isinstance(members, range):  # all at once: a book has half a million
            here = slice(members.start, members.stop)
            self._kinds[here] = bytes((_PACKED,)) * len(members)
            self._fields[here] = array("I", (stream,)) * len(members)
            self._thirds[here] = array("H", range(len(members)))
            return
        for index, number in enumerate(members):
            self._kinds[number] = _PACKED
            self._fields[number] = stream
            self._thirds[number] = index

    def has_free(self, start: int, stop: int) -> bool:
        """Whether a number from ``start`` to ``stop`` - 1 is free."""
        return self._kinds.find(_FREE, start, stop) >= 0

    def are_free(self, numbers: Sequence[int]) -> bool:
        """Whether all of these are numbers that no object has; 0 is none."""
        if isinstance(numbers, range) and numbers.start > 0:
            return self._kinds.count(_FREE, numbers.start, numbers.stop) == len(numbers)
        return all(0 < number < len(self) and self._kinds[number] == _FREE for number in numbers)

    def move(self, start: int, stop: int, distance: int) -> None:
        """What stands under the numbers ``start`` to ``stop`` - 1 stands ``distance`` bytes further on."""
        number = self._kinds.find(_STANDING, start, stop)
        while number >= 0:
            self._fields[number] += distance
            number = self._kinds.find(_STANDING, number + 1, stop)

    def link_free(self, stop: int) -> None:
        """Link the free numbers below ``stop`` from 0 on and back to it (ISO 32000-1, 7.5.4)."""
        following = 0
        number = self._kinds.rfind(_FREE, 0, stop)
        while number >= 0:
            self._fields[number] = following
            following = number
            number = self._kinds.rfind(_FREE, 0, number)
        self._thirds[0] = _NEVER_USED_AGAIN

    def packed_come_last(self, start: int, stop: int) -> bool:
        """Whether no object stands, and no number is free, above a packed one (ISO 32000-1, F.3.1)."""
        from_first_packed = self._kinds[start:stop].lstrip(bytes((_FREE, _STANDING)))
        return not from_first_packed.strip(bytes((_PACKED,)))

    def stream(self, number: int, start: int, stop: int, entries: bytes) -> bytes:
        """A whole cross-reference stream object for the numbers ``start`` to ``stop`` - 1.

        ``entries`` are those of the trailer, as they are written in the dictionary.
        """
        rows = self._deflated(start, stop)
        index = b"" if start == 0 else b" /Index [%d %d]" % (start, stop - start)
        coding = b" /W [%d %d %d] /Filter /FlateDecode" % _WIDTHS
        coding += b" /DecodeParms << /Predictor 12 /Columns %d >> /Length %d" % (_WIDTH, len(rows))
        opening = b"%d 0 obj\n<< /Type /XRef%b%b%b >>\nstream\n" % (number, index, coding, entries)
        return opening + rows + b"\nendstream\nendobj\n"

    def _deflated(self, start: int, stop: int) -> bytes:
        """The rows as differences from the row above: neighbours in an object stream differ by one."""
        deflate = zlib.compressobj()
        above, packed = bytes(_WIDTH), bytearray()
        for first in range(start, stop, _SLICE):
            rows = self._rows(first, min(first + _SLICE, stop))
            packed += deflate.compress(_differences(rows, above))
            above = rows[-_WIDTH:]
        return bytes(packed + deflate.flush())

    def _rows(self, start: int, stop: int) -> bytes:
        rows = bytearray(_WIDTH * (stop - start))
        rows[0::_WIDTH] = self._kinds[start:stop]
        column = 1
        for values in (self._fields[start:stop], self._thirds[start:stop]):
            if sys.byteorder == "little":
                values.byteswap()
            bytes_of_values = values.tobytes()
            for place in range(values.itemsize):
                rows[column::_WIDTH] = bytes_of_values[place :: values.itemsize]
                column += 1
        return bytes(rows)


def _differences(rows: bytes, above: bytes) -> bytes:
    """The rows by PNG's Up filter (ISO 32000-1, 7.4.4.4), all their bytes subtracted at once.

    The bytes lie side by side in one number; its high bits are subtracted apart, so that no
    byte borrows from its neighbour.
    """
    high = int.from_bytes(b"\x80" * len(rows))
    low = int.from_bytes(b"\x7f" * len(rows))
    here, before = int.from_bytes(rows), int.from_bytes(above + rows[:-_WIDTH])
    difference = (((here | high) - (before & low)) ^ ((here ^ before ^ high) & high)).to_bytes(len(rows))
    filtered = bytearray(len(rows) // _WIDTH * (_WIDTH + 1))
    filtered[0 :: _WIDTH + 1] = _UP * (len(rows) // _WIDTH)
    for column in range(_WIDTH):
        filtered[column + 1 :: _WIDTH + 1] = difference[column::_WIDTH]
    return bytes(filtered)
