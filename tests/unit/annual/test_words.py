"""Words out and in: nothing of either text is left out of a comparison, whichever text comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory_pub.annual.words import Stretch, compare_texts, opcodes

WORDS = st.lists(st.sampled_from(["a", "of", "the", "towns", "sea", "¶"]), max_size=5)
FLIPPED = {"out": "in", "in": "out"}


def shown(before: str, after: str) -> str:
    marks = {"out": "[-{}-]", "in": "{{+{}+}}"}
    return " ".join(marks.get(part.kind, "{}").format(part.text) for part in compare_texts(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("has 141 members", "has 146 members", "has [-141-] {+146+} members"),
        ("Metropolis", "Metropolis Network", "Metropolis {+Network+}"),
        ("", "all of it", "{+all of it+}"),
        ("all of it", "", "[-all of it-]"),
        ("one  two\nthree", "one two three", "one two three"),
        ("1 2 3 4 5 6 7 8 9 x", "1 2 3 4 5 6 7 8 9 y", "… 6 7 8 9 [-x-] {+y+}"),
        ("x 1 2 3 4 5 6 7 8 9 10 x", "y 1 2 3 4 5 6 7 8 9 10 y",
         "[-x-] {+y+} 1 2 3 4 … 7 8 9 10 [-x-] {+y+}"),
        ("joined cities of the north coast", "seven harbours of five great lakes",
         "[-joined cities of the north coast-] {+seven harbours of five great lakes+}"),
        ("10 km", "10\u00a0km", "[-10 km-] {+10\u00a0km+}"),
    ],
)  # fmt: skip
def test_what_is_out_and_in_stands_among_a_few_words(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


@given(WORDS, WORDS)
def test_both_texts_can_be_read_off_a_comparison(before: list[str], after: list[str]) -> None:
    parts = compare_texts(" ".join(before), " ".join(after))
    kept = [part for part in parts if part.kind == "gap"]
    assert kept == []  # five words have no room for one
    for words, kinds in ((before, ("same", "out")), (after, ("same", "in"))):
        assert " ".join(part.text for part in parts if part.kind in kinds).split() == words


@given(WORDS, WORDS)
def test_the_other_way_round_what_was_in_is_out(before: list[str], after: list[str]) -> None:
    def ordered(parts: tuple[Stretch, ...], flip: bool) -> list[tuple[str, str]]:
        pairs = [(FLIPPED.get(part.kind, part.kind) if flip else part.kind, part.text) for part in parts]
        for at in range(len(pairs) - 1):
            if (pairs[at][0], pairs[at + 1][0]) == ("in", "out"):
                pairs[at], pairs[at + 1] = pairs[at + 1], pairs[at]
        return pairs

    one, other = " ".join(before), " ".join(after)
    assert ordered(compare_texts(one, other), False) == ordered(compare_texts(other, one), True)
    assert [same for same, _, _ in opcodes(before, after)] == [same for same, _, _ in opcodes(after, before)]
