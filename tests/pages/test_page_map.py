"""The printed page map: 36 pages, every piece on the folio that the printed directory gave it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText
from directory_pub.pieces import Resources
from project import ROOT, apply_change, copy_project, kept_pieces

PRINTED = {
    "cover": 1,
    "inside-cover": 2,
    "preface": 3,
    "imprint": 4,
    "contents": 5,
    "organizers": 6,
    "unece": 7,
    "un-habitat": 9,
    "geneva-cities-hub": 11,
    "the-directory": 13,
    "cities-alliance": 14,
    "covenant-of-mayors": 15,
    "eurocities": 17,
    "global-city-network": 18,
    "iclei-europe": 20,
    "aimf": 22,
    "mayors-migration-council": 24,
    "metropolis": 26,
    "open-and-agile-smart-cities": 27,
    "platforma": 28,
    "rainbow-cities": 30,
    "uclg": 31,
    "women-transforming-cities": 33,
    "notes": 34,
    "back-cover": 36,
}
TITLES = {
    3: "Preface",
    5: "Contents",
    7: "United Nations Economic Commission for Europe",
    9: "UN-Habitat",
    11: "Geneva Cities Hub",
    14: "Cities Alliance",
    15: "Covenant of Mayors for Climate and Energy – Europe Office",
    17: "Eurocities",
    18: "Global City Network",
    20: "ICLEI European Secretariat",
    22: "International Association of Francophone Mayors (AIMF)",
    24: "Mayors Migration Council",
    26: "Metropolis",
    27: "Open and Agile Smart Cities",
    28: "Platforma",
    30: "Rainbow Cities Network",
    31: "United Cities and Local Governments",
    33: "Women Transforming Cities International Society",
}


def test_every_piece_starts_on_its_printed_folio(book_2020: BuildResult) -> None:
    assert book_2020.book is not None
    assert {piece.key: piece.pages[0] + 1 for piece in book_2020.book.pieces} == PRINTED


def test_the_book_has_36_pages(pages_2020: list[PageText]) -> None:
    assert len(pages_2020) == 36


@pytest.mark.parametrize(("folio", "title"), TITLES.items())
def test_a_title_stands_large_on_its_printed_page(pages_2020: list[PageText], folio: int, title: str) -> None:
    large = [word.text for word in pages_2020[folio - 1].words if 22 < word.size_pt < 24]
    assert " ".join(large) == title


def test_openers_carry_their_title_alone(pages_2020: list[PageText]) -> None:
    assert [w.text for w in pages_2020[5].words] == ["ORGANIZERS"]
    assert [w.text for w in pages_2020[12].words] == ["THE", "DIRECTORY"]


def test_no_content_or_layout_names_a_page_or_break() -> None:
    for path in [*(ROOT / "content" / "2020").rglob("*.*"), *(ROOT / "layouts").rglob("*.j2")]:
        if path.name != "README.md":
            assert not re.search(r"break-(before|after)|<pb|\bpage:\s*\d|folio:\s*\d", path.read_text("utf-8")), path


def test_a_full_page_carries_about_500_words(pages_2020: list[PageText]) -> None:
    """Page 9 and 18 are full of text: well filled, not crammed."""
    assert 400 <= len(pages_2020[17].words) <= 560


def test_the_report_tells_the_lines_still_free(book_2020: BuildResult) -> None:
    assert book_2020.book is not None
    free = {end.key: end.free_lines for end in book_2020.book.ends}
    assert len(free) == 16
    assert all(1 <= lines < 54 for lines in free.values())


@pytest.mark.slow
def test_an_edit_of_two_lines_does_not_break_the_map(tmp_path: Path, book_2020: BuildResult) -> None:
    """Of the entry with the fewest lines free the text is raised, and the book has as many pages as before."""
    copy_project(tmp_path / "project", ROOT / "content" / "2020")
    change = {"file": "content/2020/entries/rainbow-cities.md", "replace": "## VISION",
              "with": f"{'They meet once a year, and each city tells the others what it has done. ' * 2}\n\n## VISION"}  # fmt: skip
    apply_change(tmp_path / "project", change)
    cache = Resources(cache=kept_pieces(book_2020, tmp_path / "kept"))
    edited = build_edition(tmp_path / "project" / "content" / "2020", tmp_path / "out", resources=cache)
    assert not edited.failed, list(edited.report)
    assert edited.book is not None
    assert edited.book.page_count == 36
    assert edited.book.fits["rainbow-cities"] == "raised"
