"""Small PDFs to measure, in a face that every reader has."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

__all__ = ["HEIGHT", "LEADING", "SENTENCES", "column", "field", "line", "make_pdf"]

WIDTH, HEIGHT = 300.0, 420.0
LEADING = 14.0
# Lines of nearly one width, as a ragged column has them; a paragraph is nine of these and a last line.
SENTENCES = (
    "Every town that joins us keeps a",
    "garden which its schools look after,",
    "and writes once a year of what grew",
    "there, what failed, and who had the",
    "key. Letters are read aloud in spring",
    "at the assembly, where pupils of ten",
    "cities choose the seeds that travel on",
    "by post to the next garden along any",
    "of the rivers that our members share,",
)


def line(text: str, left: float, down: float, size: float = 10, colour: str = "0 g", face: str = "/F1") -> str:
    """One line of text whose baseline is so many points below the head of the page."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {colour} {face} {size} Tf 1 0 0 1 {left} {HEIGHT - down} Tm ({escaped}) Tj ET"


def column(lines: Sequence[str], left: float = 40, down: float = 62, last: str = "and the sea.") -> list[str]:
    """A paragraph on the grid, from a first baseline down."""
    return [line(text, left, down + number * LEADING) for number, text in enumerate([*lines, last])]


def field(left: float, top: float, width: float, height: float, colour: str) -> str:
    """A rectangle in a colour, which is said as the page's stream says it."""
    return f"{colour} {left} {HEIGHT - top - height} {width} {height} re f"


def make_pdf(*pages: Sequence[str], size: tuple[float, float] = (WIDTH, HEIGHT)) -> bytes:
    """A PDF of pages that are drawn by these steps."""
    document = pikepdf.new()
    faces = {
        f"/F{number}": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + name))
        for number, name in enumerate(("Helvetica", "Helvetica-Bold"), 1)
    }
    for steps in pages:
        document.pages.append(
            pikepdf.Page(
                Dictionary(
                    Type=Name.Page,
                    MediaBox=Array([0, 0, *size]),
                    Resources=Dictionary(Font=Dictionary(faces)),
                    Contents=document.make_stream("\n".join(steps).encode("latin-1")),
                )
            )
        )
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
