"""What the store keeps of a finished piece: its objects for each target, and long streams by themselves.

A stream's key is made of its content, so that pieces with one picture keep it once, for both sides
of the leaf, and one that is not what it was is found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from directory_pub.bind import PieceObjects, set_apart
from directory_pub.pieces.jobs import FinishResult
from directory_pub.storage.hashes import hash_of
from directory_pub.storage.serialise import serialise
from directory_pub.storage.store import Store

__all__ = ["keep_finished", "objects_key", "pack_finished", "read_stream"]


def objects_key(key: str, target: str, *, passing: bool) -> str:
    """The key of a piece's objects for one target; those with findings are ``passing``, for this build alone."""
    return hash_of(key, target, passing)


def pack_finished(objects: Mapping[str, PieceObjects], result: FinishResult) -> None:
    """Put the objects of each target into a result, as they are stored; their long streams are taken out."""
    for target, each in objects.items():
        result.apart |= set_apart(each, _stream_key)
        result.objects_by_target[target] = serialise(each, PieceObjects)


def keep_finished(store: Store, key: str, result: FinishResult) -> None:
    """Store what a result has packed; streams come first, so that they are there when the objects are."""
    for name, stream in result.apart.items():
        if not store.has(name):
            store.put(name, stream)
    for target, content in result.objects_by_target.items():
        store.put(objects_key(key, target, passing=result.has_findings), content)
    result.apart.clear()
    result.objects_by_target.clear()


def read_stream(store: Store, key: str) -> bytes | None:
    """A stream that is kept by itself, which then counts as used; None, and it is dropped, if it is another."""
    content = store.get(key) if store.has(key) else None
    if content is not None and _stream_key(content) != key:
        store.drop(key)
        return None
    return content


def _stream_key(content: bytes) -> str:
    return hash_of("stream", hashlib.sha256(content).hexdigest())
