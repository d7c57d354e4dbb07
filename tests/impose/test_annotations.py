"""Annotations: the sheet shows what the page shows on a printer."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops

from directory_pub.impose import impose_file
from impose.numbered import A5_MM, numbered
from program import run

PRINTS, HIDDEN, NO_VIEW = 4, 2, 32
RED = b"1 0 0 rg 0 0 60 20 re f 0 0 1 rg 0 0 10 10 re f"


def with_annotation(rotate: int = 0, matrix: list[float] | None = None, **keys: Any) -> bytes:
    """Four pages; on the first lies an annotation of which the file has a drawing of 60 by 20 units."""
    with pikepdf.open(io.BytesIO(numbered(4, A5_MM, rotate=rotate))) as pdf:
        drawing = pdf.make_stream(RED, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 60, 20])
        if matrix:
            drawing.Matrix = Array(matrix)
        told = {"Subtype": Name.Stamp, "F": PRINTS, "Rect": [100, 200, 220, 240], "AP": Dictionary(N=drawing), **keys}
        annotation = Dictionary(Type=Name.Annot, **{key: value for key, value in told.items() if value is not None})
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])
        if told["Subtype"] == Name.Widget:
            pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


def printed(pdf: bytes) -> Image.Image:
    """The first page as PDFium prints it."""
    document = pypdfium2.PdfDocument(pdf)
    if document.get_formtype():
        document.init_forms()
    picture = document[0].render(scale=1, extra_flags=pdfium.FPDF_PRINTING).to_pil().convert("RGB")
    document.close()
    return picture


def on_sheet(pdf: bytes, size: tuple[int, int]) -> Image.Image:
    """The first page's place on the first sheet, A5 on A4: the right half."""
    document = pypdfium2.PdfDocument(impose_file(pdf, sheet="A4").pdf)
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    left, top = picture.width - size[0], (picture.height - size[1]) // 2
    return picture.crop((left, top, left + size[0], top + size[1]))


def differ(one: Image.Image, other: Image.Image) -> int:
    """How many pixels inside the page differ much; edges may, since the sheet is off by a part of a pixel."""
    inside = (5, 5, one.width - 5, one.height - 5)
    difference = ImageChops.difference(one.crop(inside), other.crop(inside)).convert("L")
    return sum(difference.histogram()[90:])


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"Subtype": Name.Widget, "FT": Name.Tx, "V": String("Ada"), "T": String("name")},
        {"Subtype": Name.FreeText},
        {"Subtype": Name.Highlight},
        {"matrix": [0, 1, -1, 0, 0, 0]},
        {"matrix": [0.7, 0.7, -0.7, 0.7, 5, 9]},
        {"rotate": 90},
        {"rotate": 180},
        {"F": PRINTS | NO_VIEW},
        {"Rect": [220, 240, 100, 200]},
    ],
    ids=["stamp", "field", "text", "highlight", "turned", "aslant", "page on its side", "page upside down", "print only", "corners"],
)  # fmt: skip
def test_what_prints_on_a_page_is_on_its_sheet(keys: dict[str, Any]) -> None:
    source = with_annotation(**keys)
    page = printed(source)
    assert differ(page, printed(numbered(4, A5_MM, rotate=keys.get("rotate", 0)))) > 500, "it does print"
    assert differ(on_sheet(source, page.size), page) < 300
    assert impose_file(source).undrawn == ()


@pytest.mark.parametrize(
    "keys",
    [{"F": 0}, {"F": PRINTS | HIDDEN}, {"Subtype": Name.Link, "F": 0, "AP": None}, {"Subtype": Name.Popup, "AP": None}],
    ids=["for the screen", "hidden", "link", "pop-up"],
)
def test_what_does_not_print_is_not_on_the_sheet(keys: dict[str, Any]) -> None:
    source = with_annotation(**keys)
    imposed = impose_file(source)
    assert differ(on_sheet(source, printed(source).size), printed(numbered(4, A5_MM))) < 300
    assert imposed.undrawn == ()


@pytest.mark.parametrize(
    ("keys", "undrawn"),
    [
        ({"Subtype": Name.Widget, "FT": Name.Tx, "V": String("Ada"), "AP": None}, (1,)),
        ({"Subtype": Name.Widget, "FT": Name.Tx, "V": String(""), "AP": None}, ()),
        ({"Subtype": Name.Widget, "FT": Name.Tx, "AP": None}, ()),
        ({"Subtype": Name.Highlight, "AP": None}, (1,)),
        ({"Subtype": Name.Highlight, "AP": None, "F": 0}, ()),
    ],
)
def test_what_would_print_and_is_not_drawn_in_the_file_is_said(
    keys: dict[str, Any], undrawn: tuple[int, ...], tmp_path: Path
) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(with_annotation(**keys))
    assert impose_file(path).undrawn == undrawn
    told = run("impose", path)
    assert told.exit_code == 0
    assert ("page 1: a field or mark that would print is left out" in told.output) == bool(undrawn)


def test_a_form_that_asks_for_new_drawings_prints_those_that_it_has() -> None:
    field = {"Subtype": Name.Widget, "FT": Name.Tx, "V": String("Ada"), "T": String("name")}
    with pikepdf.open(io.BytesIO(with_annotation(**field))) as pdf:
        pdf.Root.AcroForm.NeedAppearances = True
        written = io.BytesIO()
        pdf.save(written)
    page = printed(with_annotation(**field))
    assert differ(on_sheet(written.getvalue(), page.size), page) < 300


def test_the_file_that_is_imposed_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(source := with_annotation())
    impose_file(path)
    assert path.read_bytes() == source
