"""What is made of pieces, on disk: each part under the hash of all that it was made from, for the next build.

A file says what it is and carries the hash of its content: one that is damaged, or not of the kind that
was asked for, is thrown away and made anew. A folder that cannot be used is no hindrance: its parts are
then kept in a temporary one, and are gone behind the block.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

from directory_pub.bind import PieceObjects
from directory_pub.packing import UnreadableError
from directory_pub.storage.private_folder import PrivateFolder

__all__ = ["LIMIT_BYTES", "PARTS", "NotKeptError", "PieceCache", "hash_of"]

T = TypeVar("T")
# Raised when the same input would be made or kept otherwise: what is in older folders then misses.
_HEAD = b"directory_pub piece 3\n"
LIMIT_BYTES = 5_000_000_000
PARTS = ("its text", "a picture or its artwork", "the sheets, faces or engine")
"""What a piece is set from, as people call it."""
_TRIMMED_TO = 0.8  # of the limit, so that not every build has to trim
_FACTS_AT_HAND = 3_000
_IN_MEMORY_BYTES = 40_000_000  # of pieces' objects that are at hand, as they are on disk
_MOST_RECORD_BYTES = 100_000_000


def hash_of(*parts: object) -> str:
    """One hash of several things by how they are written."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


class NotKeptError(OSError):
    """The folder did not take a part."""


class PieceCache:
    """A folder of parts; with ``folder=None`` a temporary one, which is gone behind the block.

    ``book`` names the record of what its pieces were set from the last time. ``fault`` says why the
    folder is not used, where it is not.
    """

    def __init__(self, folder: Path | None, book: str = "book", limit_bytes: int = LIMIT_BYTES) -> None:
        self._home = PrivateFolder(folder) if folder else None
        self._limit_bytes = limit_bytes
        self._record = f"{book}.json"
        self._now: dict[str, str] = {}
        self._at_hand: OrderedDict[str, tuple[PieceObjects, int]] = OrderedDict()
        self._at_hand_bytes = 0
        self._facts: dict[str, bytes] = {}
        self._passing: tempfile.TemporaryDirectory[str] | None = None
        self._open()

    def _open(self) -> None:
        self.fault = ""
        self._folders: list[PrivateFolder] = []  # parts are kept in the first, and looked for in all
        self._before: dict[str, str] = {}
        fault = self._home.fault() if self._home else ""
        if self._home and not fault:
            self._home.clear_left()
            self._folders.append(self._home)
            self._before = _read_record(self._home.read(self._record, _MOST_RECORD_BYTES))
        else:
            self.fall_back(fault)

    def fall_back(self, fault: str) -> None:
        """Keep parts in a temporary folder from now on; the second time, look for them nowhere else."""
        if self._passing is None:
            self._passing = tempfile.TemporaryDirectory(prefix="directory-pub-pieces-")
            self._folders.insert(0, PrivateFolder(Path(self._passing.name)))
        else:
            del self._folders[1:]
        if self._home and not self.fault:
            self.fault = f"what is kept in {self._home.path} is not used: {fault}"

    def __enter__(self) -> PieceCache:
        if not self._folders:
            self._open()
        return self

    def __exit__(self, *fault: object) -> None:
        """Only now may parts be let go: until its files are written a book needs all of its own."""
        self.close()
        if self._passing is not None:
            self._passing.cleanup()
            self._passing = None
            self._folders.clear()
            self._facts.clear()

    @property
    def folder(self) -> Path:
        """Where parts are kept."""
        return self._folders[0].path

    def get(self, key: str) -> bytes | None:
        """What is kept under that key, or None."""
        for folder in self._folders:
            stored = folder.read(_name(key), self._limit_bytes)
            if stored is None:
                continue
            content = _unseal(stored, key)
            if content is not None:
                return content
            folder.remove(_name(key))
        return None

    def read(self, key: str, made_of: Callable[[bytes], T]) -> T | None:
        """What is made of the bytes that are kept under that key."""
        return self._made(key, self.get(key), made_of)

    def fact(self, key: str, made_of: Callable[[bytes], T]) -> T | None:
        """Something small that is kept under that key; what was asked for in this process is at hand."""
        if key not in self._facts:
            found = self.get(key)
            if found is None:
                return None
            if len(self._facts) >= _FACTS_AT_HAND:
                self._facts.clear()
            self._facts[key] = found
        return self._made(key, self._facts[key], made_of)

    def _made(self, key: str, content: bytes | None, made_of: Callable[[bytes], T]) -> T | None:
        try:
            return None if content is None else made_of(content)
        except UnreadableError:
            self.drop(key)
            return None

    def has(self, key: str) -> bool:
        """Whether something is kept under that key, which is then used: what is used stays longest."""
        return any(folder.touch(_name(key)) for folder in self._folders)

    def drop(self, key: str) -> None:
        """Keep nothing under that key."""
        self._facts.pop(key, None)
        for folder in self._folders:
            folder.remove(_name(key))

    def keep(self, key: str, content: bytes) -> None:
        """Keep a part; a half-written file never takes the place of a whole one.

        Raises NotKeptError where a temporary folder may still take it, OSError where that does not.
        """
        try:
            self._folders[0].write(_name(key), _HEAD + _seal(content, key) + b"\n" + content)
        except OSError as fault:
            if self._passing is not None:
                raise
            raise NotKeptError(fault.errno, fault.strerror or str(fault), str(self.folder)) from fault

    def piece_objects(self, key: str, *, is_wanted_again: bool = True) -> PieceObjects | None:
        """A piece's objects; those that were used last are at hand, but for one that nobody will want again soon."""
        if key in self._at_hand:
            self._at_hand.move_to_end(key)
            return self._at_hand[key][0]
        stored = self.get(key)
        made = self._made(key, stored, PieceObjects.from_bytes)
        if stored is None or made is None or not is_wanted_again:
            return made
        self._at_hand[key] = (made, len(stored))
        self._at_hand_bytes += len(stored)
        while self._at_hand_bytes > _IN_MEMORY_BYTES:
            _, (_, size) = self._at_hand.popitem(last=False)
            self._at_hand_bytes -= size
        return made

    def look_through(self) -> None:
        """Throw away whatever is damaged."""
        for folder in self._folders:
            for name, _ in folder.files():
                if not name.partition("/")[2].startswith("."):  # which somebody is writing
                    self.get(name.replace("/", ""))

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
        if after != self._before and self._home in self._folders and self._home:
            with suppress(OSError):  # then the next build cannot say why it sets a piece
                self._home.write(self._record, json.dumps(after).encode())
            self._before = after
            self.trim()
        self._now = {}

    def trim(self) -> None:
        """Take the longest unused parts away until the folder keeps to its limit."""
        folder = self._folders[-1]
        files = list(folder.files())
        total = sum(told.st_size for _, told in files)
        if total <= self._limit_bytes:
            return
        for name, told in sorted(files, key=lambda file: file[1].st_mtime):
            folder.remove(name)
            total -= told.st_size
            if total <= self._limit_bytes * _TRIMMED_TO:
                return


def _name(key: str) -> str:
    return f"{key[:2]}/{key[2:]}"


def _read_record(stored: bytes | None) -> dict[str, str]:
    """The record of the last build; one that cannot be read tells nothing."""
    try:
        told = json.loads(stored or b"{}")
    except (ValueError, RecursionError):
        return {}
    pieces = told.items() if isinstance(told, dict) else ()
    return {name: parts for name, parts in pieces if isinstance(parts, str) and len(parts.split()) == len(PARTS)}


def _seal(content: bytes, key: str) -> bytes:
    return hashlib.sha256(key.encode() + content).hexdigest().encode()


def _unseal(stored: bytes, key: str) -> bytes | None:
    head, _, content = stored.removeprefix(_HEAD).partition(b"\n")
    return content if stored.startswith(_HEAD) and head == _seal(content, key) else None
