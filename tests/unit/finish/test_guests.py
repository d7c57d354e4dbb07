"""A PDF of the content is laid in wherever a layout puts its stand-in."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from directory_pub.finish.placed_pictures import PlacedPictures
from directory_pub.pictures.guest_marks import digest_in
from directory_pub.prepare import PictureCache
from made_guests import write_guest
from project import ROOT
from small_book import open_written, write_small

PROFILE = ROOT / "printers" / "ISOcoated_v2_300_bas.icc"


def stand_in_page(png: bytes) -> pikepdf.Pdf:
    """A page with nothing but a stand-in, as the engine writes it."""
    image = Image.open(io.BytesIO(png))
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 240))
    picture = pdf.make_stream(image.tobytes(), Type=Name.XObject, Subtype=Name.Image, BitsPerComponent=8)
    picture.Width, picture.Height, picture.ColorSpace = image.width, image.height, Name.DeviceGray
    page.Resources = Dictionary(XObject=Dictionary(P=picture))
    page.Contents = pdf.make_stream(b"q 300 0 0 240 0 0 cm /P Do Q")
    return pdf


@pytest.mark.parametrize("bleeds", [True, False])
def test_a_layout_lays_in_any_pdf_of_photos(tmp_path: Path, *, bleeds: bool) -> None:
    folder = write_small(tmp_path / "x", {"alba": "Text."})
    write_guest(folder / "photos" / "plan.pdf", 100, 80)
    context = open_written(folder)
    address = context.composed.composer.ready_page("plan.pdf", bleeds)
    png = context.composed.artwork[address.removeprefix("project:///.artwork/")]
    image = Image.open(io.BytesIO(png))
    shape = 106 / 86 if bleeds else 100 / 80
    assert image.width / image.height == pytest.approx(shape, abs=0.02)
    digest = digest_in(image.tobytes)
    assert digest in context.guests.guests
    pdf = stand_in_page(png)
    placed = PlacedPictures.of(pdf, 150, PROFILE, PictureCache(), guests=context.guests)
    picture = pdf.pages[0].Resources.XObject.P
    assert placed.put(picture, picture, "srgb")
    assert placed.findings == []
    assert (picture.Subtype, picture.Name) == (Name.Form, Name("/GuestPage"))
    assert "/Width" not in picture


def test_a_picture_that_is_grey_stays_a_picture(tmp_path: Path) -> None:
    context = open_written(write_small(tmp_path / "x", {"alba": "Text."}))
    grey = io.BytesIO()
    Image.new("L", (90, 90), 90).save(grey, "PNG")
    pdf = stand_in_page(grey.getvalue())
    picture = pdf.pages[0].Resources.XObject.P
    placed = PlacedPictures.of(pdf, 150, PROFILE, PictureCache(), guests=context.guests)
    assert placed.put(picture, picture, "srgb")
    assert picture.Subtype == Name.Image
