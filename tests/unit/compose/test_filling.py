"""Columns are filled with whole blocks, evenly, and lose none."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from directory_pub.compose.filling import Block, Column, fill_columns

_BLOCKS = st.lists(
    st.builds(Block, lines=st.integers(1, 12), before=st.integers(0, 2), kept=st.booleans(), again=st.integers(0, 1)),
    max_size=40,
)


def _entries(*lines: int) -> list[Block]:
    return [Block(lines=each, before=1) for each in lines]


@given(_BLOCKS, st.integers(14, 40), st.integers(1, 3), st.integers(0, 1))
def test_every_block_stands_in_one_column_in_its_order(blocks: list[Block], lines: int, columns: int, head: int):
    filled = fill_columns(blocks, lines, columns=columns, head=head)
    assert [each for column in filled for each in range(column.first, column.last)] == list(range(len(blocks)))
    assert all(one.last == other.first for one, other in pairwise(filled))


@given(_BLOCKS, st.integers(26, 40), st.integers(1, 3))
def test_no_column_is_higher_than_its_page_or_ends_in_a_head(blocks: list[Block], lines: int, columns: int):
    loose = [Block(lines=each.lines, before=each.before, kept=bool(at % 2)) for at, each in enumerate(blocks)]
    for column in fill_columns(loose, lines, columns=columns):
        assert column.free >= 0
        assert not loose[column.last - 1].kept or column.last == len(loose)


def test_columns_are_as_even_as_they_can_be():
    """Filling the first as far as it goes would leave none there and nine in the second."""
    filled = fill_columns(_entries(5, 5, 3, 6, 16), 16)
    assert [(column.first, column.last) for column in filled] == [(0, 2), (2, 4), (4, 5)]


def test_the_last_column_is_not_left_with_next_to_nothing():
    """Filling each as far as it goes would leave one block of two lines alone on the last page."""
    filled = fill_columns(_entries(*[2] * 11), 14)
    assert [column.last - column.first for column in filled] == [4, 5, 2]


def test_no_column_more_is_taken_than_filling_takes():
    assert len(fill_columns(_entries(*[3] * 12), 15)) == 3


def test_the_space_above_a_block_is_dropped_at_the_head_of_a_column():
    assert [column.used for column in fill_columns(_entries(5, 5, 5), 11)] == [11, 5]


def test_a_column_that_goes_on_repeats_its_head():
    blocks = [Block(lines=1, kept=True), *[Block(lines=1, again=1)] * 6]
    assert fill_columns(blocks, 4)[1] == Column(4, 7, 4, 4)


def test_the_columns_of_the_first_page_leave_room_for_its_head():
    filled = fill_columns(_entries(*[2] * 20), 8, columns=2, head=3)
    assert [column.lines for column in filled[:3]] == [5, 5, 8]


def test_the_last_page_is_levelled():
    filled = fill_columns(_entries(*[1] * 30), 20, columns=3)
    assert [column.last - column.first for column in filled] == [10, 10, 10]


def test_on_the_last_page_a_group_is_not_parted_to_make_columns_level():
    groups = [Block(lines=1, before=int(at in (0, 10)), again=int(at not in (0, 10))) for at in range(16)]
    assert [column.last for column in fill_columns(groups, 40, columns=2)] == [10, 16]
    high = [replace(each, again=int(at not in (0, 15))) for at, each in enumerate(groups)]
    assert [column.last for column in fill_columns(high, 40, columns=2)] == [9, 16], "but not at any price"


def test_what_is_higher_than_a_column_stands_alone_and_says_so():
    assert [column.free for column in fill_columns(_entries(30, 2), 20)] == [-10, 18]


def test_where_more_follows_the_last_column_is_as_full_as_the_others():
    filled = fill_columns(_entries(*[5] * 7), 23, goes_on=True)
    assert [column.last - column.first for column in filled] in ([4, 3], [3, 4])


@given(st.integers(5, 60), st.integers(2, 3))
def test_where_more_follows_no_page_lacks_a_column(count: int, columns: int):
    filled = fill_columns(_entries(*[4] * count), 30, columns=columns, goes_on=True)
    assert len(filled) % columns == 0
    assert {column.lines for column in filled} == {30}
    assert [each for column in filled for each in range(column.first, column.last)] == list(range(count))
    assert all(column.free >= 0 for column in filled)
