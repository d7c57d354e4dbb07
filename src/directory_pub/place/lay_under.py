"""Lay pages under or over the pages of a book.

The tailpieces are set on pages of their own once the room that the text leaves is known,
so no text is set twice; here each comes to lie under its page.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Name, Pdf

__all__ = ["lay_over", "lay_under"]


def lay_under(book: bytes, plates: bytes, page_indexes: Sequence[int]) -> bytes:
    """Lay plate *n* under page ``page_indexes[n]`` (0-based) as an artifact that no reader reads out."""
    return _lay(book, plates, list(enumerate(page_indexes)), under=True)


def lay_over(book: bytes, plate: bytes) -> bytes:
    """Lay one plate over every page."""
    with Pdf.open(io.BytesIO(book)) as pdf:
        count = len(pdf.pages)
    return _lay(book, plate, [(0, index) for index in range(count)], under=False)


def _lay(book: bytes, plates: bytes, pairs: Sequence[tuple[int, int]], *, under: bool) -> bytes:
    with Pdf.open(io.BytesIO(book)) as pdf, Pdf.open(io.BytesIO(plates)) as source:
        numbers = sorted({number for number, _ in pairs})
        forms = {number: pdf.copy_foreign(source.pages[number].as_form_xobject()) for number in numbers}
        first = _next_plate(pdf)
        for number, index in pairs:
            _place(pdf.pages[index], forms[number], Name(f"/Plate{first + number}"), under=under)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _next_plate(pdf: Pdf) -> int:
    """The number after those of plates that were laid before: pages share their resources."""
    names = [name for page in pdf.pages for name in page.resources.get("/XObject", pikepdf.Dictionary()).as_dict()]
    return max((int(name.removeprefix("/Plate")) + 1 for name in names if name.startswith("/Plate")), default=0)


def _place(page: pikepdf.Page, form: pikepdf.Object, name: Name, *, under: bool) -> None:
    # The name is ours: one made up by the library differs from build to build.
    page.add_resource(form, Name.XObject, name=name)
    # The page's own content changes the matrix and never puts it back: fence it in.
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n")
    page.contents_add(f"/Artifact BMC\nq {name} Do Q\nEMC\n".encode(), prepend=under)
