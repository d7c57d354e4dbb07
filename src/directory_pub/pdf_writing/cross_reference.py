"""Where each object of a PDF stands, and the cross-reference stream that says so.

A book has millions of objects, so a place is seven bytes in three columns (ISO 32000-1, 7.5.8).
"""

from __future__ import annotations

import sys
import zlib
from array import array

__all__ = ["CrossReference"]

_FREE, _IN_FILE, _PACKED = 0, 1, 2
_NEVER_USED_AGAIN = 65535
_WIDTHS = (1, 4, 2)
_ROW = sum(_WIDTHS)


class CrossReference:
    """The places of the objects 1 to ``size`` - 1; number 0 is always free.

    Raises ValueError if a number gets two places, or none.
    """

    def __init__(self, size: int) -> None:
        self._kinds = bytearray(size)
        self._fields = array("I", bytes(4 * size))
        self._thirds = array("H", bytes(2 * size))
        self._thirds[0] = _NEVER_USED_AGAIN

    def stand(self, number: int, offset: int) -> None:
        """Note that object ``number`` begins at ``offset`` bytes. Raises OverflowError past 4 GiB."""
        self._claim(range(number, number + 1), _IN_FILE)
        self._fields[number] = offset

    def pack(self, stream: int, members: range) -> None:
        """Note that the members are in object stream ``stream``, in this order."""
        self._claim(members, _PACKED)
        here = slice(members.start, members.stop)
        self._fields[here] = array("I", (stream,)) * len(members)
        self._thirds[here] = array("H", range(len(members)))

    def _claim(self, numbers: range, kind: int) -> None:
        if self._kinds.count(_FREE, numbers.start, numbers.stop) < len(numbers):
            raise ValueError(f"number {numbers.start}, or one of {len(numbers)} from there, is given twice or too high")
        self._kinds[numbers.start : numbers.stop] = bytes((kind,)) * len(numbers)

    def stream(self, number: int, entries: bytes) -> bytes:
        """The cross-reference stream as an object; ``entries`` are those of the trailer, without its size."""
        if (lost := self._kinds.find(_FREE, 1)) > 0:
            raise ValueError(f"nothing stands under the number {lost}")
        rows = zlib.compress(self._rows())
        coding = b" /W [%d %d %d] /Filter /FlateDecode /Length %d" % (*_WIDTHS, len(rows))
        opening = b"%d 0 obj\n<< /Type /XRef /Size %d%b%b >>\nstream\n" % (number, len(self._kinds), coding, entries)
        return opening + rows + b"\nendstream\nendobj\n"

    def _rows(self) -> bytes:
        rows = bytearray(_ROW * len(self._kinds))
        rows[0::_ROW] = self._kinds
        column = 1
        for values in (self._fields[:], self._thirds[:]):
            if sys.byteorder == "little":
                values.byteswap()
            columns = values.tobytes()
            for place in range(values.itemsize):
                rows[column::_ROW] = columns[place :: values.itemsize]
                column += 1
        return bytes(rows)
