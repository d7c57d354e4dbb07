"""Marks and boxes: where they stand on the sheet."""

from __future__ import annotations

from itertools import pairwise

import pikepdf
import pytest

from directory_pub.finish.geometry import Box, Sheet, points
from directory_pub.finish.marks import draw_marks

A4 = Sheet(trim_mm=(210, 297), bleed_mm=3, slug_mm=10)
A7 = Sheet(trim_mm=(74, 105), bleed_mm=3, slug_mm=10)


def drawn(sheet: Sheet) -> list[tuple[str, list[float]]]:
    with pikepdf.new() as pdf:
        return [
            (str(each.operator), [float(operand) for operand in each.operands])
            for each in pikepdf.parse_content_stream(pdf.make_stream(draw_marks(sheet)))
        ]


def lines(sheet: Sheet) -> list[tuple[float, ...]]:
    steps = drawn(sheet)
    return [(*start, *end) for (first, start), (second, end) in pairwise(steps) if (first, second) == ("m", "l")]


def marked_places(sheet: Sheet) -> list[tuple[float, float]]:
    places = []
    for operator, numbers in drawn(sheet):
        if operator in ("m", "l", "c"):
            places += list(zip(numbers[::2], numbers[1::2], strict=True))
        if operator == "re":
            x, y, width, height = numbers
            places += [(x, y), (x + width, y + height)]
    return places


def within(box: Box, place: tuple[float, float]) -> bool:
    return box.left < place[0] < box.right and box.bottom < place[1] < box.top


@pytest.mark.parametrize("sheet", [A4, A7])
def test_no_mark_touches_the_bleed_or_leaves_the_sheet(sheet: Sheet) -> None:
    places = marked_places(sheet)
    assert places
    assert not [place for place in places if within(sheet.bleed, place)]
    assert all(within(sheet.media, place) for place in places)


def test_two_crop_marks_stand_at_each_corner_in_line_with_the_trim() -> None:
    near, far = points(4), points(9)
    trim = A4.trim
    wanted = [
        (x, y + way * near, x, y + way * far)
        for x in (trim.left, trim.right)
        for y, way in ((trim.bottom, -1), (trim.top, 1))
    ] + [
        (x + way * near, y, x + way * far, y)
        for y in (trim.bottom, trim.top)
        for x, way in ((trim.left, -1), (trim.right, 1))
    ]
    for mark in wanted:
        assert any(line == pytest.approx(mark, abs=0.001) for line in lines(A4))


def test_a_registration_mark_stands_in_the_middle_of_each_side() -> None:
    across = pytest.approx(points(6), abs=0.001)
    crosses = [line for line in lines(A4) if line[2] - line[0] == across]
    middles = {(round((x0 + x1) / 2), round(y0)) for x0, y0, x1, _ in crosses}
    media = A4.media
    middle_x, middle_y, half = round(media.right / 2), round(media.top / 2), points(5)
    assert middles == {
        (middle_x, round(half)),
        (middle_x, round(media.top - half)),
        (round(half), middle_y),
        (round(media.right - half), middle_y),
    }


def test_the_lines_print_on_all_four_plates() -> None:
    steps = drawn(A4)
    assert ("K", [1, 1, 1, 1]) in steps
    assert ("w", [0.25]) in steps


def test_the_patches_show_each_plate_and_two_greys() -> None:
    tones = [tuple(numbers) for operator, numbers in drawn(A4) if operator == "k"]
    assert tones[:4] == [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)]
    assert len(tones) == 6


def test_a_narrow_leaf_has_no_patches_in_the_way_of_its_marks() -> None:
    assert not [step for step in drawn(A7) if step[0] == "k"]


def test_a_slug_too_narrow_for_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="slug"):
        draw_marks(Sheet(trim_mm=(210, 297), bleed_mm=3, slug_mm=5))
    assert b" l S" not in draw_marks(Sheet(trim_mm=(210, 297), bleed_mm=0), crop=False, registration=False)


def test_a_printer_may_want_crop_marks_alone() -> None:
    crop_alone, all_marks = draw_marks(A4, registration=False), draw_marks(A4)
    assert (crop_alone.count(b" l S"), all_marks.count(b" l S")) == (8, 16)
    assert b" re f" not in crop_alone


def test_the_boxes_of_a_sheet_lie_round_one_another() -> None:
    assert A4.media == Box(0, 0, points(236), points(323))
    assert A4.bleed == Box(points(10), points(10), points(226), points(313))
    assert A4.trim == Box(points(13), points(13), points(223), points(310))
