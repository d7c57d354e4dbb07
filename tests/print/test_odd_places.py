"""Where a build is run and where it writes: full disks, closed outputs, folders with odd names or none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from project import ROOT, copy_project
from small_book import write_small

pytestmark = pytest.mark.slow

ENTRIES = {"quay": "---\nname: Quay\nmark: guest\n---\n\nBoats lie here.", "mole": "Waves break here."}
NOT_UTF8 = os.fsdecode(b"caf\xe9")


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return write_small(tmp_path / "edition", ENTRIES)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 kB, which the email PDF fits onto and the press PDF does not."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a disk of its own cannot be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def run(*words: object, kept: Path, shell: str = "", cwd: Path | None = None, **environment: str) -> Any:
    """The program, or what a shell makes of it as ``"$@"``."""
    command = [sys.executable, "-m", "directory_pub.commands.main", *map(str, words)]
    return subprocess.run(
        ["bash", "-c", shell, "bash", *command] if shell else command,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(kept), **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


def told_of(done: Any) -> str:
    told = (done.stdout + done.stderr).decode(errors="replace")
    assert "Traceback" not in told, told
    return told


# -------------------------------------------------------------------- full disks
def test_an_output_folder_without_room_is_named_and_keeps_what_it_had(
    edition: Path, kept: Path, small_disk: Path
) -> None:
    assert run("build", edition, "--output", small_disk, "--target", "email", kept=kept).returncode == 0
    before = {path.name: path.read_bytes() for path in small_disk.iterdir()}
    done = run("build", edition, "--output", small_disk, kept=kept)
    told = told_of(done)
    assert done.returncode == 3, told
    assert f"directory-pub: cannot write to {small_disk}: the disk is full.\n    Make room there" in told
    assert {path.name: path.read_bytes() for path in small_disk.iterdir()} == before


def test_a_temporary_folder_without_room_is_named(edition: Path, kept: Path, small_disk: Path, tmp_path: Path) -> None:
    (small_disk / "fill").write_bytes(bytes(290_000))
    done = run("build", edition, "--output", tmp_path / "out", kept=kept, TMPDIR=str(small_disk))
    told = told_of(done)
    assert done.returncode in {0, 3}, told  # the engine may need little
    if done.returncode:
        assert f"cannot write to {small_disk}" in told
        assert "the disk is full" in told
    assert [path.name for path in small_disk.iterdir()] == ["fill"]


def test_a_hand_off_and_a_booklet_without_room_are_told_of_the_same_way(
    edition: Path, kept: Path, small_disk: Path, tmp_path: Path
) -> None:
    assert run("build", edition, "--output", tmp_path / "out", "--target", "email", kept=kept).returncode == 0
    (small_disk / "fill").write_bytes(bytes(280_000))
    booklet = ["impose", tmp_path / "out" / "small-email.pdf", "--output", small_disk / "booklet.pdf"]
    for words in (booklet, ["handoff", edition, "--output", small_disk]):
        done = run(*words, kept=kept)
        told = told_of(done)
        assert done.returncode == 3, told
        assert f"cannot write to {small_disk}: the disk is full." in told
        assert [path.name for path in small_disk.iterdir()] == ["fill"]


def test_a_limit_for_files_is_told_of(edition: Path, kept: Path, tmp_path: Path) -> None:
    shell = 'ulimit -f 200; exec "$@"'
    done = run("build", edition, "--output", tmp_path / "out", kept=kept, shell=shell)
    told = told_of(done)
    assert done.returncode == 3, told
    assert ": file too large.\n    Raise the limit for files (ulimit -f)" in told
    assert list((tmp_path / "out").iterdir()) == []


# -------------------------------------------------------------------- closed outputs
@pytest.mark.parametrize(
    "shell",
    ['"$@" >&-', '"$@" 2>&-', '"$@" >&- 2>&- <&-', 'set -o pipefail; "$@" 2>&1 | true', '"$@" 2>/dev/full'],
)
def test_nobody_who_listens_is_no_reason_not_to_deliver(edition: Path, kept: Path, tmp_path: Path, shell: str) -> None:
    out = tmp_path / "out"
    done = run("build", edition, "--output", out, kept=kept, shell=shell)
    told_of(done)
    if "full" in shell:
        assert done.returncode == 3
        return
    assert done.returncode == 0
    assert sorted(path.name for path in out.iterdir()) == ["report.json", "small-email.pdf", "small-press.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF-") for path in out.glob("*.pdf"))


def test_a_standard_output_without_room_is_named(edition: Path, kept: Path, tmp_path: Path) -> None:
    words = ["build", edition, "--output", tmp_path / "out", "--json", "-"]
    done = run(*words, kept=kept, shell='"$@" >/dev/full')
    assert (done.returncode, "cannot write to standard output: the disk is full" in told_of(done)) == (3, True)


@pytest.mark.parametrize("shell", ['"$@" --json /dev/stdout', '"$@" --json >(cat) | cat', '"$@" --json - | cat'])
def test_findings_go_into_what_the_shell_opened(edition: Path, kept: Path, tmp_path: Path, shell: str) -> None:
    done = run("build", edition, "--output", tmp_path / "out", kept=kept, shell=shell)
    told_of(done)
    told = done.stdout.decode()
    assert json.loads(told[told.rindex("[") :] if ">(" not in shell else "[]") == []
    assert done.returncode == 0


def test_a_folder_for_findings_is_refused_before_anything_is_made(edition: Path, kept: Path, tmp_path: Path) -> None:
    done = run("build", edition, "--output", tmp_path / "out", "--json", tmp_path, kept=kept)
    assert (done.returncode, f"{tmp_path} is a folder." in told_of(done)) == (2, True)
    assert not (tmp_path / "out").exists()


# -------------------------------------------------------------------- names
@pytest.mark.parametrize("name", [NOT_UTF8, "a\nb \U0001f6a2 \x1b[31m", "50%25 #1 ?x=1 [b]\"quo'ted\"", "y" * 200])
def test_a_project_may_have_any_name(kept: Path, tmp_path: Path, name: str) -> None:
    project = tmp_path / name
    copy_project(project)
    write_small(project / "content" / name, ENTRIES)
    for words in (
        ["build", project / "content" / name, "--output", f"out {name}"[:80], "--json", "found.json"],
        ["preflight", f"out {name}"[:80] + "/small-press.pdf", "--json", "-"],
        ["impose", f"out {name}"[:80] + "/small-email.pdf", "--output", "booklet.pdf"],
    ):
        done = run(*words, kept=kept, cwd=project)
        assert done.returncode == 0, told_of(done)
    assert json.loads((project / "found.json").read_bytes()) == []


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TERM": "no-such-terminal", "FORCE_COLOR": "1", "COLUMNS": "0"},
        {"TERM": ""},
    ],
    ids=lambda told: next(iter(told)),
)
def test_any_terminal_will_do(edition: Path, kept: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    entry = edition / "entries" / "mole.md"
    entry.write_text(entry.read_text("utf-8").replace("Waves", "[Wäves](łódź “here"), "utf-8")
    done = run("build", edition, "--output", tmp_path / NOT_UTF8, kept=kept, **environment)
    assert done.returncode == 1, told_of(done)
    told_of(done)


def test_a_working_folder_that_is_gone_is_told_of(kept: Path, edition: Path) -> None:
    shell = 'mkdir gone; cd gone; rmdir ../gone; exec "$@"'
    for words in (["build"], ["build", edition], ["preflight", "x.pdf"], ["impose", "x.pdf"]):
        done = run(*words, kept=kept, cwd=edition, shell=shell)
        told = told_of(done)
        assert done.returncode in {2, 3}, told
