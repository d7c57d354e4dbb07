"""The title on the spine of a cover, as it is drawn."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from directory_pub.finish.geometry import Box, points
from directory_pub.impose.spine import LEAST_SPINE_MM, Lettering, draw_lettering, fit_lettering
from project import ROOT

FACE = (ROOT / "fonts" / "SourceSans3-Bold.otf") if (ROOT / "fonts" / "SourceSans3-Bold.otf").exists() else None
HEIGHT_MM, SAFE_MM = 210.0, 6.0


def lettering(title: str = "Harbour Towns 2031") -> Lettering:
    face = FACE or next(each for each in sorted((ROOT / "fonts").rglob("*Bold.*tf")) if "Sans" in each.name)
    return Lettering(title, face.read_bytes(), SAFE_MM)


def drawn(told: Lettering, spine_mm: float) -> Image.Image:
    """A black spine with its title, at 10 pixels a millimetre."""
    width, height = points(spine_mm), points(HEIGHT_MM)
    box = Box(0, 0, width, height)
    content = f"0 0 0 1 k 0 0 {width} {height} re f {draw_lettering(told, box, box)}"
    with pikepdf.new() as pdf:
        page = Dictionary(Type=Name.Page, MediaBox=[0, 0, width, height], Contents=pdf.make_stream(content.encode()))
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        out = io.BytesIO()
        pdf.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        return document[0].render(scale=10 * 25.4 / 72).to_pil().convert("L")


@pytest.mark.parametrize("spine_mm", [5.0, 8.0, 20.0])
def test_the_title_stands_in_the_middle_of_the_spine_and_keeps_from_its_folds_and_from_the_head(
    spine_mm: float,
) -> None:
    left, top, right, bottom = drawn(lettering(), spine_mm).point(lambda level: 255 * (level > 128)).getbbox()
    assert left >= 10 * 0.9  # descenders reach below the clear room of capitals
    assert right <= 10 * (spine_mm - 1.3)
    assert top == pytest.approx(10 * SAFE_MM, abs=6)
    assert bottom < 10 * (HEIGHT_MM - SAFE_MM)
    capital = drawn(lettering("H"), spine_mm).point(lambda level: 255 * (level > 128)).getbbox()
    assert (capital[0] + capital[2]) / 2 == pytest.approx(10 * spine_mm / 2, abs=1.5)


def test_it_reads_from_the_head_down() -> None:
    """The head of a T is its heavier end, and points to the right."""
    letter = drawn(lettering("T"), 10).point(lambda level: 255 * (level > 128))
    left, top, right, bottom = letter.getbbox()
    middle = (left + right) // 2
    halves = [
        letter.crop(each).histogram()[255] for each in ((left, top, middle, bottom), (middle, top, right, bottom))
    ]
    assert halves[1] > 1.5 * halves[0]


@pytest.mark.parametrize(
    ("title", "spine_mm", "reason"),
    [
        ("Harbour Towns 2031", LEAST_SPINE_MM - 0.1, "it would have to be 5 mm"),
        ("Harbour Towns " * 40, 8.0, "too long"),
        ("Harbour 港", 8.0, "does not draw"),
    ],
)
def test_a_spine_without_room_or_letters_stays_bare_and_the_job_sheet_says_why(
    title: str, spine_mm: float, reason: str
) -> None:
    assert reason in fit_lettering(lettering(title), spine_mm, HEIGHT_MM)
    assert drawn(lettering(title), spine_mm).getextrema()[1] < 60


def test_where_it_fits_there_is_nothing_to_say() -> None:
    assert fit_lettering(lettering(), 8.0, HEIGHT_MM) == ""
