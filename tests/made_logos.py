"""Logos of invented organizations, as their designers would send them: drawings, a PDF of shapes, a PNG with alpha."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw

__all__ = ["LOGOS", "png_logo", "shapes_pdf", "write_logos"]

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>'


def _bars(left: int, foot: int, count: int, colour: str) -> str:
    """A wordmark of so many strokes: text that was turned into outlines looks like it from afar."""
    heights = (22, 14, 18, 14, 22, 14, 14, 18)
    return "".join(
        f'<path fill="{colour}" d="M{left + 9 * at} {foot - heights[at % 8]}h5v{heights[at % 8]}h-5z"/>'
        for at in range(count)
    )


LOGOS = {
    # a boat and a long wordmark, in one petrol
    "ferries.svg": _SVG.format(
        box="0 0 260 64",
        body='<path fill="#0B5A7A" d="M0 34h64c0 16-14 28-32 28S0 50 0 34z"/><path fill="#0b5a7a" d="M34 2v28h26z"/>'
        f'<path style="fill:rgb(11,90,122)" d="M30 8v22H12z"/>{_bars(82, 46, 19, "#0B5A7A")}',
    ),
    # a red sign, square, with a sheet of its own as drawing programs write it
    "tramways.svg": _SVG.format(
        box="0 0 70 70",
        body="<style>.st0{fill:#C83C1E} .st1{fill:#C83C1E;}</style>"
        '<path class="st0" d="M0 0h70v10h-70zM0 60h70v10h-70z"/>'
        '<path class="st1" d="M12 20h9v26h12v8h-21zM38 20h24v8h-8v26h-9v-26h-7z"/>',
    ),
    # green hills with much empty space round them
    "delta.svg": _SVG.format(
        box="-60 -60 240 180",
        body=f'<path fill="#2D6B4A" d="M0 36l34-36 34 36zM72 36l17-18 17 18z"/>{_bars(0, 66, 12, "#7FA58E")}',
    ),
    # a disc in a gradient, and lines of one black
    "halflight.svg": _SVG.format(
        box="0 0 150 40",
        body='<defs><linearGradient id="g"><stop offset="0" stop-color="#B8861B"/><stop offset="1" stop-color="#F4D58A"/>'
        '</linearGradient></defs><circle cx="18" cy="20" r="17" fill="url(#g)"/>'
        f'<path d="M18 3a17 17 0 0 1 0 34z"/>{_bars(48, 32, 11, "#000000")}',
    ),
    "granary.svg": _SVG.format(
        box="0 0 70 62",
        body="".join(
            f'<path fill="#5B2A4E" d="M{18 * at} 50v-32a8 8 0 0 1 16 0v32z"/>' for at in range(4)
        )
        + '<path fill="#5B2A4E" d="M0 55h70v5h-70z"/>',
    ),
    # a solid black box with letters left out
    "plot.svg": _SVG.format(
        box="0 0 66 40",
        body='<path fill="#1A1A1A" fill-rule="evenodd" d="M0 0h66v40h-66zM10 10v20h8v-20zM26 10v20h8v-20zM42 10v20h14v-20z"/>',
    ),
    "wheels.svg": _SVG.format(
        box="0 0 84 40",
        body='<g fill="none" stroke="#1A1A1A" stroke-width="6"><circle cx="20" cy="20" r="16"/><circle cx="62" cy="20" r="16"/>'
        '</g><path fill="#B8861B" d="M20 17h42v6h-42z"/>',
    ),
    "level.svg": _SVG.format(
        box="0 0 130 32",
        body=f'{_bars(0, 23, 14, "#0A4D68")}<path fill="#2A9D8F" d="M0 27h124v4h-124z"/>',
    ),
    "rooms.svg": _SVG.format(box="0 0 150 24", body=_bars(0, 23, 16, "#777777")),
    "early.svg": _SVG.format(
        box="0 0 40 40",
        body='<circle cx="20" cy="20" r="20" fill="hsl(10, 70%, 45%)"/><circle cx="20" cy="20" r="16" fill="none" '
        'stroke="white" stroke-width="1.5"/><path fill="white" d="M12 12h5v16h-5zM23 12h5v16h-5z"/>',
    ),
}  # fmt: skip


def shapes_pdf(content: bytes, box: tuple[int, int, int, int] = (0, 0, 300, 200)) -> bytes:
    """A PDF of one page that paints these operators."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(box[2], box[3]))
    pdf.pages[0].Contents = pdf.make_stream(content)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def png_logo(width_px: int = 900) -> bytes:
    """Steps in two greens on nothing."""
    picture = Image.new("RGBA", (width_px, width_px // 2), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    step = width_px // 8
    for at in range(7):
        draw.rectangle(
            (at * step, width_px // 2 - (at + 1) * step // 2, at * step + step - step // 4, width_px // 2),
            fill=(30, 120, 70, 255) if at % 2 else (140, 190, 60, 255),
        )
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def write_logos(photos: Path) -> None:
    """All of them into a folder of pictures, with ``moss.pdf`` and ``figures.png``."""
    photos.mkdir(parents=True, exist_ok=True)
    for name, svg in LOGOS.items():
        (photos / name).write_text(svg, "utf-8")
    moss = b"0.18 0.42 0.29 rg 100 100 60 30 re f 0.1 0.1 0.1 rg 100 70 90 20 re f 0.85 0.2 0.1 rg 170 100 20 30 re f"
    (photos / "moss.pdf").write_bytes(shapes_pdf(moss))
    (photos / "figures.png").write_bytes(png_logo())
