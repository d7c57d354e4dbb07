"""What a spot ink looks like where its plate is wanting, so that two definitions of it can be held together."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Stream

from directory_pub.preflight.streams import object_key, read_stream

__all__ = ["Looks", "look_of"]

_DEEPEST = 8
Looks = dict[tuple[int, int], bytes]
"""The digests of streams that were read, by their number."""
_PACKING = ("/Length", "/Filter", "/DecodeParms", "/DL", "/Metadata", "/Alternate")


def look_of(written: Any, read: Looks, depth: int = 0) -> Any:
    """A colour space or a function by its values alone: how it is packed, and under which number, does not count.

    ``read`` gains what is read; no stream is read twice.
    """
    if depth > _DEEPEST:
        return None
    if isinstance(written, list | Array):
        return tuple(look_of(part, read, depth + 1) for part in written)
    if isinstance(written, Stream):
        return (_look_of_keys(written, read, depth), _digest(written, read))
    if isinstance(written, Dictionary):
        return _look_of_keys(written, read, depth)
    if isinstance(written, int | float | Decimal):
        return round(float(written), 4)
    return str(written)


def _look_of_keys(written: Any, read: Looks, depth: int) -> Any:
    keys = sorted(key for key in written if key not in _PACKING)
    return tuple((key, look_of(written[key], read, depth + 1)) for key in keys)


def _digest(stream: Any, read: Looks) -> bytes:
    key = object_key(stream)
    if key is None:
        return hashlib.sha256(read_stream(stream)).digest()
    if key not in read:
        read[key] = hashlib.sha256(read_stream(stream)).digest()
    return read[key]
