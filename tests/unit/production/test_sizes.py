"""Sizes as people write and read them."""

from __future__ import annotations

import pytest

from directory_pub.production.sizes import read_size, say_size, size_to_allow


@pytest.mark.parametrize(
    ("text", "size_bytes"),
    [
        ("7MB", 7_000_000),
        ("7 MB", 7_000_000),
        ("0.5MB", 500_000),
        ("350kB", 350_000),
        ("900B", 900),
        ("2KiB", 2_048),
        ("1.5MiB", 1_572_864),
    ],
)
def test_a_size_is_a_number_and_a_unit(text: str, size_bytes: int) -> None:
    assert read_size(text) == size_bytes


@pytest.mark.parametrize(
    "text", ["", "7", "MB", "7mb", "7Mb", "7GB", "-7MB", "0MB", "0.4B", "7,5MB", "7MB!", "٧MB", "1e3kB"]
)
def test_anything_else_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match="is no size"):
        read_size(text)


def test_a_size_is_said_in_the_unit_that_suits_it() -> None:
    assert [say_size(each) for each in (999, 1_000, 82_400, 999_400, 6_816_000)] == [
        "999 B",
        "1 kB",
        "82 kB",
        "999 kB",
        "6.82 MB",
    ]


@pytest.mark.parametrize("size_bytes", [1, 9_999, 10_000, 10_001, 6_816_000])
def test_a_size_to_allow_is_enough_and_can_be_typed(size_bytes: int) -> None:
    assert size_bytes <= read_size(size_to_allow(size_bytes)) < size_bytes + 10_000
