"""What was found out about the same bytes before: in memory, and in one file from build to build.

Every answer in the file carries the hash of itself and of this program: one that is damaged, foreign or
older is found out anew, and so is one that is not of the kind that was asked for. Nothing in the file is
run. Whatever is wrong with it costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar, cast

from directory_pub.packing import UnreadableError, pack, unpack
from directory_pub.storage.private_folder import PrivateFolder

__all__ = ["Memo", "code_hash", "file_hash"]

T = TypeVar("T")
_LIBRARIES = (
    "markdown-it-py", "page-validation", "pikepdf", "pillow", "pypdfium2", "pyyaml", "uharfbuzz", "weasyprint",
)  # fmt: skip
_TABLE = "CREATE TABLE answers (key BLOB PRIMARY KEY, seal BLOB, packed BLOB) WITHOUT ROWID"
_NO_DATABASE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BESIDE = ("", "-journal", "-wal", "-shm")  # what a database may have beside it
_WAIT_S = 2  # for another build that writes into the same file; once
_WRITTEN_AT_ONCE = 200


class Memo:
    """Answers by the hash of what was asked of; without a file they last as long as the object.

    A file in a folder that others can write into is not opened.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._file = _opened(path) if path and not PrivateFolder(path.parent).fault() else None
        self._known: dict[bytes, object] = {}
        self._asked: set[bytes] = set()
        self._new: list[tuple[bytes, bytes, bytes]] = []

    def recall(self, question: str, kind: object, find: Callable[[], T], *told: object) -> T:
        """The answer, of that kind, to a question about what is ``told``; it is found out where it is not known.

        Answers are not changed by whoever gets them.
        """
        key = hashlib.sha256("\n".join((question, *map(str, told))).encode(errors="surrogatepass")).digest()[:20]
        self._asked.add(key)
        if key not in self._known:
            self._known[key] = self._looked_up(key, kind, find)
        return cast("T", self._known[key])

    def _looked_up(self, key: bytes, kind: object, find: Callable[[], object]) -> object:
        for seal, packed in self._rows("SELECT seal, packed FROM answers WHERE key = ?", key):
            if isinstance(packed, bytes) and seal == _seal(key, packed):
                with contextlib.suppress(UnreadableError):
                    return unpack(packed, kind)
        answer = find()
        if self._file is not None:
            self._put_down(key, kind, answer)
        return answer

    def _put_down(self, key: bytes, kind: object, answer: object) -> None:
        """Have an answer written; one that has no bytes is found out anew in each process."""
        with contextlib.suppress(ValueError):
            packed = pack(answer, kind)
            self._new.append((key, _seal(key, packed), packed))
        if len(self._new) >= _WRITTEN_AT_ONCE:
            self._write()

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

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        if self._file is not None:
            with self._minding():
                return self._file.execute(query, values).fetchall()
        return []

    @contextlib.contextmanager
    def _minding(self) -> Iterator[None]:
        """What is wrong with the file is no harm; one that is no database any more is made anew."""
        try:
            yield
        except sqlite3.Error as fault:
            if _is_none(fault) and self._file is not None and self._path is not None:
                self._file.close()
                self._file = _opened_anew(self._path)
            elif _code(fault) == sqlite3.SQLITE_BUSY and self._file is not None:
                self._file.execute("PRAGMA busy_timeout = 0")


def _opened(path: Path) -> sqlite3.Connection | None:
    """The database at ``path``; None where there is none and none can be made, or it is busy."""
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            return _opened_anew(path)
        file = sqlite3.connect(path, timeout=_WAIT_S, check_same_thread=False)
        path.chmod(0o600)
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "synchronous = OFF"):
            file.execute(f"PRAGMA {setting}")
        made = file.execute("SELECT sql FROM sqlite_schema").fetchall()
        if not made:
            file.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
        elif made != [(_TABLE,)]:  # a view or a trigger would run when we ask or write
            file.close()
            return _opened_anew(path)
    except (OSError, ValueError, sqlite3.Error) as fault:
        return _opened_anew(path) if isinstance(fault, sqlite3.Error) and _is_none(fault) else None
    return file


def _opened_anew(path: Path) -> sqlite3.Connection | None:
    """The same with nothing in it."""
    try:
        for ending in _BESIDE:
            path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)
    except OSError:
        return None
    return _opened(path)


def _is_none(fault: sqlite3.Error) -> bool:
    """Whether the file is no database, or no longer."""
    return _code(fault) in _NO_DATABASE


def _code(fault: sqlite3.Error) -> int:
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF


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
