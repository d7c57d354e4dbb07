"""The modules of a code: a decoder that shares no code with what made them reads the text again."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from directory_pub.cards import Matrix, dark_squares, matrix_of
from directory_pub.cards.matrix import as_scanned


def decoded(matrix: Matrix) -> str:
    side = len(matrix) + 8
    picture = Image.new("L", (side, side), 255)
    for left, top, width, height in dark_squares(matrix):
        for x in range(left, left + width):
            for y in range(top, top + height):
                assert picture.getpixel((x + 4, y + 4)) == 255  # squares do not lie on one another
                picture.putpixel((x + 4, y + 4), 0)
    (found,) = zxingcpp.read_barcodes(picture.resize((side * 4, side * 4), Image.Resampling.NEAREST))
    return found.bytes.decode()


@pytest.mark.parametrize(
    ("address", "scanned", "modules"),
    [
        ("https://ferries.example.org/sg", "HTTPS://FERRIES.EXAMPLE.ORG/sg", 25),
        ("https://www.example.org", "HTTPS://WWW.EXAMPLE.ORG", 25),
        ("https://example.org/a?B=c#d", "HTTPS://EXAMPLE.ORG/a?B=c#d", 25),
        ("https://example.org:8080/Way", "HTTPS://EXAMPLE.ORG:8080/Way", 25),
        ("BEGIN:VCARD\r\nFN:Größe\r\n", "BEGIN:VCARD\r\nFN:Größe\r\n", 25),
    ],
)
def test_an_address_is_read_as_it_was_written_but_for_the_capitals_of_its_host(
    address: str, scanned: str, modules: int
) -> None:
    matrix = matrix_of(address)
    assert matrix is not None
    assert len(matrix) <= modules + 4
    assert as_scanned(address) == scanned == decoded(matrix)
    assert as_scanned(address).lower() == address.lower()


@settings(max_examples=40, deadline=None)
@example("ዂ0")  # whose bytes are those of two kanji
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=200))
def test_any_text_is_read_again(text: str) -> None:
    matrix = matrix_of(text)
    assert matrix is not None
    assert decoded(matrix) == as_scanned(text)


def test_a_text_that_no_code_has_room_for_has_none() -> None:
    assert matrix_of("a" * 2331) is not None
    assert matrix_of("a" * 2400) is None
