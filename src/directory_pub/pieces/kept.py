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

__all__ = ["keep_finished", "keep_streams", "objects_key", "pack_finished", "read_stream", "take_streams"]


def objects_key(key: str, target: str, *, passing: bool) -> str:
    """The key of a piece's objects for one target; those with findings are ``passing``, for this build alone."""
    return hash_of(key, target, passing)


def take_streams(objects: Mapping[str, PieceObjects]) -> dict[str, bytes]:
    """Take the long streams out of the objects of each target: by their keys, which stand in their place."""
    return {key: stream for each in objects.values() for key, stream in set_apart(each, _stream_key).items()}


def pack_finished(objects: Mapping[str, PieceObjects], streams: dict[str, bytes], result: FinishResult) -> None:
    """Put the objects of each target into a result, as they are stored, with the streams that were taken out."""
    result.apart = streams
    result.objects_by_target = {target: serialise(each, PieceObjects) for target, each in objects.items()}


def keep_finished(store: Store, key: str, result: FinishResult) -> None:
    """Store what a result has packed; streams come first, so that they are there when the objects are."""
    keep_streams(store, result.apart)
    for target, content in result.objects_by_target.items():
        store.put(objects_key(key, target, passing=result.has_findings), content)
    result.apart.clear()
    result.objects_by_target.clear()


def keep_streams(store: Store, streams: Mapping[str, bytes]) -> None:
    """Store those streams that are not yet there."""
    for key, stream in streams.items():
        if not store.has(key):
            store.put(key, stream)


def read_stream(store: Store, key: str) -> bytes | None:
    """A stream that is kept by itself, which then counts as used; None, and it is dropped, if it is another."""
    content = store.get(key) if store.has(key) else None
    if content is not None and _stream_key(content) != key:
        store.drop(key)
        return None
    return content


def _stream_key(content: bytes) -> str:
    return hash_of("stream", hashlib.sha256(content).hexdigest())
