"""What axe-core finds in the page as it is seen: nothing, on wide and narrow screens, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from directory_pub.build import BuildResult
from directory_pub.preview.html import report_html
from directory_pub.preview.teller import outcome_of
from previewing import Open, Previewed

pytestmark = pytest.mark.chromium

AXE = Path(__file__).parent / "axe" / "axe.min.js"  # axe-core 4.14.1, with its licence beside it
LEAGUE = "entries/lantern-league.md"
SCREENS: dict[str, dict[str, Any]] = {
    "wide": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"width": 390, "height": 844},
    "phone, dark": {"width": 390, "height": 844, "color_scheme": "dark"},
}


def found(page: Page) -> list[str]:
    """What axe finds, each with where."""
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    unsure = [each for each in result["incomplete"] if each["id"] != "color-contrast"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in (*result["violations"], *unsure) for node in rule["nodes"]]


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_found_in_the_page(preview: Previewed, look: Open, screen: str) -> None:
    page = look(preview.url, **SCREENS[screen])
    page.locator(".page img").first.wait_for()
    page.wait_for_timeout(300)
    assert found(page) == []


def test_nothing_is_found_in_what_opens_over_it(preview: Previewed, look: Open) -> None:
    page = look(preview.url)
    page.locator(".page img").first.wait_for()
    preview.replace(LEAGUE, "name:", "nmae:")
    page.locator("#findings .finding.error .turn").click()
    page.locator(".mark").first.wait_for()
    assert found(page) == []
    page.locator("#contents .turn", has_text="North Quay").click()
    page.locator('.page[tabindex="0"]').last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#place")).to_be_visible()
    page.locator('.target[data-target="press"]').click()
    page.locator('.page[data-target="press"] img').first.wait_for()
    assert found(page) == []


@pytest.mark.parametrize("screen", ["wide", "dark", "phone"])
def test_nothing_is_found_in_the_report(book_2020: BuildResult, look: Open, tmp_path: Path, screen: str) -> None:
    file = tmp_path / "report.html"
    file.write_text(report_html(outcome_of(book_2020, {}), ["made.pdf  1.0 MB"]), "utf-8")
    page = look(file.as_uri(), **SCREENS[screen])
    assert found(page) == []
