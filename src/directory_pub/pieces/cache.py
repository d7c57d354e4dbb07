"""What is made of pieces, on disk: each part under the hash of all that it was made from, for the next build.

A file says what it is and carries the hash of its content: one that is damaged, or that somebody
else put there, is thrown away and made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import OrderedDict
from itertools import zip_longest
from pathlib import Path

from directory_pub.bind import Gathering
from directory_pub.write import write_whole

__all__ = ["LIMIT_BYTES", "PARTS", "PieceCache", "hash_of"]

# Raised when the same input would be made or kept otherwise: what is in older folders then misses.
_HEAD = b"directory_pub piece 2\n"
LIMIT_BYTES = 5_000_000_000
PARTS = ("its text", "a picture or its artwork", "the sheets, faces or engine")
"""What a piece is set from, as people call it."""
_TRIMMED_TO = 0.8  # of the limit, so that not every build has to trim
_FACTS_AT_HAND = 3_000
_IN_MEMORY_BYTES = 40_000_000  # of gatherings that are at hand, as they are on disk


def hash_of(*parts: object) -> str:
    """One hash of several things by how they are written."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


class PieceCache:
    """A folder of parts; with ``folder=None`` a folder of its own, which is gone behind the block.

    ``book`` names the record of what its pieces were set from the last time.
    """

    def __init__(self, folder: Path | None, book: str = "book", limit_bytes: int = LIMIT_BYTES) -> None:
        self._passing = tempfile.TemporaryDirectory(prefix="directory-pub-pieces-") if folder is None else None
        self.folder = Path(self._passing.name) if self._passing else Path(folder or ".")
        self._limit_bytes = limit_bytes
        self._record = self.folder / f"{book}.json"
        self._before = _read_record(self._record)
        self._now: dict[str, str] = {}
        self._at_hand: OrderedDict[str, tuple[Gathering, int]] = OrderedDict()
        self._at_hand_bytes = 0
        self._facts: dict[str, bytes] = {}

    def __enter__(self) -> PieceCache:
        return self

    def __exit__(self, *fault: object) -> None:
        """Only now may parts be let go: until its files are written a book needs all of its own."""
        self.close()
        if self._passing is not None:
            self._passing.cleanup()

    def get(self, key: str) -> bytes | None:
        """What is kept under that key, or None."""
        path = self._path(key)
        try:
            stored = path.read_bytes()
        except OSError:
            return None
        content = _unpack(stored, key)
        if content is None:
            path.unlink(missing_ok=True)
        return content

    def fact(self, key: str) -> bytes | None:
        """Something small that is kept under that key; what was asked for in this process is at hand."""
        if key not in self._facts:
            found = self.get(key)
            if found is None:
                return None
            if len(self._facts) >= _FACTS_AT_HAND:
                self._facts.clear()
            self._facts[key] = found
        return self._facts[key]

    def has(self, key: str) -> bool:
        """Whether something is kept under that key, which is then used: what is used stays longest."""
        try:
            os.utime(self._path(key))
        except OSError:
            return False
        return True

    def drop(self, key: str) -> None:
        """Keep nothing under that key."""
        self._facts.pop(key, None)
        self._path(key).unlink(missing_ok=True)

    def keep(self, key: str, content: bytes) -> None:
        """Keep a part; a half-written file never takes the place of a whole one."""
        write_whole(self._path(key), _HEAD + _seal(content, key) + b"\n" + content, durable=False)

    def gathering(self, key: str, *, is_wanted_again: bool = True) -> Gathering | None:
        """A gathering; those that were used last are at hand, but for one that nobody will want again soon."""
        if key in self._at_hand:
            self._at_hand.move_to_end(key)
            return self._at_hand[key][0]
        stored = self.get(key)
        if stored is None:
            return None
        made = Gathering.from_bytes(stored)
        if not is_wanted_again:
            return made
        self._at_hand[key] = (made, len(stored))
        self._at_hand_bytes += len(stored)
        while self._at_hand_bytes > _IN_MEMORY_BYTES:
            _, (_, size) = self._at_hand.popitem(last=False)
            self._at_hand_bytes -= size
        return made

    # ---------------------------------------------------------------- the record
    def why(self, name: str, parts: str) -> str:
        """Why a piece that is not kept has to be set; ``parts`` are hashes of its PARTS, with spaces between them."""
        if name not in self._before:
            return "it was not set before"
        before, now = self._before[name].split(), parts.split()
        changed = [part for part, was, digest in zip_longest(PARTS, before, now) if was != digest]
        return f"{' and '.join(changed)} changed" if changed else "its kept copy is gone or damaged"

    def remember(self, name: str, parts: str) -> None:
        """What a piece is set from in this build."""
        self._now[name] = parts

    def close(self) -> None:
        """Write down what the pieces of this build were set from, and keep to the limit."""
        after = self._before | self._now
        if after != self._before:
            write_whole(self._record, json.dumps(after, ensure_ascii=False).encode(), durable=False)
            self._before = after
            self.trim()
        self._now = {}

    def trim(self) -> None:
        """Take the longest unused parts away until the folder keeps to its limit."""
        files = [(path.stat(), path) for path in self.folder.glob("??/*") if path.is_file()]
        total = sum(told.st_size for told, _ in files)
        if total <= self._limit_bytes:
            return
        for told, path in sorted(files, key=lambda file: file[0].st_mtime):
            path.unlink(missing_ok=True)
            total -= told.st_size
            if total <= self._limit_bytes * _TRIMMED_TO:
                return

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def _read_record(path: Path) -> dict[str, str]:
    """The record of the last build; one that cannot be read tells nothing."""
    if not path.is_file():
        return {}
    try:
        told = json.loads(path.read_bytes())
    except ValueError:
        return {}
    pieces = told.items() if isinstance(told, dict) else ()
    return {name: parts for name, parts in pieces if isinstance(parts, str) and len(parts.split()) == len(PARTS)}


def _seal(content: bytes, key: str) -> bytes:
    return hashlib.sha256(key.encode() + content).hexdigest().encode()


def _unpack(stored: bytes, key: str) -> bytes | None:
    head, _, content = stored.removeprefix(_HEAD).partition(b"\n")
    return content if stored.startswith(_HEAD) and head == _seal(content, key) else None
