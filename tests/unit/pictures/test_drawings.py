"""A logo's drawing: a PDF's first page as shapes, and what is said of what is more than shapes."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from directory_pub.pictures import DrawingError, check_drawing, plain_drawing

SQUARE = b"1 0 0 rg 100 200 50 40 re f"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><path d="M0 0h9v9z"/></svg>'


def pdf(content: bytes, **resources: object) -> bytes:
    """A PDF of one page of 300 x 400 points."""
    document, written = pikepdf.new(), io.BytesIO()
    page = document.add_blank_page(page_size=(300, 400))
    page.Contents = document.make_stream(content)
    page.Resources = Dictionary({f"/{name}": value for name, value in resources.items()})
    document.save(written)
    return written.getvalue()


def test_an_svg_stays_as_it_is() -> None:
    check_drawing(SVG)
    assert plain_drawing(SVG) == SVG


def test_a_pdf_is_cut_to_its_shapes_and_keeps_their_colours() -> None:
    svg = plain_drawing(pdf(SQUARE)).decode()
    assert 'viewBox="0 0 50 40"' in svg
    assert 'fill="#FF0000"' in svg
    check_drawing(svg.encode())


def test_a_shape_stands_where_the_matrices_round_it_put_it() -> None:
    svg = plain_drawing(pdf(b"q 2 0 0 2 10 20 cm 0 0 1 rg 0 0 10 10 re f Q 0 1 0 rg 50 20 5 5 re f")).decode()
    assert 'viewBox="0 0 45 20"' in svg  # from 10 to 55 across, from 20 to 40 up
    assert [float(each) for each in re.findall(r"M([\d.]+)", svg)] == [10, 50]


def test_a_line_keeps_its_width_and_is_not_cut() -> None:
    svg = plain_drawing(pdf(b"2 0 0 2 0 0 cm 3 w 0 0 0 RG 10 10 m 40 10 l S")).decode()
    assert 'stroke-width="6"' in svg
    height = float(re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[0])
    assert height >= 6


FONT = Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))


@pytest.mark.parametrize(("content", "resources", "says"), [
    (b"BT /F 12 Tf 10 10 Td (Logo) Tj ET", {"Font": FONT}, "text"),
    (b"q 0 0 20 20 re W n 1 0 0 rg 10 10 50 50 re f Q", {}, "crops"),
    (b"[3 2] 0 d 0 0 m 50 50 l S", {}, "dashed"),
    (b"/G gs 1 0 0 rg 0 0 9 9 re f", {"ExtGState": Dictionary(G=Dictionary(ca=0.5))}, "transparent"),
    (b"q 50 0 0 50 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q", {}, "picture"),
    (b"", {}, "no shape"),
])  # fmt: skip
def test_what_is_more_than_shapes_is_refused_with_a_remedy(
    content: bytes, resources: dict[str, object], says: str
) -> None:
    with pytest.raises(DrawingError, match=says) as caught:
        plain_drawing(pdf(content, **resources))
    assert caught.value.remedy


def test_a_shape_within_an_artboard_is_not_cropped() -> None:
    assert b"#FF0000" in plain_drawing(pdf(b"q 0 0 300 400 re W n " + SQUARE + b" Q"))


@pytest.mark.parametrize(("svg", "says"), [
    (SVG.replace(b"<path", b"<text>A</text><path"), "<text> on line 1"),
    (SVG.replace(b"<path", b'<image href="x"/><path'), "<image>"),
    (SVG.replace(b' viewBox="0 0 120 60"', b""), "how large"),
    (SVG.replace(b"</svg>", b""), "cannot be read"),
    (b"<html/>", "no drawing"),
    (b"%PDF-1.7 broken", "cannot be read"),
])  # fmt: skip
def test_a_drawing_that_cannot_be_printed_is_refused(svg: bytes, says: str) -> None:
    with pytest.raises(DrawingError, match=says):
        check_drawing(svg)


def test_a_drawing_may_say_its_size_by_width_and_height() -> None:
    check_drawing(SVG.replace(b'viewBox="0 0 120 60"', b'width="40mm" height="20mm"'))


def test_entities_are_not_opened() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG
    with pytest.raises(DrawingError, match="entities"):
        check_drawing(bomb)
