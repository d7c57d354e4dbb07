"""Books that many tests look at, each built once a run."""

from __future__ import annotations

import fcntl
import gc
import os
import pickle
import resource
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from msgspec.structs import replace
from xdist.scheduler import LoadFileScheduling

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, read_pages
from directory_pub.pieces import Resources
from project import HARBOUR, ROOT, copy_project, kept_pieces

HERE = Path(__file__).parent
# A machine that is at work on something else makes no test fail.
hypothesis.settings.register_profile("without deadline", deadline=None)
hypothesis.settings.load_profile("without deadline")

_LEFT_OUT = pytest.StashKey[list[str]]()
_PEAK = pytest.StashKey[int]()
_GROWTH = 150_000 * (1024 if sys.platform == "darwin" else 1)  # of a process, before it frees what nobody holds: 150 MB

# Files go to whichever process is free, in this order: those that set whole books first, so that at the end, where
# one process may wait for the other, there are short ones.
_LONG = ("package", "findings", "print", "pages", "preview", "preflight", "unit/read/test_schema.py", "impose", "mail")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What is left out of an ordinary run may be asked for."""
    parser.addoption("--slow", action="store_true", help="run the tests that a quick run leaves out, too")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Of a test with ``quick`` cases all others are slow; where a whole file has the mark, one without cases is quick."""
    quick, case = item.get_closest_marker("quick"), getattr(item, "callspec", None)
    if quick and case and not any(fnmatchcase(case.id, each) for each in quick.args):
        item.add_marker(pytest.mark.slow)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot be run here (or was not asked for), and count it."""
    config.stash[_LEFT_OUT] = []
    for marker, (wanted, reason) in _reasons(config).items():
        asked = [] if wanted else [item for item in items if item.get_closest_marker(marker)]
        if asked:
            config.stash[_LEFT_OUT].append(f"{len(asked)} {reason}")
            config.hook.pytest_deselected(items=asked)
            items[:] = [item for item in items if not item.get_closest_marker(marker)]
    items.sort(key=_length)


def _length(item: pytest.Item) -> int:
    """Where the file of a test stands among those that take long."""
    name = item.path.relative_to(HERE).as_posix()
    return next((at for at, each in enumerate(_LONG) if name.startswith(each)), len(_LONG))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """With ``--dist loadfile``, as make has it, what is installed once is for one worker."""
    return _Files(config, log) if config.getoption("dist") == "loadfile" else None


class _Files(LoadFileScheduling):
    """A file of tests is for one worker; those of the package share an environment, and one of them changes it."""

    def _split_scope(self, nodeid: str) -> str:
        file = str(super()._split_scope(nodeid))
        folder, _, _ = file.rpartition("/")
        return folder if folder.endswith("package") else file


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Free what was built: a book holds itself, and among so many objects Python looks for such circles too seldom."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if peak > item.config.stash.get(_PEAK, 0) + _GROWTH:
        gc.collect()
        item.config.stash[_PEAK] = peak


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out; with xdist the workers collect, and only they could count."""
    counted = config.stash.get(_LEFT_OUT, None)
    for reason in (
        [reason for wanted, reason in _reasons(config).values() if not wanted] if counted is None else counted
    ):
        terminalreporter.write_line(f"Left out: {reason}.")


def _reasons(config: pytest.Config) -> dict[str, tuple[bool, str]]:
    """For each marker whether its tests can be run, and what is left out otherwise.

    What asks another program is slow, too, wherever that is installed.
    """
    slow = bool(config.getoption("--slow"))
    may_mail = bool(shutil.which("postfix")) and os.geteuid() == 0
    return {
        "chromium": (slow and bool(shutil.which("chromium")), "tests in Chromium, which --slow runs if it is installed"),
        "gs": (slow and bool(shutil.which("gs")), "second opinions by Ghostscript, which --slow runs if it is installed"),
        "postfix": (slow and may_mail, "tests with Postfix, which --slow runs if it is installed and ours to start"),
        "slow": (slow, "slow tests, which --slow runs"),
    }


def delivered(result: BuildResult) -> BuildResult:
    """A build, with its errors as the reason where it was withheld."""
    assert not result.failed, "\n".join(str(finding) for finding in result.report if finding.severity == "error")
    return result


@contextmanager
def _once(tmp_path_factory: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """A folder that all processes of a run share; within, this process is alone with it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / f"shared-{name}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def built_once(tmp_path_factory: pytest.TempPathFactory, edition: Path, *, variant: str | None = None) -> BuildResult:
    """The build of an edition, or of a variant of it, both targets, in the first process of a run that asks for it.

    Its pieces are kept beside its files (``kept_pieces``).
    """
    with _once(tmp_path_factory, f"{edition.name}-{variant}" if variant else edition.name) as folder:
        told = folder / "result"
        if not told.exists():
            result = delivered(
                build_edition(edition, folder / "out", variant=variant, resources=Resources(cache=folder / "kept"))
            )
            told.write_bytes(pickle.dumps(replace(result, ahead=iter(()))))
        built: BuildResult = pickle.loads(told.read_bytes())
    return built


@pytest.fixture(scope="session")
def book_2020(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The 2020 edition, both targets."""
    return built_once(tmp_path_factory, ROOT / "content" / "2020")


@pytest.fixture(scope="session")
def pages_2020(book_2020: BuildResult) -> list[PageText]:
    """What the email file of 2020 says, page by page."""
    return list(read_pages(book_2020.files["email"]))


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The made-up edition, both targets."""
    return built_once(tmp_path_factory, HARBOUR)


@pytest.fixture(scope="session")
def pages_harbour(harbour: BuildResult) -> list[PageText]:
    """What the email file of the made-up edition says, page by page."""
    return list(read_pages(harbour.files["email"]))


@pytest.fixture(scope="module")
def kept(harbour: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pieces of the made-up edition for the builds of one module, which change some of them."""
    return kept_pieces(harbour, tmp_path_factory.mktemp("pieces"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project with the made-up edition, to be broken."""
    copy_project(tmp_path / "project")
    return tmp_path / "project"
