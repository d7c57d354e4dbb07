"""The rows of the contents, all of them or some: a long book's contents are set some pages at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from directory_pub.design.faces import FontLibrary
from directory_pub.edition.contents import contents_items
from directory_pub.edition.model import ContentsForm, Edition

if TYPE_CHECKING:
    from directory_pub.compose.contents_columns import ColumnRow

__all__ = ["ContentsPart", "ContentsRow", "contents_rows", "figure_space", "fits_tight"]

_TIGHT_LINES = 1.5  # of a row that takes two where the contents have room
_PART_LINES = 2  # above a part, or one behind a part that nothing stands below
_FIGURE_SPACE = "\u2007"


class ContentsRow(Struct, frozen=True):
    """One row: its number, what it is, the key of the piece that it leads to, its words and sign.

    A ``subtitle`` shares the row of its name; ``letter`` is the initial that it is found by.
    """

    number: int
    kind: Literal["part", "group", "entry", "subtitle"]
    key: str
    name: str
    sign: str = ""
    subtitle: str = ""
    letter: str = ""


class ContentsPart(Struct, frozen=True, kw_only=True):
    """What the contents layout sets: rows, whether they are the first (``opens``) and the last (``closes``).

    ``folios`` are the folios by key as they are to be shown; None where the engine counts. Where their lines
    are set beforehand the ``columns`` have them, below a ``head`` of so many lines on the first page.
    ``legend_air`` are the lines above each legend but the first, and those below the last, where each stands beside
    the row of its sign. The rows of a key are ``tight`` where that spares a page.
    """

    rows: Sequence[ContentsRow]
    opens: bool = True
    closes: bool = True
    folios: Mapping[str, str] | None = None
    form: ContentsForm = "rows"
    columns: Sequence[Sequence[ColumnRow]] = ()
    head: int = 0
    legend_air: Sequence[float] = ()
    tight: bool = False


def contents_rows(edition: Edition) -> list[ContentsRow]:
    """All rows in the order of the book."""
    return [
        ContentsRow(number, each.kind, each.key, each.name, each.sign, each.subtitle, each.letter)
        for number, each in enumerate(contents_items(edition))
    ]


def fits_tight(rows: Sequence[ContentsRow], lines_of: Callable[[ContentsRow], int], room: int) -> bool:
    """Whether rows that take two pages at two lines each stand on one, of ``room`` lines, at one and a half.

    ``lines_of`` says how many lines a row's name takes.
    """
    if len(rows) * _TIGHT_LINES > room:
        return False
    white = (1 if before.kind == "part" else _PART_LINES for before, row in pairwise(rows) if row.kind == "part")
    given = sum(lines_of(row) for row in rows) + sum(white)
    return given + (_TIGHT_LINES - 1) * len(rows) <= room < given + len(rows)


def figure_space(library: FontLibrary) -> str:
    """What stands in the place of a figure that a short folio has not, so that leaders end on one line.

    Nothing where a face in fonts/ does not draw it.
    """
    families = {face.family for face in library.faces}
    return _FIGURE_SPACE if all(library.draws(_FIGURE_SPACE, family) for family in families) else ""
