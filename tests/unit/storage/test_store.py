"""What builds leave is found by later ones; what is damaged, foreign or of another program is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from directory_pub.bind import PieceObjects
from directory_pub.storage import store as storing
from directory_pub.storage.serialise import serialise
from directory_pub.storage.store import Store

# -------------------------------------------------------------------- parts
KEYS = [f"{number:064x}" for number in range(8)]


def path_of(folder: Path, key: str) -> Path:
    return folder / key[:2] / key[2:]


def test_what_is_kept_comes_back_whole(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEYS[0], b"line\nline\r\n\x00")
    assert Store(tmp_path).get(KEYS[0]) == b"line\nline\r\n\x00"
    assert store.get(KEYS[1]) is None
    assert (store.has(KEYS[0]), store.has(KEYS[1])) == (True, False)
    store.drop(KEYS[0])
    store.drop(KEYS[1])
    assert store.get(KEYS[0]) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: b"",
        lambda content: content.replace(b"part", b"tart"),
        lambda content: content.replace(b"store", b"stork", 1),
        lambda content: b"\n" * 9,
        lambda content: content.partition(b"\n")[0],
    ],
    ids=["cut", "longer", "empty", "another letter", "another head", "line ends", "head alone"],
)
def test_a_damaged_file_is_thrown_away(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    store, path = Store(tmp_path), path_of(tmp_path, KEYS[0])
    store.put(KEYS[0], b"a part")
    path.write_bytes(damage(path.read_bytes()))
    assert store.get(KEYS[0]) is None
    assert not path.exists()


def test_a_file_of_another_key_is_thrown_away(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEYS[0], b"a part")
    path_of(tmp_path, KEYS[1]).write_bytes(path_of(tmp_path, KEYS[0]).read_bytes())
    assert store.get(KEYS[1]) is None
    assert store.get(KEYS[0]) == b"a part"


def test_the_objects_of_a_piece_come_back_as_they_were_and_damaged_ones_not_at_all(tmp_path: Path) -> None:
    store, made = Store(tmp_path), PieceObjects(titles={"quay": "Quay"}, rows=3)
    for key in KEYS[:2]:
        store.put(key, serialise(made, PieceObjects))
    path_of(tmp_path, KEYS[1]).write_bytes(b"")
    assert store.read(KEYS[0], PieceObjects) == made
    assert store.read(KEYS[0], PieceObjects, at_hand=True) is store.read(KEYS[0], PieceObjects), (
        "those used last are at hand"
    )
    assert store.read(KEYS[1], PieceObjects) is None
    assert store.read(KEYS[2], PieceObjects) is None


def test_what_a_build_did_not_ask_for_is_no_longer_at_hand(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for key in KEYS[:2]:
        store.put(key, serialise(PieceObjects(rows=3), PieceObjects))
    with store:
        first, second = (store.read(key, PieceObjects, at_hand=True) for key in KEYS[:2])
    with store:
        assert store.read(KEYS[0], PieceObjects, at_hand=True) is first
    assert store.read(KEYS[0], PieceObjects) is first
    assert store.read(KEYS[1], PieceObjects) is not second
    assert store.read(KEYS[1], PieceObjects) == second


def test_what_follows_from_a_part_is_found_again_only_where_the_part_has_changed(tmp_path: Path) -> None:
    store, found = Store(tmp_path), []

    def length() -> int:
        found.append(store.get(KEYS[0]) or b"")
        return len(found[-1])

    store.put(KEYS[0], b"a part")
    assert [store.derived(KEYS[0], int, length) for _ in range(2)] == [6, 6]
    store.put(KEYS[0], b"another part")
    assert store.derived(KEYS[0], int, length) == 12
    assert found == [b"a part", b"another part"]


def test_the_folder_keeps_to_its_limit_and_what_was_used_last(tmp_path: Path) -> None:
    store = Store(tmp_path, limit_bytes=10_000)
    for age, key in enumerate(KEYS):
        store.put(key, bytes(2000))
        os.utime(path_of(tmp_path, key), (age, age))
    assert store.has(KEYS[0])  # used now: the oldest is the next
    store.trim()
    left = [key for key in KEYS if path_of(tmp_path, key).exists()]
    assert KEYS[0] in left
    assert KEYS[1] not in left
    assert 6_000 < sum(path.stat().st_size for path in tmp_path.glob("??/*")) <= 10_000


def test_a_folder_within_its_limit_loses_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path, limit_bytes=100_000)
    for key in KEYS:
        store.put(key, bytes(2000))
    store.trim()
    assert all(path_of(tmp_path, key).exists() for key in KEYS)


def test_without_a_folder_what_is_kept_is_gone_behind_the_block() -> None:
    with Store(None) as store:
        store.put(KEYS[0], b"a part")
        assert store.get(KEYS[0]) == b"a part"
        folder = store.folder
        assert path_of(folder, KEYS[0]).is_file()
    assert not folder.exists()


def test_a_folder_of_ones_own_stays_behind_the_block(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(KEYS[0], b"a part")
    assert Store(tmp_path).get(KEYS[0]) == b"a part"


def test_a_folder_that_fails_is_left_for_a_temporary_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Store(tmp_path / "file") as store:
        assert store.fault == f"what is kept in {tmp_path / 'file'} is not used: {tmp_path / 'file'} is no folder"
        store.put(KEYS[0], b"a part")
        assert store.get(KEYS[0]) == b"a part"
    (tmp_path / "file").unlink()
    with store:
        assert (store.fault, store.folder) == ("", tmp_path / "file"), "the next build of this process looks again"


def test_what_a_folder_has_is_used_when_it_takes_no_more(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(KEYS[0], b"a part")
        store.fall_back("the disk is full")
        store.put(KEYS[1], b"another")
        assert (store.get(KEYS[0]), store.get(KEYS[1])) == (b"a part", b"another")
        store.fall_back("it loses them")
        assert (store.get(KEYS[0]), store.get(KEYS[1])) == (None, b"another")
    assert Store(tmp_path).get(KEYS[0]) == b"a part"


def test_everything_can_be_forgotten(tmp_path: Path) -> None:
    store, find = Store(tmp_path), Counted()
    store.put(KEYS[0], serialise(PieceObjects(rows=3), PieceObjects))
    store.read(KEYS[0], PieceObjects, at_hand=True)
    store.recall("words", str, find, "told")
    store.save_answers()
    store.forget()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert store.read(KEYS[0], PieceObjects) is None
    store.recall("words", str, find, "told")
    assert find.times == 2


# -------------------------------------------------------------------- answers
class Counted:
    """An answer, and how often it was looked for."""

    def __init__(self, answer: object = "an answer") -> None:
        self.times = 0
        self._answer = answer

    def __call__(self) -> object:
        self.times += 1
        return self._answer


def test_the_same_question_about_the_same_is_answered_once() -> None:
    known, find = Store(), Counted()
    assert [known.recall("words", str, find, "told") for _ in range(3)] == ["an answer"] * 3
    assert find.times == 1
    known.recall("words", str, find, "told otherwise")
    known.recall("pictures", str, find, "told")
    assert find.times == 3


def test_an_answer_outlives_the_process(tmp_path: Path) -> None:
    first, find = Store(tmp_path), Counted([1, 2])
    first.recall("words", list[int], find, "told")
    first.save_answers()
    again = Store(tmp_path)
    assert again.recall("words", list[int], find, "told") == [1, 2]
    assert find.times == 1


def test_what_nobody_asks_for_is_let_go(tmp_path: Path) -> None:
    known, find = Store(tmp_path), Counted()
    known.recall("words", str, find, "old")
    known.save_answers()
    known.recall("words", str, find, "new")
    known.save_answers()
    Store(tmp_path).recall("words", str, find, "old")
    assert find.times == 3


def answers_in(folder: Path) -> Path:
    """The one file of a folder."""
    (path,) = folder.glob("??/*")
    return path


@pytest.mark.parametrize(
    "harm",
    [lambda stored: stored[:-3], lambda stored: stored[:-4] + b"harm", lambda stored: b""],
    ids=["cut", "overwritten", "emptied"],
)
def test_damaged_answers_are_not_read(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    known, find = Store(tmp_path), Counted()
    known.recall("words", str, find, "told")
    known.save_answers()
    path = answers_in(tmp_path)
    path.write_bytes(harm(path.read_bytes()))
    assert Store(tmp_path).recall("words", str, find, "told") == "an answer"
    assert find.times == 2


def test_answers_that_come_to_harm_meanwhile_are_written_anew(tmp_path: Path) -> None:
    known, find = Store(tmp_path), Counted()
    known.recall("words", str, find, "told")
    known.save_answers()
    answers_in(tmp_path).write_bytes(b"no answers at all, " * 400)
    for told in ("told", "told more"):
        assert known.recall("words", str, find, told) == "an answer"
    known.save_answers()
    for told in ("told", "told more"):
        Store(tmp_path).recall("words", str, find, told)
    assert find.times == 2


def test_of_builds_that_write_at_once_one_leaves_its_answers(tmp_path: Path) -> None:
    find = Counted()
    builds = [Store(tmp_path) for _ in range(2)]
    for told, each in enumerate(builds):
        each.recall("words", str, find, told)
    for each in builds:
        each.save_answers()
    later = Store(tmp_path)
    for told in range(2):
        assert later.recall("words", str, find, told) == "an answer"
    assert find.times == 3


def test_answers_are_not_the_first_to_be_let_go(tmp_path: Path) -> None:
    """Whoever reads them uses them."""
    known = Store(tmp_path)
    known.recall("words", str, Counted(), "told")
    known.save_answers()
    path = answers_in(tmp_path)
    os.utime(path, (1, 1))
    Store(tmp_path).recall("words", str, Counted(), "told")
    assert path.stat().st_mtime > 1


def test_a_folder_that_cannot_be_written_into_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    find = Counted()
    with Store(tmp_path / "file") as known:
        assert known.recall("words", str, find, "told") == "an answer"
        known.save_answers()
    assert known.recall("words", str, find, "told") == "an answer"
    assert find.times == 1


def test_answers_of_another_program_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known, find = Store(tmp_path), Counted()
    known.recall("words", str, find, "told")
    known.save_answers()
    monkeypatch.setattr(storing, "code_hash", lambda: "another program")
    Store(tmp_path).recall("words", str, find, "told")
    assert find.times == 2
