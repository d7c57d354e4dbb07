"""Pieces on a Dask cluster: a real scheduler and two workers, one of which is killed, give the same bytes as one core."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory_pub.build import BuildResult
from program import wait_until
from project import HARBOUR, ROOT

pytestmark = pytest.mark.slow

BUILD = """
import sys
from pathlib import Path
from directory_pub.build import build_edition
from directory_pub.pieces import Resources
edition, output, kept, address = sys.argv[1:]
result = build_edition(Path(edition), Path(output), resources=Resources(cache=Path(kept), cluster=address))
print(result.failed, len(result.pieces_set))
"""


def start(*arguments: str, log: Path) -> subprocess.Popen[bytes]:
    """A process of its own group, in a folder where nothing of the project lies."""
    with log.open("wb") as told:
        return subprocess.Popen(
            [sys.executable, *arguments], stdout=told, stderr=told, cwd=log.parent, start_new_session=True
        )


def wait_for(log: Path, pattern: str) -> str:
    """What a log says there, once it says it."""
    found = wait_until(lambda: re.search(pattern, log.read_text("utf-8", "replace")), log.read_text)
    assert found is not None
    return found[1]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler on a free port of this machine, and two workers of one thread without a nanny."""
    running = []
    try:
        log = tmp_path / "scheduler.log"
        running.append(
            start(
                "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", log=log
            )
        )
        address = wait_for(log, r"Scheduler at:\s+tcp://(127\.0\.0\.1:\d+)")
        for number in (1, 2):
            (tmp_path / f"worker{number}").mkdir()
            log = tmp_path / f"worker{number}" / "log"
            options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(log.parent)]
            running.append(start("-m", "distributed.cli.dask_worker", f"tcp://{address}", *options, log=log))
            wait_for(log, r"(Registered to)")
        yield f"dask://{address}", running[1:]
    finally:
        for process in running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], harbour: BuildResult, tmp_path: Path
) -> None:
    address, workers = cluster
    script, log, kept = tmp_path / "build.py", tmp_path / "build.log", tmp_path / "kept"
    script.write_text(BUILD)
    building = start(str(script), str(HARBOUR), str(tmp_path / "out"), str(kept), address, log=log)
    try:
        wait_until(lambda: len(list(kept.glob("??/*"))) >= 4 or building.poll() is not None, log.read_text)
        assert building.poll() is None, log.read_text()
        os.kill(workers[0].pid, signal.SIGKILL)
        assert building.wait(120) == 0, log.read_text()
    finally:
        if building.poll() is None:
            building.kill()
            building.wait()
    failed, pieces_set = log.read_text().splitlines()[-1].split()
    assert failed == "False"
    assert int(pieces_set) == len(harbour.pieces_set) > 10
    assert workers[1].poll() is None
    for target in ("press", "email"):
        name = harbour.files[target].name
        assert (tmp_path / "out" / name).read_bytes() == harbour.files[target].read_bytes()


@pytest.mark.parametrize(
    ("address", "said"),
    [("127.0.0.1:8786", "names no cluster"), ("dask://127.0.0.1:1", "no Dask scheduler answers at 127.0.0.1:1")],
)
def test_a_cluster_that_cannot_be_used_is_refused_in_two_lines(address: str, said: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from directory_pub.commands.main import main; main()", "build", str(HARBOUR)),
            *("--output", str(tmp_path / "out"), "--executor", address),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={
            **os.environ,
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s",
        },
    )
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
