"""The ink table: what it knows, and what it says of a wrong figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.design.inks import Ink, InkTable, read_inks
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding

PROJECT = Path(__file__).parents[3]


def read(folder: Path, text: str) -> tuple[InkTable, list[Finding]]:
    path = folder / "styles" / "inks.yaml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return read_inks(Theme.of(folder))


def test_the_table_of_the_book_reads_without_a_finding() -> None:
    table, findings = read_inks(Theme.of(PROJECT))
    assert findings == []
    assert table.file == "styles/inks.yaml"
    assert len(table.inks) == 10


def test_text_prints_on_the_black_plate_alone() -> None:
    table, _ = read_inks(Theme.of(PROJECT))
    ink = table.named("ink")
    assert ink is not None
    assert ink.cmyk == (0, 0, 0, 1)


def test_an_ink_is_found_by_its_exact_srgb_value_and_by_no_other(tmp_path: Path) -> None:
    table, _ = read(tmp_path, 'navy: { srgb: "#12355b", cmyk: [100, 80, 35, 35.5] }\n')
    navy = Ink(name="navy", srgb=(18, 53, 91), cmyk_percent=(100, 80, 35, 35.5))
    assert table.of_srgb((18, 53, 91)) == navy
    assert table.of_srgb((18, 53, 92)) is None
    assert table.named("navi") is None


def test_the_nearest_ink_is_the_one_that_looks_most_alike(tmp_path: Path) -> None:
    table, _ = read(
        tmp_path,
        'navy: { srgb: "#12355B", cmyk: [100, 80, 35, 35] }\norange: { srgb: "#FD9D24", cmyk: [0, 47, 95, 0] }\n',
    )
    near = table.nearest((20, 60, 90))
    assert near is not None
    assert near.name == "navy"


def test_an_empty_table_has_no_nearest_ink() -> None:
    assert InkTable(inks=(), file="inks.yaml").nearest((0, 0, 0)) is None


def test_sheets_get_the_inks_as_custom_properties(tmp_path: Path) -> None:
    table, _ = read(
        tmp_path,
        'navy: { srgb: "#12355b", cmyk: [100, 80, 35, 35] }\nnavy-2: { srgb: "#1B4471", cmyk: [100, 83, 33, 20] }\n',
    )
    assert table.as_css() == ":root{--ink-navy:#12355B;--ink-navy-2:#1B4471;}"


@pytest.mark.parametrize(
    ("row", "code", "field", "said"),
    [
        ('{ srbg: "#12355B", cmyk: [0, 0, 0, 1] }', "key-unknown", "navy.srbg", "'srgb'"),
        ('{ srgb: "#12355B" }', "key-missing", "navy.cmyk", "required"),
        ("{ cmyk: [0, 0, 0, 1] }", "key-missing", "navy.srgb", "required"),
        ('{ srgb: "#12355", cmyk: [0, 0, 0, 1] }', "ink-value", "navy.srgb", "'#12355'"),
        ("{ srgb: 12355B, cmyk: [0, 0, 0, 1] }", "ink-value", "navy.srgb", "#RRGGBB"),
        ("{ srgb: [1, 2, 3], cmyk: [0, 0, 0, 1] }", "ink-value", "navy.srgb", "a list"),
        ('{ srgb: "#12355B", cmyk: [0, 0, 1] }', "ink-value", "navy.cmyk", "four figures"),
        ('{ srgb: "#12355B", cmyk: 100 }', "ink-value", "navy.cmyk", "four figures"),
        ('{ srgb: "#12355B", cmyk: [0, 101, 0, 1] }', "ink-value", "navy.cmyk[2]", "magenta"),
        ('{ srgb: "#12355B", cmyk: [0, 0, -1, 1] }', "ink-value", "navy.cmyk[3]", "yellow"),
        ('{ srgb: "#12355B", cmyk: [much, 0, 0, 1] }', "ink-value", "navy.cmyk[1]", "cyan"),
        ('{ srgb: "#12355B", cmyk: [0, 0, 0, nan] }', "ink-value", "navy.cmyk[4]", "black"),
        ('{ srgb: "#12355B", cmyk: [90, 80, 70, 61] }', "ink-value", "navy.cmyk", "301 %"),
        ("full", "value-type", "navy", "mapping"),
    ],
)
def test_a_wrong_value_is_a_finding_at_its_own_line(tmp_path: Path, row: str, code: str, field: str, said: str) -> None:
    _, findings = read(tmp_path, f"# inks\n\nnavy: {row}\n")
    finding = findings[-1] if code == "key-unknown" else findings[0]
    assert (finding.code, finding.place.field) == (code, field)
    assert str(finding.place) == "styles/inks.yaml:3"
    assert said in finding.message + finding.remedy


def test_an_ink_written_twice_is_a_finding_and_the_first_stands(tmp_path: Path) -> None:
    table, findings = read(
        tmp_path,
        'navy: { srgb: "#12355B", cmyk: [100, 80, 35, 35] }\nnavy: { srgb: "#000000", cmyk: [0, 0, 0, 100] }\n',
    )
    assert [(each.code, each.place.line) for each in findings] == [("key-duplicate", 2)]
    assert [ink.hex for ink in table.inks] == ["#12355B"]


def test_two_inks_with_one_srgb_value_are_a_finding_that_names_both(tmp_path: Path) -> None:
    _, findings = read(
        tmp_path,
        'navy: { srgb: "#12355B", cmyk: [100, 80, 35, 35] }\nnight: { srgb: "#12355b", cmyk: [100, 90, 35, 35] }\n',
    )
    assert [(each.code, each.place.line) for each in findings] == [("ink-duplicate", 2)]
    assert findings[0].place.field == "night"
    assert "'navy'" in findings[0].message


def test_a_name_that_no_sheet_could_say_is_a_finding(tmp_path: Path) -> None:
    table, findings = read(tmp_path, 'Navy Blue: { srgb: "#12355B", cmyk: [0, 0, 0, 1] }\n')
    assert [each.code for each in findings] == ["ink-value"]
    assert table.inks == ()


def test_a_table_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    table, findings = read_inks(Theme.of(tmp_path))
    assert [str(each.place) + each.code for each in findings] == ["styles/inks.yamlfile-missing"]
    assert table.inks == ()


def test_a_table_without_an_ink_is_a_finding(tmp_path: Path) -> None:
    _, findings = read(tmp_path, "# nothing yet\n")
    assert [each.code for each in findings] == ["ink-value"]


def test_broken_yaml_is_a_finding_at_the_line_where_it_breaks(tmp_path: Path) -> None:
    _, findings = read(tmp_path, 'navy: { srgb: "#12355B"\nblue: }\n')
    assert [(each.code, each.place.line) for each in findings] == [("yaml-syntax", 2)]
