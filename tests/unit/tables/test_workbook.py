"""An XLSX workbook, as programs write it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from directory_pub.tables.table import NotATable
from directory_pub.tables.workbook import read_workbook
from unit.made_tables import write_xlsx

EXTENSION = '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook with another part."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet1.xml", lambda text: text.replace("</worksheet>", EXTENSION)),
        ("xl/styles.xml", lambda text: re.sub("<cellStyles.*</cellStyles>", "", text)),
    ],
    ids=["lists to choose from", "no style by name"],
)
def test_what_the_library_does_not_know_is_no_news_to_anybody(
    part: str, change: Callable[[str], str], tmp_path: Path
) -> None:
    path = write_xlsx(tmp_path / "t.xlsx", [["Name"], ["Quay"]])
    before = path.read_bytes()
    content = rewritten(path, part, change)
    assert content != before
    assert [row.cells for row in read_workbook(content).rows] == [("Name",), ("Quay",)]


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    content = rewritten(
        write_xlsx(tmp_path / "t.xlsx", [["Name"]]), "xl/worksheets/sheet1.xml", lambda text: text[: len(text) // 2]
    )
    with pytest.raises(NotATable, match="is no XLSX workbook"):
        read_workbook(content)
