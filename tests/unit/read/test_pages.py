"""The order of the book as edition.yaml lists it."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.edition.contents import contents_items
from directory_pub.edition.model import Edition
from directory_pub.findings import Finding
from directory_pub.read import read_edition
from project import ROOT

HEAD = "key: x\ntitle: Register\nlanguage: en-GB\ncreated: 2031-03-02\ntrim: A4\n"
SECTIONS = """\
sections:
  - {key: towns, title: TOWNS, entries: [quay]}
  - {key: ports, title: PORTS, entries: [mole]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "x"
    for name in ("towns/quay", "ports/mole"):
        write(folder, f"{name}.md", f"---\nname: {name}\n---\n\nText.[^1]\n\n[^1]: Note.\n")
    return folder


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def read(folder: Path, pages: str, **texts: str) -> tuple[Edition, list[Finding]]:
    """The edition with these pages; ``texts`` are the fields and text of each in pages/."""
    write(folder, "edition.yaml", f"{HEAD}{pages}\n{SECTIONS}")
    for key, text in texts.items():
        write(folder, f"pages/{key}.md", text)
    edition, findings = read_edition(folder, ROOT)
    assert edition is not None
    return edition, findings


def order(edition: Edition) -> list[tuple[str, str]]:
    return [(part.kind, part.key) for part in edition.order]


def test_without_a_list_front_matter_contents_and_sections_follow_one_another(folder: Path) -> None:
    edition, findings = read(folder, "", preface="---\n---\n\nText.\n")
    assert order(edition) == [("text", "preface"), ("contents", "contents"), ("section", "towns"), ("section", "ports")]
    assert findings == []


def test_the_list_is_the_order_of_the_book(folder: Path) -> None:
    pages = "pages: [thanks, ports, notes, contents, notes, blank, towns, welcome]"
    text = "---\ntitle: Hear\n---\n\nText.[^1]\n\n[^1]: Note.\n"
    edition, findings = read(folder, pages, thanks=text, welcome=text)
    assert findings == []
    assert order(edition) == [
        ("text", "thanks"),
        ("section", "ports"),
        ("notes", "notes/1"),
        ("contents", "contents"),
        ("notes", "notes/2"),
        ("blank", "blank/1"),
        ("section", "towns"),
        ("text", "welcome"),
    ]
    assert [section.key for section in edition.sections] == ["ports", "towns"]
    numbers = {Path(source).stem: number for source, number in edition.first_notes().items()}
    assert numbers == {"thanks": 1, "mole": 2, "quay": 3, "welcome": 4}, "notes are numbered as they are read"
    rows = [item.key for item in contents_items(edition) if item.kind == "part"]
    assert rows == ["ports", "towns", "welcome"], "what stands in front of the contents has no row there"


def test_a_text_has_the_layout_of_its_name_or_the_one_that_it_names(folder: Path) -> None:
    pages = "pages: [imprint, thanks, plan, towns, ports]"
    texts = {
        "imprint": "---\n---\n\nText.\n",
        "thanks": "---\n---\n\nText.\n",
        "plan": "---\nkind: letter\n---\n\nText.\n",
    }
    edition, findings = read(folder, pages, **texts)
    assert findings == []
    assert [page.kind for page in edition.text_pages.values()] == ["imprint", "text", "letter"]


@pytest.mark.parametrize(
    ("pages", "code", "words"),
    [
        ("pages: [contents, towns]", "entry-unlisted", "the section 'ports' is not listed"),
        ("pages: [towns, ports, towns]", "entry-repeated", "'towns' is listed already"),
        ("pages: [towns, ports, welcom]", "file-missing", "'pages/welcom.md' is not there"),
        ("pages: [towns, ports, cover]", "name-duplicate", "'cover' is the name of something else"),
        ("pages: [towns, ports, Floor Plan]", "value-type", "Floor Plan"),
        ("pages: [towns, ports, welcome]\nfront_matter: [welcome]", "field-unused", "has no effect"),
        ("pages: [towns, ports, [welcome]]", "value-type", "is a list, not text"),
    ],
)
def test_a_list_that_cannot_be_followed_is_told_of(folder: Path, pages: str, code: str, words: str) -> None:
    write(folder, "pages/welcome.md", "---\ntitle: Hear\n---\n\nText.\n")
    _, findings = read(folder, pages)
    own = [each for each in findings if each.code != "file-unused"]
    assert [each.code for each in own] == [code]
    assert words in f"{own[0].place} {own[0].message}"
    assert own[0].place.line
    assert own[0].remedy


def test_a_misspelt_page_is_led_to_the_right_one(folder: Path) -> None:
    _, findings = read(folder, "pages: [towns, ports, contens]")
    assert "Did you mean 'contents'?" in findings[0].remedy


def test_a_text_that_nobody_lists_is_an_error(folder: Path) -> None:
    _, findings = read(folder, "pages: [towns, ports]", welcome="---\n---\n\nText.\n")
    (lost,) = findings
    assert (lost.code, lost.severity) == ("file-unused", "error")
    assert "'pages: [towns, ports, welcome]'" in lost.remedy


def test_a_kind_that_is_no_text_s_is_refused(folder: Path) -> None:
    _, findings = read(folder, "pages: [towns, ports, plan]", plan="---\nkind: opener\n---\n\nText.\n")
    (refused,) = findings
    assert (refused.code, refused.place.line) == ("name-duplicate", 2)


def test_a_text_called_as_a_section_is_told_of(folder: Path) -> None:
    _, findings = read(folder, "pages: [towns, ports]", towns="---\ntitle: Hear\n---\n\nText.\n")
    assert [(each.code, each.severity) for each in findings] == [("name-duplicate", "error")]


def test_an_order_of_nothing_is_told_of(folder: Path) -> None:
    _, findings = read(folder, "pages: []")
    assert {each.code for each in findings} == {"entry-unlisted"}, "each section would stand nowhere"


def test_an_advert_called_as_an_entry_is_told_of(folder: Path) -> None:
    adverts = "adverts: [{key: quay, file: a.pdf, advertiser: A, alt: B}]"
    edition, findings = read(folder, adverts)
    assert ("name-duplicate", "error") in {(each.code, each.severity) for each in findings}
    assert edition.adverts == ()


@pytest.mark.parametrize("key", ["contents", "programme", "sponsors", "notes"])
def test_an_advert_called_as_what_stands_in_the_book_is_told_of(folder: Path, key: str) -> None:
    edition, findings = read(folder, f"adverts: [{{key: {key}, file: a.pdf, advertiser: A, alt: B}}]")
    assert ("name-duplicate", 6) in {(each.code, each.place.line) for each in findings}
    assert edition.adverts == ()


def test_pages_without_a_file_of_theirs_say_which_it_is(folder: Path) -> None:
    _, findings = read(folder, "pages: [towns, ports, programme, sponsors]")
    assert [each.message for each in findings] == ["the edition has no programme.", "the edition has no sponsors."]
