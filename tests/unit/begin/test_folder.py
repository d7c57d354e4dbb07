"""A new edition is written whole or not at all, and over nothing."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path

import pytest

from directory_pub.begin import TakenError, Wanted, begin_edition
from directory_pub.storage.disk import PASSING, CannotWriteError

WISH = Wanted(created=date(2026, 3, 9))


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


@pytest.mark.parametrize("name", ["book", "a/b/book", "Führer Ü & co", "-book", "new\nline", ".hidden"])
def test_a_folder_that_is_not_there_is_made_with_all_its_files(tmp_path: Path, name: str) -> None:
    names = begin_edition(tmp_path / name, WISH)
    assert files(tmp_path) == {f"{name}/{each}" for each in names}
    assert {"edition.yaml", "README.md", ".gitignore", "photos/ferry.jpg"} < {*names}


def test_its_files_are_for_everybody_who_may_read_what_is_new_there(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    begin_edition(tmp_path / "book", WISH)
    assert (tmp_path / "book").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path) -> None:
    before = (tmp_path / "book").mkdir(), (tmp_path / "book").stat().st_ino
    (tmp_path / "link").symlink_to("book")
    names = begin_edition(tmp_path / "link", WISH)
    assert files(tmp_path / "book") == {*names}
    assert (tmp_path / "book").stat().st_ino == before[1]
    assert (tmp_path / "link").is_symlink()


def test_a_folder_with_anything_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    for name in "gfedcba":
        (tmp_path / "book" / name).mkdir(parents=True)
    with pytest.raises(TakenError, match=r"is not empty: a, b, c, d, e and 2 more\.$"):
        begin_edition(tmp_path / "book", WISH)
    assert sorted(os.listdir(tmp_path / "book")) == [*"abcdefg"]
    assert files(tmp_path) == set()


def test_a_file_or_a_link_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    (tmp_path / "link").symlink_to("nowhere")
    for name, message in (
        ("file", "file is a file."),
        ("file/book", "file is a file, and no folder can be in it."),
        ("link", "link is a link that leads nowhere."),
    ):
        with pytest.raises(TakenError) as taken:
            begin_edition(tmp_path / name, WISH)
        assert str(taken.value).endswith(message)
    assert files(tmp_path) == {"file", "link"}
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_no_edition_is_begun_inside_another(tmp_path: Path) -> None:
    begin_edition(tmp_path / "book", WISH)
    with pytest.raises(TakenError, match="would be inside another edition"):
        begin_edition(tmp_path / "book" / "deep" / "er", WISH)
    assert not (tmp_path / "book" / "deep").exists()


@pytest.mark.parametrize("is_there", [False, True])
def test_a_disk_that_is_full_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    folder = tmp_path / "a" / "book"
    if is_there:
        folder.mkdir(parents=True)
    write = Path.write_bytes

    def fill_up(path: Path, content: bytes) -> int:
        if path.suffix == ".jpg":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    with pytest.raises(CannotWriteError):
        begin_edition(folder, WISH)
    assert [*tmp_path.rglob("*")] == ([folder.parent, folder] if is_there else [])


def test_files_that_cannot_all_be_moved_are_all_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "book").mkdir()
    rename = Path.rename

    def break_down(path: Path, goal: Path) -> Path:
        if path.name == "edition.yaml" and goal.parent == tmp_path / "book":
            raise KeyboardInterrupt
        return rename(path, goal)

    monkeypatch.setattr(Path, "rename", break_down)
    with pytest.raises(KeyboardInterrupt):
        begin_edition(tmp_path / "book", WISH)
    assert [*tmp_path.rglob("*")] == [tmp_path / "book"]


def test_what_a_killed_one_has_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "book" / f"{PASSING}abcdefgh" / "edition").mkdir(parents=True)
    names = begin_edition(tmp_path / "book", WISH)
    assert files(tmp_path / "book") == {*names}
