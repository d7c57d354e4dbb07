"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from directory_pub.write import put_in_place, unfinished, write_whole


def test_a_file_is_written_and_its_folder_made(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "book.pdf"
    assert write_whole(path, b"new") == path
    assert path.read_bytes() == b"new"
    assert [p.name for p in path.parent.iterdir()] == ["book.pdf"]


def test_an_old_file_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(b"old and longer")
    write_whole(tmp_path / "book.pdf", b"new")
    assert (tmp_path / "book.pdf").read_bytes() == b"new"


def test_everyone_may_read_it(tmp_path: Path) -> None:
    assert stat.S_IMODE(write_whole(tmp_path / "book.pdf", b"new").stat().st_mode) == 0o644


@pytest.mark.parametrize("call", ["replace", "fsync", "chmod"])
@pytest.mark.parametrize("problem", [OSError("the disk is full"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_no_temporary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, problem: BaseException
) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(b"old")

    def fail(*arguments: object, **options: object) -> None:
        raise problem

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(type(problem)):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["book.pdf"]


def test_a_reader_of_the_old_file_is_not_disturbed(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(b"old")
    with path.open("rb") as reader:
        write_whole(path, b"new")
        assert reader.read() == b"old"


def test_what_can_be_made_again_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    write_whole(tmp_path / "kept", b"new", durable=False)
    assert ((tmp_path / "kept").read_bytes(), flushed) == (b"new", [])
    write_whole(tmp_path / "book.pdf", b"new")
    assert len(flushed) == 1


def test_an_unfinished_file_is_gone_unless_it_is_put_in_place(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "book.pdf"
    with unfinished(path) as temporary:
        temporary.write_bytes(b"half")
        assert temporary.parent == path.parent
    assert list(path.parent.iterdir()) == []
    with pytest.raises(KeyboardInterrupt), unfinished(path) as temporary:
        raise KeyboardInterrupt
    assert list(path.parent.iterdir()) == []
    with unfinished(path) as temporary:
        temporary.write_bytes(b"whole")
        assert put_in_place(temporary, path) == path
    assert [(each.name, each.read_bytes()) for each in path.parent.iterdir()] == [("book.pdf", b"whole")]
