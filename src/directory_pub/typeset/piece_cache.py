"""Set pieces on disk: each under the hash of all that it was set from, for the next build.

A file says what it is and carries the hash of its content: one that is damaged, or that somebody
else put there, is thrown away and the piece is set anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from directory_pub.typeset.set_piece import SetPiece
from directory_pub.write import write_whole

__all__ = ["LIMIT_BYTES", "PieceCache"]

# Raised when the same input would be set or kept otherwise: what is in older folders then misses.
_HEAD = b"directory_pub piece 1\n"
LIMIT_BYTES = 1_000_000_000
_TRIMMED_TO = 0.8  # of the limit, so that not every build has to trim


class PieceCache:
    """A folder of set pieces; with ``folder=None`` nothing is kept.

    ``book`` names the record of what its pieces were set from the last time.
    """

    def __init__(self, folder: Path | None, book: str = "book", limit_bytes: int = LIMIT_BYTES) -> None:
        self.folder = folder
        self._limit_bytes = limit_bytes
        self._record = folder / f"{book}.json" if folder else None
        self._before = _read_record(self._record)
        self._now: dict[str, dict[str, str]] = {}

    def get(self, key: str) -> SetPiece | None:
        """The piece of that key, or None."""
        if self.folder is None or not (path := self._path(key)).is_file():
            return None
        piece = _unpack(path.read_bytes(), key)
        if piece is None:
            path.unlink(missing_ok=True)
        else:
            os.utime(path)  # what is used stays longest
        return piece

    def keep(self, key: str, piece: SetPiece) -> None:
        """Keep a piece; a half-written file never takes the place of a whole one."""
        if self.folder is not None:
            content = piece.to_bytes()
            write_whole(self._path(key), _HEAD + _seal(content, key) + b"\n" + content)

    def why(self, name: str, parts: dict[str, str]) -> str:
        """Why a piece that is not kept has to be set; ``parts`` are hashes of what it is set from."""
        if name not in self._before:
            return "it was not set before"
        changed = [part for part, digest in parts.items() if self._before[name].get(part) != digest]
        return f"{' and '.join(changed)} changed" if changed else "its kept copy is gone or damaged"

    def remember(self, name: str, parts: dict[str, str]) -> None:
        """What a piece is set from in this build."""
        self._now[name] = parts

    def close(self) -> None:
        """Write down what the pieces of this build were set from, and keep to the limit."""
        if self._record is not None:
            write_whole(self._record, json.dumps(self._before | self._now, ensure_ascii=False).encode())
        self.trim()

    def trim(self) -> None:
        """Take the longest unused pieces away until the folder keeps to its limit."""
        if self.folder is None or not self.folder.is_dir():
            return
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
        assert self.folder is not None
        return self.folder / key[:2] / key[2:]


def _read_record(path: Path | None) -> dict[str, dict[str, str]]:
    """The record of the last build; one that cannot be read tells nothing."""
    if path is None or not path.is_file():
        return {}
    try:
        told = json.loads(path.read_bytes())
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _seal(content: bytes, key: str) -> bytes:
    return hashlib.sha256(key.encode() + content).hexdigest().encode()


def _unpack(stored: bytes, key: str) -> SetPiece | None:
    head, _, content = stored.removeprefix(_HEAD).partition(b"\n")
    if not stored.startswith(_HEAD) or head != _seal(content, key):
        return None
    return SetPiece.from_bytes(content)
