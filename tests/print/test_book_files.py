"""The two files of the 2020 book, read by libraries that had no part in making them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import read_pages
from directory_pub.edition.targets import EMAIL
from directory_pub.pieces import Resources
from project import apply_change

MM = 72 / 25.4
PAINTS = {"rg", "RG", "g", "G", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"}


@pytest.fixture(scope="module")
def email(book_2020: BuildResult) -> PdfReader:
    return PdfReader(book_2020.files["email"])


@pytest.fixture(scope="module")
def press(book_2020: BuildResult) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(book_2020.files["press"]) as pdf:
        yield pdf


def bookmarks(email: PdfReader) -> list[tuple[int, str, int]]:
    """Level, title and folio of every bookmark."""

    def walk(items: list[object], level: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            else:
                assert isinstance(item, Destination)
                yield level, str(item.title), email.get_destination_page_number(item) + 1

    return list(walk(email.outline, 1))


# -------------------------------------------------------------------- email
def test_every_section_and_entry_has_a_bookmark(email: PdfReader, book_2020: BuildResult) -> None:
    assert book_2020.edition is not None
    assert book_2020.book is not None
    folios = {piece.key: piece.pages[0] + 1 for piece in book_2020.book.pieces}
    expected = []
    for section in book_2020.edition.sections:
        expected.append((1, section.title, folios[section.key]))
        expected += [(2, entry.name, folios[entry.key]) for entry in section.entries]
    assert [row for row in bookmarks(email) if row[1] not in ("Cover", "Preface", "Contents", "Notes")] == expected


def test_page_labels_are_the_folios(email: PdfReader) -> None:
    assert email.page_labels == [str(number) for number in range(1, 37)]


def test_it_opens_with_its_title_as_a_book(email: PdfReader) -> None:
    assert email.metadata is not None
    assert email.metadata.title == "International City Networks Directory 2020"
    assert email.trailer["/Root"]["/Lang"] == "en-GB"
    assert email.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert email.trailer["/Root"]["/PageMode"] == "/UseOutlines"


@pytest.mark.slow
def test_an_edition_that_says_so_opens_one_page_at_a_time(project: Path, tmp_path: Path, kept: Path) -> None:
    edition = "content/harbour/edition.yaml"
    apply_change(project, {"file": edition, "replace": "bleed_mm: 3", "with": "bleed_mm: 3\nemail: {opens: single}"})
    result = build_edition(
        project / "content" / "harbour", tmp_path / "out", targets=[EMAIL], resources=Resources(cache=kept)
    )
    assert list(result.report) == []
    with pikepdf.open(result.files["email"]) as pdf:
        assert str(pdf.Root.PageLayout) == "/SinglePage"


def test_web_mail_and_phone_rows_are_live(email: PdfReader) -> None:
    links = {
        str(note.get_object()["/A"]["/URI"])
        for page in email.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    }
    assert {"https://www.citiesalliance.org", "mailto:gmaci@citiesalliance.org", "tel:+32-2-880-42-10"} <= links
    assert "https://twitter.com/MayorsMigration" in links
    assert "tel:+34-93342875" not in links, "a number with a lost digit must not be dialled"


def test_every_contents_row_leads_to_its_entry(email: PdfReader, book_2020: BuildResult) -> None:
    assert book_2020.edition is not None
    names = {str(note.get_object().get("/Dest")) for note in email.pages[4]["/Annots"]}
    keys = {section.key for section in book_2020.edition.sections} | {entry.key for entry in book_2020.edition.entries}
    assert keys <= names
    assert keys <= set(email.named_destinations)


def test_the_email_file_is_under_a_megabyte_and_trimmed(email: PdfReader, book_2020: BuildResult) -> None:
    assert book_2020.files["email"].stat().st_size < 1_000_000
    for page in email.pages:
        assert [float(page.mediabox.width), float(page.mediabox.height)] == pytest.approx(
            [210 * MM, 297 * MM], abs=0.01
        )


# -------------------------------------------------------------------- press
def test_press_boxes_are_exact_on_every_page(press: pikepdf.Pdf) -> None:
    for page in press.pages:
        trim, bleed, media = ([float(v) for v in page.obj[box]] for box in ("/TrimBox", "/BleedBox", "/MediaBox"))
        assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([210 * MM, 297 * MM], abs=0.01)
        assert [a - b for a, b in zip(trim, bleed, strict=True)] == pytest.approx(
            [3 * MM, 3 * MM, -3 * MM, -3 * MM], abs=0.01
        )
        assert media[:2] == [0, 0]
        assert "/Annots" not in page.obj


def paints(pdf: pikepdf.Pdf) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Every colour operator of pages and forms with its values."""
    forms = [
        each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Form
    ]
    for content in [*pdf.pages, *forms]:
        for operands, operator in pikepdf.parse_content_stream(content):
            if str(operator) in PAINTS:
                yield str(operator), tuple(round(float(value), 3) for value in operands)


def test_every_colour_on_the_press_is_an_ink_of_the_table(press: pikepdf.Pdf) -> None:
    import yaml

    table = yaml.safe_load((Path(__file__).parents[2] / "styles" / "inks.yaml").read_text("utf-8"))
    inks = {tuple(round(value / 100, 3) for value in row["cmyk"]) for row in table.values()}
    found = set(paints(press))
    assert {operator for operator, _ in found} <= {"k", "K"}
    marks = {values for _, values in found} - inks
    assert (1.0, 1.0, 1.0, 1.0) in marks, "register marks stand in all inks"
    assert len(marks) <= 10, "marks and patches alone may be in no ink of the table"


def test_body_text_is_on_the_black_plate_alone(press: pikepdf.Pdf) -> None:
    """On a page of plain text the colour before every piece of 9.75 pt text is K or navy."""
    colour: tuple[float, ...] = ()
    seen = set()
    for operands, operator in pikepdf.parse_content_stream(press.pages[8]):
        if str(operator) == "k":
            colour = tuple(round(float(value), 3) for value in operands)
        elif str(operator) == "Tf" and float(operands[1]) == pytest.approx(13.0, abs=0.01):
            seen.add(colour)
    assert (0.0, 0.0, 0.0, 1.0) in seen
    assert seen <= {(0.0, 0.0, 0.0, 1.0), (1.0, 0.78, 0.32, 0.3)}


def test_the_press_file_has_earned_its_label(press: pikepdf.Pdf, book_2020: BuildResult) -> None:
    assert press.open_metadata().get("pdfxid:GTS_PDFXVersion") == "PDF/X-4"
    with pikepdf.open(book_2020.files["email"]) as email:
        assert "pdfxid:GTS_PDFXVersion" not in email.open_metadata()


@pytest.mark.slow
def test_a_press_file_that_preflight_refuses_is_a_draft_without_label(project: Path, tmp_path: Path) -> None:
    sheet = {
        "file": "styles/parts/entry.css",
        "replace": "font: var(--font-subtitle);",
        "with": "font: var(--font-subtitle); font-size: 4pt;",
    }
    apply_change(project, sheet)
    result = build_edition(project / "content" / "harbour", tmp_path / "out")
    assert result.failed
    assert sorted(result.files) == ["PROOF", "press-draft"]
    with pikepdf.open(result.files["press-draft"]) as draft:
        assert "pdfxid:GTS_PDFXVersion" not in draft.open_metadata()


def test_both_files_have_the_same_lines(book_2020: BuildResult) -> None:
    email, press = (list(read_pages(book_2020.files[name])) for name in ("email", "press"))
    assert len(email) == len(press) == 36
    for one, other in zip(email, press, strict=True):
        assert [(w.text, round(w.left_mm), round(w.baseline_mm)) for w in one.words] == [
            (w.text, round(w.left_mm), round(w.baseline_mm)) for w in other.words
        ]


# -------------------------------------------------------------------- report
def test_the_report_describes_the_files_that_lie_beside_it(book_2020: BuildResult) -> None:
    folder = book_2020.files["email"].parent
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert report["delivered"] is True
    assert report["counts"]["error"] == 0
    for row in report["files"].values():
        assert hashlib.sha256((folder / row["name"]).read_bytes()).hexdigest() == row["sha256"]
    assert {row["key"]: row["lines_free"] for row in report["room"]}["rainbow-cities"] >= 1
    assert all(row["file"] and row["remedy"] for row in report["findings"])


def test_what_looks_like_a_loss_of_the_transcription_is_a_note(book_2020: BuildResult) -> None:
    notes = " ".join(finding.message for finding in book_2020.report)
    for words in ("inhabitants..", "MEERSMAN", "the role of women", "lists contains", "+ 34 933 428 75"):
        assert words in notes
    assert {finding.severity.value for finding in book_2020.report} == {"note"}
