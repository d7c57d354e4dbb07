"""The book's own files, a bare typesetter's, and what Ghostscript makes of the plates."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image, ImageMath

from directory_pub.build import BuildResult
from directory_pub.findings import Severity
from directory_pub.preflight import preflight_file
from directory_pub.preflight.geometry import Box
from directory_pub.preflight.page_view import PageView, view_page
from directory_pub.preflight.resources import Stock
from preflight.good_pdf import draw, good_pdf, good_picture, mm, printer, save
from project import ROOT

PPI = 100
PLATES = ("Cyan", "Magenta", "Yellow", "Black")
FACE = ROOT / "fonts" / "source-sans-3" / "SourceSans3_400Regular.ttf"
BARE = f"""<html lang="en"><meta charset="utf-8"><title>Bare</title><style>
@font-face {{ font-family: "Source Sans 3"; src: url({FACE.as_uri()}) }}
@page {{ size: A5; bleed: 3mm; marks: crop; margin: 15mm; background: #12355b; font-family: "Source Sans 3" }}
html {{ font-family: "Source Sans 3"; color: #1d1d1b }} small {{ font-size: 4pt }}
</style><p>Type as it comes, <a href="https://example.org">linked</a>. <small>And small.</small></p></html>"""


def test_the_press_file_of_the_book_breaks_no_rule(book_2020: BuildResult) -> None:
    report = preflight_file(book_2020.files["press"], printer())
    assert [str(found) for found in report.of(Severity.ERROR)] == []
    assert report.page_count == 36


@pytest.mark.slow
def test_a_copier_takes_the_email_file_in_rgb(book_2020: BuildResult) -> None:
    assert [str(found) for found in preflight_file(book_2020.files["email"], printer("office-copier"))] == []


def test_the_email_file_is_nothing_for_a_press(book_2020: BuildResult) -> None:
    rules = {found.rule for found in preflight_file(book_2020.files["email"], printer())}
    assert rules >= {"colour-rgb", "output-intent", "annotation", "bleed-box", "bleed-short", "blend-space"}


def test_a_bare_file_labelled_by_the_engine_has_not_earned_it(tmp_path: Path) -> None:
    from directory_pub.typeset import import_engine

    path = tmp_path / "bare.pdf"
    import_engine().HTML(string=BARE).write_pdf(path, pdf_variant="pdf/x-4")
    rules = {found.rule for found in preflight_file(path, printer())}
    assert rules >= {"colour-rgb", "output-intent", "annotation", "marks-in-bleed", "media-origin", "label-unearned"}
    assert rules >= {"text-small", "page-multiple"}


# ------------------------------------------------------------------------------- a second opinion
def _plates(pdf: Path, folio: int, folder: Path, box: Box) -> dict[str, Image.Image]:
    """What Ghostscript puts on each plate within ``box``: 255 is full ink."""
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{PPI}", "-dUseCropBox=false"]
    pages = [f"-dFirstPage={folio}", f"-dLastPage={folio}", f"-sOutputFile={folder / 'page.tif'}"]
    subprocess.run([*command, *pages, str(pdf)], check=True, capture_output=True, timeout=120)
    return {plate: _within(folder / f"page({plate}).tif", box) for plate in PLATES}


def _total(plates: dict[str, Image.Image]) -> float:
    """The most ink in one place, in per cent."""
    total = ImageMath.lambda_eval(
        lambda plate: plate["Cyan"] + plate["Magenta"] + plate["Yellow"] + plate["Black"], **plates
    )
    return float(total.getextrema()[1]) / 255 * 100


def _within(path: Path, box: Box) -> Image.Image:
    with Image.open(path) as plate:
        scale, height = PPI / 72, plate.height
        edges = (box.left * scale, height - box.top * scale, box.right * scale, height - box.bottom * scale)
        grey = plate.convert("L").crop((round(edges[0]), round(edges[1]), round(edges[2]), round(edges[3])))
    return Image.eval(grey, lambda tone: 255 - tone)


def _view(path: Path, folio: int) -> PageView:
    with pikepdf.open(path) as pdf:
        return view_page(pdf.pages[folio - 1].obj, folio, 3, Stock())


@pytest.mark.gs
def test_there_is_no_colour_under_body_text(book_2020: BuildResult, tmp_path: Path) -> None:
    press = book_2020.files["press"]
    view = _view(press, 7)
    body = [line for line in view.printed if line.shown and line.paint.inks == ("Black",)]
    assert len(body) > 10
    plates = _plates(press, 7, tmp_path, view.media)
    scale, height = PPI / 72, plates["Black"].height
    for line in body:
        left, bottom, right, top = (edge * scale for edge in line.bounds)
        edges = (int(left), int(height - top), int(right) + 1, int(height - bottom) + 1)
        most = {plate: pixels.crop(edges).getextrema()[1] for plate, pixels in plates.items()}
        assert (most["Cyan"], most["Magenta"], most["Yellow"]) == (0, 0, 0), line
        assert most["Black"] > 0, line


@pytest.mark.gs
@pytest.mark.parametrize("folio", [1, 6, 36])
def test_the_total_ink_of_a_page_is_what_ghostscript_puts_on_it(
    book_2020: BuildResult, tmp_path: Path, folio: int
) -> None:
    press = book_2020.files["press"]
    view = _view(press, folio)
    plates = _plates(press, folio, tmp_path, view.trim)
    theirs = _total(plates)
    ours = max(painted.paint.total_percent for painted in view.printed)
    assert ours == pytest.approx(theirs, abs=2)


@pytest.mark.gs
@pytest.mark.parametrize("decode", [None, [1, 0] * 4], ids=["as-it-is", "turned-over"])
def test_the_ink_of_a_jpeg_is_what_ghostscript_puts_on_the_plates(tmp_path: Path, decode: list[int] | None) -> None:
    tones = (200, 150, 100, 50)
    saved = io.BytesIO()
    Image.new("CMYK", (128, 128), tones).save(saved, "JPEG", quality=95)
    with good_pdf() as pdf:
        picture = good_picture(pdf)
        picture.Width = picture.Height = 128
        picture.write(saved.getvalue(), filter=Name.DCTDecode)
        if decode:
            picture.Decode = decode
        draw(pdf, f"{mm(10)} 0 0 {mm(10)} {mm(40)} {mm(60)} cm /J Do", page=2, XObject={"J": picture})
        path = save(pdf, tmp_path / "jpeg.pdf")
    theirs = _total(_plates(path, 3, tmp_path, Box(mm(41), mm(61), mm(49), mm(69))))
    with pikepdf.open(path) as pdf:
        placed = view_page(pdf.pages[2].obj, 3, 3, Stock()).printed[-1].placed
        assert placed is not None
        assert placed.pixels is not None
        assert placed.pixels.most_ink_percent == pytest.approx(theirs, abs=2)
