"""The contents in columns: what is kept together, and a last page that is worth turning to."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import Literal

import pytest

from directory_pub.compose.contents import ContentsRow
from directory_pub.compose.contents_columns import SetRow, contents_columns, set_row
from directory_pub.compose.lines import Line
from directory_pub.edition.text import Run


def row(number: int, kind: Literal["part", "entry"], letter: str = "") -> SetRow:
    told = ContentsRow(number, kind, f"key-{number}", f"Name {number}", letter=letter)
    return SetRow(row=told, lines=(Line(runs=(Run(text=told.name, line=0),)),))


def rows(count: int, each: int = 6) -> list[SetRow]:
    entries = [row(number, "entry", chr(ord("A") + (number - 1) // each % 26)) for number in range(1, count + 1)]
    return [row(0, "part"), *entries]


def test_every_row_stands_once_and_a_letter_goes_on_at_a_columns_head() -> None:
    some = rows(100)
    pages = contents_columns(some, lines=30, columns=2, head=8, foot=0)
    columns = [column for page in pages for column in page.columns]
    assert [each.set for each in chain.from_iterable(columns)] == some
    for before, column in pairwise(columns):
        goes_on = before[-1].set.row.letter == column[0].set.row.letter
        assert column[0].goes_on is goes_on
        assert column[0].letter
        assert column[0].before == 0


def test_a_part_is_not_the_last_of_a_column() -> None:
    some = [*rows(20), row(21, "part"), *(row(number, "entry", "Z") for number in range(22, 60))]
    for lines in range(18, 40):
        for page in contents_columns(some, lines=lines, columns=2, head=8, foot=0):
            assert all(column[-1].set.row.kind != "part" for column in page.columns)


@pytest.mark.parametrize("each", [2, 3, 4, 7])
def test_no_row_of_a_letter_stands_alone_at_a_columns_foot_or_head(each: int) -> None:
    for lines in range(18, 40):
        columns = [
            [row.set.row.letter for row in column]
            for page in contents_columns(rows(90, each), lines=lines, columns=2, head=8, foot=0)
            for column in page.columns
        ]
        for before, after in pairwise(columns):
            if before[-1] == after[0]:
                assert before[-2:] == after[:2] == [after[0]] * 2, (lines, before, after)


@pytest.mark.parametrize("sizes", [(3, 5, 4, 7), (4, 4, 5, 6)])
def test_no_letter_is_parted_that_has_room_in_a_column(sizes: tuple[int, ...]) -> None:
    letters = "".join(letter * count for letter, count in zip("ABCDEF", sizes, strict=False))
    some = [row(number, "entry", letter) for number, letter in enumerate(letters)]
    pages = contents_columns(some, lines=12, columns=2, head=0, foot=0)
    assert not any(column[0].goes_on for page in pages for column in page.columns)


@pytest.mark.slow
def test_the_last_page_never_has_a_few_rows() -> None:
    for count in range(20, 300, 3):
        pages = contents_columns(rows(count), lines=40, columns=2, head=8, foot=0)
        last = sum(map(len, pages[-1].columns))
        assert len(pages) == 1 or last > 10, (count, last)


def test_a_folio_is_tied_to_the_last_word_and_a_subtitle_shares_the_row_where_it_fits() -> None:
    def lines_of(runs: tuple[Run, ...]) -> tuple[Line, ...]:
        """A line for every twenty letters, broken at spaces."""
        lines, held = [], ""
        for word in "".join(run.text for run in runs).split(" "):
            if held and len(held) + 1 + len(word) > 20:
                lines.append(held)
                held = word
            else:
                held = f"{held} {word}" if held else word
        return tuple(Line(runs=(Run(text=each, line=0),)) for each in [*lines, held])

    def made(name: str, subtitle: str = "", sign: str = "") -> SetRow:
        told = ContentsRow(0, "entry", "key", name, sign, subtitle)
        return set_row(told, lambda text: (Run(text=text, line=0),), "000", lines_of)

    assert [line.text for line in made("Anchor Allotments", sign="*").lines] == ["Anchor", "Allotments*"]
    beside, below = made("Quay", "Boats"), made("Quay Towns", "Boats and cables")
    assert beside.beside
    assert beside.height == 1
    assert not below.beside
    assert [line.text for line in (*below.lines, *below.subtitle)] == ["Quay Towns", "Boats and", "cables"]
