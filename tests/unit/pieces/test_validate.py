"""A long book's labels: every page is in an excerpt, and an excerpt that was not read to its end earns none."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from directory_pub.edition.targets import EMAIL
from directory_pub.pieces import book as piece_book
from directory_pub.pieces.book import PieceBook
from directory_pub.pieces.excerpts import BoundPiece
from directory_pub.pieces.validate import cut_excerpts
from directory_pub.pieces.workers import Crash
from directory_pub.storage.store import Store


def piece(at: int, kind: str = "entry") -> BoundPiece:
    return BoundPiece(kind, f"{kind}-{at}", at, 1, "opener-1" if kind == "entry" else None, f"kept-{at}")


PIECES = [piece(0, "cover"), piece(1, "opener"), *(piece(at) for at in range(2, 60))]


def test_every_piece_is_in_an_excerpt_with_the_cover_and_its_opener() -> None:
    excerpts = cut_excerpts(PIECES, [("entry", range(1, 70), "folios")])
    assert {each for excerpt in excerpts for each in excerpt.pieces} == set(PIECES)
    assert len(excerpts) > 2
    for excerpt in excerpts:
        assert excerpt.pieces[:2] == (PIECES[0], PIECES[1])
        assert excerpt.sheets == (("entry", 1, "folios"),)


def test_an_excerpt_of_a_listing_has_fewer_bookmarks_than_the_validator_follows() -> None:
    """It gives up behind 256; a page of a listing may have some 48 entries."""
    listing = [piece(0, "cover"), *(piece(at, "listing") for at in range(1, 60))]
    excerpts = cut_excerpts(listing, [])
    assert {each for excerpt in excerpts for each in excerpt.pieces} == set(listing)
    assert max(sum(each.kind == "listing" for each in excerpt.pieces) for excerpt in excerpts) * 48 < 256


def test_a_crash_while_an_excerpt_is_validated_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    workers: Any = SimpleNamespace(share=lambda work, jobs, **more: [(0, Crash())])
    monkeypatch.setattr(piece_book, "Keys", lambda context: None)
    monkeypatch.setattr(piece_book, "cut_excerpts", lambda pieces, sheets: cut_excerpts(PIECES[:5], []))
    context: Any = SimpleNamespace(edition=SimpleNamespace(key="book", file_key="book"))
    book = PieceBook(context, store, workers, (EMAIL,), tell=lambda progress: None)
    assert [finding.code for finding in book._validate(None)] == ["piece-crashed"]
