"""Cross references on the page: the page that they lead to, filled in, linked as a whole, and read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, read_pages
from directory_pub.pieces import Resources
from project import copy_project
from reading import read_tags
from small_book import errors, lines_of, write_small

QUAY = """\
---
name: Quay
see_also: [pier-007, towns]
---

We keep the lamps with [Pier 7](#pier-007), then **[Pier 8](#pier-008)** and *[Pier 9](#pier-009)*.[^n]

[^n]: As [Pier 97](#pier-097) does.

- **[Pier 98](#pier-098)** is far along the coast, where nobody has been for many and many a year, says [Pier 99](#pier-099).

> “We all look up to [Pier 100](#pier-100).”
>
> — **ADA BRANDT,** [PIER 1](#pier-001)
"""
PIERS = {f"pier-{n:03}": f"We lie beside [Quay](#quay), and this is {n}.\n" for n in range(1, 101)}
_NAMED = re.compile(r"(Quay|P(?:ier|IER) \d+|TOWNS) \(page (\d+)\)")


def shown(result: BuildResult, target: str) -> list[PageText]:
    return list(read_pages(result.files[target]))


def said(page: PageText) -> str:
    """The words of a page, line by line, without the raised figures of notes."""
    return " ".join(word.text for line in lines_of(page) for word in line if word.size_pt > 6)


def starts(pages: list[PageText]) -> Iterator[tuple[str, int]]:
    """Each entry's name, as its page has it in large letters, with the folio that is printed there."""
    for index, page in enumerate(pages, 1):
        name = " ".join(word.text for word in page.words if word.size_pt > 15 and word.text.isalnum())
        if name:
            yield name, index


@pytest.fixture(scope="module")
def long_book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    folder = tmp_path_factory.mktemp("long")
    edition = write_small(folder / "edition", {"quay": QUAY, **PIERS}, trim="A6")
    for n in range(1, 101):
        path = edition / "entries" / f"pier-{n:03}.md"
        path.write_text(path.read_text("utf-8").replace(f"name: Pier-{n:03}", f"name: Pier {n}"), "utf-8")
    result = build_edition(edition, folder / "out", resources=Resources(cache=folder / "kept"))
    assert errors(result) == []
    return result


@pytest.mark.slow
@pytest.mark.parametrize("target", ["press", "email"])
def test_every_reference_names_the_page_that_it_leads_to(long_book: BuildResult, target: str) -> None:
    pages = shown(long_book, target)
    found = dict(starts(pages))
    assert len(found) > 100
    quay = pages[found["Quay"] - 1]
    named = {name.title(): int(folio) for name, folio in _NAMED.findall(said(quay))}
    wanted = ("Pier 7", "Pier 8", "Pier 9", "Pier 97", "Pier 98", "Pier 99", "Pier 100", "Pier 1", "Towns")
    assert set(named) == set(wanted)
    assert {len(str(folio)) for folio in named.values()} == {1, 2, 3}
    assert named == {name: found.get(name, 3) for name in named}
    assert "TOWNS" in said(pages[3 - 1])
    for name in ("Pier 7", "Pier 100"):
        assert _NAMED.findall(said(pages[found[name] - 1])) == [("Quay", str(found["Quay"]))]


@pytest.mark.slow
def test_the_words_behind_a_short_folio_follow_at_once(long_book: BuildResult) -> None:
    """No placeholder is wider than its folio: a bracket stands right behind the figure."""
    pages = shown(long_book, "press")
    quay = pages[dict(starts(pages))["Quay"] - 1]
    for word in quay.words:
        if re.fullmatch(r"\d+\)\W*", word.text):
            assert word.right_mm - word.left_mm < 0.55 * word.size_pt * 0.3528 * (len(word.text) + 0.2), word.text


@pytest.mark.slow
def test_each_reference_is_one_link_that_says_its_page_once(long_book: BuildResult) -> None:
    found = dict(starts(shown(long_book, "email")))
    tags = read_tags(long_book.files["email"])
    texts = {" ".join(tag.text.split()): tag for tag in tags.document.all("Link") if "(page" in tag.text}
    for name in ("Pier 7", "Pier 98", "Pier 99", "Pier 97"):
        tag = texts[f"{name} (page {found[name]})"]
        assert {str(each["/Contents"]) for each in tag.annotations} == {f"{name} (page {found[name]})"}
        assert {str(each["/Dest"]) for each in tag.annotations} == {f"pier-{int(name[5:]):03}"}


@pytest.mark.slow
def test_a_page_more_sets_only_what_names_a_longer_folio(long_book: BuildResult, tmp_path: Path) -> None:
    edition = long_book.edition
    assert edition is not None
    path = edition.folder / "entries" / "pier-001.md"
    path.write_text(path.read_text("utf-8") + "\n" + "\n\n".join(["Words that fill a page. " * 30] * 3) + "\n", "utf-8")
    result = build_edition(edition.folder, tmp_path / "out", resources=Resources(cache=edition.folder.parent / "kept"))
    assert errors(result) == []
    entries = {name for name in result.pieces_set if not name.startswith("folios")}
    assert entries <= {"pier-001", "quay", "notes"}
    pages = shown(result, "email")
    found = dict(starts(pages))
    named = dict(_NAMED.findall(said(pages[found["Quay"] - 1])))
    assert int(named["Pier 7"]) == found["Pier 7"] > dict(starts(shown(long_book, "email")))["Pier 7"]


# -------------------------------------------------------------------- figures that cannot be filled in
SHORT = {"quay": "See [Mole](#mole), and **[Pier](#pier)**.\n", "mole": "See [Quay](#quay).\n", "pier": "Words.\n"}
FOLIOS = {"Mole": "4", "Pier": "5"}


def short_book(tmp_path: Path, file: str, old: str, new: str) -> BuildResult:
    """A book of three entries with one change of a sheet or layout."""
    project = tmp_path / "project"
    copy_project(project)
    path = project / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return build_edition(write_small(project / "content" / "small", SHORT), tmp_path / "out")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("styles/text.css", "html {", 'html { font-feature-settings: "pnum";'),
        ("layouts/parts/text.html.j2", ' data-folio-of="{{ part.folio_of }}"', ""),
    ],
    ids=["figures of several widths", "a layout that prints it as any text"],
)
def test_where_folios_cannot_be_filled_in_the_text_is_set_with_them(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    result = short_book(tmp_path, file, old, new)
    assert errors(result) == []
    text = " ".join(said(page) for page in shown(result, "email"))
    assert dict(re.findall(r"(Mole|Pier) \(page (\d+)\)", text)) == FOLIOS


@pytest.mark.slow
def test_a_layout_that_leaves_the_folio_out_is_told_of(tmp_path: Path) -> None:
    old = '<span data-folio-of="{{ part.folio_of }}">{{ part.text }}</span>'
    result = short_book(tmp_path, "layouts/parts/text.html.j2", old, "")
    assert "words-lost" in {finding.code for finding in errors(result)}


@pytest.mark.slow
def test_links_alone_where_the_edition_says_so(tmp_path: Path) -> None:
    edition = write_small(tmp_path / "edition", SHORT)
    sheet = edition / "edition.yaml"
    sheet.write_text(sheet.read_text("utf-8") + "cross_references: link\n", "utf-8")
    result = build_edition(edition, tmp_path / "out")
    assert {finding.code for finding in result.report} <= {"mark-unused"}
    assert "page" not in " ".join(said(page) for page in shown(result, "press"))
    with pikepdf.open(result.files["email"]) as pdf:
        goals = [str(link.Dest) for link in pdf.pages[2].Annots if "/Dest" in link]
    assert goals == ["mole", "pier"]


@pytest.mark.quick("note*")
# -------------------------------------------------------------------- addresses
@pytest.mark.parametrize(
    ("links", "words"),
    [("print", "our report (example.org/r.pdf) says"), ("note", "our report says"), ("silent", "our report says")],
)
def test_an_address_is_printed_as_the_edition_says(tmp_path: Path, links: str, words: str) -> None:
    entries = {"quay": "As [our report](https://example.org/r.pdf) says, we lie by the sea.[^a]\n\n[^a]: A note.\n"}
    edition = write_small(tmp_path / "edition", entries)
    sheet = edition / "edition.yaml"
    sheet.write_text(sheet.read_text("utf-8") + f"links: {links}\n", "utf-8")
    result = build_edition(edition, tmp_path / "out")
    assert {finding.code for finding in result.report} <= {"mark-unused"}
    for target in ("press", "email"):
        page = shown(result, target)[2]
        assert words in said(page)
        assert ("example.org/r.pdf" in said(page)) is (links != "silent")
