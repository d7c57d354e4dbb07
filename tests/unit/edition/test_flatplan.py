"""Which pages each piece takes, read off the anchors of the layout."""

from __future__ import annotations

import pytest

from directory_pub.edition.flatplan import Piece, list_pieces, page_labels
from directory_pub.edition.model import Cover, Edition
from directory_pub.findings import Place
from unit.hand_made import edition, entry

COVER = Cover(place=Place(file="edition.yaml"))
STARTS = {"cover": 0, "inside-cover": 1, "contents": 2, "towns": 3, "quay": 4, "mole": 7, "end-quay": 6, "note-1": 4}


def book(**fields: object) -> Edition:
    return edition(entry("quay"), entry("mole"), **{"cover": COVER, **fields})


def test_each_piece_goes_on_until_the_next_begins() -> None:
    pieces = list_pieces(book(), STARTS, page_count=12, note_pages=2)
    assert [(p.kind, p.key, list(p.pages)) for p in pieces] == [
        ("cover", "cover", [0]),
        ("inside-cover", "inside-cover", [1]),
        ("contents", "contents", [2]),
        ("opener", "towns", [3]),
        ("entry", "quay", [4, 5, 6]),
        ("entry", "mole", [7, 8]),
        ("notes", "notes", [9, 10]),
        ("back-cover", "back-cover", [11]),
    ]


@pytest.mark.parametrize("note_pages", [0, 1, 3])
def test_the_pieces_cover_every_page_once(note_pages: int) -> None:
    pieces = list_pieces(book(), STARTS, page_count=9 + note_pages, note_pages=note_pages)
    assert [page for piece in pieces for page in piece.pages] == list(range(9 + note_pages))
    assert ("notes" in {piece.kind for piece in pieces}) == (note_pages > 0)


def test_a_book_without_cover_has_no_back_cover() -> None:
    pieces = list_pieces(
        book(cover=None), {"contents": 0, "towns": 1, "quay": 2, "mole": 3}, page_count=4, note_pages=0
    )
    assert [(p.kind, list(p.pages)) for p in pieces] == [
        ("contents", [0]),
        ("opener", [1]),
        ("entry", [2]),
        ("entry", [3]),
    ]


def test_an_entrys_piece_knows_its_entry_and_no_other_does() -> None:
    pieces = list_pieces(book(), STARTS, page_count=12, note_pages=2)
    assert [p.entry.key for p in pieces if p.entry] == ["quay", "mole"]


@pytest.mark.parametrize(("pages", "text"), [(range(4, 5), "page 5"), (range(4, 7), "pages 5-7")])
def test_pages_are_named_as_a_reader_counts_them(pages: range, text: str) -> None:
    assert Piece(kind="entry", key="quay", pages=pages).folios == text


def test_labels_count_from_the_cover() -> None:
    assert page_labels(3) == ("1", "2", "3")
    assert page_labels(0) == ()
