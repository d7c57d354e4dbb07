"""Trim and bleed are one place to change: the edition builds whole at other sizes; the press file bleeds as the printer asks."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from directory_pub.build import build_edition
from directory_pub.edition.model import TrimSize
from project import HARBOUR, ROOT, apply_change, copy_project
from unit.hand_made import grid

MM = 72 / 25.4


def drawn_beside_title(file: Path, index: int) -> tuple[float, float]:
    """How wide and high the drawing is that stands in the side column of an entry's first page."""
    with pypdfium2.PdfDocument(file) as pdf:
        page = pdf[index]
        leaf = grid(TrimSize(**dict(zip(("width_mm", "height_mm"), (round(side / MM, 1) for side in page.get_size()), strict=True))))
        frame = leaf.frame("side", recto=index % 2 == 0)
        drawn = page.render(scale=10 / MM).to_pil().convert("L")
    top_mm, below_mm = frame.top_mm - 3, frame.top_mm + frame.width_mm + 2
    corners_mm = (frame.left_mm - 2, top_mm, frame.right_mm + 2, below_mm)
    side = drawn.crop(tuple(round(10 * each) for each in corners_mm))
    box = side.point(lambda value: 255 * (value < 250)).getbbox()
    assert box is not None
    return (box[2] - box[0]) / 10, (box[3] - box[1]) / 10


@pytest.mark.slow
@pytest.mark.parametrize("edition", [HARBOUR, pytest.param(ROOT / "content" / "2020", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("trim", "bleed_mm", "size_mm"),
    [("A5", 3, (148, 210)), ("{width_mm: 210, height_mm: 210}", 5, (210, 210))],
    ids=["A5", "square"],
)
def test_an_edition_builds_whole_at_another_trim(
    edition: Path, trim: str, bleed_mm: int, size_mm: tuple[float, float], tmp_path: Path
) -> None:
    edition = copy_project(tmp_path / "project", edition)
    sheet = f"content/{edition.name}/edition.yaml"
    apply_change(tmp_path / "project", {"file": sheet, "replace": "trim: A4", "with": f"trim: {trim}"})
    apply_change(tmp_path / "project", {"file": sheet, "replace": "bleed_mm: 3", "with": f"bleed_mm: {bleed_mm}"})
    result = build_edition(edition, tmp_path / "out")
    assert not result.failed, [str(f) for f in result.report if f.severity == "error"]
    with pikepdf.open(result.files["press"]) as press:
        assert len(press.pages) % 4 == 0
        for page in press.pages:
            trimmed, bled = ([float(v) for v in page.obj[box]] for box in ("/TrimBox", "/BleedBox"))
            assert [trimmed[2] - trimmed[0], trimmed[3] - trimmed[1]] == pytest.approx(
                [s * MM for s in size_mm], abs=0.01
            )
            assert bled[2] - bled[0] == pytest.approx((size_mm[0] + 2 * bleed_mm) * MM, abs=0.01)
    assert result.book is not None
    for piece in (each for each in result.book.pieces if each.entry and not each.entry.photo):
        wide_mm, high_mm = drawn_beside_title(result.files["email"], piece.pages[0])
        assert wide_mm == pytest.approx(high_mm, abs=0.2), piece.key
