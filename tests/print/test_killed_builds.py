"""Builds that are killed at a random moment: the next one makes the same bytes, and nothing of them is left."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from program import HEARING, is_alive, wait_until
from project import ROOT
from small_book import write_small

ENTRIES = {f"quay-{number}": f"Boats lie at quay {number}." for number in range(3)} | {
    "mole": "---\nname: Mole\nmark: guest\n---\n\nWaves break here."
}
SEED = 2031
LONGEST_S = 2.5  # about what a build takes whose pieces are not kept


class House:
    """A small edition with its output, cache and temporary folder, and how it is built there."""

    def __init__(self, folder: Path) -> None:
        self.edition = write_small(folder / "edition", ENTRIES)
        self.out, self.kept, self.passing = (folder / name for name in ("out", "kept", "passing"))
        self.passing.mkdir()
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "TMPDIR": str(self.passing),
            "XDG_CACHE_HOME": str(self.kept),
        }

    def begin(self, *options: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", HEARING, "build", self.edition, "--output", self.out, "--jobs", "2", *options],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def build(self) -> dict[str, str]:
        with self.begin() as building:
            told, _ = building.communicate(timeout=60)
        assert building.returncode == 0, told
        return self.sums()

    def sums(self) -> dict[str, str]:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.out.glob("*.pdf")}

    def strays(self) -> list[Path]:
        """What is hidden in the output and the cache, and all that is left among temporary files."""
        hidden = [path for folder in (self.out, self.kept) for path in folder.rglob(".*")]
        return [*hidden, *self.out.glob("*draft*"), *self.passing.iterdir()]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def end(building: subprocess.Popen[str], number: int, *, whole_group: bool) -> None:
    (os.killpg if whole_group else os.kill)(building.pid, number)
    building.wait(30)
    wait_until(lambda: not is_alive(building.pid), lambda: "a worker outlives the build")


@pytest.mark.slow
def test_builds_that_are_killed_at_a_random_moment_lose_nothing_and_leave_nothing(house: House) -> None:
    chance = random.Random(SEED)
    good = house.build()
    assert sorted(good) == ["small-email.pdf", "small-press.pdf"]
    entry = house.edition / "entries" / "mole.md"
    text = entry.read_text("utf-8")
    for number in range(8):
        entry.write_text(text.replace("Waves", f"Waves {number}"), "utf-8")
        with house.begin() as building:
            time.sleep(chance.uniform(0, LONGEST_S))
            how = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
            end(building, how, whole_group=chance.random() < 0.5)
        assert set(house.sums()) >= set(good), "what was delivered stays"
        entry.write_text(text, "utf-8")
        assert house.build() == good, (number, how)
        assert house.strays() == [], (number, how)


@pytest.mark.slow
def test_a_killed_build_takes_its_workers_along_and_the_next_one_clears_up(house: House) -> None:
    house.build()
    entry = house.edition / "entries" / "mole.md"
    entry.write_text(entry.read_text("utf-8").replace("Waves", "Breakers"), "utf-8")
    before = house.sums()
    with house.begin("--printer", "offset-fogra39") as building:
        assert building.stdout
        while "write press" not in building.stdout.readline():
            pass
        end(building, signal.SIGKILL, whole_group=False)
    assert house.sums().items() >= before.items()
    assert house.strays(), "nobody could clear up"
    house.build()
    assert house.strays() == []


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_build_that_is_told_to_end_clears_up_and_says_by_its_code_what_ended_it(
    house: House, number: int, code: int
) -> None:
    with house.begin() as building:
        assert building.stdout
        while "make" not in building.stdout.readline():
            pass
        end(building, number, whole_group=False)
        told = building.stdout.read()
    assert building.returncode == code
    assert "Traceback" not in told
    assert house.strays() == []
    assert house.sums() == {}


@pytest.mark.quick("0.03", "0.25")
@pytest.mark.parametrize("wait_s", [0.03, 0.06, 0.1, 0.15, 0.25, 0.4, 0.6])
def test_an_interrupt_before_there_is_anything_to_interrupt_is_quiet(house: House, wait_s: float) -> None:
    """While the program is still being imported; the interpreter's own beginning is not ours."""
    ready = f"import directory_pub.commands.main; print(flush=True); {HEARING}"  # what stands before is not timed
    with subprocess.Popen(
        [sys.executable, "-c", ready, "build", house.edition, "--output", house.out],
        env=house.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as building:
        assert building.stdout
        building.stdout.readline()
        time.sleep(wait_s)
        building.send_signal(signal.SIGINT)
        _, told = building.communicate(timeout=60)
    assert (building.returncode, "Traceback" in told) == (130, False), told


# An interrupt while a class names what is in it, which Python tells of as an error of another kind.
NAMING = """
import os, signal, sys, types

class Named:
    def __set_name__(self, owner, name):
        os.kill(os.getpid(), signal.SIGINT)

def run():
    type("Owner", (), {"named": Named()})

sys.modules["directory_pub.commands.app"] = types.SimpleNamespace(run=run)
"""


def test_an_interrupt_while_a_class_is_made_is_quiet(house: House) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", f"{NAMING}\n{HEARING}"], env=house.environment, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (130, "")


# Imports a module as the interpreter does, but ends something first: what its end raises, nobody hears.
DEAF = """
import signal, sys

class Deaf:
    def __del__(self):
        signal.raise_signal({number})

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            Deaf()

sys.meta_path.insert(0, Finder())
"""


@pytest.mark.quick("2-130-directory_pub*")
@pytest.mark.parametrize("module", ["directory_pub.commands.app", "weasyprint"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_where_a_library_lets_no_exception_through_ends_the_build_all_the_same(
    house: House, number: int, code: int, module: str
) -> None:
    deaf = DEAF.format(number=int(number), module=module)
    with subprocess.Popen(
        [sys.executable, "-c", deaf + HEARING, "build", house.edition, "--output", house.out],
        env=house.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as building:
        told, _ = building.communicate(timeout=60)
    assert (building.returncode, "Traceback" in told) == (code, False), told
    assert house.strays() == []


@pytest.mark.slow
def test_two_builds_into_one_folder_come_one_after_the_other(house: House) -> None:
    with house.begin() as first:
        assert first.stdout
        first.stdout.readline()
        with house.begin() as second:
            told, _ = second.communicate(timeout=120)
        first.stdout.read()
    assert (first.wait(60), second.returncode) == (0, 0)
    assert f"another build is writing into {house.out}: waiting" in told
    assert house.strays() == []


@pytest.mark.slow
def test_whoever_waits_for_another_build_may_be_interrupted_and_one_that_is_killed_lets_go(house: House) -> None:
    with house.begin() as first:
        assert first.stdout
        first.stdout.readline()
        os.kill(first.pid, signal.SIGSTOP)
        with house.begin() as second:
            assert second.stdout
            assert "waiting" in second.stdout.readline()
            end(second, signal.SIGINT, whole_group=False)
        assert second.returncode == 130
        os.kill(first.pid, signal.SIGKILL)
    assert len(house.build()) == 2
