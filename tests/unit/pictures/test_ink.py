"""What of a logo is to be seen on white paper."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from directory_pub.pictures import InkFacts, look_at_ink
from made_logos import LOGOS, png_logo, shapes_pdf


def drawn(body: str, box: str = "0 0 40 20") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>'.encode()


def test_the_box_is_that_of_the_ink_not_of_the_file() -> None:
    ink = look_at_ink(drawn('<path d="M10 5h20v10h-20z"/>'))
    assert (ink.left, ink.top, ink.right, ink.bottom) == pytest.approx((0.25, 0.25, 0.75, 0.75), abs=0.01)
    assert (ink.ratio, ink.ink_ratio, ink.cover) == pytest.approx((2, 2, 1), abs=0.02)


def test_a_white_ground_is_empty_space_in_a_drawing_and_in_a_picture() -> None:
    square = drawn('<path fill="#fff" d="M0 0h40v20h-40z"/><path d="M10 5h20v10h-20z"/>')
    picture = Image.new("RGB", (400, 200), "white")
    picture.paste("black", (100, 50, 300, 150))
    out = io.BytesIO()
    picture.save(out, "PNG")
    assert look_at_ink(square).share == pytest.approx(0.25, abs=0.01)
    assert look_at_ink(out.getvalue()).share == pytest.approx(0.25, abs=0.01)


def test_half_a_box_in_ink_is_half_covered() -> None:
    ink = look_at_ink(drawn('<path d="M0 0h10v20h-10zM30 0h10v20h-10z"/>'))
    assert ink.cover == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("body", ['<path fill="white" d="M0 0h40v20h-40z"/>', ""])
def test_of_a_white_logo_nothing_is_seen(body: str) -> None:
    assert not look_at_ink(drawn(body)).is_seen


@pytest.mark.parametrize(
    "content", [png_logo(), shapes_pdf(b"1 0 0 rg 20 30 60 30 re f"), LOGOS["ferries.svg"].encode()]
)
def test_pictures_and_drawings_are_looked_at_alike(content: bytes) -> None:
    ink = look_at_ink(content)
    assert isinstance(ink, InkFacts)
    assert ink.is_seen
    assert ink.ink_ratio > 1
