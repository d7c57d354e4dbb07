"""The grid: columns and lines of a trim, out of the tokens."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import tinycss2

from directory_pub.design.grid import MM_PER_PT, Grid, read_grid, read_tokens
from directory_pub.edition.model import TrimSize
from directory_pub.edition.theme import Theme
from directory_pub.storage.enclosure import Refused
from project import ROOT
from unit.hand_made import A4, grid, library

A5 = TrimSize(width_mm=148, height_mm=210)
SQUARE = TrimSize(width_mm=210, height_mm=210)
LEAVES = pytest.mark.parametrize(
    "trim", [A4, A5, SQUARE, TrimSize(width_mm=215.9, height_mm=279.4)], ids=["A4", "A5", "square", "Letter"]
)


def test_a4_has_a_main_column_of_114_mm_and_54_lines_above_a_foot_of_27() -> None:
    a4 = grid()
    assert (a4.main_mm, a4.lines) == (114, 54)
    assert a4.foot_mm == pytest.approx(27)
    assert a4.text_height_mm == pytest.approx(243)


def test_a5_is_set_from_the_small_tokens() -> None:
    a5 = grid(A5)
    assert (a5.main_mm, a5.lines, a5.unit_mm) == (86, 42, 4.25)
    assert a5.foot_mm == pytest.approx(14.5)
    assert a5.mm("call") == grid().mm("call"), "what the small sheet does not name stays"


def test_a_leaf_of_185_mm_is_not_small() -> None:
    assert [len(grid(TrimSize(width_mm=width, height_mm=240)).sheets) for width in (184.9, 185)] == [2, 1]


@LEAVES
def test_columns_margins_and_gutter_fill_the_trim(trim: TrimSize) -> None:
    g = grid(trim)
    main, side = g.frame("main", recto=True), g.frame("side", recto=True)
    assert main.left_mm == g.mm("inner")
    assert side.left_mm - main.right_mm == pytest.approx(g.mm("gutter"))
    assert trim.width_mm - side.right_mm == pytest.approx(g.mm("outer"))


@LEAVES
@pytest.mark.parametrize("name", ["main", "side"])
def test_frames_of_a_verso_mirror_those_of_a_recto(trim: TrimSize, name: str) -> None:
    recto, verso = grid(trim).frame(name, recto=True), grid(trim).frame(name, recto=False)
    assert verso.left_mm == pytest.approx(trim.width_mm - recto.right_mm)
    assert (verso.top_mm, verso.width_mm, verso.height_mm) == (recto.top_mm, recto.width_mm, recto.height_mm)


@LEAVES
def test_the_lines_fill_the_height_and_what_is_left_is_less_than_one(trim: TrimSize) -> None:
    g = grid(trim)
    assert g.frame("main", recto=True).bottom_mm + g.foot_mm == pytest.approx(trim.height_mm)
    assert 0 <= g.foot_mm - g.mm("foot") < g.unit_mm


def test_a_line_is_parted_by_its_cap_height_and_baseline() -> None:
    g = grid()
    assert 0 < g.cap_gap_mm < g.baseline_mm < g.unit_mm
    assert g.baseline_mm + g.foot_gap_mm == pytest.approx(g.unit_mm)
    assert g.baseline_mm == pytest.approx(3.323, abs=0.001)


def test_ruled_rows_leave_room_for_the_head() -> None:
    assert grid().ruled_rows == 24


# -------------------------------------------------------------------- tokens
def test_lengths_are_read_in_millimetres_and_nothing_else_is() -> None:
    sheet = (
        "/* --no: 1mm */ :root { --a: 2mm; --b: 72pt; --c: 1cm; --d: 3em; --e: #fff; --f: calc(2 * 1mm); --g: 1mm 2mm;\n"
        " --h:4mm /* four */; width: 9mm } @page { --i: 1mm } :root { --a: 5mm }"
    )
    assert read_tokens(sheet) == pytest.approx({"a": 5, "b": 25.4, "c": 10, "h": 4})


def test_sizes_in_points_come_out_as_they_were_written() -> None:
    assert grid().mm("text") / MM_PER_PT == pytest.approx(9.75)


def test_a_token_that_is_not_there_is_named() -> None:
    with pytest.raises(Refused, match="width-of-nothing"):
        grid().mm("width-of-nothing")


@LEAVES
def test_the_css_gives_back_what_was_worked_out(trim: TrimSize) -> None:
    g: Grid = grid(trim)
    (rule,) = tinycss2.parse_stylesheet(g.as_css())
    given = {d.name: d.value[0].value for d in tinycss2.parse_declaration_list(rule.content) if d.type == "declaration"}
    assert given == pytest.approx(
        {
            "--trim-width": trim.width_mm,
            "--trim-height": trim.height_mm,
            "--bleed": 3,
            "--main": g.main_mm,
            "--text-height": g.text_height_mm,
            "--foot-margin": g.foot_mm,
            "--outer-margin": g.mm("outer") + g.mm("side") + g.mm("gutter"),
        },
        abs=1e-3,
    )


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("--side: 45;", "--side is no length"),
        ("--side: calc(40mm + 5mm);", "--side is no length"),
        ("", "there is no length --side"),
        ("--side: 450mm;", "leave no room for text on a leaf of 210 x 297 mm"),
        ("--side: 45mm; --unit: 0mm;", "--unit is no height of a line"),
    ],
)
def test_tokens_that_leave_no_column_are_told_of(tmp_path: Path, row: str, told: str) -> None:
    shutil.copytree(ROOT / "styles", tmp_path / "styles")
    sheet = tmp_path / "styles" / "tokens.css"
    lines = sheet.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if re.search(r"--side:", line))
    lines[at] = re.sub(r"--side:[^;]*;", row, lines[at])
    sheet.write_text("\n".join(lines) + ("\n:root { --unit: 0mm }" if "--unit" in row else ""), "utf-8")
    with pytest.raises(Refused) as refused:
        read_grid(Theme.of(tmp_path), A4, 3, library())
    finding = refused.value.finding
    assert (finding.code, finding.place.file) == ("value-type", "styles/tokens.css")
    assert told in finding.message
    assert row == "" or finding.place.line


def test_a_mark_that_opens_quotes_and_is_as_large_as_other_type_is_told_of(tmp_path: Path) -> None:
    """The census tells it by its size: all titles would be taken for marks, and lost."""
    shutil.copytree(ROOT / "styles", tmp_path / "styles")
    sheet = tmp_path / "styles" / "tokens.css"
    text = sheet.read_text("utf-8").replace("--quote-mark: 32pt", "--quote-mark: 23pt")
    sheet.write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        read_grid(Theme.of(tmp_path), A4, 3, library())
    finding = refused.value.finding
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "--quote-mark" in each)
    assert (finding.code, finding.place.file, finding.place.line) == ("value-type", "styles/tokens.css", line)
    assert "--quote-mark is --title" in finding.message
