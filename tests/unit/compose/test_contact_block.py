"""A contact block below the text: one column or two."""

from __future__ import annotations

import pytest

from directory_pub.compose.contact_block import arrange_block
from directory_pub.compose.lines import Line
from directory_pub.edition.contact_table import ContactRow
from directory_pub.findings import Place


def rows(count: int) -> list[ContactRow]:
    return [ContactRow(kind="web", text=f"row-{n}", place=Place(file="e.md", line=n)) for n in range(count)]


def lines(*heights: int, broken: int | None = None) -> list[list[Line]]:
    """Rows of so many lines each; the first line of the row ``broken`` ends inside a word."""
    return [[Line(runs=(), joined=n == broken and not at) for at in range(height)] for n, height in enumerate(heights)]


@pytest.mark.parametrize(
    ("heights", "left"),
    [((1, 1, 1, 1), 2), ((1, 1, 1), 2), ((1, 1, 4), 2), ((4, 1, 1), 1), ((1, 3, 1, 1), 2)],
)
def test_two_columns_are_as_even_as_they_can_be(heights: tuple[int, ...], left: int) -> None:
    told = rows(len(heights))
    block = arrange_block(told, lines(*heights), lines(*heights))
    assert block.style == "contact"
    assert [list(column) for column in block.columns] == [told[:left], told[left:]]


@pytest.mark.parametrize(
    ("half", "whole"),
    [
        (lines(1), lines(1)),
        (lines(2, 2), lines(1, 1)),
        (lines(1, 2, 1, broken=1), lines(1, 1, 1)),
    ],
    ids=["a single row", "no line saved", "an address broken"],
)
def test_where_two_columns_save_nothing_or_break_an_address_there_is_one(
    half: list[list[Line]], whole: list[list[Line]]
) -> None:
    block = arrange_block(rows(len(half)), half, whole)
    assert (len(block.columns), block.style) == (1, "contact-main")


def test_an_address_that_is_too_long_for_either_does_not_stop_two_columns() -> None:
    assert len(arrange_block(rows(3), lines(1, 2, 1, broken=1), lines(1, 2, 1, broken=1)).columns) == 2
