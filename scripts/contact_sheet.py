"""Draw a contact sheet: every spread of a finished PDF, small, side by side."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

__all__ = ["draw_contact_sheet", "draw_spread"]

_SPREADS_ACROSS = 5
_PAGE_PX = 176
_READ_PX = 620
_GAP_PX = 16
_TABLE = (226, 228, 231)  # the grey that the book lies on


def draw_contact_sheet(pdf: Path, picture: Path) -> None:
    """Write the spreads of ``pdf`` as a PNG: the cover alone on the right, then left and right pages together."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [_draw_page(page) for page in document]
    document.close()
    spreads = [
        (None, pages[0]),
        *((pages[i], pages[i + 1] if i + 1 < len(pages) else None) for i in range(1, len(pages), 2)),
    ]
    width, height = pages[0].size
    rows = -(-len(spreads) // _SPREADS_ACROSS)
    sheet = Image.new(
        "RGB", (_SPREADS_ACROSS * (2 * width + _GAP_PX) + _GAP_PX, rows * (height + _GAP_PX) + _GAP_PX), _TABLE
    )
    for number, spread in enumerate(spreads):
        left = _GAP_PX + number % _SPREADS_ACROSS * (2 * width + _GAP_PX)
        top = _GAP_PX + number // _SPREADS_ACROSS * (height + _GAP_PX)
        for side, page in enumerate(spread):
            if page is not None:
                sheet.paste(page, (left + side * width, top))
    picture.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(128, dither=Image.Dither.NONE).save(picture, optimize=True)


def draw_spread(pdf: Path, folio: int, picture: Path) -> None:
    """Write the spread of ``pdf`` whose left-hand page has this folio as a PNG in which its text can be read."""
    document = pypdfium2.PdfDocument(pdf)
    left, right = (_draw_page(document[index], _READ_PX) for index in (folio - 1, folio))
    document.close()
    sheet = Image.new("RGB", (2 * left.width + 2 * _GAP_PX, left.height + 2 * _GAP_PX), _TABLE)
    sheet.paste(left, (_GAP_PX, _GAP_PX))
    sheet.paste(right, (_GAP_PX + left.width, _GAP_PX))
    picture.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(picture, optimize=True)


def _draw_page(page: pypdfium2.PdfPage, width_px: int = _PAGE_PX) -> Image.Image:
    """One page, drawn at four times the size and made small, so that type stays even."""
    scale = 4 * width_px / page.get_width()
    drawn: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    return drawn.resize((width_px, round(width_px * drawn.height / drawn.width)), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw_contact_sheet(Path(sys.argv[1]), Path(sys.argv[2]))
