"""The hint tables of a linearised PDF: which bytes to ask for to show any one page.

They are bit streams that qpdf and viewers read without tolerance, so they are kept apart from
the writer, which only measures (ISO 32000-1, F.4).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice

__all__ = ["outline_hints", "packed_bits", "page_offset_hints", "shared_object_hints"]

_BATCH = 4096  # of values packed at once; a multiple of 8, so that every batch ends with a whole byte


def page_offset_hints(
    objects: Sequence[int], lengths: Sequence[int], shared: Sequence[Sequence[int]]
) -> Callable[[int], bytes]:
    """The page offset hint table (ISO 32000-1, F.4.1, tables F.3 and F.4), as soon as its first entry is known.

    That is the offset of page 1's dictionary in bytes, counted as if the hint stream
    were not there. For every page in order, ``objects`` counts what stands with it, ``lengths``
    is that in bytes, and ``shared`` lists what it needs besides, as indices into the shared
    object hint table; page 1 names none.
    """
    named = [len(indices) for indices in shared]
    object_bits, length_bits = _spread_bits(objects), _spread_bits(lengths)
    named_bits = max(named).bit_length()
    index_bits = max(map(max, filter(len, shared)), default=0).bit_length()
    # A whole page counts as its content, from its first byte on, and every shared object as
    # needed at once: that is what Acrobat and qpdf write, and readers go by items 1 to 4.
    least = min(objects)
    header = struct.pack(
        ">HIHIHIHHHHH",
        *(object_bits, min(lengths), length_bits),
        *(0, 0, min(lengths), length_bits, named_bits, index_bits, 0, 1),
    )
    lengths_packed = packed_bits(_above_least(lengths), length_bits)
    columns = (
        packed_bits(_above_least(objects), object_bits),
        lengths_packed,
        packed_bits(named, named_bits),
        packed_bits(chain.from_iterable(shared), index_bits),
        lengths_packed,
    )
    table = header + b"".join(columns)
    return lambda first_page: struct.pack(">II", least, first_page) + table


def shared_object_hints(first_number: int, first_offset: int, of_first_page: int, lengths: Sequence[int]) -> bytes:
    """The shared object hint table (ISO 32000-1, F.4.2, tables F.5 and F.6), one object a group.

    ``lengths`` are in bytes: of the ``of_first_page`` objects in the first page's section, in
    order, then of the objects that only other pages share. The first of those has
    ``first_number`` and stands at ``first_offset``, counted as if the hint stream were not
    there; both are 0 where there are none.
    """
    length_bits = _spread_bits(lengths)
    header = struct.pack(
        ">IIIIHIH", first_number, first_offset, of_first_page, len(lengths), 0, min(lengths), length_bits
    )
    signatures = bytes(-(-len(lengths) // 8))  # one bit an object: it has no signature
    return header + packed_bits(_above_least(lengths), length_bits) + signatures


def outline_hints(first_number: int, first_offset: int, objects: int, length: int) -> bytes:
    """The outline hint table, a generic one (ISO 32000-1, F.4.4, table F.9).

    ``first_offset`` is counted as if the hint stream were not there; ``length`` is in bytes.
    """
    return struct.pack(">IIII", first_number, first_offset, objects, length)


def packed_bits(values: Iterable[int], bits: int) -> bytes:
    """The values, each ``bits`` wide, the highest bit first; the last byte is filled up with zeros."""
    if not bits:
        return b""
    packed, rest, width = bytearray(), iter(values), f"0{bits}b"
    while batch := "".join(format(value, width) for value in islice(rest, _BATCH)):
        whole = -(-len(batch) // 8)
        packed += int(batch.ljust(whole * 8, "0"), 2).to_bytes(whole, "big")
    return bytes(packed)


def _spread_bits(values: Sequence[int]) -> int:
    return (max(values) - min(values)).bit_length()


def _above_least(values: Sequence[int]) -> Iterable[int]:
    least = min(values)
    return (value - least for value in values)
