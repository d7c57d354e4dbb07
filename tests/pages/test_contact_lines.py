"""The lines of a contact block in the side column: addresses whole, or parted where a reader would part them."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from directory_pub.build import BuildResult
from directory_pub.census import PageText, Word
from directory_pub.design.grid import MM_PER_PT
from small_book import SmallPiece, lines_of, open_small

ENTRY = """\
---
name: Rivers and Bridges
contact:
{rows}
---

They keep the old crossings, a hundred and more in many hands, and the Harbour Crossings Register of them all.
"""
FULL_PT = {"A4": 8.5, "A5": 7.5, "{width_mm: 170, height_mm: 240}": 8.25}
LEAST = 0.94  # of its size


def block(folder: Path, trim: str, *addresses: str) -> list[list[Word]]:
    """The lines of a block as they stand on the page; its rows are those addresses."""
    rows = "\n".join(f"  - web: {address}" for address in addresses)
    (page,) = SmallPiece.of(open_small(folder, {"rivers": ENTRY.format(rows=rows)}, trim=trim), "rivers").pages
    return [line for line in lines_of(page) if line[0].baseline_mm > page.height_mm / 2]


def said(lines: list[list[Word]]) -> list[str]:
    return [" ".join(word.text for word in line) for line in lines]


@pytest.mark.parametrize(
    ("trim", "parts"),
    [
        ("A4", ["www.hundredharbourcrossings", "register.org"]),
        ("A5", ["www.hundredharbour", "crossingsregister.org"]),
    ],
)
def test_an_address_much_wider_than_its_column_is_cut_between_words_of_its_entry(
    tmp_path: Path, trim: str, parts: list[str]
) -> None:
    lines = block(tmp_path, trim, "www.old.example.org", "".join(parts))
    assert said(lines) == ["www.old.example.org", *parts]
    assert all(word.size_pt == pytest.approx(FULL_PT[trim], abs=0.01) for line in lines for word in line)


@pytest.mark.parametrize(
    ("trim", "address", "lines"),
    [
        ("A4", "Carrer Avinyó, 15 08002 Barcelona, Spain", ["Carrer Avinyó, 15", "08002 Barcelona, Spain"]),
        ("A4", "The Long Harbour House, 15 Park Street", ["The Long Harbour House,", "15 Park Street"]),
        ("A5", "Vancouver, BC V5L 5G2, Canada", ["Vancouver, BC V5L 5G2,", "Canada"]),
    ],
)  # fmt: skip
def test_the_lines_of_an_address_part_it_where_a_reader_would(
    tmp_path: Path, trim: str, address: str, lines: list[str]
) -> None:
    text = ENTRY.format(rows=f"  - address: {address}")
    (page,) = SmallPiece.of(open_small(tmp_path, {"rivers": text}, trim=trim), "rivers").pages
    assert said([line for line in lines_of(page) if line[0].baseline_mm > page.height_mm / 2]) == lines


def test_the_name_of_an_entry_parts_in_its_address_as_in_its_title(tmp_path: Path) -> None:
    text = ENTRY.format(rows="  - address: Women Transforming Cities International Society, PO Box 21575, RPO Little Italy, Vancouver, BC V5L 5G2, Canada")
    text = re.sub(r"(?m)^name: .*$", "name: Women Transforming Cities | International Society", text)
    (page,) = SmallPiece.of(open_small(tmp_path, {"rivers": text}), "rivers").pages
    told = said([line for line in lines_of(page) if line[0].baseline_mm > page.height_mm / 2])
    assert told[:2] == ["Women Transforming Cities", "International Society,"]


def test_a_block_is_set_a_little_smaller_where_its_addresses_are_whole_then(tmp_path: Path) -> None:
    """All its rows alike, and on the lines on which they stand in full size."""
    trim, wide = "{width_mm: 170, height_mm: 240}", "www.womentransformingit.org"
    usual = block(tmp_path / "usual", trim, "www.old.example.org", "www.new.example.org")
    fitted = block(tmp_path / "fitted", trim, "www.old.example.org", wide)
    assert said(fitted) == ["www.old.example.org", wide]
    sizes = {round(word.size_pt, 2) for line in fitted for word in line}
    assert len(sizes) == 1
    assert LEAST * FULL_PT[trim] <= sizes.pop() < FULL_PT[trim]
    assert [line[0].baseline_mm for line in fitted] == pytest.approx([line[0].baseline_mm for line in usual], abs=0.002)


# -------------------------------------------------------------------- icons
@pytest.mark.slow
def test_the_icons_of_the_directory_are_of_one_weight(book_2020: BuildResult, pages_2020: list[PageText]) -> None:
    """As they are printed: no icon has twice the ink of another, and all are about as high."""
    inks, heights = [], []
    with pypdfium2.PdfDocument(book_2020.files["email"]) as file:
        for index, page in enumerate(pages_2020[6:33], 6):
            drawn = file[index].render(scale=20 * MM_PER_PT).to_pil().convert("L")
            for left, top, right, bottom in icons_on(page):
                ink = drawn.crop(tuple(round(20 * mm) for mm in (left, top, right, bottom)))
                inks.append(sum(255 - value for value in ink.tobytes()) / 255 / 400)
                seen = ink.point(lambda value: 255 * (value < 128)).getbbox()
                assert seen is not None
                heights.append((seen[3] - seen[1]) / 20)
    assert len(inks) > 50
    assert max(inks) < 2 * min(inks), (min(inks), max(inks))
    assert max(heights) < 1.5 * min(heights)


def icons_on(page: PageText) -> list[tuple[float, float, float, float]]:
    """The icons beside the rows of a contact block, each of which is one drawing or several in one place."""
    boxes: list[tuple[float, float, float, float]] = []
    for sign in page.signs:
        box = (sign.left_mm, sign.top_mm, sign.right_mm, sign.bottom_mm)
        rows = [w for w in page.words if 0 < w.left_mm - sign.left_mm < 5 and sign.top_mm < w.baseline_mm < sign.bottom_mm + 2]
        if not any(abs(word.size_pt - FULL_PT["A4"]) < 0.01 for word in rows):
            continue
        near = next((each for each in boxes if abs(each[1] - box[1]) < 3 and abs(each[0] - box[0]) < 3), box)
        boxes = [each for each in boxes if each is not near]
        boxes.append((*map(min, near[:2], box[:2]), *map(max, near[2:], box[2:])))
    return boxes
