"""The ink table: what it knows, and what it says of a wrong figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.design.inks import Ink, InkTable, read_inks
from directory_pub.edition.theme import Layer, Theme, open_theme
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


# -------------------------------------------------------------------- an edition's own inks
BASE = """\
navy:   { srgb: "#12355B", cmyk: [100, 80, 32, 30], reads_on: [paper] }
blue:   { srgb: "#5F86AC", cmyk: [65, 40, 18, 0], mixed: { navy: 60, paper: 40 } }
mist:   { srgb: "#C9D7E4", cmyk: [20, 9, 5, 0], mixed: { blue: 30, paper: 70 } }
orange: { srgb: "#FD9D24", cmyk: [0, 47, 95, 0], reads_on: [navy] }
paper:  { srgb: "#FFFFFF", cmyk: [0, 0, 0, 0] }
"""


def layered(folder: Path, own: str, base: str = BASE) -> tuple[InkTable, list[Finding]]:
    """The inks of an edition whose own table lies over a theme's."""
    for name, text in (("edition", own), ("theme", base)):
        (folder / name / "styles").mkdir(parents=True)
        (folder / name / "styles" / "inks.yaml").write_text(text, "utf-8")
    return read_inks(Theme((Layer("edition", folder / "edition"), Layer("theme x", folder / "theme"))))


def test_an_ink_of_ones_own_changes_all_that_is_mixed_of_it_in_both_colour_spaces(tmp_path: Path) -> None:
    table, findings = layered(tmp_path, 'navy: { srgb: "#640000", cmyk: [0, 100, 100, 50] }\n')
    assert findings == []
    assert {ink.name: (ink.hex, ink.cmyk_percent) for ink in table.inks} == {
        "navy": ("#640000", (0, 100, 100, 50)),
        "blue": ("#A26666", (0, 60, 60, 30)),  # 60 % of it on white
        "mist": ("#E3D1D1", (0, 18, 18, 9)),  # 30 % of that
        "orange": ("#FD9D24", (0, 47, 95, 0)),
        "paper": ("#FFFFFF", (0, 0, 0, 0)),
    }


def test_a_tone_with_a_row_of_its_own_is_not_mixed_anew(tmp_path: Path) -> None:
    own = 'navy: { srgb: "#640000", cmyk: [0, 100, 100, 50] }\nblue: { srgb: "#808000", cmyk: [40, 30, 100, 10] }\n'
    table, _ = layered(tmp_path, own)
    blue, mist = table.named("blue"), table.named("mist")
    assert blue is not None
    assert mist is not None
    assert blue.hex == "#808000"
    assert mist.hex == "#D9D9B2"  # mixed of the new one


def test_an_ink_more_leaves_all_others_as_they_are(tmp_path: Path) -> None:
    table, findings = layered(tmp_path, 'logo: { srgb: "#00A651", cmyk: [80, 0, 90, 0] }\n')
    plain, _ = layered(tmp_path / "plain", 'navy: { srgb: "#12355B", cmyk: [100, 80, 32, 30] }\n')
    assert findings == []
    assert {ink.name for ink in table.inks} == {"logo", "navy", "blue", "mist", "orange", "paper"}
    blue = table.named("blue")
    assert blue is not None
    assert blue.hex == "#5F86AC"
    assert plain.named("blue") != blue  # said anew, it is mixed anew


def test_tones_that_fall_together_are_told_of_at_the_ink_that_was_changed(tmp_path: Path) -> None:
    base = BASE.replace("blue: 30, paper: 70", "blue: 96, paper: 4")
    _, findings = layered(tmp_path, 'orange: { srgb: "#FFCC00", cmyk: [0, 20, 100, 0] }\n', base)
    assert findings == []
    _, findings = layered(tmp_path / "grey", '\nnavy: { srgb: "#606060", cmyk: [0, 0, 0, 70] }\n', base)
    told = [(each.code, each.place.line) for each in findings if each.code == "ink-close"]
    assert told == [("ink-close", 2)]
    assert "'blue'" in findings[0].message
    assert "'mist'" in findings[0].message


def test_type_that_lacks_contrast_is_told_of(tmp_path: Path) -> None:
    _, findings = layered(tmp_path, 'orange: { srgb: "#2E5E8C", cmyk: [85, 55, 20, 5] }\n')
    assert [(each.code, each.severity, each.place.line) for each in findings] == [("ink-contrast", "warning", 1)]


def test_an_ink_that_is_mixed_of_itself_or_of_none_is_a_finding(tmp_path: Path) -> None:
    _, findings = read(tmp_path, 'a: { srgb: "#123456", cmyk: [0, 0, 0, 1], mixed: { b: 100 } }\n')
    assert [(each.code, each.place.line) for each in findings] == [("ink-value", 1)]
    rows = ('a: { srgb: "#123456", cmyk: [0, 0, 0, 1], mixed: { b: 100 } }',
            'b: { srgb: "#654321", cmyk: [0, 0, 0, 2], mixed: { a: 100 } }')  # fmt: skip
    _, findings = layered(tmp_path / "circle", "\n".join(rows))
    assert {each.code for each in findings} == {"ink-value"}
    _, findings = layered(tmp_path / "sum", 'a: { srgb: "#123456", cmyk: [0, 0, 0, 1], mixed: { navy: 40 } }\n')
    assert [each.code for each in findings] == ["ink-value"]


def test_the_built_in_tones_are_near_what_they_are_said_to_be_mixed_of(tmp_path: Path) -> None:
    ours, _ = read_inks(Theme.of(PROJECT))
    text = (PROJECT / "styles" / "inks.yaml").read_text("utf-8")
    own = "\n".join(row for row in text.splitlines() if row.startswith(("navy:", "paper:")))
    mixed, findings = layered(tmp_path, own, text)
    assert findings == []
    for ink in ours.inks:
        again = mixed.named(ink.name)
        assert again is not None
        assert all(abs(one - other) <= 24 for one, other in zip(ink.srgb, again.srgb, strict=True)), ink.name


def test_of_a_copied_table_only_what_was_changed_is_chosen(tmp_path: Path) -> None:
    """The others are mixed anew, as if the copy had no row for them."""
    built_in = (PROJECT / "styles" / "inks.yaml").read_text("utf-8")
    (tmp_path / "styles").mkdir()
    changed = built_in.replace('"#12355B", cmyk: [100, 78, 32, 30]', '"#6B1D2E", cmyk: [30, 95, 65, 45]')
    assert changed != built_in
    tables = []
    for text in (changed, 'navy: { srgb: "#6B1D2E", cmyk: [30, 95, 65, 45] }\n'):
        (tmp_path / "styles" / "inks.yaml").write_text(text, "utf-8")
        theme = open_theme(tmp_path, tmp_path)
        tables.append({ink.name: ink for ink in read_inks(theme)[0].inks})
    assert tables[0] == tables[1]
    assert tables[0]["blue"] != {ink.name: ink for ink in read_inks(Theme.of(PROJECT))[0].inks}["blue"]
