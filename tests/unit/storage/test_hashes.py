"""What has changed has another hash, and what has not keeps its own: files, and the program itself."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import directory_pub
from directory_pub.storage import hashes
from directory_pub.storage.hashes import code_hash, file_hash

PACKAGE = Path(directory_pub.__file__).parent
APART = hashes._APART
IMPORTS = re.compile(r"^\s*(?:from|import) directory_pub\.(\w+)", re.M)


def test_a_file_that_changes_has_another_hash(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"one")
    before = file_hash(path)
    path.write_bytes(b"others")
    assert file_hash(path) != before


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program to be edited."""
    copy = tmp_path / "directory_pub"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(hashes, "_PACKAGE", copy)
    return copy


def hash_after(change: Path) -> str:
    with change.open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    return code_hash.__wrapped__()


@pytest.mark.slow
def test_an_edit_in_what_uses_finished_files_costs_no_piece(program: Path) -> None:
    before = code_hash.__wrapped__()
    paths = [path for name in APART for path in (program / name).rglob("*.py")]
    assert len(paths) > 20
    for path in paths:
        assert hash_after(path) == before, path


def test_an_edit_anywhere_else_makes_all_pieces_anew(program: Path) -> None:
    known = {code_hash.__wrapped__()}
    for path in (
        program / "pieces/finish_piece.py",
        program / "read/entry.py",
        program / "__init__.py",
        program / "new.py",
    ):
        known.add(hash_after(path))
    assert len(known) == 5


def test_what_makes_pieces_imports_nothing_of_what_uses_finished_files() -> None:
    """So that the hash covers all that makes them, or finds something out for them."""
    wrong = [
        f"{path.relative_to(PACKAGE)} imports directory_pub.{name}"
        for path in PACKAGE.rglob("*.py")
        if not path.relative_to(PACKAGE).parts[0].startswith((*APART, "__main__"))
        for name in IMPORTS.findall(path.read_text("utf-8"))
        if name in APART
    ]
    assert wrong == []
