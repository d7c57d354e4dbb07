"""What a section costs whose entries stand several on a page, beside the same entries with a page each.

    python benchmarks/listings.py [--entries N] [--trim A4] [--edits N] [--only compact|pages|register ...]

An edition of so many short entries is written, and built in a process of its own for each form: with nothing kept
(CPU seconds of all processes, and pages), then again and again in the same process with one entry edited, as under
``--watch`` (seconds until the email PDF is on disk, and until its last check). An edit that keeps an entry's height
and one that adds a line take turns. Of the edits the median is told, with the least and the most.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOWNS = ("Aldwick", "Brandsund", "Corvale", "Dunmere", "Elmholm", "Fjordby", "Grauhaven", "Holmsted")
KINDS = ("Choir", "Library", "Repair Shop", "Rowing Club", "Theatre", "Garden", "Kitchen", "Archive")
TEXTS = (
    "It was founded by neighbours and is run by its members.",
    "Anyone who lives or works in the town may join, and nobody is asked for papers.",
    "Courses for beginners begin in spring and in autumn; the first evening costs nothing.",
    "The house is on level ground and lends wheelchairs for the day.",
    "What the market could not sell is cooked and eaten at one long table.",
)
MORE = " Since then it has also had a boat of its own, which is lent to whoever brings it back."


def write_edition(folder: Path, entries: int, trim: str, form: str) -> None:
    """An edition of so many entries, the same ones in every form."""
    dice = random.Random(7)
    (folder / "members").mkdir(parents=True)
    for number in range(entries):
        town, kind = dice.choice(TOWNS), dice.choice(KINDS)
        text = " ".join(dice.sample(TEXTS, dice.randint(1, 4)))
        host = f"m{number}.example.org"
        phone = f"+41 22 910 {number // 100 % 100:02} {number % 100:02}"
        rows = f"  - phone: {phone}\n  - web: www.{host}\n  - mail: office@{host}\n"
        head = f"name: {town} {kind} {number}\nplace: {town}\nhours: Mon–Fri 9–{dice.randint(12, 20)}\ncontact:\n{rows}"
        (folder / "members" / f"m{number}.md").write_text(f"---\n{head}---\n\n{text}\n", "utf-8")
    group = "" if form == "pages" else ", group: by-letter"
    (folder / "edition.yaml").write_text(
        "key: members\ntitle: Members\nlanguage: en-GB\ncountry: CH\ncreated: 2031-03-02\n"
        f"trim: {trim}\nfields: {{hours: {{label: Hours}}}}\n"
        f"sections:\n  - {{key: members, title: MEMBERS, entries: all, order: by-name, form: {form}{group}}}\n",
        "utf-8",
    )


def cpu_seconds() -> float:
    """Of this process and of those that it has waited for."""
    return sum(
        use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def build(folder: Path, cache: Path) -> tuple[float, float, int, int]:
    """Seconds to the email PDF on disk and to the last check, the pages, and the pieces that were set."""
    from directory_pub.build import build_edition
    from directory_pub.edition.targets import EMAIL
    from directory_pub.pieces import Resources

    began, steps = time.perf_counter(), dict[str, float]()
    result = build_edition(
        folder,
        folder / "build",
        targets=(EMAIL,),
        resources=Resources(cache=cache),
        tell=lambda step: steps.setdefault(step, time.perf_counter()),
    )
    assert result.book is not None
    assert not result.failed, [str(finding) for finding in result.report][:5]
    return steps["check email"] - began, time.perf_counter() - began, result.book.page_count, len(result.pieces_set)


def measure(entries: int, trim: str, form: str, edits: int) -> dict[str, object]:
    """One form: cold, then edited."""
    with tempfile.TemporaryDirectory() as room:
        folder, cache = Path(room) / "edition", Path(room) / "cache"
        write_edition(folder, entries, trim, form)
        before = cpu_seconds()
        _, _, pages, _ = build(folder, cache)
        cold = cpu_seconds() - before
        told: list[tuple[float, float, int, int]] = []
        for number in range(edits):
            file = folder / "members" / f"m{(number + 1) * entries // (edits + 1)}.md"
            text = file.read_text("utf-8")
            file.write_text(text.replace("9–", "8–") if number % 2 else text.rstrip() + MORE + "\n", "utf-8")
            told.append(build(folder, cache))
    return {"form": form, "pages": pages, "cold": cold, "edits": told}


def spread(values: list[float]) -> str:
    """The median, with the least and the most."""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main() -> None:
    """Measure the forms, each in a process of its own, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--trim", default="A4")
    parser.add_argument("--edits", type=int, default=6)
    parser.add_argument("--only", nargs="+", default=["pages", "compact", "register"])
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.entries, options.trim, options.one, options.edits)))
        return
    print("| form | pages | cold, CPU s | an edit: email on disk, s | checked, s | pieces set |")
    print("| --- | --- | --- | --- | --- | --- |")
    for form in options.only:
        words = [
            sys.executable,
            __file__,
            "--one",
            form,
            *(f"--{name}={getattr(options, name)}" for name in ("entries", "trim", "edits")),
        ]
        found = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
        on_disk, checked, _, pieces = (list(each) for each in zip(*found["edits"], strict=True))
        row = (form, found["pages"], f"{found['cold']:.1f}", spread(on_disk), spread(checked), spread(pieces))
        print(f"| {' | '.join(map(str, row))} |", flush=True)


if __name__ == "__main__":
    main()
