"""The grid: columns and lines of a trim, out of the tokens."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
import tinycss2

from directory_pub.design.grid import MM_PER_PT, Grid, read_grid, read_tokens
from directory_pub.design.text_styles import read_text_styles
from directory_pub.design.tokens import Sheet, read_families, token_sheets
from directory_pub.edition.model import TrimSize
from directory_pub.edition.theme import BUILT_IN, Layer, Theme
from directory_pub.edition.trims import TRIMS
from directory_pub.storage.enclosure import Refused
from project import ROOT
from unit.hand_made import A4, grid, library

A5, A6 = TRIMS["A5"], TRIMS["A6"]
LEAVES = pytest.mark.parametrize("trim", TRIMS.values(), ids=TRIMS)
WITH_SIDE = pytest.mark.parametrize("trim", [trim for trim in TRIMS.values() if trim != A6])


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


def test_a_leaf_of_170_by_240_has_proportions_of_its_own() -> None:
    g = grid(TRIMS["170x240"])
    assert (g.main_mm, g.mm("side"), g.lines) == (91.5, 42, 44)


def test_a_narrow_leaf_has_no_side_column() -> None:
    g = grid(A6)
    assert (g.has_side, g.main_mm, g.side_mm, g.lines) == (False, 81, 38.5, 29)
    main, side = g.frame("main", recto=True), g.frame("side", recto=True)
    assert (side.left_mm, side.width_mm) == (main.left_mm, main.width_mm), "what stands there comes into the main one"
    assert main.right_mm == pytest.approx(105 - g.mm("outer"))


# -------------------------------------------------------------------- which sheets are heard
@pytest.mark.parametrize(
    ("width_mm", "height_mm", "heard"),
    [
        (185, 240, []),
        (184.9, 240, ["below-185mm"]),
        (148, 210, ["below-185mm", "below-165mm"]),
        (105, 148, ["below-185mm", "below-165mm", "below-135mm"]),
        (210, 210, ["landscape"]),
        (210, 210.1, []),
        (160, 150, ["landscape", "below-185mm", "below-165mm"]),
    ],
)
def test_a_sheet_is_heard_on_the_leaves_of_its_name(width_mm: float, height_mm: float, heard: list[str]) -> None:
    sheets = token_sheets(Theme.of(ROOT), TrimSize(width_mm=width_mm, height_mm=height_mm))
    assert names(sheets) == ("styles/tokens.css", *(f"styles/tokens-{name}.css" for name in heard))


def names(sheets: Iterable[Sheet]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sheet.name for sheet in sheets))


def a_theme(tmp_path: Path, **sheets: list[str]) -> Theme:
    """A theme of layers, the uppermost first, each with the token sheets of these names."""
    for layer, names in sheets.items():
        (tmp_path / layer / "styles").mkdir(parents=True)
        for name in names:
            (tmp_path / layer / "styles" / f"{name}.css").write_text(":root {}")
    told = {"register": "theme register", "own": "project", "city": BUILT_IN}
    return Theme(tuple(Layer(told[layer], tmp_path / layer) for layer in sheets))


def test_a_named_theme_with_tokens_brings_its_sizes_over_those_that_are_built_in(tmp_path: Path) -> None:
    theme = a_theme(
        tmp_path, own=["tokens", "tokens-below-150mm"], register=["tokens"], city=["tokens", "tokens-below-185mm"]
    )
    below = ("styles/tokens.css", "styles/tokens-below-185mm.css")
    assert names(token_sheets(theme, A5)) == (*below, "styles/tokens-below-150mm.css")


def test_a_token_of_the_edition_lies_over_the_themes_and_leaves_the_others(tmp_path: Path) -> None:
    theme = a_theme(tmp_path, own=["tokens"], city=["tokens"])
    city = (ROOT / "styles" / "tokens.css").read_text("utf-8")
    (tmp_path / "city" / "styles" / "tokens.css").write_text(city, "utf-8")
    (tmp_path / "own" / "styles" / "tokens.css").write_text(':root { --sans: "Own Sans"; --inner: 30mm }')
    shutil.copy(ROOT / "styles" / "text-styles.yaml", tmp_path / "city" / "styles")
    (tmp_path / "own" / "styles" / "text-styles.yaml").write_text("signature: { size: title }\n", "utf-8")
    assert read_families(theme) == {"sans": "Own Sans", "serif": "Source Serif 4"}
    mine = read_grid(theme, A4, 3, library())
    assert (mine.mm("inner"), mine.mm("side")) == (30, grid().mm("side"))
    styles, findings = read_text_styles(theme)
    assert findings == []
    assert {"signature", "title", "text"} <= set(styles)


def test_tokens_that_a_project_edits_keep_the_sizes_of_the_theme(tmp_path: Path) -> None:
    theme = a_theme(tmp_path, own=["tokens"], city=["tokens", "tokens-below-185mm", "tokens-landscape"])
    assert names(token_sheets(theme, A5)) == ("styles/tokens.css", "styles/tokens-below-185mm.css")


# -------------------------------------------------------------------- columns and lines
@WITH_SIDE
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


def test_what_a_wide_leaf_has_beyond_the_measure_goes_to_its_margins() -> None:
    letter = grid(TRIMS["Letter"])
    assert letter.main_mm == pytest.approx(114)
    assert (letter.mm("inner"), letter.mm("outer")) == pytest.approx((24 + 2.95, 18 + 2.95))


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
    wide = trim.width_mm - g.mm("inner") - g.mm("outer")
    (rule,) = tinycss2.parse_stylesheet(g.as_css())
    given = {d.name: d.value[0].value for d in tinycss2.parse_declaration_list(rule.content) if d.type == "declaration"}
    assert given == pytest.approx(
        {
            "--trim-width": trim.width_mm,
            "--trim-height": trim.height_mm,
            "--bleed": 3,
            "--inner": g.mm("inner"),
            "--outer": g.mm("outer"),
            "--main": g.main_mm,
            "--text-height": g.text_height_mm,
            "--half": g.side_mm,
            "--cap-gap": g.cap_gap_mm,
            "--foot-gap": g.foot_gap_mm,
            "--foot-margin": g.foot_mm,
            "--tile": g.mm("tile"),
            "--outer-margin": trim.width_mm - g.mm("inner") - g.main_mm,
            "--list-line": 0.75 * g.unit_mm,
            "--list-width": wide,
            "--listing": g.columns_mm["listing"],
            "--listing-column": (wide + g.mm("gutter")) / g.listing_columns - g.mm("gutter"),
            "--listing-pitch": (wide + g.mm("gutter")) / g.listing_columns,
            "--row": (wide + g.mm("gutter")) / g.row_columns - g.mm("gutter"),
            "--row-pitch": (wide + g.mm("gutter")) / g.row_columns,
            "--small-tile": g.small_tile_mm,
            "--side-plot": g.side_plot_mm,
            "--below-street": (g.street_lines + 2) * 0.75 * g.unit_mm,
            "--cap-listing-big": g.baseline_mm - g.text.cap_height_em * g.mm("list-big"),
            "--people-line": 5 / 6 * g.unit_mm,
            "--portrait": g.mm("portrait"),
            "--says": g.columns_mm["person-text"],
            "--says-left": wide - g.columns_mm["person-text"],
            "--below-side-plot": (g.side_plot_lines + 2) * 0.75 * g.unit_mm,
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


@LEAVES
def test_the_tile_stands_on_a_baseline(trim: TrimSize) -> None:
    g = grid(trim)
    lines = (g.baseline_mm - g.text.cap_height_em * g.mm("title") + g.mm("tile") - g.baseline_mm) / g.unit_mm
    assert lines == pytest.approx(round(lines), abs=0.02)


@LEAVES
def test_the_main_column_holds_from_50_to_75_letters(trim: TrimSize) -> None:
    """A letter of running text takes 0.457 em of Source Sans."""
    letters = grid(trim).main_mm / (0.457 * grid(trim).mm("text"))
    assert 50 <= letters <= 76


def test_a_fault_of_a_sheet_for_narrow_leaves_is_told_of_there(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "styles", tmp_path / "styles")
    sheet = tmp_path / "styles" / "tokens-below-135mm.css"
    text = sheet.read_text("utf-8")
    for old, new, told in (
        ("--inner: 13mm", "--inner: 113mm", "leave no room for text on a leaf of 105 x 148 mm"),
        ("--contact: 7.25pt", "--contact: 8.5pt", "--contact is --text: without a side column"),
    ):
        sheet.write_text(text.replace(old, new), "utf-8")
        with pytest.raises(Refused) as refused:
            read_grid(Theme.of(tmp_path), A6, 3, library())
        finding = refused.value.finding
        line = next(n for n, row in enumerate(text.splitlines(), 1) if old in row)
        assert (finding.place.file, finding.place.line) == ("styles/tokens-below-135mm.css", line)
        assert told in finding.message


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
