"""How long it takes from a save to the page on the screen, in a real browser.

    python benchmarks/preview.py [--entries N ...] [--edits N] [--jobs N]

For each N an edition is generated and previewed as by ``directory-pub preview``, in a process of its own.
Chromium looks at the spread of the entry that is edited. "Shown" is when the page has its new picture,
decoded and in its place, as the page itself notes it; "on disk" is what the command says of the email PDF,
of which the picture is drawn. Both count from right before the file is written. The first edit, which finds
nothing warm, is left out, as is the time in which nothing was saved between two edits.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from edits import EDITED, ROOT, edit
from generate import generate
from playwright.sync_api import Page, sync_playwright

sys.path.append(str(ROOT / "tests"))
from previewing import CHROMIUM

_SECONDS_OF_QUIET = 3.0
_MOST_SECONDS = 120.0
_NOTE = """number => {
  const page = document.querySelector(`.page[data-target="email"][data-number="${number}"]`);
  window.shownAt = 0;
  new MutationObserver(() => requestAnimationFrame(() => { window.shownAt ||= Date.now(); }))
    .observe(page, { childList: true });
}"""


def measure(entries: int, edits: int, jobs: int) -> tuple[list[float], list[float], int]:
    """Seconds to the shown page and to the file on disk, of each edit, and how many pages the book has."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        generate(entries, folder / "e")
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(folder / "cache")}
        options = ["--port", "0", "--jobs", str(jobs)]
        command = [sys.executable, "-m", "directory_pub", "preview", str(folder / "e"), *options]
        said = folder / "said"
        with (
            said.open("w", encoding="utf-8") as out,
            subprocess.Popen(command, cwd=folder, env=environment, stderr=out) as running,
        ):
            try:
                return _edit_and_look(folder / "e", said, edits)
            finally:
                running.terminate()


def _edit_and_look(edition: Path, said: Path, edits: int) -> tuple[list[float], list[float], int]:
    while "Watching" not in said.read_text():
        time.sleep(0.2)
    found = re.search(r"http://[\d.:]+/", said.read_text())
    assert found
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(found[0])
        page.locator(f'#contents .turn[data-key="{EDITED}"]').click()
        number = page.locator(f'#contents .turn[data-key="{EDITED}"]').get_attribute("data-folio")
        page.locator(f'.page[data-number="{number}"] img').wait_for()
        shown = [_shown_after(page, edition, int(number or 1), said) for _ in range(edits + 1)][1:]
        count = page.locator('.page[data-target="email"]').count()
        browser.close()
    on_disk = [float(each) for each in re.findall(r"on disk after ([\d.]+) s", said.read_text())]
    return shown, on_disk[1:], count


def _shown_after(page: Page, edition: Path, number: int, said: Path) -> float:
    time.sleep(_SECONDS_OF_QUIET)
    page.evaluate(_NOTE, number)
    built, began = said.read_text().count("Built in"), time.time()
    edit("edited", edition)
    while not (at := page.evaluate("window.shownAt")):
        if time.time() - began > _MOST_SECONDS:
            raise SystemExit(f"Page {number} has no new picture: after so many edits the entry may begin elsewhere.")
        time.sleep(0.1)
    while said.read_text().count("Built in") == built:
        time.sleep(0.1)
    return float(at) / 1000 - began


def _spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} s | {min(seconds):.2f} to {max(seconds):.2f}"


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, nargs="+", default=[14, 1000])
    parser.add_argument("--edits", type=int, default=9)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    print("| entries | pages | save to screen | spread | email PDF on disk | spread |")
    print("| --- | --- | --- | --- | --- | --- |")
    for entries in options.entries:
        shown, on_disk, pages = measure(entries, options.edits, options.jobs)
        print(f"| {entries:,} | {pages:,} | {_spread(shown)} | {_spread(on_disk)} |", flush=True)


if __name__ == "__main__":
    main()
