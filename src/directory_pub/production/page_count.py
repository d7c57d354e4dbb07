"""Page counts: the pages for notes, the likely count before a book is set, the multiple that it must fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from directory_pub.edition.adverts import anchors_on
from directory_pub.edition.flatplan import PlannedPiece, keys_listed
from directory_pub.edition.model import Edition, Entry, TextPage
from directory_pub.edition.text import runs_within
from directory_pub.findings import Finding, error

__all__ = ["check_page_count", "guess_folios", "guess_page_count", "note_page_count", "tail_folios"]

# About what a page holds; a wrong guess costs time and nothing else.
_LETTERS_A_PAGE, _ENTRIES_A_PAGE = 2_600, 25


def note_page_count(edition: Edition, page_count: int, behind: int | None = None) -> int:
    """How many pages for notes there are, so that the book fills its multiple.

    ``behind`` is how many other pages follow, such as adverts and the back cover; without it, the back cover alone.
    """
    others = behind if behind is not None else 1 if edition.cover else 0
    return -(page_count + others) % edition.page_multiple


def tail_folios(tail: Sequence[PlannedPiece], pages: Mapping[str, int], first: int) -> dict[str, int]:
    """The folio of each advert behind the last section, which ends before the page ``first`` (from 0).

    ``pages`` are how many each index has, by key.
    """
    folios: dict[str, int] = {}
    for piece in tail:
        if piece.kind == "adverts":
            folios |= dict.fromkeys(anchors_on(piece.key), first + 1)
        first += pages.get(piece.key, 0) if piece.kind == "index" else piece.count
    return folios


def guess_page_count(edition: Edition, known: Mapping[str, int] | None = None) -> int:
    """About how many pages the book has up to its last entry; ``known`` has the page counts of texts by key."""
    known = known or {}
    texts = sum(known.get(text.key) or 1 + _letters(text) // _LETTERS_A_PAGE for text in edition.texts)
    return 3 + texts + len(edition.sections) + len(edition.entries) // _ENTRIES_A_PAGE


def guess_folios(edition: Edition, pieces: Sequence[PlannedPiece], known: Mapping[str, int]) -> dict[str, int]:
    """About the folio of each text up to the last entry; ``known`` has the page counts of some pieces by key."""
    folios: dict[str, int] = {}
    at = 1
    for piece in pieces:
        folios[piece.key] = at
        text = piece.entry or edition.page_of(piece.kind, piece.key)
        folios |= {key: at + page for page, listed in enumerate(piece.listed) for key in keys_listed((listed,))}
        likely = 1 + (_letters(text) // _LETTERS_A_PAGE if text else 0)
        if piece.kind == "contents":
            likely += len(edition.entries) // _ENTRIES_A_PAGE
        at += known.get(piece.key) or len(piece.listed) or likely
    return folios


def _letters(text: Entry | TextPage) -> int:
    return sum(len(run.text) for runs in runs_within(text.body) for run in runs)


def check_page_count(edition: Edition, page_count: int) -> list[Finding]:
    """An error if the book does not fill its multiple."""
    multiple = edition.page_multiple
    if page_count % multiple == 0:
        return []
    place = edition.place_of("page_multiple")
    message = f"the book has {page_count} pages."
    return [error("page-count", place, message, f"Bring it to a multiple of {multiple}.")]
