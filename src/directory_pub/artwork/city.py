"""The plan of the city on the cover: how many plots, how large, and what stands where."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import ceil, dist, floor

from msgspec import Struct

from directory_pub.artwork.plots import Area

__all__ = ["Cell", "City", "lay_out_city"]

# A cell of the plan: (row, column), from the upper left.
Cell = tuple[int, int]

TYPE_SHARE = 3 / 7  # of the page, above the city
LEAST_TYPE_SHARE = 0.42  # the three lines of the title need this much
WORD_SHARE = 1 / 5  # of the page's width, for the longest word at its size
LEAST_WORD_MM = 29.0  # on a small leaf, where words are no smaller than can be printed
SQUEEZE = 0.0125  # how far a plot may be from square: more shows in its circles


class City(Struct, frozen=True, kw_only=True):
    """A grid of plots that stands on the page's foot.

    ``words`` are the first cells of the empty plots for words, in reading order; each is
    ``word_span`` cells wide. ``parks`` are the cells that no organization fills. All other
    cells are the organizations', in reading order.
    """

    columns: int
    rows: int
    plot_width_mm: float
    plot_height_mm: float
    top_mm: float
    word_span: int
    words: tuple[Cell, ...]
    parks: tuple[Cell, ...]
    networks: tuple[Cell, ...]

    def area(self, cell: Cell, span: int = 1) -> Area:
        """Where a cell lies on the page."""
        row, column = cell
        return (column * self.plot_width_mm, self.top_mm + row * self.plot_height_mm,
                span * self.plot_width_mm, self.plot_height_mm)  # fmt: skip

    def touches_word(self, cell: Cell, words: Collection[Cell] | None = None) -> bool:
        """Whether a cell shares a side with an empty plot, or with one of some."""
        row, column = cell
        beside = {(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)}
        asked = self.words if words is None else words
        return any((r, c + k) in beside for r, c in asked for k in range(self.word_span))


def lay_out_city(networks_count: int, words_count: int, trim_mm: tuple[float, float]) -> City:
    """Choose the grid on which the fewest plots are left over and the title keeps its room."""
    grids = [(c, r) for c in range(2, 16) for r in range(1, 21)]
    costs = {grid: _cost(grid, networks_count, words_count, trim_mm) for grid in grids}
    columns, rows = min(costs, key=lambda grid: costs[grid])
    width, height = trim_mm[0] / columns, _plot_height(columns, rows, trim_mm)
    span = _word_span(columns, trim_mm)
    words = _spread_words(columns, rows, words_count, span)
    taken = {(row, column + k) for row, column in words for k in range(span)}
    parks = spread(
        _cells(columns, rows, taken),
        columns * rows - len(taken) - networks_count,
        [(rows + 1, columns)],
    )
    return City(
        columns=columns,
        rows=rows,
        plot_width_mm=width,
        plot_height_mm=height,
        top_mm=trim_mm[1] - rows * height,
        word_span=span,
        words=words,
        parks=parks,
        networks=tuple(_cells(columns, rows, taken | set(parks))),
    )


def _word_span(columns: int, trim_mm: tuple[float, float]) -> int:
    return ceil(columns * max(WORD_SHARE, LEAST_WORD_MM / trim_mm[0]) - 1e-9)


def _plot_height(columns: int, rows: int, trim_mm: tuple[float, float]) -> float:
    """Square, or as near to it as brings the city to its share of the page."""
    square = trim_mm[0] / columns
    wanted = trim_mm[1] * (1 - TYPE_SHARE) / rows
    return min(max(wanted, square * (1 - SQUEEZE)), square * (1 + SQUEEZE))


def _cost(grid: tuple[int, int], networks_count: int, words_count: int, trim_mm: tuple[float, float]) -> float:
    columns, rows = grid
    needed = networks_count + words_count * _word_span(columns, trim_mm)
    left_over = columns * rows - needed
    type_share = 1 - rows * _plot_height(columns, rows, trim_mm) / trim_mm[1]
    words_abreast = ceil(words_count / rows)
    if left_over < 0 or words_abreast * (_word_span(columns, trim_mm) + 1) - 1 > columns:
        return 1000.0 - left_over
    short = max(0.0, LEAST_TYPE_SHARE - type_share)
    return left_over / needed + 2 * abs(type_share - TYPE_SHARE) + 50 * short


def _cells(columns: int, rows: int, taken: Collection[Cell]) -> list[Cell]:
    return [(r, c) for r in range(rows) for c in range(columns) if (r, c) not in taken]


def _spread_words(columns: int, rows: int, count: int, span: int) -> tuple[Cell, ...]:
    """Keep the words apart, in reading order, the last one as far left as it can be."""
    lines = [_row_of(index, rows, count) for index in range(count)]
    placed: list[Cell] = []
    for index in reversed(range(count)):
        row = lines[index]
        end = min([columns, *(column - 1 for r, column in placed if r == row)])
        before = lines[:index].count(row) * (span + 1)
        options = [(row, column) for column in range(before, end - span + 1)]
        placed.append(max(options, key=lambda cell: _clearance(cell, placed)))
    return tuple(reversed(placed))


def _row_of(index: int, rows: int, count: int) -> int:
    return floor((index + 0.5) * rows / count)


def spread(cells: Iterable[Cell], count: int, away_from: Iterable[Cell]) -> tuple[Cell, ...]:
    """So many of the cells, each as far as it can be from the others and from ``away_from``."""
    free, standing, chosen = list(cells), list(away_from), list[Cell]()
    for _ in range(count):
        best = max(free, key=lambda cell: _clearance(cell, standing))
        free.remove(best)
        standing.append(best)
        chosen.append(best)
    return tuple(chosen)


def _clearance(cell: Cell, others: Iterable[Cell]) -> float:
    return min((round(dist(cell, other), 6) for other in others), default=0.0)
