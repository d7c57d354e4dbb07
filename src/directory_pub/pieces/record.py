"""A record of each piece of a book: what it was last set from, which tells why it has to be set again, and its fit."""

from __future__ import annotations

from contextlib import suppress
from itertools import zip_longest

from msgspec import Struct

from directory_pub.pieces.jobs import Fitting
from directory_pub.storage.hashes import hash_of
from directory_pub.storage.serialise import serialise
from directory_pub.storage.store import Store

__all__ = ["PARTS", "Record"]

PARTS = ("its text", "a picture or its artwork", "the sheets, faces or engine")
"""What a piece is set from, as reports name it."""


class _Remembered(Struct, frozen=True):
    """The hashes of a piece's PARTS with spaces between them, and how it is fitted to its pages."""

    parts: str
    fitting: Fitting


_Pieces = dict[str, _Remembered]


class Record:
    """The record of one book in a store, by piece."""

    def __init__(self, store: Store, book: str) -> None:
        self._store = store
        self._key = hash_of("record", book)
        self._before = store.read(self._key, _Pieces) or {}
        self._now: _Pieces = {}

    def why(self, name: str, parts: str) -> str:
        """Why a piece that is not in the store has to be set."""
        if name not in self._before:
            return "it was not set before"
        before, now = self._before[name].parts.split(), parts.split()
        changed = [part for part, was, digest in zip_longest(PARTS, before, now) if was != digest]
        return f"{' and '.join(changed)} changed" if changed else "its kept copy is gone or damaged"

    def fitting(self, name: str) -> Fitting | None:
        """How a piece was last fitted to its pages; None for one that was not set before."""
        return self._before[name].fitting if name in self._before else None

    def remember(self, name: str, parts: str, fitting: Fitting | None = None) -> None:
        """Note what a piece is set from in this build, and how it is fitted."""
        self._now[name] = _Remembered(parts, fitting or Fitting())

    def save(self) -> None:
        """Store what the pieces of this build were set from."""
        after = self._before | self._now
        if after != self._before:
            with suppress(OSError, ValueError):  # then the next build cannot say why it sets a piece
                self._store.put(self._key, serialise(after, _Pieces))
