"""The rows of the contents, all of them or some: a long book's contents are set some pages at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from directory_pub.design.faces import FontLibrary
from directory_pub.edition.index_heads import has_heads
from directory_pub.edition.model import Edition

__all__ = ["ContentsPart", "ContentsRow", "contents_rows", "figure_space", "fits_tight"]

_TIGHT_LINES = 1.5  # of a row that takes two where the contents have room
_PART_LINES = 2  # above a part
_FIGURE_SPACE = "\u2007"


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """One row: its number, what it is, the key of the piece that it leads to, its words and sign."""

    number: int
    kind: Literal["part", "entry", "subtitle"]
    key: str
    name: str
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsPart:
    """What the contents layout sets: rows, whether they are the first (``opens``) and the last (``closes``).

    ``folios`` are the folios by key as they are to be shown; None where the engine counts.
    """

    rows: Sequence[ContentsRow]
    opens: bool = True
    closes: bool = True
    folios: Mapping[str, str] | None = None


def contents_rows(edition: Edition) -> list[ContentsRow]:
    """All rows in the order of the book."""
    return [ContentsRow(number, *told) for number, told in enumerate(_rows(edition))]


def _rows(edition: Edition) -> Iterator[tuple[Literal["part", "entry", "subtitle"], str, str, str]]:
    for section in edition.sections:
        yield "part", section.key, section.title, ""
        for entry in section.entries:
            yield "entry", entry.key, entry.name, edition.sign_of(entry)
            if entry.subtitle:
                yield "subtitle", entry.key, entry.subtitle, ""
    for index in edition.indexes:
        if has_heads(edition, index):
            yield "part", index.key, index.title, ""


def fits_tight(rows: Sequence[ContentsRow], lines_of: Callable[[ContentsRow], int], room: int) -> bool:
    """Whether rows that take two pages at two lines each stand on one, of ``room`` lines, at one and a half.

    ``lines_of`` says how many lines a row's name takes.
    """
    if len(rows) * _TIGHT_LINES > room:
        return False
    given = sum(lines_of(row) for row in rows) + _PART_LINES * sum(row.kind == "part" for row in rows[1:])
    return given + (_TIGHT_LINES - 1) * len(rows) <= room < given + len(rows)


def figure_space(library: FontLibrary) -> str:
    """What stands in the place of a figure that a short folio has not, so that leaders end on one line.

    Nothing where a face in fonts/ does not draw it.
    """
    families = {face.family for face in library.faces}
    return _FIGURE_SPACE if all(library.draws(_FIGURE_SPACE, family) for family in families) else ""
