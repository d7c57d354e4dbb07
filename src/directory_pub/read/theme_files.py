"""The theme's files: each that a build may read lies where it may, and can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from directory_pub.edition.theme import FACE_ENDINGS, Theme
from directory_pub.findings import Finding, Place, error
from directory_pub.storage.enclosure import Refused

__all__ = ["check_theme"]

_PARTS: dict[str, str | tuple[str, ...]] = {"layouts": "", "styles": ".css", "icons": ".svg", "fonts": FACE_ENDINGS}
"""The folders whose files are read because they are there, and how their names end."""

_BRACKET, _DEEPEST = re.compile(r"[()\[\]{}]"), 60


def check_theme(theme: Theme) -> Iterator[Finding]:
    """A finding of each layout, sheet, icon and face that leads out of the project, or cannot be opened."""
    for part, ending in _PARTS.items():
        for name in theme.names(part, ending):
            try:
                theme.open(name).close()
                if ending == ".css":
                    yield from _check_nesting(theme.read_text(name), theme.shown(name))
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
