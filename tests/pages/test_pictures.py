"""Pictures in the text as the finished pages have them: on the grid, in their columns, with their captions and tags."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PlacedPicture, read_pages, read_pictures
from directory_pub.design.grid import Grid
from directory_pub.edition.targets import EMAIL, PRESS
from directory_pub.edition.trims import TRIMS
from directory_pub.pieces import Resources
from project import draw_picture
from small_book import write_small
from unit.hand_made import grid

pytestmark = pytest.mark.slow

NEAR_MM = 0.05
PROSE = "The quay is open to every boat that asks for a berth before the tide turns and the lamps are lit. " * 4
LONG = "\n\n".join([PROSE] * 7)
WIDE = '![Across {0}.](wide.jpg "Across both columns, {0}."){{size=page credit="Photo: A. Example"}}'
ENTRIES = {
    "one": f"{LONG}\n\n{WIDE.format('first')}\n\n{PROSE}",
    "pier": "---\nname: Pier\nclosing_photo:\n  file: box.jpg\n  alt: The closing one.\n  caption: It *closes*.\n"
    "contact:\n  - web: www.example.org\nphoto:\n  file: wide.jpg\n  alt: Whole.\n  fit: contain\n"
    f"---\n\n{PROSE}\n",
    "two": f"{LONG}\n\n{WIDE.format('second')}\n\n{PROSE}",
    "strip": "---\nname: Strip\nphotos:\n  - {file: box.jpg, alt: Behind.}\n  - {file: wide.jpg, alt: Behind too., "
    f'caption: Both behind.}}\n---\n\n{PROSE}\n\n![Left.](box.jpg "Left one.") ![Right.](wide.jpg "Right one.")\n\n{PROSE}\n',
}


@pytest.fixture(scope="module")
def own_grid() -> Grid:
    return grid(TRIMS["A5"])


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    root = tmp_path_factory.mktemp("pictures")
    folder = write_small(root / "edition", ENTRIES, trim="A5")
    (folder / "photos").mkdir()
    draw_picture(folder / "photos" / "wide.jpg", size=[2000, 800])
    draw_picture(folder / "photos" / "box.jpg", size=[1500, 1200])
    result = build_edition(folder, root / "out")
    assert {each.code for each in result.report} <= {"mark-unused"}  # which no entry here has
    return result


def placed(book: BuildResult, key: str, name: str = PRESS.name) -> Iterator[tuple[int, PlacedPicture]]:
    """The pictures of an entry, each with the index of its page."""
    pages = list(read_pictures(book.files[name].read_bytes()))
    (piece,) = [piece for piece in book.book.pieces if piece.key == key]
    for index in piece.pages:
        for picture in pages[index]:
            yield index, picture


@pytest.mark.parametrize("name", [PRESS.name, EMAIL.name])
def test_every_picture_hangs_from_a_cap_height_and_stands_on_a_baseline(
    book: BuildResult, own_grid: Grid, name: str
) -> None:
    found = [(index, each) for key in ("one", "two", "strip") for index, each in placed(book, key, name)]
    assert len(found) == 1 + 1 + 4
    for _, picture in found:
        top, foot = (
            (mm - own_grid.mm("head")) / own_grid.unit_mm
            for mm in (picture.shown_top_mm, picture.shown_top_mm + picture.shown_height_mm)
        )
        assert top % 1 == pytest.approx(own_grid.cap_gap_mm / own_grid.unit_mm, abs=0.02)
        assert foot % 1 == pytest.approx(own_grid.baseline_mm / own_grid.unit_mm, abs=0.02)


@pytest.mark.parametrize("name", [PRESS.name, EMAIL.name])
def test_a_picture_across_keeps_to_the_columns_on_both_sides_of_a_spread(
    book: BuildResult, own_grid: Grid, name: str
) -> None:
    sides = set()
    for key in ("one", "two"):
        ((index, picture),) = placed(book, key, name)
        recto = index % 2 == 0
        sides.add(recto)
        left_mm = own_grid.mm("inner" if recto else "outer")
        assert picture.shown_left_mm == pytest.approx(left_mm, abs=NEAR_MM)
        right_mm = own_grid.trim.width_mm - own_grid.mm("outer" if recto else "inner")
        assert picture.shown_left_mm + picture.shown_width_mm == pytest.approx(right_mm, abs=NEAR_MM)
    assert sides == {True, False}


def test_the_caption_of_a_picture_across_stands_in_the_text_column(book: BuildResult, own_grid: Grid) -> None:
    pages = list(read_pages(book.files[PRESS.name].read_bytes()))
    for key in ("one", "two"):
        ((index, picture),) = placed(book, key)
        foot_mm = picture.shown_top_mm + picture.shown_height_mm
        below = [word for word in pages[index].words if 0 < word.baseline_mm - foot_mm < own_grid.unit_mm]
        assert [word.text for word in below][:3] == ["Across", "both", "columns,"]
        assert below[0].left_mm == pytest.approx(own_grid.frame("main", recto=index % 2 == 0).left_mm, abs=0.3)


def test_a_closing_picture_stands_on_the_last_line_but_that_of_its_caption(book: BuildResult, own_grid: Grid) -> None:
    tile, closing = sorted((each for _, each in placed(book, "pier")), key=lambda each: each.shown_width_mm)
    assert closing.shown_width_mm == pytest.approx(own_grid.main_mm, abs=NEAR_MM)
    foot_mm = closing.shown_top_mm + closing.shown_height_mm
    last_mm = own_grid.mm("head") + (own_grid.lines - 2) * own_grid.unit_mm + own_grid.baseline_mm
    assert foot_mm == pytest.approx(last_mm, abs=NEAR_MM)
    # In the tile a picture that is not to be cropped is whole.
    assert (tile.shown_width_mm, tile.shown_height_mm) == pytest.approx((tile.width_mm, tile.height_mm), abs=NEAR_MM)
    assert tile.shown_width_mm / tile.shown_height_mm == pytest.approx(2000 / 800, rel=0.01)


def test_pictures_of_a_strip_are_of_one_height_and_fill_the_column(book: BuildResult, own_grid: Grid) -> None:
    strips = [each for _, each in placed(book, "strip")]
    for left, right in (strips[:2], strips[2:]):
        assert left.shown_top_mm == pytest.approx(right.shown_top_mm, abs=NEAR_MM)
        assert left.shown_height_mm == pytest.approx(right.shown_height_mm, abs=NEAR_MM)
        across_mm = right.shown_left_mm + right.shown_width_mm - left.shown_left_mm
        assert across_mm == pytest.approx(own_grid.main_mm, abs=NEAR_MM)


def test_each_is_a_figure_with_its_text_and_caption(book: BuildResult) -> None:
    with pikepdf.open(book.files[EMAIL.name]) as pdf:
        figures = [
            (str(item.get("/Alt", "")), any(child.get("/S") == "/Caption" for child in _children(item)))
            for item in _walk(pdf.Root.StructTreeRoot)
            if item.get("/S") == "/Figure"
        ]
    assert sorted(figures) == sorted(
        [
            ("Across first.", True),
            ("Across second.", True),
            ("Whole.", False),
            ("The closing one.", True),
            ("Left.", True),
            ("Right.", True),
            ("Behind.", False),
            ("Behind too.", False),
        ]
    )


def _children(item: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = item.get("/K", pikepdf.Array())
    for kid in kids.as_list() if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield kid


def _walk(item: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for child in _children(item):
        yield child
        yield from _walk(child)


@pytest.mark.parametrize("change", ["photos/box.jpg", "entries/pier.md"])
def test_a_picture_that_changes_costs_the_pieces_that_show_it(tmp_path: Path, change: str) -> None:
    entries = {"pier": ENTRIES["pier"], "quay": PROSE}
    folder = write_small(tmp_path / "edition", entries, trim="A5")
    (folder / "photos").mkdir()
    draw_picture(folder / "photos" / "wide.jpg", size=[2000, 800])
    draw_picture(folder / "photos" / "box.jpg", size=[1500, 1200])
    resources = Resources(cache=tmp_path / "cache")
    build_edition(folder, tmp_path / "out", resources=resources)
    again = build_edition(folder, tmp_path / "out", resources=resources)
    assert not again.pieces_set
    if change.endswith(".md"):
        path = folder / change
        path.write_text(path.read_text("utf-8").replace("It *closes*", "It *ends*"), "utf-8")
    else:
        draw_picture(folder / change, size=[1600, 1200])
    assert set(build_edition(folder, tmp_path / "out", resources=resources).pieces_set) == {"pier"}
