"""The program: run in this process, or begun in one of its own, waited for and ended."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Callable
from typing import Any, TypeVar

import typer.testing

from directory_pub.commands.main import app

__all__ = ["HEARING", "is_alive", "run", "wait_until"]

T = TypeVar("T")

# Whoever runs the tests in the background has these signals ignored, and every process below him.
HEARING = (
    "import signal as s; s.signal(s.SIGINT, s.default_int_handler); s.signal(s.SIGHUP, s.SIG_DFL); "
    "from directory_pub.commands.main import main; main()"
)


# Otherwise the runner reads the types of all commands anew each time, which takes longer than most of them.
typer.testing._get_command = functools.cache(typer.testing._get_command)


def run(*words: object) -> Any:
    """What becomes of a command that is given to the program in this process."""
    return typer.testing.CliRunner().invoke(app, list(map(str, words)))


def is_alive(group: int) -> bool:
    """Whether a process of this group is still there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(done: Callable[[], T], why: Callable[[], str] = lambda: "it never came about") -> T:
    """Wait until something is so, and give it back; after a minute the test fails and tells why."""
    end = time.monotonic() + 60
    while not (found := done()):
        assert time.monotonic() < end, why()
        time.sleep(0.02)
    return found
