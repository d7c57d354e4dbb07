"""What is done ahead is done, and holds nobody up."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory_pub.pieces import WorkAhead


def steps(told: Path, *, then_wait: bool) -> Iterator[None]:
    for number in range(10):
        (told / str(number)).write_text(str(os.getpid()))
        yield
    while then_wait:
        time.sleep(0.01)


def wait_for(path: Path) -> int:
    """The process that has written a file, which is there in the end."""
    while not path.exists() or not path.read_text():
        time.sleep(0.01)
    return int(path.read_text())


def test_all_is_done_where_there_is_time(tmp_path: Path) -> None:
    idle = WorkAhead()
    idle.begin(steps(tmp_path, then_wait=False))
    assert wait_for(tmp_path / "9") != os.getpid()
    idle.end()


def test_what_has_no_end_is_ended_at_once_for_something_else(tmp_path: Path) -> None:
    idle = WorkAhead()
    idle.begin(steps(tmp_path, then_wait=True))
    first = wait_for(tmp_path / "9")
    idle.stop()
    (tmp_path / "9").unlink()
    idle.begin(steps(tmp_path, then_wait=True))
    assert wait_for(tmp_path / "9") != first
    idle.end()
    assert not Path(f"/proc/{first}").exists()


def test_a_fault_ahead_is_told_of_by_nobody(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def fails() -> Iterator[None]:
        yield
        (tmp_path / "begun").write_text(str(os.getpid()))
        raise OSError("no room")

    idle = WorkAhead()
    idle.begin(fails())
    wait_for(tmp_path / "begun")
    idle.end()
    assert capfd.readouterr() == ("", "")
