"""A theme of one's own: what docs/designers.md tells a designer to write is done here, and the finished book is asked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import read_pages
from directory_pub.pieces import Resources
from project import HARBOUR, ROOT
from small_book import errors

pytestmark = pytest.mark.slow

DOC = ROOT / "docs" / "designers.md"
STEPS = re.compile(r"^`([^`\n]+)`\n\n((?:(?: {4}.*)?\n)+)", re.MULTILINE)
WHITE, NAVY = (255, 255, 255), (0x12, 0x35, 0x5B)


def steps() -> dict[str, str]:
    """What the walk-through writes, by file."""
    (section,) = re.findall(r"^## A theme of one's own\n(.*?)^## ", DOC.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return {
        name: "\n".join(line[4:] for line in block.strip("\n").split("\n")) + "\n"
        for name, block in STEPS.findall(section)
    }


def write_project(folder: Path) -> Path:
    """A project that has nothing but the made-up edition and the theme of the walk-through."""
    edition = Path(shutil.copytree(HARBOUR, folder / "content" / "harbour"))
    for name, text in steps().items():
        path = (edition if name == "edition.yaml" else folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")
    return edition


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    edition = write_project(tmp_path_factory.mktemp("ledger") / "project")
    result = build_edition(edition, edition / "out", resources=Resources())
    assert errors(result) == []
    return result


def colours(book: BuildResult, index: int, *, below: float = 0.0) -> set[tuple[int, int, int]]:
    """The colours of a page, or of what lies below a share of its height; those of soft edges are left out."""
    with pypdfium2.PdfDocument(book.files["email"]) as pdf:
        picture = pdf[index].render(scale=1).to_pil().convert("RGB")
    part = picture.crop((0, int(below * picture.height), *picture.size))
    return {colour for count, colour in part.getcolors(1 << 20) if count > 1000}


def pages_of(book: BuildResult, kind: str) -> list[int]:
    assert book.book is not None
    return [index for piece in book.book.pieces if piece.kind == kind for index in piece.pages]


def test_the_walk_through_writes_four_files_and_no_python() -> None:
    assert list(steps()) == [
        "themes/ledger/layouts/pages/opener.html.j2",
        "themes/ledger/styles/pages/opener.css",
        "themes/ledger/layouts/tailpieces.html.j2",
        "edition.yaml",
    ]


def test_openers_are_a_title_in_blue_on_white(book: BuildResult) -> None:
    openers = pages_of(book, "opener")
    assert len(openers) == 2
    for index in openers:
        assert colours(book, index) == {WHITE, NAVY}


def test_white_follows_an_entry_that_ends_early(book: BuildResult) -> None:
    last = pages_of(book, "entry")[-1]
    assert colours(book, last, below=0.5) == {WHITE}


def test_what_the_theme_does_not_have_is_as_it_is_built_in(book: BuildResult) -> None:
    assert NAVY in colours(book, 0), "the cover is the city's"
    (first, *_) = pages_of(book, "entry")
    assert {word.face[:13] for word in list(read_pages(book.files["email"]))[first].words} == {"Source-Sans-3"}


def test_a_theme_that_there_is_not_is_an_error_that_says_which_there_are(tmp_path: Path) -> None:
    edition = write_project(tmp_path / "project")
    sheet = edition / "edition.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("theme: ledger", "theme: legder"), "utf-8")
    (finding,) = errors(build_edition(edition, tmp_path / "out", resources=Resources()))
    assert (finding.code, finding.place.field) == ("value-type", "theme")
    assert finding.message.endswith("'legder' is no theme.")
    assert "'ledger'" in finding.remedy
