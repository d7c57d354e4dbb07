"""An entry's page: tile or photo, contact block, heads, quotes, the field at its end."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, read_pictures
from directory_pub.pieces import Resources
from project import apply_change

TILE = (147.0, 25.8, 192.0, 71.0)  # recto, mm


def pixels(book: BuildResult, folio: int, box_mm: tuple[float, float, float, float]) -> Image.Image:
    """A part of a page of the email file, at 4 px to the mm."""
    document = pypdfium2.PdfDocument(book.files["email"])
    drawn: Image.Image = document[folio - 1].render(scale=4 * 25.4 / 72).to_pil().convert("RGB")
    document.close()
    left, top, right, bottom = (round(4 * value) for value in box_mm)
    return drawn.crop((left, top, right, bottom))


def share_of(picture: Image.Image, wanted: tuple[int, int, int], tolerance: int = 12) -> float:
    """How much of a picture is of one colour."""
    data = list(picture.get_flattened_data())
    near = [p for p in data if all(abs(a - b) <= tolerance for a, b in zip(p, wanted, strict=True))]
    return len(near) / len(data)


def folio_of(book: BuildResult, key: str) -> int:
    assert book.book is not None
    return next(piece.pages[0] + 1 for piece in book.book.pieces if piece.key == key)


# -------------------------------------------------------------------- photo
def test_a_photo_takes_the_tiles_place_with_its_credit_below(
    harbour: BuildResult, pages_harbour: list[PageText]
) -> None:
    index = folio_of(harbour, "north-quay") - 1
    page = pages_harbour[index]
    assert len(list(read_pictures(harbour.files["email"]))[index]) == 1
    credit = [word for word in page.words if word.text in ("Photo:", "Example")]
    assert credit
    assert all(70 < word.baseline_mm < 80 and word.left_mm > 146 for word in credit)


@pytest.mark.slow
def test_the_crop_keeps_the_focus(project: Path, tmp_path: Path, kept: Path) -> None:
    """A picture that is red on its left half and blue on its right, cropped to either side."""
    halves = Image.new("RGB", (1600, 700), (200, 30, 30))
    halves.paste((30, 30, 200), (800, 0, 1600, 700))
    halves.save(project / "content" / "harbour" / "photos" / "quay.jpg", quality=95)
    entry = {"file": "content/harbour/entries/north-quay.md"}
    # In the tile, which is narrow: the room below its text shows all of its width.
    apply_change(project, {**entry, "replace": "  focus:", "with": "  size: tile\n  focus:"})
    reds = []
    for focus in ("0% 50%", "100% 50%"):
        text = (project / entry["file"]).read_text("utf-8")
        old = next(line for line in text.split("\n") if "focus:" in line)
        apply_change(project, {**entry, "replace": old, "with": f"  focus: {focus}"})
        book = build_edition(project / "content" / "harbour", tmp_path / focus[:3], resources=Resources(cache=kept))
        assert not book.failed, list(book.report)
        reds.append(share_of(pixels(book, folio_of(book, "north-quay"), TILE), (200, 30, 30), 30))
    assert reds[0] > 0.9
    assert reds[1] < 0.1


# -------------------------------------------------------------------- columns
def test_the_tile_stands_in_the_outer_column(book_2020: BuildResult) -> None:
    recto = pixels(book_2020, 15, (147, 27, 192, 72))
    verso = pixels(book_2020, 14, (18, 27, 63, 72))
    assert share_of(recto, (255, 255, 255)) < 0.5
    assert share_of(verso, (255, 255, 255)) < 0.5


def test_the_contact_block_hangs_from_the_axis_of_the_fields_on_the_last_page(
    book_2020: BuildResult, pages_2020: list[PageText]
) -> None:
    """Its first row stands on the first line below where a row of plots begins; a long block stands on the foot.

    Where a note lifts the field it begins on a line above that.
    """
    assert book_2020.book is not None
    noted = [[w for w in page.words if 240 < w.baseline_mm < 275] for page in pages_2020]
    below, foot = 27 + math.ceil((268.82 - 38 - 27) / 4.5 + 0.3) * 4.5 + 3.324, 268.82
    for piece in book_2020.book.pieces:
        if piece.kind != "entry":
            continue
        for index in piece.pages:
            side = [w for w in pages_2020[index].words if abs(w.size_pt - 8.5) < 0.01]
            if index == piece.pages[-1]:
                first = min(w.baseline_mm for w in side)
                last = max(w.baseline_mm for w in side)
                is_usual = abs(first - below) < 0.05 or (first < below and abs(last - foot) < 0.05)
                lines, has_notes = (below - first) / 4.5, any(abs(w.size_pt - 7.5) < 0.01 for w in noted[index])
                assert is_usual or (has_notes and lines > 0.9 and abs(lines - round(lines)) < 0.01), piece.key
                assert last < 270, piece.key
            else:
                assert not side, piece.key


def test_contact_rows_share_the_edge_of_the_tile_and_their_icons_hang_outside(
    book_2020: BuildResult, pages_2020: list[PageText]
) -> None:
    for folio, edge_mm in ((16, 18.0), (15, None), (17, 147.0)):
        rows = [w for w in pages_2020[folio - 1].words if abs(w.size_pt - 8.5) < 0.01]
        if edge_mm is None:
            assert rows == []
            continue
        assert min(w.left_mm for w in rows) == pytest.approx(edge_mm, abs=0.15)
        first = min(w.baseline_mm for w in rows)
        icon = pixels(book_2020, folio, (edge_mm - 4.6, first - 3, edge_mm - 1.2, first + 0.6))
        assert share_of(icon, (18, 53, 91), 60) > 0.1


def test_no_contact_row_breaks_badly(pages_2020: list[PageText]) -> None:
    """No row of the side column is a scrap of an address or a lone number."""
    for page in pages_2020:
        rows: dict[int, list[str]] = {}
        for word in page.words:
            if abs(word.size_pt - 8.5) < 0.01:
                rows.setdefault(round(word.baseline_mm), []).append(word.text)
        for row in rows.values():
            text = " ".join(row)
            assert not text.startswith("."), text
            assert len(text) >= 4, text
            assert not text.replace(",", "").replace("-", "").isdigit(), text


def test_the_running_head_names_the_entry_from_its_second_page_on(pages_2020: list[PageText]) -> None:
    heads = {i: " ".join(w.text for w in pages_2020[i - 1].words if 14 < w.baseline_mm < 19) for i in (15, 16)}
    assert heads[15] == "THE DIRECTORY 15"
    assert heads[16] == "THE DIRECTORY Covenant of Mayors for Climate and Energy – Europe Office 16"


# -------------------------------------------------------------------- quotes and ends
def test_a_quote_that_a_page_parts_shows_a_line_that_goes_on(book_2020: BuildResult) -> None:
    """Platforma's second quote begins on 28 and ends on 29; the line stands at the column's left edge on both."""
    blue = (95, 134, 172)
    assert share_of(pixels(book_2020, 28, (71.8, 260, 72.6, 266)), blue, 40) > 0.2
    assert share_of(pixels(book_2020, 29, (23.8, 28, 24.6, 35)), blue, 40) > 0.2


def test_a_quote_of_three_lines_has_no_line_beside_it(book_2020: BuildResult, pages_2020: list[PageText]) -> None:
    """It would be a speck: on page 14 the second quote has three lines, the first has more."""
    said = [w for w in pages_2020[13].words if "Serif" in w.face and abs(w.size_pt - 9.75) < 0.01]
    lines = sorted({round(w.baseline_mm, 2) for w in said})
    parted = next(n for n, (a, b) in enumerate(itertools.pairwise(lines)) if b - a > 5)
    long, short = lines[: parted + 1], lines[parted + 1 :]
    assert len(long) > 3 >= len(short)
    blue = (95, 134, 172)
    assert share_of(pixels(book_2020, 14, (71.8, long[2], 72.6, long[-1])), blue, 40) > 0.2
    assert share_of(pixels(book_2020, 14, (71.8, short[0] - 3, 72.6, short[-1])), blue, 40) < 0.05


def test_an_entry_that_ends_early_closes_with_a_field(book_2020: BuildResult) -> None:
    assert share_of(pixels(book_2020, 16, (72, 225, 186, 269)), (255, 255, 255)) < 0.3
    assert share_of(pixels(book_2020, 14, (72, 262, 186, 272)), (255, 255, 255)) > 0.99
