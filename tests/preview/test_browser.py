"""What somebody sees who writes with the preview open, in a real browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from previewing import Open, Previewed, previewing
from program import wait_until
from project import draw_picture

pytestmark = pytest.mark.chromium

LEAGUE = "entries/lantern-league.md"
# A picture's own size, and in which it is shown, in pixels of the screen.
SIZES = """image => {
  const box = image.getBoundingClientRect(), shown = [box.width, box.height].map((each) => each * devicePixelRatio);
  return [[image.naturalWidth, image.naturalHeight], shown.map((each) => Math.round(each * 10) / 10)];
}"""


# Whether each page that is near has its picture, of as many pixels as it takes on the screen.
ALL_SHARP = f"""() => {{
  const sizes = {SIZES}, near = [...document.querySelectorAll('.spread[data-near="yes"] .page')];
  return near.length > 0 && near.every((page) => {{
    const image = page.querySelector("img"), [own, shown] = image ? sizes(image) : [[], [0]];
    return own.join() === shown.join();
  }});
}}"""


def drawn(page: Page, number: int, target: str = "email") -> str:
    """Where the picture of a page is from that is seen, which says what it shows."""
    image = page.locator(f'.page[data-target="{target}"][data-number="{number}"] img')
    image.wait_for()
    return image.get_attribute("data-source") or ""


def turn_to(page: Page, title: str) -> int:
    """Turn to an entry by the contents; the number of its page."""
    row = page.locator("#contents .turn", has_text=title)
    row.click()
    number = int(row.get_attribute("data-folio") or 0)
    drawn(page, number)
    return number


def click_page(page: Page, number: int, x: float, y: float) -> None:
    """Click on a page at a share of its width and height."""
    leaf = page.locator(f'.page[data-target="email"][data-number="{number}"]')
    box = leaf.bounding_box()
    assert box
    leaf.click(position={"x": x * box["width"], "y": y * box["height"]})


def test_the_book_opens_with_contents_findings_and_free_lines(preview: Previewed, look: Open) -> None:
    page = look(preview.url)
    expect(page).to_have_title("Harbour Towns Register 2031")
    expect(page.locator("#status")).to_contain_text("Built: ")
    number = turn_to(page, "Lantern League")
    expect(page.locator("#where")).to_contain_text(str(number))
    expect(page.locator("#contents .turn", has_text="Lantern League")).to_contain_text("lines free")
    findings = page.locator("#findings .finding")
    assert findings.count() == int(page.locator("#count").inner_text() or 0)
    spread = page.locator(f'.spread:has(.page[data-number="{number}"])')
    assert spread.locator(".page").count() == 2
    size = page.locator(f'.page[data-number="{number}"] img').evaluate(SIZES)
    assert size[0] == size[1]  # a pixel of it is a pixel of the screen


@pytest.mark.parametrize("screen", [{}, {"width": 1271, "device_scale_factor": 1.5}, {"width": 390, "height": 844, "device_scale_factor": 3}])
def test_no_pixel_of_a_page_is_made_up_at_any_size(preview: Previewed, look: Open, screen: dict[str, float]) -> None:
    page = look(preview.url, **screen)
    for act in ("", "+", "press"):
        if act == "press":
            page.locator('.target[data-target="press"]').click()
        elif act:
            page.keyboard.press(act)
        page.wait_for_function(ALL_SHARP)


def test_a_saved_word_is_seen_and_page_zoom_and_scroll_stay(preview: Previewed, look: Open) -> None:
    page = look(preview.url)
    number = turn_to(page, "Lantern League")
    page.keyboard.press("+")
    page.locator("#book").evaluate("book => { book.scrollTop += 40 }")
    page.wait_for_timeout(300)
    before, top = drawn(page, number), page.locator("#book").evaluate("book => book.scrollTop")
    shot = page.screenshot()
    preview.replace(LEAGUE, "It keeps a list of lamps", "It keeps a ledger of lamps")
    expect(page.locator("#status")).to_contain_text(f"Changed: page {number}")
    page.locator(f'.page[data-number="{number}"] img:not([data-source="{before}"])').wait_for()
    expect(page.locator(".contents .turn.changed")).to_contain_text("Lantern League")
    assert page.screenshot() != shot
    assert page.locator("#book").evaluate("book => book.scrollTop") == top
    expect(page.locator("#zoom")).to_have_text("125 %")
    page.locator(f'.page[data-number="{number}"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#place")).to_contain_text("It keeps a ledger of lamps")


def test_a_broken_save_keeps_the_pages_and_shows_what_is_wrong_and_where(preview: Previewed, look: Open) -> None:
    page = look(preview.url)
    number = turn_to(page, "Lantern League")
    before = drawn(page, number)
    preview.replace(LEAGUE, "name:", "nmae:")
    expect(page.locator("#status")).to_contain_text("Withheld: 1 error")
    first = page.locator("#findings .file").first
    expect(first.locator("h3")).to_contain_text("lantern-league.md")
    expect(first.locator(".finding.error")).to_contain_text("line 2")
    expect(first.locator(".finding.error")).to_contain_text("Did you mean 'name'?")
    expect(page.locator("#contents .turn", has_text="Lantern League")).to_contain_text("1 error")
    assert drawn(page, number) == before
    page.locator('.target[data-target="PROOF"]').click()
    assert drawn(page, number, "PROOF") != before
    preview.replace(LEAGUE, "nmae:", "name:")
    expect(page.locator("#status")).to_contain_text("Built: ")
    assert drawn(page, number) == before


def test_text_that_is_no_yaml_keeps_the_pages_too(preview: Previewed, look: Open) -> None:
    page = look(preview.url)
    before = drawn(page, 1)
    preview.replace("edition.yaml", "title:", "title: [")
    expect(page.locator("#status")).to_contain_text("Withheld: 1 error; the pages are those of before")
    assert drawn(page, 1) == before
    expect(page.locator("#contents")).to_contain_text("Lantern League")


@pytest.mark.slow
def test_a_book_that_was_never_whole_says_so_and_has_pages_with_the_save_that_mends_it(
    edition: Path, tmp_path: Path, look: Open
) -> None:
    sheet = edition / "edition.yaml"
    whole = sheet.read_text("utf-8")
    sheet.write_text(whole.replace("title:", "title: ["), "utf-8")
    with previewing(edition, tmp_path) as running:
        page = look(running.url)
        expect(page.locator("#empty")).to_contain_text("There are no pages yet")
        expect(page.locator("#findings .finding.error")).to_contain_text("line")
        running.wait_for_build()
        sheet.write_text(whole, "utf-8")
        drawn(page, 1)
        expect(page.locator("#empty")).to_be_hidden()


@pytest.mark.slow
def test_a_page_that_is_open_goes_on_when_the_preview_is_begun_again(
    edition: Path, tmp_path: Path, browser: Browser
) -> None:
    faults: list[str] = []
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        with previewing(edition, tmp_path) as running:
            running.wait_for_build()
            url = running.url
            page.goto(url)
            drawn(page, 1)
            assert running.interrupt() == 130
        page.locator("body.lost").wait_for()
        shutil.rmtree(tmp_path / "cache" / "directory-pub")  # its pages come late
        with previewing(edition, tmp_path, "--port", url.rpartition(":")[2].rstrip("/")) as again:
            page.locator("body:not(.lost)").wait_for()
            expect(page.locator("#empty")).to_be_hidden()
            again.wait_for_build()
            expect(page.locator("#status")).to_contain_text("Built")
            drawn(page, 1)
    assert faults == []


@pytest.mark.slow
def test_a_broken_book_begins_with_the_good_pages_of_an_earlier_build(
    edition: Path, tmp_path: Path, look: Open
) -> None:
    with previewing(edition, tmp_path) as running:
        running.wait_for_build()
        assert running.interrupt() == 130
    (edition / LEAGUE).write_text("---\nname: [\n---\n", "utf-8")
    with previewing(edition, tmp_path) as running:
        page = look(running.url)
        expect(page.locator("#status")).to_contain_text("the pages are those of before")
        page.locator('.target[data-target="email"][aria-pressed="true"]').wait_for()
        drawn(page, 1)
        click_page(page, 1, 0.5, 0.5)
        expect(page.locator("#place")).to_contain_text("of an earlier build")


def test_a_finding_turns_to_its_page_and_marks_the_place(preview: Previewed, look: Open) -> None:
    page = look(preview.url)
    preview.replace(LEAGUE, "contact:", 'queries:\n  - at: "list of lamps"\n    query: "Is it a list?"\ncontact:')
    finding = page.locator("#findings .finding", has_text="Is it a list?")
    finding.locator(".turn").click()
    mark = page.locator(".page .mark").first
    mark.wait_for()
    expect(page.locator("#contents .turn[aria-current=true]")).to_contain_text("Lantern League")
    assert "all" not in (mark.get_attribute("class") or "")
    # Where it is marked, there its words are.
    leaf, box = page.locator(".page:has(.mark)").bounding_box(), mark.bounding_box()
    number = int(page.locator(".page:has(.mark)").get_attribute("data-number") or 0)
    assert leaf
    assert box
    click_page(
        page,
        number,
        (box["x"] + box["width"] / 2 - leaf["x"]) / leaf["width"],
        (box["y"] + box["height"] / 2 - leaf["y"]) / leaf["height"],
    )
    expect(page.locator("#place")).to_contain_text("It keeps a list of lamps")


def test_a_click_on_a_page_tells_file_and_line_and_opens_the_editor(
    edition: Path, tmp_path: Path, look: Open
) -> None:
    opened = tmp_path / "opened"
    editor = tmp_path / "an editor"
    editor.write_text(f'#!/bin/sh\nprintf "%s|" "$@" "$FONTCONFIG_FILE" > "{opened}"\n', "utf-8")
    editor.chmod(0o755)
    settings = tmp_path / "config" / "directory-pub" / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"editor: \"'{editor}' --at {{file}}:{{line}} 'two words'\"\n", "utf-8")
    with previewing(edition, tmp_path) as running:
        running.wait_for_build()
        page = look(running.url)
        number = turn_to(page, "Lantern League")
        click_page(page, number, 0.35, 0.19)
        expect(page.locator("#place .at")).to_contain_text("content/harbour/entries/lantern-league.md:")
        line = int(page.locator("#place .at").inner_text().partition(".md:")[2].partition(",")[0])
        wait_until(opened.exists)
        file = edition / LEAGUE
        wait_until(lambda: opened.read_text("utf-8") == f"--at|{file}:{line}|two words||")  # and it has its own fonts
        words = page.locator("#place .text").inner_text().removesuffix(" …").split()
        assert words[0] in file.read_text("utf-8").splitlines()[line - 1]


def test_without_an_editor_a_click_tells_and_opens_nothing(preview: Previewed, look: Open) -> None:
    page = look(preview.url)
    number = turn_to(page, "Lantern League")
    click_page(page, number, 0.35, 0.19)
    expect(page.locator("#place .at")).to_contain_text("lantern-league.md:")
    assert page.get_by_text("Open in editor").count() == 0
    page.keyboard.press("Escape")
    expect(page.locator("#place")).to_be_hidden()
    assert page.locator(".mark").count() == 0


def test_two_tabs_turn_fresh_each_where_it_is(preview: Previewed, look: Open) -> None:
    one, other = look(preview.url), look(preview.url)
    number = turn_to(one, "Lantern League")
    before = drawn(one, number), drawn(other, 1)
    preview.replace(LEAGUE, "winter night", "summer night")
    for page in (one, other):
        expect(page.locator("#status")).to_contain_text(f"page {number}")
    one.locator(f'.page[data-number="{number}"] img:not([data-source="{before[0]}"])').wait_for()
    assert drawn(other, 1) == before[1]
    expect(other.locator("#where")).to_have_text("Page 1 of 12")


def test_pictures_sheets_and_layouts_turn_fresh_as_well(preview: Previewed, look: Open) -> None:
    page = look(preview.url)
    number = turn_to(page, "North Quay")
    before = drawn(page, number)
    draw_picture(preview.keep("photos/quay.jpg"), [900, 900])
    page.locator(f'.page[data-number="{number}"] img:not([data-source="{before}"])').wait_for()
    pictured = drawn(page, number)
    preview.replace("styles/tokens.css", "--title: 23pt", "--title: 21pt")
    page.locator(f'.page[data-number="{number}"] img:not([data-source="{pictured}"])').wait_for()
    titled = drawn(page, number)
    preview.keep("layouts/parts/entry.html.j2").write_text("{{ oh", "utf-8")
    expect(page.locator("#findings .finding.error").first).to_contain_text("line 1")
    assert drawn(page, number) == titled


def test_press_pages_have_trim_bleed_and_safe_zone_over_them(preview: Previewed, look: Open) -> None:
    page = look(preview.url)
    page.locator('.target[data-target="press"]').click()
    drawn(page, 1, "press")
    assert page.locator('.spread:first-child .page').count() == 2  # the email page is beside it
    leaf = page.locator('.page[data-target="press"][data-number="1"]')
    boxes = {kind: leaf.locator(f".rule.{kind}").bounding_box() for kind in ("bleed", "trim", "safe")}
    whole = leaf.bounding_box()
    assert whole
    assert all(boxes.values())
    widths = [box["width"] for box in (boxes["safe"], boxes["trim"], boxes["bleed"], whole) if box]
    assert widths == sorted(widths)
    assert len(set(widths)) == 4
    trim = boxes["trim"]
    assert trim
    assert trim["height"] / trim["width"] == pytest.approx(297 / 210, rel=0.01)
    page.get_by_role("button", name="Bleed").click()
    expect(leaf.locator(".rule.bleed")).to_be_hidden()
    expect(leaf.locator(".rule.trim")).to_be_visible()
    page.locator('.target[data-target="email"]').click()
    drawn(page, 1, "press")
    assert page.locator('.page[data-target="email"]').count() == 0


def test_the_keyboard_alone_turns_zooms_and_finds(preview: Previewed, look: Open) -> None:
    page = look(preview.url)
    drawn(page, 1)
    where = page.locator("#where")
    for key, told in (
        ("ArrowRight", "Pages 2–3 of 12"),
        ("PageDown", "Pages 4–5 of 12"),
        ("ArrowLeft", "Pages 2–3 of 12"),
        ("End", "Page 12 of 12"),
        ("PageUp", "Pages 10–11 of 12"),
        ("Home", "Page 1 of 12"),
    ):
        page.keyboard.press(key)
        expect(where).to_have_text(told)
    for key, told in (("+", "125 %"), ("-", "Fit"), ("-", "80 %"), ("0", "Fit")):
        page.keyboard.press(key)
        expect(page.locator("#zoom")).to_have_text(told)
    # All that can be clicked can be come to, and is seen to be come to.
    met = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        met.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
        if page.evaluate("document.activeElement !== document.body"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert {"target", "panel", "smaller", "turn", "page", "book"} <= met


def test_a_telephone_has_a_page_at_a_time_and_one_panel(preview: Previewed, look: Open) -> None:
    page = look(preview.url, width=390, height=844)
    drawn(page, 1)
    expect(page.locator("#contents")).to_be_hidden()
    assert page.locator(".spread").first.locator(".page").count() == 1
    page.locator('.panel[data-panel="contents"]').click()
    turn_to(page, "Lantern League")
    expect(page.locator("#contents")).to_be_hidden()
    page.locator('.panel[data-panel="findings"]').click()
    expect(page.locator("#findings")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
