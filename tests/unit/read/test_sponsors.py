"""Sponsors as people write them: a file of levels, or a table with a row for each."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from directory_pub.edition.model import Edition
from directory_pub.findings import Finding
from directory_pub.proofread.sponsors import proofread_sponsors
from directory_pub.read import read_edition
from small_edition import write_edition

FILE = """\
title: Partners
levels:
  - title: Lead
    sponsors:
      - {name: Boats, logo: boats.svg, web: www.example.org, entry: quay}
  - title: Friends
    sponsors:
      - {name: Rooms, logo: {file: rooms.svg}}
      - {name: Plot, logo: {file: plot.svg, alt: A box}}
"""
ROWS = [
    ("Level", "Name", "Logo", "Web", "Entry"),
    ("Lead", "Boats", "boats.svg", "www.example.org", "quay"),
    ("Friends", "Rooms", "rooms.svg", None, None),
    (None, "Plot", "plot.svg", None, None),
]


def read(root: Path, text: str, field: str = "sponsors.yaml") -> tuple[Edition, list[Finding]]:
    folder = write_edition(root, {"quay": ""}, more=f"sponsors: {field}\n")
    (folder / "sponsors.yaml").write_text(text, "utf-8")
    edition, findings = read_edition(folder, root)
    assert edition
    return edition, [*findings, *proofread_sponsors(edition)]


def told(edition: Edition) -> list[tuple[str, list[tuple[str, str, str, str | None]]]]:
    assert edition.sponsors
    return [
        (level.title, [(s.name, s.logo.file, s.logo.alt, s.address) for s in level.sponsors if s.logo])
        for level in edition.sponsors.levels
    ]


EXPECTED = [
    ("Lead", [("Boats", "boats.svg", "Boats", "https://www.example.org")]),
    ("Friends", [("Rooms", "rooms.svg", "Rooms", None), ("Plot", "plot.svg", "A box", None)]),
]


def test_a_file_is_read_and_a_logo_without_alt_is_said_by_its_name(tmp_path: Path) -> None:
    edition, findings = read(tmp_path, FILE)
    assert told(edition) == EXPECTED
    assert findings == []
    assert edition.sponsors
    assert edition.sponsors.entries == ("quay",)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_table_is_read_a_row_without_level_is_on_the_one_above(tmp_path: Path, ending: str) -> None:
    folder = write_edition(tmp_path, {"quay": ""}, more=f"sponsors: {{file: s.{ending}, title: Partners}}\n")
    if ending == "xlsx":
        book = Workbook()
        assert book.active
        for row in ROWS:
            book.active.append(row)
        book.save(folder / "s.xlsx")
    else:
        lines = [",".join(cell or "" for cell in row) for row in ROWS]
        (folder / "s.csv").write_text("\n".join(lines), "utf-8")
    edition, findings = read_edition(folder, tmp_path)
    assert edition
    assert findings == []
    assert [(title, [row[:2] for row in rows]) for title, rows in told(edition)] == [
        (title, [row[:2] for row in rows]) for title, rows in EXPECTED
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("entry: quay", "entry: quai", "reference-broken", 5),
        ("name: Rooms", "name: BOATS", "entry-repeated", 8),
        ("rooms.svg", "boats.svg", "entry-repeated", 8),
        ("www.example.org", "javascript:run()", "link-syntax", 5),
        ("name: Boats, ", "", "key-missing", 5),
        ("logo: boats.svg, ", "", "key-missing", 5),
        ("logo: boats.svg", "logo: [1]", "value-type", 5),
        ("title: Partners\n", "", "key-missing", None),
        ("web:", "wbe:", "key-unknown", 5),
        ("levels:", "levels: none\nother:", "value-type", 2),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(tmp_path: Path, old: str, new: str, code: str, line: int | None) -> None:
    _, findings = read(tmp_path, FILE.replace(old, new, 1))
    found = [each for each in findings if each.code == code and each.place.file.endswith("sponsors.yaml")]
    assert found, findings
    assert line is None or line in {each.place.line for each in found}


def test_a_near_name_is_offered(tmp_path: Path) -> None:
    _, findings = read(tmp_path, FILE.replace("entry: quay", "entry: quai"))
    assert any("quay" in each.remedy for each in findings)
    _, findings = read(tmp_path / "other", FILE, field="sponsor.yaml")
    assert [each.code for each in findings if each.severity == "error"] == ["file-missing", "file-unused"][:1] or any(
        "sponsors.yaml" in each.remedy for each in findings
    )


@pytest.mark.parametrize("text", ["", "42", "- a\n- b\n", "title: [x]\nlevels: {}\n", "levels:\n  - 3\n"])
def test_whatever_stands_in_the_file_is_a_finding_and_no_crash(tmp_path: Path, text: str) -> None:
    edition, findings = read(tmp_path, text)
    assert edition.sponsors is None
    assert findings


def test_a_key_that_the_page_of_sponsors_has_is_told_of(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, {"sponsors": ""}, more="sponsors: sponsors.yaml\n")
    (folder / "sponsors.yaml").write_text(FILE.replace(", entry: quay", ""), "utf-8")
    edition, _ = read_edition(folder, tmp_path)
    assert edition
    assert [each.code for each in proofread_sponsors(edition)] == ["name-duplicate"]
