"""Whatever the folder is that keeps pieces, or becomes, the book is made: the same bytes, with one sentence."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from directory_pub.bind import PieceObjects
from directory_pub.build import BuildResult, build_edition
from directory_pub.pieces import Progress, Resources, resources
from directory_pub.storage import private_folder
from directory_pub.storage.serialise import UnreadableError, deserialise, serialise
from directory_pub.storage.store import Store, _answers_key
from project import HARBOUR

pytestmark = pytest.mark.slow

Build = Callable[..., BuildResult]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, harbour: BuildResult) -> tuple[Path, dict[str, bytes]]:
    """What a good build keeps, and the bytes of the files."""
    kept = tmp_path_factory.mktemp("once") / "kept"
    build_edition(HARBOUR, kept.parent / "out", resources=Resources(cache=kept))
    return kept, {name: path.read_bytes() for name, path in harbour.files.items()}


@pytest.fixture
def build(tmp_path: Path, once: tuple[Path, dict[str, bytes]]) -> Build:
    """Builds with a folder, in the manner of a process that has just begun; the files must be those of a good one."""

    def build(kept: Path | None, **more: Any) -> BuildResult:
        resources._store_in.cache_clear()
        jobs = more.pop("jobs", 1)
        made = build_edition(HARBOUR, tmp_path / "out", resources=Resources(cache=kept, jobs=jobs), **more)
        assert list(made.report) == []
        assert {name: path.read_bytes() for name, path in made.files.items()} == once[1]
        return made

    return build


@pytest.fixture
def kept(tmp_path: Path, once: tuple[Path, dict[str, bytes]]) -> Path:
    """A copy of what a good build keeps."""
    return Path(shutil.copytree(once[0], tmp_path / "kept"))


def test_a_folder_that_others_can_write_into_is_not_used(build: Build, kept: Path) -> None:
    kept.chmod(0o777)
    before = {path: path.stat().st_mtime_ns for path in kept.rglob("*")}
    made = build(kept)
    assert made.cache_fault == f"what is kept in {kept} is not used: others can write into it (chmod 700 mends that)"
    assert {path: path.stat().st_mtime_ns for path in kept.rglob("*")} == before
    assert made.pieces_kept == []
    kept.chmod(0o700)
    made = build(kept)
    assert (made.cache_fault, made.pieces_set) == ("", {})


def test_what_is_no_folder_is_not_used(build: Build, tmp_path: Path) -> None:
    (tmp_path / "kept").symlink_to("nowhere")
    assert str(tmp_path / "kept") in build(tmp_path / "kept").cache_fault
    assert build(tmp_path / "kept" / ("long" * 100)).cache_fault


@pytest.mark.parametrize(
    ("jobs", "taken", "code"),  # each with each of the others
    [(1, 0, errno.ENOSPC), (2, 9, errno.ENOSPC), (2, 0, errno.EROFS), (1, 9, errno.EROFS)],
)
def test_a_disk_that_is_full_is_no_hindrance(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, taken: int, code: int
) -> None:
    """The folder takes so many files, and then no more; in each process."""
    written: list[Path] = []
    usual = private_folder.write_whole

    def refusing(path: Path, content: bytes, **more: Any) -> Path:
        if tmp_path / "kept" in path.parents:
            if len(written) >= taken:
                raise OSError(code, os.strerror(code))
            written.append(path)
        return usual(path, content, **more)

    with monkeypatch.context() as full:
        full.setattr(private_folder, "write_whole", refusing)
        made = build(tmp_path / "kept", jobs=jobs)
    assert made.cache_fault == f"what is kept in {tmp_path / 'kept'} is not used: {os.strerror(code).lower()}"
    assert build(tmp_path / "kept").cache_fault == ""


@pytest.mark.parametrize(
    ("jobs", "step", "often"),  # each with each of the others
    [(1, "set", False), (2, "finish", False), (2, "set", True), (1, "finish", True)],
)
def test_a_folder_that_vanishes_meanwhile_is_no_hindrance(
    build: Build, tmp_path: Path, jobs: int, step: str, often: bool
) -> None:
    kept, gone = tmp_path / "kept", 0

    def take_away(progress: Progress) -> None:
        nonlocal gone
        if progress.step == step and progress.done >= 3 and (often or not gone):
            gone += 1
            shutil.rmtree(kept, ignore_errors=True)

    build(kept, jobs=jobs, show=take_away)
    assert gone
    build(kept)


def test_no_temporary_folder_outlives_the_build(build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    (tmp_path / "kept").write_text("a file")
    assert build(tmp_path / "kept", jobs=2).cache_fault
    assert list(room.iterdir()) == []


# -------------------------------------------------------------------- what is kept is untrue
def test_gatherings_that_are_empty_are_made_anew(build: Build, kept: Path) -> None:
    """Good seals, the right kind, and nothing in it."""
    store, empty = Store(kept), serialise(PieceObjects(), PieceObjects)
    for key in keys_of(kept):
        content = store.get(key)
        assert content is not None
        try:
            deserialise(content, PieceObjects)
        except UnreadableError:
            continue
        store.put(key, empty)
    made = build(kept)
    assert made.cache_fault == f"what was kept in {kept} could not be used, and was thrown away"
    assert build(kept).cache_fault == ""
    assert build(kept).pieces_set == {}


def keys_of(kept: Path) -> list[str]:
    return [path.parent.name + path.name for path in sorted(kept.glob("??/*"))]


@pytest.mark.parametrize("lost", ["gone", "damaged", "empty"])
def test_a_picture_that_pieces_have_apart_is_made_anew(build: Build, kept: Path, lost: str) -> None:
    store = Store(kept)
    apart = set()
    for key in keys_of(kept):
        with contextlib.suppress(UnreadableError):
            apart.update(deserialise(store.get(key) or b"", PieceObjects).apart())
    pictures = sorted(key for key in apart if (store.get(key) or b"").startswith(b"\xff\xd8"))
    assert pictures
    path = kept / pictures[0][:2] / pictures[0][2:]
    if lost == "gone":
        path.unlink()
    elif lost == "damaged":
        content = path.read_bytes()
        path.write_bytes(content[:-9] + bytes(9))
    else:
        path.write_bytes(b"")
    assert build(kept).cache_fault == ""
    assert store.get(pictures[0]), "it is there again"
    assert build(kept).pieces_set == {}


def test_parts_of_another_kind_are_made_anew(build: Build, kept: Path) -> None:
    store = Store(kept)
    for key in keys_of(kept):
        if not (store.get(key) or b"").startswith(b"%PDF"):
            store.put(key, b"nothing that we know")
    made = build(kept)
    assert (made.pieces_kept, made.cache_fault) == ([], "")
    assert build(kept).pieces_set == {}


def test_artwork_that_is_no_drawing_is_made_anew(build: Build, kept: Path) -> None:
    """Its bytes are the engine's, not ours, and nobody looks at them but who lays them under pages."""
    store = Store(kept)
    drawn = [key for key in keys_of(kept) if (store.get(key) or b"").startswith(b"%PDF")]
    assert drawn
    for key in set(keys_of(kept)) - set(drawn):
        store.drop(key)
    for key in drawn:
        store.put(key, b"no drawing")
    assert "thrown away" in build(kept).cache_fault
    assert build(kept).cache_fault == ""


def test_bodies_that_are_none_are_read_anew(build: Build, kept: Path) -> None:
    """Answers whose outside is what was asked for; the pieces are made anew, so that somebody looks inside."""
    store, kind = Store(kept), dict[str, bytes]
    answers = deserialise(store.get(_answers_key()) or b"", kind)
    for key, answer in answers.items():
        name, row = msgspec.msgpack.decode(answer, strict=False)
        if "Entry" in name:
            row[0][3] = [[0, b"no body"]]
            answers[key] = msgspec.msgpack.encode((name, row))
    for part in keys_of(kept):
        store.drop(part)
    store.put(_answers_key(), serialise(answers, kind))
    made = build(kept)
    assert (made.pieces_kept, made.cache_fault) == ([], "")
    assert build(kept).pieces_set == {}


def test_a_fault_of_ours_is_told_and_what_is_kept_stays(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*asked: object, **more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("directory_pub.build.make_pieces", fail)
    before = sorted(kept.rglob("*"))
    with pytest.raises(ZeroDivisionError):
        build_edition(HARBOUR, tmp_path / "out", resources=Resources(cache=kept))
    assert sorted(kept.rglob("*")) == before
