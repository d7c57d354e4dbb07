"""Tones that are two on the screen and one on the press."""

from __future__ import annotations

import re
from math import dist

import pytest
from msgspec.structs import replace

from directory_pub.design.inks import Ink, InkTable, read_inks
from directory_pub.design.press_tones import check_tones
from directory_pub.edition.printers import DEFAULT_PRINTER, Printer, read_printer
from directory_pub.edition.theme import Theme
from directory_pub.prepare import press_lab
from project import ROOT


def printer() -> Printer:
    found, _ = read_printer(Theme.of(ROOT), DEFAULT_PRINTER)
    assert found is not None
    return found


def table(*inks: Ink) -> InkTable:
    return InkTable(inks=inks, file="styles/inks.yaml")


NAVY = Ink(name="navy", srgb=(0x12, 0x35, 0x5B), cmyk_percent=(100, 78, 32, 30))
NEAR = Ink(name="navy-2", srgb=(0x1B, 0x44, 0x71), cmyk_percent=(100, 80, 33, 25))


@pytest.mark.parametrize(
    ("first", "second", "least"),
    [("navy", "navy-2", 6), ("navy-2", "navy-3", 6), ("pale", "haze", 5), ("haze", "mist", 5), ("paper", "pale", 5)],
)
def test_neighbours_in_the_plates_of_the_house_are_two_tones_on_the_press(
    first: str, second: str, least: float
) -> None:
    inks, _ = read_inks(Theme.of(ROOT))
    made_with = printer().condition
    assert made_with is not None
    labs = [press_lab(ink.cmyk_percent, made_with.profile) for ink in map(inks.named, (first, second)) if ink]
    assert dist(*labs) >= least


def test_of_the_tones_of_the_house_none_is_told() -> None:
    inks, findings = read_inks(Theme.of(ROOT))
    assert [*findings, *check_tones(printer(), inks)] == []


def test_two_navies_that_fall_together_on_the_press_are_told_with_both_differences() -> None:
    found = list(check_tones(printer(), table(NAVY, NEAR)))
    assert [(each.code, each.severity, each.place.file) for each in found] == [
        ("ink-close", "warning", "styles/inks.yaml")
    ]
    assert re.search(r"'navy' and 'navy-2' differ by [12]\.\d on the press .*by 7\.\d on the screen", found[0].message)


def test_inks_that_are_one_tone_on_the_screen_are_nobodys_neighbours() -> None:
    same = replace(NEAR, srgb=(0x13, 0x36, 0x5C))
    assert list(check_tones(printer(), table(NAVY, same))) == []


def test_a_printer_without_a_profile_has_no_press_to_tell_of() -> None:
    assert list(check_tones(replace(printer(), condition=None), table(NAVY, NEAR))) == []
