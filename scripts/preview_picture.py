"""Draw docs/images/preview.png: the preview of the 2020 book as it is seen, with a finding that was clicked on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

_BOOK, _SIZE = Path("content/2020").resolve(), {"width": 1440, "height": 860}


def main(picture: Path) -> None:
    """Write the picture; the preview runs from here to the end of it."""
    with tempfile.TemporaryDirectory() as scratch:
        said = Path(scratch) / "said"
        command = [sys.executable, "-m", "directory_pub", "preview", str(_BOOK), "--port", "0", "--output", scratch]
        with said.open("w") as out, subprocess.Popen(command, stderr=out, env={**os.environ, "DISPLAY": ""}) as running:
            try:
                while "Watching" not in said.read_text():
                    time.sleep(0.2)
                found = re.search(r"http://[\d.:]+/", said.read_text())
                assert found
                _draw(found[0], picture)
            finally:
                running.terminate()


def _draw(url: str, picture: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=_SIZE)
        page.goto(url)
        page.locator("#findings .turn", has_text="are delivered..").click()
        page.locator(".mark").first.wait_for()
        page.locator('.spread[data-near="yes"] .page img').nth(3).wait_for()
        page.wait_for_timeout(500)
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
