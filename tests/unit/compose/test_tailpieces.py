"""Closing fields: where entries end, and the artwork that fills what they leave."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from directory_pub.compose.tailpieces import EntryEnd, find_ends, find_raised_rule, hang_block, plan_tailpieces
from directory_pub.design.grid import Grid
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import TrimSize
from unit.hand_made import entry, grid

HEAD, UNIT, LINES = 27.0, 4.5, 54
BOTTOM = HEAD + LINES * UNIT
_TRIMS = [TrimSize(width_mm=w, height_mm=h) for w, h in ((210, 297), (148, 210), (170, 240), (210, 210))]


def end(used_lines: int, note_lines: int = 0, page_index: int = 6) -> EntryEnd:
    return EntryEnd(key="quay", page_index=page_index, used_lines=used_lines, note_lines=note_lines, lines=LINES)


def piece(key: str, *pages: int) -> Piece:
    return Piece(kind="entry", key=key, pages=range(pages[0], pages[-1] + 1), entry=entry(key))


# -------------------------------------------------------------------- ends
def test_an_entry_ends_where_its_last_line_does() -> None:
    ends = find_ends(
        [piece("quay", 6, 7), piece("mole", 8)],
        {"end-quay": (7, HEAD + 20 * UNIT), "end-mole": (8, HEAD + UNIT)},
        grid(),
    )
    assert [(e.key, e.page_index, e.used_lines, e.note_lines, e.free_lines) for e in ends] == [
        ("quay", 7, 20, 0, 34),
        ("mole", 8, 1, 0, 53),
    ]


def test_part_of_a_line_counts_as_one_and_a_hair_does_not() -> None:
    used = [
        find_ends([piece("quay", 6)], {"end-quay": (6, HEAD + lines * UNIT)}, grid())[0].used_lines
        for lines in (20.04, 20.3, 0)
    ]
    assert used == [20, 21, 0]


def test_the_white_behind_a_list_at_a_pages_foot_is_no_line() -> None:
    (found,) = find_ends([piece("quay", 6)], {"end-quay": (6, HEAD + 55 * UNIT)}, grid())
    assert (found.used_lines, found.free_lines) == (54, 0)


def test_notes_take_their_lines_from_the_page_that_they_stand_on() -> None:
    anchors = {
        "end-quay": (6, HEAD + 20 * UNIT),
        "note-3": (6, BOTTOM - 2 * UNIT),
        "note-4": (6, BOTTOM - UNIT),
        "note-1": (5, HEAD),
    }
    (found,) = find_ends([piece("quay", 5, 6)], anchors, grid())
    assert (found.note_lines, found.free_lines) == (3, 31)


def test_pages_that_are_no_entry_have_no_end() -> None:
    assert find_ends([Piece(kind="contents", key="contents", pages=range(4, 5))], {}, grid()) == []


# -------------------------------------------------------------------- fields
def plots_of(height_mm: float, on: Grid) -> tuple[int, float]:
    """How many rows a field has, and the side of its plots."""
    side_mm = on.main_mm / (3 if height_mm > on.main_mm / 3 - 0.01 else 4)
    rows = round(height_mm / side_mm)
    assert height_mm == pytest.approx(rows * side_mm, abs=0.01)
    return rows, side_mm


@pytest.mark.parametrize("trim", _TRIMS, ids=lambda trim: f"{trim.width_mm:g}x{trim.height_mm:g}")
def test_a_field_has_as_many_rows_as_the_text_leaves_room_for_and_stands_on_the_last_line(trim: TrimSize) -> None:
    on, there = grid(trim), 0
    for used in range(on.lines):
        for notes in range(min(on.lines - used, 12)):
            fields = plan_tailpieces([replace(end(used, notes), lines=on.lines)], on)
            clear_mm = (used + 3) * on.unit_mm + on.mm("head")
            foot_mm = on.mm("head") + (on.lines - notes) * on.unit_mm - on.foot_gap_mm
            for field in fields:
                rows, side_mm = plots_of(field.height_mm, on)
                assert field.top_mm + field.height_mm == pytest.approx(foot_mm, abs=0.01), (used, notes)
                assert field.top_mm >= clear_mm - 0.01, (used, notes)
                assert rows == 1 or field.top_mm - side_mm < clear_mm, "room for another row"
                there += 1
            assert fields or foot_mm - clear_mm < on.main_mm / 4, (used, notes)
    assert there > 20


@pytest.mark.parametrize(("used", "rows", "plots"), [(2, 5, 3), (20, 3, 3), (33, 2, 3), (42, 1, 3), (43, 1, 4)])
def test_what_is_less_than_a_row_is_white_or_has_smaller_plots(used: int, rows: int, plots: int) -> None:
    (field,) = plan_tailpieces([end(used)], grid())
    assert plots_of(field.height_mm, grid()) == (rows, pytest.approx(grid().main_mm / plots))


@pytest.mark.parametrize("used", [45, 50, 53, 54])
def test_a_strip_is_no_field(used: int) -> None:
    assert plan_tailpieces([end(used)], grid()) == []


def test_fields_of_facing_pages_agree() -> None:
    one, other = plan_tailpieces([end(22, page_index=7), end(25, page_index=8)], grid())
    assert one.top_mm == other.top_mm


@pytest.mark.parametrize("page_index", [6, 7])
def test_a_field_is_as_wide_as_the_column_above_it(page_index: int) -> None:
    (field,) = plan_tailpieces([end(20, page_index=page_index)], grid())
    frame = grid().frame("main", recto=page_index == 6)
    assert (field.left_mm, field.width_mm, field.artwork) == (frame.left_mm, frame.width_mm, "tailpiece-quay.svg")


def test_a_rule_goes_with_the_field_that_notes_lift_and_stays_where_there_are_none() -> None:
    """A row of plots above the notes, so that its words are as far below it as anywhere."""
    assert find_raised_rule(end(20), grid()) is None
    assert find_raised_rule(end(50, 3), grid()) is None  # no room for a field
    side_mm = grid().main_mm / 3
    for used in (20, 40):
        assert find_raised_rule(end(used, 3), grid()) == pytest.approx(3 * UNIT + side_mm, abs=0.01)
        _, air_mm = hang_block(1, grid(), find_raised_rule(end(used, 3), grid()))
        assert air_mm == pytest.approx(hang_block(1, grid())[1], abs=0.01)


@pytest.mark.parametrize("rule_mm", [None, 30.0, 50.0])
def test_words_below_a_rule_stand_on_the_lines_with_about_the_same_air(rule_mm: float | None) -> None:
    height_mm, air_mm = hang_block(4, grid(), rule_mm)
    assert abs(air_mm - hang_block(1, grid())[1]) <= UNIT / 2
    lines = (grid().text_height_mm - height_mm + air_mm) / UNIT
    assert lines == pytest.approx(round(lines), abs=0.001)
    if rule_mm is not None:
        assert height_mm == pytest.approx(rule_mm + grid().foot_gap_mm)


def test_a_block_that_has_no_room_below_its_rule_stands_on_the_foot_with_the_air_of_others() -> None:
    _, air_mm = hang_block(3, grid())
    assert hang_block(12, grid()) == (0.0, air_mm)
    assert hang_block(9, grid(), 30.0) == (0.0, air_mm)


def test_the_rule_of_a_block_on_the_foot_misses_no_top_by_a_hair() -> None:
    usual = grid().main_mm / 3 + grid().foot_gap_mm
    for lines in range(9, 40):
        height_mm, air_mm = hang_block(lines, grid())
        top_mm = height_mm or lines * UNIT + air_mm
        beside = min(abs(top_mm - (row * (usual - grid().foot_gap_mm) + grid().foot_gap_mm)) for row in range(1, 7))
        assert beside < 0.01 or beside > 0.5 * UNIT, lines
        assert 0.3 * UNIT <= air_mm <= 1.6 * UNIT
