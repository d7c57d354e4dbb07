"""Small typeset documents and the facts that finish needs to know of them."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from directory_pub.design.inks import Ink, InkTable
from directory_pub.edition.printers import Condition, Marks
from directory_pub.finish import DocumentFacts, Finished, finish_email, finish_press
from directory_pub.typeset import import_engine

FACE = Path(__file__).parents[2] / "fonts" / "source-sans-3" / "SourceSans3_400Regular.ttf"
PROFILE = Path(__file__).parents[2] / "printers" / "ISOcoated_v2_300_bas.icc"
SCREEN_PROFILE = Path(__file__).parents[2] / "styles" / "profiles" / "sRGB2014.icc"
FOGRA39 = Condition(
    profile=PROFILE,
    identifier="FOGRA39",
    registry="http://www.color.org",
    description="Coated FOGRA39 (ISO 12647-2:2004)",
)
MARKS = Marks(slug_mm=10, crop=True, registration=True)
TRIM_MM = (100.0, 140.0)

Press = Callable[..., Finished]
Email = Callable[..., Finished]
Typeset = Callable[..., bytes]


@pytest.fixture(scope="session")
def inks() -> InkTable:
    """Four inks, none of them #000000."""
    return InkTable(
        file="styles/inks.yaml",
        inks=(
            Ink(name="ink", srgb=(29, 29, 27), cmyk_percent=(0, 0, 0, 100)),
            Ink(name="navy", srgb=(18, 53, 91), cmyk_percent=(100, 80, 35, 35)),
            Ink(name="orange", srgb=(253, 157, 36), cmyk_percent=(0, 47, 95, 0)),
            Ink(name="paper", srgb=(255, 255, 255), cmyk_percent=(0, 0, 0, 0)),
        ),
    )


@pytest.fixture(scope="session")
def document() -> DocumentFacts:
    return DocumentFacts(
        title="City <Networks> & others",
        author="The Publisher",
        language="en-GB",
        created=date(2020, 10, 5),
        subject="A directory",
    )


@pytest.fixture
def typeset(caplog: pytest.LogCaptureFixture) -> Typeset:
    """HTML set by the engine on a leaf of 100 x 140 mm with 3 mm of bleed, in ink."""

    def set_pages(body: str, css: str = "") -> bytes:
        html = f"""<html lang="en"><meta charset="utf-8"><title>Typeset</title><style>
            @font-face {{ font-family: "Source Sans 3"; src: url({FACE.as_uri()}) }}
            @page {{ size: 100mm 140mm; margin: 10mm; bleed: 3mm; font-family: "Source Sans 3"; color: #1D1D1B }}
            body {{ font-family: "Source Sans 3"; color: #1D1D1B }} {css}</style>{body}</html>"""
        pages = bytes(import_engine().HTML(string=html).write_pdf(pdf_tags=True))
        assert caplog.messages == []
        return pages

    return set_pages


@pytest.fixture
def press(inks: InkTable, document: DocumentFacts) -> Press:
    def finish(source: bytes, table: InkTable = inks, **demands: Any) -> Finished:
        usual = {"condition": FOGRA39, "trim_mm": TRIM_MM, "bleed_mm": 3, "marks": MARKS}
        return finish_press(source, inks=table, document=document, **{**usual, **demands})

    return finish


@pytest.fixture
def email(document: DocumentFacts) -> Email:
    def finish(source: bytes, facts: DocumentFacts = document, **demands: Any) -> Finished:
        usual: dict[str, Any] = {
            "profile": PROFILE,
            "screen_profile": SCREEN_PROFILE,
            "trim_mm": TRIM_MM,
            "document": facts,
        }
        return finish_email(source, **{**usual, **demands})

    return finish


@pytest.fixture(scope="session")
def embedded() -> Callable[..., str]:
    """A picture as the address of an <img>."""

    def encode(image: Image.Image, kind: str, **options: object) -> str:
        saved = io.BytesIO()
        image.save(saved, kind, **options)
        text = base64.b64encode(saved.getvalue()).decode()
        return f"data:image/{kind.lower()};base64,{text}"

    return encode


@pytest.fixture(scope="session")
def pictures() -> Callable[[pikepdf.Pdf], list[pikepdf.Stream]]:
    """The pictures of a PDF, masks left out."""

    def find(pdf: pikepdf.Pdf) -> list[pikepdf.Stream]:
        images = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Image
        ]
        masks = {image.SMask.objgen for image in images if "/SMask" in image}
        return [image for image in images if image.objgen not in masks]

    return find


@pytest.fixture(scope="session")
def hand_set() -> Callable[..., bytes]:
    """A page set by hand: one content stream on a leaf whose trim lies where it is told to."""

    def make(
        content: bytes,
        resources: Callable[[pikepdf.Pdf], pikepdf.Dictionary] | None = None,
        origin: tuple[float, float] = (0.0, 0.0),
        more: Callable[[pikepdf.Pdf], None] | None = None,
    ) -> bytes:
        x, y = origin
        width, height, bleed = 283.464567, 396.850394, 8.503937
        box = pikepdf.Array([x - bleed, y - bleed, x + width + bleed, y + height + bleed])
        with pikepdf.new() as pdf:
            page = pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=box,
                TrimBox=pikepdf.Array([x, y, x + width, y + height]),
                Contents=pdf.make_stream(content),
                Resources=resources(pdf) if resources else pikepdf.Dictionary(),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
            if more:
                more(pdf)
            written = io.BytesIO()
            pdf.save(written)
        return written.getvalue()

    return make
