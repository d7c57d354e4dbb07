"""Where the small lines of a cover begin: on columns, whole or half ones, with air between them."""

from __future__ import annotations

from directory_pub.compose.cover_lines import column_widths


def test_each_block_begins_on_the_first_column_that_is_free() -> None:
    assert column_widths([30, 40, 50], 42, 198, 6) == (42, 84)


def test_what_leaves_just_the_air_takes_no_column_more() -> None:
    assert column_widths([36, 78, 50], 42, 198, 6) == (42, 84)


def test_half_columns_are_taken_where_whole_ones_have_no_room() -> None:
    assert column_widths([31, 33, 27], 29.6, 136, 6) == (44.4, 44.4)


def test_a_block_without_lines_takes_no_column() -> None:
    assert column_widths([30, 0, 50], 42, 198, 6) == (42, 0)


def test_what_has_no_room_has_no_columns() -> None:
    assert column_widths([90, 90, 50], 42, 198, 6) == ()
