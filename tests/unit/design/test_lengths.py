"""Lengths that no page can have are known wherever they stand in a sheet, and all others are left alone."""

from __future__ import annotations

import pytest

from directory_pub.design.lengths import too_long


@pytest.mark.parametrize(
    "length", ["99999999pt", "-99999999pt", "1e30mm", "1E9em", "400000px", "100000.1mm", "1e999mm"]
)
@pytest.mark.parametrize(
    "sheet", ["p {{\n margin: 0 {0} }}", "@page {{\n size: {0} }}", ":root {{\n --x: calc(1mm + max({0}, 2mm)) }}"]
)
def test_one_that_is_too_long_is_found_on_its_line(length: str, sheet: str) -> None:
    found = too_long(sheet.format(length))
    assert [line for _, line in found] == [2]
    assert [each for each, _ in found] == [length]


@pytest.mark.parametrize("length", ["100000mm", "-99999px", "9999cm", "12345%", "99999999", "0.00001mm", "#123456"])
def test_what_pages_may_have_is_none(length: str) -> None:
    assert too_long(f"p {{ margin: {length} }}") == ()
