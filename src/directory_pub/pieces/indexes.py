"""The indexes of a book: their pages follow from where everything else is placed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Protocol

from directory_pub.compose.index import IndexPage
from directory_pub.edition.flatplan import PlannedPiece
from directory_pub.edition.index_heads import has_heads, index_heads
from directory_pub.findings import Finding, Place, error, warning
from directory_pub.pieces.jobs import PieceFacts, SetJob
from directory_pub.production.context import BuildContext

__all__ = ["Indexes", "index_jobs"]


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

    def complaints(self, placed: Container[str], anchors: Container[str]) -> Iterator[Finding]:
        """An index that stands on no page, and a warning for each text whose marks stand on none, as in a register.

        ``placed`` are the keys of pieces and entries that do, ``anchors`` is all that has a place.
        """
        edition = self._context.edition
        left_out: dict[str, Place] = {}
        for index in edition.indexes:
            if index.key not in placed and has_heads(edition, index):
                message, remedy = f"the index of {index.of} stands on no page.", "Include it in layouts/tail.html.j2."
                yield error("words-lost", index.place, message, remedy)
            places = (place for head in index_heads(edition, index) for place in head.places)
            for place in (place.place for place in places if place.anchor not in anchors):
                left_out.setdefault(place.file, place)
        for place in left_out.values():
            message = "what is marked for an index here stands on no page."
            remedy = "List the entry in a section that prints its text, or take the marks out."
            yield warning("index-untaken", place, message, remedy)

    def first_folios(self, placed: Sequence[_Placed]) -> dict[str, int]:
        """The folio that each index begins on, behind the pieces that are placed."""
        folio = 1 + sum(each.facts.page_count for each in placed)
        firsts: dict[str, int] = {}
        for key, pages in self.pages(placed).items():
            firsts[key] = folio
            folio += len(pages)
        return firsts


def index_jobs(piece: PlannedPiece, pages: Sequence[IndexPage]) -> list[SetJob]:
    """The jobs of an index, which is set page by page."""
    return [SetJob(kind=piece.kind, key=piece.key, row=number, page=page) for number, page in enumerate(pages)]
