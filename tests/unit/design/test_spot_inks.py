"""Inks with a plate of their own: what a table may say of them, and what follows for other inks."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.design.inks import InkTable, read_inks
from directory_pub.design.plates import check_plates, inks_for
from directory_pub.design.spot_inks import Spot
from directory_pub.edition.printers import read_printer
from directory_pub.edition.theme import Layer, Theme, open_theme
from directory_pub.findings import Finding
from project import ROOT

NAVY = 'navy: { srgb: "#12355B", cmyk: [100, 80, 30, 25], spot: PANTONE 2768 C }\n'
TWO = 'navy: { srgb: "#12355B", cmyk: [100, 78, 32, 30], spot: PANTONE 534 C }\n' + (
    'orange: { srgb: "#FD9D24", cmyk: [0, 47, 95, 0], spot: PANTONE 1375 C }\n'
)


def read(folder: Path, text: str) -> tuple[InkTable, list[Finding]]:
    path = folder / "styles" / "inks.yaml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return read_inks(Theme.of(folder))


def over_the_built_in(folder: Path, text: str, theme: str = "city") -> tuple[InkTable, list[Finding]]:
    (folder / "styles").mkdir()
    (folder / "styles" / "inks.yaml").write_text(text, "utf-8")
    return read_inks(open_theme(folder, folder, theme) if theme != "city" else open_theme(folder, folder))


def spots(table: InkTable) -> dict[str, float]:
    return {ink.name: ink.spot.tint_percent for ink in table.inks if ink.spot}


@pytest.mark.parametrize("way", ["spot: PANTONE 2768 C, tint: 60", "spot: { name: PANTONE 2768 C, tint: 60 }"])
def test_a_tint_is_written_in_two_ways_and_looks_like_as_much_of_the_full_tone(tmp_path: Path, way: str) -> None:
    table, findings = read(tmp_path, NAVY + f'navy-60: {{ srgb: "#7186A0", {way} }}\n')
    assert findings == []
    tint = table.named("navy-60")
    assert tint is not None
    assert tint.spot == Spot("PANTONE 2768 C", 60)
    assert tint.cmyk_percent == (60, 48, 18, 15)


def test_what_a_tint_looks_like_may_be_said_and_counts_for_those_beside_it(tmp_path: Path) -> None:
    own = 'b: { srgb: "#5F86AC", cmyk: [60, 30, 10, 0], spot: PANTONE 2768 C, tint: 50 }\n'
    table, findings = read(tmp_path, NAVY + own + 'c: { srgb: "#A0B0C0", spot: PANTONE 2768 C, tint: 25 }\n')
    assert findings == []
    assert [ink.cmyk_percent for ink in table.inks[1:]] == [(60, 30, 10, 0), (30, 15, 5, 0)]
    assert list(table.spots["PANTONE 2768 C"]) == [
        (0.25, (0.3, 0.15, 0.05, 0)),
        (0.5, (0.6, 0.3, 0.1, 0)),
        (1, (1, 0.8, 0.3, 0.25)),
    ]


@pytest.mark.parametrize(
    ("more", "line", "said"),
    [
        ('b: { srgb: "#5F86AC", spot: Pantone 2768C, tint: 60 }', 2, "another spelling"),
        ('b: { srgb: "#5F86AC", spot: PANTONE 2768 U, tint: 60 }', 2, "another spelling"),
        ('b: { srgb: "#5F86AC", spot: PANTONE 300 C, tint: 60 }', 2, "no ink is the full tone"),
        ('b: { srgb: "#5F86AC", cmyk: [90, 80, 30, 0], spot: PANTONE 2768 C }', 2, "another CMYK"),
        ('b: { srgb: "#5F86AC", cmyk: [90, 80, 30, 0], spot: Black }', 2, "no spot ink"),
        ('b: { srgb: "#5F86AC", cmyk: [90, 80, 30, 0], spot: All }', 2, "no spot ink"),
        ('b: { srgb: "#5F86AC", cmyk: [90, 80, 30, 0], spot: [PANTONE] }', 2, "a list is no name"),
        ('b: { srgb: "#5F86AC", cmyk: [90, 80, 30, 0], spot: Glänzend }', 2, "letters"),
        (f'b: {{ srgb: "#5F86AC", cmyk: [90, 80, 30, 0], spot: {"x" * 61} }}', 2, "longer"),
        ('b: { srgb: "#5F86AC", cmyk: [90, 80, 30, 0], tint: 40 }', 2, "a tint of no spot"),
        ('b: { srgb: "#5F86AC", spot: PANTONE 2768 C, tint: 140 }', 2, "up to 100"),
        ('b: { srgb: "#5F86AC", spot: { tint: 60 } }', 2, "required"),
        ('b: { srgb: "#5F86AC", spot: { name: PANTONE 2768 C, tone: 60 } }', 2, "no known key"),
    ],
)
def test_a_spot_that_cannot_be_printed_as_it_is_written_is_a_finding(
    tmp_path: Path, more: str, line: int, said: str
) -> None:
    _, findings = read(tmp_path, NAVY + more + "\n")
    assert findings
    assert all(each.place.line == line for each in findings)
    assert said in findings[0].message


def test_two_tints_that_a_press_cannot_hold_apart_are_told_of(tmp_path: Path) -> None:
    rows = "".join(f'{name}: {{ srgb: "{hex_}", spot: PANTONE 2768 C, tint: {tint} }}\n' for name, hex_, tint in
                   (("a", "#8899AA", 50), ("b", "#8D9DAD", 51)))  # fmt: skip
    _, findings = read(tmp_path, NAVY + rows)
    assert [(each.code, each.severity) for each in findings] == [("ink-close", "warning")]


def test_a_book_whose_navy_is_a_spot_prints_all_that_is_mixed_of_it_as_its_tints(tmp_path: Path) -> None:
    table, findings = over_the_built_in(tmp_path, TWO)
    assert findings == []
    assert spots(table) == {
        "navy": 100, "orange": 100, "navy-2": 93, "navy-3": 85, "blue": 60, "mist": 20, "haze": 14, "pale": 8,
    }  # fmt: skip
    assert table.process_plates == (3,)


def test_a_mix_of_two_spots_is_printed_in_process_and_told_of(tmp_path: Path) -> None:
    for name, text in (("edition", TWO), ("theme", TWO.replace(", spot: PANTONE 534 C", "").replace(
        ", spot: PANTONE 1375 C", "") + 'mud: { srgb: "#886644", cmyk: [50, 60, 60, 15], mixed: { navy: 50, orange: 50 } }\n'
    )):  # fmt: skip
        (tmp_path / name / "styles").mkdir(parents=True)
        (tmp_path / name / "styles" / "inks.yaml").write_text(text, "utf-8")
    table, findings = read_inks(Theme((Layer("edition", tmp_path / "edition"), Layer("theme x", tmp_path / "theme"))))
    assert [(each.code, each.severity) for each in findings] == [("ink-spot", "warning")]
    mud = table.named("mud")
    assert mud is not None
    assert mud.spot is None
    assert mud.cmyk_percent == (50, 62, 64, 15)


def test_an_edition_may_take_another_spot_or_none_over_a_theme_of_three_inks(tmp_path: Path) -> None:
    one, other, plain = (tmp_path / name for name in ("one", "other", "plain"))
    for folder in (one, other, plain):
        folder.mkdir()
    table, findings = read_inks(open_theme(one, one, "three-inks"))
    assert findings == []
    assert {ink.spot.name for ink in table.inks if ink.spot} == {"PANTONE 534 C", "PANTONE 1375 C"}
    table, findings = over_the_built_in(
        other, 'navy: { srgb: "#6B1D2E", cmyk: [30, 95, 65, 45], spot: PANTONE 195 C }\n', "three-inks"
    )
    assert findings == []
    assert {ink.spot.name for ink in table.inks if ink.spot} == {"PANTONE 195 C", "PANTONE 1375 C"}
    table, findings = over_the_built_in(plain, 'navy: { srgb: "#6B1D2E", cmyk: [30, 95, 65, 45] }\n', "three-inks")
    assert findings == []
    assert {ink.spot.name for ink in table.inks if ink.spot} == {"PANTONE 1375 C"}


def test_the_tones_of_three_inks_are_on_the_screen_what_they_are_in_four() -> None:
    ours, _ = read_inks(Theme.of(ROOT))
    three, _ = read_inks(open_theme(ROOT / "content" / "2020", ROOT, "three-inks"))
    assert {ink.name: ink.srgb for ink in three.inks} == {ink.name: ink.srgb for ink in ours.inks}


def test_a_printer_without_a_plate_prints_cmyk_and_is_told_of_with_those_who_have_one(tmp_path: Path) -> None:
    table, _ = over_the_built_in(tmp_path, TWO)
    theme = open_theme(tmp_path, tmp_path)
    digital, _ = read_printer(theme, "digital-short-run")
    offset, _ = read_printer(theme, "offset-fogra39")
    assert digital is not None
    assert offset is not None
    told = list(check_plates(digital, table, theme))
    assert [(each.code, each.place.line) for each in told] == [("ink-spot-printer", 1), ("ink-spot-printer", 2)]
    assert "'offset-fogra39'" in told[0].remedy
    assert inks_for(digital, table).spots == {}
    assert list(check_plates(offset, table, theme)) == []
    assert inks_for(offset, table) == table


@pytest.mark.parametrize(("written", "count"), [("3", 3), ("0", 0), ("-1", None), ("many", None), ("1.5", None)])
def test_how_many_plates_a_printer_has_is_a_whole_number(tmp_path: Path, written: str, count: int | None) -> None:
    (tmp_path / "printers").mkdir()
    text = (
        (ROOT / "printers" / "offset-fogra39.yaml").read_text("utf-8").replace("spot_inks: 2", f"spot_inks: {written}")
    )
    (tmp_path / "printers" / "offset-fogra39.yaml").write_text(text, "utf-8")
    printer, findings = read_printer(open_theme(tmp_path, tmp_path), "offset-fogra39")
    assert (printer.spot_inks if printer else None) == count
    assert [each.place.field for each in findings] == ([] if printer else ["spot_inks"])
