"""Adverts in both files of a book: laid in as they are, in the target's colours, tagged, linked and listed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from directory_pub.build import BuildResult, build_edition
from directory_pub.pieces import Resources
from made_guests import TEXT, picture_bytes, write_guest
from small_book import errors, write_small

pytestmark = pytest.mark.slow

PT_PER_MM = 72 / 25.4
MORE = """\
cover: {title: [LAMPS]}
adverts:
  - {key: tram, file: tram.pdf, advertiser: Lindhaven Tramways, alt: A tram at night., place: inside-front, link: "https://trams.example.org"}
  - {key: ferry, file: ferry.pdf, advertiser: Lindhaven Ferries, alt: A ferry., size: half}
  - {key: bank, file: bank.pdf, advertiser: Quay Bank, alt: A bank., size: quarter}
  - {key: books, file: books.jpg, advertiser: Quay Books, alt: Books on a quay., size: quarter}
  - {key: hotel, file: hotel.pdf, advertiser: Hotel Meridian, alt: A hotel.}
  - {key: hotel-again, file: hotel.pdf, advertiser: Hotel Meridian, alt: A hotel.}
  - {key: back, file: rgb.pdf, advertiser: Lindhaven Tramways, alt: Another tram., place: back-cover}
"""
IMPRINT = "---\npublisher:\n  name: Lantern League\n---\n\nAll that is said here is made up.\n"


def shines(_: pikepdf.Pdf) -> Dictionary:
    return Dictionary(G=Dictionary(ca=0.5, BM=Name.Multiply))


def write_book(folder: Path, more: str = MORE) -> Path:
    write_small(folder, {"alba": "Text.", "brig": "Text."}, trim="170x240", more=more)
    (folder / "front-matter").mkdir()
    (folder / "front-matter" / "imprint.md").write_text(IMPRINT, "utf-8")
    adverts = folder / "adverts"
    write_guest(adverts / "tram.pdf", slug_mm=5)
    write_guest(adverts / "ferry.pdf", 139.5, 96.75, bleed_mm=0, ground="0 0 0 0 k", text_colour="0 0 0 1 k")
    write_guest(adverts / "bank.pdf", 67.5, 96.75, bleed_mm=0, text="Bank")
    (adverts / "books.jpg").write_bytes(picture_bytes(1000, 1433))
    write_guest(
        adverts / "hotel.pdf",
        turn=90,
        origin=(30, -20),
        more="/G gs 100 100 90 90 re f",
        resources={"/ExtGState": shines},
    )
    write_guest(adverts / "rgb.pdf", ground="0.1 0.2 0.7 rg")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The book, built once for all that is asked of it."""
    folder = tmp_path_factory.mktemp("adverts")
    return build_edition(write_book(folder / "edition"), folder / "out")


def test_an_advert_stands_where_the_order_of_pages_names_it(tmp_path: Path) -> None:
    order = "pages: [imprint, contents, hotel, towns]\n"
    result = build_edition(write_book(tmp_path / "edition", MORE + order), tmp_path / "out")
    assert errors(result) == []
    at = kinds(result).index(("adverts", "hotel"))
    assert kinds(result)[at - 1][0] == "contents"
    assert kinds(result)[at + 1] == ("opener", "towns")


def kinds(result: BuildResult) -> list[tuple[str, str]]:
    assert result.book is not None
    return [(piece.kind, piece.key) for piece in result.book.pieces]


def guests_in(path: Path) -> list[Any]:
    with pikepdf.open(path) as pdf:
        return [
            each.objgen
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Name") == "/GuestPage"
        ]


def spaces_in(path: Path) -> Iterator[str]:
    with pikepdf.open(path) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == Name.Image:
                yield str(each.get("/ColorSpace", ""))
            elif isinstance(each, pikepdf.Stream) and each.get("/Subtype") == Name.Form:
                for instruction in pikepdf.parse_content_stream(each, "rg RG k K"):
                    yield str(instruction.operator).lower()


def pixels(path: Path, index: int, *, box: str) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        page = document[index]
        page.set_cropbox(*(page.get_bleedbox() if box == "bleed" else page.get_trimbox()))
        return page.render(scale=1).to_pil().convert("RGB")


# -------------------------------------------------------------------- the book
def test_both_files_are_delivered_with_their_labels(built: BuildResult) -> None:
    assert errors(built) == []
    assert sorted(built.files) == ["email", "press"]


def test_adverts_stand_in_their_places_and_fill_the_book(built: BuildResult) -> None:
    assert built.book is not None
    assert built.book.page_count % 4 == 0
    assert kinds(built)[1] == ("adverts", "tram")
    tail = [each for each in kinds(built) if each[0] in ("adverts", "notes", "back-cover")][1:]
    assert tail[:3] == [("adverts", "ferry+bank+books"), ("adverts", "hotel"), ("adverts", "hotel-again")]
    assert tail[-1] == ("adverts", "back")
    assert {kind for kind, _ in tail[3:-1]} <= {"notes"}


def test_each_advert_is_one_object_however_often_it_stands(built: BuildResult) -> None:
    for path in built.files.values():
        assert len(guests_in(path)) == 6


def test_the_press_has_ink_and_the_screen_has_srgb(built: BuildResult) -> None:
    assert {"rg", "/DeviceRGB"}.isdisjoint(spaces_in(built.files["press"]))
    assert {"k", "/DeviceCMYK"}.isdisjoint(spaces_in(built.files["email"]))


def test_type_stays_type_in_its_own_font(built: BuildResult) -> None:
    with pypdfium2.PdfDocument(built.files["email"]) as document:
        assert TEXT in document[1].get_textpage().get_text_range()
    with pikepdf.open(built.files["press"]) as pdf:
        form = next(
            each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Name") == "/GuestPage"
        )
        assert str(form.Resources.Font.F1.BaseFont) == "/ABCDEF+SourceSans3-Bold"


def test_the_bleed_is_filled(built: BuildResult) -> None:
    page = pixels(built.files["press"], 1, box="bleed")
    for corner in ((1, 1), (page.width - 2, 1), (1, page.height - 2), (page.width - 2, page.height - 2)):
        assert max(page.getpixel(corner)[:2]) < 140, corner  # type: ignore[index]


def test_a_white_ground_is_framed_and_another_is_not(built: BuildResult) -> None:
    at = next(piece.pages[0] for piece in built.book.pieces if piece.key.startswith("ferry"))  # type: ignore[union-attr]
    page = pixels(built.files["email"], at, box="trim").convert("L")
    left_mm = 17 if at % 2 == 0 else 13.5
    down = [
        page.getpixel((round((left_mm + 30) * PT_PER_MM), y))
        for y in range(round(21 * PT_PER_MM), round(24 * PT_PER_MM))
    ]
    assert min(down) < 250  # type: ignore[type-var, operator]


# -------------------------------------------------------------------- tags, links, list
def test_each_is_a_figure_with_its_text_and_its_link(built: BuildResult) -> None:
    said: list[str] = []
    with pikepdf.open(built.files["email"]) as pdf:
        waiting = [pdf.Root.StructTreeRoot]
        while waiting:
            each = waiting.pop()
            if each.get("/S") == "/Figure" and "/Alt" in each:
                said.append(str(each.Alt))
            below = each.get("/K", Array())
            waiting += [kid for kid in (below if isinstance(below, Array) else [below]) if isinstance(kid, Dictionary)]
        link = next(
            each for each in pdf.pages[1].Annots if each.get("/A", {}).get("/URI") == "https://trams.example.org"
        )
        box = [float(edge) for edge in link.Rect]
    assert {"A tram at night.", "A ferry.", "A bank.", "Books on a quay.", "Another tram."} <= set(said)
    assert said.count("A hotel.") == 2
    assert box[2] - box[0] > 160 * PT_PER_MM


def test_the_imprint_lists_the_advertisers_with_their_folios(built: BuildResult) -> None:
    assert built.book is not None
    folios = {piece.key: piece.pages[0] + 1 for piece in built.book.pieces}
    imprint = folios["imprint"] - 1
    for path in built.files.values():
        with pypdfium2.PdfDocument(path) as document:
            text = " ".join(document[imprint].get_textpage().get_text_range().split())
        assert f"Advertisers Lindhaven Tramways {folios['tram']}, {folios['back']} Lindhaven Ferries" in text
        assert (
            f"Quay Books {folios['ferry+bank+books']} Hotel Meridian {folios['hotel']}, {folios['hotel-again']}" in text
        )


def test_the_report_says_what_is_to_be_told(built: BuildResult) -> None:
    report = json.loads((built.files["press"].parent / "report.json").read_text("utf-8"))
    rows = {row["key"]: row for row in report["adverts"]}
    assert rows["tram"] == {
        "key": "tram", "advertiser": "Lindhaven Tramways", "file": "tram.pdf", "size": "full", "folio": 2, "tell": [],
    }  # fmt: skip
    assert "become CMYK" in rows["back"]["tell"][0]


# -------------------------------------------------------------------- another build
def test_a_new_file_costs_its_page_and_no_other(tmp_path: Path) -> None:
    more = MORE.replace("  - {key: hotel-again, file: hotel.pdf, advertiser: Hotel Meridian, alt: A hotel.}\n", "")
    folder = write_book(tmp_path / "edition", more)
    kept = Resources(cache=tmp_path / "cache")
    build_edition(folder, tmp_path / "out", resources=kept)
    write_guest(folder / "adverts" / "tram.pdf", ground="0 1 0 0 k")
    again = build_edition(folder, tmp_path / "out", resources=kept)
    assert errors(again) == []
    assert list(again.pieces_set) == ["tram"]


def test_a_broken_advert_withholds_the_book_and_its_place_is_left_free(tmp_path: Path) -> None:
    folder = write_book(tmp_path / "edition")
    (folder / "adverts" / "tram.pdf").write_bytes(b"%PDF-1.4\nnothing")
    result = build_edition(folder, tmp_path / "out")
    (found,) = errors(result)
    assert found.code == "advert-unfit"
    assert [name for name in result.files if name in ("press", "email")] == []


def test_what_is_laid_over_an_advert_is_told(tmp_path: Path) -> None:
    folder = write_book(tmp_path / "edition")
    (folder / "styles" / "pages").mkdir(parents=True)
    sheet = ".advert { overflow: hidden } .advert img { width: 60%; margin-left: 40% }"
    (folder / "styles" / "pages" / "adverts.css").write_text(
        f".adverts {{ page: adverts; position: relative }} .advert {{ position: absolute }} {sheet}\n", "utf-8"
    )
    codes = {finding.code for finding in errors(build_edition(folder, tmp_path / "out"))}
    assert "advert-lost" in codes
