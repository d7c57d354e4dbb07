"""A typeface of one's own: what docs/designers.md tells a designer to do is done here, and the finished files are asked.

The sans is variable and packed, the serif has CFF outlines at 1000 units: neither has the proportions of ours.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, Word, read_pages
from directory_pub.pieces import Resources
from made_faces import make_face, make_variable, saved
from project import ROOT, copy_project
from small_book import errors

pytestmark = pytest.mark.slow

DOC = ROOT / "docs" / "designers.md"
UNIT_MM, HEAD_MM, TEXT_PT, TITLE_PT, MM_PER_PT = 4.5, 27, 9.75, 23, 25.4 / 72


def sheet_of_the_walk_through() -> str:
    """The whole of the sheet that a designer writes."""
    (section,) = re.findall(r"^## A typeface of one's own\n(.*?)^## ", DOC.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    (sheet,) = re.findall(r"^`styles/tokens\.css`\n\n    (.*)\n\n", section, re.MULTILINE)
    return str(sheet)


def put_faces(folder: Path) -> None:
    """The two families, in the edition's own folder."""
    folder.mkdir()
    (folder / "Kite[slnt,wght].woff2").write_bytes(saved(tall(make_variable("Kite", slants=True)), "woff2"))
    for weight, italic, like in ((400, False, 400), (400, True, 400), (600, False, 700), (700, False, 700)):
        face = tall(make_face("Lark", weight, italic=italic, like=like, compact=True), 1.1)
        (folder / f"Lark-{weight}{'Italic' if italic else ''}.otf").write_bytes(saved(face))


def tall(font: TTFont, ascent_em: float = 0.9) -> TTFont:
    """A face that stands higher in its line than ours."""
    units = font["head"].unitsPerEm
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = round(ascent_em * units), round(-0.2 * units), 0
    font["OS/2"].fsSelection &= ~0x80
    return font


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    project = tmp_path_factory.mktemp("typeface") / "project"
    edition = copy_project(project)
    put_faces(edition / "fonts")
    (edition / "styles").mkdir()
    (edition / "styles" / "tokens.css").write_text(sheet_of_the_walk_through(), "utf-8")
    result = build_edition(edition, project / "out", resources=Resources())
    assert errors(result) == []
    return result


@pytest.fixture(scope="module")
def pages(book: BuildResult) -> list[PageText]:
    return list(read_pages(book.files["email"]))


def baselines(pages: list[PageText], size_pt: float, family: str) -> set[float]:
    """Where words of a size and family stand, in mm below the head."""
    words: list[Word] = [word for page in pages for word in page.words]
    own = [word for word in words if abs(word.size_pt - size_pt) < 0.01 and word.face.startswith(family)]
    return {round(word.baseline_mm - HEAD_MM, 2) for word in own if word.baseline_mm > HEAD_MM}


def test_both_files_are_whole_and_have_their_labels(book: BuildResult) -> None:
    assert set(book.files) == {"email", "press"}
    assert not [finding for finding in book.report if finding.code.startswith("face-")]


def test_the_walk_through_names_both_families(pages: list[PageText]) -> None:
    assert {re.split("[-,]", word.face)[0] for page in pages for word in page.words} == {"Kite", "Lark"}


@pytest.mark.parametrize("target", ["email", "press"])
def test_every_face_is_embedded_in_part_static_and_can_be_copied_from(book: BuildResult, target: str) -> None:
    with pikepdf.open(book.files[target]) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/DescendantFonts" in each]
        assert len(fonts) > 5
        for font in fonts:
            inner = font.DescendantFonts[0]
            descriptor = inner.FontDescriptor
            is_serif = "Lark" in str(font.BaseFont)
            assert re.fullmatch(r"/[A-Z]{6}\+(Kite|Lark)\b.*", str(font.BaseFont))
            assert str(inner.Subtype) == ("/CIDFontType0" if is_serif else "/CIDFontType2")
            assert ("/FontFile3" in descriptor, "/FontFile2" in descriptor) == (is_serif, not is_serif)
            program = descriptor.get("/FontFile3", descriptor.get("/FontFile2")).read_bytes()
            face = TTFont(io.BytesIO(program))
            assert not {"fvar", "gvar", "CFF2", "GSUB"} & set(face.keys())
            assert len(program) < 60_000
            assert font.ToUnicode.read_bytes().count(b"<") > 2
            check_widths(face, inner)


def check_widths(face: TTFont, inner: pikepdf.Dictionary) -> None:
    """The widths that the file tells are those of the program: no reader has to choose."""
    order, units, rows = face.getGlyphOrder(), face["head"].unitsPerEm, inner.W.as_list()
    for first, listed in zip(rows[::2], rows[1::2], strict=True):
        for step, width in enumerate(listed.as_list()):
            own = face["hmtx"][order[int(first) + step]][0] * 1000 / units
            assert float(width) == pytest.approx(own, abs=1)


def test_text_and_quotes_stand_on_the_grid_of_the_new_face(pages: list[PageText]) -> None:
    rise_em = (0.9 - 0.2) / 2
    first = UNIT_MM / 2 + rise_em * TEXT_PT * MM_PER_PT
    for family in ("Kite", "Lark"):
        found = baselines(pages, TEXT_PT, family)
        assert found
        for mm in found:
            steps = (mm - first) / UNIT_MM
            assert abs(steps - round(steps)) * UNIT_MM < 0.03, (family, mm)


def test_icons_stand_at_the_middle_of_the_new_face(book: BuildResult, pages: list[PageText]) -> None:
    assert book.book is not None
    font = make_variable("Kite")
    middle_mm = 0.42 * font["OS/2"].sCapHeight / font["head"].unitsPerEm * 8.5 * MM_PER_PT
    above: list[float] = []
    for piece in (piece for piece in book.book.pieces if piece.kind == "entry"):
        page = pages[piece.pages[-1]]
        rows = {word.baseline_mm for word in page.words if abs(word.size_pt - 8.5) < 0.01}
        for sign in page.signs:
            if 142 < sign.left_mm < 146 and 2.2 < sign.bottom_mm - sign.top_mm < 3.1 and rows:
                above.append(min(row - (sign.top_mm + sign.bottom_mm) / 2 for row in rows if row > sign.top_mm + 1.5))
    assert len(above) > 3
    assert above == pytest.approx([middle_mm] * len(above), abs=0.03)
