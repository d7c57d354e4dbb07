"""Books that many tests look at, each built once a process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, read_pages
from project import HARBOUR, ROOT

_LEFT_OUT = pytest.StashKey[int]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without Ghostscript there is no second opinion: leave those tests out, and count them."""
    if shutil.which("gs"):
        return
    asked = [item for item in items if item.get_closest_marker("gs")]
    config.stash[_LEFT_OUT] = len(asked)
    if asked:
        config.hook.pytest_deselected(items=asked)
        items[:] = [item for item in items if item not in asked]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out."""
    left_out = config.stash.get(_LEFT_OUT, 0)
    if left_out:
        terminalreporter.write_line(f"Left out: {left_out} second opinions by Ghostscript, which is not installed.")


def delivered(result: BuildResult) -> BuildResult:
    """A build, with its errors as the reason where it was withheld."""
    assert not result.failed, "\n".join(str(finding) for finding in result.report if finding.severity == "error")
    return result


@pytest.fixture(scope="session")
def book_2020(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The 2020 edition, both targets."""
    return delivered(build_edition(ROOT / "content" / "2020", tmp_path_factory.mktemp("book-2020")))


@pytest.fixture(scope="session")
def pages_2020(book_2020: BuildResult) -> list[PageText]:
    """What the email file of 2020 says, page by page."""
    return list(read_pages(book_2020.files["email"]))


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The made-up edition, both targets."""
    return delivered(build_edition(HARBOUR, tmp_path_factory.mktemp("harbour")))


@pytest.fixture(scope="session")
def pages_harbour(harbour: BuildResult) -> list[PageText]:
    """What the email file of the made-up edition says, page by page."""
    return list(read_pages(harbour.files["email"]))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project with the made-up edition, to be broken."""
    from project import copy_project

    copy_project(tmp_path / "project")
    return tmp_path / "project"
