"""SHA256SUMS: what a folder holds, so that it can be checked and a folder of somebody else is recognised."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from directory_pub.storage.files import unfinished_folder

__all__ = ["SUMS", "FolderTakenError", "sum_files", "summed_folder"]

SUMS = "SHA256SUMS"


class FolderTakenError(Exception):
    """A folder of that name is there, and its SHA256SUMS does not vouch for all that it holds."""


def sum_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file by its name below the folder, the sums themselves left out."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / SUMS)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@contextmanager
def summed_folder(folder: Path) -> Iterator[Path]:
    """Lend an empty folder; after the block it gets its sums and takes the place of ``folder`` as a whole.

    Raises FolderTakenError, before anything is done, if ``folder`` holds a file that its sums do not
    list or that has changed since.
    """
    if folder.exists() and not _is_ours(folder):
        raise FolderTakenError(folder)
    with unfinished_folder(folder.parent) as room:
        fresh, old = room / "fresh", room / "old"
        fresh.mkdir()
        yield fresh
        (fresh / SUMS).write_text(_as_lines(sum_files(fresh)), "utf-8")
        if folder.exists():
            os.rename(folder, old)
        try:
            os.rename(fresh, folder)
        except OSError:
            if old.exists():
                shutil.move(old, folder)
            raise


def _as_lines(sums: dict[str, str]) -> str:
    """The form that ``sha256sum -c`` reads."""
    return "".join(f"{digest}  {name}\n" for name, digest in sums.items())


def _is_ours(folder: Path) -> bool:
    sums = folder / SUMS
    return sums.is_file() and sums.read_bytes() == _as_lines(sum_files(folder)).encode()
