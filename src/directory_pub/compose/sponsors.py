"""Plan the pages of sponsors: which logos stand on which, where, and how large.

Everything is worked out beforehand, in lines of the second grid, so that nothing is broken on the page: levels are
parted by a rule, and go on on the next page only between two rows. The middle of each logo stands on its row's axis.
Before little stands alone on a last page, all is set tighter, and the logos of all levels smaller alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.compose.lines import Line
from directory_pub.compose.logo_sizes import LogoBox, logo_box
from directory_pub.design.grid import Grid
from directory_pub.edition.pictures import Photo
from directory_pub.edition.sponsors import Sponsor, SponsorLevel, Sponsors
from directory_pub.edition.text import Run
from directory_pub.pictures import InkFacts

__all__ = ["SponsorMark", "SponsorPage", "SponsorShelf", "plan_sponsors"]

_SIZES = ("sponsor-first", "sponsor-second", "sponsor-third")
_WIDEST = 0.92  # of its place: what stands beside it keeps off
_HIGHEST = 0.8  # of the square that it looks as large as
_LINES_BELOW_HEAD, _BETWEEN_ROWS = 1, 1
_LITTLE = 1 / 3  # of a page: no more than that is worth a tighter page before
_RULE_ABOVE = 0.35  # of a line, above a level's name
_TITLE_LINES = 1 / 0.75 * 2  # of the second grid, for a line of the title


class _Setter(Protocol):
    """The composer, as far as sponsors need it."""

    grid: Grid

    def set(self, text: str | Sequence[Run], style: str) -> tuple[Line, ...]: ...


class SponsorMark(Struct, frozen=True, kw_only=True):
    """One sponsor on a page: the box of its logo, and the lines of its name; places are in mm from the page's first
    line and left edge."""

    logo: Photo | None
    address: str | None
    box: LogoBox | None
    left_mm: float
    top_mm: float
    name: tuple[Line, ...]
    name_top_mm: float


class SponsorShelf(Struct, frozen=True, kw_only=True):
    """What stands of a level on a page, below a rule and the level's name; it ``goes_on`` from the page before."""

    title: tuple[Line, ...]
    goes_on: bool
    top_mm: float
    rule_mm: float
    marks: tuple[SponsorMark, ...]


class SponsorPage(Struct, frozen=True, kw_only=True):
    """One page; the title stands on the one that ``opens``."""

    title: tuple[Line, ...]
    opens: bool
    shelves: tuple[SponsorShelf, ...]


class _Spacing(Struct, frozen=True):
    """How open the pages are: the air round a logo and the lines between levels, and the part of their size that
    logos have."""

    air: float
    between_levels: int
    size: float = 1.0


_OPEN = _Spacing(1.2, 2)
_TIGHTER = (_Spacing(0.7, 2), _Spacing(0.7, 1), *(_Spacing(0.7, 1, size) for size in (0.96, 0.92, 0.88)))


class _Row(Struct):
    """Sponsors beside one another: their boxes and names, the left edge of each, and the lines of logos and names."""

    sponsors: list[tuple[Sponsor, LogoBox | None, tuple[Line, ...], float]] = field(default_factory=list)
    logo_lines: int = 0
    name_lines: int = 0

    @property
    def lines(self) -> int:
        return self.logo_lines + self.name_lines


def plan_sponsors(
    sponsors: Sponsors,
    setter: _Setter,
    ink_of: Callable[[Photo], InkFacts],
    folios: Mapping[str, str],
    continued: str,
) -> list[SponsorPage]:
    """The pages; ``folios`` are those of the sponsors' entries as they are to be shown."""
    planning = _Planning(setter, ink_of, folios, continued)
    pages = list(planning.pages(sponsors))
    if len(pages) == 1 or planning.used > _LITTLE * setter.grid.list_lines:
        return pages
    for spacing in _TIGHTER:
        tighter = list(_Planning(setter, ink_of, folios, continued, spacing).pages(sponsors))
        if len(tighter) < len(pages):
            return tighter
    return pages


class _Planning(Struct):
    setter: _Setter
    ink_of: Callable[[Photo], InkFacts]
    folios: Mapping[str, str]
    continued: str
    spacing: _Spacing = _OPEN
    used: int = 0  # lines of the page that was planned last

    def pages(self, sponsors: Sponsors) -> Iterator[SponsorPage]:
        """Fill one page after another."""
        title = self.setter.set(sponsors.title, "title")
        at = math.ceil(len(title) * _TITLE_LINES) + _LINES_BELOW_HEAD + self.spacing.between_levels
        full, opens = self.setter.grid.list_lines, True
        shelves: list[SponsorShelf] = []
        for number, level in enumerate(sponsors.levels):
            rows, goes_on = self._rows(level, number, len(sponsors.levels)), False
            while rows:
                words = f"{level.title} ({self.continued})" if goes_on else level.title
                head = self.setter.set(words, "sponsor-level")
                begins = len(head) + _LINES_BELOW_HEAD
                fitting = _fitting(rows, full - at - begins)
                if not fitting and (shelves or (opens and at > begins)):
                    yield SponsorPage(title=title, opens=opens, shelves=tuple(shelves))
                    shelves, opens, at = [], False, 0
                    continue
                some = rows[: fitting or 1]
                shelf, at = self._shelf(head, some, at)
                shelves.append(replace(shelf, goes_on=goes_on))
                rows, goes_on = rows[len(some) :], True
                self.used, at = at, at + self.spacing.between_levels
        yield SponsorPage(title=title, opens=opens, shelves=tuple(shelves))

    # ---------------------------------------------------------------- rows
    def _rows(self, level: SponsorLevel, number: int, levels: int) -> list[_Row]:
        """The sponsors of a level in rows: one alone, and two, on the first level have more room than a column."""
        grid = self.setter.grid
        size = _SIZES[min(number if levels > 1 else 1, len(_SIZES) - 1)]
        count, width_mm, gutter_mm = grid.sponsor_columns, grid.columns_mm["sponsor"], grid.mm("gutter")
        is_first = number == 0 and levels > 1 and len(level.sponsors) < count
        if is_first:
            count = len(level.sponsors)
            width_mm = (grid.list_mm - (count - 1) * gutter_mm) / count
        most_mm = (width_mm if is_first and count > 1 else min(width_mm, 2 * grid.list_mm / 3)) * _WIDEST
        rows: list[_Row] = []
        for at, sponsor in enumerate(level.sponsors):
            if at % count == 0:
                rows.append(_Row())
            box = self._box(sponsor, grid.mm(size) * self.spacing.size, most_mm)
            row, name = rows[-1], self.setter.set(self._name(sponsor), "sponsor-name")
            row.sponsors.append((sponsor, box, name, at % count * (width_mm + gutter_mm)))
            row.name_lines = max(row.name_lines, len(name))
            if box:
                row.logo_lines = max(row.logo_lines, math.ceil(box.height_mm / grid.list_line_mm + self.spacing.air))
        return rows

    def _box(self, sponsor: Sponsor, side_mm: float, most_mm: float) -> LogoBox | None:
        ink = self.ink_of(sponsor.logo) if sponsor.logo else None
        return logo_box(ink, side_mm, most_mm, side_mm * _HIGHEST) if ink and ink.is_seen else None

    def _name(self, sponsor: Sponsor) -> tuple[Run, ...]:
        """The name, and behind it the page of its entry; both lead there."""
        key = sponsor.entry
        goal = f"#{key}" if key else None
        if key is None or key not in self.folios:
            return (Run(text=sponsor.name, line=0, bold=True, href=goal),)
        folio = Run(text=self.folios[key], line=0, bold=True, href=goal, folio_of=key)
        return (
            Run(text=f"{sponsor.name}\u00a0", line=0, bold=True, href=goal),
            folio,
        )

    # ---------------------------------------------------------------- places
    def _shelf(self, head: tuple[Line, ...], rows: Sequence[_Row], at: int) -> tuple[SponsorShelf, int]:
        """Rows below their head, which begins on the line ``at``; and the line behind them."""
        line_mm = self.setter.grid.list_line_mm
        below, marks = at + len(head) + _LINES_BELOW_HEAD, list[SponsorMark]()
        for number, row in enumerate(rows):
            below += _BETWEEN_ROWS if number else 0
            marks += (
                SponsorMark(
                    logo=sponsor.logo if box else None,
                    address=sponsor.address,
                    box=box,
                    left_mm=left_mm,
                    top_mm=below * line_mm + (row.logo_lines * line_mm - (box.height_mm if box else 0.0)) / 2,
                    name=name,
                    name_top_mm=(below + row.logo_lines) * line_mm,
                )
                for sponsor, box, name, left_mm in row.sponsors
            )
            below += row.lines
        top_mm = at * line_mm
        rule_mm = top_mm - _RULE_ABOVE * line_mm
        return SponsorShelf(title=head, goes_on=False, top_mm=top_mm, rule_mm=rule_mm, marks=tuple(marks)), below


def _fitting(rows: Sequence[_Row], lines: float) -> int:
    """How many of these rows, from the first, stand in so many lines."""
    for number, row in enumerate(rows):
        lines -= row.lines + (_BETWEEN_ROWS if number else 0)
        if lines < 0:
            return number
    return len(rows)
