"""Set lines and the page agree, and the page keeps the rules of good setting."""

from __future__ import annotations

from itertools import pairwise

import pytest

from directory_pub.build import BuildResult
from directory_pub.census import PageText, Word
from directory_pub.compose.lines import set_lines
from directory_pub.compose.text_styles import measure_styles
from directory_pub.design.faces import read_faces
from directory_pub.design.grid import Grid, read_grid
from directory_pub.design.text_styles import read_text_styles
from directory_pub.edition.text import Paragraph
from directory_pub.edition.theme import Theme
from project import ROOT

UNIT = 4.5
FIRST_BASELINE = 27 + 3.323


@pytest.fixture(scope="module")
def grid(book_2020: BuildResult) -> Grid:
    assert book_2020.edition is not None
    return read_grid(Theme.of(ROOT), book_2020.edition.trim, book_2020.edition.bleed_mm, read_faces(Theme.of(ROOT)))


def main_lines(page: PageText, grid: Grid, index: int) -> list[list[Word]]:
    """The lines of the main column, without notes."""
    frame = grid.frame("main", recto=index % 2 == 0)
    lines: dict[int, list[Word]] = {}
    for word in page.words:
        if (
            frame.left_mm - 1 < word.left_mm < frame.right_mm
            and word.baseline_mm > frame.top_mm
            and word.size_pt > 7.6
            and word.text != "“"
        ):
            lines.setdefault(round(word.baseline_mm), []).append(word)
    return [sorted(line, key=lambda w: w.left_mm) for _, line in sorted(lines.items())]


def is_indented(line: list[Word], grid: Grid, index: int) -> bool:
    """Whether a line begins one unit into the main column, as a paragraph's first line does."""
    return abs(line[0].left_mm - grid.frame("main", recto=index % 2 == 0).left_mm - UNIT) < 0.3


def entry_indexes(book: BuildResult) -> list[int]:
    assert book.book is not None
    return [index for piece in book.book.pieces if piece.kind == "entry" for index in piece.pages]


def test_the_page_has_the_lines_that_were_set(book_2020: BuildResult, pages_2020: list[PageText], grid: Grid) -> None:
    """Every paragraph's lines, as compose chose them, stand whole on one baseline each."""
    assert book_2020.edition is not None
    on_pages = {
        " ".join(w.text for w in line).lstrip("“")
        for i in entry_indexes(book_2020)
        for line in main_lines(pages_2020[i], grid, i)
    }
    library = read_faces(Theme.of(ROOT))
    measure = measure_styles(read_text_styles(Theme.of(ROOT))[0], grid, library)["lead"]
    for entry in book_2020.edition.entries:
        first = next(block for block in entry.body if isinstance(block, Paragraph))
        if any(run.note for run in first.runs):
            continue
        for line in set_lines(first.runs, measure, library):
            assert line.text in on_pages, (entry.key, line.text)


def test_text_of_all_pages_stands_on_one_baseline_grid(book_2020: BuildResult, pages_2020: list[PageText]) -> None:
    for index in entry_indexes(book_2020):
        for word in pages_2020[index].words:
            if abs(word.size_pt - 9.75) < 0.01 and word.text != "“":
                steps = (word.baseline_mm - FIRST_BASELINE) / UNIT
                assert abs(steps - round(steps)) * UNIT < 0.1, (index + 1, word)


def test_titles_heads_credits_and_contact_rows_share_the_grid(
    book_2020: BuildResult, pages_2020: list[PageText]
) -> None:
    for index in entry_indexes(book_2020):
        for word in pages_2020[index].words:
            if word.baseline_mm > 27 and any(abs(word.size_pt - size) < 0.01 for size in (23, 13, 8.25, 7.75)):
                steps = (word.baseline_mm - FIRST_BASELINE) / UNIT
                assert abs(steps - round(steps)) * UNIT < 0.1, (index + 1, word)


def test_no_head_stands_at_the_foot_of_a_page(book_2020: BuildResult, pages_2020: list[PageText], grid: Grid) -> None:
    for index in entry_indexes(book_2020):
        last = main_lines(pages_2020[index], grid, index)[-1]
        assert not all("Bold" in word.face and abs(word.size_pt - 8.25) < 0.01 for word in last), index + 1


def test_no_paragraph_leaves_one_line_on_a_page(book_2020: BuildResult, pages_2020: list[PageText], grid: Grid) -> None:
    """A page's first line does not end a paragraph, and its last does not begin one."""
    assert book_2020.book is not None
    for piece in book_2020.book.pieces:
        if piece.kind != "entry":
            continue
        for index in list(piece.pages)[1:]:
            first, second = main_lines(pages_2020[index], grid, index)[:2]
            gap = second[0].baseline_mm - first[0].baseline_mm
            ends = first[-1].text.endswith((".", "”", "!")) and second[0].left_mm - first[0].left_mm > 3 and gap < 5
            assert not ends, index + 1
            last = main_lines(pages_2020[index - 1], grid, index - 1)[-1]
            assert not (is_indented(last, grid, index - 1) and not is_indented(first, grid, index)), index


def test_few_last_lines_are_scraps(book_2020: BuildResult, pages_2020: list[PageText], grid: Grid) -> None:
    """No last line of a longer paragraph is shorter than a tenth of the measure."""
    for index in entry_indexes(book_2020):
        lines = main_lines(pages_2020[index], grid, index)
        for before, line in pairwise(lines):
            width = line[-1].right_mm - line[0].left_mm
            joined = line[0].baseline_mm - before[0].baseline_mm < 5 and before[-1].right_mm - before[0].left_mm > 80
            bare = line[0].size_pt < 10 and "Bold" not in line[0].face
            assert not (joined and bare and width < grid.main_mm / 10), (index + 1, " ".join(w.text for w in line))
