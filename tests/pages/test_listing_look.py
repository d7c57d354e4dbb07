"""What a reader sees on the pages of a listing: air round what is set apart, whole letters, one edge for what is
beside the text."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from directory_pub.census import PageText
from listed_pieces import ListedPieces, entry_text, open_listed

TEXT = """\
First words.

## Head

Second words.

> Nothing was ever thrown away.
>
> — **MOIRA QUILL,** KEEPER

Third words.

- An item.

Fourth words.
"""
ONE_COLUMN = "A5"
_PX_A_MM = 12


def picture(pieces: ListedPieces) -> Image.Image:
    """The first page as it was set, cut to its trim."""
    piece = pieces.context.engine.set_piece(pieces.context.composed.piece(pieces.plan[0]), "piece.html.j2")
    assert piece is not None
    with pypdfium2.PdfDocument(io.BytesIO(piece.pdf)) as document:
        page = document[0].render(scale=_PX_A_MM * 25.4 / 72).to_pil().convert("L")
    bleed = round(pieces.context.grid.bleed_mm * _PX_A_MM)
    return page.crop((bleed, bleed, page.width - bleed, page.height - bleed))


def line_of(page: PageText, word: str) -> float:
    return next(each.baseline_mm for each in page.words if each.text == word)


def test_heads_and_quotes_have_a_line_of_air_and_so_has_what_goes_on_behind_a_list(tmp_path: Path) -> None:
    pieces = open_listed(tmp_path, {"store": entry_text("Store", TEXT)}, trim=ONE_COLUMN)
    (page,) = pieces.set()
    line_mm = pieces.context.grid.list_line_mm
    told = ["First", "Head", "Second", "Nothing", "MOIRA", "Third", "An", "Fourth"]
    at = [line_of(page, word) for word in told]
    lines = [round((below - above) / line_mm, 1) for above, below in pairwise(at)]
    assert lines == pytest.approx([2, 1, 2, 1, 2, 1, 2], abs=0.11)


@pytest.mark.parametrize("letter", ["Q", "J", "Ç"])
def test_a_letter_stands_whole_on_its_plot(tmp_path: Path, letter: str) -> None:
    pieces = open_listed(tmp_path, {"one": entry_text(f"{letter}uarry")}, trim=ONE_COLUMN, language="fr")
    page, grid = picture(pieces), pieces.context.grid
    left = round((grid.mm("inner") + 0.3) * _PX_A_MM)
    wide = round((grid.small_tile_mm - 0.6) * _PX_A_MM)
    side = page.crop((left, 0, left + 1, page.height)).tobytes()
    top = next(y for y, tone in enumerate(side) if tone < 128 and y > grid.mm("head") * _PX_A_MM)
    foot = next(y for y, tone in enumerate(side) if tone >= 128 and y > top)
    assert (foot - top) / _PX_A_MM == pytest.approx(grid.small_tile_mm, abs=0.2)
    edge = page.crop((left, foot - 3, left + wide, foot - 2)).tobytes()
    assert max(edge) < 128, "nothing of the letter reaches the edge of its plot"


def test_the_plot_of_an_extended_entry_ends_where_the_list_does(tmp_path: Path) -> None:
    entries = {
        "mill": entry_text("Paper Mill", "A text.", "mail: desk@mill.example.org", fields="level: extended"),
        "store": entry_text("Store", "A text.", "mail: desk@store.example.org"),
    }
    pieces = open_listed(tmp_path, entries, trim=ONE_COLUMN, group="")
    page, grid = picture(pieces), pieces.context.grid
    right = round((grid.mm("inner") + grid.list_mm) * _PX_A_MM)
    column = page.crop((right - 2, 0, right - 1, page.height)).tobytes()
    assert sum(tone < 250 for tone in column) / _PX_A_MM > grid.side_plot_mm - 0.5


def test_what_goes_on_is_told_from_the_entries_by_its_weight(tmp_path: Path) -> None:
    long = "\n\n".join(["The store kept what ships left behind, and what nobody else would have."] * 60)
    (page, *_) = open_listed(tmp_path, {"store": entry_text("Store", long)}, group="").set()
    again = next(word for word in page.words if word.text == "continued")
    assert "Semi-Bold" in again.face
