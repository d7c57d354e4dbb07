"""Tailpieces under pages: seen, not read aloud, and harmless to what was there."""

from __future__ import annotations

import io
import time

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Pdf

from directory_pub.place import lay_under
from directory_pub.typeset import Engine
from unit.hand_made import set_pages, small_engine

MM = 72 / 25.4
RED, GREEN, WHITE, BLACK = (255, 0, 0), (0, 128, 0), (255, 255, 255), (0, 0, 0)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_engine(tmp_path_factory.mktemp("place") / "project", "section { height: 100mm }")


@pytest.fixture(scope="module")
def book(engine: Engine) -> bytes:
    """Two tagged pages of 100 mm, bleed 3 mm, each with a black square and a link."""
    return set_pages(
        engine,
        "".join(
            f'<section style="break-before: page"><h1 id="s{n}">Head {n}</h1><p><a href="https://example.org/{n}">link</a></p>'
            '<div style="position: absolute; left: 60mm; top: 60mm; width: 20mm; height: 20mm; background: #000"></div></section>'
            for n in (1, 2)
        ),
    )


@pytest.fixture(scope="module")
def tailpieces(engine: Engine) -> bytes:
    """Two tailpieces: one red, one green, from 40 to 100 mm."""
    return set_pages(
        engine,
        "".join(
            f'<div style="break-before: page; position: relative; height: 60mm; margin: 40mm 0 0 40mm; background: {colour}"></div>'
            for colour in ("#f00", "#008000")
        ),
    )


def colour_at(pdf: bytes, page: int, x_mm: float, y_mm: float) -> tuple[int, ...]:
    """The colour of a point, from the trim's top left corner."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[page].render(scale=2).to_pil().convert("RGB")
    media = document[page].get_mediabox()
    trim = document[page].get_trimbox()
    point = image.getpixel((int(2 * (trim[0] - media[0] + x_mm * MM)), int(2 * (media[3] - trim[3] + y_mm * MM))))
    assert isinstance(point, tuple)
    return point


def laid_under(book: bytes, tailpieces: bytes, page_indexes: list[int]) -> bytes:
    with Pdf.open(io.BytesIO(book)) as pdf:
        lay_under(pdf, tailpieces, page_indexes)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def words(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def test_a_tailpiece_shows_under_its_page_and_what_stands_on_it_stays(book: bytes, tailpieces: bytes) -> None:
    laid = laid_under(book, tailpieces, [1, 0])
    assert [colour_at(laid, page, 50, 50) for page in (0, 1)] == [GREEN, RED]
    assert [colour_at(laid, page, 70, 70) for page in (0, 1)] == [BLACK, BLACK]
    assert [colour_at(laid, page, 20, 50) for page in (0, 1)] == [WHITE, WHITE]


def test_a_page_without_a_tailpiece_stays_as_it_was(book: bytes, tailpieces: bytes) -> None:
    laid = laid_under(book, tailpieces, [1])
    assert (colour_at(laid, 0, 50, 50), colour_at(laid, 1, 50, 50)) == (WHITE, RED)


# -------------------------------------------------------------------- what survives
def test_text_links_tags_and_boxes_survive(book: bytes, tailpieces: bytes) -> None:
    laid = laid_under(book, tailpieces, [0, 1])
    assert words(laid) == words(book)
    with Pdf.open(io.BytesIO(book)) as before, Pdf.open(io.BytesIO(laid)) as after:
        assert [uris(page) for page in after.pages] == [uris(page) for page in before.pages]
        assert tags(after.Root.StructTreeRoot) == tags(before.Root.StructTreeRoot)
        assert "H1" in tags(after.Root.StructTreeRoot)
        assert after.Root.MarkInfo.Marked
        for box in ("mediabox", "trimbox", "bleedbox"):
            assert [list(map(float, getattr(p, box))) for p in after.pages] == [
                list(map(float, getattr(p, box))) for p in before.pages
            ]
        assert [p.get("/StructParents") for p in after.pages] == [p.get("/StructParents") for p in before.pages]


def uris(page: pikepdf.Page) -> list[str]:
    return [str(annotation.A.URI) for annotation in page.get("/Annots", []) if "/A" in annotation]


def tags(node: pikepdf.Object) -> str:
    """The kinds of a structure tree, in order."""
    kids = node.get("/K", [])
    children = kids if isinstance(kids, pikepdf.Array) else [kids]
    inner = "".join(tags(child) for child in children if isinstance(child, Dictionary))
    return f"{str(node.get('/S', ''))[1:]}({inner})"


def test_a_tailpiece_is_an_artifact_and_every_graphics_state_is_restored(book: bytes, tailpieces: bytes) -> None:
    with Pdf.open(io.BytesIO(laid_under(book, tailpieces, [0, 1]))) as pdf:
        for page in pdf.pages:
            depth, marked, shown = 0, [], []
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "q" | "Q" as op:
                        depth += 1 if op == "q" else -1
                    case "BMC" | "BDC":
                        marked.append(str(operands[0]))
                    case "EMC":
                        marked.pop()
                    case "Do" if str(operands[0]).startswith("/Tailpiece"):
                        shown.append(list(marked))
                assert depth >= 0
            assert (depth, marked, shown) == (0, [], [["/Artifact"]])


def test_the_same_pages_give_the_same_bytes(book: bytes, tailpieces: bytes) -> None:
    under = laid_under(book, tailpieces, [0, 1])
    time.sleep(1.1)  # a file's identifier is made of the time, unless it is asked not to be
    assert laid_under(book, tailpieces, [0, 1]) == under
