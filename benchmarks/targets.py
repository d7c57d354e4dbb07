"""How long a build of both targets takes beside a bare WeasyPrint render of the same HTML, and how much memory.

    python benchmarks/targets.py [EDITION] [--runs N]

Each measurement is a fresh process; the two kinds alternate, so that a noisy machine is
noisy for all. Times are CPU seconds of the process without its imports; the ratio is what counts.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KINDS = ("bare", "build")


def measure(kind: str, folder: Path) -> dict[str, float]:
    """One measurement, in this process."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from directory_pub.build import build_edition
    from directory_pub.production.page_count import guess_page_count
    from directory_pub.typeset import Engine, import_engine
    from reference.whole_book import open_edition, whole_html

    import_engine()
    if kind == "build":
        with tempfile.TemporaryDirectory() as output:
            began = time.process_time()
            result = build_edition(folder, Path(output))
            seconds = time.process_time() - began
            sizes = {f"{name}_bytes": path.stat().st_size for name, path in result.files.items()}
        return {"seconds": seconds, "peak_mb": peak_mb(), **sizes}
    context = open_edition(folder)
    edition = context.edition
    began = time.process_time()
    composed = context.composed
    engine = Engine(
        edition.theme,
        context.grid,
        context.library,
        composed.made_sheets,
        composed.artwork,
        root=edition.root,
        edition_folder=edition.folder,
    )
    pages = engine.typeset(whole_html(context.composed, len(str(guess_page_count(edition)))), "book.html.j2")
    assert pages is not None
    pages.document.write_pdf()
    return {"seconds": time.process_time() - began, "peak_mb": peak_mb()}


def peak_mb() -> float:
    """The largest resident size of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", nargs="?", type=Path, default=Path("content/2020"))
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--kind", choices=KINDS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.kind:
        print(json.dumps(measure(options.kind, options.edition)))
        return
    found: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
    for _ in range(options.runs):
        for kind in KINDS:
            line = subprocess.run(
                [sys.executable, __file__, str(options.edition), "--kind", kind],
                capture_output=True,
                text=True,
                check=True,
            )
            found[kind].append(json.loads(line.stdout.splitlines()[-1]))
    bare = statistics.median(row["seconds"] for row in found["bare"])
    print(f"{options.edition}, {options.runs} runs each, Python {platform.python_version()}, CPU seconds")
    print(f"{'':<38}{'median':>8}{'min':>8}{'max':>8}{'ratio':>8}{'peak MB':>9}")
    names = {
        "bare": "bare WeasyPrint, one PDF",
        "build": "whole build, with proofreading, census",
    }
    for kind, rows in found.items():
        seconds = [row["seconds"] for row in rows]
        middle = statistics.median(seconds)
        peak = max(row["peak_mb"] for row in rows)
        print(
            f"{names[kind]:<38}{middle:>8.2f}{min(seconds):>8.2f}{max(seconds):>8.2f}{middle / bare:>8.2f}{peak:>9.0f}"
        )
    last = found["build"][-1]
    print(", ".join(f"{key.removesuffix('_bytes')} {last[key] / 1e6:.2f} MB" for key in last if key.endswith("_bytes")))


if __name__ == "__main__":
    main()
