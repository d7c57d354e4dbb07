"""The same content gives the same bytes, whatever the folder, the process or the hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from directory_pub.build import BuildResult
from project import ROOT, copy_project


@pytest.mark.slow
def test_another_folder_process_time_zone_and_hash_seed_give_the_same_bytes(
    book_2020: BuildResult, tmp_path: Path
) -> None:
    edition = copy_project(tmp_path / "a longer way down" / "other", ROOT / "content" / "2020")
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "2",
        "TZ": "Pacific/Auckland",
        "XDG_CACHE_HOME": str(tmp_path / "none"),
    }
    command = [sys.executable, "-m", "directory_pub.commands.main", "build", edition, "--output", tmp_path / "out"]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    for first in book_2020.files.values():
        assert (tmp_path / "out" / first.name).read_bytes() == first.read_bytes()
