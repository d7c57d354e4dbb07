"""A mark that opens a quotation hangs out where a line of a text or of a quote begins with it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from directory_pub.census import PageText, Word, read_pages
from small_book import build_small, errors, lines_of

TOWNS = "the towns of the coast met in the old hall and spoke of it at length, and all went home content"
WORDS = TOWNS.split()
TEXT = " ".join(f"“{word}” {' '.join(WORDS[number:])}" for number, word in enumerate(WORDS))


def opened(pages: list[PageText], size_pt: float) -> list[tuple[Word, Word]]:
    """The first words of lines that open with a mark, each with that of the line below."""
    found = []
    for page in pages:
        lines = [line for line in lines_of(page) if abs(line[0].size_pt - size_pt) < 0.1]
        found += [(a[0], b[0]) for a, b in pairwise(lines) if a[0].text.startswith("“")]
    near = [(word, below) for word, below in found if below.baseline_mm - word.baseline_mm < 5]
    return [(word, below) for word, below in near if not below.text.startswith("“") and word.face == below.face]


def test_letters_stand_on_one_edge_and_marks_outside(tmp_path: Path) -> None:
    result = build_small(tmp_path, {"one": f"Text.\n\n## HEAD\n\n{TEXT}\n\n> And {TEXT}\n"})
    assert not errors(result), errors(result)
    pairs = opened(list(read_pages(result.files["email"])), 9.75)
    assert len(pairs) >= 2
    for word, below in pairs:
        assert 0.9 < below.left_mm - word.left_mm < 1.9, (word, below)


def test_in_a_list_marks_stay_inside(tmp_path: Path) -> None:
    result = build_small(tmp_path, {"one": f"Text.\n\n- {TEXT}\n"})
    assert not errors(result), errors(result)
    pairs = opened(list(read_pages(result.files["email"])), 9.75)
    assert pairs
    assert all(word.left_mm == pytest.approx(below.left_mm, abs=0.2) for word, below in pairs)
