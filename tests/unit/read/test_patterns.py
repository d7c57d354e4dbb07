"""Regular expressions that no row of a contact block can hold up."""

from __future__ import annotations

import re

import pytest

from directory_pub.read.patterns import may_go_on_for_ever


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"(?:a*)*b",
        r"(a|a)*b",
        r"(a|ab)*c",
        r"(?:\w+\s?)*$",
        r"(?:(?:a{1,3})b?)+c",
        r"(?=(a+)+b)a",
        r"((a?)b?){30}c",
        r"(?P<x>(?:ab?)+)c",
        r"(?:(a+)++b|c+)*d",
        r"(?i:(x+x+)+y)",
        r"(?:x|(a+)){4,}",
    ],
)
def test_what_varies_in_a_repeat_is_refused(pattern: str) -> None:
    re.compile(pattern)
    assert may_go_on_for_ever(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]",
        r"UC[\w-]{22}",
        r"\+?\d+",
        r"(?:\d{3} )+\d{3}",
        r"(?:a|b|[cd])+",
        r"(?:\.\w++)*",
        r"(?>ab|a)*c",
        r"(?:(?>a+)b)+",
        r"(?:CH|DE)-?\d{3,9}",
        r"(?:\d+-?){2}\d",
        r"(?:ab){2,}",
        r"\w+@\w+\.(?:org|net)",
    ],
)
def test_what_repeats_the_same_is_taken(pattern: str) -> None:
    assert not may_go_on_for_ever(pattern)


def test_what_is_taken_ends_on_rows_that_are_made_to_hold_it_up() -> None:
    for pattern in (r"(?:\.\w++)*!", r"(?:(?>a+)b)+!", r"(?:a|b|[cd])+!", r"(?:ab){2,}!"):
        assert not may_go_on_for_ever(pattern)
        for text in ("a" * 4000, ".a" * 2000, "ab" * 2000):
            assert re.fullmatch(pattern, text) is None
