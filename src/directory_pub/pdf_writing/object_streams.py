"""Streams, object streams and text in the form that a PDF has them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import accumulate, chain

import pikepdf

__all__ = ["as_object_stream", "as_stream", "as_text"]


def as_text(text: str) -> bytes:
    """A text string of a PDF; a percent sign stays as it is, as the result is no template."""
    return pikepdf.String(text).unparse()


def as_object_stream(members: range, bodies: Sequence[bytes]) -> bytes:
    """An object stream of these objects, whose numbers are ``members``."""
    offsets = accumulate((len(body) + 1 for body in bodies[:-1]), initial=0)
    pairs = tuple(chain.from_iterable(zip(members, offsets, strict=True)))
    front = b"%d %d " * len(members) % pairs
    entries = b"/Type /ObjStm /N %d /First %d" % (len(bodies), len(front))
    return as_stream(entries, front + b"\n".join(bodies))


def as_stream(entries: bytes, content: bytes) -> bytes:
    """A stream object, compressed."""
    packed = zlib.compress(content, 6)
    return b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (entries, len(packed), packed)
