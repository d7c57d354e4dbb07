"""Which columns are of figures, and where each figure's decimals begin."""

from __future__ import annotations

import pytest

from directory_pub.compose.figures import figures_in, points_of
from directory_pub.edition.numbers import decimal_mark


@pytest.mark.parametrize(
    "texts",
    [
        ("4,210", "960", "–"),
        ("1.5", "", "−2"),
        ("18 %", "6.1 %"),
        ("€ 4", "€ 1,250.50"),
        ("12 km", "7 m²"),
        ("5 May", "12 June"),
        ("12 480", "3"),
    ],
)
def test_figures_and_what_says_that_there_is_none(texts: tuple[str, ...]) -> None:
    assert figures_in(texts)


@pytest.mark.parametrize(
    "texts", [("4", "none"), ("–", ""), ("Room 4",), ("3a", "4b"), ("www.example.org",), ("1st", "2nd")]
)
def test_words_are_no_figures(texts: tuple[str, ...]) -> None:
    assert not figures_in(texts)


@pytest.mark.parametrize(
    ("texts", "language", "before"),
    [
        (("1,234", "21.5", "9"), "en-GB", ["1,234", "21", "9"]),
        (("1.234", "21,5", "9"), "de", ["1.234", "21", "9"]),
        (("1.234", "2.345"), "de", ["1.234", "2.345"]),
        (("1.234", "2.345"), "en", ["1", "2"]),
        (("1,5", "2,25"), "en", ["1", "2"]),
        (("1.234,5", "12"), "en", ["1.234", "12"]),
        (("1,234,567", "8"), "de", ["1,234,567", "8"]),
        (("18 %", "6.1 %"), "en", ["18", "6"]),
        (("–", "4"), "en", ["–", "4"]),
    ],
)
def test_what_stands_before_the_decimals(texts: tuple[str, ...], language: str, before: list[str]) -> None:
    points = points_of(texts, decimal_mark(language))
    assert [text[:point] for text, point in zip(texts, points, strict=True)] == before


@pytest.mark.parametrize(("language", "mark"), [("en-GB", "."), ("de", ","), ("fr", ","), ("de-CH", "."), ("sv", ",")])
def test_each_language_has_its_mark(language: str, mark: str) -> None:
    assert decimal_mark(language) == mark
