"""The indexes of a book: their pages follow from where everything else is placed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from directory_pub.compose.index import IndexPage
from directory_pub.pieces.jobs import PieceFacts
from directory_pub.production.context import BuildContext

__all__ = ["Indexes"]


class _Placed(Protocol):
    """A piece, and the page where it begins (from 0)."""

    facts: PieceFacts
    first: int


class Indexes:
    """The pages of an edition's indexes by key, worked out anew where a folio has changed."""

    def __init__(self, context: BuildContext) -> None:
        self._context = context
        self._worked_out: tuple[dict[str, int], dict[str, list[IndexPage]]] | None = None

    def pages(self, placed: Sequence[_Placed]) -> dict[str, list[IndexPage]]:
        """The pages of each index; ``placed`` are the pieces before them."""
        indexes = self._context.edition.indexes
        if not indexes:
            return {}
        folios = {name: each.first + at + 1 for each in placed for name, (at, _) in each.facts.anchors.items()}
        if self._worked_out is None or self._worked_out[0] != folios:
            composed = self._context.composed
            self._worked_out = (folios, {each.key: composed.index_pages(each, folios) for each in indexes})
        return self._worked_out[1]

    def first_folios(self, placed: Sequence[_Placed]) -> dict[str, int]:
        """The folio that each index begins on, behind the pieces that are placed."""
        folio = 1 + sum(each.facts.page_count for each in placed)
        firsts: dict[str, int] = {}
        for key, pages in self.pages(placed).items():
            firsts[key] = folio
            folio += len(pages)
        return firsts
