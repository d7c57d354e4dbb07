"""The plan of the cover: every plot has its use, and its shape."""

from __future__ import annotations

from itertools import combinations

import pytest

from directory_pub.artwork.city import City, lay_out_city

A4, A5, SQUARE = (210.0, 297.0), (148.0, 210.0), (210.0, 210.0)
COUNTS = [1, 5, 9, 16, 23, 40, 60]


def all_cells(city: City) -> list[tuple[int, int]]:
    words = [(row, column + k) for row, column in city.words for k in range(city.word_span)]
    return [*words, *city.parks, *city.networks]


@pytest.mark.parametrize("trim_mm", [A4, A5, SQUARE])
@pytest.mark.parametrize("count", COUNTS)
def test_each_cell_is_an_organization_a_word_or_a_park(count: int, trim_mm: tuple[float, float]) -> None:
    city = lay_out_city(count, 4, trim_mm)
    cells = all_cells(city)
    assert len(city.networks) == count
    assert len(city.words) == 4
    assert sorted(cells) == [(r, c) for r in range(city.rows) for c in range(city.columns)]


def test_sixteen_organizations_and_four_words_fill_five_by_four_with_none_left_over() -> None:
    city = lay_out_city(16, 4, A4)
    assert (city.columns, city.rows, city.parks) == (5, 4, ())
    assert city.plot_width_mm == 42
    assert city.top_mm == pytest.approx(297 * 3 / 7)


@pytest.mark.parametrize("count", COUNTS)
def test_few_plots_are_left_over(count: int) -> None:
    city = lay_out_city(count, 4, A4)
    assert len(city.parks) <= max(3, count // 5)


@pytest.mark.parametrize("trim_mm", [A4, A5, SQUARE])
@pytest.mark.parametrize("count", COUNTS)
def test_plots_are_nearly_square_and_stand_on_the_foot(count: int, trim_mm: tuple[float, float]) -> None:
    city = lay_out_city(count, 4, trim_mm)
    assert city.plot_height_mm / city.plot_width_mm == pytest.approx(1, abs=0.0126)
    assert city.top_mm + city.rows * city.plot_height_mm == pytest.approx(trim_mm[1])


@pytest.mark.parametrize("count", COUNTS)
def test_the_title_keeps_its_room(count: int) -> None:
    assert 0.42 <= lay_out_city(count, 4, A4).top_mm / A4[1] <= 0.65


@pytest.mark.parametrize("trim_mm", [A4, A5, SQUARE])
@pytest.mark.parametrize("count", COUNTS)
def test_a_word_has_a_fifth_of_the_page_and_touches_no_other_word(count: int, trim_mm: tuple[float, float]) -> None:
    city = lay_out_city(count, 4, trim_mm)
    width_mm = city.area(city.words[0], city.word_span)[2]
    assert width_mm >= trim_mm[0] / 5 - 0.001
    for (row, column), (other_row, other_column) in combinations(city.words, 2):
        assert row != other_row or abs(column - other_column) > city.word_span


def test_words_come_in_reading_order_and_the_last_stands_in_the_lower_left_corner() -> None:
    for count in COUNTS:
        city = lay_out_city(count, 4, A4)
        assert list(city.words) == sorted(city.words)
        assert city.words[-1] == (city.rows - 1, 0) or city.rows < 3


def test_a_cover_without_words_has_no_plots_for_them() -> None:
    city = lay_out_city(12, 0, A4)
    assert city.words == ()
    assert len(city.networks) == 12
