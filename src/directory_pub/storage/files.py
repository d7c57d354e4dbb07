"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from directory_pub.storage.disk import CannotWriteError, writing_into
from directory_pub.storage.temporary import make_passing

__all__ = [
    "abandon_unfinished",
    "is_passage",
    "put_in_place",
    "unfinished",
    "unfinished_folder",
    "write_whole",
]


_unfinished: set[Path] = set()
_DESCRIPTOR = re.compile(r"/dev/(stdout|stderr|fd/\d+)|/proc/self/fd/\d+")
_STANDARD = {"/dev/stdout": 1, "/dev/stderr": 2}


def write_whole(path: Path, content: bytes, *, durable: bool = True) -> Path:
    """Write under a temporary name beside ``path``, then rename: a crash leaves no half file.

    What is not ``durable`` may be lost when the machine loses power, as it can be made again. A pipe
    or device is written into as it is. Raises CannotWriteError if there is no room or no permission.
    """
    with unfinished(path) as temporary:
        temporary.write_bytes(content)
        return put_in_place(temporary, path, durable=durable)


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """An empty file beside ``path`` to write into; it is removed after the block if it was not put in place."""
    folder = Path(tempfile.gettempdir()) if is_passage(path) else _goal(path).parent
    with writing_into(folder):
        folder.mkdir(parents=True, exist_ok=True)
        temporary, handle = make_passing(folder)
        _unfinished.add(temporary)
        try:
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)
            _unfinished.discard(temporary)
            os.close(handle)


@contextmanager
def unfinished_folder(parent: Path) -> Iterator[Path]:
    """A folder in ``parent`` to work in, which is removed after the block."""
    with writing_into(parent):
        parent.mkdir(parents=True, exist_ok=True)
        folder, handle = make_passing(parent, is_folder=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(handle)


def abandon_unfinished() -> None:
    """Remove what this process has begun to write, before it ends at once."""
    for path in list(_unfinished):
        path.unlink(missing_ok=True)


def put_in_place(temporary: Path, path: Path, *, durable: bool = True) -> Path:
    """Give a written file its name, and replace what had it; of a link, the file that it leads to is replaced."""
    if is_passage(path):
        _pour(temporary, path)
        return path
    goal = _goal(path)
    with writing_into(goal.parent):
        if durable:
            with temporary.open("rb") as file:
                os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(goal)
    return path


def _goal(path: Path) -> Path:
    """The file that a link leads to; any other path itself."""
    if not path.is_symlink():
        return path
    goal = Path(os.path.realpath(path))
    if not goal.parent.is_dir() or goal.is_symlink():
        raise CannotWriteError(errno.ENOENT, "is a link that leads nowhere", str(path))
    return goal


# -------------------------------------------------------------------- pipes and devices
def is_passage(path: Path) -> bool:
    """Whether what is written there goes on to a reader: a pipe, a device, or what the shell has opened."""
    if _DESCRIPTOR.fullmatch(str(path)):
        return True
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _pour(temporary: Path, path: Path) -> None:
    """Copy a file into a pipe or device, as far as somebody reads it."""
    with writing_into(path), contextlib.suppress(BrokenPipeError), _opened(path) as out, temporary.open("rb") as file:
        shutil.copyfileobj(file, out)


def _opened(path: Path) -> BinaryIO:
    """Open a pipe or device; what the shell has opened is used as it is, so that a file is not begun again."""
    if not _DESCRIPTOR.fullmatch(str(path)):
        return path.open("wb")
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    return os.fdopen(os.dup(_STANDARD.get(str(path)) or int(path.name)), "wb")
