"""Run preflight on every PDF below a folder, each in a process of its own, and tell what became of each.

    python scripts/corpus.py FOLDER [--limit FILES] [--worst ROWS]

Prints whole tracebacks, then the files that took most, then how many left with which code. Leaves with 1 where a file
ended in a traceback or by a signal, or passed 500 MB, or 10 seconds of CPU and another 10 for every thousand pages.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from directory_pub import preflight
from directory_pub.commands import main as cli

assert preflight, "imported here so that no child has to"

SECONDS, SECONDS_A_THOUSAND_PAGES, MEGABYTES = 10, 10, 500
# Four times what is allowed: what has no end is ended, and what is slow is told as it is.
_END_AFTER_SECONDS = 4 * SECONDS
_PAGES = re.compile(r"^(\d+) pages? held against", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """What one file came to: the exit code (negative for a signal), CPU seconds, megabytes, and what was printed."""

    file: Path
    code: int
    seconds: float
    megabytes: float
    told: str

    @property
    def is_bad(self) -> bool:
        """Whether it broke the program, or what it may take."""
        pages = _PAGES.search(self.told)
        seconds = SECONDS + SECONDS_A_THOUSAND_PAGES * (int(pages[1]) / 1000 if pages else 0)
        return self.code not in (0, 1, 2) or self.seconds > seconds or self.megabytes > MEGABYTES


def run(file: Path) -> Run:
    """Preflight one file in a fork of this process, which has everything imported already."""
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            resource.setrlimit(resource.RLIMIT_CPU, (_END_AFTER_SECONDS, _END_AFTER_SECONDS))
            _preflight(file)
        _, status, used = os.wait4(child, 0)
        output.seek(0)
        told = output.read().decode("utf-8", "replace")
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    code = os.waitstatus_to_exitcode(status)
    return Run(file, code, used.ru_utime + used.ru_stime, kilobytes / 1024, told)


def _preflight(file: Path) -> None:
    code = 70
    try:
        sys.argv = ["directory-pub", "preflight", str(file)]
        cli.main()
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> int:
    """Run them all."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--limit", type=int, help="the first so many files")
    asked.add_argument("--worst", type=int, default=10, help="how many of the slowest and largest to show")
    options = asked.parse_args()
    runs = [run(file) for file in sorted(options.folder.rglob("*.pdf"))[: options.limit]]
    for broken in runs:
        if broken.code not in (0, 1, 2):
            print(f"{broken.file} left with {broken.code}:\n{broken.told[-3000:]}")
    for measure in ("seconds", "megabytes"):
        print(f"most {measure}:")
        for each in sorted(runs, key=lambda each: -getattr(each, measure))[: options.worst]:
            print(f"  {each.seconds:7.2f} s {each.megabytes:6.0f} MB  exit {each.code}  {each.file}")
    bad = [each for each in runs if each.is_bad]
    for each in bad:
        print(f"bad: {each.seconds:.2f} s {each.megabytes:.0f} MB exit {each.code} {each.file}")
    codes = ", ".join(f"exit {code}: {count}" for code, count in sorted(Counter(each.code for each in runs).items()))
    print(f"{len(runs)} files, {len(bad)} bad; {codes}; {sum(each.seconds for each in runs):.0f} s of CPU in all.")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
