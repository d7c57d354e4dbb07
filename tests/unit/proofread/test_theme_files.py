"""An edition's own theme files: what lies over nothing and is used by nothing is named, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from directory_pub.edition.theme import find_root
from directory_pub.findings import Finding
from directory_pub.proofread.theme_files import proofread_theme
from directory_pub.read import read_edition
from project import HARBOUR, ROOT


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HARBOUR, tmp_path / "somewhere" / "harbour"))


def told(folder: Path) -> list[Finding]:
    edition, findings = read_edition(folder, find_root(folder))
    assert edition is not None
    assert findings == []
    return list(proofread_theme(edition))


def write(path: Path, text: str = "x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("styles/token.css", "Did you mean 'styles/tokens.css'?"),
        ("styles/tokens-below-150.css", "Did you mean"),
        ("styles/tokens-small.css", "directory-pub"),
        ("styles/pages/deep/own.css", "theme show"),
        ("layouts/pages/prefac.html.j2", "Did you mean 'layouts/pages/preface.html.j2'?"),
        ("icons/geo.svg", "theme show"),
        ("fonts/Brand.zip", "theme show"),
        ("printers/paper.icc", "theme show"),
    ],
)
def test_a_file_that_lies_over_nothing_and_is_not_used_is_named(edition: Path, name: str, remedy: str) -> None:
    write(edition / name)
    (found,) = told(edition)
    assert (found.code, found.severity, found.place.file) == ("file-unused", "warning", name)
    assert remedy in found.remedy


def test_what_is_used_or_lies_over_something_is_not_told_of(edition: Path) -> None:
    for name in ("styles/tokens.css", "layouts/book.html.j2", "icons/at.svg", "printers/offset-fogra39.yaml"):
        write(edition / name, (ROOT / name).read_text("utf-8"))
    write(edition / "styles" / "pages" / "own.css", "p { background: url(project:///styles/paper.svg) }")
    write(edition / "styles" / "paper.svg")
    write(edition / "printers" / "mine.yaml", "condition: { profile: mine.icc }")
    write(edition / "printers" / "mine.icc")
    write(edition / "fonts" / "brand" / "OFL.txt")
    write(edition / "styles" / "tokens-below-150mm.css", ":root { --side: 30mm }")
    write(edition / "layouts" / "README.md")
    write(edition / "styles" / ".DS_Store")
    assert told(edition) == []


def test_nothing_that_is_built_in_is_told_of() -> None:
    assert told(HARBOUR) == []
