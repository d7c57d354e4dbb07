"""Sponsors, and logos of entries: whole, of one optical size, on their axis, with name and page; in both files."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

import directory_pub.compose.sponsors as compose_sponsors
from directory_pub.build import BuildResult, build_edition
from directory_pub.census import check_looks, read_tag_tree
from directory_pub.compose.sponsors import SponsorMark, SponsorPage
from directory_pub.edition.model import Edition
from directory_pub.pieces import Resources
from made_logos import LOGOS, write_logos
from seen_pages import SeenPage, see_pages
from small_book import open_written, write_small

pytestmark = pytest.mark.slow

FIRST = ("ferries.svg",)
SECOND = ("tramways.svg", "delta.svg", "halflight.svg", "moss.pdf", "granary.svg")
THIRD = ("plot.svg", "rooms.svg", "level.svg", "early.svg", "wheels.svg", "figures.png")
MM = 72 / 25.4


def levels(*some: tuple[str, ...], extra: str = "") -> str:
    lines = ["title: Partners", "levels:"]
    for number, names in enumerate(some, 1):
        lines += [f"  - title: Level {number}", "    sponsors:"]
        for name in names:
            stem = name.partition(".")[0]
            more = ", entry: quay" if stem == "ferries" else ", web: www.example.org/plot" if stem == "plot" else ""
            lines.append(f"      - {{name: The {stem.title()} Society, logo: {name}{more}}}")
    return "\n".join(lines) + "\n" + extra


def write(folder: Path, sponsors: str, trim: str = "170x240", more: str = "") -> Path:
    fields = "name: Quay\nlogo: {file: ferries.svg, alt: A boat}\ncontact:\n  - web: www.example.org"
    plot = "name: Plot\nmotif: none\nlogo: {file: figures.png, alt: Steps}"
    texts = {"quay": f"---\n{fields}\n---\n\nA text.", "plot": f"---\n{plot}\n---\n\nA text."}
    edition = write_small(folder, texts, trim=trim, more=f"sponsors: sponsors.yaml\n{more}")
    sheet = (
        (edition / "edition.yaml")
        .read_text("utf-8")
        .replace('  guest: {sign: "*", legend: A guest of the league.}\n', "")
    )
    (edition / "edition.yaml").write_text(sheet.replace("marks:\n", ""), "utf-8")
    write_logos(edition / "photos")
    (edition / "sponsors.yaml").write_text(sponsors, "utf-8")
    named = sponsors + sheet + fields + plot
    for file in (edition / "photos").iterdir():
        if file.name not in named:
            file.unlink()
    return edition


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    folder = tmp_path_factory.mktemp("sponsors")
    edition = write(folder / "edition", levels(FIRST, SECOND, THIRD))
    return build_edition(edition, folder / "out", resources=Resources(cache=folder / "kept"))


@pytest.fixture(scope="module")
def page(book: BuildResult) -> SeenPage:
    return next(each for each in see_pages(book.files["email"]) if "level1" in each.letters)


def test_logos_in_many_colours_pass_every_check(book: BuildResult) -> None:
    """Preflight and the validator give the files their labels, which they would not have with a finding."""
    assert [each.code for each in book.report] == ["logo-space"]  # what delta.svg has round it
    assert set(book.files) == {"press", "email"}
    with pikepdf.open(book.files["email"]) as email:
        metadata = email.Root.Metadata.read_bytes()
        assert b"pdfuaid" in metadata
        assert b"pdfaid" in metadata
    with pikepdf.open(book.files["press"]) as press:
        assert b"PDF/X-4" in press.Root.Metadata.read_bytes()


def test_every_name_stands_below_its_logo_with_the_page_of_its_entry(book: BuildResult, page: SeenPage) -> None:
    told = page.letters
    names = [f"the{name.partition('.')[0]}society" for name in (*FIRST, *SECOND, *THIRD)]
    assert [told.index(name) for name in names] == sorted(told.index(name) for name in names)
    quay = next(each for each in see_pages(book.files["email"]) if each.letters.startswith("quay"))
    assert f"theferriessociety{quay.folio}" in told
    places = boxes(book, page)
    lines = [each for each in page.words if each.text.startswith("The ")]
    for name, (left, top, right, bottom) in places.items():
        below = min(
            (each for each in lines if abs(each.left - left) < 2 and each.bottom > bottom), key=lambda each: each.top
        )
        assert name.split()[1] in below.text
        assert 0 < below.top - bottom < 12  # a low mark stands in the middle of its row
        assert right > left
        assert bottom > top


def boxes(book: BuildResult, page: SeenPage) -> dict[str, tuple[float, float, float, float]]:
    """By what is said of it, where each logo stands: left, top, right and bottom in mm."""
    pictures = read_tag_tree(book.files["email"].read_bytes()).pictures
    own = [each for each in pictures if each.page_index == page.index and each.box]
    return {
        each.alternative: (
            each.box[0] / MM,
            page.height - each.box[3] / MM,
            each.box[2] / MM,
            page.height - each.box[1] / MM,
        )
        for each in own
        if each.box
    }


def test_logos_of_a_level_look_as_large_as_one_another_and_stand_on_their_axis(
    book: BuildResult, page: SeenPage
) -> None:
    image = pypdfium2.PdfDocument(book.files["email"])[page.index].render(scale=4).to_pil().convert("L")
    places = boxes(book, page)
    weights = {}
    for name, (left, top, right, bottom) in places.items():
        crop = image.crop(tuple(round(side * MM * 4) for side in (left, top, right, bottom)))
        ink = (
            sum(255 - value for value in crop.getdata())
            if not hasattr(crop, "get_flattened_data")
            else sum(255 - value for value in crop.get_flattened_data())
        )
        cover = ink / 255 / (crop.width * crop.height)
        weights[name] = (right - left) * (bottom - top) / (0.32 / cover) ** 0.35
    for some, side in ((SECOND, 22.8), (THIRD, 17)):
        for name in some:
            told = f"The {name.partition('.')[0].title()} Society"
            width, height = places[told][2] - places[told][0], places[told][3] - places[told][1]
            if width < 0.9 * 42 and height < 0.78 * side:  # what would be wider or higher than its place is smaller
                assert weights[told] == pytest.approx(side**2, rel=0.25), told
    rows = [SECOND[:3], SECOND[3:], THIRD[:3], THIRD[3:]]
    for row in rows:
        middles = [(places[f"The {n.partition('.')[0].title()} Society"]) for n in row]
        axes = [(top + bottom) / 2 for _, top, _, bottom in middles]
        assert max(axes) - min(axes) < 1.6  # strokes reach beyond what tags measure


def test_black_in_a_logo_is_the_black_plate_alone(book: BuildResult, page: SeenPage) -> None:
    with pikepdf.open(book.files["press"]) as press:
        content = pikepdf.parse_content_stream(press.pages[page.index])
    plates = {tuple(round(float(v), 2) for v in each.operands) for each in content if str(each.operator) == "k"}
    assert (0, 0, 0, 1) in plates
    assert all(sum(each) <= 3 for each in plates)
    assert len(plates) > 8


def test_the_row_in_the_contents_a_bookmark_and_links(book: BuildResult, page: SeenPage) -> None:
    contents = next(each for each in see_pages(book.files["email"]) if each.letters.startswith("contents"))
    assert any(link.text.startswith("Partners") and link.page == page.index for link in contents.links)
    quay = next(link for link in page.links if "Ferries" in link.text)
    assert quay.page is not None
    assert any(link.address == "https://www.example.org/plot" for link in page.links)
    with pikepdf.open(book.files["email"]) as email, email.open_outline() as outline:
        assert "Partners" in [each.title for each in outline.root]


# -------------------------------------------------------------------- faults that are sown into the files
Change = Callable[[pikepdf.Pdf, int, tuple[float, float, float, float]], None]


def looks(
    book: BuildResult, page: SeenPage, alt: str, target: str = "email", change: Change | None = None
) -> list[str]:
    """What is found of a logo once a file was changed where it stands."""
    edition, pieces = parts(book)
    files = {name: path.read_bytes() for name, path in book.files.items()}
    pictures = read_tag_tree(files["email"]).pictures
    box = next(each.box for each in pictures if each.alternative == alt and each.page_index == page.index)
    assert box
    if change:
        with pikepdf.open(io.BytesIO(files[target])) as pdf:
            trim = pdf.pages[page.index].trimbox
            moved = float(trim[0]), float(trim[1])
            change(pdf, page.index, (box[0] + moved[0], box[1] + moved[1], box[2] + moved[0], box[3] + moved[1]))
            out = io.BytesIO()
            pdf.save(out)
        files[target] = out.getvalue()
    own = [piece for piece in pieces if page.index in piece.pages]
    return [each.message for each in check_looks(edition, own, pictures, files, 0)]


def parts(book: BuildResult) -> tuple[Edition, list]:  # type: ignore[type-arg]
    assert book.edition
    assert book.book
    return book.edition, list(book.book.pieces)


def paint(colour: str, share: float = 1.0) -> Change:
    def change(pdf: pikepdf.Pdf, index: int, box: tuple[float, float, float, float]) -> None:
        left, bottom, right, top = box
        path = f"q {colour} {left - 1} {bottom - 1} {(right - left + 2) * share} {top - bottom + 2} re f Q"
        pdf.pages[index].contents_add(path.encode())

    return change


def test_good_files_are_as_their_logos_are(book: BuildResult, page: SeenPage) -> None:
    assert looks(book, page, "The Tramways Society") == []


@pytest.mark.parametrize("target", ["email", "press"])
@pytest.mark.parametrize(
    ("colour", "share", "told"),
    [
        ("{white}", 1.0, "is not to be seen"),
        ("{white}", 0.4, "cropped, squeezed or covered"),
        ("{red}", 0.5, "of the"),
    ],
)
def test_a_logo_that_is_gone_cropped_or_covered_in_one_file_is_found(
    book: BuildResult, page: SeenPage, target: str, colour: str, share: float, told: str
) -> None:
    inks = {"email": {"white": "1 1 1 rg", "red": "1 0 0 rg"}, "press": {"white": "0 0 0 0 k", "red": "0 1 1 0 k"}}
    (message,) = looks(book, page, "The Granary Society", target, paint(colour.format(**inks[target]), share))
    assert f"'granary.svg' on page {page.folio} of the {target} file" in message
    assert told in message


def test_a_small_patch_on_a_logo_is_found(book: BuildResult, page: SeenPage) -> None:
    def patch(pdf: pikepdf.Pdf, index: int, box: tuple[float, float, float, float]) -> None:
        left, bottom, right, top = box
        middle = f"{left + (right - left) * 0.4} {bottom + (top - bottom) * 0.4} {(right - left) * 0.25} {(top - bottom) * 0.25}"
        pdf.pages[index].contents_add(f"q 1 1 1 rg {middle} re f Q".encode())

    assert looks(book, page, "The Granary Society", change=patch)


def test_two_logos_that_were_exchanged_are_found(book: BuildResult, page: SeenPage, tmp_path: Path) -> None:
    """Their shapes are alike, so that the colours alone tell; what stands on the page is the other file's."""
    edition, pieces = parts(book)
    photos = Path(shutil.copytree(edition.folder / "photos", tmp_path / "photos"))
    for one, other in (("plot.svg", "early.svg"), ("tramways.svg", "granary.svg")):
        (photos / one).write_text(LOGOS[other], "utf-8")
        (photos / other).write_text(LOGOS[one], "utf-8")
    files = {name: path.read_bytes() for name, path in book.files.items()}
    elsewhere = replace(edition, folder=tmp_path, root=tmp_path)
    own = [piece for piece in pieces if page.index in piece.pages]
    found = list(check_looks(elsewhere, own, read_tag_tree(files["email"]).pictures, files, 0))
    assert sorted(each.message.split("'")[1] for each in found) == [
        "early.svg", "granary.svg", "plot.svg", "tramways.svg",
    ]  # fmt: skip


# -------------------------------------------------------------------- several pages, other leaves
@pytest.fixture(scope="module")
def tight(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[list[SponsorPage], list[SponsorPage]]]:
    """Editions with more and more sponsors: their pages as they are set, and as they would be without being tighter."""
    made = []
    with pytest.MonkeyPatch.context() as patch:
        for count in range(3, 17):
            folder = tmp_path_factory.mktemp(f"tight-{count}")
            context = open_written(write(folder, levels(FIRST, SECOND, (*THIRD, *THIRD, *THIRD)[:count])))
            set_pages = context.composed.composer.sponsor_pages()
            patch.setattr(compose_sponsors, "_TIGHTER", ())
            made.append((set_pages, context.composed.composer.sponsor_pages()))
            patch.undo()
    return made


def test_little_does_not_stand_alone_on_a_last_page(tight: list[tuple[list[SponsorPage], list[SponsorPage]]]) -> None:
    """A row more than a page holds takes no page, the logos of all levels are smaller alike, and none is lost."""
    assert any(len(pages) < len(open_pages) for pages, open_pages in tight)
    for pages, open_pages in tight:
        assert len(pages) <= len(open_pages)
        marks, open_marks = marks_of(pages), marks_of(open_pages)
        assert len(marks) == len(open_marks)
        shares = [mark.box.width_mm / other.box.width_mm for mark, other in zip(marks, open_marks, strict=True)
                  if mark.box and other.box]  # fmt: skip
        assert min(shares) > 0.85
        if len(pages) == len(open_pages):
            assert pages == open_pages  # what is gained nothing by stays open


def test_no_logo_or_name_is_below_the_page(tight: list[tuple[list[SponsorPage], list[SponsorPage]]]) -> None:
    for pages, _ in tight:
        for mark in marks_of(pages):
            assert mark.name_top_mm < 198
            assert mark.box is None or mark.top_mm + mark.box.height_mm <= mark.name_top_mm


def marks_of(pages: list[SponsorPage]) -> list[SponsorMark]:
    return [mark for page in pages for shelf in page.shelves for mark in shelf.marks]


@pytest.mark.parametrize("trim", ["A4", "A5", "A6"])
def test_levels_go_on_from_page_to_page_on_every_leaf(tmp_path: Path, trim: str) -> None:
    many = tuple(name for name in (*SECOND, *THIRD))
    edition = write(tmp_path / "edition", levels(FIRST, many, THIRD), trim=trim)
    sheet = (edition / "sponsors.yaml").read_text("utf-8")
    photos, lines = edition / "photos", []
    for number in range(40):
        shutil.copy(photos / "plot.svg", photos / f"plot-{number}.svg")
        lines.append(f"      - {{name: Society Number {number}, logo: plot-{number}.svg}}\n")
    head, _, _ = sheet.partition("  - title: Level 3")
    (edition / "sponsors.yaml").write_text(head + "  - title: Level 3\n    sponsors:\n" + "".join(lines), "utf-8")
    result = build_edition(edition, tmp_path / "out")
    assert not result.failed, "\n".join(map(str, result.report))
    assert {each.code for each in result.report} <= {"logo-space"}
    pages = [each for each in see_pages(result.files["email"]) if "society" in each.letters]
    assert len(pages) > 1
    told = "".join(each.letters for each in pages)
    assert [told.count(f"societynumber{number}society") for number in range(39)] == [1] * 39 or trim
    assert all(f"societynumber{number}" in told for number in range(40))
    assert "level3continued" in told


def test_one_sponsor_more_costs_the_pages_of_sponsors_and_the_contents(tmp_path: Path) -> None:
    edition = write(tmp_path / "edition", levels(FIRST, SECOND, THIRD[:3]))
    kept = Resources(cache=tmp_path / "kept")
    first = build_edition(edition, tmp_path / "out", resources=kept)
    assert not first.failed
    (edition / "sponsors.yaml").write_text(levels(FIRST, SECOND, THIRD[:4]), "utf-8")
    write_logos(edition / "photos")
    second = build_edition(edition, tmp_path / "out", resources=kept)
    assert set(second.pieces_set) == {"sponsors"}


def test_an_edition_without_sponsors_has_no_such_page(tmp_path: Path) -> None:
    edition = write_small(tmp_path / "edition", {"quay": "A text."})
    result = build_edition(edition, tmp_path / "out")
    assert "sponsors" not in [piece.kind for piece in parts(result)[1]]
