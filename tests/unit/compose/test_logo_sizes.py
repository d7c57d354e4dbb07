"""Logos look as large as one another: by area and weight, not by width."""

from __future__ import annotations

import pytest

from directory_pub.compose.logo_sizes import logo_box
from directory_pub.pictures import InkFacts


def ink(ratio: float, cover: float = 0.32, **box: float) -> InkFacts:
    return InkFacts(ratio=ratio, cover=cover, **box)


@pytest.mark.parametrize("ratio", [0.5, 1, 2, 4])
def test_logos_of_one_weight_have_one_area_and_keep_their_shape(ratio: float) -> None:
    box = logo_box(ink(ratio), 20, 200, 200)
    assert box.width_mm * box.height_mm == pytest.approx(400)
    assert box.width_mm / box.height_mm == pytest.approx(ratio)


def test_a_solid_mark_is_smaller_and_an_airy_one_larger() -> None:
    areas = [
        box.width_mm * box.height_mm for box in (logo_box(ink(1, cover), 20, 99, 99) for cover in (0.9, 0.32, 0.1))
    ]
    assert areas == sorted(areas)
    assert areas[0] == pytest.approx(400 * (0.32 / 0.9) ** 0.35)


def test_none_is_wider_or_higher_than_its_place() -> None:
    wide, high = logo_box(ink(9), 20, 30, 99), logo_box(ink(1 / 9), 20, 99, 25)
    assert (wide.width_mm, wide.height_mm) == pytest.approx((30, 30 / 9))
    assert (high.width_mm, high.height_mm) == pytest.approx((25 / 9, 25))


def test_empty_space_in_the_file_reaches_beyond_the_box_and_does_not_count() -> None:
    box = logo_box(ink(1, left=0.25, right=0.75, top=0.5, bottom=1.0), 20, 99, 99)
    assert (box.width_mm, box.height_mm) == pytest.approx((20, 20))
    assert (box.whole_width_mm, box.whole_height_mm) == pytest.approx((40, 40))
    assert (box.left_mm, box.top_mm) == pytest.approx((-10, -20))
