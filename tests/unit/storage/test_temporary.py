"""What is there only while its maker runs: held by the living, cleared away when they are dead, and nothing else is."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from directory_pub.storage.disk import CannotWriteError
from directory_pub.storage.temporary import alone_in, clear_left, make_passing
from project import ROOT

MAKER = """
import sys, time
sys.path.insert(0, {src!r})
from pathlib import Path
from directory_pub.storage.temporary import make_passing
for is_folder in (False, True):
    path, _ = make_passing(Path(sys.argv[1]), is_folder=is_folder)
    if is_folder:
        (path / "deep").mkdir()
        (path / "deep" / "half").write_bytes(b"half")
print("made", flush=True)
time.sleep(60)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_a_living_process_has_made_stays_and_what_a_dead_one_left_goes(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAKER.format(src=str(ROOT / "src")), tmp_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as maker:
        assert maker.stdout
        assert maker.stdout.readline() == "made\n"
        before = names(tmp_path)
        assert len(before) == 2
        clear_left(tmp_path)
        assert names(tmp_path) == before
        maker.send_signal(signal.SIGKILL)
    clear_left(tmp_path, tmp_path / "nowhere")
    assert names(tmp_path) == []


def test_nothing_of_anybody_elses_is_taken_away(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "book").mkdir(parents=True)
    (tmp_path / ".directory-pub-passing-linked00").symlink_to(mine, target_is_directory=True)
    for name in (
        ".directory-pub-passing-", ".directory-pub-passing-notes.md", ".directory-pub-settings", "directory-pub-passing-abcdefgh",
        ".directory-pub-passing-abcdefgh.bak", ".small-press.pdf.abcdefgh", ".directory-pub-passing-ABCDEFGH",
    ):  # fmt: skip
        (tmp_path / name).write_text("mine")
    os.mkfifo(tmp_path / "pipe")
    before = names(tmp_path)
    clear_left(tmp_path)
    assert names(tmp_path) == before
    assert names(mine) == ["book"]


def test_where_nothing_can_be_held_nothing_is_taken_for_left_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int, how: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    path, handle = make_passing(tmp_path)
    os.close(handle)
    clear_left(tmp_path)
    assert path.exists()
    told: list[str] = []
    with alone_in(tmp_path, told.append), alone_in(tmp_path, told.append):
        assert told == []


def test_what_is_cleared_away_while_it_is_made_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold, cleared = fcntl.flock, []

    def hold_too_late(handle: int, how: int) -> None:
        if not cleared:
            cleared.extend(tmp_path.iterdir())
            cleared[0].unlink()
        hold(handle, how)

    monkeypatch.setattr(fcntl, "flock", hold_too_late)
    path, handle = make_passing(tmp_path)
    assert path.exists()
    assert cleared != [path]
    os.close(handle)


def test_one_waits_for_the_other_and_says_so(tmp_path: Path) -> None:
    told, came = threading.Event(), []

    def wait() -> None:
        with alone_in(tmp_path, lambda line: (came.append(line), told.set())):
            came.append("in")

    with alone_in(tmp_path, came.append):
        second = threading.Thread(target=wait)
        second.start()
        assert told.wait(20)
        came.append("out")
    second.join(20)
    assert came == [f"another build is writing into {tmp_path}: waiting", "out", "in"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWriteError, match="file"), alone_in(tmp_path / "file" / "out", print):
        pass
