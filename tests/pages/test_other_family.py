"""A book in another family: how high its faces stand is read from them, so all still stands on the grid."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, Word, read_pages
from directory_pub.pieces import Resources
from project import ROOT, copy_project
from small_book import errors, write_small

pytestmark = pytest.mark.slow

UNIT, HEAD = 4.5, 27
MM_PER_PT = 25.4 / 72
TEXT_PT, TITLE_PT = 9.75, 23
LONG = " ".join(["The lanterns of the harbour are lit by the league every evening."] * 12)
ENTRY = f"""\
---
name: Quay
subtitle: Lit by night
contact:
  - web: www.example.org
---

{LONG}

## TOWNS

{LONG}[^a]

> “{LONG}”
>
> — **ADA BRANDT,** MAYOR

[^a]: A note on lanterns.
"""


@pytest.fixture(scope="module")
def in_serif(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """A book of one entry, all of it in Source Serif 4, which has neither of the weights 300 and 800."""
    project = tmp_path_factory.mktemp("serif") / "project"
    copy_project(project)
    tokens = project / "styles" / "tokens.css"
    tokens.write_text(tokens.read_text("utf-8").replace('--sans: "Source Sans 3"', '--sans: "Source Serif 4"'), "utf-8")
    for sheet in (project / "styles").rglob("*.css"):
        sheet.write_text(sheet.read_text("utf-8").replace("font: 800", "font: 700"), "utf-8")
    styles = project / "styles" / "text-styles.yaml"
    text = styles.read_text("utf-8").replace("weight: 800", "weight: 700").replace("weight: 300", "weight: 400")
    styles.write_text(text, "utf-8")
    folder = write_small(project / "content" / "small", {"quay": ENTRY})
    result = build_edition(folder, project / "out", resources=Resources())
    assert errors(result) == []
    return result


@pytest.fixture(scope="module")
def page(in_serif: BuildResult) -> PageText:
    assert in_serif.book is not None
    index = next(piece.pages[0] for piece in in_serif.book.pieces if piece.kind == "entry")
    return list(read_pages(in_serif.files["email"]))[index]


@pytest.fixture(scope="module")
def face() -> TTFont:
    return TTFont(ROOT / "fonts" / "source-serif-4" / "SourceSerif4_400Regular.ttf")


def first_baseline(face: TTFont) -> float:
    """Where the first line of text stands, in mm from the trim, by the font's own tables."""
    rise_em = (face["hhea"].ascent + face["hhea"].descent) / 2 / face["head"].unitsPerEm
    return HEAD + UNIT / 2 + float(rise_em) * TEXT_PT * MM_PER_PT


def is_size(word: Word, size_pt: float) -> bool:
    return abs(word.size_pt - size_pt) < 0.01


def test_no_other_family_is_in_the_book(page: PageText) -> None:
    assert {re.sub("[-,].*", "", word.face.replace("Source-Serif-4", "serif")) for word in page.words} == {"serif"}


def test_every_baseline_stands_on_the_grid_of_the_family(page: PageText, face: TTFont) -> None:
    first = first_baseline(face)
    assert first != pytest.approx(HEAD + 3.323, abs=0.05), "not that of Source Sans 3"
    assert min(word.baseline_mm for word in page.words if is_size(word, TITLE_PT)) == pytest.approx(first, abs=0.03)
    on_grid = [
        word for word in page.words if word.baseline_mm > HEAD and word.size_pt < TITLE_PT - 1 and word.text != "“"
    ]
    calls = {word for word in on_grid if is_size(word, 6.5)}
    last = max(word.baseline_mm for word in on_grid)
    for word in set(on_grid) - calls:
        steps = (word.baseline_mm - first) / UNIT
        is_note = is_size(word, 7.5) and word.baseline_mm < last
        assert is_note or abs(steps - round(steps)) * UNIT < 0.03, word
    assert calls


def test_the_tile_hangs_from_the_cap_height_of_the_title(in_serif: BuildResult, page: PageText, face: TTFont) -> None:
    cap_mm = face["OS/2"].sCapHeight / face["head"].unitsPerEm * TITLE_PT * MM_PER_PT
    assert highest_paint(in_serif) == pytest.approx(first_baseline(face) - cap_mm, abs=0.03)


def highest_paint(book: BuildResult) -> float:
    """Where the paint in the side column of the entry's first page begins, in mm from the trim."""
    assert book.book is not None
    index = next(piece.pages[0] for piece in book.book.pieces if piece.kind == "entry")
    left_mm, right_mm, above_mm, pixel_mm = 150, 151, 20, 0.01
    pdf = pypdfium2.PdfDocument(book.files["email"])
    width, height = pdf[index].get_size()
    cuts = (left_mm, height * MM_PER_PT - 40, width * MM_PER_PT - right_mm, above_mm)
    image = pdf[index].render(scale=MM_PER_PT / pixel_mm, crop=tuple(cut / MM_PER_PT for cut in cuts)).to_pil()
    rows = image.convert("L").resize((1, image.height)).tobytes()
    return above_mm + next(row for row, tone in enumerate(rows) if tone < 250) * pixel_mm
