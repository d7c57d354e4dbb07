"""The commands impose and handoff: what they print, and the code that they leave with."""

from __future__ import annotations

from pathlib import Path

import pytest

from impose.numbered import numbered
from program import run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A PDF of six pages."""
    path = tmp_path / "book.pdf"
    path.write_bytes(numbered(6))
    return path


# -------------------------------------------------------------------- impose
def test_a_booklet_is_written_beside_its_file_and_the_edge_to_flip_at_is_said(file: Path) -> None:
    result = run("impose", file)
    assert result.exit_code == 0
    assert "6 pages, 2 blank on 2 sheets at 100 %; print both sides, flip on the short edge." in result.stdout
    assert (file.parent / "book-booklet.pdf").read_bytes().startswith(b"%PDF")


def test_the_booklet_goes_where_it_is_told_to(file: Path) -> None:
    output = file.parent / "deep" / "out.pdf"
    options = ("--scheme", "saddle", "--sheet", "SRA3", "--creep", "1.5", "--binding", "right", "--output", output)
    assert run("impose", file, *options).exit_code == 0
    assert output.is_file()


def test_a_file_that_cannot_be_imposed_leaves_with_1_and_the_reason(file: Path) -> None:
    file.write_bytes(b"no pdf")
    result = run("impose", file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the file is damaged" in result.stderr
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("more", [("--sheet", "A6"), ("--creep", "-1"), ("--binding", "top"), ("--output", "book.pdf")])
def test_what_cannot_be_asked_for_leaves_with_2(
    file: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, str]
) -> None:
    monkeypatch.chdir(file.parent)
    assert run("impose", file, *more).exit_code == 2
    assert run("impose", "nothing.pdf").exit_code == 2


# -------------------------------------------------------------------- printers
@pytest.mark.parametrize("command", ["build", "handoff"])
def test_an_unknown_printer_leaves_with_2_and_the_nearest_name(command: str, tmp_path: Path) -> None:
    (tmp_path / "edition.yaml").write_text("key: x\n")
    result = run(command, tmp_path, "--printer", "ofice-copier", "--output", tmp_path / "out")
    assert result.exit_code == 2
    assert "Did you mean 'office-copier'?" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_press_file_in_rgb_is_refused_with_the_command_to_run(tmp_path: Path) -> None:
    (tmp_path / "edition.yaml").write_text("key: x\n")
    result = run("build", tmp_path, "--printer", "office-copier")
    assert result.exit_code == 2
    assert "directory-pub handoff" in result.stderr


def test_a_handoff_without_an_edition_leaves_with_2(tmp_path: Path) -> None:
    assert run("handoff", tmp_path).exit_code == 2
