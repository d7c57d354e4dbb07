"""A page of one's own: what docs/designers.md tells a designer to write is done here, and the finished book is asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, read_pages
from directory_pub.pieces import Resources
from project import ROOT, copy_project
from reading import Tag, read_tags
from small_book import errors, lines_of

pytestmark = pytest.mark.slow

DOC = ROOT / "docs" / "designers.md"
STEPS = re.compile(r"^`([^`\n]+)`\n\n((?:(?: {4}.*)?\n)+)", re.MULTILINE)


def steps() -> dict[str, str]:
    """What the walk-through writes, by file."""
    (section,) = re.findall(r"^## A page of one's own\n(.*?)^## ", DOC.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return {
        name: "\n".join(line[4:] for line in block.strip("\n").split("\n")) + "\n"
        for name, block in STEPS.findall(section)
    }


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The made-up edition with the page of the walk-through."""
    project = tmp_path_factory.mktemp("own") / "project"
    edition = copy_project(project)
    for name, text in steps().items():
        path = edition / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text("utf-8") if name == "edition.yaml" else "") + text, "utf-8")
    result = build_edition(edition, project / "out", resources=Resources())
    assert errors(result) == []
    return result


@pytest.fixture(scope="module")
def index(book: BuildResult) -> int:
    """The page's index in the book."""
    assert book.book is not None
    return next(piece.pages[0] for piece in book.book.pieces if piece.kind == "welcome")


@pytest.fixture(scope="module")
def page(book: BuildResult, index: int) -> PageText:
    return list(read_pages(book.files["email"]))[index]


def test_the_walk_through_writes_five_files_and_no_python() -> None:
    assert list(steps()) == [
        "pages/welcome.md",
        "edition.yaml",
        "layouts/pages/welcome.html.j2",
        "styles/pages/welcome.css",
        "styles/text-styles.yaml",
    ]


def test_it_stands_between_preface_and_imprint(book: BuildResult) -> None:
    assert book.book is not None
    kinds = [piece.kind for piece in book.book.pieces]
    assert kinds[kinds.index("preface") : kinds.index("contents")] == ["preface", "welcome", "imprint"]


def test_its_words_are_on_its_page_with_its_folio(page: PageText, index: int) -> None:
    lines = [" ".join(word.text for word in line) for line in lines_of(page)]
    assert lines[0] == str(index + 1)
    assert lines[1] == "Welcome"
    assert " ".join(lines[2:]) == (
        "The harbour is open, and so is this book: whoever looks for a town finds it here."
        " Come in. More is at our own site. Ada Brandt, harbour master"
    )


def test_the_signature_is_set_in_its_style_and_stands_on_the_grid(page: PageText) -> None:
    (signed,) = (line for line in lines_of(page) if line[0].text == "Ada")
    assert {word.face for word in signed} == {"Source-Serif-4-Semi-Bold"}
    assert {round(word.size_pt, 2) for word in signed} == {10.5}
    assert (signed[0].baseline_mm - 27 - 3.323) % 4.5 == pytest.approx(0, abs=0.05)


def test_it_is_read_aloud_as_a_heading_and_paragraphs(book: BuildResult, index: int) -> None:
    tags = read_tags(book.files["email"])
    own = [tag for tag in tags.document.all("H1", "P") if tag.pages == {index}]
    assert [(tag.role, tag.text) for tag in own] == [
        ("H1", "Welcome"),
        ("P", "The harbour is open, and so is this book: whoever looks for a town finds it here."),
        ("P", "Come in. More is at our own site."),
        ("P", "Ada Brandt, harbour master"),
    ]
    (link,) = (link for tag in own for link in tag.all("Link"))
    assert address(link) == "https://www.example.org"


def address(link: Tag) -> str:
    return str(link.annotations[0]["/A"]["/URI"])


def test_it_is_among_the_bookmarks(book: BuildResult, index: int) -> None:
    pdf = PdfReader(book.files["email"])
    found = {
        str(mark.title): pdf.get_destination_page_number(mark) for mark in pdf.outline if not isinstance(mark, list)
    }
    assert found["Welcome"] == index


def test_the_press_file_has_it_too(book: BuildResult, page: PageText, index: int) -> None:
    press = list(read_pages(book.files["press"]))[index]
    assert [word.text for word in press.words] == [word.text for word in page.words]


def test_the_2020_edition_needs_no_row_for_its_front_matter() -> None:
    assert "front_matter" not in Path(ROOT / "content" / "2020" / "edition.yaml").read_text("utf-8")
