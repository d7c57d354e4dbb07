"""The contents of many entries in columns, of few behind drawings: names, letters, and folios filled in behind them."""

from __future__ import annotations

import itertools
from pathlib import Path

import pikepdf
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, read_pages
from small_book import errors, lines_of, write_small

NAMES = [f"{first} {last}" for first in ["Anchor", "Bakers", "Canal", "Dyers", "Elm", "Ferry", "Garden"] for last in (
    "Allotments", "Bank of Food", "Choir", "Day Centre", "Forum", "Kitchen", "Library of Tools", "School")]  # fmt: skip
SUBTITLE = "Of the towns on the river"


def build(folder: Path, form: str, count: int, trim: str) -> BuildResult:
    """A book of so many entries, the fourth with a subtitle, the second with a sign."""
    entries = {
        f"entry-{number:02}": f"---\nname: {name}\n{f'subtitle: {SUBTITLE}' if number == 3 else ''}\n"
        f"{'mark: guest' if number == 1 else ''}\n---\n\nText.\n"
        for number, name in enumerate(NAMES[:count])
    }
    edition = write_small(folder / "edition", entries, trim=trim)
    sheet = edition / "edition.yaml"
    told = f"contents: {{form: {form}}}\n" if form else ""
    sheet.write_text(sheet.read_text("utf-8").replace("page_multiple: 2", "page_multiple: 4") + told, "utf-8")
    result = build_edition(edition, folder / "out")
    assert not errors(result), errors(result)
    return result


def folios_of(result: BuildResult) -> list[str]:
    assert result.book is not None
    return [str(piece.pages[0] + 1) for piece in result.book.pieces if piece.entry]


def columns_of(page: PageText, at_mm: float) -> list[list[str]]:
    """The lines left and right of a place, without head and title."""
    rows = [[w for w in line if w.baseline_mm > 18 and w.size_pt < 14] for line in lines_of(page)]
    halves = [[[w.text for w in row if (w.left_mm > at_mm) is right] for row in rows] for right in (False, True)]
    return [[" ".join(row) for row in half if row] for half in halves]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    return build(tmp_path_factory.mktemp("many"), "", len(NAMES), "A5")


@pytest.mark.slow
def test_many_entries_stand_in_columns_with_their_letters_and_folios(many: BuildResult) -> None:
    assert many.book is not None
    at = next(piece.pages for piece in many.book.pieces if piece.kind == "contents")
    assert len(at) == 1
    left, right = columns_of(list(read_pages(many.files["email"]))[at[0]], 76)
    wanted, letter = [], ""
    for number, (name, folio) in enumerate(zip(NAMES, folios_of(many), strict=True)):
        again = len(wanted) + 1 == len(left)  # a column begins: its letter stands once more
        shown = name[0] if name[0] != letter or again else ""
        letter = name[0]
        row = f"{shown} {name}{'*' if number == 1 else ''}".strip()
        wanted += [row, f"{SUBTITLE} {folio}"] if number == 3 else [f"{row} {folio}"]
    assert [*left[1:], *right][: len(wanted)] == wanted
    assert left[0].startswith("TOWNS ")
    assert right[len(wanted) + 1 - len(left) :] == ["* A guest of the league."]


@pytest.mark.slow
def test_a_folio_follows_its_name_at_one_distance_however_many_figures_it_has(many: BuildResult) -> None:
    page = next(iter(read_pages(many.files["email"])))
    gaps = [
        (line[at + 1].left_mm - line[at].right_mm, line[at + 1].text)
        for line in lines_of(page)
        for at in range(len(line) - 1)
        if line[at + 1].text.isdigit() and line[at].baseline_mm > 20
    ]
    assert {len(text) for _, text in gaps} == {1, 2}
    assert max(gap for gap, _ in gaps) - min(gap for gap, _ in gaps) < 0.35


@pytest.mark.slow
def test_a_name_that_turns_over_hangs_and_is_no_row_of_its_own(tmp_path: Path) -> None:
    long = "Museum and Study Collection of Inland Navigation and Towpath Husbandry of the Upper Wending Canal"
    entries = {key: f"---\nname: {name}\n---\n\nText.\n" for key, name in {"one": long, "two": "Mill"}.items()}
    edition = write_small(tmp_path / "edition", entries, trim="A5")
    sheet = edition / "edition.yaml"
    sheet.write_text(sheet.read_text("utf-8") + "contents: {form: columns}\n", "utf-8")
    result = build_edition(edition, tmp_path / "out")
    assert not errors(result), errors(result)
    lines = [[word for word in line if word.text != "M"] for line in lines_of(next(read_pages(result.files["email"])))]
    name, other = (next(at for at, line in enumerate(lines) if line[0].text == text) for text in ("Museum", "Mill"))
    assert name + 2 <= other
    left_mm = [line[0].left_mm - lines[name][0].left_mm for line in lines]
    assert all(3 < each < 4 for each in left_mm[name + 1 : other])
    assert abs(left_mm[other]) < 0.1


@pytest.mark.slow
def test_in_the_email_file_it_is_one_list_of_links(many: BuildResult) -> None:
    with pikepdf.open(many.files["email"]) as pdf:
        lists = [each for each in walk(pdf.Root.StructTreeRoot.K[0]) if each.S == "/TOC"]
        assert len(lists) == 1
        items = [each for each in walk(lists[0]) if each.S == "/TOCI"]
    assert len(items) == len(NAMES) + 1


def walk(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K", pikepdf.Array())
    some = kids.as_list() if isinstance(kids, pikepdf.Array) else [kids]
    return [element, *(e for kid in some if isinstance(kid, pikepdf.Dictionary) and "/S" in kid for e in walk(kid))]


@pytest.mark.slow
def test_the_key_has_a_drawing_and_the_last_line_of_the_name_on_one_baseline(tmp_path: Path) -> None:
    result = build(tmp_path, "key", 8, "A4")
    page = next(iter(read_pages(result.files["email"])))
    rows = [[w for w in line if w.baseline_mm > 40] for line in lines_of(page)]
    told = [" ".join(word.text for word in row if word.left_mm < 140) for row in rows if row and row[0].left_mm > 30]
    folios = folios_of(result)
    assert told[0] == f"{NAMES[0]} {folios[0]}"
    assert told[1] == f"{NAMES[1]}* {folios[1]}"
    assert told[3] == f"{NAMES[3]} {SUBTITLE} {folios[3]}"
    baselines = [row[0].baseline_mm for row in rows if row and row[0].left_mm > 30][:8]
    steps = {round(lower - upper, 2) for upper, lower in itertools.pairwise(baselines)}
    assert steps == {9.0}


@pytest.mark.slow
@pytest.mark.parametrize(("form", "rows"), [("sections", 0), ("letters", 3)])
def test_sections_alone_or_with_their_letters(form: str, rows: int, tmp_path: Path) -> None:
    result = build(tmp_path, form, 24, "A5")
    page = next(iter(read_pages(result.files["email"])))
    told = [" ".join(w.text for w in line if set(w.text) != {"."}) for line in lines_of(page)]
    folios = folios_of(result)
    assert any(line.startswith("TOWNS") for line in told)
    wanted = [f"{letter} {folios[at]}" for at, letter in ((0, "A"), (8, "B"), (16, "C"))][:rows]
    words = [word for line in told for word in line.split()]
    assert all(any(words[at : at + 2] == each.split() for at in range(len(words))) for each in wanted)
    assert not any("Choir" in line for line in told)
