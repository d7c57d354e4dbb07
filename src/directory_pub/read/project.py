"""The project's own files: each that a build may read lies in the project, and can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from directory_pub.enclosure import Refused, list_files, open_file
from directory_pub.findings import Finding

__all__ = ["check_project"]

_PARTS = {"layouts": "", "styles": ".css", "styles/icons": ".svg", "fonts": ".ttf"}
"""The folders whose files are read because they are there, and how their names end."""


def check_project(root: Path) -> Iterator[Finding]:
    """A finding of each layout, sheet, icon and face that leads out of the project, or cannot be opened."""
    for part, ending in _PARTS.items():
        for path in list_files(root / part, root, ending=ending):
            try:
                open_file(path, root).close()
            except Refused as refused:
                yield refused.finding
