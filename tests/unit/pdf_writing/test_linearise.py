"""A file is linearised the same in this process and, where it is long, in one of its own."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from directory_pub.pdf_writing import linearise as writing
from directory_pub.pdf_writing.linearise import linearise_file


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "a draft \u00fc.pdf"
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page()
        pdf.save(path)
    return path


def test_a_long_file_is_written_apart_with_the_same_bytes(
    draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linearise_file(draft, tmp_path / "here.pdf")
    monkeypatch.setattr(writing, "_APART_FROM_BYTES", 0)
    monkeypatch.setattr(writing, "linearise", None)  # of this process
    linearise_file(draft, tmp_path / "apart.pdf")
    assert (tmp_path / "apart.pdf").read_bytes() == (tmp_path / "here.pdf").read_bytes()
    with pikepdf.open(tmp_path / "apart.pdf") as pdf:
        assert pdf.is_linearized


def test_no_module_of_the_folder_that_one_stands_in_is_run(
    draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_APART_FROM_BYTES", 0)
    (tmp_path / "pikepdf.py").write_text("open('run', 'w').close()")
    monkeypatch.chdir(tmp_path)
    linearise_file(draft, tmp_path / "apart.pdf")
    assert not (tmp_path / "run").exists()


def test_a_damaged_file_is_told_of_by_either(draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft.write_bytes(draft.read_bytes()[:-200])
    for most in (8_000_000, 0):
        monkeypatch.setattr(writing, "_APART_FROM_BYTES", most)
        with pytest.raises(pikepdf.PdfError):
            linearise_file(draft, tmp_path / "out.pdf")
