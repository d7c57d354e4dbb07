"""The same content gives the same bytes, whatever the folder, the process or the hash seed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from project import ROOT, copy_project


def build(edition: Path, output: Path, seed: str) -> dict[str, str]:
    """Build in a process of its own; the SHA-256 of each PDF."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland" if seed == "2" else "UTC"}
    command = [sys.executable, "-m", "directory_pub.commands.main", "build", str(edition), "--output", str(output)]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in output.glob("*.pdf")}


def test_two_builds_in_two_folders_give_the_same_bytes(tmp_path: Path) -> None:
    one = copy_project(tmp_path / "one", ROOT / "content" / "2020")
    other = copy_project(tmp_path / "a longer way down" / "other", ROOT / "content" / "2020")
    first = build(one, tmp_path / "first", "1")
    assert len(first) == 2
    assert first == build(other, tmp_path / "second", "2")
