"""The contents page: every folio from the layout, marks, legends and leaders in their places."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, Word, read_pages
from directory_pub.design.grid import MM_PER_PT
from directory_pub.pieces import Resources
from project import apply_change
from small_book import build_small, errors, open_small


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


def key_rows(page: PageText) -> list[tuple[str, str]]:
    """Name and folio of every row of a key: the folio stands behind the last word."""
    told = [[word.text for word in line if word.left_mm < 140] for line in rows(page) if line[0].baseline_mm > 40]
    return [(" ".join(words[:-1]), words[-1]) for words in told if words and words[-1].isdigit()]


def test_a_plot_of_the_key_stands_round_the_middle_of_its_names_first_line(
    book_2020: BuildResult, pages_2020: list[PageText]
) -> None:
    names = [line[0] for line in rows(pages_2020[4]) if line[0].baseline_mm > 40 and 30 < line[0].left_mm < 40]
    assert len(names) == 16
    with pypdfium2.PdfDocument(book_2020.files["email"]) as file:
        drawn = file[4].render(scale=10 * MM_PER_PT).to_pil().convert("L")
    for word in names:
        at = round(10 * word.baseline_mm)
        plot = drawn.crop((230, at - 52, 310, at + 34)).point(lambda tone: 255 * (tone < 250)).getbbox()
        assert plot is not None
        assert plot[3] - plot[1] == pytest.approx(70, abs=2), word
        middle_mm = word.baseline_mm - 5.2 + (plot[1] + plot[3]) / 20
        assert word.baseline_mm - middle_mm == pytest.approx(0.24 * word.size_pt * MM_PER_PT, abs=0.15), word


def test_the_contents_name_every_entry_and_its_folio(pages_2020: list[PageText]) -> None:
    assert key_rows(pages_2020[4]) == [
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
        ("Metropolis World Association of the Major Metropolises", "26"),
        ("Open and Agile Smart Cities", "27"),
        ("Platforma", "28"),
        ("Rainbow Cities Network", "30"),
        ("United Cities and Local Governments", "31"),
        ("Women Transforming Cities International Society**", "33"),
    ]


def test_folios_and_leaders_end_on_one_edge_each(pages_harbour: list[PageText], harbour: BuildResult) -> None:
    """Whether a folio has one figure or two: leaders end before the longest."""
    assert harbour.book is not None
    at = next(piece.pages[0] for piece in harbour.book.pieces if piece.kind == "contents")
    lines = [line for line in rows(pages_harbour[at]) if any(set(word.text) == {"."} for word in line)]
    for column in (-1, -2):
        rights = [line[column].right_mm for line in lines]
        assert max(rights) - min(rights) < 0.3
    assert all(line[-1].left_mm - line[-2].right_mm < 3 for line in lines if len(line[-1].text) == 2)


def test_each_legend_stands_in_the_side_column_beside_the_row_of_its_sign(pages_2020: list[PageText]) -> None:
    page = pages_2020[4]
    for sign, name, words in (("*", "Alliance*", "This organization"), ("**", "Society**", "This NGO")):
        row = next(word for word in page.words if word.text == name)
        beside = [w for w in page.words if w.left_mm > 145 and abs(w.baseline_mm - row.baseline_mm) < 0.01]
        assert " ".join(w.text for w in sorted(beside, key=lambda w: w.left_mm)).startswith(f"{sign} {words}")


@pytest.mark.parametrize("towns", [16, 22], ids=["usual", "tight"])
def test_a_legend_stands_beside_its_row_on_a_small_leaf_too(tmp_path: Path, towns: int) -> None:
    marked = towns - 3
    entries = {
        f"town-{n:02}": f"---\nname: Town {n}\n{'mark: guest' if n == marked else ''}\n---\n\nA text.\n"
        for n in range(towns)
    }
    opened = open_small(tmp_path, entries, trim="A5", more="contents: {form: key}\n")
    rows = opened.composed.composer.contents_rows
    folios = {row.key: str(5 + at) for at, row in enumerate(rows)}
    piece = opened.engine.set_piece(opened.composed.contents(range(len(rows)), folios, 2), "piece.html.j2")
    assert piece is not None
    (page,) = read_pages(piece.pdf)
    row = next(word for word in page.words if word.text == f"{marked}*")
    legend = next(word for word in page.words if word.text == "guest")
    assert legend.left_mm > 100
    assert legend.baseline_mm == pytest.approx(row.baseline_mm, abs=0.02)


@pytest.mark.slow
def test_a_longer_entry_moves_every_folio_behind_it(
    project: Path, tmp_path: Path, harbour: BuildResult, kept: Path
) -> None:
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
    moved = build_edition(project / "content" / "harbour", tmp_path / "out", resources=Resources(cache=kept))
    assert not moved.failed, list(moved.report)
    assert moved.book is not None
    assert harbour.book is not None
    before = {piece.key: piece.pages[0] + 1 for piece in harbour.book.pieces}
    after = {piece.key: piece.pages[0] + 1 for piece in moved.book.pieces}
    assert after["north-quay"] > before["north-quay"]
    contents = list(read_pages(moved.files["email"]))[before["contents"] - 1]
    assert dict(folio_rows(contents))["North Quay"] == str(after["north-quay"])


LONG = "Interalpine Association for Preserving Manuscripts and Printed Ephemera"
WORD = "Gemein\u00adschafts\u00adverwaltungs\u00adbehörden\u00adkoordinations\u00adausschuss"


@pytest.mark.quick("A5")
@pytest.mark.parametrize("trim", ["A4", "A5"])
def test_a_row_of_many_lines_has_its_folio_on_the_last(trim: str, tmp_path: Path) -> None:
    """Lines stand close, hang below the name, lead to the entry, and none runs into the folios."""
    names = {
        "one": (LONG, f"With its {LONG.lower()} in the valleys"),
        "two": (f"{LONG} of {LONG} and {LONG}", ""),
        "three": (WORD, WORD),
        "four": ("Short", ""),
    }
    entries = {
        key: f"---\nname: {name}\nmark: guest\n" + (f"subtitle: {subtitle}\n" if subtitle else "") + "---\n\nText.\n"
        for key, (name, subtitle) in names.items()
    }
    result = build_small(tmp_path, entries, trim=trim)
    assert not errors(result), errors(result)
    page, *_ = read_pages(result.files["email"])
    assert [folio for _, folio in folio_rows(page)] == ["2", "3", "3", "4", "5", "5", "6"]
    main = [line for line in rows(page) if line[0].left_mm < page.width_mm / 2]
    begin = next(at for at, line in enumerate(main) if line[0].text == "TOWNS")
    with_folio = [line for line in main[begin:] if line[-1].text.isdigit()]
    without = [line for line in main[begin:] if not line[-1].text.isdigit()]
    assert len(without) >= 4
    assert all(line[-1].right_mm < with_folio[0][-1].left_mm - 2 for line in without)
    for line, below in pairwise(main[begin:]):
        if line in without:  # a row goes on one unit below, and hangs or stays hanging
            assert below[0].baseline_mm - line[0].baseline_mm < 5
            assert below[0].left_mm > with_folio[0][0].left_mm + 4
    with pikepdf.open(result.files["email"]) as pdf:
        heights = [float(link.Rect[3]) - float(link.Rect[1]) for link in pdf.pages[0].Annots.as_list()]
    assert len(heights) == len(with_folio + without), "each line of a row is a link"
