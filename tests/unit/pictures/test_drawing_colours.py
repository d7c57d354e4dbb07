"""The colours that a drawing names, wherever its program wrote them."""

from __future__ import annotations

import pytest

from directory_pub.pictures import DrawingError, colours_of_drawing
from made_logos import shapes_pdf

BLACK, RED = (0, 0, 0), (255, 0, 0)


def drawn(body: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{body}</svg>'.encode()


@pytest.mark.parametrize(
    ("body", "colours"),
    [
        ('<path fill="#f00"/>', {RED}),
        ('<path style="stroke: red; fill:none"/>', {RED}),
        ("<style>.a{fill:#FF0000} /* fill:blue */ .b{stroke:rgb(0 0 255)!important}</style>", {RED, (0, 0, 255)}),
        ('<g color="red"><path fill="currentColor"/></g>', {RED}),
        ('<linearGradient><stop offset="0" stop-color="hsl(0 100% 50%)"/></linearGradient>', {RED}),
        ('<path fill="url(#g) red"/>', {RED}),
        ('<path fill="no colour"/>', set()),
        ('<path fill="rgba(255, 0, 0, .5)" fill-opacity="0.5"/>', {RED}),
    ],
)
def test_every_colour_is_found(body: str, colours: set[tuple[int, int, int]]) -> None:
    assert colours_of_drawing(drawn(body)) == colours | {BLACK}  # what is not told is black


def test_a_pdf_has_those_that_it_paints() -> None:
    assert colours_of_drawing(shapes_pdf(b"1 0 0 rg 0 0 9 9 re f")) == {BLACK, RED}


def test_a_colour_that_is_not_in_srgb_is_told_of() -> None:
    with pytest.raises(DrawingError, match="lab") as told:
        colours_of_drawing(drawn('<path fill="lab(50% 40 20)"/>'))
    assert "#RRGGBB" in told.value.remedy
