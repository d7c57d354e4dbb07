"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from directory_pub.storage.disk import CannotWriteError, explain_unwritable
from directory_pub.storage.files import put_in_place, unfinished, write_whole


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


# -------------------------------------------------------------------- links, pipes and devices
def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for name, before in (("old", b"old"), ("new", None)):
        goal, link = tmp_path / "there" / name, tmp_path / f"link-{name}"
        if before:
            goal.write_bytes(before)
        link.symlink_to(goal)
        write_whole(link, b"written")
        assert (link.is_symlink(), goal.read_bytes()) == (True, b"written")
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == ["new", "old"]


@pytest.mark.parametrize("goal", ["nowhere/at/all", "itself"])
def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path, goal: str) -> None:
    (tmp_path / "itself").symlink_to(tmp_path / goal)
    with pytest.raises(CannotWriteError, match="leads nowhere"):
        write_whole(tmp_path / "itself", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["itself"]


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "book.pdf").mkdir()
    with pytest.raises(CannotWriteError):
        write_whole(tmp_path / "book.pdf", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]


def test_a_pipe_is_written_into_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        write_whole(pipe, b"x" * 30_000)  # which fits into what the reader passes on
        assert reader.communicate(timeout=20)[0] == b"x" * 30_000
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_pipe_that_nobody_reads_any_more_takes_what_it_took(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    write_whole(Path(f"/dev/fd/{writing}"), b"x" * 200_000)
    os.close(writing)


def test_what_the_shell_opened_goes_on_where_it_was(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        log.write(b"before ")
        log.flush()
        write_whole(Path(f"/dev/fd/{log.fileno()}"), b"written")
        log.write(b" behind")
    assert (tmp_path / "log").read_bytes() == b"before written behind"


def test_a_device_stays_a_device() -> None:
    write_whole(Path("/dev/null"), b"x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_full_device_is_named() -> None:
    with pytest.raises(CannotWriteError) as caught:
        write_whole(Path("/dev/full"), b"x")
    assert explain_unwritable(caught.value) == (
        "cannot write to /dev/full: the disk is full.",
        "Make room there, or name another folder in the command.",
    )


# -------------------------------------------------------------------- a disk that takes nothing
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("call", ["write", "fsync", "replace", "mkstemp"])
def test_whatever_a_disk_says_names_the_folder_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(b"old")

    def fail(*told: object, **more: object) -> None:
        raise OSError(number, os.strerror(number))

    where = {"write": (Path, "write_bytes"), "mkstemp": (tempfile, "mkstemp")}.get(call, (os, call))
    monkeypatch.setattr(*where, fail)
    with pytest.raises(CannotWriteError) as caught:
        write_whole(path, b"new")
    told = explain_unwritable(caught.value)
    assert told is not None
    assert told[0].startswith(f"cannot write to {tmp_path}: ")
    monkeypatch.undo()
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("book.pdf", b"old")]


def test_a_fault_of_another_file_is_not_laid_at_the_folders_door(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught, unfinished(tmp_path / "out" / "book.pdf"):
        (tmp_path / "content.md").read_bytes()
    assert not isinstance(caught.value, CannotWriteError)
    assert explain_unwritable(caught.value) is None
