"""The text, the pictures and the sheets, as a proofreader reads them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from directory_pub.edition.model import Query
from directory_pub.edition.pictures import Photo
from directory_pub.edition.text import ItemList, Quote
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place
from directory_pub.proofread.copy import proofread_copy
from directory_pub.proofread.pictures import proofread_pictures
from directory_pub.proofread.sheets import proofread_sheets
from project import ROOT
from unit.hand_made import edition, entry, library, paragraph, run

PLACE = Place(file="content/x/entries/quay.md", line=3)
LONG = "The league is the union of the harbour towns and was founded on a winter night"


def told(*blocks: object, **fields: object) -> list[tuple[str, int | None]]:
    findings = proofread_copy(edition(entry("quay", *blocks, **fields)), library())
    return [(finding.code, finding.place.line) for finding in findings]


# -------------------------------------------------------------------- sentences
@pytest.mark.parametrize("end", [".", "!", "?", ":", ";", "…", ".”", ".)", "”", ")", ".’»", " –", ","])
def test_a_paragraph_that_ends_has_no_finding(end: str) -> None:
    assert told(paragraph(LONG + end)) == []


@pytest.mark.parametrize("end", ["", " and", "2019", "%"])
def test_a_long_paragraph_without_an_end_is_told_of(end: str) -> None:
    assert told(paragraph(LONG + end, line=7)) == [("paragraph-unfinished", 7)]


@pytest.mark.parametrize(
    "text",
    [
        "Example Secretariat, 12 Harbour Street, Floor 3, 1000 Brussels, Belgium, Europe",
        "Ada Brandt, Łukasz Żak, Manuel Rosas Vázquez, Ellen Woodsworth and Dr Joy Masuhara",
        "Members: cities, regions, metropolitan areas, universities and observers from all over the world",
        "All of our reports since the foundation can be read and downloaded at www.example.org/reports",
        "Everybody who wants to join our next meeting should write a letter to office@example.org",
        "Annual meeting of the league, Bergen, Norway, with all members, 12–14 March 2031",
        "The league is the union of the harbour towns and is run by Harbour Services Ltd",
        "The league is the union of the harbour towns, which was founded on a winter night [sic]",
        '"The league is the union of the harbour towns, which was founded on a winter night."',
        "リーグは港町の連合であり、冬の夜に設立されました。リーグは港町の連合であり、冬の夜に設立されました。リーグは港町の連合です。",
    ],
)
def test_a_line_that_is_plainly_no_sentence_needs_no_stop(text: str) -> None:
    assert [code for code, _ in told(paragraph(text)) if code != "glyph-missing"] == []


@pytest.mark.parametrize(
    "text",
    [
        "The next general meeting of the league takes place in Bergen, and all of the towns will come in 2031",
        "Der Bund der Hafenstädte wurde in einer Winternacht gegründet und hat heute zwölf Mitglieder in der",
    ],
)
def test_a_sentence_that_breaks_off_is_told_of_in_any_language(text: str) -> None:
    assert [code for code, _ in told(paragraph(text))] == ["paragraph-unfinished"]


def test_short_text_links_and_what_a_list_goes_on_from_need_no_end() -> None:
    items = ItemList(items=((paragraph("one"),),), line=3)
    assert (
        told(paragraph("Short"))
        == told(paragraph(LONG), items)
        == told(paragraph(LONG, run(" www.example.org", href="#quay")))
        == []
    )
    assert told(items, paragraph(LONG)) == [("paragraph-unfinished", 1)]


def test_an_entry_without_a_body_has_no_finding() -> None:
    assert told() == []


def test_a_quotes_paragraphs_are_read_too() -> None:
    assert told(Quote(paragraphs=(paragraph(LONG, line=4),), line=4)) == [("paragraph-unfinished", 4)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One.. two", True),
        ("One... two", False),
        ("One…", False),
        ("e.g. two.", False),
        ("One....", False),
        ("a ..", True),
    ],
)
def test_a_doubled_stop_is_told_of_and_an_ellipsis_is_not(text: str, found: bool) -> None:
    assert told(paragraph(text)) == ([("stop-doubled", 1)] if found else [])


@pytest.mark.parametrize(("name", "found"), [("ADA,", True), ("ADA BRANDT,", False)])
def test_a_credit_with_one_name_alone_is_told_of(name: str, found: bool) -> None:
    quote = Quote(paragraphs=(paragraph("Said."),), credit=paragraph(run(name, bold=True), " MAYOR", line=6), line=4)
    assert told(quote) == ([("credit-cut-short", 6)] if found else [])


# -------------------------------------------------------------------- queries
def asked(tmp_path: Path, at: str) -> list[Finding]:
    file = "content/x/entries/quay.md"
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(
        "---\nname: Quay\nqueries:\n  - at: " + at + "\n    query: Sure?\n---\n\nThe oldest of the towns..\n"
    )
    queried = entry(
        "quay",
        paragraph("The oldest of the towns..", line=8),
        queries=(Query(at=at, query="Sure?", place=Place(file=file, line=4)),),
    )
    return proofread_copy(edition(queried, root=tmp_path), library())


def test_a_query_is_asked_at_its_passage_and_answers_for_its_line(tmp_path: Path) -> None:
    (finding,) = asked(tmp_path, "oldest of the towns")
    assert (finding.code, finding.place.line, finding.severity) == ("query", 8, "note")


def test_a_query_may_ask_about_the_front_matter(tmp_path: Path) -> None:
    assert ("query", 2) in [(f.code, f.place.line) for f in asked(tmp_path, "Quay")]


def test_a_query_whose_passage_is_gone_is_stale(tmp_path: Path) -> None:
    assert [(f.code, f.place.line) for f in asked(tmp_path, "youngest")] == [("query-stale", 4), ("stop-doubled", 8)]


# -------------------------------------------------------------------- pictures
def pictures_told(tmp_path: Path, file: str) -> list[tuple[str, int | None]]:
    (tmp_path / "content/x/photos").mkdir(parents=True, exist_ok=True)
    photo = Photo(file=file, alt="A quay.", place=PLACE, file_place=PLACE)
    return [(f.code, f.place.line) for f in proofread_pictures(edition(entry("quay", photo=photo), root=tmp_path))]


def draw(tmp_path: Path, name: str, mode: str, kind: str) -> str:
    (tmp_path / "content/x/photos").mkdir(parents=True, exist_ok=True)
    Image.new(mode, (40, 30)).save(tmp_path / "content/x/photos" / name, kind)
    return name


@pytest.mark.parametrize(
    ("mode", "kind", "code"),
    [
        ("RGB", "JPEG", None),
        ("CMYK", "JPEG", None),
        ("L", "JPEG", None),
        ("RGBA", "PNG", None),
        ("P", "PNG", None),
        ("1", "PNG", None),
        ("RGB", "WEBP", None),
        ("P", "GIF", None),
        ("I;16", "PNG", "photo-depth"),
        ("RGB", "TIFF", "photo-unreadable"),
        ("RGB", "BMP", "photo-unreadable"),
    ],
)
def test_a_picture_is_of_a_kind_that_prints_or_told_of(tmp_path: Path, mode: str, kind: str, code: str | None) -> None:
    assert pictures_told(tmp_path, draw(tmp_path, "quay.img", mode, kind)) == ([(code, 3)] if code else [])


def test_half_a_picture_is_unreadable_even_where_half_ones_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "content/x/photos" / draw(tmp_path, "quay.jpg", "RGB", "JPEG")
    Image.effect_noise((300, 300), 60).save(path, "JPEG")
    path.write_bytes(path.read_bytes()[:9000])
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert pictures_told(tmp_path, "quay.jpg") == [("photo-unreadable", 3)]
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


@pytest.mark.parametrize(
    ("file", "code"),
    [("none.jpg", "photo-missing"), ("../../../../x.jpg", "outside-project"), ("/etc/passwd", "outside-project")],
)
def test_a_picture_that_is_not_in_the_project_is_told_of(tmp_path: Path, file: str, code: str) -> None:
    assert pictures_told(tmp_path, file) == [(code, 3)]


# -------------------------------------------------------------------- sheets
@pytest.mark.parametrize(
    ("css", "found"),
    [
        ('p { font-family: "Source Sans 3" }', False),
        ('p { font: 700 9pt/1 "Source Serif 4" }', False),
        ("p { font-family: inherit }", False),
        (':root { --face: "Source Serif 4" } p { font-family: var(--face) }', False),
        ("p { font: 600 var(--text)/1 var(--serif) }", False),
        ("p { font: var(--font-title) }", False),
        ("p { font: bold 9pt 'Source Sans 3' }", False),
        ("p { font: 9pt 'Source Sans 3' }", False),
        ('p { font-family: "Source Sans" }', True),
        ("p { font-family: Arial, sans-serif }", True),
        ("p { font-family: sans-serif }", True),
        ("p { font: 400 9pt/1 var(--snas) }", True),
        ("p { font: var(--font-titel) }", True),
        ('@page { @top-left { font: 9pt "Helvetica" } }', True),
        ('p { q & { font-family: "Nope" } }', True),
    ],
)
def test_a_sheet_names_only_families_of_fonts(tmp_path: Path, css: str, found: bool) -> None:
    (tmp_path / "styles" / "parts").mkdir(parents=True)
    for name in ("tokens.css", "text-styles.yaml"):
        shutil.copy(ROOT / "styles" / name, tmp_path / "styles")
    (tmp_path / "styles" / "parts" / "a.css").write_text(f"/* a */\n\n{css}")
    told = [(f.code, f.place.file, f.place.line) for f in proofread_sheets(Theme.of(tmp_path), library())]
    assert told == ([("face-unknown", "styles/parts/a.css", 3)] if found else [])
