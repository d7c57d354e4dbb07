"""The icon beside each contact row: the one that its kind or network has.

An icon is told by its outline: the corners of the drawing's paths, which stay in the units that it
was drawn in, wherever and however large it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from msgspec import Struct

from directory_pub.census.expected import Copy
from directory_pub.census.located import copy_of
from directory_pub.census.page_reader import PageText, Sign, Word
from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place, error

__all__ = ["Icons", "check_icons", "read_icons"]

_PATH = re.compile(r'\sd="([^"]+)"')
_REACH_MM = 8.0  # how far from its row's words an icon may stand
_ABOVE_MM, _BELOW_MM = 3.8, 1.2  # of the baseline of the row's first line
_ALIKE = 0.5  # the share of an outline's corners that a drawing must have: curves may be drawn in other steps

Outline = frozenset[tuple[float, float]]


class Icons(Struct, frozen=True):
    """The outline of each icon by its name, and which icon each contact row has."""

    outlines: Mapping[str, Outline]
    table: ContactTable

    def name_of(self, signs: Sequence[Sign]) -> str | None:
        """Which icon drawings show together, if one."""
        corners = {corner for sign in signs for corner in sign.corners}
        likeness = {name: len(outline & corners) / len(outline) for name, outline in self.outlines.items()}
        best = max(likeness, key=lambda name: likeness[name], default=None)
        return best if best is not None and likeness[best] >= _ALIKE else None


def read_icons(theme: Theme, table: ContactTable) -> Icons:
    """The icons in ``icons/``, for the rows of a contact table."""
    drawn = theme.names("icons", ".svg")
    outlines = {PurePosixPath(name).stem: _outline(theme.read_text(name)) for name in drawn}
    return Icons({name: outline for name, outline in outlines.items() if outline}, table)


def _outline(svg: str) -> Outline:
    pen = RecordingPen()
    for path in _PATH.findall(svg):
        parse_path(path, pen)
    return frozenset((round(x, 1), round(y, 1)) for _, points in pen.value if points for x, y in points[-1:])


def check_icons(
    pages: Sequence[tuple[int, PageText, Sequence[Word]]],
    expected: Sequence[Copy],
    rows: Sequence[ContactRow],
    icons: Icons,
) -> Iterator[Finding]:
    """Each row of a contact block stands beside its icon; ``pages`` are their indexes, texts and side columns."""
    words = [(index, page, word) for index, page, side in pages for word in side]
    first: dict[Place, tuple[int, PageText, Word]] = {}
    for found, copy in zip(words, copy_of(expected, [word for *_, word in words]), strict=True):
        if copy is not None:
            first.setdefault(copy.place, found)
    for row in rows:
        wanted = icons.table.icon_of(row)
        if wanted is None or row.place not in first:
            continue
        index, page, word = first[row.place]
        others = [other for at, _, other in first.values() if at == index]
        shown = icons.name_of([sign for sign in page.signs if _nearest(sign, others) is word])
        if shown != wanted and icons.outlines.get(shown or "") != icons.outlines.get(wanted, frozenset()):
            message = f"“{row.text}” has the icon '{shown}' on page {index + 1}, and should have '{wanted}'."
            if shown is None:
                message = f"“{row.text}” has no icon on page {index + 1}, and should have '{wanted}'."
            remedy = f"Mend the layout of contact rows: this one is of the class '{row.network or row.kind}'."
            yield error("icon-wrong", row.place, message, remedy, index + 1)


def _nearest(sign: Sign, firsts: Sequence[Word]) -> Word | None:
    """The first word of the row that a drawing stands beside; of two columns' rows, of the one behind it."""
    beside = [word for word in firsts if _stands_beside(sign, word)]
    return min(beside, key=lambda word: abs(word.left_mm - sign.left_mm), default=None)


def _stands_beside(sign: Sign, word: Word) -> bool:
    """Whether a drawing stands in the line that begins with a word."""
    middle_mm = (sign.top_mm + sign.bottom_mm) / 2
    across = word.left_mm - _REACH_MM < sign.left_mm < word.right_mm + _REACH_MM
    return across and word.baseline_mm - _ABOVE_MM < middle_mm < word.baseline_mm + _BELOW_MM
