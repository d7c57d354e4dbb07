"""Words sorted into the frames of the page, and those that leave them."""

from __future__ import annotations

import pytest

from directory_pub.census import Word
from directory_pub.census.frames import FramedPage, frame_page, outside, reading_order
from directory_pub.edition.trims import TRIMS
from unit.hand_made import grid, line, page, word

RECTO, VERSO = 6, 7
LEFT = {RECTO: 24.0, VERSO: 18.0 + 45 + 9}
SIDE = {RECTO: 24.0 + 114 + 9, VERSO: 18.0}


def texts(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def framed(index: int, *lines: list[Word], notes: tuple[int, ...] = ()) -> FramedPage:
    return frame_page(index, page(*lines), grid(), notes)


@pytest.mark.parametrize("index", [RECTO, VERSO])
def test_words_are_sorted_by_the_column_that_they_stand_in(index: int) -> None:
    found = framed(
        index,
        line("TOWNS 7", LEFT[index], 15, 7.5),
        line("the text", LEFT[index], 30.3),
        line("www.example.org", SIDE[index], 260, 7.75),
    )
    assert (texts(found.head), texts(found.main), texts(found.side)) == ("TOWNS 7", "the text", "www.example.org")


def test_between_the_columns_a_word_belongs_to_the_nearer() -> None:
    found = framed(RECTO, [word("near", 139, 50), word("far", 146, 50)])
    assert (texts(found.main), texts(found.side)) == ("near", "far")


def test_text_above_the_column_is_a_head_only_in_a_heads_size() -> None:
    found = framed(RECTO, [word("folio", 24, 15, 8.25), word("stray", 60, 15, 9.75)])
    assert (texts(found.head), texts(found.main)) == ("folio", "stray")


def test_a_raised_figure_is_a_call_and_a_figure_in_the_text_is_none() -> None:
    found = framed(RECTO, [word("in", 24, 50), word("2", 29, 49, 6.5), word("2019", 33, 50), word("a", 50, 49, 6.5)])
    assert (texts(found.calls), texts(found.main)) == ("2", "a in 2019")


def test_notes_begin_where_the_first_notes_number_stands_at_the_edge() -> None:
    found = framed(
        RECTO, line("text 3 more", 24, 50), line("3 The note", 24, 260, 7.5), line("goes on", 24, 264, 7.5), notes=(3,)
    )
    assert (texts(found.main), texts(found.notes)) == ("text 3 more", "3 The note goes on")


@pytest.mark.parametrize(("number", "left", "size"), [("4", 24, 7.5), ("3", 30, 7.5), ("3", 24, 9.75)])
def test_a_figure_that_is_no_notes_number_begins_no_notes(number: str, left: float, size: float) -> None:
    assert framed(RECTO, line(f"{number} words", left, 260, size), notes=(3,)).notes == []


# -------------------------------------------------------------------- order
def test_words_are_read_from_the_top_and_from_the_left() -> None:
    words = [word("d", 30, 54.5), word("b", 30, 50.3), word("a", 24, 50), word("c", 24, 54.5)]
    assert texts(reading_order(words)) == "a b c d"


def test_a_baseline_half_a_millimetre_off_is_the_same_line() -> None:
    assert texts(reading_order([word("b", 30, 50), word("a", 24, 50.5)])) == "a b"
    assert texts(reading_order([word("b", 30, 50), word("a", 24, 50.6)])) == "b a"


# -------------------------------------------------------------------- outside
@pytest.mark.parametrize(
    ("left", "baseline", "over"), [(20, 50, 4), (24 + 114 - 1, 50, 2.4), (60, 20, 7), (60, 275, 5)]
)
def test_a_word_that_leaves_its_frame_on_any_side_is_found_with_its_measure(
    left: float, baseline: float, over: float
) -> None:
    leaving, worst = outside([word("ok", 30, 60), word("xx", left, baseline)], grid().frame("main", recto=True))
    assert (texts(leaving), worst) == ("xx", pytest.approx(over))


def test_a_hair_of_overhang_is_none() -> None:
    assert outside([word("x", 23.5, 50), word("x", 24 + 114 - 1.2, 50)], grid().frame("main", recto=True)) == ([], 0)


def test_large_type_may_hang_by_its_own_measure() -> None:
    frame = grid().frame("main", recto=True)
    assert outside([word("W", 22, 60, 96)], frame)[0] == []
    assert texts(outside([word("W", 21.8, 60, 96)], frame)[0]) == "W"


def test_a_mark_that_opens_a_quote_is_no_word_of_the_column() -> None:
    """It hangs outside, and is known by its size; a mark in the text is a word."""
    told = frame_page(8, page([word("“", 22, 50, 32), word("“", 30, 60)]), grid(), [])
    assert (texts(told.marks), texts(told.main)) == ("“", "“")


# -------------------------------------------------------------------- a leaf without a side column
def narrow(*lines: list[Word], contact: bool = True, notes: tuple[int, ...] = ()) -> FramedPage:
    return frame_page(RECTO, page(*lines), grid(TRIMS["A6"]), notes, contact=contact)


def test_below_the_text_the_contact_block_is_told_by_its_size() -> None:
    lines = line("the text", 13, 40, 8.5), line("www.example.org", 17, 60, 7.25), line("1 a note", 13, 120, 6.75)
    found = narrow(*lines, notes=(1,))
    assert (texts(found.main), texts(found.side), texts(found.notes)) == ("the text", "www.example.org", "1 a note")
    assert texts(narrow(*lines, contact=False).side) == "", "front matter has no such block"


def test_two_columns_of_a_contact_block_are_read_one_after_the_other() -> None:
    rows = [word("a", 17, 60, 7.25), word("c", 60, 60, 7.25), word("b", 17, 64, 7.25), word("d", 60, 64, 7.25)]
    assert texts(narrow(rows).side) == "a b c d"


def test_a_row_that_runs_through_the_middle_says_that_there_is_one_column() -> None:
    across = Word("b", 50, 54, 60, 7.25, "SourceSans3-Regular")
    rows = [word("a", 17, 60, 7.25), across, word("c", 60, 60, 7.25), word("d", 17, 64, 7.25)]
    assert texts(narrow(rows).side) == "a b c d"
