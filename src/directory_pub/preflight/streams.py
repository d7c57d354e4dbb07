"""Streams as they lie in the file, unpacked only as far as anyone would print."""

from __future__ import annotations

import itertools
import mmap
import re
import zlib
from pathlib import Path
from typing import Any

import pikepdf

from directory_pub.preflight.effort import spend
from directory_pub.preflight.faults import DamagedStream
from directory_pub.preflight.unpacking import MEASURED, MOST_BYTES, unpack

__all__ = ["check_bulk", "filters_of", "object_key", "read_packed", "read_stream"]

_CONTAINER = re.compile(rb"/Type\s*/(?:ObjStm|XRef)\b")
_BEGIN = re.compile(rb"stream\r?\n")
_MOST_FILTERS = 8
_STEPS_A_STREAM, _BYTES_A_STEP, _MEASURED_BYTES_A_STEP = 10, 250, 4
_PARAMETERS = ("/Predictor", "/Colors", "/BitsPerComponent", "/Columns", "/EarlyChange")
_FULL_NAMES = {
    "/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode", "/LZW": "/LZWDecode", "/Fl": "/FlateDecode",
    "/RL": "/RunLengthDecode", "/CCF": "/CCITTFaxDecode", "/DCT": "/DCTDecode",
}  # fmt: skip


def object_key(thing: Any) -> tuple[int, int] | None:
    """What tells an object of the file from another; None for one that stands in another."""
    key: tuple[int, int] = thing.objgen
    return key if key[0] else None


def filters_of(stream: Any) -> list[tuple[str, dict[str, int]]]:
    """The filters of a stream by their full names, in the order of unpacking, each with its parameters."""
    names = _row(stream.get("/Filter"))
    parameters = _row(stream.get("/DecodeParms", stream.get("/DP")))
    if len(names) > _MOST_FILTERS:
        raise DamagedStream(f"a stream is packed {len(names)} times over")
    return [
        (_FULL_NAMES.get(str(name), str(name)), _numbers(its))
        for name, its in itertools.zip_longest(names, parameters[: len(names)])
    ]


def _row(written: Any) -> list[Any]:
    if written is None:
        return []
    return list(itertools.islice(written, 100)) if isinstance(written, pikepdf.Array) else [written]


def _numbers(parameters: Any) -> dict[str, int]:
    if not isinstance(parameters, pikepdf.Dictionary):
        return {}
    return {key: int(parameters[key]) for key in _PARAMETERS if key in parameters}


def read_stream(stream: Any, most_bytes: int = MOST_BYTES) -> bytes:
    """A stream's bytes, unpacked. Raises DamagedStream where that fails or takes more than ``most_bytes``."""
    return _unpacked(stream, filters_of(stream), most_bytes)


def read_packed(stream: Any, most_bytes: int = MOST_BYTES) -> bytes:
    """A stream's bytes with the last of its filters left on."""
    return _unpacked(stream, filters_of(stream)[:-1], most_bytes)


def _unpacked(stream: Any, filters: list[tuple[str, dict[str, int]]], most_bytes: int) -> bytes:
    content = bytes(stream.read_raw_bytes())
    spend(_STEPS_A_STREAM + len(content) // _BYTES_A_STEP)
    for name, parameters in filters:
        if name != "/Crypt":
            spend(len(content) // (_MEASURED_BYTES_A_STEP if name in MEASURED else _BYTES_A_STEP))
            content = unpack(content, name, parameters, most_bytes)
            spend(len(content) // _BYTES_A_STEP)
    return content


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
