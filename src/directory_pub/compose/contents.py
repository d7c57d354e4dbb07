"""The rows of the contents, all of them or some: a long book's contents are set some pages at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from directory_pub.design.faces import FontLibrary
from directory_pub.edition.model import Edition

__all__ = ["ContentsPart", "ContentsRow", "contents_rows", "figure_space"]

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


def figure_space(library: FontLibrary) -> str:
    """What stands in the place of a figure that a short folio has not, so that leaders end on one line.

    Nothing where a face in fonts/ does not draw it.
    """
    families = {face.family for face in library.faces}
    return _FIGURE_SPACE if all(library.draws(_FIGURE_SPACE, family) for family in families) else ""
