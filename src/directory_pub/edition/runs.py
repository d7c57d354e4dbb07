"""Runs: stretches of text in one style, each with its line, and the notes and marks that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.findings import Place

__all__ = ["IndexMark", "IndexOf", "Note", "Run", "plain"]


# What an index has: persons, places, subjects, or the entries themselves.
IndexOf = Literal["people", "places", "topics", "organisations"]


class Run(Struct, frozen=True, kw_only=True):
    """A stretch of text in one style; ``"\\n"`` is a line break that the editor asked for.

    A footnote's call is a run without text that carries its note. A run with ``folio_of`` stands for the folio
    of the page which has that key; it has no text before this is known. ``indexed`` is what an index has of the words
    that begin with it. ``later_lines`` are the offsets at which the source goes on on another line, each with that
    line.
    """

    text: str
    line: int
    bold: bool = False
    italic: bool = False
    href: str | None = None
    language: str | None = None
    note: Note | None = None
    indexed: IndexMark | None = None
    folio_of: str | None = None
    later_lines: tuple[tuple[int, int], ...] = ()

    def by_line(self) -> Iterator[tuple[str, int]]:
        """Its text line by line of the source, each part with its line."""
        starts = ((0, self.line), *self.later_lines)
        ends = (*(offset for offset, _ in self.later_lines), len(self.text))
        for (start, line), end in zip(starts, ends, strict=True):
            yield self.text[start:end], line

    def line_at(self, offset: int) -> int:
        """The line that a letter of its text was written on."""
        return max((at, line) for at, line in ((0, self.line), *self.later_lines) if at <= offset)[1]

    def behind(self, offset: int) -> Run:
        """What follows the first letters of its text."""
        later = tuple((at - offset, line) for at, line in self.later_lines if at > offset)
        return replace(self, text=self.text[offset:], line=self.line_at(offset), later_lines=later)

    def with_more(self, others: Iterable[Run]) -> Run:
        """This run and others of its style, which follow it, as one."""
        texts, length = [self.text], len(self.text)
        later, line = list(self.later_lines), self.line_at(len(self.text))
        for more in others:
            later += [(length, more.line)] if more.line != line else []
            later += [(length + offset, at) for offset, at in more.later_lines]
            line = max(line, more.line_at(len(more.text)))
            texts.append(more.text)
            length += len(more.text)
        return replace(self, text="".join(texts), later_lines=tuple(later))


class Note(Struct, frozen=True, kw_only=True):
    """A footnote of a file, at the line of its definition; ``call_line`` is where it is called, as number
    ``index`` (from 0) of those of its ``source``: a file, or a cell of a table."""

    key: str
    runs: tuple[Run, ...]
    line: int
    call_line: int
    source: str = ""
    index: int = 0


class IndexMark(Struct, frozen=True, kw_only=True):
    """What an editor marks words with for an index: the ``head`` that they stand under there.

    ``of`` is the index, where the edition may have several; ``anchor`` is what the words are called in the book.
    """

    head: str
    anchor: str
    place: Place
    of: IndexOf | None = None


def plain(runs: tuple[Run, ...]) -> str:
    """The words of runs without their styles; a line break is a space."""
    return "".join(run.text for run in runs).replace("\n", " ")
