"""The contents page: every folio from the layout, marks, legends and leaders in their places."""

from __future__ import annotations

from pathlib import Path

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, Word, read_pages
from project import apply_change


def rows(page: PageText) -> list[list[Word]]:
    """The page's words line by line."""
    lines: dict[int, list[Word]] = {}
    for word in page.words:
        lines.setdefault(round(word.baseline_mm * 2), []).append(word)
    return [sorted(line, key=lambda w: w.left_mm) for _, line in sorted(lines.items())]


def folio_rows(page: PageText) -> list[tuple[str, str]]:
    """Name and folio of every row that has leaders."""
    found = []
    for line in rows(page):
        if any(set(word.text) == {"."} for word in line):
            name = " ".join(word.text for word in line[:-1] if set(word.text) != {"."})
            found.append((name, line[-1].text))
    return found


def test_the_contents_name_every_entry_and_its_folio(pages_2020: list[PageText]) -> None:
    assert folio_rows(pages_2020[4]) == [
        ("ORGANIZERS", "6"),
        ("United Nations Economic Commission for Europe", "7"),
        ("UN-Habitat", "9"),
        ("Geneva Cities Hub", "11"),
        ("THE DIRECTORY", "13"),
        ("Cities Alliance*", "14"),
        ("Covenant of Mayors for Climate and Energy – Europe Office", "15"),
        ("Eurocities", "17"),
        ("Global City Network", "18"),
        ("ICLEI European Secretariat", "20"),
        ("International Association of Francophone Mayors (AIMF)", "22"),
        ("Mayors Migration Council", "24"),
        ("Metropolis", "26"),
        ("World Association of the Major Metropolises", "26"),
        ("Open and Agile Smart Cities", "27"),
        ("Platforma", "28"),
        ("Rainbow Cities Network", "30"),
        ("United Cities and Local Governments", "31"),
        ("Women Transforming Cities International Society**", "33"),
    ]


def test_folios_and_leaders_end_on_one_edge_each(pages_2020: list[PageText]) -> None:
    """Whether a folio has one figure or two: leaders end before the longest."""
    lines = [line for line in rows(pages_2020[4]) if any(set(word.text) == {"."} for word in line)]
    for column in (-1, -2):
        rights = [line[column].right_mm for line in lines]
        assert max(rights) - min(rights) < 0.3
    assert all(line[-1].left_mm - line[-2].right_mm < 3 for line in lines if len(line[-1].text) == 2)


def test_the_legends_stand_at_the_foot_of_the_side_column(pages_2020: list[PageText]) -> None:
    text = " ".join(word.text for word in pages_2020[4].words if word.left_mm > 145 and word.baseline_mm > 200)
    assert text == "* This organization is a global partnership. ** This NGO has a gender focus."


def test_a_longer_entry_moves_every_folio_behind_it(project: Path, tmp_path: Path, harbour: BuildResult) -> None:
    long = (
        "\n\nA paragraph of the same few words that goes on for a while and then some more, to fill a line or two." * 60
    )
    apply_change(
        project,
        {
            "file": "content/harbour/offices/tide-office.md",
            "replace": "before the equinox.",
            "with": f"before the equinox.{long}",
        },
    )
    moved = build_edition(project / "content" / "harbour", tmp_path / "out")
    assert not moved.failed, list(moved.report)
    assert moved.book is not None
    assert harbour.book is not None
    before = {piece.key: piece.pages[0] + 1 for piece in harbour.book.pieces}
    after = {piece.key: piece.pages[0] + 1 for piece in moved.book.pieces}
    assert after["north-quay"] > before["north-quay"]
    contents = list(read_pages(moved.files["email"]))[before["contents"] - 1]
    assert dict(folio_rows(contents))["North Quay"] == str(after["north-quay"])
