"""The lines of a programme: what stands in its cells, each kind of text in its style and column."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.compose.contact import split_runs
from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import Measure
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.edition.dates import print_day, print_time
from directory_pub.edition.model import Edition
from directory_pub.edition.programme import Day, Named, Programme, Room, Session
from directory_pub.edition.programme_words import ENGLISH_PROGRAMME, programme_words
from directory_pub.edition.text import Run

__all__ = ["SPACE", "ProgrammeBlock", "ProgrammeLines", "Stack", "big_lines", "filled_lines", "text_runs"]

SPACE = "\u00a0"
_FOLIO = "000"
_BIG_LEADING = 1.5  # of titles across and of times in a list, in lines of a list


class ProgrammeBlock(Struct, frozen=True, kw_only=True):
    """Lines of one kind in a cell, from its top and left edge in mm; a ``sign`` is the room whose motif they have."""

    kind: str
    lines: tuple[Line, ...]
    top_mm: float
    left_mm: float = 0.0
    sign: str = ""


class ProgrammeLines:
    """What sets the lines of one edition's programme."""

    def __init__(self, edition: Edition, grid: Grid, library: FontLibrary, styles: Mapping[str, Measure]) -> None:
        self._edition = edition
        self._grid = grid
        self._library = library
        self._styles = styles
        self._words = programme_words(edition.language) or ENGLISH_PROGRAMME

    @property
    def programme(self) -> Programme:
        assert self._edition.programme is not None
        return self._edition.programme

    @property
    def language(self) -> str:
        return self._edition.language

    def set(self, runs: Iterable[Run], style: str, width_mm: float) -> tuple[Line, ...]:
        """Lines of a style in a width; those of a style that hangs are narrower but for the first."""
        measure = self._styles[style]
        return set_lines(tuple(runs), replace(measure, width_mm=width_mm + measure.first_mm), self._library)

    def title_runs(self, day: Day) -> list[Run]:
        """A day's title and date, the title or the weekday bold."""
        before, weekday, behind = print_day(day.date, self._edition.language)
        if day.title:
            date = Run(text=f" {before}{weekday}{behind}", line=0)
            return [*(replace(run, bold=True) for run in split_runs(day.title)), date]
        runs = [Run(text=before, line=0), Run(text=weekday, line=0, bold=True), Run(text=behind, line=0)]
        return [run for run in runs if run.text]

    def time(self, minute: int) -> str:
        return print_time(minute, self._edition.language)

    def until(self, minute: int) -> str:
        return self._words.until.format(self.time(minute)).replace(" ", SPACE)

    def named(self, each: Named) -> list[Run]:
        """A name, where it is an entry's as a link with its page."""
        if each.key is None:
            return list(split_runs(each.name))
        href = f"#{each.key}"
        runs = [replace(run, href=href) for run in split_runs(each.name)]
        if self._edition.press_references == "page":
            runs += [
                Run(text=SPACE, line=0, href=href),
                Run(text=_FOLIO, line=0, href=href, bold=True, folio_of=each.key),
            ]
        return runs

    def chair(self, session: Session) -> list[Run]:
        """Who leads a session."""
        label = Run(text=f"{self._words.chair}: ", line=0, italic=True)
        return [label, *self.named(session.chair)] if session.chair else []

    def whole(self, runs: Sequence[Run], width_mm: float) -> list[Run]:
        """Who is named in a run of others, as what no line parts; as it is where a line has no room for it."""
        told = [replace(run, text=run.text.replace(" ", SPACE)) for run in runs]
        return told if len(self.set(told, "programme-run", width_mm)) == 1 else list(runs)

    def where(self, session: Session) -> str:
        """The rooms of a session in words."""
        if session.in_all:
            return self._words.all_rooms
        return ", ".join(self.programme.room(key).name for key in session.rooms)

    def width_mm(self, text: str, style: str) -> float:
        return self._styles[style].width_of(text, Run(text=text, line=0), self._library)

    @property
    def grid(self) -> Grid:
        return self._grid

    @property
    def rooms(self) -> Sequence[Room]:
        return self.programme.rooms


class Stack:
    """Blocks below one another; ``line`` is the first that is free."""

    def __init__(self, setter: ProgrammeLines) -> None:
        self._setter = setter
        self.blocks: list[ProgrammeBlock] = []
        self.line = 0
        self.left_mm = 0.0

    def add(self, kind: str, runs: Iterable[Run], width_mm: float, *, sign: str = "", style: str = "") -> None:
        """Lines of a kind; none where there are no words."""
        some = [run for run in runs if run.text]
        if not some:
            return
        lines = self._setter.set(some, style or f"programme-{kind}", width_mm)
        if kind == "people" and not style and len(lines) > 1:
            lines = self._turned(some, width_mm) or lines
        top = self.line + (_big_top(len(lines)) if kind == "big" else 0)
        self.blocks.append(
            ProgrammeBlock(
                kind=kind,
                lines=lines,
                top_mm=round(top * self._setter.grid.list_line_mm, 4),
                left_mm=round(self.left_mm, 4),
                sign=sign,
            )
        )
        self.line += big_lines(len(lines)) if kind == "big" else len(lines)

    def _turned(self, runs: Sequence[Run], width_mm: float) -> tuple[Line, ...]:
        """A name that turns over before its last word, with which its page stays; none where that does not fit.

        Behind a label it turns over whole, where it has the room.
        """
        if len(runs) > 1 and not runs[0].href and runs[0].text.endswith(" "):
            label = (replace(runs[0], text=runs[0].text.rstrip(" ")),)
            if lines := self._on_two_lines(label, runs[1:], width_mm):
                return lines
        at = next((number for number in reversed(range(len(runs))) if " " in runs[number].text.strip(" ")), None)
        if at is None:
            return ()
        before, _, behind = runs[at].text.rpartition(" ")
        first = (*runs[:at], replace(runs[at], text=before))
        last = (replace(runs[at], text=behind), *runs[at + 1 :])
        return self._on_two_lines(first, last, width_mm)

    def _on_two_lines(self, first: Sequence[Run], last: Sequence[Run], width_mm: float) -> tuple[Line, ...]:
        """Each on a line, the last one hung; none where either does not fit."""
        parted = [self._setter.set(some, "programme-people", width_mm) for some in (first, last)]
        narrow = self._setter.set(last, "programme-people", width_mm - self._setter.grid.mm("turn"))
        return (*parted[0], *parted[1]) if len(parted[0]) == len(narrow) == 1 else ()


def big_lines(count: int) -> int:
    """The whole lines that so many lines of large type take."""
    return math.ceil(_BIG_LEADING * count)


def _big_top(count: int) -> float:
    """How far down the first of them is, so that there is as much above as below; in lines."""
    return (big_lines(count) - _BIG_LEADING * (count - 1) - 1) / 2


def text_runs(text: str) -> list[Run]:
    return [Run(text=text, line=0)] if text else []


def filled_lines(lines: Sequence[Line], folios: Mapping[str, str]) -> tuple[Line, ...]:
    """The lines with the folios that they name; one that is not known is a question mark."""
    return tuple(
        replace(
            line,
            runs=tuple(replace(run, text=folios.get(run.folio_of, "?")) if run.folio_of else run for run in line.runs),
        )
        for line in lines
    )
