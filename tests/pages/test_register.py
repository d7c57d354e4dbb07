"""Register, the second theme: another grid, serif, no artwork. The pages and the files are asked, at every size it has."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, Word, read_pages
from directory_pub.census.page_reader import read_pictures
from directory_pub.pieces import Resources
from programme_book import write_programme
from project import HARBOUR, ROOT, draw_picture
from reading import read_tags
from small_book import errors, lines_of, write_small

MM_PER_PT = 25.4 / 72
UNIT, HEAD, INNER, MAIN, GUTTER, SIDE = 4.25, 29.75, 24, 112, 8, 44
SINK = 5  # lines above the text of an entry
RISE_EM = 0.3505  # of Source Serif 4: half of what its ascender is higher than its descender is deep
FIRST = HEAD + UNIT / 2 + RISE_EM * 9.3 * MM_PER_PT
GROUND, WHITE = (0xEC, 0xE7, 0xDC), (255, 255, 255)


def write_edition(folder: Path, edition: Path = HARBOUR, *, trim: str = "A4", theme: str = "register") -> Path:
    """An edition of its own, in the theme."""
    copy = Path(shutil.copytree(edition, folder / edition.name))
    sheet = copy / "edition.yaml"
    text = sheet.read_text("utf-8").replace("trim: A4", f"trim: {trim}")
    sheet.write_text(f"{text}theme: {theme}\n", "utf-8")
    return copy


def build(folder: Path, edition: Path = HARBOUR, *, trim: str = "A4") -> BuildResult:
    return build_edition(write_edition(folder, edition, trim=trim), folder / "out", resources=Resources())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    return build(tmp_path_factory.mktemp("register"))


@pytest.fixture(scope="module")
def pages(book: BuildResult) -> list[PageText]:
    return list(read_pages(book.files["email"]))


def index_of(book: BuildResult, key: str) -> int:
    assert book.book is not None
    return next(piece.pages[0] for piece in book.book.pieces if piece.key == key)


# -------------------------------------------------------------------- delivered
def test_both_files_are_delivered_without_a_finding(book: BuildResult) -> None:
    assert [str(finding) for finding in book.report] == []
    assert set(book.files) == {"press", "email"}


@pytest.mark.slow
@pytest.mark.parametrize("trim", ["A5", "170x240", "A6", "A5-landscape"])
def test_it_has_other_sizes(trim: str, tmp_path: Path) -> None:
    result = build(tmp_path, trim=trim)
    assert [str(finding) for finding in result.report] == []
    assert set(result.files) == {"press", "email"}


@pytest.mark.slow
@pytest.mark.parametrize("trim", ["A4", "170x240", "A6", "A5-landscape"])
def test_the_2020_edition_is_delivered_in_it_whatever_the_size(trim: str, tmp_path: Path) -> None:
    result = build(tmp_path, ROOT / "content" / "2020", trim=trim)
    assert {finding.severity for finding in result.report} == {"note"}
    assert set(result.files) == {"press", "email"}


@pytest.mark.slow
def test_a_name_that_is_nearly_its_own_is_told_of(tmp_path: Path) -> None:
    edition = write_edition(tmp_path, theme="regster")
    (finding,) = errors(build_edition(edition, tmp_path / "out", resources=Resources()))
    assert (finding.code, finding.place.field) == ("value-type", "theme")
    assert finding.remedy == "Did you mean 'register'?"


# -------------------------------------------------------------------- the page
def test_the_text_of_an_entry_begins_on_the_sixth_line_in_serif(pages: list[PageText], book: BuildResult) -> None:
    for key, first in {"tide-office": "The", "north-quay": "North", "lantern-league": "The"}.items():
        index = index_of(book, key)
        main = next(found for line in lines_of(pages[index]) if (found := [word for word in line if is_text(word)]))
        assert main[0].text == first
        assert main[0].baseline_mm == pytest.approx(FIRST + SINK * UNIT, abs=0.05)
        assert main[0].left_mm == pytest.approx(INNER if index % 2 == 0 else 22 + SIDE + GUTTER, abs=0.3)


def is_text(word: Word) -> bool:
    return word.face.startswith("Source-Serif-4") and word.size_pt == pytest.approx(9.3, abs=0.01)


def test_all_lines_of_text_stand_on_one_grid(pages: list[PageText], book: BuildResult) -> None:
    counted = 0
    for word in (word for page in pages for word in page.words if is_text(word)):
        off_mm = (word.baseline_mm - FIRST) % UNIT
        assert min(off_mm, UNIT - off_mm) < 0.05, word
        counted += 1
    assert counted > 150


def test_how_to_reach_an_entry_stands_beside_its_first_line_in_sans(pages: list[PageText], book: BuildResult) -> None:
    index = index_of(book, "tide-office")
    (address,) = (word for word in pages[index].words if word.text == "tides.example.org")
    assert address.face.startswith("Source-Sans-3")
    assert address.baseline_mm == pytest.approx(FIRST + SINK * UNIT, abs=0.05)
    assert address.left_mm == pytest.approx(INNER + MAIN + GUTTER + 4.25, abs=0.3)


def test_a_picture_stands_above_it(pages: list[PageText], book: BuildResult) -> None:
    index = index_of(book, "north-quay")
    (picture,) = list(read_pictures(book.files["email"]))[index]
    (address,) = (word for word in pages[index].words if word.text == "www.example.org")
    cap_mm = 0.67 * 9.3 * MM_PER_PT
    assert picture.top_mm == pytest.approx(FIRST + SINK * UNIT - cap_mm, abs=0.1)
    assert picture.shown_width_mm == pytest.approx(SIDE, abs=0.05)
    assert picture.top_mm + picture.shown_height_mm < address.baseline_mm - 2


def test_folios_stand_at_the_foot_flush_with_the_side_column(pages: list[PageText], book: BuildResult) -> None:
    recto, verso = index_of(book, "north-quay"), index_of(book, "lantern-league")
    for index, left_mm in ((recto, INNER + MAIN + GUTTER), (verso, 22)):
        (folio,) = (word for word in pages[index].words if word.text == str(index + 1) and word.baseline_mm > 268)
        assert folio.left_mm == pytest.approx(left_mm, abs=0.3)


# -------------------------------------------------------------------- no artwork
def colours(book: BuildResult) -> Iterator[dict[tuple[int, int, int], int]]:
    """How often each colour is on each page; those of soft edges are left out."""
    with pypdfium2.PdfDocument(book.files["email"]) as pdf:
        for page in pdf:
            found = page.render(scale=1).to_pil().convert("RGB").getcolors(1 << 20)
            yield {colour: count for count, colour in found if count > 2500}


def test_covers_and_openers_have_the_ground_and_all_else_is_white(book: BuildResult) -> None:
    assert book.book is not None
    kinds = [piece.kind for piece in book.book.pieces for _ in piece.pages]
    photo = index_of(book, "north-quay")
    for index, (kind, found) in enumerate(zip(kinds, colours(book), strict=True)):
        if index != photo:
            grounded = kind in ("cover", "inside-cover", "opener", "back-cover")
            assert next(iter(sorted(found, key=lambda colour: -found[colour]))) == (GROUND if grounded else WHITE), kind
            assert len(found) <= 2, (kind, found)


def test_the_ground_of_the_cover_runs_into_the_bleed(book: BuildResult) -> None:
    with pikepdf.open(book.files["press"]) as press:
        cover = press.pages[0]
        cover.cropbox = cover.obj["/BleedBox"]
        page = io.BytesIO()
        press.save(page)
    with pypdfium2.PdfDocument(page.getvalue()) as pdf:
        picture = pdf[0].render(scale=1).to_pil().convert("RGB")
    corners = [picture.getpixel((x, y)) for x in (1, picture.width - 2) for y in (1, picture.height - 2)]
    assert len(set(corners)) == 1
    assert min(corners[0]) < 245


# -------------------------------------------------------------------- read aloud
def test_a_screen_reader_hears_how_to_reach_an_entry_before_its_text(book: BuildResult) -> None:
    tags, index = read_tags(book.files["email"]), index_of(book, "lantern-league")
    said = " ".join(tag.text for tag in tags.document.all("H2", "P") if tag.pages == {index})
    assert said.startswith("Lantern League www.example.org The league"), said


@pytest.mark.slow
def test_a_contact_block_in_the_midst_of_the_text_is_told_of(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "project" / "content")
    layout = tmp_path / "project" / "layouts" / "parts" / "entry.html.j2"
    layout.parent.mkdir(parents=True)
    text = (ROOT / "themes" / "register" / "layouts" / "parts" / "entry.html.j2").read_text("utf-8")
    beside = text[text.index('<div class="beside">') : text.index("{{ blocks(")]
    body = "{{ blocks(entry.body, language=entry.language) }}"
    text = text.replace(beside, "").replace(
        body, f"{{{{ blocks(entry.body[:1]) }}}}\n{beside}\n{{{{ blocks(entry.body[1:]) }}}}"
    )
    layout.write_text(text, "utf-8")
    found = errors(build_edition(edition, tmp_path / "out", resources=Resources()))
    assert any("as read aloud" in finding.message for finding in found), [str(each) for each in found]


@pytest.mark.slow
def test_what_is_not_in_capitals_stays_as_it_was_written(tmp_path: Path) -> None:
    """Small capitals have one glyph for both of its letters: mixed text in them could not be read out of the file."""
    edition = write_edition(tmp_path)
    for file, was, now in (
        ("edition.yaml", "title: OFFICES", "title: Offices and Boards"),
        ("edition.yaml", "[CALM, OPEN]", "[Calm, open]"),
        ("entries/north-quay.md", "## VISION", "## Vision"),
    ):
        text = (edition / file).read_text("utf-8")
        assert was in text
        (edition / file).write_text(text.replace(was, now), "utf-8")
    result = build_edition(edition, tmp_path / "out", resources=Resources())
    assert [str(finding) for finding in result.report] == []


@pytest.mark.slow
def test_a_picture_and_a_logo_have_their_places(tmp_path: Path) -> None:
    edition = write_edition(tmp_path)
    for file, was, now in (
        (
            "edition.yaml",
            "  event:",
            "  picture: {file: wide.jpg, alt: A quay in fog, credit: 'Cover: A. Brandt'}\n  event:",
        ),
        ("front-matter/imprint.md", "publisher:\n", "publisher:\n  logo: {file: logo.png, alt: Lantern League}\n"),
    ):
        text = (edition / file).read_text("utf-8")
        assert was in text
        (edition / file).write_text(text.replace(was, now), "utf-8")
    draw_picture(edition / "photos" / "wide.jpg", [2700, 1600])
    draw_picture(edition / "photos" / "logo.png", [900, 300], kind="PNG")
    result = build_edition(edition, tmp_path / "out", resources=Resources())
    assert errors(result) == []
    cover, *others = list(read_pictures(result.files["email"]))
    picture, logo = sorted(cover, key=lambda each: -each.shown_width_mm)
    assert (picture.shown_width_mm, picture.shown_height_mm) == (
        pytest.approx(216, abs=0.1),
        pytest.approx(120, abs=0.1),
    )
    assert logo.top_mm == pytest.approx(24, abs=0.6)
    assert [bool(page) for page in (others[2], others[-1])] == [True, True], "the imprint and the back cover"


@pytest.mark.slow
@pytest.mark.parametrize("count", [14, 15])
def test_a_legend_stands_alone_on_no_page(count: int, tmp_path: Path) -> None:
    """On a pocket size, whose contents have it below their last row."""
    entries = {
        f"e{number:02}": f"---\nname: Town {number}\n{'mark: guest' if number == 1 else ''}\n---\n\nText.\n"
        for number in range(count)
    }
    edition = write_small(tmp_path / "edition", entries, trim="A6", more="theme: register\n")
    result = build_edition(edition, tmp_path / "out")
    assert errors(result) == []
    contents = [page for page in read_pages(result.files["email"]) if any(word.text == "Town" for word in page.words)]
    (last,) = [page for page in contents if any(word.text == "guest" for word in page.words)]
    assert sum(word.text == "Town" for word in last.words) >= 3


@pytest.mark.slow
def test_what_heads_pages_of_people_and_of_the_programme_is_serif(tmp_path: Path) -> None:
    edition = write_programme(tmp_path / "edition", more="theme: register\n")
    sheet = edition / "edition.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("folder: entries,", "folder: entries, form: people,"), "utf-8")
    result = build_edition(edition, tmp_path / "out")
    assert errors(result) == []
    found = {word.text: word.face for page in read_pages(result.files["email"]) for word in page.words if word.size_pt > 15}
    assert {"Tuesday", "TOWNS"} <= set(found)
    assert all("Serif" in face for face in found.values()), found
