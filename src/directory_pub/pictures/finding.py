"""Where an entry's picture lies: the same file on every system, however its name is encoded."""

from __future__ import annotations

import functools
import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path

__all__ = ["find_picture", "names_in"]


def find_picture(edition_folder: Path, name: str, folder: str = "photos") -> Path | None:
    """The path of a picture below photos/, or another ``folder``, with its name as on disk; None where nothing has it.

    A letter with an accent may be one character or two: both are the same name. Capitals and small letters
    are not, on systems either where they are the same file.
    """
    path = edition_folder / folder
    for part in Path(name).parts:
        names = names_in(path)
        found = part if part in (os.sep, os.pardir) else names.get(part) or names.get(_normal(part))
        if found is None:
            return None
        path /= found
    return path


def names_in(folder: Path) -> Mapping[str, str]:
    """The names in a folder, by themselves and by their normal form; none where there is no folder."""
    try:
        return _names(folder, folder.stat().st_mtime_ns)
    except OSError:
        return {}


@functools.lru_cache(maxsize=64)
def _names(folder: Path, changed_ns: int) -> Mapping[str, str]:
    names = os.listdir(folder)
    return {_normal(name): name for name in sorted(names)} | {name: name for name in names}


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name)
