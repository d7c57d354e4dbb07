"""A browser for all tests of the preview, and the preview of a made-up edition for each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from directory_pub.build import BuildResult
from previewing import CHROMIUM, Open, Previewed, begun, previewing

expect.set_options(timeout=60_000)  # how long something takes is no question of these tests


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG")}
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM, env=plain)
        yield browser
        browser.close()


@pytest.fixture
def edition(tmp_path: Path, harbour: BuildResult) -> Path:
    """The made-up edition in a project of its own."""
    return begun(tmp_path, harbour)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, harbour: BuildResult) -> Iterator[Previewed]:
    """One preview for the tests of a module, which give back what they have changed."""
    folder = tmp_path_factory.mktemp("shared")
    with previewing(begun(folder, harbour), folder) as running:
        running.wait_for_build()
        yield running


@pytest.fixture
def preview(shared: Previewed) -> Iterator[Previewed]:
    """The preview of the made-up edition, as it is in the sources."""
    yield shared
    shared.give_back()


@pytest.fixture
def look(browser: Browser) -> Iterator[Open]:
    """Opens a page in a tab of its own: none may complain, or ask anything of anybody else."""
    told: list[str] = []
    contexts = []

    def open_(url: str, *, width: int = 1440, height: int = 900, **how: Any) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **how))
        page = contexts[-1].new_page()
        page.set_default_timeout(60_000)
        own = urlsplit(url).netloc
        page.on("console", lambda said: told.append(f"{said.type}: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda fault: told.append(str(fault)))
        page.on("request", lambda asked: told.append(asked.url) if urlsplit(asked.url).netloc != own else None)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert told == []
