"""A book from a table is the book from files: the same pages, and a row that is edited costs one entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.pieces import Resources
from small_book import write_small
from unit.made_tables import Rows, write_xlsx

HEAD = ["Name", "Subtitle", "Website", "Phone", "Text"]
RYE = ["Rye Society", "On the hill", "rye.example.org", "+41 22 555 01 32", "One town.\nIt has **three** gates.[^1]"]
RYE[-1] += "\n[^1]: And a postern."
WEIR = [
    "Weir Union",
    None,
    "weir.example.org",
    None,
    "Two weirs.[^1]\n- the old one\n- the new one\n[^1]: Of the union.",
]
FILES = {
    "rye-society": "---\nname: Rye Society\nsubtitle: On the hill\ncontact:\n  - web: rye.example.org\n"
    "  - phone: +41 22 555 01 32\n---\n\nOne town.\n\nIt has **three** gates.[^1]\n\n[^1]: And a postern.\n",
    "weir-union": "---\nname: Weir Union\ncontact:\n  - web: weir.example.org\n---\n\n"
    "Two weirs.[^1]\n- the old one\n- the new one\n\n[^1]: Of the union.\n",
}


def of_table(folder: Path, rows: Rows) -> Path:
    write_small(folder, {})
    sheet = folder / "edition.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("entries: []", "entries: towns.xlsx"), "utf-8")
    write_xlsx(folder / "towns.xlsx", rows)
    return folder


def build(folder: Path, out: Path, cache: Path | None = None) -> BuildResult:
    return build_edition(folder, out, resources=Resources(cache=cache))


@pytest.mark.slow
def test_a_book_from_a_table_is_the_same_to_the_byte(tmp_path: Path) -> None:
    files = build(write_small(tmp_path / "files", FILES), tmp_path / "out-files")
    table = build(of_table(tmp_path / "table", [HEAD, RYE, WEIR]), tmp_path / "out-table")
    findings = [[(each.code, each.message) for each in result.report] for result in (files, table)]
    assert findings[0] == findings[1]
    assert sorted(files.files) == sorted(table.files) == ["email", "press"]
    for target, path in files.files.items():
        assert path.read_bytes() == table.files[target].read_bytes()


@pytest.mark.slow
def test_an_edited_row_costs_one_entry(tmp_path: Path) -> None:
    folder = of_table(tmp_path / "x", [HEAD, RYE, WEIR])
    build(folder, tmp_path / "out", tmp_path / "cache")
    of_table(folder, [HEAD, RYE, [*WEIR[:-1], "Two weirs, and no more."]])
    again = build(folder, tmp_path / "out", tmp_path / "cache")
    assert list(again.pieces_set) == ["weir-union"]
    of_table(folder, [HEAD, ["Lock League", *[None] * 4], RYE, [*WEIR[:-1], "Two weirs, and no more."]])
    again = build(folder, tmp_path / "out", tmp_path / "cache")
    assert {"rye-society", "weir-union"} <= set(again.pieces_kept)
    assert "lock-league" in again.pieces_set


def test_what_cannot_be_drawn_is_named_with_its_cell(tmp_path: Path) -> None:
    rows = [HEAD, RYE, [*WEIR[:2], "weir.example", "+41 22 555", "A 名 word.\nIt ends here..\nSee [it](#rai)."]]
    result = build(of_table(tmp_path / "x", rows), tmp_path / "out")
    told = {(each.code, str(each.place).rpartition("/")[2]) for each in result.report if each.code != "mark-unused"}
    assert told == {
        ("glyph-missing", "towns.xlsx: Members!E3"),
        ("stop-doubled", "towns.xlsx: Members!E3"),
        ("reference-broken", "towns.xlsx: Members!E3"),
        ("phone-number", "towns.xlsx: Members!D3"),
    }
    assert result.failed


@pytest.mark.slow
def test_headings_of_one_cell_are_as_those_of_a_file(tmp_path: Path) -> None:
    text = "First of all.\n### AIM\nTo stay.\n### WORK\nTo go on.\n## PAST\nLong."
    result = build(of_table(tmp_path / "x", [HEAD, [*RYE[:-1], text], WEIR]), tmp_path / "out")
    assert {each.code for each in result.report} == {"mark-unused"}
