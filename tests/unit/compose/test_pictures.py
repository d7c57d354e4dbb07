"""How wide and high pictures stand: on the lines of the grid, whole, and no higher than a page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from directory_pub.compose.lines import Line
from directory_pub.compose.pictures import CLOSING_LINES, PictureBlock, arrange_pictures, caption_of, close_with
from directory_pub.edition.pictures import Photo
from directory_pub.edition.text import Run, plain
from directory_pub.edition.trims import TRIMS
from directory_pub.findings import Place
from unit.hand_made import grid, run

HERE = Place(file="x.md", line=1)
TRIM_NAMES = ("A4", "170x240", "A5", "A6")


def photo(**fields: object) -> Photo:
    told = {"file": "a.jpg", "alt": "A.", "place": HERE, "file_place": HERE, "size": "column"}
    return Photo(**{**told, **fields})  # type: ignore[arg-type]


def set_caption(runs: Sequence[Run], width_mm: float) -> tuple[Line, ...]:
    """A line for each 40 mm that a width is short of 160."""
    return tuple(Line(runs=tuple(runs)) for _ in range(max(4 - int(width_mm / 40), 1)))


def arrange(photos: Sequence[Photo], *proportions: float, trim: str = "170x240") -> PictureBlock:
    return arrange_pictures(photos, proportions, grid(TRIMS[trim]), set_caption)


@pytest.mark.parametrize("trim", TRIM_NAMES)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 9, 12])
def test_each_stands_from_a_cap_height_to_a_baseline_and_rows_fill_the_column(trim: str, count: int) -> None:
    own = grid(TRIMS[trim])
    proportions = [1.5, 0.75, 1.0, 1.8, 1.33, 0.66][:count] * 2
    block = arrange([photo(caption=(run("Told."),))] * count, *proportions, trim=trim)
    gap_mm = own.cap_gap_mm + own.foot_gap_mm
    for row in block.rows:
        (height_mm,) = {round(each.height_mm, 6) for each in row.pictures}
        lines = (height_mm + gap_mm) / own.unit_mm
        assert lines == pytest.approx(round(lines))
        assert sum(each.width_mm for each in row.pictures) + (len(row.pictures) - 1) * gap_mm == pytest.approx(
            own.main_mm
        )
    assert sum(len(row.pictures) for row in block.rows) == count


@pytest.mark.parametrize("count", range(1, 13))
def test_a_strip_has_up_to_four_and_no_row_of_a_grid_is_a_single_picture(count: int) -> None:
    counts = [len(row.pictures) for row in arrange([photo()] * count, *[1.5] * count).rows]
    assert counts == [count] if count <= 4 else set(counts) <= {2, 3}


@pytest.mark.parametrize("proportion", [0.8, 1.0, 1.33, 1.5, 1.78, 2.4])
def test_less_than_half_a_line_is_trimmed_of_a_picture_alone(proportion: float) -> None:
    own = grid(TRIMS["170x240"])
    ((row,),) = [arrange([photo()], proportion).rows]
    natural_mm = own.main_mm / proportion
    assert abs(row.pictures[0].height_mm - natural_mm) <= own.unit_mm / 2 + 0.01


@pytest.mark.parametrize("trim", TRIM_NAMES)
@pytest.mark.parametrize("proportion", [0.05, 0.3, 0.5])
def test_a_picture_higher_than_a_page_is_narrower_and_fits_with_its_caption(trim: str, proportion: float) -> None:
    block = arrange([photo(caption=(run("Told."),))], proportion, trim=trim)
    (picture,) = block.rows[0].pictures
    assert block.lines <= grid(TRIMS[trim]).lines
    assert picture.width_mm / picture.height_mm == pytest.approx(proportion, rel=0.05)


def test_a_caption_that_one_picture_has_is_that_of_all() -> None:
    told = photo(caption=(run("Told."),))
    block = arrange([photo(), photo(), told], 1.5, 1.5, 1.5)
    assert len(block.below) == 1
    assert not any(each.caption for each in block.rows[0].pictures)
    each_own = arrange([told, told], 1.5, 1.5)
    assert each_own.below == ()
    assert all(each.caption for each in each_own.rows[0].pictures)


def test_captions_of_narrow_pictures_stand_below_all_in_their_order() -> None:
    photos = [photo(caption=(run(word),)) for word in ("One.", "Two.", "Three.", "Four.")]
    block = arrange(photos, 1.5, 1.5, 1.5, 0.5)
    assert [plain(lines[0].runs) for lines in block.below] == ["One.", "Two.", "Three.", "Four."]


def test_a_picture_goes_across_the_side_column_where_there_is_one() -> None:
    own = grid(TRIMS["A5"])
    block = arrange([photo(size="page")], 3.0, trim="A5")
    assert block.rows[0].pictures[0].width_mm == pytest.approx(own.main_mm + own.mm("gutter") + own.side_mm)
    without = arrange([photo(size="page")], 3.0, trim="A6")
    assert (without.size, without.rows[0].pictures[0].width_mm) == ("column", pytest.approx(grid(TRIMS["A6"]).main_mm))


def test_the_credit_runs_on_behind_a_stop_and_stands_below_a_caption_without_one() -> None:
    assert "".join(r.text for r in caption_of(photo(caption=(run("Told."),), credit="Photo: A."))) == "Told. Photo: A."
    assert "".join(r.text for r in caption_of(photo(caption=(run("Told"),), credit="Photo: A."))) == "Told\nPhoto: A."


# -------------------------------------------------------------------- closing
@pytest.mark.parametrize("free", range(CLOSING_LINES, 44))
def test_a_closing_picture_fills_the_lines_that_are_free_and_is_no_higher_than_it_is(free: int) -> None:
    own = grid(TRIMS["170x240"])
    block = close_with(photo(caption=(run("Told."),)), 1.5, free, own, set_caption)
    assert block.lines == free
    assert block.blank >= 1
    assert block.rows[0].pictures[0].height_mm <= own.main_mm / 1.5 + own.unit_mm / 2


@pytest.mark.parametrize("free", range(CLOSING_LINES))
def test_a_closing_picture_without_room_stands_as_any_other(free: int) -> None:
    own = grid(TRIMS["170x240"])
    block = close_with(photo(), 1.5, free, own, set_caption)
    assert block == arrange([photo()], 1.5)
    assert block.blank == 0
