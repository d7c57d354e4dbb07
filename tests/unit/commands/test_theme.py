"""``theme show`` and ``theme copy``, as they are typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from program import run
from project import HARBOUR, ROOT


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The made-up edition on its own, which one stands in."""
    folder = Path(shutil.copytree(HARBOUR, tmp_path / "somewhere" / "harbour"))
    monkeypatch.chdir(folder)
    return folder


def shown() -> dict[str, str]:
    result = run("theme", "show")
    assert result.exit_code == 0
    rows = (line.split(maxsplit=1) for line in result.stdout.splitlines() if "/" in line.split()[0])
    return dict(rows)


def test_show_says_of_each_file_where_it_comes_from(edition: Path) -> None:
    files = shown()
    assert set(files.values()) == {"built in"}
    assert {"styles/tokens.css", "layouts/book.html.j2", "icons/at.svg", "printers/offset-fogra39.yaml"} <= set(files)
    shutil.copytree(ROOT / "icons", edition / "icons")
    assert shown()["icons/at.svg"] == "edition, over built in"


def test_copy_brings_a_file_over_to_edit(edition: Path) -> None:
    result = run("theme", "copy", "styles/tokens.css", "icons/at.svg")
    assert (result.exit_code, result.stdout) == (0, "styles/tokens.css, from built in\nicons/at.svg, from built in\n")
    for name in ("styles/tokens.css", "icons/at.svg"):
        assert (edition / name).read_bytes() == (ROOT / name).read_bytes()


def test_copy_writes_over_nothing_and_then_copies_nothing_else_either(edition: Path) -> None:
    (edition / "styles").mkdir()
    (edition / "styles" / "tokens.css").write_text("mine")
    result = run("theme", "copy", "styles/text.css", "styles/tokens.css")
    assert result.exit_code == 2
    assert "styles/tokens.css is there already." in result.stderr
    assert [path.name for path in (edition / "styles").iterdir()] == ["tokens.css"]
    assert (edition / "styles" / "tokens.css").read_text() == "mine"


def test_copy_of_a_misspelt_name_asks_for_the_right_one(edition: Path) -> None:
    result = run("theme", "copy", "styles/token.css")
    assert result.exit_code == 2
    assert "Did you mean 'styles/tokens.css'?" in result.stderr
