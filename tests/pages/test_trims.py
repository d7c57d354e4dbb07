"""Trim and bleed are one place to change: the edition builds whole at other sizes; the press file bleeds as the printer asks."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from directory_pub.build import build_edition
from project import HARBOUR, ROOT, apply_change, copy_project

MM = 72 / 25.4


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
