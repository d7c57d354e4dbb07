"""What was found out about the same bytes before: in memory, and in one file from build to build.

Every answer in the file carries the hash of itself and of this program: one that is damaged, foreign or
older is found out anew. Whatever is wrong with the file costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar, cast

from directory_pub.packing import pack, unpack

__all__ = ["Memo", "code_hash", "file_hash"]

T = TypeVar("T")
_LIBRARIES = (
    "markdown-it-py", "page-validation", "pikepdf", "pillow", "pypdfium2", "pyyaml", "uharfbuzz", "weasyprint",
)  # fmt: skip
_TABLE = "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, seal BLOB, packed BLOB) WITHOUT ROWID"
_NO_DATABASE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_WAIT_S = 2  # for another build that writes into the same file
_WRITTEN_AT_ONCE = 200


class Memo:
    """Answers by the hash of what was asked of; without a file they last as long as the object."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._file = _opened(path) if path else None
        self._known: dict[bytes, object] = {}
        self._asked: set[bytes] = set()
        self._new: list[tuple[bytes, bytes, bytes]] = []

    def recall(self, question: str, find: Callable[[], T], *told: object) -> T:
        """The answer to a question about what is ``told``; it is found out where it is not known.

        Answers are not changed by whoever gets them.
        """
        key = hashlib.sha256("\n".join((question, *map(str, told))).encode()).digest()[:20]
        self._asked.add(key)
        if key not in self._known:
            self._known[key] = self._looked_up(key, find)
        return cast("T", self._known[key])

    def _looked_up(self, key: bytes, find: Callable[[], object]) -> object:
        for seal, packed in self._rows("SELECT seal, packed FROM answers WHERE key = ?", key):
            if seal == _seal(key, packed):
                return unpack(packed)
        answer = find()
        if self._file is not None:
            packed = pack(answer)
            self._new.append((key, _seal(key, packed), packed))
            if len(self._new) >= _WRITTEN_AT_ONCE:
                self._write()
        return answer

    def close(self) -> None:
        """Write the answers of this build down; what nobody asked for any more is let go."""
        self._write()
        self._known = {key: answer for key, answer in self._known.items() if key in self._asked}
        old = [(key,) for (key,) in self._rows("SELECT key FROM answers") if key not in self._asked]
        if old and self._file is not None:
            with self._minding(), self._file:
                self._file.executemany("DELETE FROM answers WHERE key = ?", old)
        self._asked = set()

    def _write(self) -> None:
        if self._new and self._file is not None:
            with self._minding(), self._file:
                self._file.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", self._new)
        self._new = []

    def _rows(self, query: str, *values: object) -> list[tuple[bytes, ...]]:
        if self._file is not None:
            with self._minding():
                return self._file.execute(query, values).fetchall()
        return []

    @contextlib.contextmanager
    def _minding(self) -> Iterator[None]:
        """What is wrong with the file is no harm; one that is no database any more is made anew."""
        try:
            yield
        except sqlite3.DatabaseError as fault:
            if _is_none(fault) and self._file is not None and self._path is not None:
                self._file.close()
                self._file = _opened_anew(self._path)


def _opened(path: Path) -> sqlite3.Connection | None:
    """The database at ``path``; None where there is none and none can be made, or it is busy."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(path, timeout=_WAIT_S, check_same_thread=False)
        file.execute("PRAGMA synchronous = OFF")
        file.execute(_TABLE)
    except (OSError, sqlite3.Error) as fault:
        return _opened_anew(path) if isinstance(fault, sqlite3.Error) and _is_none(fault) else None
    return file


def _opened_anew(path: Path) -> sqlite3.Connection | None:
    """The same with nothing in it."""
    try:
        for each in (path, path.with_name(f"{path.name}-journal")):
            each.unlink(missing_ok=True)
        return _opened(path)
    except OSError:
        return None


def _is_none(fault: sqlite3.Error) -> bool:
    """Whether the file is no database, or no longer."""
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in _NO_DATABASE


def _seal(key: bytes, packed: bytes) -> bytes:
    return hashlib.sha256(code_hash().encode() + key + packed).digest()


def file_hash(path: Path) -> str:
    """The hash of a file's content; the same file is read once a process."""
    told = path.stat()
    return _hash_of_file(path, told.st_mtime_ns, told.st_size)


@functools.lru_cache(maxsize=20_000)
def _hash_of_file(path: Path, changed_ns: int, size_bytes: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@functools.cache
def code_hash() -> str:
    """The hash of this program, and of the libraries that read, make and check files for it."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _LIBRARIES).encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
