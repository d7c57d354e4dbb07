"""Captions side by side, of different numbers of lines: each is read to its end before the next, and is not told of."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from directory_pub.build import BuildResult, build_edition
from directory_pub.census.compare import compare_copy
from directory_pub.census.expected import letters, photo_copy
from directory_pub.census.frames import frame_page
from directory_pub.census.page_reader import read_pages
from directory_pub.design.grid import Grid
from directory_pub.edition.model import TrimSize
from directory_pub.edition.text import Pictures
from directory_pub.edition.trims import TRIMS
from project import draw_picture
from small_book import errors, write_small
from unit.hand_made import grid

PROSE = "The quay is open to every boat that asks for a berth before the tide turns and the lamps are lit."
CAPTIONS = (
    ("Dawn", "Photos: U. Eze"),
    ("Noon", ""),
    ("Dusk over the long pontoon, when the last boats have come in and the lamps are lit along the quay", ""),
    ("", ""),
    ("Night.", "Photo: A. Example"),
    ("Rain on the crane, 1974 and 2031", "Photo: B. Example, Aldermouth"),
)


def pictures(*which: int) -> str:
    """A paragraph of pictures with some of the captions."""
    told = []
    for at in which:
        caption, credit = CAPTIONS[at]
        title, behind = f' "{caption}"' if caption else "", f'{{credit="{credit}"}}' if credit else ""
        told.append(f"![Picture {at}.](box.jpg{title}){behind}")
    return "\n".join(told)


STRIPS = ((0, 1, 2), (0, 1), (2, 0), (5, 3, 1), (4, 5, 0), (2, 1, 4), (0, 1, 2, 5), (1, 2, 3, 4, 5), (2, 1, 0, 5, 4, 1))


@pytest.mark.slow
@pytest.mark.parametrize("trim", ["170x240", "A5", "A6"])
def test_captions_side_by_side_raise_no_alarm(tmp_path: Path, trim: str) -> None:
    entries = {f"strip-{at}": f"{PROSE}\n\n{pictures(*strip)}\n\n{PROSE}\n" for at, strip in enumerate(STRIPS)}
    told = "{width_mm: 170, height_mm: 240}" if trim == "170x240" else trim
    folder = write_small(tmp_path / "edition", entries, trim=told)
    (folder / "photos").mkdir()
    draw_picture(folder / "photos" / "box.jpg", size=[1500, 1200])
    result = build_edition(folder, tmp_path / "out")
    assert errors(result) == []
    own = grid(TRIMS[trim] if trim in TRIMS else TrimSize(width_mm=170, height_mm=240))
    _holds_each_caption_against_the_page(result, own)


def _holds_each_caption_against_the_page(result: BuildResult, own: Grid) -> None:
    """A word that another caption has in its place is told of: the order is looked at, not only the number."""
    pages = list(read_pages(result.files["press"].read_bytes()))
    assert result.book is not None
    sides = set()
    for piece in (each for each in result.book.pieces if each.kind == "entry"):
        assert piece.entry is not None
        block = next(each for each in piece.entry.body if isinstance(each, Pictures))
        copy = [word for photo in block.photos for word in photo_copy(photo, piece.entry.in_body)]
        size_pt = own.mm("credit") / (25.4 / 72)
        words = [
            word
            for index in piece.pages
            for word in frame_page(index, pages[index], own, ()).main
            if abs(word.size_pt - size_pt) < 0.05 and letters(word.text)
        ]
        assert compare_copy(copy, words, piece.folios, piece.entry.place) == [], piece.key
        first, second, *rest = words
        swapped = [replace(first, text=second.text), replace(second, text=first.text), *rest]
        assert compare_copy(copy, swapped, piece.folios, piece.entry.place), piece.key
        sides.add(piece.pages[0] % 2)
    assert sides == {0, 1}
