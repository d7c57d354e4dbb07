"""Baselines: the grid of the book, what stands off it, and where pages begin and end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from page_measures.book import Book, Grid
from page_measures.findings import GRID_PT, MM, Finding, Section
from page_measures.lines import Line

__all__ = ["measure_baselines", "measure_first_lines", "spreads"]

_PARTS = range(1, 7)  # of a line: a leading of 3/2, of 3/4, of 4/3, of 5/6 meets the grid again
_OWN_GRID = 0.98  # of the pitch: lines closer than this, such as notes, have a second grid of their own


def measure_baselines(book: Book) -> Section:
    """The grid, and each page's lines held against it and against those of the facing page."""
    grid = book.grid
    if grid is None:
        return Section("Baselines", [("grid", "none: no lines of one size follow one another")])
    parts = {group: _parts(leading / grid.pitch) for group, leading in book.leadings.items()}
    second = {group for group, leading in book.leadings.items() if leading < _OWN_GRID * grid.pitch}
    all_held = {number: list(_held(book, number, parts)) for number in book.text_pages}
    held = {n: [(line, step) for line, step in lines if line.group not in second] for n, lines in all_held.items()}
    held = {number: lines for number, lines in held.items() if lines}
    findings = [
        _off_grid(line, grid, step, is_fault=line.group in book.leadings or line.size > 0.9 * book.text_size)
        for lines in held.values()
        for line, step in lines
        if abs(grid.off(line.baseline, step)) > GRID_PT
    ]
    off_second = [
        abs(grid.off(line.baseline, step))
        for lines in all_held.values()
        for line, step in lines
        if line.group in second
    ]
    facing = dict(_facing(held, grid))
    findings += [
        Finding("facing baselines disagree", left, f"and p{left + 1}", f"{apart:.3f} pt")
        for left, apart in facing.items()
        if apart > GRID_PT
    ]
    worst = {
        n: max((abs(grid.off(line.baseline, step)) for line, step in lines), default=0.0) for n, lines in held.items()
    }
    good = [value for value in worst.values() if value <= GRID_PT]
    agree = [value for value in facing.values() if value <= GRID_PT]
    others = ", ".join(f"p{number} {value:.2f}" for number, value in worst.items() if value > GRID_PT)
    apart_ones = ", ".join(f"p{left}/{left + 1} {value:.2f}" for left, value in facing.items() if value > GRID_PT)
    measure = f"{grid.pitch:.4f} pt ({grid.pitch / MM:.3f} mm) from {grid.phase:.2f} pt"
    rows = [
        ("grid", f"{measure}; text of {book.text_size:g} pt"),
        ("pages with text on the grid", f"{len(good)} of {len(worst)}"),
        ("farthest off, on those", f"{max(good, default=0.0):.3f} pt"),
        ("farthest off, on others", others or "none"),
        ("facing pages agree within 0.02 pt", f"{len(agree)} of {len(facing)}"),
        ("facing pages that do not", apart_ones or "none"),
        ("other leadings, of the grid's", _other_leadings(book, parts) or "none"),
        ("farthest off a second grid", f"{max(off_second):.3f} pt" if off_second else "none"),
    ]
    figures = {
        "pitch_pt": round(grid.pitch, 4),
        "phase_pt": round(grid.phase, 3),
        "off_pt": {n: round(value, 3) for n, value in worst.items()},
        "facing_pt": {n: round(value, 3) for n, value in facing.items()},
        "baselines": {number: _by_face(book.copy[number]) for number in book.text_pages},
    }
    return Section("Baselines", rows, figures, findings)


def measure_first_lines(book: Book) -> Section:
    """Where the text of each page begins, and how far apart it does on facing pages of one kind."""
    grid = book.grid
    if grid is None:
        return Section("First lines", [("first lines", "no grid")])
    firsts = {number: line for number in book.text_pages if (line := _first(book, number))}
    going_on = [grid.line(line.baseline) for number, line in firsts.items() if not book.opens(number)]
    if not firsts:
        return Section("First lines", [("first lines", "no text")])
    top = Counter(going_on).most_common(1)[0][0] if going_on else min(grid.line(f.baseline) for f in firsts.values())
    at = {number: grid.line(line.baseline) - top + 1 for number, line in firsts.items()}
    opening = {number: line for number, line in at.items() if book.opens(number)}
    findings = [
        Finding("page begins low or high", n, firsts[n].place, f"line {line}, others on line 1")
        for n, line in at.items()
        if n not in opening and line != 1
    ]
    uneven = [
        (left, at[left + 1] - at[left])
        for left in spreads(at)
        if (left in opening) == (left + 1 in opening) and at[left] != at[left + 1]
    ]
    findings += [
        Finding("facing pages begin apart", left, f"and p{left + 1}", f"{apart:+d} lines", is_fault=False)
        for left, apart in uneven
        if left in opening
    ]
    going_on_at = {number: line for number, line in at.items() if number not in opening}
    elsewhere = [f"p{number} on {line}" for number, line in going_on_at.items() if line != 1]
    kinds = sorted(Counter(opening.values()).items())
    apart = [f"p{left}/{left + 1} {lines:+d}" for left, lines in uneven if left in opening]
    rows = [
        ("pages that go on", f"{len(going_on_at)}, {len(going_on_at) - len(elsewhere)} on line 1"),
        ("others of these", ", ".join(elsewhere) or "none"),
        ("pages that open", ", ".join(f"{count} on line {line}" for line, count in kinds) or "none"),
        ("openings on one spread apart", ", ".join(apart) or "none"),
    ]
    return Section("First lines", rows, {"first_line": at, "openings": sorted(opening)}, findings)


def spreads(numbers: Collection[int]) -> list[int]:
    """The left-hand pages of all spreads of which both pages are among these."""
    return [number for number in numbers if number % 2 == 0 and number + 1 in numbers]


def _parts(ratio: float) -> int | None:
    """How finely the grid must be parted for lines at this leading; nothing where they meet it nowhere."""
    return next((parts for parts in _PARTS if abs(ratio * parts - round(ratio * parts)) < 0.003 * parts), None)


def _held(book: Book, number: int, parts: dict[tuple[str, float], int | None]) -> Iterator[tuple[Line, int]]:
    """The lines of a page that are held against the grid, and into how many parts its line is divided for them.

    A line of a size that has no leading of its own is held to the finest division that larger leadings need here.
    """
    grid = book.grid
    assert grid is not None
    groups = {line.group for line in book.copy[number]} & book.leadings.keys()
    finest = max((parts[group] or 1 for group in groups if book.leadings[group] > grid.pitch), default=1)
    for line in book.copy[number]:
        step = parts.get(line.group, finest)
        if step is not None and sum(character.text.isalnum() for character in line.characters) > 1:
            yield line, step


def _off_grid(line: Line, grid: Grid, step: int, *, is_fault: bool) -> Finding:
    part = "" if step == 1 else f" of a grid of 1/{step}"
    return Finding(
        "line off the grid", line.page, line.place, f"{grid.off(line.baseline, step):+.3f} pt{part}", is_fault
    )


def _facing(held: dict[int, list[tuple[Line, int]]], grid: Grid) -> Iterator[tuple[int, float]]:
    """Of each spread: the farthest that a line stands from where the facing page has its lines."""
    for left in spreads(held):
        here, there = ([line.baseline for line, step in held[n] if step == 1] for n in (left, left + 1))
        if here and there:
            yield left, max(_apart(here, there, grid), _apart(there, here, grid))


def _apart(here: Sequence[float], there: Sequence[float], grid: Grid) -> float:
    others = {round(grid.off(baseline), 3) for baseline in there}
    return max(
        min(abs((grid.off(y) - other + grid.pitch / 2) % grid.pitch - grid.pitch / 2) for other in others) for y in here
    )


def _by_face(lines: Sequence[Line]) -> dict[str, list[float]]:
    faces: dict[str, list[float]] = defaultdict(list)
    for line in lines:
        faces[f"{line.family} {line.size:g}"].append(round(line.baseline, 3))
    return dict(faces)


def _other_leadings(book: Book, parts: dict[tuple[str, float], int | None]) -> str:
    grid = book.grid
    assert grid is not None
    found = [
        f"{family} {size:g} at {leading / grid.pitch:.3f}" + ("" if parts[family, size] else " (meets no line)")
        for (family, size), leading in sorted(book.leadings.items(), key=lambda each: -each[0][1])
        if parts[family, size] != 1
    ]
    return "; ".join(found)


def _first(book: Book, number: int) -> Line | None:
    """The first line of a page's copy: of its text where it opens something, else of whatever size."""
    lines = [line for line in book.copy[number] if not book.is_display(line)]
    text = [line for line in lines if book.is_text(line)]
    if book.opens(number):
        # A lead is a little larger than the text, a subtitle more than that.
        return next((line for line in lines if 0.95 < line.size / book.text_size < 1.2), None)
    among = [line for line in lines if not text or line.left < max(t.right for t in text)]
    return among[0] if text and among else None
