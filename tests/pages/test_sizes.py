"""The book at every size that has a name, from A6 to Letter: nothing lost, nothing outside its frame, lines that meet.

On a narrow leaf the contact block stands below the text; the printers that come with the program take every size.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, Word, read_pages, read_pictures
from directory_pub.census.frames import outside
from directory_pub.design.grid import MM_PER_PT, Frame, Grid
from directory_pub.edition.model import Entry
from directory_pub.edition.printers import list_printers, read_printer
from directory_pub.edition.theme import Theme
from directory_pub.edition.trims import TRIMS
from directory_pub.pieces import Resources
from directory_pub.preflight import preflight_file
from directory_pub.read import read_edition
from project import HARBOUR, ROOT, apply_change, copy_project
from reading import read_tags
from small_book import build_small, errors
from unit.hand_made import grid

POCKET = "{width_mm: 110, height_mm: 180}"
SIZES = [*TRIMS, POCKET]
BOOK_2020 = ROOT / "content" / "2020"


def copied_at(trim: str, edition: Path, folder: Path) -> Path:
    """A copy of an edition of ours, of another trim."""
    copied = copy_project(folder / "project", edition)
    sheet = {"file": f"content/{copied.name}/edition.yaml", "replace": "trim: A4", "with": f"trim: {trim}"}
    apply_change(folder / "project", sheet)
    return copied


def built_at(trim: str, edition: Path, folder: Path) -> BuildResult:
    """An edition of ours, built at another trim."""
    copied = copied_at(trim, edition, folder)
    return build_edition(copied, folder / "out", resources=Resources(cache=folder / "kept"))


@pytest.fixture(scope="module")
def pocket(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The made-up edition at A6."""
    return built_at("A6", HARBOUR, tmp_path_factory.mktemp("A6"))


@pytest.fixture(scope="module")
def pages(pocket: BuildResult) -> list[PageText]:
    return list(read_pages(pocket.files["email"]))


def grid_of(book: BuildResult) -> Grid:
    with pypdfium2.PdfDocument(book.files["email"]) as file:
        width, height = (round(side * MM_PER_PT, 1) for side in file[0].get_size())
    return grid(type(grid().trim)(width_mm=width, height_mm=height))


def entries(edition: Path) -> dict[str, Entry]:
    found, _ = read_edition(edition, ROOT)
    assert found is not None
    return {entry.key: entry for entry in found.entries}


def pages_of(book: BuildResult, key: str) -> range:
    assert book.book is not None
    return next(piece.pages for piece in book.book.pieces if piece.key == key)


def block_words(page: PageText, entry: Entry) -> list[Word]:
    """The words on a page that an entry's contact block has, and the text has not."""
    told = {text for row in entry.contact for text in row.text.replace(",", " ").split() if len(text) > 3}
    return [word for word in page.words if word.text.strip(",/") in told]


def drawn_from_to(
    book: BuildResult, index: int, left_mm: float, right_mm: float, foot_mm: float
) -> tuple[float, float]:
    """Where what is drawn in a strip of a page, down to ``foot_mm``, begins and ends, in mm from the top."""
    with pypdfium2.PdfDocument(book.files["email"]) as file:
        drawn = file[index].render(scale=10 * MM_PER_PT).to_pil().convert("L")
    strip = drawn.crop((round(10 * left_mm), 0, round(10 * right_mm), round(10 * foot_mm)))
    box = strip.point(lambda value: 255 * (value < 250)).getbbox()
    assert box is not None
    return box[1] / 10, box[3] / 10


@pytest.mark.slow
# -------------------------------------------------------------------- a narrow leaf
def test_an_a6_book_has_no_finding(pocket: BuildResult) -> None:
    assert list(pocket.report) == []
    assert sorted(pocket.files) == ["email", "press"]


@pytest.mark.parametrize("key", ["tide-office", "north-quay", "lantern-league"])
def test_on_a_narrow_leaf_the_contact_block_stands_below_the_text(
    pocket: BuildResult, pages: list[PageText], key: str
) -> None:
    last, notes_pt = pages[pages_of(pocket, key)[-1]], grid_of(pocket).mm("note") / MM_PER_PT
    block = block_words(last, entries(HARBOUR)[key])
    assert block
    text = [word for word in last.words if word.size_pt > 8 and word.baseline_mm > 17]
    assert text, "the block does not stand on a page of its own"
    assert max(word.baseline_mm for word in text) < min(word.baseline_mm for word in block)
    below = max(word.baseline_mm for word in text)
    small = [word.baseline_mm for word in last.words if abs(word.size_pt - notes_pt) < 0.05]
    notes = [at for at in small if at > below]  # above the text stands the credit of its picture
    assert max(word.baseline_mm for word in block) < min(notes, default=200)


def test_the_rows_stand_in_two_columns_where_their_lines_are_whole(pocket: BuildResult, pages: list[PageText]) -> None:
    words = {word.text: word for word in pages[pages_of(pocket, "tide-office")[-1]].words}
    left, right = words["tides.example.org"], words["Sluice"]
    assert left.baseline_mm == pytest.approx(right.baseline_mm, abs=0.01)
    assert right.left_mm > left.right_mm + grid_of(pocket).mm("gutter")


def test_rows_that_would_break_in_half_a_column_have_the_whole(tmp_path: Path) -> None:
    rows = [
        "web: www.example.org",
        "mail: the.office.of.the.harbour.master@towns.example.org",
        "phone: +41 22 910 45 05",
    ]
    contact = "\n".join(f"  - {row}" for row in rows)
    text = f"---\nname: Quay\ncontact:\n{contact}\n---\n\nThe quay is long.\n"
    book = build_small(tmp_path, {"quay": text}, trim="A6")
    assert errors(book) == []
    words = {word.text: word for word in list(read_pages(book.files["email"]))[2].words}
    web, mail = words["www.example.org"], words["the.office.of.the.harbour.master@towns.example.org"]
    assert web.left_mm == pytest.approx(mail.left_mm, abs=0.01)
    assert mail.baseline_mm - web.baseline_mm == pytest.approx(grid_of(book).unit_mm, abs=0.01)


@pytest.mark.slow
def test_the_block_never_stands_on_a_page_without_text(tmp_path: Path) -> None:
    """Texts of many lengths, so that some end a line or two above the foot."""
    head = "---\nname: Quay\ncontact:\n  - web: www.example.org\n  - mail: quay@example.org\n---\n\n"
    texts = {f"quay-{n}": f"{head}{'The quay is long and the water is deep. ' * (28 + n)}\n" for n in range(0, 28, 2)}
    texts = {key: text.replace("Quay\n", f"{key.title()}\n") for key, text in texts.items()}
    book = build_small(tmp_path, texts, trim="A6")
    assert errors(book) == []
    pages = list(read_pages(book.files["email"]))
    last_pages = [pages[pages_of(book, key)[-1]] for key in texts]
    for page in last_pages:
        lines = {round(word.baseline_mm, 1) for word in page.words if word.size_pt > 8 and word.baseline_mm > 17}
        assert len(lines) >= 2
    assert any(len(pages_of(book, key)) > 1 for key in texts)


def test_the_tile_stands_on_a_baseline_beside_the_title(pocket: BuildResult, pages: list[PageText]) -> None:
    index, g = pages_of(pocket, "lantern-league")[0], grid_of(pocket)
    main = g.frame("main", recto=index % 2 == 0)
    top, foot = drawn_from_to(pocket, index, main.right_mm - 5, main.right_mm - 1, 45)
    text = sorted(
        {round(word.baseline_mm, 2) for word in pages[index].words if word.size_pt < 10 and word.baseline_mm > 17}
    )
    assert (text[0] - foot) % g.unit_mm == pytest.approx(g.unit_mm, abs=0.2) or (text[0] - foot) % g.unit_mm < 0.2
    title = next(word for word in pages[index].words if word.text == "Lantern")
    assert top == pytest.approx(title.baseline_mm - g.text.cap_height_em * title.size_pt * MM_PER_PT, abs=0.2)


def test_a_picture_stands_above_the_text_with_its_credit_below(pocket: BuildResult, pages: list[PageText]) -> None:
    index, g = pages_of(pocket, "north-quay")[0], grid_of(pocket)
    main = g.frame("main", recto=index % 2 == 0)
    (picture,) = list(read_pictures(pocket.files["email"]))[index]
    assert picture.width_mm == pytest.approx(g.main_mm, abs=0.1)
    _, foot = drawn_from_to(pocket, index, main.right_mm - 5, main.right_mm - 1, 75)
    credit = next(word for word in pages[index].words if word.text == "Photo:")
    assert credit.baseline_mm - foot == pytest.approx(g.unit_mm, abs=0.3)


@pytest.mark.slow
def test_a_narrow_leaf_is_read_aloud_in_the_same_order(pocket: BuildResult, harbour: BuildResult) -> None:
    narrow, wide = (read_tags(book.files["email"]).document.text.split() for book in (pocket, harbour))
    # The wider book has a page for notes to fill it up, and other folios.
    told = [word for word in wide if word != "Notes" and not word.isdigit()]
    assert [word for word in narrow if not word.isdigit()] == told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "columns(entry.contact, entry.country, scan)",
            "columns(entry.contact[1:], entry.country, scan)",
            "words-lost",
        ),
        ("columns(entry.contact, entry.country, scan)", "rows(entry.contact + entry.contact)", "words-doubled"),
        (
            '{{ blocks(entry.body, entry is essay, entry.language, lead=True, large=fit == "large") }}',
            '{% if not grid.has_side %}<address class="contact">{{ columns(entry.contact) }}</address>'
            '{% set entry_contact = () %}{% endif %}{{ blocks(entry.body, entry is essay, entry.language, lead=True, large=fit == "large") }}',
            "words-moved",
        ),
    ],
    ids=["a row is dropped", "rows are doubled", "the block stands above the text"],
)
def test_what_a_layout_does_to_the_block_is_found(old: str, new: str, code: str, tmp_path: Path) -> None:
    edition = copy_project(tmp_path / "project")
    apply_change(
        tmp_path / "project", {"file": "content/harbour/edition.yaml", "replace": "trim: A4", "with": "trim: A6"}
    )
    layout = tmp_path / "project" / "layouts" / "parts" / "entry.html.j2"
    text = layout.read_text("utf-8")
    assert old in text
    text = text.replace(old, new)
    if code == "words-moved":
        text = text.replace("{% if entry.contact %}\n<address", "{% if entry.contact and grid.has_side %}\n<address")
    layout.write_text(text, "utf-8")
    result = build_edition(edition, tmp_path / "out")
    assert code in {finding.code for finding in errors(result)}


# -------------------------------------------------------------------- every size
def check_lines(book: BuildResult) -> None:
    """Every baseline of an entry's text, title and contact rows is on the grid; nothing stands outside the columns."""
    g = grid_of(book)
    assert book.book is not None
    said = list(read_pages(book.files["email"]))
    note_pt, *others_pt = (g.mm(name) / MM_PER_PT for name in ("note", "folio", "running", "call", "quote-mark"))
    for piece in (each for each in book.book.pieces if each.entry):
        for index in piece.pages:
            words = list(_text(said[index], (note_pt, *others_pt), g))
            columns = whole_measure(g, recto=index % 2 == 0)
            assert not outside(words, columns)[0], (piece.key, index + 1)
            for word in words:
                off = (word.baseline_mm - g.mm("head") - g.baseline_mm) / g.unit_mm
                credit = abs(word.size_pt * MM_PER_PT - g.mm("credit")) < 0.02  # of a picture: it hangs from it
                steps = 2 if abs(word.size_pt * MM_PER_PT - g.mm("large-quote")) < 0.02 else 1  # it stands on half lines
                assert credit or abs(off * steps - round(off * steps)) * g.unit_mm < 0.1, (piece.key, index + 1, word)


def _text(page: PageText, furniture_pt: tuple[float, ...], g: Grid) -> Iterator[Word]:
    for word in page.words:
        furniture = any(abs(word.size_pt - size) < 0.05 for size in furniture_pt)
        if not furniture and word.baseline_mm > g.mm("head"):
            yield word


def whole_measure(g: Grid, *, recto: bool) -> Frame:
    main, side = g.frame("main", recto=recto), g.frame("side", recto=recto)
    left, right = min(main.left_mm, side.left_mm), max(main.right_mm, side.right_mm)
    return Frame("columns", left, main.top_mm, right - left, main.height_mm)


def test_the_lines_of_a_narrow_leaf_meet(pocket: BuildResult) -> None:
    check_lines(pocket)


@pytest.mark.slow
# The long book is built at the sizes that differ most.
@pytest.mark.parametrize(
    ("edition", "trim"),
    [
        *((HARBOUR, trim) for trim in SIZES),
        *((BOOK_2020, trim) for trim in ("A6", "A5-landscape")),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else str(value),
)
def test_a_book_is_whole_at_every_size_and_every_printer_takes_it(edition: Path, trim: str, tmp_path: Path) -> None:
    theme = Theme.of(ROOT)
    printers = {key: read_printer(theme, key)[0] for key in list_printers(theme)}
    copied = copied_at(trim, edition, tmp_path)
    for key, printer in printers.items():
        assert printer is not None
        if printer.condition is not None:
            result = build_edition(copied, tmp_path / key, resources=Resources(cache=tmp_path / "kept"), printer=key)
            assert [str(finding) for finding in result.report if finding.severity != "note"] == []
    check_lines(result)
    for printer in printers.values():
        if printer is not None and printer.condition is None:  # it takes the file in RGB
            assert [str(problem) for problem in preflight_file(result.files["email"], printer)] == []
