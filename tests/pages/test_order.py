"""Pages of any kind, anywhere: texts, a letter, plates and illustrations, pages for notes and blank ones."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, read_pages
from directory_pub.edition.flatplan import Piece
from directory_pub.findings import Finding
from small_book import errors, write_small

pytestmark = pytest.mark.slow

PAGES = "pages: [hall, letter-of-ada, contents, plan, plan-again, notes, notes, blank, towns, thanks, notes]\n"
TEXTS = {
    "hall": "kind: plate\ntitle: The hall\npicture: {file: hall.jpg, alt: The hall from above., credit: Photo M. Lind}",
    "letter-of-ada": "kind: letter\ntitle: Come in\npicture: {file: ada.jpg, alt: Ada., credit: Photo B. Lind}",
    "plan": "kind: illustration\ntitle: Floor plan\npicture: {file: plan.png, alt: The plan., credit: Drawn by hand}",
    "plan-again": "kind: illustration\ntitle: Floor plan again\npicture: {file: plan.png, alt: The same plan.}",
    "thanks": "title: Thanks",
}
BODIES = {
    "hall": "Forty tables.",
    "letter-of-ada": "Dear guests, the doors are open.\n\n- At nine.\n\nAda Brandt, keeper",
    "plan": "The hall is north.",
    "thanks": "To all who carried tables.[^1]\n\n[^1]: Forty of them.",
}
TRIMS = {"170x240": "{width_mm: 170, height_mm: 240}", "A6": "A6"}


def draw(path: Path, width: int, height: int) -> None:
    """A picture with a red edge of a hundredth of its width, so that a crop shows."""
    picture = Image.new("RGB", (width, height), (200, 210, 220))
    ImageDraw.Draw(picture).rectangle((0, 0, width - 1, height - 1), outline=(250, 0, 0), width=width // 50)
    path.parent.mkdir(exist_ok=True)
    picture.save(path)


def write(folder: Path, trim: str) -> Path:
    edition = write_small(folder, {"quay": "Text of the quay."}, trim=trim, more=PAGES)
    for key, fields in TEXTS.items():
        path = edition / "pages" / f"{key}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\n{fields}\n---\n\n{BODIES.get(key, '')}\n", "utf-8")
    draw(edition / "photos" / "hall.jpg", 2100, 2920)
    draw(edition / "photos" / "ada.jpg", 900, 600)
    draw(edition / "photos" / "plan.png", 1700, 1300)
    return edition


@pytest.fixture(scope="module", params=TRIMS)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    folder = tmp_path_factory.mktemp("order")
    return build_edition(write(folder / "edition", TRIMS[request.param]), folder / "out")


def pieces_of(book: BuildResult) -> list[Piece]:
    assert book.book is not None
    return list(book.book.pieces)


def pages_of(book: BuildResult, key: str) -> list[PageText]:
    pages = list(read_pages(book.files["email"]))
    return [pages[index] for piece in pieces_of(book) if piece.key == key for index in piece.pages]


def words_on(page: PageText) -> str:
    return " ".join(word.text for word in page.words)


def test_the_pages_stand_in_the_order_of_the_list(book: BuildResult) -> None:
    assert errors(book) == []
    keys = [(piece.kind, piece.key) for piece in pieces_of(book)]
    assert keys[:10] == [
        ("plate", "hall"),
        ("letter", "letter-of-ada"),
        ("contents", "contents"),
        ("illustration", "plan"),
        ("illustration", "plan-again"),
        ("notes", "notes/1"),
        ("blank", "blank/1"),
        ("opener", "towns"),
        ("entry", "quay"),
        ("text", "thanks"),
    ]
    assert [len(piece.pages) for piece in pieces_of(book) if piece.key in ("notes/1", "blank/1")] == [2, 1]


def test_no_page_is_told_of_that_is_as_it_was_asked_for(book: BuildResult) -> None:
    assert [each for each in book.report if each.code not in ("photo-resolution", "mark-unused")] == []


def test_a_blank_page_has_nothing_on_it(book: BuildResult) -> None:
    (page,) = pages_of(book, "blank/1")
    assert not page.words
    (index,) = next(piece.pages for piece in pieces_of(book) if piece.key == "blank/1")
    with pypdfium2.PdfDocument(book.files["press"]) as pdf:
        trim = pdf[index].get_trimbox()
        picture = pdf[index].render(scale=0.5, crop=(trim[0], trim[1], trim[0], trim[1])).to_pil().convert("L")
    assert picture.getextrema() == (255, 255)


def red_of(book: BuildResult, index: int) -> tuple[float, float, float, float]:
    """Where the red edge of a picture stands on a page of the email file: left, top, right, bottom in mm."""
    with pypdfium2.PdfDocument(book.files["email"]) as pdf:
        picture = pdf[index].render(scale=2).to_pil().convert("RGB")
    mask = picture.split()[0].point(lambda value: 255 if value > 235 else 0)
    dark = picture.split()[1].point(lambda value: 255 if value < 60 else 0)
    box = Image.composite(mask, Image.new("L", mask.size), dark).getbbox()
    assert box is not None
    left, top, right, bottom = (side * 25.4 / 72 / 2 for side in box)
    return left, top, right, bottom


def test_an_illustration_is_whole_and_keeps_to_the_margins_of_either_side(book: BuildResult) -> None:
    assert book.edition is not None
    width_mm = book.edition.trim.width_mm
    lefts = {}
    for key in ("plan", "plan-again"):
        (index,) = next(piece.pages for piece in pieces_of(book) if piece.key == key)
        left, _, right, _ = red_of(book, index)
        lefts[index % 2] = (left, width_mm - right)
    inner_outer = [lefts[0], lefts[1][::-1]]
    assert inner_outer[0] == pytest.approx(inner_outer[1], abs=0.5), "inner and outer margin, recto and verso"
    assert min(inner_outer[0]) > 8


def test_the_words_of_a_plate_stand_on_it(book: BuildResult) -> None:
    (page,) = pages_of(book, "hall")
    assert words_on(page) == "The hall Forty tables. Photo M. Lind"


def without_label(edition: Path) -> None:
    path = edition / "layouts" / "pages" / "plate.html.j2"
    path.parent.mkdir(parents=True)
    path.write_text('<section class="plate" id="{{ page.key }}"><h1>{{ page.title }}</h1></section>', "utf-8")


def test_what_a_layout_of_a_plate_drops_is_found(tmp_path: Path) -> None:
    edition = write(tmp_path / "edition", TRIMS["170x240"])
    without_label(edition)
    told: list[Finding] = errors(build_edition(edition, tmp_path / "out"))
    assert {(each.code, each.place.file.rpartition("/")[2]) for each in told} >= {
        ("words-lost", "hall.md"),
        ("picture-unplaced", "hall.md"),
    }


def test_a_picture_that_the_kind_of_page_has_no_place_for_is_told_of_once(tmp_path: Path) -> None:
    edition = write(tmp_path / "edition", TRIMS["170x240"])
    path = edition / "pages" / "plan.md"
    path.write_text(path.read_text("utf-8").replace("kind: illustration", "kind: text"), "utf-8")
    told: list[Finding] = errors(build_edition(edition, tmp_path / "out"))
    assert [(each.code, each.place.line) for each in told] == [("picture-unplaced", 4)]
