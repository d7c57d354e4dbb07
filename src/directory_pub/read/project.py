"""The project's own files: each that a build may read lies in the project, and can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from directory_pub.findings import Finding, Place, error
from directory_pub.storage.enclosure import Refused, list_files, open_file, read_text

__all__ = ["check_project", "find_root"]

_PARTS = {"layouts": "", "styles": ".css", "styles/icons": ".svg", "fonts": ".ttf"}
"""The folders whose files are read because they are there, and how their names end."""

_BRACKET, _DEEPEST = re.compile(r"[()\[\]{}]"), 60


def check_project(root: Path) -> Iterator[Finding]:
    """A finding of each layout, sheet, icon and face that leads out of the project, or cannot be opened."""
    for part, ending in _PARTS.items():
        for path in list_files(root / part, root, ending=ending):
            try:
                open_file(path, root).close()
                if ending == ".css":
                    yield from _check_nesting(read_text(path, root), path.relative_to(root).as_posix())
            except Refused as refused:
                yield refused.finding


def _check_nesting(sheet: str, file: str) -> Iterator[Finding]:
    """A finding where brackets of a sheet stand in one another deeper than any reader of sheets goes."""
    depth = 0
    for match in _BRACKET.finditer(sheet):
        depth = max(0, depth + (1 if match[0] in "([{" else -1))
        if depth > _DEEPEST:
            place = Place(file=file, line=sheet.count("\n", 0, match.start()) + 1)
            remedy = "Look for a bracket that is not closed, or write it flatter."
            yield error("engine-warning", place, f"more than {_DEEPEST} brackets stand in one another.", remedy)
            return


def find_root(folder: Path) -> Path | None:
    """The project that an edition is built with: the nearest folder above it that has layouts, styles and fonts.

    An edition that lies elsewhere is built with the project that one stands in, or that this code is part of.
    """
    here = Path.cwd() / "edition"
    for parent in (
        *folder.resolve().parents,
        *folder.absolute().parents,
        *here.parents,
        *Path(__file__).resolve().parents,
    ):
        if all((parent / part).is_dir() for part in ("layouts", "styles", "fonts")):
            return parent
    return None
