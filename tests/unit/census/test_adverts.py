"""What tells an advert in its place from one that is covered, cut off or not there."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from directory_pub.census.adverts import strays, unlike
from directory_pub.census.page_reader import Word
from directory_pub.design.grid import Frame

SIZE = (96, 134)


def drawn(ground: int = 70) -> Image.Image:
    image = Image.new("L", SIZE, ground)
    pen = ImageDraw.Draw(image)
    pen.rectangle((10, 70, 55, 120), fill=215)
    pen.rectangle((12, 20, 80, 26), fill=250)
    return image


def test_the_same_is_alike() -> None:
    assert unlike(drawn(), drawn()) == ""


@pytest.mark.parametrize("factor", [0.85, 1.15])
def test_colours_may_be_shown_otherwise(factor: float) -> None:
    assert unlike(ImageEnhance.Brightness(drawn()).enhance(factor), drawn()) == ""


@pytest.mark.parametrize("level", [255, 0xD8])
def test_an_empty_place_is_told(level: int) -> None:
    assert "not there" in unlike(Image.new("L", SIZE, level), drawn())


def test_type_on_white_that_is_missing_is_told() -> None:
    own = Image.new("L", SIZE, 255)
    ImageDraw.Draw(own).rectangle((10, 60, 80, 66), fill=40)
    assert unlike(Image.new("L", SIZE, 255), own)


def test_an_advert_that_is_covered_is_told() -> None:
    covered = drawn()
    ImageDraw.Draw(covered).rectangle((60, 40, 90, 65), fill=255)
    assert "covered" in unlike(covered, drawn())


def test_an_advert_that_is_cut_off_is_told() -> None:
    cut = drawn()
    ImageDraw.Draw(cut).rectangle((84, 0, 96, 134), fill=255)
    assert unlike(cut, drawn())


def test_one_that_is_mirrored_is_told() -> None:
    assert unlike(drawn().transpose(Image.Transpose.ROTATE_180), drawn())


def test_a_plain_ground_may_be_plain() -> None:
    assert unlike(Image.new("L", SIZE, 90), Image.new("L", SIZE, 100)) == ""


def test_words_outside_are_strays() -> None:
    frame = Frame("advert", 17.0, 22.5, 139.5, 96.75)
    inside = Word("two", 20.0, 30.0, 40.0, 12.0, "F")
    below = Word("nobody", 20.0, 30.0, 130.0, 12.0, "F")
    assert strays([inside, below], [frame]) == [below]
