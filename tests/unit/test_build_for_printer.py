"""A build for a printer: his slug, marks and page multiple, and what an edition does not give him."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from directory_pub.build import build_edition
from directory_pub.edition.printers import Printer, check_edition, read_printer
from directory_pub.edition.targets import EMAIL, PRESS
from directory_pub.edition.theme import Theme
from directory_pub.pieces import Resources
from project import ROOT, apply_change
from unit.hand_made import edition

SHORT_RUN = "printers/digital-short-run.yaml"


def printer(key: str) -> Printer:
    found, _ = read_printer(Theme.of(ROOT), key)
    assert found is not None
    return found


def short_run(kept: Path) -> dict[str, Any]:
    return {"printer": "digital-short-run", "resources": Resources(cache=kept)}


def test_the_press_file_has_the_editions_bleed_and_the_printers_slug_and_marks(
    project: Path, tmp_path: Path, kept: Path
) -> None:
    apply_change(project, {"file": SHORT_RUN, "replace": "slug_mm: 10", "with": "slug_mm: 8"})
    result = build_edition(project / "content/harbour", tmp_path, targets=[PRESS], **short_run(kept))
    assert not result.failed, list(map(str, result.report))
    with pikepdf.open(result.files["press"]) as press:
        page = press.pages[0]
        trim, bleed = page.trimbox, page.obj.BleedBox
        assert float(trim[0] - bleed[0]) * 25.4 / 72 == pytest.approx(3, abs=1e-3)
        assert float(bleed[0] - page.mediabox[0]) * 25.4 / 72 == pytest.approx(8, abs=1e-3)
        assert page.obj.Resources.XObject.Marks.read_bytes().count(b" l S") == 8  # no registration marks


@pytest.mark.slow
def test_the_book_fills_the_printers_multiple_and_the_editions(project: Path, tmp_path: Path, kept: Path) -> None:
    apply_change(project, {"file": SHORT_RUN, "replace": "page_multiple: 2", "with": "page_multiple: 6"})
    result = build_edition(project / "content/harbour", tmp_path, targets=[EMAIL], **short_run(kept))
    assert not result.failed, list(map(str, result.report))
    assert result.book is not None
    assert result.book.page_count % 12 == 0


@pytest.mark.slow
def test_an_edition_that_bleeds_less_than_the_printer_asks_is_told_at_its_line(
    project: Path, tmp_path: Path, kept: Path
) -> None:
    apply_change(project, {"file": SHORT_RUN, "replace": "bleed_mm: 3", "with": "bleed_mm: 5"})
    result = build_edition(project / "content/harbour", tmp_path, **short_run(kept))
    (found,) = [finding for finding in result.report if finding.code == "bleed-small"]
    assert (found.place.file, found.place.line) == ("content/harbour/edition.yaml", 10)
    assert "bleeds 3 mm" in found.message
    assert list(result.files) == ["PROOF"]


def test_an_edition_that_bleeds_enough_is_not_complained_of() -> None:
    assert check_edition(edition(), printer("offset-fogra39")) == []
    assert check_edition(edition(bleed_mm=5.0), printer("offset-fogra39")) == []


def test_an_unknown_printer_is_a_finding_and_nothing_is_built(project: Path, tmp_path: Path) -> None:
    result = build_edition(project / "content/harbour", tmp_path, printer="ofset-fogra39")
    assert [finding.code for finding in result.report] == ["printer-unknown"]
    assert (result.failed, result.files) == (True, {})
