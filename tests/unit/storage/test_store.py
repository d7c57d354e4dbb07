"""What was found out before is not found out again; a file that is damaged or of another program is not read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from directory_pub import memo
from directory_pub.memo import Memo, file_hash


class Counted:
    """An answer, and how often it was looked for."""

    def __init__(self, answer: object = "an answer") -> None:
        self.times = 0
        self._answer = answer

    def __call__(self) -> object:
        self.times += 1
        return self._answer


def test_the_same_question_about_the_same_is_answered_once() -> None:
    known, find = Memo(), Counted()
    assert [known.recall("words", str, find, "told") for _ in range(3)] == ["an answer"] * 3
    assert find.times == 1
    known.recall("words", str, find, "told otherwise")
    known.recall("pictures", str, find, "told")
    assert find.times == 3


def test_an_answer_outlives_the_process(tmp_path: Path) -> None:
    first, find = Memo(tmp_path / "memo"), Counted([1, 2])
    first.recall("words", list[int], find, "told")
    first.close()
    again = Memo(tmp_path / "memo")
    assert again.recall("words", list[int], find, "told") == [1, 2]
    assert find.times == 1


def test_what_nobody_asks_for_is_let_go(tmp_path: Path) -> None:
    known, find = Memo(tmp_path / "memo"), Counted()
    known.recall("words", str, find, "old")
    known.close()
    known.recall("words", str, find, "new")
    known.close()
    Memo(tmp_path / "memo").recall("words", str, find, "old")
    assert find.times == 3


def cut(stored: bytes) -> bytes:
    return stored[:-3]


def overwritten(stored: bytes) -> bytes:
    return stored[:-4] + b"harm"


def emptied(stored: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("harm", [cut, overwritten, emptied])
def test_a_damaged_file_is_not_read(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    known, find = Memo(tmp_path / "memo"), Counted()
    known.recall("words", str, find, "told")
    known.close()
    path = tmp_path / "memo"
    path.write_bytes(harm(path.read_bytes()))
    assert Memo(path).recall("words", str, find, "told") == "an answer"
    assert find.times == 2


def test_an_answer_that_was_tampered_with_is_not_read(tmp_path: Path) -> None:
    known, find = Memo(tmp_path / "memo"), Counted()
    known.recall("words", str, find, "told")
    known.close()
    with sqlite3.connect(tmp_path / "memo") as file:
        file.execute("UPDATE answers SET packed = packed || x'00'")
    assert Memo(tmp_path / "memo").recall("words", str, find, "told") == "an answer"
    assert find.times == 2


def test_a_file_that_comes_to_harm_while_it_is_open_is_made_anew(tmp_path: Path) -> None:
    known, find = Memo(tmp_path / "memo"), Counted()
    known.recall("words", str, find, "told")
    known.close()
    known = Memo(tmp_path / "memo")
    (tmp_path / "memo").write_bytes(b"no database at all, " * 400)
    for told in ("told", "told more"):
        assert known.recall("words", str, find, told) == "an answer"
    known.close()
    Memo(tmp_path / "memo").recall("words", str, find, "told more")
    assert find.times == 3


def test_a_file_that_another_build_writes_into_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "_WAIT_S", 0)
    known, find = Memo(tmp_path / "memo"), Counted()
    known.recall("words", str, find, "told")
    known.close()
    other = sqlite3.connect(tmp_path / "memo", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for each in (known, Memo(tmp_path / "memo")):
        assert each.recall("words", str, find, "new") == "an answer"
        each.close()
    other.execute("COMMIT")
    other.close()
    before = find.times
    assert Memo(tmp_path / "memo").recall("words", str, find, "told") == "an answer"
    assert find.times == before


def test_a_folder_that_cannot_be_written_into_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    known, find = Memo(tmp_path / "file" / "memo"), Counted()
    assert known.recall("words", str, find, "told") == "an answer"
    known.close()
    assert known.recall("words", str, find, "told") == "an answer"


def test_a_file_of_another_program_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known, find = Memo(tmp_path / "memo"), Counted()
    known.recall("words", str, find, "told")
    known.close()
    monkeypatch.setattr(memo, "code_hash", lambda: "another program")
    Memo(tmp_path / "memo").recall("words", str, find, "told")
    assert find.times == 2


def test_a_file_that_changes_has_another_hash(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"one")
    before = file_hash(path)
    path.write_bytes(b"others")
    assert file_hash(path) != before
