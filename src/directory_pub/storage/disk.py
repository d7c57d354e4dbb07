"""What cannot be written to disk: one kind of error, and a sentence that explains it."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["PASSING", "CannotWriteError", "explain_unwritable", "writing_into"]

PASSING = ".directory-pub-passing-"
"""The beginning of the names of files and folders that exist only while their maker runs."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_NEVER_OF_READING = (*_NO_ROOM, errno.EROFS, errno.EFBIG)
_ROOM = "Make room there"
_RIGHTS = "Look at its permissions"
_REMEDIES = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: "Raise the limit for files (ulimit -f)",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.ENOENT: "Make the folder again",
    errno.EILSEQ: "Rename it",
}


class CannotWriteError(OSError):
    """Something that cannot be written to: its ``filename``, and the system's ``errno`` and ``strerror``."""


@contextmanager
def writing_into(folder: Path) -> Iterator[None]:
    """Turn the system's errors of writing into the folder into a CannotWriteError that names it."""
    try:
        yield
    except CannotWriteError:
        raise
    except OSError as fault:
        if fault.errno is None or not _is_of(fault.filename, folder):
            raise
        raise CannotWriteError(fault.errno, fault.strerror, str(folder)) from fault


def _is_of(name: object, folder: Path) -> bool:
    """Whether a fault is of that folder; a fault of an open file names none."""
    if not isinstance(name, str | Path):
        return name is None
    own, path = Path(os.path.abspath(folder)), Path(os.path.abspath(name))
    return own == path or own in path.parents


def explain_unwritable(problem: OSError) -> tuple[str, str] | None:
    """A sentence on what cannot be written to and why, and a remedy; None for a fault of another kind.

    A fault that names no file is of the folder for temporary files: all others are written by name.
    """
    if not isinstance(problem, CannotWriteError) and problem.errno not in _NEVER_OF_READING:
        return None
    temporary = Path(tempfile.tempdir or tempfile.gettempdir())
    what = str(problem.filename or temporary)
    is_temporary = what == str(temporary) or (_is_of(what, temporary) and temporary.name.startswith(PASSING))
    if is_temporary and temporary.name.startswith(PASSING):
        what = str(temporary.parent)  # people know the folder that it is in
    reason = problem.strerror or "no reason given"
    why = "the disk is full" if problem.errno in _NO_ROOM else reason[0].lower() + reason[1:]
    remedy = _REMEDIES.get(problem.errno or 0, "Look at what is there")
    other = "with TMPDIR" if is_temporary else "in the command"
    return f"cannot write to {what}: {why}.", f"{remedy}, or name another folder {other}."
