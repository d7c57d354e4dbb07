"""Pages that the engine has laid out and nobody has written yet."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from msgspec import Struct

from directory_pub.typeset.element_marks import marking, number_elements

__all__ = ["Anchor", "TypesetPages"]

_MM_PER_PX = 25.4 / 96


class Anchor(Struct, frozen=True):
    """Where an element with an id begins: a page, and mm from the trim's top left corner."""

    page_index: int
    left_mm: float
    top_mm: float


class TypesetPages(Struct):
    """Pages that are known and not yet written, and the documents that they were set from."""

    document: Any  # weasyprint.Document: no other module looks inside
    roots: tuple[Element, ...]

    @property
    def elements(self) -> list[Element]:
        """The elements of the documents; what is written names them by their index."""
        return number_elements(self.roots)

    @property
    def page_count(self) -> int:
        return len(self.document.pages)

    def anchors(self) -> dict[str, Anchor]:
        """The first place of each id."""
        found: dict[str, Anchor] = {}
        for index, page in enumerate(self.document.pages):
            for name, point in page.anchors.items():
                found.setdefault(name, Anchor(index, point[0] * _MM_PER_PX, point[1] * _MM_PER_PX))
        return found

    def without_last(self) -> tuple[TypesetPages, int]:
        """All pages but the last, and the number (``data-row``) of the first row there."""
        *pages, last = self.document.pages
        rows = [box.element.get("data-row") for *_, box in last.links if box.element is not None]
        first = min((int(row) for row in rows if row), default=0)
        return TypesetPages(self.document.copy(pages), self.roots), first

    def write(self) -> bytes:
        """A tagged sRGB PDF; each page carries its bleed, each tag the number of its element."""
        with marking(self.elements):
            written: bytes = self.document.write_pdf(pdf_tags=True)
        return written
