"""What is installed is whole: it builds the 2020 book away from the sources, the same in every byte."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from directory_pub.build import BuildResult
from directory_pub.edition.theme import PARTS
from installed import install, plain, run_installed
from project import ROOT

pytestmark = pytest.mark.slow


def built_in(names: list[str]) -> set[str]:
    return {name.partition("/built_in/")[2] for name in names if "/built_in/" in name and not name.endswith("/")}


def tracked() -> set[str]:
    """The files of the look that are under version control."""
    listed = subprocess.run(["git", "ls-files", *PARTS, "themes"], cwd=ROOT, check=True, capture_output=True, text=True)
    return set(listed.stdout.splitlines())


def test_both_distributions_have_every_file_of_the_look_with_its_licence(distributions: dict[str, Path]) -> None:
    with zipfile.ZipFile(distributions["wheel"]) as wheel:
        assert built_in(wheel.namelist()) == tracked()
    with tarfile.open(distributions["sdist"]) as sdist:
        below = {name.partition("/")[2] for name in sdist.getnames()}
        assert tracked() <= below
    assert {"fonts/source-sans-3/OFL.txt", "icons/LICENSE.txt", "styles/profiles/sRGB2014.LICENSE.txt"} <= tracked()


def test_the_wheel_has_every_file_of_the_samples(distributions: dict[str, Path]) -> None:
    samples = "src/directory_pub/begin/samples"
    listed = subprocess.run(["git", "ls-files", samples], cwd=ROOT, check=True, capture_output=True, text=True)
    there = {name.removeprefix("src/") for name in listed.stdout.splitlines()}
    assert {Path(name).suffix for name in there} >= {".j2", ".jpg", ".md", ".pdf", ".svg", ".yaml"}
    with zipfile.ZipFile(distributions["wheel"]) as wheel:
        assert there <= {*wheel.namelist()}


def test_the_wheel_builds_the_book_and_so_does_the_sdist(
    environment: Path, distributions: dict[str, Path], book_2020: BuildResult, tmp_path: Path
) -> None:
    edition = shutil.copytree(ROOT / "content" / "2020", tmp_path / "book")
    assert "MISSING" not in run_installed(environment, "doctor", within=tmp_path)
    for which in ("wheel", "sdist"):
        if which == "sdist":
            install(environment, "--no-deps", "--force-reinstall", distributions["sdist"])
        run_installed(environment, "build", within=edition)
        for file in book_2020.files.values():
            assert (edition / "build" / file.name).read_bytes() == file.read_bytes()
        run_installed(environment, "clean", within=edition)
        assert not (edition / "build").exists()


def test_the_module_runs_like_the_command(environment: Path, tmp_path: Path) -> None:
    command = [environment / "bin" / "python", "-m", "directory_pub", "--version"]
    told = subprocess.run(command, cwd=tmp_path, env=plain(environment), check=True, capture_output=True, text=True)
    assert told.stdout.startswith("directory-pub ")
