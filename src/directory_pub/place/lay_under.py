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


def lay_under(pdf: Pdf, tailpieces: bytes, page_indexes: Sequence[int]) -> None:
    """Lay page *n* of ``tailpieces`` under page ``page_indexes[n]`` (0-based) of an open file, as an artifact."""
    with Pdf.open(io.BytesIO(tailpieces)) as source:
        for number, index in enumerate(page_indexes):
            form = pdf.copy_foreign(source.pages[number].as_form_xobject())
            _place(pdf.pages[index], form, Name(f"/Tailpiece{number}"))


def _place(page: pikepdf.Page, form: pikepdf.Object, name: Name) -> None:
    # The name is ours: one made up by the library differs from build to build.
    page.add_resource(form, Name.XObject, name=name)
    # The page's own content changes the matrix and does not restore it: enclose it.
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n")
    page.contents_add(f"/Artifact BMC\nq {name} Do Q\nEMC\n".encode(), prepend=True)
