"""Workers: the same pieces by one process and by several, and what happens when one of them ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from directory_pub.typeset import PieceCache, SetPiece
from project import ROOT

# In a process of its own: workers are copies of the process that they begin in, and a test's has threads.
SCRIPT = """
import hashlib, json, os, sys, time
from pathlib import Path
sys.path[:0] = [{src!r}, {tests!r}]
from directory_pub.typeset import PieceCache, PieceJob, PressRoom, press_room
from unit.hand_made import small_engine
engine = small_engine(Path(sys.argv[1]) / "project", "p {{ margin: 1mm }}")
room = PressRoom(engine, PieceCache(Path(sys.argv[1]) / "kept"), int(sys.argv[2]))
set_here = press_room._set_here
def set_or_die(engine, job):
    if "DIE" in job.html and os.getpid() != parent:
        os.kill(os.getpid(), 9)
    if "SLEEP" in job.html:
        print("asleep", flush=True)
        time.sleep(60)
    return set_here(engine, job)
parent = os.getpid()
press_room._set_here = set_or_die
jobs = [PieceJob(name, f"<html lang='en'><title>t</title><p>{{name}} {{name}}", "pages/x.html.j2") for name in sys.argv[3:]]
made = room.set_all(jobs)
print(json.dumps({{
    "made": made and [hashlib.sha256(piece.pdf).hexdigest() for piece in made],
    "findings": [(finding.code, finding.message) for finding in engine.findings],
    "set": list(room.set_anew), "kept": room.kept,
}}))
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.py"
    path.write_text(textwrap.dedent(SCRIPT.format(src=str(ROOT / "src"), tests=str(ROOT / "tests"))))
    return path


def run(script: Path, folder: Path, jobs: int, *names: str) -> dict[str, object]:
    folder.mkdir(exist_ok=True)
    shutil.rmtree(folder / "project", ignore_errors=True)
    done = subprocess.run(
        [sys.executable, script, folder, str(jobs), *names], capture_output=True, text=True, check=True
    )
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


NAMES = ("one", "two", "three", "four", "five")


def test_several_processes_set_the_same_bytes_as_one(script: Path, tmp_path: Path) -> None:
    alone, shared = (run(script, tmp_path / f"jobs{jobs}", jobs, *NAMES) for jobs in (1, 3))
    assert alone["made"]
    assert alone["made"] == shared["made"]
    assert shared["findings"] == []


def test_a_piece_that_takes_its_worker_along_is_named_and_the_others_are_kept(script: Path, tmp_path: Path) -> None:
    told = run(script, tmp_path / "w", 2, "one", "DIE", "two", "three", "four")
    assert told["made"] is None
    assert told["findings"] == [["piece-crashed", "the process that set 'DIE' ended before it was done."]]
    again = run(script, tmp_path / "w", 2, "one", "two", "three", "four")
    assert again["kept"] == ["one", "two", "three", "four"]


def test_an_interrupt_leaves_no_process(script: Path, tmp_path: Path) -> None:
    folder = tmp_path / "i"
    folder.mkdir()
    command = [sys.executable, script, folder, "2", "one", "SLEEP", "two", "SLEEP2", "three"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as started:
        assert started.stdout
        assert started.stdout.readline() == "asleep\n"
        os.killpg(started.pid, signal.SIGINT)
        assert started.wait(20) != 0
    until = time.monotonic() + 5
    while alive(started.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert not alive(started.pid)
    assert list((folder / "kept").glob("**/.*")) == []  # no half file


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


# -------------------------------------------------------------------- the folder
def piece(size: int) -> SetPiece:
    return SetPiece(pdf=bytes(size), page_count=1, has_folio=False, anchors={}, elements="[]")


def test_the_folder_keeps_to_its_limit_and_what_was_used_last(tmp_path: Path) -> None:
    cache = PieceCache(tmp_path, limit_bytes=10_000)
    keys = [f"{number:064x}" for number in range(8)]
    for age, key in enumerate(keys):
        cache.keep(key, piece(2000))
        os.utime(tmp_path / key[:2] / key[2:], (age, age))
    assert cache.get(keys[0]) == piece(2000)  # used now: the oldest is the next
    cache.trim()
    left = [key for key in keys if (tmp_path / key[:2] / key[2:]).exists()]
    assert keys[0] in left
    assert keys[1] not in left
    assert sum(path.stat().st_size for path in tmp_path.glob("??/*")) <= 10_000


def test_a_record_that_cannot_be_read_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "book.json").write_text("{")
    assert PieceCache(tmp_path).why("x", {}) == "it was not set before"
