"""The lines of a whole book sorted by what they are: copy, running heads and folios; and the grid they stand on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from page_measures.lines import Line, set_lines
from page_measures.pages import Page

__all__ = ["Book", "Grid", "leading_of", "read_book"]

_LEADING_MOST = 3.0  # of the size; what is farther apart is no running text
_HEAD_SHARE = 0.16  # a running head stands in so much of the page's height, at its head or foot


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of a book: a line every ``pitch`` points, from ``phase`` down."""

    pitch: float
    phase: float

    def off(self, baseline: float, parts: int = 1) -> float:
        """How far a baseline stands below the nearest line of the grid, or of one with so many parts to the line."""
        step = self.pitch / parts
        return (baseline - self.phase + step / 2) % step - step / 2

    def line(self, baseline: float) -> int:
        """The number of the nearest line."""
        return round((baseline - self.phase) / self.pitch)


@dataclass(frozen=True)
class Book:
    """All pages, their lines by page number, and what follows from them; ``plates`` are the pages that ink covers."""

    pages: Sequence[Page]
    copy: dict[int, list[Line]]  # running heads and folios left out
    heads: dict[int, list[Line]]
    text_size: float  # of most characters; 0 without text
    plates: frozenset[int]

    @cached_property
    def leadings(self) -> dict[tuple[str, float], float]:
        """The commonest leading of each family and size that has one."""
        groups: dict[tuple[str, float], list[float]] = defaultdict(list)
        for number, lines in self.copy.items():
            if number not in self.plates:
                for line, above in _stacked(lines):
                    groups[line.group].append(line.baseline - above.baseline)
        return {group: leading for group, steps in groups.items() if (leading := leading_of(steps))}

    @cached_property
    def text(self) -> list[Line]:
        """The lines of the commonest size, on pages that are no plates."""
        return [line for number in self.text_pages for line in self.copy[number] if self.is_text(line)]

    @cached_property
    def text_pages(self) -> list[int]:
        """The numbers of the pages that have copy, plates left out."""
        return [number for number, lines in self.copy.items() if lines and number not in self.plates]

    def is_text(self, line: Line) -> bool:
        """Whether a line is of the commonest size."""
        return abs(line.size - self.text_size) < 0.03

    def is_display(self, line: Line) -> bool:
        """Whether a line is a title."""
        return line.size > 1.4 * self.text_size

    def opens(self, number: int) -> bool:
        """Whether a page begins with a title."""
        first = next((line for line in self.copy[number] if self.is_text(line)), None)
        return any(
            self.is_display(line) for line in self.copy[number] if first is None or line.baseline < first.baseline
        )

    @cached_property
    def grid(self) -> Grid | None:
        """The grid of the text; nothing where no lines follow one another."""
        leadings = Counter(
            {round(self.leadings[line.group], 2): 0 for line in self.text if line.group in self.leadings}
        )
        leadings.update(round(self.leadings[line.group], 2) for line in self.text if line.group in self.leadings)
        if not leadings:
            return None
        pitch = leadings.most_common(1)[0][0]
        by_page = [[line.baseline for line in self.copy[number] if self.is_text(line)] for number in self.text_pages]
        pitch = _fitted(pitch, by_page)
        return Grid(pitch, _phase(pitch, [line.baseline for line in self.text]))


def read_book(pages: Sequence[Page], plates: Iterable[int]) -> Book:
    """A book from its pages; ``plates`` are the numbers of those that ink covers."""
    lines = {page.number: set_lines(page) for page in pages}
    covered = frozenset(plates)
    sizes = Counter[float]()
    for number, each in lines.items():
        if number not in covered:
            for line in each:
                sizes[round(line.size, 2)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    heads = _running(pages, {n: each for n, each in lines.items() if n not in covered}, size)
    copy = {n: [line for line in each if line not in heads.get(n, [])] for n, each in lines.items()}
    return Book(pages, copy, heads, size, covered)


def leading_of(steps: Sequence[float]) -> float | None:
    """The commonest of many distances, give or take 0.04 pt."""
    if not steps:
        return None
    counted = Counter(round(step, 2) for step in steps)
    near = {step: sum(counted[round(step + d / 100, 2)] for d in range(-4, 5)) for step in counted}
    best = max(near, key=lambda step: (near[step], counted[step], -step))
    members = [step for step in steps if abs(step - best) < 0.045]
    return sum(members) / len(members) if len(members) > 1 else None


def _stacked(lines: Sequence[Line]) -> Iterable[tuple[Line, Line]]:
    """Lines with the line of the same size and left edge above them, where it is near."""
    last: dict[tuple[tuple[str, float], int], Line] = {}
    for line in lines:
        key = line.group, round(line.left)
        above = next((last[k] for d in (0, -1, 1) if (k := (key[0], key[1] + d)) in last), None)
        if above and 0.5 * line.size < line.baseline - above.baseline <= _LEADING_MOST * line.size:
            yield line, above
        last[key] = line


def _fitted(pitch: float, pages: Sequence[Sequence[float]]) -> float:
    """A pitch made exact by what stands many lines apart on one page."""
    for reach in (8, 25, 1000):
        over = under = 0.0
        for baselines in pages:
            for baseline in baselines:
                lines = round((baseline - baselines[0]) / pitch)
                if 0 < lines <= reach and abs(baseline - baselines[0] - lines * pitch) < 0.06:
                    over += lines * (baseline - baselines[0])
                    under += lines * lines
        pitch = over / under if under else pitch
    return pitch


def _phase(pitch: float, baselines: Sequence[float]) -> float:
    """Where most lines stand within the pitch."""
    places = [baseline % pitch for baseline in baselines]
    counted = Counter(round(place, 2) for place in places)
    best = max(counted, key=lambda place: sum(counted[round(place + d / 100, 2)] for d in range(-3, 4)))
    offs = sorted((place - best + pitch / 2) % pitch - pitch / 2 for place in places)
    near = [off for off in offs if abs(off) < 0.04] or [0.0]
    return best + near[len(near) // 2]


def _running(pages: Sequence[Page], lines: dict[int, list[Line]], size: float) -> dict[int, list[Line]]:
    """Running heads and folios: what stands at one height at the head or foot of many pages, apart from the text."""
    heights = {page.number: page.height for page in pages}
    top = {n: _block(each, size, down=True) for n, each in lines.items()}
    foot = {n: _block(each, size, down=False) for n, each in lines.items()}
    found: dict[int, list[Line]] = defaultdict(list)
    for blocks, at_head in ((top, True), (foot, False)):
        shifts = Counter(shift for n, block in blocks.items() for shift in _shifts(block, n))
        ends = {n: (block[0] if at_head else block[-1]).baseline for n, block in blocks.items() if block}
        for number, block in blocks.items():
            if not block:
                continue
            share = ends[number] / heights[number]
            inside = share < _HEAD_SHARE if at_head else share > 1 - _HEAD_SHARE
            many = sum(abs(other - ends[number]) < 0.8 for other in ends.values()) >= max(2, 0.15 * len(lines))
            # A folio goes up with the pages, as the number of a note does not.
            if inside and many and (at_head or any(shifts[shift] > 2 for shift in _shifts(block, number))):
                found[number] += block
    return found


def _shifts(block: Sequence[Line], number: int) -> set[int]:
    """How far the figures that stand alone in a block are from the number of its page."""
    told = [line.text.strip(" –—-") for line in block]
    return {int(text) - number for text in told if text.isdecimal() and len(text) < 6}


def _block(lines: Sequence[Line], size: float, *, down: bool) -> list[Line]:
    """The outermost lines of a page down to the first white of a line and a half; none if that is most of it."""
    ordered = list(lines) if down else list(reversed(lines))
    block: list[Line] = []
    for line in ordered:
        if block and abs(line.baseline - block[-1].baseline) > 1.75 * max(size, block[-1].size):
            break
        block.append(line)
    is_head = 0 < len(block) <= 6 and len(block) < len(ordered) and all(line.size <= size + 0.5 for line in block)
    return sorted(block, key=lambda line: line.baseline) if is_head else []
