"""Passing files and folders, which exist only while their maker runs, and what dead makers have left.

A passing one is locked (``flock``) while its maker or one of its workers lives; the system unlocks
it however they end. What has our name and is not locked is left over. On a file system without
locks nothing is taken for left over.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from directory_pub.storage.disk import PASSING, CannotWriteError, writing_into

__all__ = ["alone_in", "clear_left", "make_passing", "use_scratch"]

_NAME = re.compile(rf"{re.escape(PASSING)}[a-z0-9_]{{8}}")  # as tempfile makes them
_scratch: Path | None = None


def make_passing(parent: Path, *, is_folder: bool = False) -> tuple[Path, int]:
    """An empty file or folder, and the handle that locks it, which its maker closes when it is removed."""
    while True:
        if is_folder:
            path = Path(tempfile.mkdtemp(prefix=PASSING, dir=parent))
            try:
                handle = os.open(path, os.O_RDONLY)
            except FileNotFoundError:
                continue
        else:
            handle, name = tempfile.mkstemp(prefix=PASSING, dir=parent)
            path = Path(name)
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        # Another process may have removed it between making and locking.
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(path.stat(), os.fstat(handle)):
                return path, handle
        os.close(handle)


def clear_left(*folders: Path) -> None:
    """Remove what dead makers have left in folders."""
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if _NAME.fullmatch(entry.name):
                    _clear_if_left(Path(entry.path), is_folder=entry.is_dir(follow_symlinks=False))


def _clear_if_left(path: Path, *, is_folder: bool) -> None:
    with contextlib.suppress(OSError):
        # Follow no link and wait for no pipe: anybody may write into a temporary folder.
        how = os.O_RDONLY if is_folder else os.O_RDWR
        handle = os.open(path, how | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path) if is_folder else path.unlink()
        finally:
            os.close(handle)


def use_scratch() -> None:
    """Put all temporary files of this process and its workers into one passing folder.

    It is removed when the process ends; if that is killed, by the next one. Temporary files of
    libraries, and of programs that they start, go there too. Raises CannotWriteError if no folder
    for temporary files can be used.
    """
    global _scratch
    if _scratch is not None and _scratch.is_dir():
        return
    if _scratch is not None:
        tempfile.tempdir = None  # somebody removed it: back to the one above
        os.environ["TMPDIR"] = str(_scratch.parent)
    parent = _temporary_folder()
    clear_left(parent)
    with writing_into(parent):
        _scratch, _ = make_passing(parent, is_folder=True)  # locked until the process ends
    tempfile.tempdir = os.environ["TMPDIR"] = str(_scratch)
    atexit.register(_clear_scratch, _scratch, os.getpid())


def _temporary_folder() -> Path:
    try:
        folder = Path(tempfile.gettempdir())
    except OSError as fault:
        wanted = os.environ.get("TMPDIR", "/tmp")
        raise CannotWriteError(errno.ENOENT, "there is no folder for temporary files", wanted) from fault
    try:
        str(folder).encode()
    except UnicodeEncodeError as fault:  # the engine's libraries would not take it
        raise CannotWriteError(errno.EILSEQ, "its name is not UTF-8", str(folder)) from fault
    return folder


def _clear_scratch(folder: Path, maker: int) -> None:
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def alone_in(folder: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Lock the folder for the block; if another build has it locked, ``tell`` so and wait.

    On a file system without locks, builds do not wait for one another.
    """
    with writing_into(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            held.callback(os.close, handle)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                tell(f"another build is writing into {folder}: waiting")
                fcntl.flock(handle, fcntl.LOCK_EX)
        clear_left(folder)
        yield
