"""How long it takes to set and bind an edition: whole, of pieces, and after an edit.

    python benchmarks/pieces.py [--entries N ...] [--jobs N] [--runs N] [--without-whole]

For each N an edition is generated; each measurement is a fresh process that composes, sets and
binds it (no finishing, no checks), the kinds alternate, and what counts is the ratio to ``whole``.
Times are wall clock without imports; peak is the largest resident size of any process.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate

ROOT = Path(__file__).resolve().parent.parent
KINDS = {
    "whole": "whole, as one document",
    "cold": "of pieces, none kept",
    "kept": "of pieces, all kept",
    "edited": "one entry edited, same pages",
    "grown": "one entry grows a page, all folios shift",
}


def measure(kind: str, edition_folder: Path, cache: Path, jobs: int) -> dict[str, float]:
    """One measurement, in this process."""
    import directory_pub.workshop as steps
    from directory_pub.faces import read_faces
    from directory_pub.inks import read_inks
    from directory_pub.printers import DEFAULT_PRINTER, read_printer
    from directory_pub.read import read_edition
    from directory_pub.typeset import Means, import_engine

    import_engine()
    means = Means(whole=True) if kind == "whole" else Means(jobs=jobs, cache=cache)
    began = time.perf_counter()
    edition, _ = read_edition(edition_folder, ROOT)
    inks, _ = read_inks(ROOT / "styles" / "inks.yaml", ROOT)
    printer, _ = read_printer(ROOT / "printers", DEFAULT_PRINTER, ROOT)
    assert edition is not None
    assert printer is not None
    shop = steps.open_workshop(edition, printer, inks, read_faces(ROOT / "fonts"), means)
    book = steps.typeset_book(shop)
    assert book is not None, shop.engine.findings
    seconds = time.perf_counter() - began
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"seconds": seconds, "pages": book.page_count, "set": len(shop.room.set_anew), "peak_mb": peak / 1024}


def prepare(kind: str, folder: Path) -> None:
    """Change the second entry as the kind asks; the text differs each time, so that nothing is kept of it."""
    path = folder / "entries" / "network-00001.md"
    text = path.read_text("utf-8").split("\n<!-- -->\n")[0].rstrip()
    now = time.time_ns()
    if kind == "edited":
        path.write_text(f"{text[:-1]} {now}.\n", "utf-8")
    elif kind == "grown":
        more = "\n\n".join(f"Paragraph {n} of {now}. " + "It goes on and on about cities. " * 12 for n in range(10))
        path.write_text(f"{text}\n\n{more}\n", "utf-8")


def run(kind: str, folder: Path, cache: Path, jobs: int) -> dict[str, float]:
    """One measurement, in a process of its own."""
    entry = folder / "entries" / "network-00001.md"
    before = entry.read_text("utf-8")
    prepare(kind, folder)
    command = [
        sys.executable,
        __file__,
        "--kind",
        kind,
        "--folder",
        str(folder),
        "--cache",
        str(cache),
        "--jobs",
        str(jobs),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    entry.write_text(before, "utf-8")
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def table(count: int, kinds: list[str], runs: int, jobs: int) -> None:
    """Measure one length and print its rows."""
    with tempfile.TemporaryDirectory() as bench:
        folder, cache = Path(bench) / "edition", Path(bench) / "kept"
        generate(count, folder)
        found: dict[str, list[dict[str, float]]] = {kind: [] for kind in kinds}
        for number in range(runs):
            for kind in kinds:
                used = Path(bench) / f"cold-{number}" if kind == "cold" else cache
                if kind == "kept" and not cache.exists():
                    (Path(bench) / "cold-0").rename(cache)
                if kind == "grown":  # or contents and folios would be those of the run before
                    used = Path(shutil.copytree(cache, Path(bench) / f"grown-{number}"))
                found[kind].append(run(kind, folder, used, jobs))
    reference = statistics.median(row["seconds"] for row in found[kinds[0]])
    for kind in kinds:
        seconds = [row["seconds"] for row in found[kind]]
        last, middle = found[kind][-1], statistics.median(seconds)
        print(
            f"| {count:,} | {last['pages']:,.0f} | {KINDS[kind]} | {last['set']:.0f} | {middle:.2f} s | "
            f"{min(seconds):.2f} | {max(seconds):.2f} | {middle / reference:.2f} | "
            f"{max(row['peak_mb'] for row in found[kind]):.0f} MB |",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="+", default=[14, 100])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without-whole", action="store_true", help="leave the reference out, which takes longest")
    for name in ("--kind", "--folder", "--cache"):
        parser.add_argument(name, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.kind:
        print(json.dumps(measure(options.kind, Path(options.folder), Path(options.cache), options.jobs)))
        return
    print(f"{options.jobs} jobs, {options.runs} runs each, Python {platform.python_version()}")
    print("| entries | pages | case | pieces set | median | min | max | ratio | peak |")
    print("|" + " --- |" * 9)
    for count in options.entries:
        table(count, list(KINDS)[1 if options.without_whole else 0 :], options.runs, options.jobs)


if __name__ == "__main__":
    main()
