"""The artwork of an edition: what no layout names is not drawn, and its page is open to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.compose.artwork_sheets import ArtworkSheets, draw_artwork, missing_inks
from directory_pub.design.inks import InkTable, read_inks
from directory_pub.edition.theme import Theme, open_theme
from project import ROOT
from unit.hand_made import edition, entry, grid

ART = "url(project:///.artwork/{}.svg)"


def theme(folder: Path, *names: str) -> Theme:
    """A theme of one layout, which names these drawings."""
    (folder / "layouts" / "pages").mkdir(parents=True)
    (folder / "layouts" / "pages" / "x.html.j2").write_text("\n".join(ART.format(name) for name in names), "utf-8")
    return Theme.of(folder)


def draw(given: Theme) -> ArtworkSheets:
    return draw_artwork(edition(entry("quay"), theme=given), grid(), inks())


def inks() -> InkTable:
    table, findings = read_inks(Theme.of(ROOT))
    assert findings == []
    return table


def test_a_theme_that_names_nothing_has_no_drawing_and_open_pages(tmp_path: Path) -> None:
    sheets = draw(theme(tmp_path))
    assert (dict(sheets.drawings), sheets.has_tailpieces) == ({}, False)
    with pytest.raises(KeyError):
        sheets.drawings["tile-quay.svg"]
    for plan in sheets.plans.values():
        assert (plan.type_area.left_mm, plan.type_area.top_mm) == (6, 6)
        assert (plan.type_area.width_mm, plan.type_area.height_mm) == (210 - 12, 297 - 12)
    assert set(sheets.plans) == {"cover", "inside-cover", "back-cover", "opener-towns"}


def test_what_is_named_alone_is_drawn(tmp_path: Path) -> None:
    sheets = draw(theme(tmp_path, "cover", "tile-{{ entry.key }}"))
    assert set(sheets.drawings) == {"cover.svg"}
    assert sheets.drawings["tile-quay.svg"].startswith(b"<svg")
    assert sheets.plans["cover"].type_area.height_mm < 200, "above the city"
    assert sheets.plans["opener-towns"].type_area.height_mm == 297 - 12


def test_openers_of_all_sections_are_drawn_where_a_layout_names_them(tmp_path: Path) -> None:
    assert set(draw(theme(tmp_path, "opener-{{ section.key }}")).drawings) == {"opener-towns.svg"}


def test_what_is_built_in_draws_all_there_is() -> None:
    sheets = draw(Theme.of(ROOT))
    assert {"cover.svg", "inside-cover.svg", "back-cover.svg", "opener-towns.svg"} <= set(sheets.drawings)
    assert sheets.has_tailpieces


def test_a_theme_without_artwork_needs_the_ink_of_its_icons_alone() -> None:
    register = open_theme(ROOT / "content" / "2020", ROOT, "register")
    table, _ = read_inks(register)
    assert missing_inks(table, register) == []
    without = InkTable(inks=tuple(ink for ink in table.inks if ink.name != "ink"), file=table.file)
    (finding,) = missing_inks(without, register)
    assert (finding.code, finding.place.file) == ("ink-missing", "themes/register/styles/tokens.css")
    assert finding.message == "icons are drawn in 'ink', which is not in the table of inks."
    assert finding.place.line
