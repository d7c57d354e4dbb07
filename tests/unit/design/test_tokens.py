"""Tokens: which ink icons are drawn in."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.design.tokens import read_icon_ink
from directory_pub.edition.theme import Theme


@pytest.mark.parametrize(
    ("sheet", "ink", "line"),
    [
        (":root {\n  --icon-ink: var(--ink-red);\n}", "red", 2),
        (":root { --icon-ink: var( --ink-navy-2 ) }", "navy-2", 1),
        (":root { --icon-ink: red }", "navy", None),
        (":root { --icon-ink: var(--red) }", "navy", None),
        (":root { --unit: 4mm }", "navy", None),
        ("", "navy", None),
    ],
)
def test_icons_are_drawn_in_the_ink_that_the_token_names(
    tmp_path: Path, sheet: str, ink: str, line: int | None
) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "tokens.css").write_text(sheet, "utf-8")
    named, place = read_icon_ink(Theme.of(tmp_path))
    assert (named, place.line, place.file) == (ink, line, "styles/tokens.css")
