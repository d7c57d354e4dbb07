"""The files of faces: which there are in fonts/, and WOFF and WOFF2 unpacked, never to more than a face can be."""

from __future__ import annotations

import io
import struct
import zlib

import brotli

from directory_pub.design.face_faults import fault_of_face
from directory_pub.edition.theme import FACE_ENDINGS, Theme
from directory_pub.findings import Place, error
from directory_pub.storage.enclosure import Refused

__all__ = ["face_files", "read_face"]

_MOST_BYTES = 64_000_000  # twice the largest that there are, with all of Chinese
_WOFF, _WOFF2 = b"wOFF", b"wOF2"
_WOFF_HEAD, _WOFF_ROW, _ROW_BYTES = 44, 20, 16
_WOFF2_HEAD = 48
_OTHER_TAG, _OUTLINES, _AS_IT_IS = 63, (10, 11), 3  # glyf and loca, which are changed unless it is said
_AT_A_TIME = 65_536  # bytes that are unpacked before it is asked whether there are too many


class _UnusableError(Exception):
    """What is wrong with a file, in words that follow on its name."""


def face_files(theme: Theme) -> list[str]:
    """The names of all faces of a theme, in order."""
    return theme.names("fonts", FACE_ENDINGS)


def read_face(name: str, theme: Theme) -> bytes:
    """The content of a face, unpacked; raises Refused for a file that is no whole face."""
    content = theme.read_bytes(name, most_bytes=_MOST_BYTES)
    try:
        unpacked = _unpack(content)
        fault = fault_of_face(unpacked)
    except _UnusableError as told:
        fault = str(told)
    if fault:
        remedy = "Take the face anew from its publisher."
        if "collection" in fault:
            remedy = "Take its faces out of it, each into a file of its own, or take those from its publisher."
        raise Refused(error("face-unreadable", Place(file=theme.shown(name)), f"{fault}.", remedy))
    return unpacked


def _unpack(content: bytes) -> bytes:
    """The content of a face, WOFF and WOFF2 unpacked; raises _UnusableError for one that cannot be."""
    try:
        if content[:4] == _WOFF:
            return _unpack_woff(content)
        if content[:4] == _WOFF2:
            return _unpack_woff2(content)
    except _UnusableError:
        raise
    except Exception as fault:  # whatever the libraries raise at a file that is not as it should be
        raise _UnusableError("is damaged") from fault
    return content


def _unpack_woff(content: bytes) -> bytes:
    """The tables one by one, each as long as it says and no longer."""
    flavour, count = content[4:8], struct.unpack(">H", content[12:14])[0]
    packed = content[_WOFF_HEAD : _WOFF_HEAD + count * _WOFF_ROW]
    rows, tables, at = b"", b"", 12 + count * _ROW_BYTES
    for tag, start, length, full, checksum in struct.iter_unpack(">4s4I", packed):
        table = content[start : start + length]
        if at + full > _MOST_BYTES:
            raise _UnusableError("is too large when it is unpacked")
        if length < full:
            table = zlib.decompressobj().decompress(table, full)
        if len(table) != full:
            raise _UnusableError("breaks off")
        rows += struct.pack(">4s3I", tag, checksum, at, full)
        padded = table + bytes(-full % 4)
        tables, at = tables + padded, at + len(padded)
    power = max(count.bit_length() - 1, 0)
    search = (count, 16 << power, power, (count << 4) - (16 << power))
    return flavour + struct.pack(">4H", *search) + rows + tables


def _unpack_woff2(content: bytes) -> bytes:
    """By the library, which unpacks all at once: so it is looked at first how much that is."""
    from fontTools.ttLib import TTFont  # takes a moment, and few faces are packed

    full, packed = struct.unpack(">2I", content[16:24])
    start = _behind_directory(content)
    unpacker, left, length = brotli.Decompressor(), content[start : start + packed], 0
    while length <= _MOST_BYTES and not unpacker.is_finished():
        unpacked = unpacker.process(left, output_buffer_limit=_AT_A_TIME)
        length, left = length + len(unpacked), b""
        if not unpacked and unpacker.can_accept_more_data():
            raise _UnusableError("breaks off")
    if max(length, full) > _MOST_BYTES:
        raise _UnusableError("is too large when it is unpacked")
    font, out = TTFont(io.BytesIO(content), recalcBBoxes=False, recalcTimestamp=False), io.BytesIO()
    font.flavor = None
    font.save(out, reorderTables=None)
    return out.getvalue()


def _behind_directory(content: bytes) -> int:
    """Where the tables of a WOFF2 begin, which are packed as one: rows have as many bytes as their numbers need."""
    at = _WOFF2_HEAD
    for _ in range(struct.unpack(">H", content[12:14])[0]):
        tag, change = content[at] & 0x3F, content[at] >> 6
        at += 5 if tag == _OTHER_TAG else 1
        is_changed = change != (_AS_IT_IS if tag in _OUTLINES else 0)
        for _ in range(2 if is_changed else 1):
            while content[at] & 0x80:
                at += 1
            at += 1
    return at
