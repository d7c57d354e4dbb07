"""The printer's folder: what is in it, that it can be checked, and whose folder is never replaced."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from directory_pub.build import BuildResult
from directory_pub.design.inks import Ink, InkTable
from directory_pub.edition.printers import Marks, Printer, read_printer
from directory_pub.edition.theme import Theme
from directory_pub.finish import DocumentFacts
from directory_pub.handoff import FolderTakenError, Handoff, hand_off
from directory_pub.impose import draw_cover
from directory_pub.preflight import PreflightReport, preflight_file
from impose.numbered import A5_MM, MM, colour, draw, near, numbered
from project import HARBOUR, ROOT, apply_change


def make(printer: str, output: Path, edition: Path = HARBOUR, root: Path = ROOT) -> Handoff:
    chosen, findings = read_printer(Theme.of(root), printer)
    assert chosen is not None, findings
    return hand_off(edition, output, chosen)


@pytest.fixture(scope="module")
def short_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up edition for the printer who wants the cover as a spread."""
    folder = make("digital-short-run", tmp_path_factory.mktemp("handoff")).folder
    assert folder is not None
    return folder


def page_count(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


# -------------------------------------------------------------------- what is in it
@pytest.mark.slow
def test_the_folder_holds_text_cover_report_job_sheet_overview_and_sums(short_run: Path) -> None:
    key = short_run.name.removesuffix("-for-digital-short-run")
    assert sorted(path.name for path in short_run.iterdir()) == sorted(
        [f"{key}-text.pdf", f"{key}-cover.pdf", "preflight.txt", "job-sheet.md", "overview.pdf", "SHA256SUMS"]
    )
    assert page_count(short_run / f"{key}-text.pdf") == page_count(short_run / "overview.pdf") - 4
    assert page_count(short_run / f"{key}-cover.pdf") == 2


@pytest.mark.slow
def test_every_file_to_print_is_preflighted_and_labelled_where_nothing_is_found(short_run: Path) -> None:
    key = short_run.name.removesuffix("-for-digital-short-run")
    report = (short_run / "preflight.txt").read_text("utf-8")
    assert report == f"{key}-text.pdf: no findings\n\n{key}-cover.pdf: no findings\n"
    for part in ("text", "cover"):
        with pikepdf.open(short_run / f"{key}-{part}.pdf") as pdf:
            assert pdf.open_metadata().get("pdfxid:GTS_PDFXVersion") == "PDF/X-4"


@pytest.mark.slow
def test_sha256sum_finds_every_file_whole(short_run: Path) -> None:
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=short_run, capture_output=True, text=True, check=True
    )
    assert checked.stdout.count(": OK") == len(list(short_run.iterdir())) - 1


@pytest.mark.slow
def test_the_job_sheet_says_what_a_printer_asks(short_run: Path) -> None:
    sheet = (short_run / "job-sheet.md").read_text("utf-8")
    pages = page_count(short_run / "overview.pdf")
    for told in (
        f"| pages | {pages} with covers",
        f"| spine | {(pages - 4) / 2 * 0.12:.2f} mm ({pages - 4} pages of 0.12 mm paper)",
        "| bleed | 3 mm |",
        "FOGRA39 in http://www.color.org",
        "| ink | 0 | 0 | 0 | 100 |",
        "| navy | 100 | 78 | 32 | 30 |",
        "- Source-Sans-3-Bold",
        "| paper | text 0.12 mm, cover 0.3 mm thick |",
    ):
        assert told in sheet
    for path in short_run.glob("*.pdf"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in sheet
    assert "paper | 0 | 0 | 0 | 0" not in sheet  # bare paper is no ink


@pytest.mark.slow
def test_the_overview_is_small_marked_and_of_the_trims_size(short_run: Path, harbour: BuildResult) -> None:
    overview = short_run / "overview.pdf"
    assert overview.stat().st_size < 100_000 * page_count(overview)
    with pypdfium2.PdfDocument(overview) as pages, pypdfium2.PdfDocument(harbour.files["email"]) as email:
        for page in pages:
            assert page.get_size() == pytest.approx((210 / 25.4 * 72, 297 / 25.4 * 72), abs=0.01)
        shown, bare = (each[2].render(scale=1).to_pil().convert("L") for each in (pages, email))
    # Where the page is bare paper the word is seen, across its middle.
    both = zip(shown.tobytes(), bare.tobytes(), strict=True)
    rows = [at // shown.width for at, (tone, paper) in enumerate(both) if paper == 255 and tone < 230]
    assert sum(abs(row - shown.height / 2) < 50 for row in rows) > 2_000


@pytest.mark.slow
def test_a_printer_who_takes_pages_gets_one_press_file(tmp_path: Path) -> None:
    folder = make("offset-fogra39", tmp_path).folder
    assert folder is not None
    (text,) = folder.glob("*-press.pdf")
    assert page_count(text) == page_count(folder / "overview.pdf")
    assert not list(folder.glob("*-cover.pdf"))
    assert "| cover | as pages: 1, 2, " in (folder / "job-sheet.md").read_text("utf-8")


@pytest.mark.slow
def test_the_copier_gets_imposed_sheets_in_rgb_without_links(tmp_path: Path) -> None:
    folder = make("office-copier", tmp_path).folder
    assert folder is not None
    (booklet,) = folder.glob("*-booklet.pdf")
    assert page_count(booklet) == page_count(folder / "overview.pdf") / 2
    assert "flip on the short edge" in (folder / "job-sheet.md").read_text("utf-8")


@pytest.mark.slow
def test_the_same_edition_gives_the_same_folder(short_run: Path, tmp_path: Path) -> None:
    again = make("digital-short-run", tmp_path).folder
    assert again is not None
    assert (again / "SHA256SUMS").read_bytes() == (short_run / "SHA256SUMS").read_bytes()


@pytest.mark.slow
# -------------------------------------------------------------------- whole or not at all
def test_our_own_folder_is_replaced(short_run: Path, tmp_path: Path) -> None:
    mine = Path(shutil.copytree(short_run, tmp_path / short_run.name))
    before = mine.stat().st_ino
    assert make("digital-short-run", tmp_path).folder == mine
    assert mine.stat().st_ino != before
    assert [path.name for path in tmp_path.iterdir()] == [mine.name]


@pytest.mark.slow
@pytest.mark.parametrize("change", ["added", "edited", "unsummed"])
def test_a_folder_that_somebody_else_wrote_in_is_left_alone(short_run: Path, tmp_path: Path, change: str) -> None:
    mine = Path(shutil.copytree(short_run, tmp_path / short_run.name))
    if change == "added":
        (mine / "order.txt").write_text("500 copies")
    elif change == "edited":
        (mine / "job-sheet.md").write_text("500 copies")
    else:
        (mine / "SHA256SUMS").unlink()
    before = {path.name: path.read_bytes() for path in mine.iterdir()}
    with pytest.raises(FolderTakenError):
        make("digital-short-run", tmp_path)
    assert {path.name: path.read_bytes() for path in mine.iterdir()} == before


@pytest.mark.slow
def test_a_build_that_fails_hands_nothing_off(project: Path, tmp_path: Path) -> None:
    sheet = "content/harbour/edition.yaml"
    apply_change(project, {"file": sheet, "replace": "bleed_mm: 3", "with": "bleed_mm: 1"})
    made = make("offset-fogra39", tmp_path / "out", project / "content/harbour", project)
    assert made.folder is None
    assert "bleed-small" in {finding.code for finding in made.build.report}
    assert not (tmp_path / "out").exists()


# -------------------------------------------------------------------- the cover
def spread(spine_mm: float) -> bytes:
    facts = DocumentFacts(title="Cover", author="", language="en", created=date(2020, 10, 5))
    marks = Marks(slug_mm=10, crop=True, registration=False)
    source = numbered(8, A5_MM, past_mm=3, bleed_mm=3)
    inks = InkTable(file="inks.yaml", inks=(Ink(name="red", srgb=(255, 0, 0), cmyk_percent=(0, 100, 100, 0)),))
    return draw_cover(source, spine_mm=spine_mm, bleed_mm=3, marks=marks, inks=inks, ground="red", document=facts)


def test_the_cover_is_back_spine_and_front_and_inside_the_second_page_and_the_last_but_one() -> None:
    outside, inside = (draw(spread(10), index) for index in (0, 1))
    left, right, middle = 13 + 70, 13 + 148 + 10 + 70, 13 + 148 + 5
    assert near(outside.getpixel((left, 150)), colour(7))
    assert near(outside.getpixel((right, 150)), colour(0))
    assert near(inside.getpixel((left, 150)), colour(1))
    assert near(inside.getpixel((right, 150)), colour(6))
    assert near(inside.getpixel((middle, 150)), (255, 255, 255))
    red, green, blue = outside.getpixel((middle, 150))
    assert red > 200
    assert max(green, blue) < 80


def test_the_cover_is_as_wide_as_two_leaves_and_the_spine() -> None:
    with pikepdf.open(io.BytesIO(spread(4))) as cover:
        for page in cover.pages:
            trim, bleed, media = page.trimbox, page.obj.BleedBox, page.mediabox
            assert float(trim[2] - trim[0]) / MM == pytest.approx(2 * 148 + 4, abs=0.01)
            assert float(trim[0] - bleed[0]) / MM == pytest.approx(3, abs=0.01)
            assert float(bleed[0] - media[0]) / MM == pytest.approx(10, abs=0.01)


def test_the_bleed_of_both_pages_meets_in_the_middle_of_a_thin_spine() -> None:
    outside = draw(spread(4), 0)
    assert near(outside.getpixel((13 + 148 + 1, 150)), (255, 0, 255))
    assert near(outside.getpixel((13 + 148 + 2, 150)), (255, 0, 255))
    assert near(outside.getpixel((13 + 148 + 5, 150)), colour(0))


@pytest.mark.slow
def test_a_file_that_preflight_refuses_is_named_and_not_labelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A demand that only the cut files are held to: type may not be smaller than 40 pt."""
    asked = preflight_file

    def stricter(path: Path, printer: Printer, *, skip: tuple[str, ...] = ()) -> PreflightReport:
        return asked(path, replace(printer, least_text_pt=40.0), skip=skip)

    monkeypatch.setattr("directory_pub.handoff.folder.preflight_file", stricter)
    made = make("digital-short-run", tmp_path)
    assert made.folder is not None
    text, cover = (next(made.folder.glob(f"*-{part}.pdf")) for part in ("text", "cover"))
    assert set(made.refused) == {text.name, cover.name}
    with pikepdf.open(text) as pdf:
        assert "pdfxid:GTS_PDFXVersion" not in pdf.open_metadata()
    assert "text-small" in (made.folder / "preflight.txt").read_text("utf-8")
