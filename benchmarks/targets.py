"""How long both targets take beside a bare WeasyPrint render of the same HTML, and how much memory.

    python benchmarks/targets.py [EDITION] [--runs N]

Each measurement is a fresh process; the three kinds alternate, so that a noisy machine is
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
from dataclasses import replace
from pathlib import Path

KINDS = ("bare", "targets", "build")


def measure(kind: str, folder: Path) -> dict[str, float]:
    """One measurement, in this process."""
    import directory_pub.production.context as steps
    from directory_pub.build import build_edition, find_root
    from directory_pub.design.faces import read_faces
    from directory_pub.design.inks import read_inks
    from directory_pub.edition.printers import DEFAULT_PRINTER, read_printer
    from directory_pub.edition.targets import TARGETS
    from directory_pub.read import read_edition
    from directory_pub.typeset import Engine, import_engine
    from directory_pub.whole import set_whole

    import_engine()
    root = find_root(folder)
    if kind == "build":
        with tempfile.TemporaryDirectory() as output:
            began = time.process_time()
            result = build_edition(folder, Path(output))
            seconds = time.process_time() - began
            sizes = {f"{name}_bytes": path.stat().st_size for name, path in result.files.items()}
        return {"seconds": seconds, "peak_mb": peak_mb(), **sizes}
    edition, _ = read_edition(folder, root)
    inks, _ = read_inks(root / "styles" / "inks.yaml", root)
    library = read_faces(root / "fonts")
    printer, _ = read_printer(root / "printers", DEFAULT_PRINTER, root)
    assert edition is not None
    assert printer is not None
    context = steps.open_context(edition, printer, inks, library)
    began = time.process_time()
    composed = context.composed
    engine = Engine(root, context.grid, library, composed.made_sheets, composed.artwork, edition_folder=edition.folder)
    if kind == "bare":
        pages = engine.typeset(context.composed.whole(len(str(steps.guess_page_count(edition)))), "book.html.j2")
        assert pages is not None
        pages.document.write_pdf()
    else:
        context = replace(context, engine=engine)
        book = set_whole(context)
        assert book is not None
        for target in TARGETS.values():
            steps.finish_pages(context, book.pages, target, book.facts)
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
        "targets": "typeset once, finish twice",
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
