"""Captions that stand side by side below a row of pictures: each has lines of its own, and is read before the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from directory_pub.census.page_reader import Word
from directory_pub.design.grid import LIST_LEADING, Grid

__all__ = ["captions_in_columns"]

_SLACK = 1.3  # of a caption's leading: what is further down stands below the next row of pictures
_PARTED = 0.7  # of the white between two pictures: more than any space between words


def captions_in_columns(words: Sequence[Word], grid: Grid) -> list[Word]:
    """The words of a column, which are in the order of their lines, with captions side by side one after the other."""
    size_pt = grid.mm("credit") / (25.4 / 72)
    ordered: list[Word] = []
    for is_caption, group in groupby(words, lambda word: abs(word.size_pt - size_pt) < 0.05):
        some = list(group)
        for stretch in _stretches(some, grid) if is_caption else (some,):
            ordered += _by_column(stretch, grid) if is_caption else stretch
    return ordered


def _stretches(words: Sequence[Word], grid: Grid) -> Iterator[list[Word]]:
    """Words whose lines follow one another closely."""
    stretch: list[Word] = []
    for word in words:
        if stretch and word.baseline_mm - stretch[-1].baseline_mm > _SLACK * LIST_LEADING * grid.unit_mm:
            yield stretch
            stretch = []
        stretch.append(word)
    if stretch:
        yield stretch


def _by_column(words: Sequence[Word], grid: Grid) -> list[Word]:
    """Words column by column, parted where white goes through all of their lines."""
    parted_mm = _PARTED * (grid.cap_gap_mm + grid.foot_gap_mm)
    columns: list[set[int]] = []
    right_mm = 0.0
    for at, word in sorted(enumerate(words), key=lambda each: each[1].left_mm):
        if not columns or word.left_mm - right_mm > parted_mm:
            columns.append(set())
        columns[-1].add(at)
        right_mm = max(right_mm, word.right_mm)
    return [words[at] for column in columns for at in sorted(column)]
