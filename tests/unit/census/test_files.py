"""Whole files: whose faces they carry, whether targets agree, and their pictures."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Name

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, PlacedPicture, Word, check_faces, check_pictures, compare_breaks, read_pages
from directory_pub.design.faces import read_faces
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.pictures import Photo
from directory_pub.edition.targets import EMAIL, PRESS
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place
from directory_pub.pieces import Resources
from project import HARBOUR, ROOT, copy_project
from unit.hand_made import edition, entry, grid, library, line, page, set_pages, small_engine

PLACE = Place(file="content/x/entries/quay.md", line=4)
PHOTO = Photo(file="quay.jpg", alt="A quay.", place=PLACE, file_place=PLACE)
QUAY = entry("quay", photo=PHOTO)
PIECES = [Piece(kind="entry", key="quay", pages=range(0, 2), entry=QUAY)]


# -------------------------------------------------------------------- faces
def rename_face(source: Path, target: Path, family: str, postscript_name: str, weight: int | None = None) -> None:
    """A face of ours under another name."""
    font = TTFont(source)
    for name_id, text in ((1, family), (4, family), (6, postscript_name), (16, family)):
        font["name"].setName(text, name_id, 3, 1, 0x409)
    if weight:
        font["OS/2"].usWeightClass = weight
    font.save(target)


@pytest.fixture
def stranger(tmp_path: Path) -> bytes:
    """A page set in a face called Stranger."""
    root = tmp_path / "stranger"
    engine = small_engine(root, "")
    rename_face(
        ROOT / "fonts/source-sans-3/SourceSans3_400Regular.ttf",
        root / "fonts" / "stranger.ttf",
        "Stranger",
        "Stranger-Regular",
    )
    css = "<style>@font-face { font-family: Stranger; src: url(project:///fonts/stranger.ttf) }</style>"
    return set_pages(engine, f'{css}<p>ours</p><p style="break-before: page; font-family: Stranger">theirs</p>')


def faces_told(pdf: bytes) -> list[Finding]:
    return check_faces(edition(QUAY), library(), pdf, numbered(read_pages(pdf)), PIECES)


def numbered(pages: Iterable[PageText], first: int = 0) -> dict[int, PageText]:
    """Pages by their index in the book."""
    return dict(enumerate(pages, first))


def test_a_page_in_our_faces_has_no_finding(tmp_path: Path) -> None:
    assert faces_told(set_pages(small_engine(tmp_path / "p", ""), "<p>ours</p>")) == []


def test_a_face_that_is_not_in_fonts_is_foreign_on_its_page(stranger: bytes) -> None:
    (finding,) = faces_told(stranger)
    assert (finding.code, finding.folio, finding.place) == ("face-foreign", 2, QUAY.place)
    assert "Stranger" in finding.message


def change_fonts(pdf: bytes, change: str) -> bytes:
    """Take the font programs out, or give the font another name."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            if (
                isinstance(item, pikepdf.Dictionary)
                and item.get("/Type") == Name.FontDescriptor
                and change == "take out"
            ):
                del item["/FontFile2" if "/FontFile2" in item else "/FontFile3"]
            elif isinstance(item, pikepdf.Dictionary) and item.get("/Type") == Name.Font and change != "take out":
                item.BaseFont = Name(f"/ABCDEF+{change}")
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def test_a_face_that_is_not_embedded_is_foreign(tmp_path: Path) -> None:
    pdf = set_pages(small_engine(tmp_path / "p", ""), "<p>ours</p>")
    assert [finding.code for finding in faces_told(change_fonts(pdf, "take out"))] == ["face-foreign"]


@pytest.mark.parametrize("name", ["Source-Sans-3-Bold", "Source-Sans-3-Italic", "Source-Sans-3-Oblique"])
def test_a_regular_face_that_calls_itself_bold_or_italic_is_synthetic(tmp_path: Path, name: str) -> None:
    pdf = change_fonts(set_pages(small_engine(tmp_path / "p", ""), "<p>ours</p>"), name)
    assert [finding.code for finding in faces_told(pdf)] == ["face-synthetic"]


def test_a_foreign_face_in_fonts_of_another_project_is_ours_there(stranger: bytes, tmp_path: Path) -> None:
    theirs = read_faces(Theme.of(tmp_path / "stranger"))
    assert check_faces(edition(QUAY), theirs, stranger, numbered(read_pages(stranger)), PIECES) == []


# -------------------------------------------------------------------- line breaks
BOOK = [page(line("one two", 24, 50)), page(line("three", 24, 50))]


def breaks_told(*books: list[PageText]) -> list[Finding]:
    files = {name: numbered(pages) for name, pages in zip(("press", "email", "web"), books, strict=False)}
    return list(compare_breaks(edition(QUAY), files))


def test_files_of_the_same_lines_agree() -> None:
    assert breaks_told(BOOK, BOOK, BOOK) == breaks_told(BOOK) == []


def test_a_hair_of_difference_is_none() -> None:
    assert breaks_told(BOOK, [page(line("one two", 24.05, 50.05)), BOOK[1]]) == []


@pytest.mark.parametrize(
    "other",
    [
        line("one tow", 24, 50),
        line("one two", 24.2, 50),
        line("one two", 24, 50.2),
        line("one", 24, 50),
        line("onetwo", 24, 50),
    ],
)
def test_a_word_that_differs_or_stands_elsewhere_is_told_of_with_its_page(other: list[Word]) -> None:
    (finding,) = breaks_told(BOOK, [BOOK[0], page(other)])
    assert (finding.code, finding.folio) == ("breaks-differ", 2)
    (finding,) = breaks_told([page(line("one two", 24, 50))], [page(other)])
    assert (finding.code, finding.folio) == ("breaks-differ", 1)


def test_pages_of_a_piece_are_told_of_by_their_place_in_the_book() -> None:
    ours, theirs = numbered(BOOK, 40), numbered([BOOK[0], page(line("four", 24, 50))], 40)
    (finding,) = compare_breaks(edition(QUAY), {"press": ours, "email": theirs})
    assert finding.folio == 42
    assert "page 42" in finding.message


def test_a_page_more_is_told_of() -> None:
    (finding,) = breaks_told(BOOK, [*BOOK, page()])
    assert finding.code == "breaks-differ"
    assert "has 3 pages, the press file 2" in finding.message


def test_a_third_file_is_compared_too() -> None:
    (finding,) = breaks_told(BOOK, BOOK, BOOK[:1])
    assert "the web file has 1 pages" in finding.message


# -------------------------------------------------------------------- pictures
def with_picture(width_px: int, width_mm: float = 25.4, shown_mm: float | None = None) -> list[list[PlacedPicture]]:
    shown_mm = width_mm if shown_mm is None else shown_mm
    picture = PlacedPicture(24, 30, width_mm, width_mm, width_px, width_px, shown_mm, shown_mm)
    return [[], [picture]]


def pictures_told(pictures: list[list[PlacedPicture]]) -> list[Finding]:
    return list(check_pictures(edition(), PIECES, dict(enumerate(pictures)), (PRESS, EMAIL), texts={}, grid=grid()))


def test_a_picture_with_enough_pixels_has_no_finding() -> None:
    assert pictures_told(with_picture(300)) == []
    assert pictures_told(with_picture(1000)) == []


def test_a_picture_with_too_few_pixels_is_told_of_once_for_the_target_that_needs_most() -> None:
    (press,) = pictures_told(with_picture(299))
    assert (press.code, press.folio, press.place) == ("photo-resolution", 2, PLACE)
    assert "press needs 300" in press.message
    assert "300 x 300 px" in press.remedy
    assert ["press" in f.message for f in pictures_told(with_picture(140))] == [True]


@pytest.mark.parametrize(
    ("width_px", "severity"), [(299, "note"), (225, "note"), (224, "warning"), (150, "warning"), (149, "error")]
)
def test_a_coarse_picture_weighs_as_much_as_the_reader_suffers(width_px: int, severity: str) -> None:
    assert [finding.severity for finding in pictures_told(with_picture(width_px))] == [severity]


@pytest.mark.parametrize("shown_mm", [25.4, 20.0, 33.3, 45.85, 12.345])
def test_the_pixels_that_are_named_suffice_and_one_less_does_not(shown_mm: float) -> None:
    (coarse,) = pictures_told(with_picture(100, width_mm=1.3 * shown_mm, shown_mm=shown_mm))
    assert f" {shown_mm:.0f} x {shown_mm:.0f} mm;" in coarse.message, "the size that it prints at, not the picture's"
    width_px = int(coarse.remedy.split(" px")[0].split()[-1])
    assert pictures_told(with_picture(width_px, shown_mm)) == []
    assert len(pictures_told(with_picture(width_px - 1, shown_mm))) == 1


def test_a_picture_of_which_nothing_is_shown_is_lost() -> None:
    (finding,) = pictures_told(with_picture(1000, shown_mm=0))
    assert finding.code == "picture-lost"


def test_a_picture_that_is_nowhere_is_lost() -> None:
    (finding,) = pictures_told([[], []])
    assert (finding.code, finding.place) == ("picture-lost", PLACE)
    assert "pages 1-2" in finding.message


def test_an_entry_without_a_picture_is_not_asked_for_one() -> None:
    piece = Piece(kind="entry", key="mole", pages=range(0, 1), entry=entry("mole"))
    assert list(check_pictures(edition(entry("mole")), [piece], {0: []}, (PRESS,), texts={}, grid=grid())) == []


# -------------------------------------------------------------------- the number of pages
@pytest.fixture(scope="module")
def without_note_pages(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The harbour edition with the layout of its note pages taken out."""
    root = tmp_path_factory.mktemp("page-count")
    copy_project(root)
    tail = root / "layouts" / "tail.html.j2"
    tail.write_text(tail.read_text("utf-8").replace('{% include "pages/notes.html.j2" %}', ""))
    result = build_edition(root / "content" / HARBOUR.name, root / "out", resources=Resources(cache=kept))
    shutil.rmtree(root / "fonts")
    return result


@pytest.mark.slow
def test_a_book_that_does_not_fill_its_multiple_is_told_of(without_note_pages: BuildResult) -> None:
    found = [finding for finding in without_note_pages.report if finding.code == "page-count"]
    assert [(f.place.field, f.place.line) for f in found] == [("page_multiple", 11)]
