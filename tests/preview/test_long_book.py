"""A book of a thousand entries scrolls: of its pages only those near what is seen are asked for and held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect

from directory_pub.findings import Place, note
from directory_pub.preview.link import Setting, listen, showing
from directory_pub.preview.messages import NewPages, Outcome, PiecePages
from directory_pub.production.status import BookRow
from previewing import Open

pytestmark = pytest.mark.chromium

ENTRIES, PAGES = 1_000, 1_602


def print_of(number: int) -> str:
    return f"{number:064x}"[::-1]


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """A preview that is told of many pages, all alike but for their numbers."""
    file = tmp_path / "long.pdf"
    with pikepdf.new() as pdf:
        for number in range(PAGES):
            page = pdf.add_blank_page(page_size=(298, 421))
            page.Contents = pdf.make_stream(b"%d 100 50 50 re f" % (number % 200))
        pdf.save(file)
    place = Place(file="content/long/entries/one.md", line=3)
    rows = [
        BookRow(key=f"e{n}", title=f"Entry {n}", folio=n + 2, is_entry=True, free_lines=n % 40, place=place)
        for n in range(ENTRIES)
    ]
    listening = listen(0)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    with showing(listening, Setting(root=tmp_path, folders=(tmp_path,))) as link:
        pieces = [PiecePages(key=f"e{n}", title=f"Entry {n}", first=n + 1, pages=1) for n in range(ENTRIES)]
        prints = [print_of(number) for number in range(1, PAGES + 1)]
        indexes = {print_: index for index, print_ in enumerate(prints)}
        link.tell(NewPages(name="email", file=link.keep(file), prints=prints, indexes=indexes, pieces=pieces))
        findings = [note("query", place, f"Number {n}.", "Ask.") for n in range(200)]
        link.tell(Outcome(title="A Long Book", withheld=False, findings=findings, rows=rows, written={}))
        yield address


def test_pages_are_drawn_as_they_are_seen(url: str, look: Open) -> None:
    page = look(url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/page/" in request.url else None)
    page.locator('.page[data-number="1"] img').wait_for()
    assert page.locator(".page").count() == PAGES
    assert page.locator(".page img").count() <= 12
    # All the way down by the wheel, then to the end at once.
    box = page.locator("#book").bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    for _ in range(30):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(30)
    page.locator('.spread[data-near="yes"] .page img').first.wait_for()
    page.keyboard.press("End")
    page.locator(f'.page[data-number="{PAGES}"] img').wait_for()
    expect(page.locator("#where")).to_have_text(f"Page {PAGES} of {PAGES}")
    assert page.locator(".page img").count() <= 12
    assert len(asked) < 150
    assert page.locator('.page[data-number="1"] img').count() == 0


def test_any_entry_is_one_click_away(url: str, look: Open) -> None:
    page = look(url)
    page.locator('.page[data-number="1"] img').wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/page/" in request.url else None)
    page.locator("#contents .turn", has_text="Entry 876").click()
    page.locator('.page[data-number="878"] img').wait_for()
    expect(page.locator("#where")).to_have_text(f"Pages 878–879 of {PAGES}")
    # Those beside it are drawn when it is there.
    assert [url.split("/")[-2] for url in asked[:2]] == [print_of(number)[:20] for number in (878, 879)]
