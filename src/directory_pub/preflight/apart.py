"""Preflight in a process of its own that may take only so much: the last wall, for what no count foresees.

The libraries that open a file may go on for ever, take all memory or fall over; then that is what is found.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import traceback
from collections.abc import Collection
from multiprocessing.connection import Connection
from pathlib import Path

from directory_pub.edition.printers import Printer
from directory_pub.preflight.examine import preflight_file
from directory_pub.preflight.report import PreflightReport, problem
from directory_pub.storage.processes import end_with_parent

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment] # a module or none

__all__ = ["preflight_apart"]

_SECONDS_TO_OPEN = 20
_SECONDS_A_THOUSAND_PAGES = 20
_MOST_DATA_BYTES = 380 * 2**20
_MEND = "Open the file in the program that made it and save it again."


def preflight_apart(
    path: Path, printer: Printer, *, only: Collection[str] = (), skip: Collection[str] = ()
) -> PreflightReport:
    """What ``preflight_file`` says of anybody's file; one that cannot be read within bounds is damaged.

    Raises OSError for a file that is not there. Where the system knows no limits, there is no wall.
    """
    if resource is None:
        return preflight_file(path, printer, only=only, skip=skip)
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    child = fork.Process(target=_examine, args=(sender, path, printer, only, skip), daemon=True)
    child.start()
    sender.close()
    try:
        outcome: PreflightReport | Exception = receiver.recv()
    except EOFError:
        child.join()
        outcome = _given_up(path, printer, child.exitcode)
    child.join()
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _given_up(path: Path, printer: Printer, code: int | None) -> PreflightReport:
    """The report on a file at which the process was ended."""
    why = {
        -signal.SIGXCPU: "it would take too long to read",
        -signal.SIGKILL: "it would take too much memory to read",
        -signal.SIGABRT: "it would take too much memory to read",
    }.get(code or 0, "the library that reads it fell over")
    found = problem("damaged", f"the file was not examined: {why}.", _MEND)
    return PreflightReport(file=path.name, printer=printer.key, page_count=0, problems=[found])


# What follows runs in the other process.
def _examine(sender: Connection, path: Path, printer: Printer, only: Collection[str], skip: Collection[str]) -> None:
    end_with_parent()  # killed, the command can end nobody any more
    _limit(resource.RLIMIT_DATA, max(_MOST_DATA_BYTES, _held_bytes() + _MOST_DATA_BYTES // 2))
    _allow_seconds(_SECONDS_TO_OPEN)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)  # qpdf has a word there for what it finds
    try:
        sender.send(preflight_file(path, printer, only=only, skip=skip, opened=_allow_pages))
    except OSError as fault:
        sender.send(fault)
    except Exception:  # a fault of ours is told where the command can tell of it
        sender.send(RuntimeError(traceback.format_exc()))


def _held_bytes() -> int:
    """The data that this process has from the one that it was made of; 0 where the system does not say."""
    try:
        words = Path("/proc/self/statm").read_text("ascii").split()
    except OSError:
        return 0
    return int(words[5]) * resource.getpagesize()


def _allow_pages(pages: int) -> None:
    _allow_seconds(_SECONDS_A_THOUSAND_PAGES * max(1, pages // 1000))


def _allow_seconds(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + seconds)


def _limit(which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
