"""Covers with a picture and a logo: they are where they belong, said, credited, and told of where they are lost."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import read_pages, read_tag_tree
from directory_pub.edition.theme import theme_names
from directory_pub.pieces import Resources
from project import HARBOUR, ROOT

pytestmark = pytest.mark.slow

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 60), (30, 60, 200), (240, 220, 40)
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60">'
    '<path fill="#12355B" d="M0 0h60v60h-60z"/><path fill="#FD9D24" d="M60 0h60v60h-60z"/></svg>'
)
LOGO_INKS = (
    'logo-blue: { srgb: "#12355B", cmyk: [100, 78, 32, 30] }\nlogo-orange: { srgb: "#FD9D24", cmyk: [0, 47, 95, 0] }\n'
)
PICTURE = "  picture: {file: cover.png, alt: Red and green., focus: 0% 0%, credit: 'Cover picture: A. Example'}\n"


def write(folder: Path, *, theme: str = "city", logo: str = "logo.svg", picture: bool = True, trim: str = "A4") -> Path:
    """The made-up edition with a red picture that has a green right, a blue foot and a yellow corner, and a logo."""
    edition = Path(shutil.copytree(HARBOUR, folder / "content" / "harbour"))
    sheet = (edition / "edition.yaml").read_text("utf-8").replace("trim: A4", f"trim: {trim}\ntheme: {theme}")
    if picture:
        sheet = sheet.replace('  year: "2031"\n', f'  year: "2031"\n{PICTURE}')
        picture_file = Image.new("RGB", (5200, 3600), RED)
        picture_file.paste(GREEN, (4940, 0, 5200, 3600))
        picture_file.paste(BLUE, (0, 3420, 5200, 3600))
        picture_file.paste(YELLOW, (0, 0, 300, 230))
        picture_file.save(edition / "photos" / "cover.png")
    (edition / "edition.yaml").write_text(sheet, "utf-8")
    imprint = edition / "front-matter" / "imprint.md"
    named = f"publisher:\n  logo: {{file: {logo}, alt: Lantern League's lantern}}\n"
    imprint.write_text(imprint.read_text("utf-8").replace("publisher:\n", named), "utf-8")
    if logo == "logo.svg":
        (edition / "photos" / "logo.svg").write_text(LOGO, "utf-8")
    if theme == "register":  # which has other inks: those of the logo are brought along
        (edition / "styles").mkdir()
        (edition / "styles" / "inks.yaml").write_text(LOGO_INKS, "utf-8")
    return edition


def build(edition: Path, cache: Path) -> BuildResult:
    return build_edition(edition, edition.parent.parent / "out", resources=Resources(cache=cache))


def colours(pdf: Path, index: int) -> list[tuple[int, int, int]]:
    """The colours of a page that cover at least a two-thousandth of it."""
    image = pypdfium2.PdfDocument(pdf)[index].render(scale=0.5).to_pil().convert("RGB")
    return [colour for count, colour in image.getcolors(1 << 24) or [] if count > image.width * image.height / 2000]


def near(colours: list[tuple[int, int, int]], wanted: tuple[int, int, int]) -> bool:
    return any(max(abs(a - b) for a, b in zip(each, wanted, strict=True)) < 12 for each in colours)


@pytest.fixture(scope="module", params=[("city", "A4"), ("plain", "170x240"), ("register", "A5")], ids=lambda p: p[0])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """A book with a picture and a logo, in each of the themes."""
    folder = tmp_path_factory.mktemp(request.param[0])
    return build(write(folder, theme=request.param[0], trim=request.param[1]), folder / "kept")


def test_every_theme_that_is_built_in_has_a_cover_here() -> None:
    assert theme_names(ROOT) == ["city", "plain", "register", "three-inks"]  # the last has inks alone


def test_picture_and_logo_make_no_finding(book: BuildResult) -> None:
    assert list(book.report) == []
    assert set(book.files) == {"press", "email"}


def test_the_crop_keeps_the_focus(book: BuildResult) -> None:
    shown = colours(book.files["email"], 0)
    assert near(shown, RED)
    assert near(shown, YELLOW)  # the corner that the focus names
    assert near(shown, GREEN) != near(shown, BLUE)  # one of the far sides is cropped off


def test_the_logo_is_drawn_on_cover_imprint_and_back_as_a_drawing(book: BuildResult) -> None:
    with pikepdf.open(book.files["press"]) as press:
        pages = len(press.pages)
        for index in (0, 3, pages - 1):
            images = press.pages[index].get_images()
            assert len(images) == (1 if index == 0 else 0)  # the cover's picture is the only one that has pixels
    for index in (0, 3, pages - 1):
        shown = colours(book.files["email"], index)
        assert near(shown, (0x12, 0x35, 0x5B)), index
        assert near(shown, (0xFD, 0x9D, 0x24)), index


def test_both_are_said_by_their_alternatives(book: BuildResult) -> None:
    tree = read_tag_tree(book.files["email"].read_bytes())
    said = {index: [p.alternative for p in tree.pictures if p.page_index == index] for index in (0, 3, 11)}
    logo = "Lantern League's lantern"
    assert said == {0: ["Red and green.", logo], 3: [logo], 11: [logo]}


def test_the_credit_stands_in_the_imprint_and_nowhere_else(book: BuildResult) -> None:
    pages = [" ".join(word.text for word in page.words) for page in read_pages(book.files["email"].read_bytes())]
    assert [index for index, text in enumerate(pages) if "Cover picture: A. Example" in text] == [3]


# -------------------------------------------------------------------- what goes wrong
def told(edition: Path, cache: Path) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.place.field) for finding in build(edition, cache).report]


def test_a_layout_that_leaves_the_picture_out_is_told_of(tmp_path: Path, kept: Path) -> None:
    edition = write(tmp_path)
    layout = edition / "layouts" / "pages" / "cover.html.j2"
    layout.parent.mkdir(parents=True)
    text = (ROOT / "layouts" / "pages" / "cover.html.j2").read_text("utf-8")
    layout.write_text(text.replace("{{ picture(cover.picture) }}", ""), "utf-8")
    assert ("picture-lost", "cover.picture.file") in told(edition, kept)


def test_a_layout_that_leaves_the_logo_out_is_told_of(tmp_path: Path, kept: Path) -> None:
    edition = write(tmp_path, picture=False)
    layout = edition / "layouts" / "pages" / "back-cover.html.j2"
    layout.parent.mkdir(parents=True)
    text = (ROOT / "layouts" / "pages" / "back-cover.html.j2").read_text("utf-8")
    layout.write_text(text.replace("{{ logo(edition.logo) }}", ""), "utf-8")
    assert ("alt-wrong", "publisher.logo") in told(edition, kept)


def test_what_is_wrong_with_picture_and_logo_is_told_where_they_are_named(tmp_path: Path, kept: Path) -> None:
    edition = write(tmp_path, logo="lamp.svg")
    Image.new("RGB", (500, 300), RED).save(edition / "photos" / "cover.png")
    found = told(edition, kept)
    assert ("photo-missing", "publisher.logo.file") in found
    assert ("photo-resolution", "cover.picture.file") in found


def test_a_colour_of_a_logo_that_is_no_ink_is_told_of_until_it_is_one(tmp_path: Path, kept: Path) -> None:
    edition = write(tmp_path, picture=False)
    (edition / "photos" / "logo.svg").write_text(LOGO.replace("#FD9D24", "#00A651"), "utf-8")
    assert [(code, field) for code, field in told(edition, kept)] == [("ink-unknown", "#00A651")]
    (edition / "styles").mkdir()
    (edition / "styles" / "inks.yaml").write_text('logo: { srgb: "#00A651", cmyk: [80, 0, 90, 0] }\n', "utf-8")
    assert told(edition, kept) == []


def test_a_credit_that_no_page_prints_is_told_of(tmp_path: Path, kept: Path) -> None:
    edition = write(tmp_path)
    imprint = edition / "front-matter" / "imprint.md"
    imprint.write_text(f"---\ntitle: Imprint\n---\n{imprint.read_text('utf-8').rpartition('---')[2]}", "utf-8")
    (edition / "photos" / "logo.svg").unlink()
    assert ("key-missing", "cover.picture") in told(edition, kept)


# -------------------------------------------------------------------- what is made again
def test_another_picture_costs_the_cover_and_another_logo_the_pages_that_show_it(tmp_path: Path) -> None:
    edition, cache = write(tmp_path), tmp_path / "kept"
    assert build(edition, cache).pieces_set
    Image.new("RGB", (5200, 2400), GREEN).save(edition / "photos" / "cover.png")
    again = build(edition, cache)
    assert set(again.pieces_set) == {"cover"}
    assert near(colours(again.files["email"], 0), GREEN)
    (edition / "photos" / "logo.svg").write_text(LOGO.replace("h60v60", "h60v30"), "utf-8")
    assert set(build(edition, cache).pieces_set) == {"cover", "imprint", "back-cover"}


def test_a_logo_may_be_a_pdf_or_a_picture(tmp_path: Path, kept: Path) -> None:
    edition = write(tmp_path, logo="logo.pdf", picture=False)
    document, written = pikepdf.new(), io.BytesIO()
    page = document.add_blank_page(page_size=(300, 400))
    page.Contents = document.make_stream(b".07058824 .20784314 .35686275 rg 100 200 50 40 re f")
    document.save(written)
    (edition / "photos" / "logo.pdf").write_bytes(written.getvalue())
    assert told(edition, kept) == []
    imprint = edition / "front-matter" / "imprint.md"
    imprint.write_text(imprint.read_text("utf-8").replace("logo.pdf", "logo.png"), "utf-8")
    Image.new("RGBA", (1200, 600), (18, 53, 91, 128)).save(edition / "photos" / "logo.png")
    (edition / "photos" / "logo.pdf").unlink()
    assert told(edition, kept) == []
