"""Books that many tests look at, each built once a process."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, read_pages
from project import HARBOUR, ROOT

_LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """What is left out of an ordinary run may be asked for."""
    parser.addoption("--slow", action="store_true", help="run the tests that take most of a minute, too")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot be run here (or was not asked for), and count it."""
    config.stash[_LEFT_OUT] = []
    for marker, (wanted, reason) in _reasons(config).items():
        asked = [] if wanted else [item for item in items if item.get_closest_marker(marker)]
        if asked:
            config.stash[_LEFT_OUT].append(f"{len(asked)} {reason}")
            config.hook.pytest_deselected(items=asked)
            items[:] = [item for item in items if item not in asked]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out; with xdist the workers collect, and only they could count."""
    counted = config.stash.get(_LEFT_OUT, None)
    for reason in (
        [reason for wanted, reason in _reasons(config).values() if not wanted] if counted is None else counted
    ):
        terminalreporter.write_line(f"Left out: {reason}.")


def _reasons(config: pytest.Config) -> dict[str, tuple[bool, str]]:
    """For each marker whether its tests can be run, and what is left out otherwise."""
    return {
        "gs": (bool(shutil.which("gs")), "second opinions by Ghostscript, which is not installed"),
        "postfix": (
            bool(shutil.which("postfix")) and os.geteuid() == 0,
            "tests with Postfix, which is not installed or not ours to start",
        ),
        "slow": (bool(config.getoption("--slow")), "slow tests, which --slow runs"),
    }


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
