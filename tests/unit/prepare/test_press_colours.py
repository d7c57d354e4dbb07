"""Colours of guests' drawings on the press."""

from __future__ import annotations

import pytest

from directory_pub.prepare import press_colour
from project import ROOT

PROFILE = ROOT / "printers" / "ISOcoated_v2_300_bas.icc"


def test_black_and_greys_are_the_black_plate_alone_and_white_is_paper() -> None:
    assert press_colour((0, 0, 0), PROFILE) == (0, 0, 0, 100)
    assert press_colour((255, 255, 255), PROFILE) == (0, 0, 0, 0)
    greys = [press_colour((grey, grey, grey), PROFILE) for grey in range(0, 256, 5)]
    assert all(plates[:3] == (0, 0, 0) for plates in greys)
    assert [plates[3] for plates in greys] == sorted((plates[3] for plates in greys), reverse=True)


@pytest.mark.parametrize(
    ("srgb", "most", "least"),  # the plates that carry the colour, and those that hardly do
    [((200, 60, 30), (1, 2), (0, 3)), ((11, 90, 122), (0, 1), (2, 3)), ((45, 107, 74), (0, 2), (1, 3))],
)
def test_colours_go_by_the_profile(srgb: tuple[int, int, int], most: tuple[int, int], least: tuple[int, int]) -> None:
    plates = press_colour(srgb, PROFILE)
    assert min(plates[at] for at in most) > max(plates[at] for at in least)


@pytest.mark.quick("300")
@pytest.mark.parametrize("limit", [240, 280, 300])
def test_no_colour_takes_more_ink_than_the_printer_allows(limit: float) -> None:
    steps = (0, 25, 60, 128, 255)
    colours = [(red, green, blue) for red in steps for green in steps for blue in steps]
    assert max(sum(press_colour(colour, PROFILE, limit)) for colour in colours) <= limit
