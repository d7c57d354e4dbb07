"""Page labels: what a viewer calls a page, so that its page 17 is the printed folio 17."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

__all__ = ["label_pages"]


def label_pages(pdf: pikepdf.Pdf, labels: Sequence[str | None]) -> None:
    """Label each page; None leaves a page without one, and no labels at all leave the PDF as is.

    Raises ValueError when the labels are not as many as the pages.
    """
    if not labels:
        return
    if len(labels) != len(pdf.pages):
        raise ValueError(f"{len(labels)} page labels for {len(pdf.pages)} pages")
    ranges: list[int | Dictionary] = []
    for page_index, label in _starts(labels):
        ranges += [page_index, label]
    pdf.Root.PageLabels = Dictionary(Nums=Array(ranges))


def _starts(labels: Sequence[str | None]) -> Iterator[tuple[int, Dictionary]]:
    """Where a range of labels begins; figures count on by themselves, other labels do not."""
    expected: str | None = None
    for page_index, label in enumerate(labels):
        figures = label is not None and _counts(label)
        if not figures:
            yield page_index, Dictionary() if label is None else Dictionary(P=String(label))
        elif label != expected:
            yield page_index, Dictionary(S=Name.D, St=int(label or 1))
        expected = str(int(label) + 1) if figures and label else None


def _counts(label: str) -> bool:
    return label.isascii() and label.isdigit() and not label.startswith("0")
