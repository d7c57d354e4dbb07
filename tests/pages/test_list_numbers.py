"""A list's numbers as they were typed: on the page, beside their text, and read aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.build import build_edition
from directory_pub.census import read_pages
from directory_pub.pieces import Resources
from project import apply_change
from reading import read_tags

pytestmark = pytest.mark.slow

LIST = """1. No poverty.
5. Gender equality.
   - by law
     1) and in fact
     4) and in pay
11. Sustainable cities.

Between.

7) Seven, in a text that is long enough to stand on two lines, so that the second one begins below the first and not below its number.
8) Eight.

It keeps"""
LABELS = ["1.", "5.", "1)", "4)", "11.", "7)", "8)"]


def test_numbers_are_printed_and_read_aloud_as_typed(project: Path, tmp_path: Path, kept: Path) -> None:
    entry = "content/harbour/entries/lantern-league.md"
    apply_change(project, {"file": entry, "replace": "It keeps", "with": LIST})
    book = build_edition(project / "content" / "harbour", tmp_path / "out", resources=Resources(cache=kept))
    assert list(book.report) == []
    words = [word.text for page in read_pages(book.files["email"]) for word in page.words]
    assert [word for word in words if word in LABELS][-len(LABELS) :] == LABELS
    labels = [tag for tag in read_tags(book.files["email"]).document.all("Lbl") if tag.text in LABELS][-len(LABELS) :]
    assert [tag.text for tag in labels] == LABELS
    assert [tag.parent.role for tag in labels if tag.parent] == ["LI"] * len(LABELS)
