"""How wide drawings are to their height, as they are shown."""

from __future__ import annotations

import io

import pytest

from directory_pub.pictures import proportion_of
from made_logos import shapes_pdf

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><path d="M0 0h9v9z"/></svg>'


@pytest.mark.parametrize(
    ("content", "proportion"),
    [
        (SVG.format('viewBox="0 0 300 150"').encode(), 2.0),
        (SVG.format('viewBox="0,0,1e2,50"').encode(), 2.0),
        (SVG.format('width="60mm" height="20mm"').encode(), 3.0),
        (SVG.format("").encode(), 1.0),
        (b"<svg", 1.0),
        (shapes_pdf(b"0 0 0 rg 10 10 200 50 re f"), 4.0),  # of its shapes, which is what is shown of its page
        (shapes_pdf(b""), 1.0),
    ],
)
def test_a_drawing_is_as_wide_as_what_is_shown_of_it(content: bytes, proportion: float) -> None:
    assert proportion_of(io.BytesIO(content), is_drawing=True) == pytest.approx(proportion)
