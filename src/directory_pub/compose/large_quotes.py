"""Short quotes, which are set large where lines are free: how many lines of the page they take then."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import Protocol

from directory_pub.compose.asked import the
from directory_pub.compose.lines import Line
from directory_pub.compose.measure import Measure
from directory_pub.edition.model import Entry
from directory_pub.edition.text import Heading, Quote, Run

__all__ = ["LargeQuotes"]

# Of a short quote: its lines as usual, its letters where a narrow column makes more lines of them, its lines set large.
_MOST_LINES_OF_SHORT, _MOST_LETTERS_OF_SHORT, _MOST_LINES_SET_LARGE = 3, 180, 5
_LEADING, _BELOW = 1.5, 0.5  # of a quote set large, in units, and what is no air below its last line


class _Setter(Protocol):
    """The composer, as far as quotes need it."""

    styles: dict[str, Measure]

    def set(self, text: tuple[Run, ...], style: str) -> tuple[Line, ...]: ...

    def open_quote(self, block: Quote, language: str | None) -> tuple[str, tuple[Run, ...]]: ...


class LargeQuotes:
    """The short quotes of one edition."""

    def __init__(self, setter: _Setter) -> None:
        self._setter = setter

    def is_short(self, block: Quote, language: str | None) -> bool:
        """Whether a quote is short enough to be set large, where there is room for it."""
        return self._lines_of(the(Quote, block, "is_short"), language) is not None

    def large_height(self, block: Quote, language: str | None) -> int:
        """The lines of the page that a short quote takes set large: as many whole ones as it needs."""
        taken = self._lines_of(the(Quote, block, "large_height"), language)
        return _height_of(taken[1]) if taken else 0

    def large_air(self, block: Quote, language: str | None) -> float:
        """The lines of the page below such a quote that are white: what is left of its height below its last line."""
        taken = self._lines_of(the(Quote, block, "large_air"), language)
        return _height_of(taken[1]) - (taken[1] * _LEADING - _BELOW) if taken else 0.0

    def lines_more(self, entry: Entry) -> int | None:
        """How many lines of the page an entry takes more with its short quotes set large; None without any."""
        taken = [
            _height_of(lines[1]) - lines[0] + (not isinstance(before, Heading))  # one more stands above
            for before, block in pairwise((None, *entry.body))
            if isinstance(block, Quote) and (lines := self._lines_of(block, entry.language))
        ]
        return sum(taken) if taken else None

    def _lines_of(self, block: Quote, language: str | None) -> tuple[int, int] | None:
        """The lines of a quote as usual, and set large; None of one that is not short."""
        if len(block.paragraphs) != 1 or "large-quote" not in self._setter.styles:
            return None
        _, runs = self._setter.open_quote(block, language)
        small, large = (len(self._setter.set(runs, style)) for style in ("quote", "large-quote"))
        has_note = any(run.note for run in runs)
        is_short = small <= _MOST_LINES_OF_SHORT or sum(len(run.text) for run in runs) <= _MOST_LETTERS_OF_SHORT
        return (small, large) if is_short and large <= _MOST_LINES_SET_LARGE and not has_note else None


def _height_of(lines: int) -> int:
    """The lines of the page that so many large ones take: the first stands on a line, and a line below the last."""
    return ceil(lines * _LEADING - _BELOW)
