"""Edge marks: plots that bleed at the fore edge of the press file, a step lower from entry to entry."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from directory_pub.build import BuildResult, build_edition
from directory_pub.compose import plan_edge_marks
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.targets import PRESS
from small_book import errors, open_small, write_small

TRIM_MM, BLEED_MM, DEPTH_MM = (148.0, 210.0), 3.0, 3.5
TOWNS = dict.fromkeys(("anchor", "bakers", "canal"), "A lead.\n")


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    folder = tmp_path_factory.mktemp("edge")
    edition = write_small(folder / "edition", TOWNS, trim="A5", more="edge: plots\n")
    result = build_edition(edition, folder / "out")
    assert not errors(result), errors(result)
    return result


def strip(file: Path, folio: int, *, recto: bool) -> Image.Image:
    """The outermost millimetre of the trim and all of the bleed beside it, at 4 px to the mm, from trim to trim."""
    with pikepdf.open(file) as pdf:
        left, bottom, right, top = (float(edge) for edge in pdf.pages[folio - 1].trimbox.as_list())
        media = [float(edge) for edge in pdf.pages[folio - 1].mediabox.as_list()]
    with pypdfium2.PdfDocument(file) as document:
        scale = 4 * 25.4 / 72
        drawn: Image.Image = document[folio - 1].render(scale=scale).to_pil().convert("RGB")
    at = (right - media[0]) * scale if recto else (left - media[0]) * scale
    across = (at - 4, at + 10) if recto else (at - 10, at + 4)
    return drawn.crop((round(across[0]), round((media[3] - top) * scale), round(across[1]),
                       round((media[3] - bottom) * scale)))  # fmt: skip


def inked(picture: Image.Image) -> tuple[float, float]:
    """From where to where a strip has ink over its whole width, in mm from the head of the trim."""
    width, height = picture.size
    data = list(picture.convert("L").get_flattened_data())
    rows = [row for row in range(height) if max(data[row * width : (row + 1) * width]) < 250]
    return (rows[0] / 4, (rows[-1] + 1) / 4) if rows else (-1, -1)


def test_each_entrys_mark_bleeds_a_step_lower_than_the_one_before(marked: BuildResult) -> None:
    assert marked.book is not None
    step = TRIM_MM[1] / len(TOWNS)
    found = {}
    for piece in (piece for piece in marked.book.pieces if piece.kind == "entry"):
        for index in piece.pages:
            found[piece.key] = inked(strip(marked.files["press"], index + 1, recto=index % 2 == 0))
    for number, key in enumerate(TOWNS):
        assert found[key][0] == pytest.approx(number * step, abs=0.4), found
        assert found[key][1] == pytest.approx((number + 1) * step, abs=0.4), found


def test_no_mark_of_many_entries_stops_a_hairs_breadth_from_the_trim(tmp_path: Path) -> None:
    entries = {f"town-{number}": "A lead.\n" for number in range(150)}
    context = open_small(tmp_path, entries, trim="A5", more="edge: plots\n")
    pieces = [
        Piece(kind="entry", key=entry.key, pages=range(at, at + 1), entry=entry)
        for at, entry in enumerate(context.edition.entries)
    ]
    marks = plan_edge_marks(context.edition, context.grid, pieces)
    assert len(marks) == len(entries)
    for edge_mm in (0, TRIM_MM[1]):
        gaps = [min(abs(mark.top_mm - edge_mm), abs(mark.top_mm + mark.height_mm - edge_mm)) for mark in marks]
        assert min(gaps) >= BLEED_MM
        assert sum(gap == pytest.approx(BLEED_MM) for gap in gaps) >= 3


def test_the_email_file_has_none(marked: BuildResult) -> None:
    assert marked.book is not None
    with pypdfium2.PdfDocument(marked.files["email"]) as document:
        for piece in (piece for piece in marked.book.pieces if piece.kind == "entry"):
            drawn = document[piece.pages[0]].render(scale=4 * 25.4 / 72).to_pil().convert("L")
            edges = [drawn.crop((left, 0, left + 8, drawn.height)) for left in (0, drawn.width - 8)]
            assert all(edge.getextrema()[0] > 240 for edge in edges)


@pytest.mark.slow
def test_without_the_setting_the_press_file_has_none(tmp_path: Path) -> None:
    edition = write_small(tmp_path / "edition", TOWNS, trim="A5")
    result = build_edition(edition, tmp_path / "out", targets=[PRESS])
    assert result.book is not None
    for piece in (piece for piece in result.book.pieces if piece.kind == "entry"):
        index = piece.pages[0]
        assert inked(strip(result.files["press"], index + 1, recto=index % 2 == 0)) == (-1, -1)


@pytest.mark.slow
def test_a_word_that_is_none_is_an_error_that_says_which_there_are(tmp_path: Path) -> None:
    edition = write_small(tmp_path / "edition", TOWNS, trim="A5", more="edge: plot\n")
    found = [each for each in build_edition(edition, tmp_path / "out").report if each.severity == "error"]
    assert [(each.code, each.place.field) for each in found] == [("value-type", "edge")]
    assert "plots" in found[0].remedy


@pytest.mark.slow
def test_an_entry_more_moves_the_marks_of_all(tmp_path: Path) -> None:
    """From a warm store, too: what an earlier build finished has its marks elsewhere."""
    first = write_small(tmp_path / "edition", TOWNS, trim="A5", more="edge: plots\n")
    build_edition(first, tmp_path / "out")
    more = write_small(tmp_path / "edition", {**TOWNS, "dyers": "A lead.\n"}, trim="A5", more="edge: plots\n")
    result = build_edition(more, tmp_path / "out")
    assert result.book is not None
    piece = next(piece for piece in result.book.pieces if piece.key == "bakers")
    found = inked(strip(result.files["press"], piece.pages[0] + 1, recto=piece.pages[0] % 2 == 0))
    assert found[0] == pytest.approx(TRIM_MM[1] / 4, abs=0.4)
