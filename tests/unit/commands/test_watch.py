"""Building at every save: the real command on a copy of the project, until it is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory_pub.commands.watch import saved_files
from program import HEARING
from project import ROOT, copy_project


def lines_until(stream: Iterator[str], words: str) -> list[str]:
    """What is printed up to a line with these words."""
    lines = []
    for line in stream:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError(f"no line with {words!r} in:\n{''.join(lines)}")


@pytest.fixture(autouse=True)
def no_longer_than_a_minute() -> Iterator[None]:
    """What is waited for may never be printed: then the test ends, not the run."""
    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("nothing was printed for a minute"))
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.mark.slow
def test_a_save_is_built_and_told_of_and_an_error_does_not_end_it(tmp_path: Path) -> None:
    edition = copy_project(tmp_path)
    entry = edition / "entries" / "lantern-league.md"
    command = [
        sys.executable,
        "-c",
        HEARING,
        "build",
        str(edition),
        "--target",
        "email",
        "--watch",
        "--jobs",
        "1",
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "COLUMNS": "200",
    }
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as watching:
        assert watching.stdout
        try:
            _watch(watching, entry)
        finally:
            watching.kill()


def _watch(watching: subprocess.Popen[str], entry: Path) -> None:
    assert watching.stdout
    out = iter(watching.stdout)
    lines_until(out, "Watching")
    text = entry.read_text("utf-8")
    entry.write_text(text.replace("much else.", "much else but this."), "utf-8")
    told = "".join(lines_until(out, "Built in"))
    assert "Saved: content/harbour/entries/lantern-league.md" in told
    assert "1 set (lantern-league)" in told
    entry.write_text(text.replace("name:", "nmae:"), "utf-8")
    told = "".join(lines_until(out, "Built in"))
    assert "error[key-" in told
    assert "s; the files were withheld." in told
    entry.write_text(text, "utf-8")
    assert "0 set" in "".join(lines_until(out, "Built in"))
    watching.send_signal(signal.SIGINT)
    assert watching.wait(20) == 130


def test_a_saved_table_is_heard_and_the_lock_of_its_program_is_not(tmp_path: Path) -> None:
    (tmp_path / "content" / "x").mkdir(parents=True)
    saves = saved_files(tmp_path / "content" / "x", tmp_path / "build")
    assert next(saves) == []
    for name in ("~$members.xlsx", ".~lock.members.xlsx#", "members.xlsx"):
        (tmp_path / "content" / "x" / name).write_bytes(b"x")
    heard = next(paths for paths in saves if paths)
    assert [path.name for path in heard] == ["members.xlsx"]
