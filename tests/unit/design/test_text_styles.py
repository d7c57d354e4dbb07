"""Text styles: what their file says is what the setter and the sheets get, and what is wrong in it is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from directory_pub.compose.text_styles import measure_styles, style_css
from directory_pub.design.text_styles import Term, TextStyle, read_text_styles
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding
from directory_pub.storage.enclosure import Refused
from project import ROOT
from unit.hand_made import SANS, SERIF, grid, library, run


def read(folder: Path, text: str) -> tuple[dict[str, TextStyle], list[Finding]]:
    (folder / "styles").mkdir()
    shutil.copy(ROOT / "styles" / "tokens.css", folder / "styles")
    (folder / "styles" / "text-styles.yaml").write_text(text, "utf-8")
    return read_text_styles(Theme.of(folder))


def test_a_style_is_what_its_row_says(tmp_path: Path) -> None:
    styles, findings = read(
        tmp_path,
        "aside: { size: small, family: serif, weight: 600, tracking: 0.02, leading: 1.5,"
        " measure: main - 2 indent - gutter, hanging: indent, breaks: sense }\n",
    )
    assert findings == []
    aside = styles["aside"]
    assert (aside.weight, aside.leading) == (600, 1.5)
    assert aside.measure == (Term(1, "main"), Term(2, "indent"), Term(1, "gutter"))
    made = measure_styles(styles, grid(), library())["aside"]
    assert (made.family, made.bold_weight, made.narrow, made.balanced) == (SERIF, 700, True, False)
    assert made.size_pt == pytest.approx(8.25)
    assert made.width_mm == pytest.approx(114 - 2 * 4.5 - 9 - 4.5)
    assert made.first_mm == -4.5
    assert "--font-aside:600 var(--small)/calc(1.5 * var(--unit)) var(--serif);" in style_css(styles, grid(), library())


def test_what_is_not_said_is_text_in_sans_as_wide_as_the_main_column(tmp_path: Path) -> None:
    styles, _ = read(tmp_path, "plain: { size: text }\n")
    made = measure_styles(styles, grid(), library())["plain"]
    assert (made.family, made.weight, made.tracking_em, made.width_mm) == (SANS, 400, 0, 114)


@pytest.mark.parametrize(
    ("row", "field", "told"),
    [
        ("{ size: tetx }", "a.size", "'tetx' is not known here. Did you mean 'text'?"),
        ("{ size: text, family: serfi }", "a.family", "'serfi' is not known here. Did you mean 'serif'?"),
        ("{ size: sans }", "a.size", "'sans' is not known here."),
        ("{ size: text, weight: bold }", "a.weight", "'bold' is no whole number"),
        ("{ size: text, leading: plate-laeding }", "a.leading", "'plate-laeding' is not known here. Did you mean"),
        ("{ size: text, measure: main + indent }", "a.measure", "'main + indent' is no measure."),
        ("{ size: text, measure: main - indnet }", "a.measure", "'indnet' is not known here. Did you mean 'indent'?"),
        ("{ size: text, breaks: ragged }", "a.breaks", "'ragged' is not known here."),
        ("{ weight: 400 }", "a.size", "is required and not there."),
        ("{ size: text, wieght: 700 }", "a.wieght", "is no known key. Did you mean 'weight'?"),
    ],
)
def test_a_wrong_value_is_told_at_its_line_and_the_usual_one_is_taken(
    tmp_path: Path, row: str, field: str, told: str
) -> None:
    styles, (finding,) = read(tmp_path, f"# styles\na: {row}\n")
    assert (finding.place.file, finding.place.line, finding.place.field) == ("styles/text-styles.yaml", 2, field)
    assert f"{finding.message} {finding.remedy}".startswith(told)
    assert measure_styles(styles, grid(), library())["a"].width_mm == 114


def test_a_name_that_no_sheet_can_say_is_told(tmp_path: Path) -> None:
    _, (finding,) = read(tmp_path, "Lead Text: { size: text }\n")
    assert finding.message == "'Lead Text' is no name of a text style."


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    _, (finding,) = read(tmp_path, "# nothing\n")
    assert finding.message == "holds no text style."


def test_a_size_is_a_length_and_a_measure_is_wider_than_nothing(tmp_path: Path) -> None:
    _, findings = read(tmp_path, "aside: { size: cover-lines-wrap }\n")
    assert [(each.code, each.place.line) for each in findings] == [("value-type", 1)]
    (tmp_path / "other").mkdir()
    styles, findings = read(tmp_path / "other", "aside: { size: small, measure: main - 30 indent }\n")
    assert findings == []
    with pytest.raises(Refused) as refused:
        measure_styles(styles, grid(), library())
    assert "the measure of 'aside' is -21.0 mm" in refused.value.finding.message


def test_a_length_of_the_grid_that_is_none_is_not_told_of_at_each_style(tmp_path: Path) -> None:
    read(tmp_path, "aside: { size: small, measure: side }\n")
    sheet = tmp_path / "styles" / "tokens.css"
    sheet.write_text(sheet.read_text("utf-8").replace("--side: 45mm", "--side: 45"), "utf-8")
    assert read_text_styles(Theme.of(tmp_path))[1] == []


def test_a_style_in_italics_is_measured_and_set_in_them(tmp_path: Path) -> None:
    styles, findings = read(tmp_path, "aside: { size: small, family: serif, slope: italic }\n")
    assert findings == []
    made = measure_styles(styles, grid(), library())["aside"]
    upright = measure_styles({"aside": replace(styles["aside"], italic=False)}, grid(), library())["aside"]
    word = run("Metropolises")
    assert made.width_of(word.text, word, library()) < upright.width_of(word.text, word, library())
    assert "--font-aside:italic 400 var(--small)/" in style_css(styles, grid(), library())


def test_a_slope_that_there_is_not_is_told(tmp_path: Path) -> None:
    _, (finding,) = read(tmp_path, "aside: { size: small, slope: itallic }\n")
    assert (finding.place.field, finding.remedy) == ("aside.slope", "Did you mean 'italic'?")
