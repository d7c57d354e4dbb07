"""What an index of many names costs: its pages worked out anew, and the builds around it.

    python benchmarks/index.py [--names N] [--entries N]

An edition of so many entries is written, each with its share of persons, and built three times with one process: with
nothing kept, unchanged, and with one name changed. The CPU seconds of each are told, and those of an index alone.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from directory_pub.build import build_edition
from directory_pub.pieces import Resources

GIVEN = ("Ada", "Bram", "Celeste", "Dario", "Ebba", "Farid", "Gudrun", "Hamid", "Ines", "Jon", "Katya", "Lior", "Maud")
BEGINNINGS = (
    "Ab",
    "Bran",
    "Cor",
    "Dun",
    "El",
    "Fens",
    "Gal",
    "Hol",
    "Iver",
    "Jar",
    "Kest",
    "Lind",
    "Mor",
    "Nor",
    "Ost",
)
MIDDLES = ("a", "e", "en", "er", "i", "in", "o", "um")
ENDINGS = ("berg", "by", "dal", "feld", "gard", "holm", "lund", "mark", "nell", "oak", "quist", "rup", "stedt", "wick")


def write_edition(folder: Path, entries: int, names: int) -> None:
    """Entries of a line each, with so many persons among them."""
    chance = random.Random(7)
    (folder / "entries").mkdir(parents=True)
    people = [f"{g} {b}{m}{e}" for g in GIVEN for b in BEGINNINGS for m in MIDDLES for e in ENDINGS]
    chosen = chance.sample(people, names)
    keys = [f"house-{number:04}" for number in range(entries)]
    for number, key in enumerate(keys):
        rows = "".join(f'  - person: "{name}, harbour master"\n' for name in chosen[number::entries])
        text = f"---\nname: House {number + 1}\ncontact:\n{rows}---\n\nA house on the river.\n"
        (folder / "entries" / f"{key}.md").write_text(text, "utf-8")
    (folder / "edition.yaml").write_text(
        "key: measured\ntitle: Measured\nlanguage: en-GB\npublisher: Example League\ncreated: 2031-03-02\n"
        "trim: A4\nbleed_mm: 3\npage_multiple: 4\nindex: people\ncontents: {form: sections}\n"
        f"sections:\n  - {{key: houses, title: HOUSES, folder: entries, entries: [{', '.join(keys)}]}}\n",
        "utf-8",
    )


def seconds(work: Callable[[], None]) -> float:
    """The CPU seconds of some work, also in processes that it starts and ends."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=3_000)
    parser.add_argument("--entries", type=int, default=300)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name) / "edition", Path(name) / "out"
        write_edition(folder, asked.entries, asked.names)
        resources = Resources(cache=Path(name) / "kept", jobs=1)

        def build() -> None:
            result = build_edition(folder, out, resources=resources)
            assert not result.failed, list(result.report)[:3]
            print(f"    {result.book.page_count if result.book else 0} pages, {len(result.pieces_set)} pieces set")

        print(f"cold: {seconds(build):.1f} s")
        print(f"unchanged: {seconds(build):.1f} s")
        path = folder / "entries" / "house-0000.md"
        text = path.read_text("utf-8")
        path.write_text(text.replace(", harbour master", " Åberg, harbour master", 1), "utf-8")
        print(f"a name changed: {seconds(build):.1f} s")
        sheet = (folder / "edition.yaml").read_text("utf-8")
        (folder / "edition.yaml").write_text(sheet.replace("index: people\n", ""), "utf-8")
        print(f"without an index: {seconds(build):.1f} s")


if __name__ == "__main__":
    main()
