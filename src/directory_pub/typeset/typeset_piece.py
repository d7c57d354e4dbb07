"""A piece that is set: its pages as a file, and what others must know of them."""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import Comment, Element

from msgspec import Struct

__all__ = ["TypesetPiece", "elements_as_json"]

_COMMENT = "<!--"


class TypesetPiece(Struct, frozen=True, kw_only=True):
    """One piece's pages, set as if they began on a right-hand page.

    ``pdf`` is the engine's file with marked parts and elements; ``anchors`` are page index and
    mm from the trim's top, by id; ``elements`` are the documents' roots as JSON. What a piece
    carries as its folio (``has_folio``) is not the book's, and is replaced when it is bound. Part of the
    contents is followed by that which begins with the row ``next_row``; 0 where nothing follows.
    """

    pdf: bytes
    page_count: int
    has_folio: bool
    anchors: dict[str, tuple[int, float]]
    elements: str
    next_row: int = 0

    def roots(self) -> list[Element]:
        """The documents that the pages were set from."""
        return [_from_rows(row) for row in json.loads(self.elements)]


def elements_as_json(roots: tuple[Element, ...]) -> str:
    """Documents as text: for each element its tag, attributes, text, tail and children."""
    return json.dumps([_to_rows(root) for root in roots], ensure_ascii=False, separators=(",", ":"))


def _to_rows(element: Element) -> list[Any]:
    tag = element.tag if isinstance(element.tag, str) else _COMMENT
    return [tag, dict(element.attrib), element.text, element.tail, [_to_rows(child) for child in element]]


def _from_rows(row: list[Any]) -> Element:
    tag, attributes, text, tail, children = row
    # A comment's tag is the function that makes one, which the types of the library do not foresee.
    element: Any = Comment(text) if tag == _COMMENT else Element(tag, attributes)
    element.text, element.tail = text, tail
    element.extend(_from_rows(child) for child in children)
    made: Element = element
    return made
