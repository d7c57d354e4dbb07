"""An edition's own fields on the pages of an entry: below its text, in one column of labels, read aloud as terms."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import Word
from directory_pub.pieces import Resources
from reading import read_tags
from small_book import SmallPiece, build_small, errors, lines_of, open_small, write_small

pytestmark = pytest.mark.quick("A6")

FIELDS = """fields:
  hours: {label: Hours}
  founded: {label: Founded, type: date}
  topics: {label: Topics, type: list}
  more: {label: Read more}
"""
QUAY = """---
name: Quay
topics: [Water, "[Vie nocturne]{lang=fr}", Housing]
founded: 1887-05-12
more: www.example.org/quay, or write to quay@example.org
hours: |-
  Mon–Fri 9–17,
  Saturdays by appointment
contact:
  - web: www.example.org
---

The text of the quay[^note] ends here.

[^note]: Which is old.
"""
TIDE = "---\nname: Tide\nhours: At high tide\n---\n\nThe text of the tide ends here.\n"
PALE = "---\nname: Pale\nmark: guest\n---\n\nNothing is known.\n"


@pytest.fixture(scope="module", params=["A4", "A6"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    entries = {"quay": QUAY, "tide": TIDE, "pale": PALE}
    return build_small(tmp_path_factory.mktemp(request.param), entries, trim=request.param, more=FIELDS)


def piece(folder: Path, text: str, *, more: str = FIELDS, trim: str = "A4") -> SmallPiece:
    return SmallPiece.of(open_small(folder, {"one": text}, trim=trim, more=more), "one")


def words(small: SmallPiece) -> list[Word]:
    return [word for page in small.pages for line in lines_of(page) for word in line]


def line_with(small: SmallPiece, text: str) -> list[Word]:
    (line,) = [line for page in small.pages for line in lines_of(page) if any(word.text == text for word in line)]
    return line


# -------------------------------------------------------------------- the files
@pytest.mark.slow
def test_both_files_are_delivered_without_a_finding(book: BuildResult) -> None:
    assert [str(finding) for finding in book.report] == []


def test_a_screen_reader_hears_labels_as_terms_and_values_as_what_is_said_of_them(book: BuildResult) -> None:
    root = read_tags(book.files["email"]).root
    lists = [each for each in read_tags(book.files["email"]).document.all("L") if each.all("DT", "Lbl")]
    assert root is not None
    heard = [
        [(item.all("Lbl", "DT")[0].text, item.all("LBody", "DD")[0].text) for item in each.all("LI")] for each in lists
    ]
    assert [[(" ".join(a.split()), " ".join(b.split())) for a, b in each] for each in heard] == [
        [
            ("Hours", "Mon–Fri 9–17, Saturdays by appointment"),
            ("Founded", "12 May 1887"),
            ("Topics", "Water, Vie nocturne, Housing"),
            ("Read more", "www.example.org/quay, or write to quay@example.org"),
        ],
        [("Hours", "At high tide")],
    ]


def test_addresses_in_a_value_are_links_in_the_email_file(book: BuildResult) -> None:
    with pikepdf.open(book.files["email"]) as pdf:
        links = {
            str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", []) if "/URI" in note.get("/A", {})
        }
    assert {"https://www.example.org/quay", "mailto:quay@example.org"} <= links


@pytest.mark.quick("A6")
# -------------------------------------------------------------------- the page
@pytest.mark.parametrize("trim", ["A4", "A6"])
def test_fields_stand_below_the_text_and_above_the_contact_block_on_the_grid(tmp_path: Path, trim: str) -> None:
    small = piece(tmp_path, QUAY, trim=trim)
    text, hours, topics = line_with(small, "ends"), line_with(small, "Hours"), line_with(small, "Topics")
    unit_mm = small.context.grid.unit_mm
    below = (hours[0].baseline_mm - text[0].baseline_mm) / unit_mm
    assert below == pytest.approx(round(below), abs=0.01)
    assert round(below) >= 2
    assert hours[0].left_mm == pytest.approx(text[0].left_mm, abs=0.1)
    assert "Bold" in hours[0].face
    assert "Bold" not in hours[1].face
    assert topics[0].baseline_mm - hours[0].baseline_mm == pytest.approx(3 * unit_mm, abs=0.01)  # hours has two lines
    if trim == "A6":
        (web,) = [word for word in words(small) if word.text == "www.example.org"]
        assert web.baseline_mm > line_with(small, "Read")[0].baseline_mm


def test_labels_have_one_column_in_all_entries(tmp_path: Path) -> None:
    context = open_small(tmp_path, {"quay": QUAY, "tide": TIDE}, more=FIELDS)
    quay, tide = SmallPiece.of(context, "quay"), SmallPiece.of(context, "tide")
    left_mm = {line_with(small, "Hours")[1].left_mm for small in (quay, tide)} | {line_with(quay, "Read")[2].left_mm}
    assert max(left_mm) - min(left_mm) < 0.1


@pytest.mark.slow
@pytest.mark.parametrize(
    "label", ["Consultative status with the councils of the river", "Gemeinschaftsverwaltungsbehördenkoordination"]
)
def test_a_label_that_is_too_wide_for_a_column_stands_above_its_value(tmp_path: Path, label: str) -> None:
    entry = "---\nname: One\nmark: guest\nhours: Noon\nstatus: General\n---\n\nText.\n"
    more = f"fields:\n  status: {{label: {label}}}\n  hours: {{label: Hours}}\n"
    small = piece(tmp_path / "piece", entry, more=more)
    said, below = line_with(small, "General"), line_with(small, "Noon")
    (above,) = [line for line in lines_of(small.pages[0]) if line[0].text == label.split(maxsplit=1)[0]]
    unit_mm = small.context.grid.unit_mm
    assert said[0].baseline_mm - above[0].baseline_mm == pytest.approx(unit_mm, abs=0.01)
    assert below[0].baseline_mm - said[0].baseline_mm == pytest.approx(unit_mm, abs=0.01)
    assert said[0].left_mm == pytest.approx(below[1].left_mm, abs=0.1)
    assert [str(finding) for finding in build_small(tmp_path, {"one": entry}, more=more).report] == []


@pytest.mark.slow
def test_a_field_that_is_longer_than_a_page_goes_on_on_the_next(tmp_path: Path) -> None:
    fields = "fields:\n" + "".join(f"  f{n}: {{label: Field {n}}}\n" for n in range(70))
    values = "".join(f"f{n}: Value {n}\n" for n in range(70))
    built = build_small(tmp_path, {"one": f"---\nname: One\n{values}---\n\nText.\n"}, more=fields)
    assert errors(built) == []


def test_an_entry_that_fills_no_field_has_nothing_of_them(tmp_path: Path) -> None:
    assert [word.text for word in words(piece(tmp_path, PALE)) if word.text in ("Hours", "Topics")] == []


@pytest.mark.slow
# -------------------------------------------------------------------- what a build keeps
def test_another_label_is_set_anew(tmp_path: Path) -> None:
    told = Resources(cache=tmp_path / "kept")
    edition = write_small(tmp_path / "edition", {"tide": TIDE}, more=FIELDS)
    build_edition(edition, tmp_path / "out", resources=told)
    sheet = edition / "edition.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("label: Hours", "label: Open"), "utf-8")
    again = build_edition(edition, tmp_path / "out", resources=told)
    assert errors(again) == []
    with pikepdf.open(again.files["email"]) as pdf:
        assert len(pdf.pages) > 2
    said = " ".join(each.text for each in read_tags(again.files["email"]).document.all("L"))
    assert "Open" in said
    assert "Hours" not in said


@pytest.mark.quick("*words-overset*")
# -------------------------------------------------------------------- what is told
@pytest.mark.parametrize(
    ("fields", "value", "code", "place"),
    [
        ("hours: {label: Hours}", "hours: 東京", "glyph-missing", "entries/one.md:3"),
        ("hours: {label: 時間}", "hours: At noon", "glyph-missing", "edition.yaml:13"),
        ("hours: {label: Hours}", 'hours: "[À midi]{lang=zz-zz-zz}"', "language-unknown", "entries/one.md:3"),
        ("hours: {label: Hours}", "hours: Pneumonoultramicroscopicsilicovolcanoconiosis" + "x" * 90, "words-overset", "entries/one.md:3"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_told_at_its_line(
    tmp_path: Path, fields: str, value: str, code: str, place: str
) -> None:
    built = build_small(tmp_path, {"one": f"---\nname: One\n{value}\n---\n\nText.\n"}, more=f"fields:\n  {fields}\n")
    found = [(each.code, f"{each.place.file}:{each.place.line}") for each in errors(built)]
    assert [(each, at.removeprefix("edition/")) for each, at in found] == [(code, place)]
