"""Watch what a book is made of: the edition's folder and the project's layouts, sheets, faces and printers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import watchfiles

__all__ = ["saved_files"]

_PARTS = ("layouts", "styles", "fonts", "printers")
_LISTEN_MS = 200


def saved_files(edition: Path, root: Path) -> Iterator[list[Path]]:
    """The files of each save, those that come together as one; ends with KeyboardInterrupt.

    Empty where nothing was saved for a moment. From the first on no save is missed, also not while a
    build is running. What editors write on the way (hidden and backup files) is passed over.
    """
    folders = [edition, *(root / part for part in _PARTS if (root / part).is_dir())]
    for changes in watchfiles.watch(*folders, rust_timeout=_LISTEN_MS, yield_on_timeout=True):
        paths = sorted({Path(path) for _, path in changes})
        yield [path.relative_to(root) if path.is_relative_to(root) else path for path in paths]
    raise KeyboardInterrupt  # the library ends quietly where it was interrupted
