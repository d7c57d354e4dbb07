"""Whatever an author writes, in any column: the lines on the page are the lines that compose set."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from directory_pub.census.frames import outside
from directory_pub.design.grid import Frame, Grid
from small_book import SmallPiece, lines_of, open_small

# Words and marks, spaced and unspaced, that Unicode's line breaking treats in every way (UAX 14).
MARKS = [
    "/",
    ":",
    ";",
    "!",
    "?",
    ",",
    ".",
    "…",
    ")",
    "]",
    "(",
    "—",
    "–",
    "«",
    "»",
    "%",
    "€",
    "„",
    "“",
    "”",
    "-",
    "+",
    "§",
]
WORDS = ["a", "in", "harbour", "council", "its", "towns", "Łódź", "2,030", "5\u00a0km", "in\u2060side", "har\u00adbour\u00admaster", "on/off", "co-operation", "SDG", "11", "keepers’", "zero\u200bwidth"]  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS) | st.sampled_from(MARKS), min_size=12, max_size=60).map(" ".join)

ENTRY = """---
name: "{name}"
subtitle: "{text}"
contact:
  - person: "Office of the league {text}"
---

Lead: {text} now.[^a] {text}[^b][^c] end

## Head {name}

- Item: {text} end

> “Quote: {text}
>
> — Credit: {text}

Term
: Said: {text} end

[^a]: Note: {text} end
[^b]: Note: {name}
[^c]: Note: {name}
"""


@pytest.mark.slow
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a page takes too long to look for the smallest that fails
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.parametrize("trim", ["A4", "A5"])
@given(text=TEXT, name=st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join))
def test_the_lines_on_the_page_are_the_lines_that_were_set(trim: str, text: str, name: str, tmp_path: Path) -> None:
    small = SmallPiece.of(open_small(tmp_path, {"one": ENTRY.format(text=text, name=name)}, trim=trim), "one")
    grid = small.context.grid
    printed = ["".join(word.text for word in line) for page in small.pages for line in lines_of(page)]
    for line in small.set_lines:
        told = "".join(line.replace("\u2060", "").split())
        assert any(told in each for each in printed), told
    for index, page in enumerate(small.pages):
        words = [word for word in page.words if word.size_pt < 30]  # the mark that opens a quote hangs outside
        assert not outside(words, whole_measure(grid, recto=index % 2 == 0))[0]


def whole_measure(grid: Grid, *, recto: bool) -> Frame:
    """Both columns with what stands above and below them."""
    main, side = grid.frame("main", recto=recto), grid.frame("side", recto=recto)
    left, right = min(main.left_mm, side.left_mm), max(main.right_mm, side.right_mm)
    return Frame("columns", left, 0.0, right - left, grid.trim.height_mm)
