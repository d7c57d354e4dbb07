"""Watch what a book is made of: the edition's folder and its theme's layouts, sheets, icons, faces and printers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import watchfiles

from directory_pub.edition.theme import PARTS, find_root, folders_of_themes
from directory_pub.read.files import is_left_over

__all__ = ["saved_files"]

_LISTEN_MS = 200


def saved_files(edition: Path, output: Path) -> Iterator[list[Path]]:
    """The files of each save, those that come together as one; ends with KeyboardInterrupt.

    Empty where nothing was saved for a moment. From the first on no save is missed, also not while a
    build is running. What programs write on the way (hidden and backup files, the locks of office
    programs) is passed over, and what builds write into ``output``.
    """
    root = find_root(edition)
    parts = (base / part for base in folders_of_themes(root) for part in PARTS)
    folders = dict.fromkeys((edition, *(part for part in parts if part.is_dir())))
    for changes in watchfiles.watch(*folders, rust_timeout=_LISTEN_MS, yield_on_timeout=True):
        saved = (path for _, name in changes if not (path := Path(name)).is_relative_to(output))
        paths = sorted(path for path in saved if not is_left_over(path.name))
        if paths or not changes:
            yield [path.relative_to(root) if path.is_relative_to(root) else path for path in dict.fromkeys(paths)]
    raise KeyboardInterrupt  # the library ends quietly where it was interrupted
