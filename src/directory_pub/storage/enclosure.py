"""The enclosure: every file that a build reads lies in the project or in the edition.

Code that opens a file does it here, and names the folders that the file must lie in, the project
first. Links, ``..`` and absolute names are followed to where they lead before anything is read.
What lies elsewhere, is not a plain file or is far too large is refused with a finding, unread.
"""

from __future__ import annotations

import errno
import functools
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from directory_pub.findings import Finding, Place, error

__all__ = [
    "MOST_BYTES",
    "MOST_TEXT_BYTES",
    "Refused",
    "check_enclosed",
    "list_files",
    "open_file",
    "read_bytes",
    "read_text",
]

MOST_TEXT_BYTES = 4_000_000
"""Ten novels in one file, or an edition.yaml of a hundred thousand entries."""
MOST_BYTES = 512_000_000
"""A picture, face or profile: the largest picture that is read, unpacked, twice over."""

_LEFT_BY_PROGRAMS = (".#", "._")  # locks of editors, what a Mac leaves beside a file on a foreign disk
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"))
_OUTSIDE = "outside-project"


class Refused(Exception):  # noqa: N818 # what it is, and said of a file: "refused"
    """A file that is not read, with the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding

    def __str__(self) -> str:
        return self.finding.message

    @property
    def is_outside(self) -> bool:
        """Whether it lies neither in the project nor in the edition."""
        return self.finding.code == _OUTSIDE

    def at(self, place: Place, name: str) -> Finding:
        """The same finding at the place where the file is named."""
        return replace(self.finding, place=place, message=f"'{name}' {self.finding.message}")


def read_text(path: Path, *within: Path) -> str:
    """The text of a file in UTF-8 with plain line ends; raises Refused."""
    content = read_bytes(path, *within, most_bytes=MOST_TEXT_BYTES)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        place = Place(file=_name(path, within), line=line)
        raise Refused(error("file-encoding", place, "is not UTF-8 text.", "Save the file as UTF-8.")) from None


def read_bytes(path: Path, *within: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """The content of a file that lies in one of the folders ``within``; raises Refused."""
    with open_file(path, *within, most_bytes=most_bytes) as file:
        try:
            return file.read()
        except OSError as problem:
            raise Refused(_unreadable(path, within, problem)) from None


def open_file(path: Path, *within: Path, most_bytes: int = MOST_BYTES) -> BinaryIO:
    """A file that lies in one of the folders ``within``, opened; raises Refused."""
    real = check_enclosed(path, *within)
    try:
        handle = os.open(real, _FLAGS)  # does not wait for the other end of a pipe
    except OSError as problem:
        raise Refused(_unreadable(path, within, problem)) from None
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "no file, but a pipe or device"
        raise Refused(_missing(path, within, f"is {what}."))
    if status.st_size > most_bytes:
        os.close(handle)
        message = f"has {status.st_size / 1e6:,.0f} MB; files of this kind are read up to {most_bytes / 1e6:,.0f}."
        remedy = "Look whether it is what its name says, and make it smaller."
        raise Refused(error("file-large", Place(file=_name(path, within)), message, remedy))
    return os.fdopen(handle, "rb")


def check_enclosed(path: Path, *within: Path) -> Path:
    """Where a path leads, links followed; raises Refused if that is in none of the folders ``within``."""
    if not _can_be_named(path):
        raise Refused(_missing(path, within, "is no name that a file can have."))
    real = _real(path)
    if not any(_is_below(real, _real_folder(os.fspath(folder))) for folder in within):
        place = Place(file=_name(path, within))
        raise Refused(error(_OUTSIDE, place, "leads out of the project's folder.", "Put the file itself here."))
    return Path(real)


def list_files(folder: Path, *within: Path, ending: str | tuple[str, ...] = "") -> list[Path]:
    """The files below a folder whose names have this ending, or one of these, in order; links inside are followed.

    A folder that leads out of ``within`` is listed itself, and is refused when it is read.
    """
    # By the parts of their paths, as paths are compared; a theme is listed so often that texts are, which is quicker.
    return [Path(path) for path in sorted(_walk(folder, within, ending), key=lambda path: path.split(os.sep))]


def _walk(folder: Path, within: tuple[Path, ...], ending: str | tuple[str, ...]) -> Iterator[str]:
    seen: set[Path] = set()
    for parent, folders, names in os.walk(folder, followlinks=True):
        try:
            real = check_enclosed(Path(parent), *within)
        except Refused:
            folders.clear()
            yield parent
            continue
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        if ending:  # a folder with the name of a file is refused when it is read
            names += [name for name in folders if name.endswith(ending)]
        there = (name for name in names if name.endswith(ending) and name[:2] not in _LEFT_BY_PROGRAMS)
        yield from (os.path.join(parent, name) for name in there)


def _can_be_named(path: Path) -> bool:
    """Whether a path has only characters that the system takes in names."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def _is_below(path: str, ground: str) -> bool:
    """Whether a path is a folder, or lies in it; of both it is known where they lead."""
    path, ground = os.path.normcase(path), os.path.normcase(ground)
    return path == ground or path.startswith(os.path.join(ground, ""))


def _real(path: Path) -> str:
    """Where a path leads."""
    folder, name = os.path.split(path)
    if name in ("", os.pardir):
        return os.path.realpath(path)
    found = os.path.join(_real_folder(folder or os.curdir), name)
    return os.path.realpath(found) if os.path.islink(found) else found


def _real_folder(folder: str) -> str:
    """Where a folder leads, which is remembered as long as it is the same folder."""
    try:
        status = os.stat(folder)
    except OSError:
        return os.path.realpath(folder)
    return _followed(folder if os.path.isabs(folder) else os.path.abspath(folder), status.st_dev, status.st_ino)


@functools.lru_cache(maxsize=256)
def _followed(folder: str, device: int, inode: int) -> str:
    return os.path.realpath(folder)


def _name(path: Path, within: tuple[Path, ...]) -> str:
    """A file's path from the project's folder, which is the first of ``within``."""
    return (path.relative_to(within[0]) if path.is_relative_to(within[0]) else path).as_posix()


def _missing(path: Path, within: tuple[Path, ...], message: str) -> Finding:
    return error(
        "file-missing", Place(file=_name(path, within)), message, "Put the file itself there, or mend its name."
    )


def _unreadable(path: Path, within: tuple[Path, ...], problem: OSError) -> Finding:
    match problem.errno:
        case errno.ENOENT | errno.ENOTDIR if path.is_symlink():
            message = "is a link that leads nowhere."
        case errno.ENOENT | errno.ENOTDIR:
            message = "is not there."
        case errno.ELOOP:
            message = "is a link that leads in a circle."
        case errno.ENXIO:
            message = "is no file, but a pipe or device."
        case errno.ENAMETOOLONG:
            message = "is no name that a file can have."
        case _:
            message = f"cannot be read: {(problem.strerror or 'unknown reason').lower()}."
    return _missing(path, within, message)
