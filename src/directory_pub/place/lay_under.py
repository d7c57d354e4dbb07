"""Lay tailpieces under the last pages of entries.

They are set on pages of their own, once it is known how much room the text leaves, so that no text
is set twice. Here each is laid under its page.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Name, Pdf

__all__ = ["lay_under"]


def lay_under(pdf: Pdf, drawn: bytes, page_indexes: Sequence[int], name: str = "Tailpiece") -> None:
    """Lay page *n* of ``drawn`` under page ``page_indexes[n]`` (0-based) of an open file, bleed and all, as an
    artifact by a ``name``."""
    with Pdf.open(io.BytesIO(drawn)) as source:
        for number, index in enumerate(page_indexes):
            page = source.pages[number]
            form = pdf.copy_foreign(page.as_form_xobject())
            form.BBox = pikepdf.Array(page.mediabox.as_list())  # the library ends it at the trim
            _place(pdf.pages[index], form, Name(f"/{name}{number}"))


def _place(page: pikepdf.Page, form: pikepdf.Object, name: Name) -> None:
    # The name is ours: one made up by the library differs from build to build.
    page.add_resource(form, Name.XObject, name=name)
    # The page's own content changes the matrix and does not restore it: enclose it.
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n")
    page.contents_add(f"/Artifact BMC\nq {name} Do Q\nEMC\n".encode(), prepend=True)
