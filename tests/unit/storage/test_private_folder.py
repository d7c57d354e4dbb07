"""A folder that others could have written into is not used, and nothing in it leads elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from directory_pub.commands.console import piece_folder
from directory_pub.storage import private_folder
from directory_pub.storage.private_folder import PrivateFolder

NAME, MOST = "ab/cdef", 1000


def test_it_is_made_for_its_user_alone(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "new" / "kept")
    assert folder.fault() == ""
    folder.write(NAME, b"a part")
    assert folder.read(NAME, MOST) == b"a part"
    made = [tmp_path / "new", tmp_path / "new/kept", tmp_path / "new/kept/ab", tmp_path / "new/kept" / NAME]
    assert [path.stat().st_mode & 0o777 for path in made] == [0o700, 0o700, 0o700, 0o600]


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o1777])
def test_one_that_others_can_write_into_is_not_used(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    assert "others can write into it" in PrivateFolder(tmp_path).fault()


@pytest.mark.parametrize("mode", [0o700, 0o750, 0o755])
def test_one_that_others_can_read_is(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    assert PrivateFolder(tmp_path).fault() == ""


def test_one_of_somebody_else_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert PrivateFolder(tmp_path).fault() == "it belongs to somebody else"


def test_one_that_cannot_be_written_into_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    assert PrivateFolder(tmp_path).fault() == "it cannot be written into"


def a_file(path: Path) -> Path:
    path.write_text("in the way")
    return path


def a_link_to_nowhere(path: Path) -> Path:
    path.symlink_to(path.with_name("nowhere"))
    return path


def a_link_to_itself(path: Path) -> Path:
    path.symlink_to(path)
    return path


@pytest.mark.parametrize(
    "odd",
    [
        a_file,
        a_link_to_nowhere,
        a_link_to_itself,
        lambda path: a_file(path) / "below",
        lambda path: path / ("long" * 100),
        lambda path: path / ("deep/" * 3000),
        lambda path: path / "\udcff" / ("x" * 256),
    ],
    ids=["file", "link to nowhere", "link to itself", "below a file", "long name", "long path", "no text"],
)
def test_what_cannot_be_a_folder_is_told_of(tmp_path: Path, odd: Callable[[Path], Path]) -> None:
    assert PrivateFolder(odd(tmp_path / "kept")).fault()


def a_link(path: Path, goal: Path) -> None:
    path.symlink_to(goal)


def a_pipe(path: Path, goal: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path, goal: Path) -> None:
    path.symlink_to("/dev/zero")


def a_folder(path: Path, goal: Path) -> None:
    path.mkdir()
    (path / "more").write_text("more")


@pytest.mark.parametrize("odd", [a_link, a_pipe, a_device, a_folder])
def test_what_is_no_file_is_neither_read_nor_followed(tmp_path: Path, odd: Callable[[Path, Path], None]) -> None:
    folder, goal = PrivateFolder(tmp_path / "kept"), tmp_path / "elsewhere"
    assert folder.fault() == ""
    folder.write(NAME, b"a part")
    goal.write_bytes(b"of somebody else")
    os.utime(goal, (1, 1))
    (tmp_path / "kept" / NAME).unlink()
    odd(tmp_path / "kept" / NAME, goal)
    assert folder.read(NAME, MOST) == b""
    assert not folder.touch(NAME)
    folder.write(NAME, b"a part")
    assert folder.read(NAME, MOST) == b"a part"
    assert (goal.read_bytes(), goal.stat().st_mtime) == (b"of somebody else", 1)


@pytest.mark.parametrize("odd", ["link", "file"])
def test_a_room_that_is_none_is_made_anew(tmp_path: Path, odd: str) -> None:
    folder, elsewhere = PrivateFolder(tmp_path / "kept"), tmp_path / "elsewhere"
    assert folder.fault() == ""
    elsewhere.mkdir()
    (elsewhere / "cdef").write_bytes(b"of somebody else")
    room = tmp_path / "kept" / "ab"
    room.symlink_to(elsewhere) if odd == "link" else room.write_text("in the way")
    assert folder.read(NAME, MOST) == b""
    assert list(folder.files()) == []
    assert not folder.touch(NAME)
    folder.write(NAME, b"a part")
    assert folder.read(NAME, MOST) == b"a part"
    assert (elsewhere / "cdef").read_bytes() == b"of somebody else"


def test_a_room_that_is_a_link_is_taken_away_and_not_what_it_leads_to(tmp_path: Path) -> None:
    folder, elsewhere = PrivateFolder(tmp_path / "kept"), tmp_path / "elsewhere"
    assert folder.fault() == ""
    elsewhere.mkdir()
    (elsewhere / "cdef").write_bytes(b"of somebody else")
    (tmp_path / "kept" / "ab").symlink_to(elsewhere)
    folder.remove(NAME)
    assert not (tmp_path / "kept" / "ab").is_symlink()
    assert (elsewhere / "cdef").exists()


def test_a_file_of_another_user_or_larger_than_asked_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = PrivateFolder(tmp_path)
    folder.write(NAME, b"a part")
    assert folder.read(NAME, 6) == b"a part"
    assert folder.read(NAME, 5) == b""
    monkeypatch.setattr(private_folder.os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert folder.read(NAME, MOST) == b""


# -------------------------------------------------------------------- where it is
@pytest.mark.parametrize(
    ("cache", "home", "folder"),
    [
        ("/somewhere", "/home/a", "/somewhere/directory-pub/pieces"),
        ("", "/home/a", "/home/a/.cache/directory-pub/pieces"),
        ("relative", "/home/a", "/home/a/.cache/directory-pub/pieces"),
        ("", "relative", None),
    ],
)
def test_pieces_are_kept_in_the_cache_of_the_user(
    monkeypatch: pytest.MonkeyPatch, cache: str, home: str, folder: str | None
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", cache)
    monkeypatch.setenv("HOME", home)
    found = piece_folder()
    assert found == (Path(folder) if folder else None)


def test_a_user_whom_nobody_knows_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert piece_folder() is None
