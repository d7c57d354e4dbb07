"""Codes to scan on finished pages: what a telephone reads from them, what they are drawn in, what is told of them."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image, ImageFilter

from directory_pub.build import BuildResult, build_edition
from directory_pub.cards import code_of_entry
from directory_pub.census import check_codes
from directory_pub.edition.model import Edition, Entry
from directory_pub.findings import Finding
from small_book import errors, write_small

pytestmark = pytest.mark.slow

_CONTACT = "contact:\n  - web: {web}\n  - phone: +41 22 555 01 32\n  - mail: desk@example.org\n"
ENTRIES = {
    "anchor": f"---\nname: Anchor\n{_CONTACT.format(web='www.anchor.example.org/Path')}---\n\nText.\n",
    "bakers": f"---\nname: Bäckerei\nqr: vcard\n{_CONTACT.format(web='www.bakers.example.org')}---\n\nText.\n",
    "canal": f"---\nname: Canal\nqr: none\n{_CONTACT.format(web='www.canal.example.org')}---\n\nText.\n",
}
MORE = "country: CH\nqr: web\nemail: {web: https://www.example.org/Book.pdf}\n"


def build(folder: Path, trim: str) -> BuildResult:
    edition = write_small(folder / "edition", ENTRIES, trim=trim, more=MORE)
    (edition / "front-matter").mkdir()
    (edition / "front-matter" / "preface.md").write_text("---\nqr: email\n---\n\nThe book to take along.\n", "utf-8")
    result = build_edition(edition, folder / "out")
    assert not errors(result), errors(result)
    return result


@pytest.fixture(scope="module", params=["A5", "A6"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """Books with a side column and without one."""
    return build(tmp_path_factory.mktemp("codes"), request.param)


def pages_of(book: BuildResult, key: str) -> range:
    assert book.book is not None
    return next(piece.pages for piece in book.book.pieces if piece.key == key)


def rendered(path: Path, index: int, ppi: int) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    picture = document[index].render(scale=ppi / 72, grayscale=True).to_pil()
    document.close()
    return picture


def scanned(picture: Image.Image) -> list[zxingcpp.Barcode]:
    return [each for each in zxingcpp.read_barcodes(picture) if "QR" in str(each.format)]


def handled(picture: Image.Image, degrees: float, ppi: int) -> Image.Image:
    """A page as it is seen: turned by a hand, out of focus, with grain."""
    turned = picture.rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    blurred = turned.filter(ImageFilter.GaussianBlur(ppi / 400))
    grain = random.Random(ppi)
    noise = Image.frombytes("L", blurred.size, grain.randbytes(blurred.width * blurred.height))
    return Image.blend(blurred, noise, 0.2)


@pytest.mark.parametrize(("ppi", "degrees"), [(300, 0), (300, 7), (150, 0), (150, -4)])
@pytest.mark.parametrize("key", ["preface", "anchor", "bakers"])
def test_a_telephone_reads_from_the_printed_page_what_the_content_says(
    book: BuildResult, key: str, ppi: int, degrees: float
) -> None:
    page = rendered(book.files["press"], pages_of(book, key)[0], ppi)
    (found,) = scanned(handled(page, degrees, ppi))
    text = found.bytes.decode()
    if key == "bakers":
        lines = text.split("\r\n")
        assert (lines[0], lines[-2]) == ("BEGIN:VCARD", "END:VCARD")
        assert lines[2:-2] == [
            "N:Bäckerei;;;;", "FN:Bäckerei", "ORG:Bäckerei", "URL:https://www.bakers.example.org",
            "TEL:+41-22-555-01-32", "EMAIL:desk@example.org",
        ]  # fmt: skip
    else:
        address = {"anchor": "https://www.anchor.example.org/Path", "preface": "https://www.example.org/Book.pdf"}[key]
        host, path = address.rsplit("/", 1)
        assert text == f"{host.upper()}/{path}"


def test_an_entry_that_wants_none_has_none(book: BuildResult) -> None:
    assert scanned(rendered(book.files["press"], pages_of(book, "canal")[0], 300)) == []


@pytest.mark.parametrize("key", ["preface", "anchor", "bakers"])
def test_a_code_is_black_alone_large_enough_and_free_all_round(book: BuildResult, key: str) -> None:
    ppi = 600
    page = rendered(book.files["press"], pages_of(book, key)[0], ppi)
    (found,) = scanned(page)
    corners = found.position
    left, top, right, bottom = corners.top_left.x, corners.top_left.y, corners.bottom_right.x, corners.bottom_right.y
    side = round(((right - left) + (bottom - top)) / 2)
    modules = next(n for n in range(21, 178, 4) if _is_module_grid(page, left, top, side, n))
    assert side / ppi * 25.4 / modules >= 0.4
    zone = 4 * side / modules - 2
    ring = page.crop((round(left - zone), round(top - zone), round(right + zone), round(bottom + zone)))
    ring.paste(255, (round(zone) - 2, round(zone) - 2, round(zone) + side + 3, round(zone) + side + 3))
    assert ring.getextrema()[0] > 250, "something stands in the quiet zone"


def _is_module_grid(page: Image.Image, left: int, top: int, side: int, modules: int) -> bool:
    """Whether the finder pattern at the top left is seven of so many modules: dark, light, three dark, light, dark."""
    module = side / modules
    cells = [page.getpixel((round(left + (at + 0.5) * module), round(top + 3.5 * module))) < 128 for at in range(8)]
    return cells == [True, False, True, True, True, False, True, False]


def test_the_path_of_a_code_is_one_in_one_ink(book: BuildResult) -> None:
    with pikepdf.open(book.files["press"]) as pdf:
        page = pdf.pages[pages_of(book, "anchor")[0]].obj
        streams = [page.Contents] if isinstance(page.Contents, pikepdf.Stream) else list(page.Contents)
        streams += [each for each in page.Resources.get("/XObject", {}).values() if each.get("/Subtype") == "/Form"]
        fills: list[tuple[int, tuple[float, ...]]] = []
        for stream in streams:
            colour, ends = (), 0
            for operands, operator in pikepdf.parse_content_stream(stream):
                if str(operator) == "k":
                    colour = tuple(float(each) for each in operands)
                ends = ends + 1 if str(operator) == "h" else ends
                if str(operator) in ("f", "f*", "n", "S"):
                    fills, ends = [*fills, (ends, colour)], 0
    assert [colour for outlines, colour in fills if outlines > 60] == [(0, 0, 0, 1)]


def test_the_email_file_tells_of_a_code_and_has_it_as_a_link(book: BuildResult) -> None:
    with pikepdf.open(book.files["email"]) as pdf:
        said = {str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item}
        page = pdf.pages[pages_of(book, "anchor")[0]].obj
        links = [(str(each.A.URI), [float(n) for n in each.Rect]) for each in page.Annots if "/A" in each]
    assert {
        "QR code: www.anchor.example.org/Path",
        "QR code: Save contact, Bäckerei",
        "QR code: www.example.org/Book.pdf",
    } <= said
    upright = [
        rect for uri, rect in links if uri == "https://www.anchor.example.org/Path" and abs(rect[3] - rect[1]) > 36
    ]
    assert len(upright) == 1, links


# -------------------------------------------------------------------- what the census says of it
def census(book: BuildResult, edition: Edition, press: bytes) -> list[Finding]:
    assert book.book is not None
    pieces = [replace(each, entry=_entry(edition, each.key)) if each.entry else each for each in book.book.pieces]
    return list(check_codes(edition, pieces, {"press": press}))


def _entry(edition: Edition, key: str) -> Entry:
    return next(each for each in edition.entries if each.key == key)


def test_the_census_finds_a_code_of_another_entry_and_one_that_is_covered(book: BuildResult) -> None:
    edition, press = book.edition, book.files["press"].read_bytes()
    assert edition is not None
    assert census(book, edition, press) == []
    section = edition.sections[0]
    anchor = _entry(edition, "anchor")
    other = replace(anchor, contact=(replace(anchor.contact[0], text="www.other.example.org"), *anchor.contact[1:]))
    changed = replace(edition, sections=(section.with_entries([other, *section.entries[1:]]),))
    (found,) = census(book, changed, press)
    assert found.code == "code-wrong"
    assert (
        "says “HTTPS://WWW.ANCHOR.EXAMPLE.ORG/Path”, and the content “HTTPS://WWW.OTHER.EXAMPLE.ORG”" in found.message
    )
    index = pages_of(book, "anchor")[0]
    with pikepdf.open(io.BytesIO(press)) as pdf:
        pdf.pages[index].contents_add(b"q 0 0 0 0 k 0 0 2000 2000 re f Q")
        out = io.BytesIO()
        pdf.save(out)
    (found,) = census(book, edition, out.getvalue())
    assert found.message == f"the code on page {index + 1} of the press file cannot be read."


def test_a_code_is_of_the_entry_as_it_is_shown(book: BuildResult) -> None:
    edition = book.edition
    assert edition is not None
    without = replace(_entry(edition, "anchor"), contact=())
    assert code_of_entry(without, edition) is None
