"""Text pages with pictures, drawings, captions and codes; drawings in the text of entries. Both files are asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from msgspec.structs import replace

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PlacedPicture, check_looks, read_pages, read_pictures, read_tag_tree
from directory_pub.census.looks import shown_whole
from directory_pub.design.grid import Grid
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import TrimSize
from directory_pub.edition.targets import EMAIL, PRESS
from directory_pub.edition.trims import TRIMS
from made_logos import shapes_pdf
from project import draw_picture
from small_book import errors, write_small
from unit.hand_made import grid

pytestmark = pytest.mark.slow

NEAR_MM = 0.05
PROSE = "The quay is open to every boat that asks for a berth before the tide turns and the lamps are lit. " * 2
FRAME = '<path fill="none" stroke="#12355b" stroke-width="2" d="M1 1H{0}V{1}H1zM{2} 1V{3}H1"/>'
CAPTION = 'caption: "The house at the quay", credit: "Drawn by A. Example"'
PICTURES = {
    "welcome": ("letter", "box.jpg", "Dear guests, come in.\n\nAda Brandt"),
    "plan": ("illustration", "plan.svg", "All rooms are on one level."),
    "map": ("illustration", "wide.jpg", ""),
    "map-again": ("illustration", "wide.jpg", PROSE),
    "shapes": ("illustration", "shapes.pdf", PROSE),
    "poster": ("plate", "box.jpg", "A word on it."),
}
DRAWN = """---
name: One
closing_photo: {file: plan.svg, alt: The closing one.}
photos: [{file: shapes.pdf, alt: Behind.}]
---

{0}

![In the text.](plan.svg "The plan")

![A PDF.](shapes.pdf "The shapes"){size=page}
""".replace("{0}", PROSE)


def drawing(width: int, height: int) -> str:
    """A plan: a frame at its very edge, with a room in it."""
    frame = FRAME.format(width - 1, height - 1, width * 0.3, height * 0.6)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{frame}</svg>'


def write(folder: Path, trim: str) -> Path:
    order = f"pages: [{', '.join(PICTURES)}, towns, imprint]\n"
    edition = write_small(folder, {"one": DRAWN}, trim=trim, more=order)
    for name in ("pages", "photos"):
        (edition / name).mkdir()
    for key, (kind, file, text) in PICTURES.items():
        head = f"kind: {kind}\ntitle: Page {key}\nqr: https://www.example.org/{key}\n"
        picture = f"picture: {{file: {file}, alt: Picture of {key}., {CAPTION}}}\n"
        (edition / "pages" / f"{key}.md").write_text(f"---\n{head}{picture}---\n\n{text}\n", "utf-8")
    imprint = "qr: https://www.example.org/imprint\npublisher:\n  name: Lantern League\n"
    (edition / "pages" / "imprint.md").write_text(f"---\n{imprint}---\n\n© Lantern League\n", "utf-8")
    (edition / "photos" / "plan.svg").write_text(drawing(300, 150), "utf-8")
    shapes = "0.1 0.2 0.4 rg 10 10 280 20 re f 10 60 60 30 re f 0.8 0.3 0.2 rg 200 40 90 50 re f"
    (edition / "photos" / "shapes.pdf").write_bytes(shapes_pdf(shapes.encode()))
    draw_picture(edition / "photos" / "box.jpg", size=[2400, 2900])
    draw_picture(edition / "photos" / "wide.jpg", size=[2600, 900])
    return edition


@pytest.fixture(scope="module", params=["170x240", "A6"])
def trim(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def own_grid(trim: str) -> Grid:
    return grid(TRIMS[trim] if trim in TRIMS else TrimSize(width_mm=170, height_mm=240))


@pytest.fixture(scope="module")
def book(trim: str, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    folder = tmp_path_factory.mktemp("pages")
    result = build_edition(
        write(folder / "edition", "{width_mm: 170, height_mm: 240}" if "x" in trim else trim), folder
    )
    assert not errors(result), errors(result)
    return result


def piece_of(book: BuildResult, key: str) -> Piece:
    assert book.book is not None
    return next(piece for piece in book.book.pieces if piece.key == key)


@pytest.mark.parametrize("name", [PRESS.name, EMAIL.name])
def test_the_code_of_a_page_is_read_from_it_whatever_its_kind(book: BuildResult, name: str) -> None:
    with pypdfium2.PdfDocument(book.files[name]) as pdf:
        for key in (*PICTURES, "imprint"):
            pages = [pdf[index].render(scale=3).to_pil() for index in piece_of(book, key).pages]
            read = [code.text for page in pages for code in zxingcpp.read_barcodes(page)]
            assert [text.lower() for text in read] == [f"https://www.example.org/{key}"], key


def test_each_caption_is_printed_with_its_credit(book: BuildResult) -> None:
    pages = list(read_pages(book.files[PRESS.name]))
    for key in PICTURES:
        words = " ".join(word.text for index in piece_of(book, key).pages for word in pages[index].words)
        assert "The house at the quay" in words, key
        assert "Drawn by A. Example" in words, key


def map_of(book: BuildResult, key: str) -> tuple[int, PlacedPicture]:
    pictures = list(read_pictures(book.files[PRESS.name]))
    ((index, picture),) = [(index, each) for index in piece_of(book, key).pages for each in pictures[index]]
    return index, picture


@pytest.mark.parametrize("key", ["map", "map-again"])
def test_an_illustration_is_as_high_as_it_is_and_its_caption_is_right_below(
    book: BuildResult, own_grid: Grid, key: str
) -> None:
    index, picture = map_of(book, key)
    assert picture.shown_width_mm / picture.shown_height_mm == pytest.approx(2600 / 900, rel=0.01), "it is whole"
    frames = [own_grid.frame(name, recto=index % 2 == 0) for name in ("main", "side")][: 2 if own_grid.has_side else 1]
    left_mm, right_mm = min(each.left_mm for each in frames), max(each.right_mm for each in frames)
    assert picture.shown_left_mm == pytest.approx(left_mm, abs=NEAR_MM)
    assert picture.shown_left_mm + picture.shown_width_mm == pytest.approx(right_mm, abs=NEAR_MM)
    foot_mm = picture.shown_top_mm + picture.shown_height_mm
    page = list(read_pages(book.files[PRESS.name]))[index]
    below = [word for word in page.words if 0 < word.baseline_mm - foot_mm < own_grid.unit_mm]
    assert [word.text for word in below] == ["The", "house", "at", "the", "quay"]
    assert below[0].left_mm == pytest.approx(frames[0].left_mm, abs=0.3)


def test_illustrations_lie_on_both_sides(book: BuildResult) -> None:
    assert {map_of(book, key)[0] % 2 for key in ("map", "map-again")} == {0, 1}


@pytest.mark.parametrize("name", [PRESS.name, EMAIL.name])
@pytest.mark.parametrize("file", ["plan.svg", "shapes.pdf"])
def test_another_drawing_than_the_files_is_told_of_wherever_it_stands(
    book: BuildResult, tmp_path: Path, file: str, name: str
) -> None:
    assert book.book is not None
    assert book.edition is not None
    pieces = book.book.pieces
    content = {each: path.read_bytes() for each, path in book.files.items()}
    pictures = read_tag_tree(content[EMAIL.name]).pictures
    wanted = [photo for piece in pieces for photo in shown_whole(book.edition, piece) if photo.file == file]
    assert len(wanted) == {"plan.svg": 3, "shapes.pdf": 3}[file]

    def told(folder: Path) -> int:
        edition = replace(book.edition, root=folder, folder=folder)
        return len(list(check_looks(edition, pieces, pictures, {name: content[name]}, 0)))

    shutil.copytree(book.edition.folder / "photos", tmp_path / "photos")
    assert told(tmp_path) == 0
    other = drawing(300, 80).encode() if file.endswith("svg") else shapes_pdf(b"0 0 0 rg 10 10 50 150 re f")
    (tmp_path / "photos" / file).write_bytes(other)
    assert told(tmp_path) == len(wanted)
