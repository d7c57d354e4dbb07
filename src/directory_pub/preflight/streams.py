"""Streams as they lie in the file, unpacked only as far as anyone would print."""

from __future__ import annotations

import mmap
import re
import zlib
from pathlib import Path
from typing import Any

import pikepdf

__all__ = ["DamagedStream", "check_bulk", "object_key", "read_stream"]

MOST_BYTES = 128 * 2**20
_CONTAINER = re.compile(rb"/Type\s*/(?:ObjStm|XRef)\b")
_BEGIN = re.compile(rb"stream\r?\n")
_FLATE = ("/FlateDecode", "/Fl")


class DamagedStream(ValueError):  # noqa: N818 - said of the stream, as the trade would
    """A stream that cannot be unpacked, or that has no end."""


def object_key(thing: Any) -> tuple[int, int] | None:
    """What tells an object of the file from another; None for one that stands in another."""
    key: tuple[int, int] = thing.objgen
    return key if key[0] else None


def read_stream(stream: Any, most_bytes: int = MOST_BYTES) -> bytes:
    """A stream's bytes, unpacked. Raises DamagedStream where that fails or takes more than ``most_bytes``."""
    filters = stream.get("/Filter", [])
    names = [str(filters)] if isinstance(filters, pikepdf.Name) else [str(name) for name in filters]
    packed = stream.read_raw_bytes()
    flates = 0
    for name in names:
        if name not in _FLATE:
            break
        packed, flates = _inflate(packed, most_bytes), flates + 1
    if flates == len(names) and "/DecodeParms" not in stream and "/DP" not in stream:
        return bytes(packed)
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError as problem:
        raise DamagedStream(f"a stream cannot be unpacked: {problem}") from problem


def _inflate(packed: bytes, most_bytes: int) -> bytes:
    if not packed:
        return b""
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(packed, most_bytes)
    except zlib.error as problem:
        raise DamagedStream("a stream is packed wrongly") from problem
    if inflater.unconsumed_tail:
        raise DamagedStream(f"a stream of more than {most_bytes // 2**20} MB unpacked")
    if not inflater.eof:
        raise DamagedStream("a stream breaks off")
    return plain


def check_bulk(path: Path, most_bytes: int = MOST_BYTES) -> None:
    """Look at the streams that the file's own order is kept in, before anything unpacks them whole.

    Raises DamagedStream for one that unpacks to more than ``most_bytes``.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for container in _CONTAINER.finditer(content):
            begin = _BEGIN.search(content, container.end(), container.end() + 4096)
            if begin is not None:
                _measure(content, begin.end(), most_bytes)


def _measure(content: mmap.mmap, start: int, most_bytes: int) -> None:
    inflater, unpacked = zlib.decompressobj(), 0
    try:
        while start < len(content) and not inflater.eof:
            piece = inflater.unconsumed_tail or content[start : start + 65536]
            start += 0 if inflater.unconsumed_tail else 65536
            unpacked += len(inflater.decompress(piece, 2**20))
            if unpacked > most_bytes:
                raise DamagedStream(f"the file's index has more than {most_bytes // 2**20} MB unpacked")
    except zlib.error:
        return  # not packed, or damaged: opening the file says so
