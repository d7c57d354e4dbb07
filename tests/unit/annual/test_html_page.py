"""The page of a comparison: it says all, obeys nothing, and needs nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from directory_pub.annual import compare_editions, html_page
from two_years import change, two_years

_VOID = {"meta", "br", "link", "img"}


class Page(HTMLParser):
    """Its elements and texts; one that is not closed where it should be fails."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            self.texts.setdefault(self.open[-1], []).append(" ".join(data.split()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page_of(before: Path, after: Path) -> tuple[Page, str]:
    comparison, findings = compare_editions(before, after)
    assert comparison is not None, findings
    html = html_page(comparison)
    return Page(html), html


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return two_years(tmp_path_factory.mktemp("years"))


def test_the_page_says_what_is_out_in_new_dropped_and_unchanged(years: tuple[Path, Path]) -> None:
    page, _ = page_of(*years)
    assert page.texts["h1"] == ["International City Networks Directory 2021"]
    assert page.texts["h2"] == ["The edition", "Front matter", "Changed", "New", "Dropped", "Unchanged"]
    assert page.texts["b"] == ["5", "1", "1", "10"]
    assert {"141", "SDG 11 DAY", "platforma"} <= set(page.texts["del"])
    assert {"146", "A GREEN RECOVERY", "platforma-network", "office@example.org"} <= set(page.texts["ins"])
    assert {"Harbour League", "Rainbow Cities Network", "UN-Habitat"} <= set(page.texts["li"])
    assert "quay.jpg: another picture under this name" in page.texts["td"]


def test_the_page_is_whole_by_itself_and_can_be_walked_through(years: tuple[Path, Path]) -> None:
    page, html = page_of(*years)
    assert page.all("html") == [{"lang": "en"}]
    assert not page.all("script") + page.all("link") + page.all("img")
    assert set(re.findall(r"url\(.{6}", html)) == {'url("data:'}
    assert "http" not in html.split("</style>")[0]
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert all(str(link["href"]).removeprefix("#") in ids for link in page.all("a"))
    assert all(section.get("aria-labelledby") in ids for section in page.all("section"))
    assert all(cell.get("scope") == "row" for cell in page.all("th"))
    assert {cell.get("lang") for cell in page.all("td") if cell["class"] == "words"} == {"en-GB"}


def test_whatever_an_editor_writes_is_text_on_the_page(tmp_path: Path) -> None:
    before, after = two_years(tmp_path)
    evil = "<script>alert(1)</script><style>*{}</style>&amp;\u202e"
    change(after / "edition.yaml", "title: International City Networks Directory", f"title: '{evil}'")
    change(after / "edition.yaml", "title: ORGANIZERS", f"title: '{evil}'")
    change(after / "entries" / "metropolis.md", "name: Metropolis Network", f"name: '{evil}'")
    change(after / "entries" / "harbour-league.md", "name: Harbour League", f"name: '{evil} x'")
    change(after / "entries" / "aimf.md", "web: www.aimf.asso.fr", f"person: '{evil}'")
    page, html = page_of(before, after)
    assert not page.all("script")
    assert len(page.all("style")) == 1
    assert page.texts["h1"] == ["<script>alert(1)</script><style>*{}</style>&amp;\\u202e 2021"]
    assert "\u202e" not in html


def test_errors_of_an_edition_stand_on_the_page(tmp_path: Path) -> None:
    before, after = two_years(tmp_path)
    (after / "entries" / "uclg.md").write_text("---\nname: [\n---\n")
    page, _ = page_of(before, after)
    assert "Not read" in page.texts["h2"]
    assert any(text.startswith("content/2021/entries/uclg.md:") for text in page.texts["li"])


def test_two_editions_that_are_the_same_make_a_page_without_changes(years: tuple[Path, Path]) -> None:
    page, _ = page_of(years[0], years[0])
    assert page.texts["h2"] == ["Unchanged"]
    assert "del" not in page.texts
    assert not page.all("table")
