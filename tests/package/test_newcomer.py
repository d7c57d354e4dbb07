"""A newcomer's first two years: the wheel in an empty folder, a forum's booklet of her own, next year's, what changed.

What she brings lies in tests/newcomer/: German texts; picture, face and inks are made here.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader

from installed import run_installed
from made_faces import make_variable, saved
from project import ROOT

pytestmark = pytest.mark.slow

HERS = ROOT / "tests" / "newcomer"
FAMILY, GREEN, COVER_MM = "Leserin", "#1F4D3A", (170, 240)
INKS = f"""\
ink:    {{ srgb: "#20201E", cmyk: [0, 0, 0, 100] }}
navy:   {{ srgb: "{GREEN}", cmyk: [84, 40, 78, 42] }}
orange: {{ srgb: "#F2B705", cmyk: [4, 28, 98, 0] }}
paper:  {{ srgb: "#FFFFFF", cmyk: [0, 0, 0, 0] }}
"""
COVER = """\
cover:
  series: [BUND DER LESENDEN STÄDTE]
  title: [Forum der, Bibliotheken]
  year: "2031"
  event: [PROGRAMM]
  theme: [BLEIBEN DÜRFEN]
  date: 3. BIS 5. OKTOBER 2031
  place: [LINDENHAFEN]
  picture:
    file: speicher.png
    alt: Ein Speicher mit sechs Reihen kleiner Fenster, davor ein Steg.
    credit: "Umschlag: A. Muster"
    focus: 50% 40%
"""
SECTIONS = """\
sections:
  - {key: haeuser, title: HÄUSER, folder: haeuser, entries: [speicherbibliothek, leihstelle-nord, musikbuecherei]}
  - {key: traeger, title: TRÄGER, folder: traeger, entries: [stiftung-offene-tuer, verein-der-vorleser]}
  - {key: werkstatt, title: WERKSTATT, folder: werkstatt, entries: [papier-flicken]}
"""


def draw_warehouse(path: Path) -> None:
    """A picture as large as a cover asks for: rows of windows above water."""
    picture = Image.new("RGB", (2400, 1800), (236, 228, 208))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((400, 200, 2000, 1400), fill=(150, 62, 48))
    for row in range(6):
        for column in range(7):
            left, top = 490 + column * 220, 260 + row * 190
            pen.rectangle((left, top, left + 110, top + 110), fill=(240, 214, 150))
    pen.rectangle((0, 1400, 2400, 1800), fill=(70, 108, 126))
    picture.save(path)


def replace_block(text: str, name: str, block: str) -> str:
    """edition.yaml with another value for a field that has several lines."""
    changed, count = re.subn(rf"^{name}:\n(?:(?:  .*)?\n)*?(?=^\S|\Z)", block + "\n", text, count=1, flags=re.MULTILINE)
    assert count == 1, name
    return changed


@pytest.fixture(scope="module")
def book(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Her booklet's folder, with everything in it replaced by her own."""
    shelf = tmp_path_factory.mktemp("shelf")
    named = ("--language", "de", "--title", "Forum der Bibliotheken 2031", "--trim", "170x240")
    run_installed(environment, "new", "forum-2031", "--like", "booklet", *named, within=shelf)
    folder = shelf / "forum-2031"
    for old in ("partners", "speakers", "pages", "photos", "adverts"):
        shutil.rmtree(folder / old)
    for old in ("programme.yaml", "sponsors.yaml"):
        (folder / old).unlink()
    shutil.copytree(HERS, folder, dirs_exist_ok=True)
    (folder / "photos").mkdir()
    draw_warehouse(folder / "photos" / "speicher.png")
    sheet = (folder / "edition.yaml").read_text("utf-8")
    sheet = re.sub(r"^publisher:.*", "publisher: Bund der lesenden Städte", sheet, flags=re.MULTILINE)
    for name, block in (("cover", COVER), ("marks", ""), ("adverts", ""), ("index", ""), ("sections", SECTIONS)):
        sheet = replace_block(sheet, name, block)
    sheet = re.sub(r"^(programme|sponsors): ", r"# \1: ", sheet, flags=re.MULTILINE)
    sheet = re.sub(
        r"^pages: .*", "pages: [preface, imprint, contents, haeuser, traeger, werkstatt]", sheet, flags=re.MULTILINE
    )
    (folder / "edition.yaml").write_text(sheet, "utf-8")
    # Her face, under its name in the tokens; four inks of hers.
    (folder / "fonts").mkdir()
    for slope in (False, True):
        (folder / "fonts" / f"Leserin{'-Italic' * slope}.ttf").write_bytes(saved(make_variable(FAMILY, italic=slope)))
    run_installed(environment, "theme", "copy", "styles/tokens.css", within=folder)
    tokens = (folder / "styles" / "tokens.css").read_text("utf-8")
    assert '--sans: "Source Sans 3"' in tokens
    (folder / "styles" / "tokens.css").write_text(tokens.replace('"Source Sans 3"', f'"{FAMILY}"', 1), "utf-8")
    (folder / "styles" / "inks.yaml").write_text(INKS, "utf-8")
    return folder


def test_a_booklet_of_her_own_is_two_files_without_a_finding(environment: Path, book: Path) -> None:
    assert "No findings" in run_installed(environment, "check", "--strict", within=book)
    run_installed(environment, "build", "--strict", within=book)
    files = {path.stem.rpartition("-")[2]: path for path in (book / "build").glob("*.pdf")}
    assert sorted(files) == ["email", "press"]
    assert files["email"].name == "forum-der-bibliotheken-2031-email.pdf"
    email = PdfReader(files["email"])
    sizes_mm = {tuple(round(float(side) * 25.4 / 72) for side in page.cropbox[2:]) for page in email.pages}
    assert sizes_mm == {COVER_MM}
    said = " ".join(" ".join(page.extract_text().split()) for page in email.pages)
    for words in ("Leihstelle Nord", "Lüder Ahrens", "Japanpapier", "Umschlag: A. Muster", "Inhalt", "HÄUSER"):
        assert words in said
    assert "geflickte" not in said
    fonts = {str(font["/BaseFont"]) for page in email.pages for font in page["/Resources"].get("/Font", {}).values()}
    assert any(FAMILY in name for name in fonts)
    assert not any("SourceSans" in name for name in fonts)


def test_her_cover_picture_and_her_ink_are_on_the_pages(environment: Path, book: Path) -> None:
    run_installed(environment, "build", within=book)
    with pypdfium2.PdfDocument(book / "build" / "forum-der-bibliotheken-2031-email.pdf") as pdf:
        colours = [
            {colour for _, colour in pdf[at].render(scale=0.5).to_pil().convert("RGB").getcolors(1 << 24)}
            for at in range(len(pdf))
        ]
    green = tuple(bytes.fromhex(GREEN[1:]))
    assert any(all(abs(a - b) < 24 for a, b in zip(each, (150, 62, 48), strict=True)) for each in colours[0])
    assert sum(green in page for page in colours) >= 5
    assert not any((0x12, 0x35, 0x5B) in page for page in colours)


def test_next_years_edition_is_begun_and_compared(environment: Path, book: Path) -> None:
    shelf = book.parent
    said = run_installed(environment, "edition", "new", "forum-2032", "--from", "forum-2031", within=shelf)
    assert "BIS 5. OKTOBER 2031" in said  # last year's date is hers to change, and told with its line
    assert re.search(r"edition\.yaml:\d+", said)
    next_year = shelf / "forum-2032"
    run_installed(environment, "check", "--json", shelf / "told.json", within=next_year)
    report = json.loads((shelf / "told.json").read_bytes())
    assert sorted({row["code"] for row in report}) == ["entry-unconfirmed"]
    assert len(report) == 6
    entry = next_year / "haeuser" / "leihstelle-nord.md"
    entry.write_text(entry.read_text("utf-8").replace("elf Regale", "zwölf Regale"), "utf-8")
    (next_year / "traeger" / "verein-der-vorleser.md").unlink()
    sheet = (next_year / "edition.yaml").read_text("utf-8")
    (next_year / "edition.yaml").write_text(sheet.replace(", verein-der-vorleser]", "]"), "utf-8")
    run_installed(environment, "build", within=next_year)
    words = ("edition", "compare", "forum-2031", "forum-2032", "--html", "changes.html")
    told = run_installed(environment, *words, within=shelf)
    assert "[-elf-]" in told
    assert "{+zwölf+}" in told
    assert "Verein der Vorleserinnen und Vorleser" in told
    assert "zwölf" in (shelf / "changes.html").read_text("utf-8")
