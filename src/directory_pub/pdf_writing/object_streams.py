"""Objects in streams, and text, as a PDF writes them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import accumulate, chain

import pikepdf

__all__ = ["as_object_stream", "as_stream", "as_text"]


def as_text(text: str) -> bytes:
    """A text as a PDF writes it; a percent sign means nothing here, for nothing is filled in any more."""
    return pikepdf.String(text).unparse()


def as_object_stream(members: range, bodies: Sequence[bytes]) -> bytes:
    """What stands in an object stream."""
    offsets = accumulate((len(body) + 1 for body in bodies[:-1]), initial=0)
    told = tuple(chain.from_iterable(zip(members, offsets, strict=True)))
    front = b"%d %d " * len(members) % told
    entries = b"/Type /ObjStm /N %d /First %d" % (len(bodies), len(front))
    return as_stream(entries, front + b"\n".join(bodies))


def as_stream(entries: bytes, content: bytes) -> bytes:
    """A stream object, deflated."""
    packed = zlib.compress(content, 6)
    return b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (entries, len(packed), packed)
