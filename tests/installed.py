"""The package as somebody gets it: installed into an environment of its own, away from the sources."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from project import ROOT


def install(environment: Path, *what: Path | str) -> None:
    pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--constraint", ROOT / "requirements.lock", *what], check=True, env=plain(environment))


def plain(environment: Path) -> dict[str, str]:
    """This process's variables without what leads to the sources, or to pieces that they made."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_"))}
    return {**kept, "HOME": str(environment / "home")}


def run_installed(environment: Path, *words: str | Path, within: Path, code: int = 0) -> str:
    """What ``directory-pub`` of an environment says in a folder; it has to leave with ``code``."""
    ended = subprocess.run(
        [environment / "bin" / "directory-pub", *words],
        cwd=within,
        env=plain(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == code, f"{words}: exit {ended.returncode}\n{ended.stdout}{ended.stderr}"
    return ended.stdout + ended.stderr
