"""The large type of plates: no two capitals touch."""

from __future__ import annotations

import itertools

import pytest

from directory_pub.compose.lines import Line
from directory_pub.compose.plate_type import open_letters
from unit.hand_made import SANS, SERIF, library, run

TRACKING_EM, LEAST_EM = -0.008, 0.027


def opened(text: str, family: str = SANS) -> list[tuple[str, float]]:
    face = library().nearest(family, 800, italic=False)
    assert face is not None
    letters = open_letters(Line(runs=(run(text),)), TRACKING_EM, face, library())
    return [(letter.text, letter.space_em) for letter in letters]


@pytest.mark.parametrize("word", ["CITY", "KYIV", "TYNE AND TEES"])
def test_capitals_that_would_touch_are_opened_and_the_others_are_kerned_as_before(word: str) -> None:
    letters, face = opened(word), library().nearest(SANS, 800, italic=False)
    assert face is not None
    assert "".join(text for text, _ in letters) == word
    for (one, space_em), (other, _) in itertools.pairwise(letters):
        apart = library().width_em(one, face) + library().width_em(other, face) + space_em
        together = library().width_em(one + other, face) + TRACKING_EM
        if one + other in ("TY", "KY"):
            assert library().white_em(one, other, face) + TRACKING_EM + apart - together == pytest.approx(LEAST_EM, abs=1e-3)
        else:
            assert apart == pytest.approx(together, abs=1e-3), one + other


@pytest.mark.parametrize(("text", "family"), [("NETWORKS", SANS), ("Fifty Kyries", SERIF), ("2020", SANS)])
def test_a_line_in_which_none_touch_is_left_as_it_is(text: str, family: str) -> None:
    assert opened(text, family) == []
