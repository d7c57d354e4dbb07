"""Each word of a page leads to the line of the file on which somebody wrote it, and back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from conftest import built_once
from directory_pub.build import build_edition
from directory_pub.census.expected import letters
from directory_pub.findings import Place, error
from directory_pub.pieces import Resources
from directory_pub.preview.drawing import Drawer
from directory_pub.preview.messages import Written
from directory_pub.preview.places import Whereabouts
from directory_pub.production.book import Look
from project import ROOT, kept_pieces

pytestmark = pytest.mark.slow

EDITIONS = ROOT / "tests" / "editions"


class Looks(list[Look]):
    """Somebody who has seen nothing, and keeps all looks."""

    def seen(self, name: str) -> Collection[str]:
        return ()

    def look(self, look: Look) -> None:
        self.append(look)


@pytest.fixture(scope="module", params=["harbour", "conference"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Look, Whereabouts]]:
    """The email pages of a made-up edition, and where their words were written."""
    folder, edition = tmp_path_factory.mktemp("places"), EDITIONS / request.param
    looks = Looks()
    cache = kept_pieces(built_once(tmp_path_factory, edition), folder)
    result = build_edition(edition, folder, resources=Resources(cache=cache), onlooker=looks)
    assert not result.failed
    look = next(look for look in looks if look.name == "email")
    drawer, file = Drawer(), result.files["email"]
    drawer.open(file)
    written = Written(census=look.census, book=look.book, named=look.named)
    yield look, Whereabouts(written, lambda at: drawer.read(file, at), lambda at: drawer.pictures(file, at))
    drawer.close(file)


def source(root: Path, place: Place) -> str | None:
    """The letters of the line that a place names; None for a cell of a workbook, and a place that is a whole file."""
    path = root / place.file
    if place.line is None or path.suffix not in {".md", ".yaml"}:
        return None
    lines = path.read_text("utf-8").splitlines()
    return letters("".join(lines[place.line - 1 : place.line + 1]).replace("*", "").replace("\\", ""))


def test_what_a_page_shows_stands_on_the_line_that_is_told(book: tuple[Look, Whereabouts]) -> None:
    look, where = book
    held, lost = 0, []
    for index in range(look.book.page_count):
        for passage in where.passages(index):
            written, words = source(look.census.edition.root, passage.place), passage.text.removesuffix(" …").split()
            # What the book adds (the number of a note, the letter of a group, a folio) nobody has written.
            word = next((letters(word).rstrip("-") for word in words if not word.isdigit()), "")
            if written is None or passage.place.field != "body" or passage.place.line == 1:
                continue
            held += 1
            lost += [] if word in written else [f"{index + 1}: {passage}"]
    assert held > 10
    assert lost == []


def test_a_point_of_a_page_leads_to_its_words_and_their_line_back_to_the_point(
    book: tuple[Look, Whereabouts],
) -> None:
    look, where = book
    for index in range(look.book.page_count):
        for passage in where.passages(index):
            for left, top, width, height in passage.boxes[:1]:
                found = where.at(index, left + width / 2, top + height / 2)
                assert height > 0
                if passage.place.line is not None and found.place == passage.place:
                    mark = where.mark(error("query", passage.place, "?", "Look.", index + 1))
                    assert mark is not None
                    assert mark.page_index == index
                    assert mark.boxes


def test_every_page_leads_somewhere(book: tuple[Look, Whereabouts]) -> None:
    look, where = book
    for index in range(look.book.page_count):
        told = where.at(index, 1.0, 1.0).place
        assert (look.census.edition.root / told.file).exists()
