"""The small lines of the cover: on the lines of the grid, in columns with air between them."""

from __future__ import annotations

import itertools
from pathlib import Path

import pypdfium2
import pytest

from directory_pub.artwork.city import lay_out_city
from directory_pub.build import BuildResult
from directory_pub.census import PageText, Word, read_pages
from directory_pub.design.grid import MM_PER_PT
from directory_pub.edition.flatplan import PlannedPiece
from small_book import lines_of, open_small
from unit.hand_made import grid

AIR_MM = 6.0
COVER = """\
cover:
  series: [{series}]
  title: [CITY]
  year: "2031"
  words: [CALM]
  event: ["THE NINTH OF OUR SPRING MEETINGS"]
  date: 2 MARCH 2031
  place: [OLD CUSTOMS HOUSE]
"""


def columns_of(page: PageText) -> list[list[list[Word]]]:
    """The columns of the small lines: those of a line are more than a word space apart."""
    columns: dict[float, list[list[Word]]] = {}
    for line in lines_of(page):
        for word in line:
            if word.size_pt > 12 or word.baseline_mm > 40:
                continue
            before = next((each for lines in columns.values() for each in lines if each[-1] is _left_of(word, line)), None)
            if before and word.left_mm - before[-1].right_mm < 2.5:
                before.append(word)
            else:
                columns.setdefault(round(word.left_mm), []).append([word])
    return [columns[at] for at in sorted(columns)]


def _left_of(word: Word, line: list[Word]) -> Word | None:
    at = line.index(word)
    return line[at - 1] if at else None


def check(page: PageText) -> list[list[list[Word]]]:
    columns, own = columns_of(page), grid()
    assert len(columns) == 3
    ends = [max(line[-1].right_mm for line in column) for column in columns]
    lefts = [min(line[0].left_mm for line in column) for column in columns]
    assert all(left - end >= AIR_MM - 0.3 for end, left in zip(ends, lefts[1:], strict=False)), (ends, lefts)
    assert ends[-1] <= page.width_mm - own.mm("safe")
    for column in columns:
        at = [(line[0].baseline_mm - own.baseline_mm) / own.unit_mm for line in column]
        assert at == pytest.approx([2 + number for number in range(len(column))], abs=0.01)
    return columns


def test_the_small_lines_stand_on_the_grid_and_over_the_plots_with_air_between(pages_2020: list[PageText]) -> None:
    columns = check(pages_2020[0])
    plot = {word.text: word.left_mm for word in pages_2020[0].words}
    for column, below in zip(columns, ("SUSTAINABLE", "SAFE", "INCLUSIVE"), strict=True):
        assert min(line[0].left_mm for line in column) == pytest.approx(plot[below], abs=0.35)


@pytest.mark.parametrize("series", ["HARBOURS", "THE INTERNATIONAL DIRECTORY OF", "HARBOURS, THE COMPLETE DIRECTORY OF THEM"])
def test_a_longer_line_takes_what_it_needs(series: str, tmp_path: Path) -> None:
    context = open_small(tmp_path, {"quay": "One.", "pier": "Two."}, more=COVER.format(series=f'"{series}", OF TOWNS'))
    html = context.composed.piece(PlannedPiece(kind="cover", key="cover"))
    piece = context.engine.set_piece(html, "piece.html.j2")
    assert piece is not None, context.engine.findings
    (page,) = read_pages(piece.pdf)
    said = [[" ".join(word.text for word in line) for line in column] for column in check(page)]
    assert said == [[series, "OF TOWNS"], ["THE NINTH OF OUR SPRING MEETINGS"], ["2 MARCH 2031", "OLD CUSTOMS HOUSE"]]


@pytest.mark.parametrize("trim", ["A4", "A5", "Letter", "{width_mm: 170, height_mm: 240}", "{width_mm: 210, height_mm: 210}"])
@pytest.mark.parametrize("count", [5, 14, pytest.param(40, marks=pytest.mark.slow)])
def test_at_every_size_the_small_lines_begin_where_plots_do(trim: str, count: int, tmp_path: Path) -> None:
    more = COVER.format(series="HARBOURS, OF TOWNS").replace("THE NINTH OF OUR SPRING MEETINGS", "THE NINTH MEETING")
    context = open_small(tmp_path, {f"quay-{n}": "One." for n in range(count)}, trim=trim, more=more)
    html = context.composed.piece(PlannedPiece(kind="cover", key="cover"))
    piece = context.engine.set_piece(html, "piece.html.j2")
    assert piece is not None, context.engine.findings
    (page,) = read_pages(piece.pdf)
    safe_mm = context.grid.mm("safe")
    size = context.edition.trim
    plot_mm = size.width_mm / lay_out_city(count, 1, (size.width_mm, size.height_mm)).columns
    said = {word.text: word.left_mm - safe_mm for word in page.words}
    at = [said[word] / plot_mm for word in ("HARBOURS", "THE", "2")]
    assert [round(2 * each) / 2 for each in at] == pytest.approx(at, abs=0.01)
    assert at == sorted(at)


def test_no_two_letters_of_the_title_touch(book_2020: BuildResult, pages_2020: list[PageText]) -> None:
    """Seen from above, each letter of CITY is a piece of ink of its own."""
    word = next(word for word in pages_2020[0].words if word.text == "CITY" and word.size_pt > 50)
    with pypdfium2.PdfDocument(book_2020.files["email"]) as file:
        drawn = file[0].render(scale=10 * MM_PER_PT).to_pil().convert("L")
    top_mm = word.baseline_mm - 0.6 * word.size_pt * MM_PER_PT
    line = drawn.crop(tuple(round(10 * mm) for mm in (word.left_mm, top_mm, word.right_mm, word.baseline_mm)))
    inked = [line.crop((x, 0, x + 1, line.height)).getextrema()[1] > 200 for x in range(line.width)]
    assert sum(one and not before for before, one in itertools.pairwise([False, *inked])) == len("CITY")
