"""How long it takes to make an edition of pieces, cold and after an edit, beside Typst and whole WeasyPrint.

    python benchmarks/pieces.py [--entries N ...] [--jobs N] [--runs N] [--edits N] [--only ours|typst|weasyprint ...]

For each N an edition is generated; the cases alternate within one run. Each measurement is a process of
its own. Ours is ``build --target email``: "on disk" is when the email PDF can be opened (its words are
counted by then, its labels are not yet earned), "checked" when every check is done and it has its labels.
Cold and fresh count from the start of the process, imports included; warm is the second and later build
of one process, as under ``--watch``, which has had time to finish pieces for their other side. Peak is
the largest resident size of any process.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import itertools
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from edits import EDITED, edit
from references import CASES, PREPARE, Bench, Case, Measured

JOBS = "DIRECTORY_PUB_BENCH_JOBS"
BEGAN = "DIRECTORY_PUB_BENCH_BEGAN"


# -------------------------------------------------------------------- ours
def build_once(bench: Bench, cache: Path, began: float, *, ahead: bool = False) -> tuple[float, float, int]:
    """Seconds from ``began`` to the email PDF on disk and to the last check, and its pages.

    What can be done ``ahead`` is done behind that, as ``--watch`` does it while nothing is saved.
    """
    from directory_pub.build import build_edition
    from directory_pub.edition.targets import EMAIL
    from directory_pub.pieces import Resources

    steps: list[tuple[str, float]] = []
    resources = Resources(jobs=int(os.environ[JOBS]), cache=cache)
    result = build_edition(
        bench.edition,
        bench.folder / "build",
        targets=(EMAIL,),
        resources=resources,
        tell=lambda step: steps.append((step, time.time())),
    )
    done = time.time()
    assert result.book is not None
    assert not result.failed, [str(finding) for finding in result.report][:5]
    if ahead:
        for _ in result.ahead:
            pass
    on_disk = next(at for (before, _), (_, at) in itertools.pairwise(steps) if before == "write email")
    return on_disk - began, done - began, result.book.page_count


def make_cold(bench: Bench) -> Measured:
    """Nothing kept."""
    cache = Path(tempfile.mkdtemp(dir=bench.folder))
    found = [build_once(bench, cache, float(os.environ[BEGAN]))]
    kept = bench.folder / "kept"
    if kept.exists():
        shutil.rmtree(cache)
    else:
        cache.rename(kept)
    return told(found)


def make_fresh(bench: Bench, kind: str) -> Measured:
    """A fresh process after one edit; what is kept is as the cold build left it."""
    return told([build_once(bench, bench.folder / "kept now", float(os.environ[BEGAN]))])


def make_warm(bench: Bench, kind: str, edits: int) -> Measured:
    """One process that builds, has time until an entry grows, and builds again after each edit."""
    cache = bench.folder / "kept now"
    build_once(bench, cache, time.time(), ahead=kind == "grown")
    found = []
    for _ in range(edits):
        edit(kind, bench.edition)
        found.append(build_once(bench, cache, time.time()))
    return told(found)


def told(found: list[tuple[float, float, int]]) -> Measured:
    """What was measured, with the peak of this process and of its workers."""
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    on_disk, checked, pages = (list(column) for column in zip(*found, strict=True))
    return Measured(on_disk, pages, peak / 1024, checked)


OURS = (
    Case("ours-cold", "ours, cold", lambda bench, _: make_cold(bench)),
    Case("ours-same", "ours, fresh process, nothing edited", lambda bench, _: make_fresh(bench, "same")),
    Case("ours-edited", "ours, fresh process, one entry edited", lambda bench, _: make_fresh(bench, "edited")),
    Case(
        "ours-grown",
        "ours, fresh process, one entry grows a page, all folios shift",
        lambda bench, _: make_fresh(bench, "grown"),
    ),
    Case(
        "ours-grown-ahead",
        "ours, fresh process, one entry grows a page, both sides made before",
        lambda bench, _: make_fresh(bench, "grown"),
    ),
    Case("ours-warm-edited", "ours, warm, one entry edited", lambda bench, edits: make_warm(bench, "edited", edits)),
    Case(
        "ours-warm-grown",
        "ours, warm, one entry grows a page, all folios shift",
        lambda bench, edits: make_warm(bench, "grown", edits),
    ),
)


# -------------------------------------------------------------------- runs
def run(what: str, bench: Bench, edits: int, jobs: int) -> str:
    """Prepare or measure in a process of its own; the last line that it prints.

    A process inherits the peak of the one that starts it, so this one reads and generates nothing itself.
    """
    command = [sys.executable, __file__, "--do", what, "--bench", str(bench.folder), "--edits", str(edits)]
    environment = {**os.environ, JOBS: str(jobs), BEGAN: str(time.time())}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise SystemExit(f"{what} failed:\n{done.stderr.strip()}")
    return done.stdout.splitlines()[-1] if done.stdout else ""


def act(what: str, bench: Bench, edits: int) -> None:
    """What ``run`` asked this process for."""
    if what.isdigit():
        from generate import generate

        generate(int(what), bench.edition)
    elif what in PREPARE:
        PREPARE[what](bench)
    elif what == "ahead":
        build_once(bench, bench.folder / "kept now", time.time(), ahead=True)
    else:
        found = next(case for case in (*OURS, *CASES) if case.key == what).measure(bench, edits)
        print(json.dumps([found.seconds, found.pages, found.peak_mb, found.checked]))


def measure(case: Case, bench: Bench, edits: int, jobs: int) -> Measured:
    """One measurement with the edition, and what is kept of it, as they were before."""
    path = bench.edition / "entries" / f"{EDITED}.md"
    before = path.read_text("utf-8")
    kept, now = bench.folder / "kept", bench.folder / "kept now"
    if case.tool == "ours" and kept.exists():
        shutil.rmtree(now, ignore_errors=True)
        shutil.copytree(kept, now)
    if case.key == "ours-grown-ahead":
        run("ahead", bench, edits, jobs)
    if case.key in ("ours-edited", "ours-grown", "ours-grown-ahead"):
        edit(case.key.split("-")[1], bench.edition)
    found = Measured(*json.loads(run(case.key, bench, edits, jobs)))
    path.write_text(before, "utf-8")
    return found


def table(count: int, cases: list[Case], options: argparse.Namespace) -> Iterator[str]:
    """The rows of one length."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for what in (str(count), *dict.fromkeys(case.tool for case in cases if case.tool in PREPARE)):
            run(what, bench, options.edits, options.jobs)
        found: dict[str, list[Measured]] = {case.key: [] for case in cases}
        for _ in range(options.runs):
            for case in cases:
                found[case.key].append(measure(case, bench, options.edits, options.jobs))
    whole = [second for row in found.get("weasyprint-whole", []) for second in row.seconds]
    for case in cases:
        yield row_of(count, case, found[case.key], statistics.median(whole) if whole else None)


def row_of(count: int, case: Case, found: list[Measured], whole: float | None) -> str:
    seconds = [second for row in found for second in row.seconds]
    checked = [second for row in found for second in row.checked]
    pages = [number for row in found for number in row.pages]
    shown = f"{pages[0]:,}" if len(set(pages)) == 1 else f"{min(pages):,} to {max(pages):,}"
    middle = statistics.median(seconds)
    ratio = f"{middle / whole:.3f}" if whole else ""
    done = f"{statistics.median(checked):.2f} s" if checked else ""
    return (
        f"| {count:,} | {shown} | {case.name} | {middle:.2f} s | {min(seconds):.2f} to {max(seconds):.2f} | {ratio} | "
        f"{done} | {max(row.peak_mb for row in found):.0f} MB |"
    )


def choose_cases(only: list[str] | None) -> list[Case]:
    """The cases that are asked for and can be measured here."""
    chosen = [case for case in (*CASES, *OURS) if not only or case.tool in only]
    if importlib.util.find_spec("typst") is None and any(case.tool == "typst" for case in chosen):
        print("Typst is not installed (pip install typst), so it is not measured.", file=sys.stderr)
        chosen = [case for case in chosen if case.tool != "typst"]
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="+", default=[14, 100])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--edits", type=int, default=5, help="edits that a warm process measures")
    parser.add_argument("--only", choices=("ours", "typst", "weasyprint"), nargs="+")
    for name in ("--do", "--bench"):
        parser.add_argument(name, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.do:
        act(options.do, Bench(Path(options.bench)), options.edits)
        return
    cases = choose_cases(options.only)
    tools = [tool for tool in ("weasyprint", "typst") if importlib.util.find_spec(tool)]
    versions = ", ".join(f"{tool} {importlib.metadata.version(tool)}" for tool in tools)
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.jobs} jobs"
    print(f"{versions}, {machine}; {options.runs} runs each, {options.edits} edits in each warm run\n")
    print("| entries | pages | case | on disk | spread | of whole | checked | peak |")
    print("|" + " --- |" * 8)
    for count in options.entries:
        for row in table(count, cases, options):
            print(row, flush=True)


if __name__ == "__main__":
    main()
