"""Tables in a text: on the grid, figures on the point, heads on every page, and nothing of them lost unseen."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from directory_pub.build import build_edition
from directory_pub.census import Word
from reference.whole_book import build_whole
from small_book import lines_of, write_small
from tables_of_text import SIZES, TEXT, SeenPiece, markdown, see_entry, stays, structure, swapped, table_words

WORDS = markdown(
    ("Who", "What was asked", "What was found"),
    [
        ("**Bureau of Figures**", "How long do people stay when nobody asks them?", "Twenty minutes at the *median*."),
        ("**Ferry Company**", "Whether the last boat waits.", "It does; see [the times](https://www.example.org/t)."),
        ("**Lantern League**", "Which lamps may be put out?", "None.[^1]"),
    ],
)
NOTE = "[^1]: Two of them have been dark since the flood.\n"


def units_down(seen: SeenPiece, word: Word) -> float:
    """How many lines of the grid below the first baseline a word stands."""
    grid = seen.context.grid
    return (word.baseline_mm - grid.mm("head") - grid.baseline_mm) / grid.unit_mm


def on_grid(seen: SeenPiece, word: Word) -> bool:
    down = units_down(seen, word)
    return abs(down - round(down)) < 0.01


def heads(seen: SeenPiece) -> list[int]:
    """How often the word "Square", the head of a table of figures, stands on each page."""
    return [sum(word.text == "Square" for word in table_words(seen, n)) for n in range(len(seen.pages))]


@pytest.mark.quick("A5")
# -------------------------------------------------------------------- on the grid
@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_a_row_of_one_line_is_a_line_of_the_grid_over_pages(size: str, tmp_path: Path) -> None:
    seen = see_entry(tmp_path, TEXT + stays(70, 4) + TEXT, trim=SIZES[size])
    assert seen.findings == []
    assert len(seen.pages) > 1
    words = [word for n in range(len(seen.pages)) for word in table_words(seen, n)]
    assert [word for word in words if not on_grid(seen, word)] == []
    text = [line for page in seen.pages for line in lines_of(page) if line[0].text in ("Counting", "there")]
    assert all(on_grid(seen, line[0]) for line in text), "what follows a table stands on the grid again"


@pytest.mark.quick("A5")
@pytest.mark.parametrize("size", SIZES)
def test_rows_of_several_lines_begin_on_the_grid_and_are_told_apart(size: str, tmp_path: Path) -> None:
    seen = see_entry(tmp_path, TEXT + WORDS + NOTE, trim=SIZES[size])
    assert seen.findings == []
    firsts = [
        word
        for n in range(len(seen.pages))
        for word in table_words(seen, n)
        if word.text in ("How", "Whether", "Which")
    ]
    assert len(firsts) == 3
    assert all(on_grid(seen, word) for word in firsts)
    lines = sorted({round(word.baseline_mm, 2) for word in table_words(seen, 0)})
    within = min(lower - upper for upper, lower in itertools.pairwise(lines))
    assert within == pytest.approx(0.75 * seen.context.grid.unit_mm, abs=0.02)


# -------------------------------------------------------------------- columns
def rights(seen: SeenPiece, *texts: str) -> list[float]:
    return [next(word.right_mm for word in table_words(seen, 0) if word.text == text) for text in texts]


def test_figures_stand_on_the_point_with_missing_decimals_and_thousands(tmp_path: Path) -> None:
    rows = [("a", "4,210", "21.5"), ("b", "960", "9"), ("c", "12,480", "48.25"), ("d", "–", "–")]
    seen = see_entry(tmp_path, TEXT + markdown(("Square", "Stays", "Minutes"), rows))
    assert len({round(mm, 1) for mm in rights(seen, "4,210", "960", "12,480")}) == 1
    digit = rights(seen, "21.5")[0] - next(w.left_mm for w in table_words(seen, 0) if w.text == "21.5")
    em = digit / 4  # three figures and a point, about
    one, two, none = rights(seen, "21.5", "48.25", "9")
    assert 0.8 * em < two - one < 1.6 * em, "one decimal less"
    assert 1.8 * em < two - none < 3.2 * em, "two decimals and the point less"
    assert two == pytest.approx(rights(seen, "Minutes")[0], abs=0.3), "the head ends where the figures do"


def test_a_german_table_has_its_point_at_the_comma(tmp_path: Path) -> None:
    rows = [("a", "1.234,5"), ("b", "12,25"), ("c", "7")]
    seen = see_entry(tmp_path / "de", TEXT + markdown(("Platz", "Wert"), rows))
    one, two, none = rights(seen, "1.234,5", "12,25", "7")
    assert none < one < two


@pytest.mark.parametrize(("dashes", "edge"), [(":--", "left"), ("--:", "right"), (":-:", "centre")])
def test_what_was_asked_for_goes_before_what_the_cells_are(dashes: str, edge: str, tmp_path: Path) -> None:
    seen = see_entry(tmp_path, TEXT + markdown(("Lamps", "Width"), [("5", "a"), ("1,250", "bcd")], dashes=dashes))
    five, many = (next(w for w in table_words(seen, 0) if w.text == text) for text in ("5", "1,250"))
    ends = {"left": five.left_mm - many.left_mm, "right": five.right_mm - many.right_mm}
    ends["centre"] = (five.left_mm + five.right_mm - many.left_mm - many.right_mm) / 2
    assert ends.pop(edge) == pytest.approx(0, abs=0.05)
    assert all(abs(end) > 0.5 for end in ends.values())


@pytest.mark.quick("A5")
@pytest.mark.parametrize("size", SIZES)
def test_words_have_the_widths_with_which_the_table_is_lowest(size: str, tmp_path: Path) -> None:
    rows = [("x", "one two three four five six seven eight nine ten eleven twelve thirteen fourteen " * 2, "y z")]
    seen = see_entry(tmp_path, TEXT + markdown(("A", "B", "C"), rows), trim=SIZES[size])
    assert seen.findings == []
    (words,) = [[w for w in table_words(seen, 0) if w.text in ("y", "z")]]
    assert words[0].baseline_mm == words[1].baseline_mm
    assert (
        next(w for w in table_words(seen, 0) if w.text == "one").left_mm
        - seen.context.grid.frame("main", recto=True).left_mm
        < 10
    )


@pytest.mark.slow
def test_a_table_that_has_no_room_tells_by_how_much_and_what_to_do(tmp_path: Path) -> None:
    seen = see_entry(tmp_path, TEXT + stays(3, 12), trim=SIZES["A5"])
    assert set(seen.codes) == {"words-overset"}
    finding = seen.findings[0]
    assert "mm too wide for the main column" in finding.message
    assert "{wide}" in finding.remedy
    narrow = see_entry(tmp_path / "a6", TEXT + stays(3, 12, wide=True), trim=SIZES["A6"])
    assert "{wide}" not in narrow.findings[0].remedy, "there is no other column to go to"


@pytest.mark.quick("24", "27", "30")
# -------------------------------------------------------------------- over pages
@pytest.mark.parametrize("lines", range(24, 34))
def test_no_row_is_alone_and_no_caption_parted_from_its_table(lines: int, tmp_path: Path) -> None:
    before = "".join(f"Line {n}.\\\n" for n in range(lines)) + "End.\n\n"
    seen = see_entry(tmp_path, before + "Table: Stays in a week\n\n" + stays(7, 3), trim=SIZES["A5"])
    assert seen.findings == []
    for n, again in enumerate(heads(seen)):
        plots = [word for word in table_words(seen, n) if word.text == "Plot"]
        assert len(plots) != 1
        assert again == (1 if plots else 0), "a head stands above rows alone, and above each"
        assert any(word.text == "week" for word in table_words(seen, n)) is any(
            word.text == "0" and plots for word in table_words(seen, n)
        ), "the caption stands with the first row"


@pytest.mark.slow
def test_a_table_of_two_hundred_rows_has_its_head_on_every_page(tmp_path: Path) -> None:
    seen = see_entry(tmp_path, TEXT + stays(200))
    assert seen.findings == []
    assert heads(seen) == [1] * len(seen.pages)
    names = structure(seen.tagged)
    assert (names.count("/Table"), names.count("/TR"), names.count("/TH")) == (1, 201, 5), "it is said once"


@pytest.mark.quick("A5-True")
# -------------------------------------------------------------------- wide
@pytest.mark.slow
@pytest.mark.parametrize("recto", [True, False])
@pytest.mark.parametrize("size", ["A4", "170", "A5"])
def test_a_wide_table_takes_both_columns_on_either_side(size: str, recto: bool, tmp_path: Path) -> None:
    body = TEXT * 2 + stays(4, 7, wide=True) + TEXT * 9 + stays(60, 7, wide=True) + TEXT
    seen = see_entry(tmp_path, body, trim=SIZES[size], recto=recto)
    assert seen.findings == []
    grid = seen.context.grid
    for n in range(len(seen.pages)):
        is_recto = (n % 2 == 0) is recto
        if words := table_words(seen, n):
            left_mm = min(grid.frame(name, recto=is_recto).left_mm for name in ("main", "side"))
            right_mm = max(grid.frame(name, recto=is_recto).right_mm for name in ("main", "side"))
            assert min(word.left_mm for word in words) == pytest.approx(left_mm, abs=0.3)
            assert max(word.right_mm for word in words) == pytest.approx(right_mm, abs=0.6)
            assert all(on_grid(seen, word) for word in words)


@pytest.mark.quick("30")
@pytest.mark.parametrize("lines", [0, 3, 9, 30, 34, 38])
def test_a_wide_table_stands_beside_neither_tile_nor_contacts(lines: int, tmp_path: Path) -> None:
    before = "".join(f"Line {n}.\\\n" for n in range(lines)) + "End.\n\n"
    seen = see_entry(tmp_path, before + stays(5, 7, wide=True))
    assert seen.findings == []
    top_mm = seen.context.grid.mm("head") + seen.context.grid.mm("tile")
    assert all(word.baseline_mm > top_mm for word in table_words(seen, 0))


def test_links_of_a_wide_table_move_with_it(tmp_path: Path) -> None:
    body = TEXT * 3 + stays(2, 6, wide=True).replace("Plot 0", "[Plot 0](https://www.example.org/plot)")
    rects = []
    for recto in (True, False):
        seen = see_entry(tmp_path / str(recto), body, recto=recto)
        word = next(word for word in table_words(seen, 0) if word.text == "Plot")
        with pikepdf.open(io.BytesIO(seen.tagged)) as pdf:
            page = pdf.pages[0]
            left = float(page.trimbox[0])
            (link,) = [each for each in page.Annots if "/A" in each and str(each.A.URI).endswith("/plot")]
            rects.append((float(link.Rect[0]) - left) * 25.4 / 72 - word.left_mm)
    assert rects == pytest.approx([0, 0], abs=0.2)


# -------------------------------------------------------------------- notes, tags
@pytest.mark.slow
def test_a_note_in_a_cell_stands_at_the_foot_of_its_page(tmp_path: Path) -> None:
    for lines in (20, 26, 28, 30):
        before = "".join(f"Line {n}.\\\n" for n in range(lines)) + "End.\n\n"
        seen = see_entry(tmp_path / str(lines), before + WORDS + TEXT + NOTE, trim=SIZES["A5"])
        assert seen.findings == []


@pytest.mark.slow
@pytest.mark.parametrize("size", ["A5", "170"])
def test_each_row_of_a_long_table_may_have_a_note(size: str, tmp_path: Path) -> None:
    rows = [(f"Plot {n}", f"{n}[^{n}]", "kept by *nobody* at all") for n in range(60)]
    notes = "".join(f"[^{n}]: {'It is said to have been lit until the flood. ' * (n % 4 + 1)}\n" for n in range(60))
    body = TEXT + markdown(("Square", "Lamps", "Who"), rows) + TEXT + notes
    seen = see_entry(tmp_path, body, trim=SIZES[size])
    assert seen.findings == []
    assert all(len([w for w in table_words(seen, n) if w.text == "Plot"]) != 1 for n in range(len(seen.pages)))


def test_heads_of_rows_and_columns_are_told(tmp_path: Path) -> None:
    empty = markdown(("", "Stays"), [("Kornmarkt", "4"), ("Ferry Steps", "5")])
    seen = see_entry(tmp_path, TEXT + "Table: *Two* things\n\n" + WORDS + TEXT + empty + NOTE)
    assert seen.findings == []
    names = structure(seen.tagged)
    assert names.count("/TH") == 3 + 3 + 1 + 2
    assert names[names.index("/Table") + 1] == "/Caption"


# -------------------------------------------------------------------- what is wrong is found
def cell(text: str) -> str:
    return f'<span class="line">{text}</span>'


SPOILT: dict[str, Callable[[str], str]] = {
    "a cell is dropped": lambda html: html.replace(cell("9.5"), ""),
    "two cells are exchanged": lambda html: swapped(html, cell("9.5"), cell("10.75")),
    "two cells are exchanged by the sheet": lambda html: html.replace(
        "</head>",
        "<style>.set tbody tr:nth-child(3) td:nth-child(2) .cell { left: 26mm }"
        " .set tbody tr:nth-child(3) td:nth-child(3) .cell { left: -26mm }</style></head>",
    ),
    "a cell stands in the row below": lambda html: html.replace(
        "</head>", "<style>.set tbody tr:nth-child(4) td:nth-child(2) .cell { top: 6mm }</style></head>"
    ),
    "a column is cut off": lambda html: html.replace(
        "</head>", "<style>.set td:nth-child(5) .cell { display: none }</style></head>"
    ),
    "a head is missing on page two": lambda html: html.replace(
        "</head>", "<style>.set thead { display: table-row-group }</style></head>"
    ),
    "columns run backwards": lambda html: html.replace("</head>", "<style>.set { direction: rtl }</style></head>"),
    "a head is no head": lambda html: html.replace('<th scope="col"', "<td").replace("</th>", "</td>"),
    "a table is none": lambda html: html.replace('<table class="set"', '<table role="presentation" class="set"'),
    "a row is doubled": lambda html: html.replace(
        html[html.index("<tbody>") + 7 : html.index("</tr>", html.index("<tbody>"))] + "</tr>",
        2 * (html[html.index("<tbody>") + 7 : html.index("</tr>", html.index("<tbody>"))] + "</tr>"),
    ),
}
FOUND_AS = {
    "a cell is dropped": "words-lost",
    "two cells are exchanged": "words-lost",
    "two cells are exchanged by the sheet": "words-moved",
    "a cell stands in the row below": "table-wrong",
    "a column is cut off": "words-lost",
    "a head is missing on page two": "table-wrong",
    "columns run backwards": "table-wrong",
    "a head is no head": "table-wrong",
    "a table is none": "words-lost",
    "a row is doubled": "words-doubled",
}


@pytest.mark.slow
@pytest.mark.parametrize("what", SPOILT)
def test_what_is_wrong_with_a_table_is_found(what: str, tmp_path: Path) -> None:
    body = TEXT + stays(60)
    seen = see_entry(tmp_path, body, spoil=SPOILT[what])
    assert seen.codes[:1] == [FOUND_AS[what]]


# -------------------------------------------------------------------- elsewhere in the book
@pytest.mark.slow
def test_a_table_stands_in_front_matter_and_in_both_files(tmp_path: Path) -> None:
    edition = write_small(tmp_path / "edition", {"one": "Text."}, trim=SIZES["170"], more="front_matter: [preface]\n")
    (edition / "front-matter").mkdir()
    text = "---\ntitle: Preface\n---\n\n" + TEXT + "Table: Stays\n\n" + stays(4, 7, wide=True) + TEXT + WORDS + NOTE
    (edition / "front-matter" / "preface.md").write_text(text, "utf-8")
    result = build_edition(edition, tmp_path / "out")
    assert [finding for finding in result.report if finding.severity == "error"] == []
    assert sorted(result.files) == ["email", "press"]


@pytest.mark.slow
def test_wide_tables_stand_in_a_book_of_pieces_as_in_one_document(tmp_path: Path) -> None:
    wide = stays(4, 7, wide=True)
    entries = {
        "one": TEXT + wide + TEXT * 8 + wide,
        "two": TEXT,
        "three": TEXT + wide + TEXT * 8 + stays(50, 7, wide=True),
    }
    edition = write_small(tmp_path / "edition", entries, trim=SIZES["170"])
    pieces = build_edition(edition, tmp_path / "out")
    assert pieces.book is not None
    whole = build_whole(edition, tmp_path / "whole", fits=pieces.book.fits)
    ours, theirs = (pypdfium2.PdfDocument(files["email"]) for files in (pieces.files, whole.files))
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert one.render(scale=1).to_pil().tobytes() == other.render(scale=1).to_pil().tobytes()


@pytest.mark.slow
def test_a_listing_refuses_a_table_at_its_line(tmp_path: Path) -> None:
    edition = write_small(tmp_path / "edition", {"one": TEXT + stays(4), "two": "Text."})
    sheet = edition / "edition.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("title: TOWNS,", "title: TOWNS, form: compact,"), "utf-8")
    result = build_edition(edition, tmp_path / "out")
    (finding,) = [finding for finding in result.report if finding.severity == "error"]
    assert (finding.code, finding.place.line) == ("markdown-unsupported", 7)
    assert "form: pages" in finding.remedy
