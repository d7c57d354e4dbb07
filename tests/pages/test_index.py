"""An index on the page: columns, letters, folios of where things really stand, what goes on, links of the email file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, Word, read_pages
from directory_pub.compose import index as made
from directory_pub.pieces import Resources
from project import ROOT
from small_book import errors, write_small

COUNT, FEW = 90, 12
LONG = "A sentence of the same few words that goes on for a while and then some more, to fill a line or two. " * 60


def family(number: int) -> str:
    return f"{chr(65 + number % 26)}mb{chr(97 + number // 26)}r"


def entry(number: int) -> str:
    """An entry with a person, a word in its text, one in a heading and one in a footnote."""
    kind = ("beds", "rents", "repairs", "reports of the year on the houses of others")[number % 4]
    return f"""---
name: House {number:02}
contact:
  - person: "Ada {family(number)}, clerk"
---

Of [boats]{{index="Boats" index-of=topics}}.{LONG if number == 3 else ""} Of [{kind}]{{index="Housing!{kind}"}}.[^a]

## On [ropes]{{index="Ropes"}}

Text.

[^a]: Of [tolls]{{index="Tolls"}}.
"""


def write_book(folder: Path, count: int = COUNT) -> Path:
    edition = write_small(folder, {f"house-{number:02}": entry(number) for number in range(count)}, trim="A5")
    sheet = edition / "edition.yaml"
    text = sheet.read_text("utf-8").replace("page_multiple: 2", "page_multiple: 4").replace("marks:\n", "marks_:\n")
    text = "\n".join(line for line in text.split("\n") if not line.startswith(("marks_", "  guest")))
    sheet.write_text(f"{text}index: [people, topics]\n", "utf-8")
    return edition


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    folder = tmp_path_factory.mktemp("index")
    result = build_edition(write_book(folder / "edition"), folder / "out")
    assert not errors(result), errors(result)
    return result


@pytest.fixture(scope="module")
def pages(book: BuildResult) -> list[PageText]:
    return list(read_pages(book.files["email"]))


def pages_of(book: BuildResult, key: str) -> range:
    assert book.book is not None
    return next(piece.pages for piece in book.book.pieces if piece.key == key)


def columns_of(page: PageText) -> list[list[str]]:
    """The lines of both columns of a page, without its head and title."""
    middle = page.width_mm / 2
    columns: list[dict[float, list[Word]]] = [{}, {}]
    for word in page.words:
        if word.baseline_mm > 16 and word.size_pt < 14:
            lines = columns[word.left_mm > middle - 3]
            near = next((at for at in lines if abs(at - word.baseline_mm) < 0.3), word.baseline_mm)
            lines.setdefault(near, []).append(word)
    return [
        [" ".join(w.text for w in sorted(line, key=lambda w: w.left_mm)) for _, line in sorted(lines.items())]
        for lines in columns
    ]


@pytest.mark.slow
def test_names_stand_in_two_columns_over_two_pages_with_the_pages_of_their_entries(
    book: BuildResult, pages: list[PageText]
) -> None:
    at = pages_of(book, "people-index")
    assert len(at) == 2
    lines = [line for index in at for column in columns_of(pages[index]) for line in column]
    assert book.book is not None
    starts = {piece.key: piece.pages[0] + 1 for piece in book.book.pieces}
    told = [(family(number)[0], f"{family(number)}, Ada {starts[f'house-{number:02}']}") for number in range(COUNT)]
    letters = sorted({letter for letter, _ in told})
    wanted = [row for letter in letters for row in (letter, *sorted(line for each, line in told if each == letter))]
    assert lines == wanted
    assert all(column for index in at for column in columns_of(pages[index]))


@pytest.mark.slow
def test_a_folio_is_that_of_the_page_on_which_the_marked_words_stand(book: BuildResult, pages: list[PageText]) -> None:
    """In a text of several pages the mark stands on the last: what is told of it is found there."""
    assert book.book is not None
    long = next(piece.pages for piece in book.book.pieces if piece.key == "house-03")
    assert len(long) > 1
    (index,) = pages_of(book, "topics-index")
    text = " ".join(line for column in columns_of(pages[index]) for line in column)
    wanted = next(at + 1 for at in long if any(word.text == "others." for word in pages[at].words))
    first = text[text.index("of others") :].removeprefix("of others ").partition(",")[0]
    assert wanted > long[0] + 1
    assert first == str(wanted)


@pytest.mark.slow
def test_folios_that_follow_one_another_are_a_range_and_no_head_is_parted_that_has_room(
    book: BuildResult, pages: list[PageText]
) -> None:
    (index,) = pages_of(book, "topics-index")
    left, right = columns_of(pages[index])
    assert left[0] == "B"
    assert left[1].startswith("Boats ")
    assert "–" in left[1]
    assert len(right[0]) == 1, "the second column begins with a letter"
    assert "Housing (continued)" not in (*left, *right)
    assert [line for line in (*left, *right) if line.startswith(("Ropes", "Tolls"))]


@pytest.mark.slow
def test_rows_stand_on_the_second_grid(book: BuildResult, pages: list[PageText]) -> None:
    line_mm = 0.75 * 4.25
    for index in pages_of(book, "people-index"):
        baselines = sorted({word.baseline_mm for word in pages[index].words if word.baseline_mm > 16})
        rows = [each for each in baselines if each > 30 or index != pages_of(book, "people-index")[0]]
        assert all(abs((each - rows[0]) / line_mm - round((each - rows[0]) / line_mm)) < 0.02 for each in rows)


@pytest.mark.slow
def test_the_head_of_a_page_says_what_stands_on_it(book: BuildResult, pages: list[PageText]) -> None:
    first, second = pages_of(book, "people-index")
    heads = [" ".join(w.text for w in pages[at].words if w.baseline_mm < 15) for at in (first, second)]
    assert "Ambar, Ada –" in heads[0]
    assert "People" not in heads[0]
    assert "People" in heads[1]


@pytest.mark.slow
def test_the_contents_name_the_indexes(book: BuildResult, pages: list[PageText]) -> None:
    words = [word.text for page in pages[:3] for word in page.words]
    at = words.index("People")
    assert words[at + 1] == str(pages_of(book, "people-index")[0] + 1)


@pytest.mark.slow
def test_in_the_email_file_every_folio_is_a_link_to_its_page(book: BuildResult) -> None:
    document = pypdfium2.PdfDocument(book.files["email"])
    with pikepdf.open(book.files["email"]) as pdf:
        numbers = {page.obj.objgen: index + 1 for index, page in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        checked = 0
        for index in (*pages_of(book, "people-index"), *pages_of(book, "topics-index")):
            text = document[index].get_textpage()
            box = [float(edge) for edge in pdf.pages[index].mediabox.as_list()]
            for link in pdf.pages[index].obj.Annots.as_list():
                left, bottom, right, top = (float(edge) for edge in link.Rect.as_list())
                shown = text.get_text_bounded(left - box[0], bottom - box[1], right - box[0], top - box[1])
                goal = names[str(link.Dest)]
                page = numbers[(goal.D if isinstance(goal, pikepdf.Dictionary) else goal)[0].objgen]
                assert shown.strip(" ,\xa0\r\n").split("–")[0] == str(page), (index, shown, page)
                checked += 1
        assert checked > 2 * COUNT


@pytest.mark.slow
def test_it_is_tagged_as_an_index(book: BuildResult) -> None:
    with pikepdf.open(book.files["email"]) as pdf:
        found = [str(each.S) for each in walk(pdf.Root.StructTreeRoot.K[0]) if each.S == "/Index"]
        inner = {str(each.S) for top in walk(pdf.Root.StructTreeRoot.K[0]) if top.S == "/Index" for each in walk(top)}
    assert len(found) == 3
    assert {"/H1", "/L", "/LI", "/LBody", "/Link"} <= inner


def walk(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K", pikepdf.Array())
    some = kids.as_list() if isinstance(kids, pikepdf.Array) else [kids]
    below = [each for kid in some if isinstance(kid, pikepdf.Dictionary) and "/S" in kid for each in walk(kid)]
    return [element, *below]


# -------------------------------------------------------------------- what goes wrong
def test_words_that_a_register_does_not_print_are_told_of(tmp_path: Path) -> None:
    edition = write_small(tmp_path / "edition", {"quay": 'Of [boats]{index="Boats"}.', "mole": "Text."})
    sheet = edition / "edition.yaml"
    text = sheet.read_text("utf-8").replace("folder: entries,", "folder: entries, form: register,")
    sheet.write_text(f"{text}index: topics\n", "utf-8")
    result = build_edition(edition, tmp_path / "out")
    (told,) = [finding for finding in result.report if finding.code == "index-untaken"]
    assert told.place.file.endswith("quay.md")
    assert "stands on no page" in told.message


@pytest.mark.slow
def test_a_folio_that_is_not_the_anchors_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What compose makes of the folios is worked out anew by who counts."""
    right: Callable[..., object] = made._folio_runs
    monkeypatch.setattr(
        made, "_folio_runs", lambda head, folios: right(head, {name: folio + 1 for name, folio in folios.items()})
    )
    result = build_edition(write_book(tmp_path / "edition", FEW), tmp_path / "out", resources=Resources(jobs=1))
    assert {finding.code for finding in errors(result)} <= {
        "words-lost",
        "words-unknown",
        "words-moved",
        "words-doubled",
    }
    assert errors(result)


@pytest.mark.slow
def test_a_row_that_a_layout_drops_is_found(tmp_path: Path) -> None:
    edition = write_book(tmp_path / "edition", FEW)
    layout = (ROOT / "layouts" / "pages" / "index.html.j2").read_text("utf-8")
    (edition / "layouts" / "pages").mkdir(parents=True)
    dropped = layout.replace("{% for row in column %}", "{% for row in column if row.runs[0].text != 'Ropes' %}")
    assert dropped != layout
    (edition / "layouts" / "pages" / "index.html.j2").write_text(dropped, "utf-8")
    result = build_edition(edition, tmp_path / "out")
    assert "words-lost" in {finding.code for finding in errors(result)}
