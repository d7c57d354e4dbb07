"""One filter of a stream taken off, and never more of it than is asked for: a small file may unpack to any size."""

from __future__ import annotations

import functools
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
from pikepdf import settings

from directory_pub.preflight.faults import DamagedStream

__all__ = ["MEASURED", "MOST_BYTES", "qpdf_bounded", "unpack"]

MOST_BYTES = 128 * 2**20
"""What a stream may unpack to where its reader sets no limit of its own."""

_WITH_PARAMETERS = ("/FlateDecode", "/LZWDecode")
_BY_QPDF = (*_WITH_PARAMETERS, "/RunLengthDecode", "/ASCII85Decode", "/ASCIIHexDecode")
_MOST_ROW_BYTES = 2**24
_MOST_WARNINGS = 1000
MEASURED = ("/LZWDecode", "/RunLengthDecode")
"""The filters that qpdf has no limit for, or a late one: they are measured first, at 0.2 microseconds a code."""

_MOST_MEASURED_BYTES = 2**24
_CLEAR, _END, _FULL = 256, 257, 4096


@contextmanager
def qpdf_bounded(most_bytes: int = MOST_BYTES) -> Iterator[None]:
    """Within, qpdf unpacks no stream to more than ``most_bytes`` and keeps no warnings without end."""
    held = settings.set_qpdf_limits(
        doc_max_warnings=_MOST_WARNINGS,
        flate_max_memory=most_bytes,
        run_length_max_memory=most_bytes,
        png_max_memory=_MOST_ROW_BYTES,
        tiff_max_memory=_MOST_ROW_BYTES,
    )
    try:
        yield
    finally:
        settings.set_qpdf_limits(**held)  # type: ignore[arg-type] # what the library itself gave


def unpack(packed: bytes, name: str, parameters: dict[str, int], most_bytes: int) -> bytes:
    """What is behind one filter; ``name`` is its full one, ``parameters`` are its own.

    Raises DamagedStream for a filter that is not one of bytes, for bytes that do not fit it, and where it unpacks to
    more than ``most_bytes``.
    """
    if name not in _BY_QPDF:
        raise DamagedStream(f"a stream is packed with {name[1:]}, which no such stream can be")
    if name == "/FlateDecode" and not parameters:
        return _inflate(packed, most_bytes)
    if name in MEASURED:
        _check_length(_measured(packed, name, parameters, most_bytes), most_bytes)
    elif name == "/ASCII85Decode":
        _check_length(len(packed) * 4 // 5 + packed.count(b"z") * 4, most_bytes)
    elif name == "/ASCIIHexDecode":
        _check_length(len(packed) // 2, most_bytes)
    its = pikepdf.Dictionary(parameters) if parameters and name in _WITH_PARAMETERS else None
    with pikepdf.open(io.BytesIO(_empty_file()), suppress_warnings=True) as bench, qpdf_bounded(most_bytes):
        stream = bench.make_stream(b"")
        stream.write(packed, filter=pikepdf.Name(name), decode_parms=its)
        try:
            return bytes(stream.read_bytes(pikepdf.StreamDecodeLevel.specialized))
        except (pikepdf.PdfError, RuntimeError) as fault:
            if "memory limit exceeded" in str(fault):
                raise _too_long(most_bytes) from fault
            raise DamagedStream("a stream is packed wrongly") from fault


@functools.cache
def _empty_file() -> bytes:
    """A bench to unpack on, of a file that keeps its warnings to itself."""
    written = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(written)
    return written.getvalue()


def _too_long(most_bytes: int) -> DamagedStream:
    size = f"{most_bytes // 2**20} MB" if most_bytes >= 2**20 else f"{most_bytes // 2**10} kB"
    return DamagedStream(f"a stream unpacks to more than {size}")


def _check_length(length: int, most_bytes: int) -> None:
    if length > most_bytes:
        raise _too_long(most_bytes)


def _inflate(packed: bytes, most_bytes: int) -> bytes:
    if not packed:
        return b""
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(packed, most_bytes)
    except zlib.error as problem:
        raise DamagedStream("a stream is packed wrongly") from problem
    if inflater.unconsumed_tail:
        raise _too_long(most_bytes)
    if not inflater.eof:
        raise DamagedStream("a stream breaks off")
    return plain


def _measured(packed: bytes, name: str, parameters: dict[str, int], most_bytes: int) -> int:
    """How many bytes something unpacks to, as far as a little more than ``most_bytes``."""
    _check_length(len(packed), _MOST_MEASURED_BYTES)
    if name == "/RunLengthDecode":
        return _run_length(packed, most_bytes)
    return _lzw_length(packed, early=parameters.get("/EarlyChange", 1) == 1, most_bytes=most_bytes)


def _run_length(packed: bytes, most_bytes: int) -> int:
    total = place = 0
    while place < len(packed) and total <= most_bytes and (head := packed[place]) != 128:
        total += head + 1 if head < 128 else 257 - head
        place += head + 2 if head < 128 else 2
    return total


def _lzw_length(packed: bytes, *, early: bool, most_bytes: int) -> int:
    lengths = [1] * 258
    total = held = kept = before = 0
    bits = 9
    for byte in packed:
        held, kept = held << 8 | byte, kept + 8
        if kept < bits:
            continue
        kept -= bits
        code, held = held >> kept, held & ((1 << kept) - 1)
        if code == _CLEAR:
            del lengths[258:]
            bits, before = 9, 0
            continue
        if code == _END or total > most_bytes:
            break
        if before and len(lengths) < _FULL:
            lengths.append(before + 1)
            bits = min(max((len(lengths) + early).bit_length(), 9), 12)
        before = lengths[code] if code < len(lengths) else before + 1
        total += before
    return total
