"""A folder of files that only this user can have written: what others could have put there is not read."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from directory_pub.storage.files import write_whole
from directory_pub.storage.temporary import clear_left

__all__ = ["PrivateFolder"]

_MINE, _MY_FOLDER = 0o600, 0o700
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe without a writer would never open


class PrivateFolder:
    """Files by name, such as ``ab/cdef``; below the folder no symbolic link is followed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fault(self) -> str:
        """Make the folder; return why it cannot be used, or an empty text."""
        try:
            _make(self.path.absolute())
            status = self.path.stat()
        except FileExistsError as fault:
            return f"{fault.filename} is no folder"
        except OSError as fault:
            return (fault.strerror or str(fault)).lower()
        if status.st_uid != os.geteuid():
            return "it belongs to somebody else"
        if status.st_mode & _OTHERS_WRITE:
            return "others can write into it (chmod 700 mends that)"
        if not os.access(self.path, os.R_OK | os.W_OK | os.X_OK):
            return "it cannot be written into"
        return ""

    def read(self, name: str, most_bytes: int) -> bytes | None:
        """The file of that name; None if there is none, empty if it is not a file of ours, or too large."""
        path = self.path / name
        try:
            if path.parent != self.path and path.parent.is_symlink():
                return b""
            with os.fdopen(os.open(path, _READ), "rb") as file:
                status = os.fstat(file.fileno())
                is_ours = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()
                return file.read() if is_ours and status.st_size <= most_bytes else b""
        except FileNotFoundError:
            return None
        except OSError:
            return b""

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all; what stands in its way is removed. Raises OSError if it cannot be."""
        path = self.path / name
        if not self._has_room(path):
            _unlink(path.parent)
            _make(path.parent)
        elif not _is_file(path):
            self.remove(name)
        write_whole(path, content, durable=False)
        path.chmod(_MINE)

    def touch(self, name: str) -> bool:
        """Whether there is a file of that name, which then counts as the last used."""
        path = self.path / name
        try:
            if not self._has_room(path) or not _is_file(path):
                return False
            os.utime(path, follow_symlinks=False)
        except OSError:
            return False
        return True

    def remove(self, name: str) -> None:
        """Remove what has that name."""
        path = self.path / name
        if not self._has_room(path):
            _unlink(path.parent)
        elif _is_folder(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            _unlink(path)

    def _has_room(self, path: Path) -> bool:
        """Whether the folder that a file is to stand in is there, and is one."""
        return _is_folder(path.parent) or path.parent == self.path

    def clear_left(self) -> None:
        """Remove what killed builds have left half-written."""
        clear_left(self.path, *(Path(room.path) for room in self._rooms()))

    def _rooms(self) -> Iterator[os.DirEntry[str]]:
        return (each for each in _entries(self.path) if len(each.name) == 2 and each.is_dir(follow_symlinks=False))

    def files(self) -> Iterator[tuple[str, os.stat_result]]:
        """The name of each file, in its folder of two letters, and its status."""
        for room in self._rooms():
            for each in _entries(room.path):
                with contextlib.suppress(OSError):  # another build may remove it meanwhile
                    yield f"{room.name}/{each.name}", each.stat(follow_symlinks=False)


def _make(folder: Path) -> None:
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(_MY_FOLDER, exist_ok=True)


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(_mode(path))


def _is_file(path: Path) -> bool:
    return stat.S_ISREG(_mode(path))


def _mode(path: Path) -> int:
    """The mode of what has a path, which is not followed where it is a link; 0 where nothing has."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def _unlink(path: Path) -> None:
    """Remove a file or link; a folder that another process has just made stays."""
    with contextlib.suppress(OSError):
        path.unlink()


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []
