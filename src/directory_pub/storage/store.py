"""The store, for later builds: parts by the hash of what they were made from, answers by their question.

A file begins with what it is and the hash of its content: one that is damaged, or not of the kind
that is asked for, is removed and made again. Nothing in it is run. If the folder cannot be used,
parts go to a temporary one, which is removed after the block.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from directory_pub.storage.hashes import code_hash, hash_of
from directory_pub.storage.private_folder import PrivateFolder
from directory_pub.storage.serialise import UnreadableError, deserialise, serialise

__all__ = ["NotStoredError", "Store"]

T = TypeVar("T")
_HEAD = b"directory_pub store 4\n"
_LIMIT_BYTES = 5_000_000_000
_TRIMMED_TO = 0.8  # of the limit, so that not every build has to trim
_DERIVED_BYTES = 2_000
_AT_HAND_BYTES = 40_000_000  # held of one kind of parts, in bytes on disk
_Answers = dict[str, bytes]


class NotStoredError(OSError):
    """A part could not be written into the folder."""


class Store:
    """A folder of parts and answers; with ``folder=None`` parts are in a temporary one, answers in memory.

    ``fault`` says why the folder is not used, empty if it is. ``asks`` is who asks: the answers of a build and
    those of other work are kept apart, as each drops what it does not ask for.
    """

    def __init__(self, folder: Path | None = None, limit_bytes: int = _LIMIT_BYTES, asks: str = "build") -> None:
        self._home = PrivateFolder(folder) if folder else None
        self._asks = asks
        self._limit_bytes = limit_bytes
        self._passing: tempfile.TemporaryDirectory[str] | None = None
        self._at_hand: defaultdict[Any, _AtHand] = defaultdict(_AtHand)
        self._found: dict[str, object] = {}
        self._has_news = False
        self._asked: set[str] = set()
        self._open()

    def _open(self) -> None:
        self.fault = ""
        self._folders: list[PrivateFolder] = []  # parts go to the first, and are looked for in all
        self._has_grown = False
        fault = self._home.fault() if self._home else ""
        if self._home and not fault:
            self._home.clear_left()
            self._folders.append(self._home)
        elif self._home:
            self.fall_back(fault)

    def fall_back(self, fault: str) -> None:
        """Put parts into a temporary folder from now on; the second time, look for them nowhere else."""
        if self._passing is None:
            self._passing = tempfile.TemporaryDirectory(prefix="directory-pub-pieces-")
            self._folders.insert(0, PrivateFolder(Path(self._passing.name)))
        else:
            del self._folders[1:]
        if self._home and not self.fault:
            self.fault = f"what is kept in {self._home.path} is not used: {fault}"

    def __enter__(self) -> Store:
        if not self._folders:
            self._open()
        if not self._folders:
            self.fall_back("")  # before processes are started, as all must know it
        return self

    def __exit__(self, *fault: object) -> None:
        """Trim the folder only now: until its files are written, a book needs all of its parts.

        What was at hand and not asked for meanwhile is let go: a process that builds all day grows no larger.
        """
        for recent in self._at_hand.values():
            recent.let_go()
        if self._has_grown and self._passing is None:
            self.trim()
            self._has_grown = False
        if self._passing is not None:
            self._passing.cleanup()
            self._passing = None
            self._folders.clear()
            self._at_hand.clear()

    @property
    def folder(self) -> Path:
        """The folder that parts are written into."""
        return self._folders[0].path

    # -------------------------------------------------------------------- parts
    def get(self, key: str) -> bytes | None:
        """The bytes of a part, or None."""
        for folder in self._folders:
            stored = folder.read(_name(key), self._limit_bytes)
            if stored is None:
                continue
            content = _unseal(stored, key)
            if content is not None:
                return content
            folder.remove(_name(key))
        return None

    def read(self, key: str, kind: type[T], *, at_hand: bool = False) -> T | None:
        """A part as a value of that kind, or None; one that is read ``at_hand`` stays in memory for the next time."""
        recent = self._at_hand[kind]
        if (known := recent.get(key)) is not None:
            return cast("T", known)
        content = self.get(key)
        if content is None:
            return None
        try:
            value = deserialise(content, kind)
        except UnreadableError:
            self.drop(key)
            return None
        if at_hand:
            recent.put(key, value, len(content))
        return cast("T", value)

    def derived(self, key: str, kind: type[T], derive: Callable[[], T]) -> T:
        """What follows from a part, and is small: it stays in memory for as long as the part does."""
        recent = self._at_hand[kind]
        if (known := recent.get(key)) is None:
            known = derive()
            recent.put(key, known, _DERIVED_BYTES)
        return cast("T", known)

    def has(self, key: str) -> bool:
        """Whether there is a part of that key, which then counts as used: what was last used stays longest."""
        return any(folder.touch(_name(key)) for folder in self._folders)

    def drop(self, key: str) -> None:
        """Remove a part."""
        for recent in self._at_hand.values():
            recent.drop(key)
        for folder in self._folders:
            folder.remove(_name(key))

    def put(self, key: str, content: bytes) -> None:
        """Write a part; a half-written file never takes the place of a whole one.

        Raises NotStoredError if a temporary folder may still take it, OSError if that does not.
        """
        try:
            self._folders[0].write(_name(key), _HEAD + _seal(content, key) + b"\n" + content)
        except OSError as fault:
            if self._passing is not None:
                raise
            raise NotStoredError(fault.errno, fault.strerror or str(fault), str(self.folder)) from fault
        for recent in self._at_hand.values():
            recent.drop(key)
        self._has_grown = True

    def look_through(self) -> None:
        """Remove whatever is damaged."""
        for folder in self._folders:
            for name, _ in folder.files():
                if not name.partition("/")[2].startswith("."):  # it is being written
                    self.get(name.replace("/", ""))

    def trim(self) -> None:
        """Remove the parts that were not used for longest, until the folder keeps to its limit."""
        folder = self._folders[-1]
        files = list(folder.files())
        total = sum(status.st_size for _, status in files)
        if total <= self._limit_bytes:
            return
        for name, status in sorted(files, key=lambda file: file[1].st_mtime):
            folder.remove(name)
            total -= status.st_size
            if total <= self._limit_bytes * _TRIMMED_TO:
                return

    def forget(self) -> None:
        """Remove everything."""
        if self._home:
            for name, _ in self._home.files():
                self._home.remove(name)
        for known in (self._at_hand, self._found, self._answers):
            known.clear()

    # -------------------------------------------------------------------- answers
    def recall(self, question: str, kind: object, find: Callable[[], T], *arguments: object) -> T:
        """The answer, of that kind, to a question with these arguments; ``find`` is called if it is not known.

        The caller must not change an answer.
        """
        key = hash_of(question, *arguments)
        self._asked.add(key)
        if key not in self._found:
            self._found[key] = self._recalled(key, kind, find)
        return cast("T", self._found[key])

    def _recalled(self, key: str, kind: object, find: Callable[[], object]) -> object:
        if key in self._answers:
            with suppress(UnreadableError):
                return deserialise(self._answers[key], kind)
        answer = find()
        if self._home:
            with suppress(ValueError):  # an answer that cannot be written is found again in each process
                self._answers[key] = serialise(answer, kind)
                self._has_news = True
        return answer

    @cached_property
    def _answers(self) -> _Answers:
        """The answers of earlier builds, which are one part, so that thousands are one file."""
        key = _answers_key(self._asks)
        return (self._home and self.has(key) and self.read(key, _Answers)) or {}

    def save_answers(self) -> None:
        """Write the answers of this build; those that it did not ask for are dropped."""
        for known in (self._found, self._answers):
            for key in known.keys() - self._asked:
                del known[key]
                self._has_news = True
        self._asked = set()
        if self._home and self._has_news:
            with suppress(OSError):  # then the next build finds them again
                self.put(_answers_key(self._asks), serialise(self._answers, _Answers))
            self._has_news = False


class _AtHand:
    """The values that were last used, up to a number of bytes on disk."""

    def __init__(self) -> None:
        self._values: OrderedDict[str, tuple[object, int]] = OrderedDict()
        self._bytes = 0
        self._asked: set[str] = set()

    def get(self, key: str) -> object | None:
        self._asked.add(key)
        if key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key][0]

    def put(self, key: str, value: object, size_bytes: int) -> None:
        self._values[key] = value, size_bytes
        self._bytes += size_bytes
        while self._bytes > _AT_HAND_BYTES:
            self.drop(next(iter(self._values)))

    def drop(self, key: str) -> None:
        self._bytes -= self._values.pop(key, (None, 0))[1]

    def let_go(self) -> None:
        """Drop what was not asked for since this was last done."""
        for key in self._values.keys() - self._asked:
            self.drop(key)
        self._asked.clear()


def _answers_key(asks: str = "build") -> str:
    return hash_of("answers", asks, code_hash())


def _name(key: str) -> str:
    return f"{key[:2]}/{key[2:]}"


def _seal(content: bytes, key: str) -> bytes:
    return hashlib.sha256(key.encode() + content).hexdigest().encode()


def _unseal(stored: bytes, key: str) -> bytes | None:
    head, _, content = stored.removeprefix(_HEAD).partition(b"\n")
    return content if stored.startswith(_HEAD) and head == _seal(content, key) else None
