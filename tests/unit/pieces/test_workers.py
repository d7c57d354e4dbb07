"""Workers: the same book by one process and by several, what happens when one of them ends, and what is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from directory_pub.pieces import Workers
from directory_pub.pieces.workers import Crash
from project import HARBOUR, ROOT

# In a process of its own: workers are copies of the process that they begin in, and a test's has threads.
SCRIPT = """
import hashlib, json, os, signal, sys, time
from pathlib import Path
sys.path[:0] = [{src!r}, {tests!r}]
import directory_pub.storage.files
from directory_pub.build import build_edition
from directory_pub.pieces import Resources, finish_piece as gather
from directory_pub.typeset import Engine

# Whoever runs the tests in the background has interrupts ignored, and every process below him.
signal.signal(signal.SIGINT, signal.default_int_handler)
folder, jobs, deed = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
set_piece, place_piece, put_in_place = Engine.set_piece, gather.place_piece, directory_pub.storage.files.put_in_place
parent = os.getpid()

def befall(when):
    if os.getpid() != parent and deed == "die " + when:
        os.kill(os.getpid(), 9)
    if os.getpid() != parent and deed == "sleep " + when:
        print("asleep", flush=True)
        time.sleep(60)

def set_or_not(engine, html, layout, **more):
    if "North Quay" in html and layout == "parts/entry.html.j2":
        befall("setting")
    return set_piece(engine, html, layout, **more)

def place_or_not(piece, *told, **more):
    if "north-quay" in piece.anchors and piece.has_folio:
        befall("finishing")
    return place_piece(piece, *told, **more)

def put_or_not(temporary, path, **more):
    if len(path.name) == 62:
        befall("keeping")
    return put_in_place(temporary, path, **more)

Engine.set_piece, gather.place_piece, directory_pub.storage.files.put_in_place = set_or_not, place_or_not, put_or_not
steps = {{}}
made = build_edition(
    Path(sys.argv[4]),
    folder / "out",
    resources=Resources(jobs=jobs, cache=folder / "kept"),
    show=lambda progress: steps.update({{progress.step: [progress.done, progress.total, progress.kept]}}),
)
print(json.dumps({{
    "files": {{name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in made.files.items()}},
    "findings": [(finding.code, finding.message) for finding in made.report],
    "set": sorted(made.pieces_set), "kept": sorted(made.pieces_kept), "steps": steps,
}}))
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("script") / "script.py"
    path.write_text(textwrap.dedent(SCRIPT.format(src=str(ROOT / "src"), tests=str(ROOT / "tests"))))
    return path


def run(script: Path, folder: Path, jobs: int, deed: str = "nothing", edition: Path = HARBOUR) -> dict[str, Any]:
    """What the script tells of a build into a folder."""
    command = [sys.executable, script, folder, str(jobs), deed, edition]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.fixture(scope="module")
def alone(script: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The book as one process makes it."""
    return run(script, tmp_path_factory.mktemp("alone"), 1)


# -------------------------------------------------------------------- several processes
def test_several_processes_make_the_same_bytes_as_one(script: Path, alone: dict[str, Any], tmp_path: Path) -> None:
    shared = run(script, tmp_path, 3)
    assert set(alone["files"]) == {"press", "email"}
    assert shared["files"] == alone["files"]
    assert shared["findings"] == []
    assert (shared["set"], shared["kept"]) == (alone["set"], [])


def test_several_processes_tell_the_same_findings_in_the_same_order_as_one(
    script: Path, project: Path, tmp_path: Path
) -> None:
    """Each entry with a word that does not fit: whoever is done first, they are told in the order of the book."""
    edition = project / "content" / "harbour"
    for path in edition.rglob("*.md"):
        path.write_text(path.read_text("utf-8").rstrip() + f"\n\n{'x' * 150} end.\n", "utf-8")
    alone, shared = (run(script, tmp_path / f"jobs{jobs}", jobs, edition=edition) for jobs in (1, 3))
    assert len(alone["findings"]) > 3
    assert shared["findings"] == alone["findings"]
    assert shared["files"] == alone["files"]


def test_a_piece_that_takes_its_worker_along_is_named_and_the_others_are_kept(
    script: Path, alone: dict[str, Any], tmp_path: Path
) -> None:
    told = run(script, tmp_path, 2, "die setting")
    assert told["files"] == {}
    assert told["findings"] == [["piece-crashed", "the process that set 'north-quay' ended before it was done."]]
    again = run(script, tmp_path, 2)
    assert again["files"] == alone["files"]
    assert {"north-quay"} <= set(again["set"])
    # What follows from the page counts was not begun.
    assert {name.partition(" ")[0] for name in again["set"]} <= {
        "north-quay",
        "contents",
        "notes",
        "back-cover",
        "folios",
    }
    assert {"tide-office", "lantern-league", "towns", "preface"} <= set(again["kept"])


def test_a_piece_that_takes_its_worker_along_while_it_is_gathered_is_named_too(
    script: Path, alone: dict[str, Any], tmp_path: Path
) -> None:
    told = run(script, tmp_path, 2, "die finishing")
    assert told["files"] == {}
    ((code, message),) = told["findings"]
    assert code == "piece-crashed"
    assert "'north-quay'" in message
    again = run(script, tmp_path, 2)
    assert again["files"] == alone["files"]
    assert again["set"] == []
    done, total, kept = again["steps"]["finish"]
    assert (done, kept) == (total, total - 1), "one piece is gathered, the others are kept"


@pytest.mark.parametrize("when", ["setting", "finishing", "keeping"])
def test_an_interrupt_leaves_no_process_and_no_half_file(
    script: Path, alone: dict[str, Any], tmp_path: Path, when: str
) -> None:
    command = [sys.executable, script, tmp_path, "2", f"sleep {when}", HARBOUR]
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
    assert list(tmp_path.rglob(".*")) == []  # no half file
    assert list(tmp_path.glob("out/*.pdf")) == []
    assert run(script, tmp_path, 2)["files"] == alone["files"]


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


# -------------------------------------------------------------------- how work is shared out
class Elsewhere:
    """A cluster of two threads that counts what it holds at once."""

    workers = 2

    def __init__(self) -> None:
        self.executor = ThreadPoolExecutor(self.workers)
        self.held, self.most, self.ended = 0, 0, False

    def bring(self, work: Callable[[Any, Any], Any], job: Any) -> Future[Any]:
        self.held += 1
        self.most = max(self.most, self.held)
        return self.executor.submit(work, "its own bench", job)

    def is_crash(self, fault: BaseException) -> bool:
        return isinstance(fault, ConnectionError)

    def end(self) -> None:
        self.ended = True


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    cluster = Elsewhere()
    with cluster.executor:
        yield cluster


def told_of(worker: str, job: int) -> str:
    if job == 3:
        raise ConnectionError("the worker is gone")
    if job == 99:
        raise KeyError("a fault of the work")
    return f"{worker} {job}"


def test_one_process_does_the_work_itself_and_in_turn() -> None:
    with Workers("bench", 1) as workers:
        assert list(workers.share(told_of, [4, 5, 6, 7])) == [(at, f"bench {at + 4}") for at in range(4)]


def test_a_worker_of_a_cluster_that_ends_is_a_crash_and_the_others_results_come(elsewhere: Elsewhere) -> None:
    with Workers("bench", 1, elsewhere) as workers:
        results = dict(workers.share(told_of, range(6)))
    assert sorted(results) == list(range(6))
    assert isinstance(results[3], Crash)
    assert [results[at] for at in (0, 1, 2, 4, 5)] == [f"its own bench {at}" for at in (0, 1, 2, 4, 5)]


def test_a_fault_of_the_work_is_raised_and_no_crash(elsewhere: Elsewhere) -> None:
    with Workers("bench", 1, elsewhere) as workers, pytest.raises(KeyError, match="a fault of the work"):
        list(workers.share(told_of, [1, 99, 2]))
    assert elsewhere.ended, "what is not done is taken back"


def test_no_more_jobs_are_held_than_workers_can_begin_soon(elsewhere: Elsewhere) -> None:
    with Workers("bench", 1, elsewhere) as workers:
        done = 0
        for _ in workers.share(told_of, range(10, 90)):
            done += 1
            elsewhere.held -= 1
    assert done == 80
    assert elsewhere.most <= 4 * elsewhere.workers
