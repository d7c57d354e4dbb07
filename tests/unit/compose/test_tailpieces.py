"""Closing fields: where entries end, and the artwork that fills what they leave."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from directory_pub.artwork import storey_mm
from directory_pub.compose.tailpieces import EntryEnd, find_ends, find_raised_rule, hang_block, plan_tailpieces
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
def rows_of(field_top_mm: float, field_height_mm: float) -> tuple[float, float]:
    """The line that a field hangs from and the line that it stands on."""
    g = grid()
    return (field_top_mm - g.cap_gap_mm - HEAD) / UNIT, (field_top_mm + field_height_mm + g.foot_gap_mm - HEAD) / UNIT


@pytest.mark.parametrize(
    ("used", "first"), [(0, 11), (1, 11), (9, 11), (10, 22), (20, 22), (21, 33), (31, 33), (32, 44), (42, 44)]
)
def test_a_field_hangs_from_the_next_row_of_the_grid_and_stands_on_the_last_line(used: int, first: int) -> None:
    (field,) = plan_tailpieces([end(used)], grid())
    assert rows_of(field.top_mm, field.height_mm) == pytest.approx((first, LINES), abs=0.01)


@pytest.mark.parametrize("used", [43, 44, 50, 53, 54])
def test_less_than_a_row_is_left_white(used: int) -> None:
    assert plan_tailpieces([end(used)], grid()) == []


@pytest.mark.parametrize("notes", [1, 2, 5, 10])
def test_a_field_ends_above_the_notes(notes: int) -> None:
    (field,) = plan_tailpieces([end(20, notes)], grid())
    assert rows_of(field.top_mm, field.height_mm) == pytest.approx((22, LINES - notes), abs=0.01)


def test_no_field_is_a_mere_strip_whatever_the_notes() -> None:
    for used in range(LINES):
        for notes in range(0, LINES - used):
            for field in plan_tailpieces([end(used, notes)], grid()):
                first, last = rows_of(field.top_mm, field.height_mm)
                assert last - first >= 5.9, (used, notes)
                assert used + 1.99 <= first < last <= LINES - notes + 0.01, (used, notes)


def test_fields_of_facing_pages_hang_from_one_line() -> None:
    one, other = plan_tailpieces([end(12, page_index=7), end(17, page_index=8)], grid())
    assert one.top_mm == other.top_mm


@pytest.mark.parametrize("page_index", [6, 7])
def test_a_field_is_as_wide_as_the_column_above_it(page_index: int) -> None:
    (field,) = plan_tailpieces([end(20, page_index=page_index)], grid())
    frame = grid().frame("main", recto=page_index == 6)
    assert (field.left_mm, field.width_mm, field.artwork) == (frame.left_mm, frame.width_mm, "tailpiece-quay.svg")


def test_a_rule_goes_with_the_field_that_notes_lift_and_stays_where_there_are_none() -> None:
    assert find_raised_rule(end(20), grid()) is None
    assert find_raised_rule(end(50, 3), grid()) is None  # no room for a field
    side_mm = grid().main_mm / 3
    assert find_raised_rule(end(20, 3), grid()) == pytest.approx(3 * UNIT + side_mm, abs=0.01)
    (low,) = plan_tailpieces([end(42, 3)], grid())
    assert low.height_mm < side_mm  # a street of smaller plots: the rule meets its tops
    assert find_raised_rule(end(42, 3), grid()) == pytest.approx(3 * UNIT + low.beside_mm, abs=0.01)
    assert low.height_mm * 0.9 < low.beside_mm <= low.height_mm


@pytest.mark.parametrize("trim", _TRIMS, ids=lambda trim: f"{trim.width_mm:g}x{trim.height_mm:g}")
def test_wherever_a_field_stands_the_rule_beside_it_meets_the_tops_of_its_plots(trim: TrimSize) -> None:
    on = grid(trim)
    usual_mm, met = on.main_mm / 3, 0
    for used in range(on.lines):
        for notes in range(min(on.lines - used, 12)):
            at = replace(end(used, notes), lines=on.lines)
            for field in plan_tailpieces([at], on):
                up_mm = storey_mm(field.width_mm, field.height_mm)
                rows = field.beside_mm / up_mm
                assert rows == pytest.approx(max(round(rows), 1), abs=0.01), (used, notes)
                assert field.beside_mm < field.height_mm + 0.06, (used, notes)
                raised_mm = find_raised_rule(at, on)
                rule_mm = usual_mm if raised_mm is None else raised_mm
                assert rule_mm == pytest.approx(notes * on.unit_mm + field.beside_mm, abs=0.06), (used, notes)
                met += 1
    assert met > 20


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
