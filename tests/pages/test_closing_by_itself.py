"""An entry's picture takes the room below its text by itself, where it stands larger there than in the tile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PlacedPicture, read_pictures, read_tag_tree
from directory_pub.edition.printers import DEFAULT_PRINTER
from directory_pub.edition.targets import EMAIL
from directory_pub.pieces import Resources
from project import draw_picture
from small_book import write_small
from unit.hand_made import grid

pytestmark = pytest.mark.slow

PROSE = "The quay is open to every boat that asks for a berth before the tide turns and the lamps are lit.\n\n"
PHOTO = "---\nname: {name}\nphoto:\n  file: {file}\n  alt: Boats of {name}.\n  credit: 'Photo: A. Example'\n{more}---\n\n"
WIDE_MM, TILE_MM = 114.0, 45.0


def entry(name: str, lines: int, file: str = "wide.jpg", more: str = "") -> str:
    return PHOTO.format(name=name, file=file, more=more) + "A lead.\n\n## Lines\n\n" + "".join(
        f"Line {number} of a text.\n\n" for number in range(lines)
    )


ENTRIES = {
    "short": entry("Short", 8),
    "just": entry("Just", 33),  # with a head and the line above it, 13 lines are left
    "over": entry("Over", 38),
    "stays": entry("Stays", 8, more="  size: tile\n"),
    "whole": entry("Whole", 8, more="  fit: contain\n"),
    "small": entry("Small", 8, file="small.jpg"),
    "tall": entry("Tall", 25, file="tall.jpg"),
    "trimmed": entry("Trimmed", 8, file="trimmed.jpg"),
}
CLOSED = {"short", "just"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    root = tmp_path_factory.mktemp("closing")
    folder = write_small(root / "edition", ENTRIES)
    (folder / "photos").mkdir()
    # The field of "trimmed" would be nearly half a line higher than it is: it would be scaled up, and be too coarse.
    sizes = {"wide": [1800, 1060], "small": [1200, 710], "tall": [1400, 2300], "trimmed": [1350, 805]}
    for name, size in sizes.items():
        draw_picture(folder / "photos" / f"{name}.jpg", size=size)
    result = build_edition(folder, root / "out")
    assert {each.code for each in result.report} <= {"mark-unused"}, list(result.report)
    return result


def placed(book: BuildResult, key: str) -> list[PlacedPicture]:
    assert book.book is not None
    pages = list(read_pictures(book.files["email"]))
    (piece,) = [piece for piece in book.book.pieces if piece.key == key]
    assert len(piece.pages) == 1
    return list(pages[piece.pages[0]])


@pytest.mark.parametrize("key", ENTRIES)
def test_a_picture_stands_below_the_text_where_ten_lines_are_free_and_it_is_larger_there(
    book: BuildResult, key: str
) -> None:
    (picture,) = placed(book, key)
    own = grid()
    if key not in CLOSED:
        assert picture.shown_width_mm == pytest.approx(TILE_MM, abs=0.05)
        return
    assert picture.shown_width_mm == pytest.approx(WIDE_MM, abs=0.05)
    foot = (picture.shown_top_mm + picture.shown_height_mm - own.mm("head")) / own.unit_mm
    assert foot % 1 == pytest.approx(own.baseline_mm / own.unit_mm, abs=0.02)
    assert foot > own.lines - 3, "its credit stands below it, on the last line"


def test_it_is_read_behind_the_text_and_the_tile_has_the_motif(book: BuildResult) -> None:
    alternatives = [picture.alternative for picture in read_tag_tree(book.files["email"].read_bytes()).pictures]
    assert [text for text in alternatives if text.startswith("Boats")] == [f"Boats of {key.title()}." for key in ENTRIES]


def test_the_report_says_so(book: BuildResult) -> None:
    report = json.loads(Path(book.files["email"]).with_name("report.json").read_text("utf-8"))
    assert {row["key"] for row in report["room"] if row["photo_closes"]} == CLOSED


def test_a_picture_that_is_fine_for_a_copier_goes_back_into_its_tile_for_the_press(tmp_path: Path) -> None:
    """With the store of the copier's build, too."""
    folder = write_small(tmp_path / "edition", {"small": ENTRIES["small"]})
    (folder / "photos").mkdir()
    draw_picture(folder / "photos" / "small.jpg", size=[1200, 710])
    store = Resources(jobs=1, cache=tmp_path / "store")
    closing = []
    for printer in ("office-copier", DEFAULT_PRINTER):
        result = build_edition(folder, tmp_path / printer, targets=[EMAIL], printer=printer, resources=store)
        assert result.book is not None
        closing.append(set(result.book.closing_photos))
    assert closing == [{"small"}, set()]
