"""Objects in streams, and text, as a PDF writes them."""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pikepdf

from directory_pub.bind.linear_book import PackedStream

__all__ = ["as_stream", "as_text", "pack_all", "pack_objects"]

_STREAMS_AHEAD = 8  # that are filled in, and wait for the one before them to be packed


def as_text(text: str) -> bytes:
    """A text as a PDF writes it; a percent sign means nothing here, for nothing is filled in any more."""
    return pikepdf.String(text).unparse()


def pack_objects(number: int, members: range, bodies: Sequence[bytes]) -> PackedStream:
    """Objects in an object stream."""
    head, at = [], 0
    for member, body in zip(members, bodies, strict=True):
        head.append(b"%d %d" % (member, at))
        at += len(body) + 1
    front = b" ".join(head) + b"\n"
    entries = b"/Type /ObjStm /N %d /First %d" % (len(bodies), len(front))
    return PackedStream(number, as_stream(entries, front + b"\n".join(bodies)), members)


def pack_all(told: Iterable[tuple[int, range, Sequence[bytes]]]) -> Iterator[PackedStream]:
    """Streams in their order, each deflated while those behind it are filled in."""
    waiting: deque[Future[PackedStream]] = deque()
    with ThreadPoolExecutor(1) as helper:
        for each in told:
            waiting.append(helper.submit(pack_objects, *each))
            if len(waiting) > _STREAMS_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def as_stream(entries: bytes, content: bytes) -> bytes:
    """A stream object, deflated."""
    packed = zlib.compress(content, 6)
    return b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (entries, len(packed), packed)
