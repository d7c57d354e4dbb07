"""Workers: the same book by one process and by several, what happens when one of them ends, and what is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.pieces import Progress, Resources, Workers
from directory_pub.pieces.workers import Crash
from program import is_alive, wait_until
from project import ROOT
from small_book import write_small

# In a process of its own: workers are copies of the process that they begin in, and a test's has threads.
SCRIPT = """
import json, os, signal, sys, time
from pathlib import Path
sys.path[:0] = [{src!r}, {tests!r}]
import directory_pub.storage.files
from directory_pub.build import build_edition
from directory_pub.pieces import Resources, finish_piece
from directory_pub.typeset import Engine

# Tests that run in the background have interrupts ignored, and so do all processes that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
folder, jobs, deed = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
set_piece, place_piece, put_in_place = Engine.set_piece, finish_piece.place_piece, directory_pub.storage.files.put_in_place
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

def place_or_not(piece, *rest, **more):
    if "north-quay" in piece.anchors and piece.has_folio:
        befall("finishing")
    return place_piece(piece, *rest, **more)

def put_or_not(temporary, path, **more):
    if len(path.name) == 62:
        befall("keeping")
    return put_in_place(temporary, path, **more)

Engine.set_piece, finish_piece.place_piece, directory_pub.storage.files.put_in_place = set_or_not, place_or_not, put_or_not
made = build_edition(Path(sys.argv[4]), folder / "out", resources=Resources(jobs=jobs, cache=folder / "kept"))
print(json.dumps({{
    "files": {{name: path.read_bytes().hex() for name, path in made.files.items()}},
    "findings": [str(finding) for finding in made.report],
    "set": list(made.pieces_set),
}}))
"""
ENTRIES = {
    "north-quay": "---\nname: North Quay\nmark: guest\n---\n\nWe keep the lamps.",
    "mole": "We keep boats.[^a]\n\n[^a]: Many.",
    "pier": "We keep time.",
}


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("script") / "script.py"
    path.write_text(textwrap.dedent(SCRIPT.format(src=str(ROOT / "src"), tests=str(ROOT / "tests"))))
    return path


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("edition"), ENTRIES)


def run(script: Path, folder: Path, jobs: int, edition: Path, deed: str = "nothing") -> dict[str, Any]:
    """What the script reports of a build into a folder by several processes."""
    command = [sys.executable, script, folder, str(jobs), deed, edition]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    outcome: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return outcome


def build(folder: Path, edition: Path, steps: dict[str, Progress] | None = None) -> BuildResult:
    """The build into that folder by this process alone."""
    show = {} if steps is None else {"show": lambda progress: steps.update({progress.step: progress})}
    return build_edition(edition, folder / "out", resources=Resources(cache=folder / "kept"), **show)


def files_of(result: BuildResult) -> dict[str, str]:
    return {name: path.read_bytes().hex() for name, path in result.files.items()}


@pytest.fixture(scope="module")
def alone(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The book as one process makes it."""
    return build(tmp_path_factory.mktemp("alone"), edition)


# -------------------------------------------------------------------- several processes
@pytest.mark.slow
def test_several_processes_make_the_same_bytes_as_one(
    script: Path, edition: Path, alone: BuildResult, tmp_path: Path
) -> None:
    shared = run(script, tmp_path, 3, edition)
    assert set(shared["files"]) == {"press", "email"}
    assert shared["files"] == files_of(alone)
    assert shared["findings"] == [str(finding) for finding in alone.report]
    assert sorted(shared["set"]) == sorted(alone.pieces_set)


@pytest.mark.slow
def test_several_processes_report_the_same_findings_in_the_same_order_as_one(script: Path, tmp_path: Path) -> None:
    """Each entry has a word that does not fit: whichever is done first, they come in the order of the book."""
    edition = write_small(tmp_path / "edition", {key: f"{text}\n\n{'x' * 150} end." for key, text in ENTRIES.items()})
    alone, shared = build(tmp_path / "alone", edition), run(script, tmp_path / "shared", 3, edition)
    assert [finding.code for finding in alone.report].count("words-overset") == len(ENTRIES)
    assert shared["findings"] == [str(finding) for finding in alone.report]
    assert shared["files"] == files_of(alone)


@pytest.mark.slow
def test_a_piece_that_ends_its_worker_is_named_and_the_others_are_kept(
    script: Path, edition: Path, alone: BuildResult, tmp_path: Path
) -> None:
    outcome = run(script, tmp_path, 2, edition, "die setting")
    assert outcome["files"] == {}
    (crash,) = [finding for finding in outcome["findings"] if "piece-crashed" in finding]
    assert "the process that set 'north-quay' ended before it was done." in crash
    again = build(tmp_path, edition)
    assert files_of(again) == files_of(alone)
    # What follows from the page counts was not begun.
    assert {name.partition(" ")[0] for name in again.pieces_set} - {"contents", "notes", "folios"} == {"north-quay"}


@pytest.mark.slow
def test_a_piece_that_ends_its_worker_while_it_is_finished_is_named_too(
    script: Path, edition: Path, alone: BuildResult, tmp_path: Path
) -> None:
    outcome = run(script, tmp_path, 2, edition, "die finishing")
    assert outcome["files"] == {}
    (crash,) = [finding for finding in outcome["findings"] if "piece-crashed" in finding]
    assert "'north-quay'" in crash
    steps: dict[str, Progress] = {}
    again = build(tmp_path, edition, steps)
    assert files_of(again) == files_of(alone)
    assert again.pieces_set == {}
    finish = steps["finish"]
    assert (finish.done, finish.kept) == (finish.total, finish.total - 1), "one piece is finished, the others are kept"


@pytest.mark.slow
@pytest.mark.parametrize("when", ["setting", "finishing", "keeping"])
def test_an_interrupt_leaves_no_process_and_no_half_file(
    script: Path, edition: Path, alone: BuildResult, tmp_path: Path, when: str
) -> None:
    command = [sys.executable, script, tmp_path, "2", f"sleep {when}", edition]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as started:
        assert started.stdout
        assert started.stdout.readline() == "asleep\n"
        os.killpg(started.pid, signal.SIGINT)
        assert started.wait(60) != 0
    wait_until(lambda: not is_alive(started.pid))
    assert list(tmp_path.rglob(".*")) == []  # no half file
    assert list(tmp_path.glob("out/*.pdf")) == []
    assert files_of(build(tmp_path, edition)) == files_of(alone)


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
        return self.executor.submit(work, "its own context", job)

    def is_crash(self, fault: BaseException) -> bool:
        return isinstance(fault, ConnectionError)

    def end(self) -> None:
        self.ended = True


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    cluster = Elsewhere()
    with cluster.executor:
        yield cluster


def do(worker: str, job: int) -> str:
    if job == 3:
        raise ConnectionError("the worker is gone")
    if job == 99:
        raise KeyError("a fault of the work")
    return f"{worker} {job}"


def test_one_process_does_the_work_itself_and_in_turn() -> None:
    with Workers("context", 1) as workers:
        assert list(workers.share(do, [4, 5, 6, 7])) == [(at, f"context {at + 4}") for at in range(4)]


def test_a_worker_of_a_cluster_that_ends_is_a_crash_and_the_others_results_come(elsewhere: Elsewhere) -> None:
    with Workers("context", 1, elsewhere) as workers:
        results = dict(workers.share(do, range(6)))
    assert sorted(results) == list(range(6))
    assert isinstance(results[3], Crash)
    assert [results[at] for at in (0, 1, 2, 4, 5)] == [f"its own context {at}" for at in (0, 1, 2, 4, 5)]


def test_a_fault_of_the_work_is_raised_and_no_crash(elsewhere: Elsewhere) -> None:
    with Workers("context", 1, elsewhere) as workers, pytest.raises(KeyError, match="a fault of the work"):
        list(workers.share(do, [1, 99, 2]))
    assert elsewhere.ended, "what is not done is cancelled"


def test_no_more_jobs_are_held_than_workers_can_begin_soon(elsewhere: Elsewhere) -> None:
    with Workers("context", 1, elsewhere) as workers:
        done = 0
        for _ in workers.share(do, range(10, 90)):
            done += 1
            elsewhere.held -= 1
    assert done == 80
    assert elsewhere.most <= 4 * elsewhere.workers
