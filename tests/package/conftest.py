"""The distributions, and an environment that has the wheel: made once a run."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from installed import install
from project import ROOT


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist, and the wheel that was made of it, by their endings."""
    out = tmp_path_factory.mktemp("distributions")
    subprocess.run([sys.executable, "-m", "build", "--outdir", out, ROOT], check=True, capture_output=True)
    return {"wheel": next(out.glob("*.whl")), "sdist": next(out.glob("*.tar.gz"))}


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory, distributions: dict[str, Path]) -> Path:
    """A new virtual environment with the wheel and what it needs, as pinned here."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    install(folder, distributions["wheel"])
    return folder
