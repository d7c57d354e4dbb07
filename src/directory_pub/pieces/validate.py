"""Validate a long book in excerpts, each a book of its own that is bound of the same objects.

A validator holds a whole file in memory, several hundred kilobytes a page. So that a book of any
length can earn its labels, it reads every page in an excerpt: the book's cover, the opener of a
section and a run of pieces. An excerpt whose pieces have not changed is not read again. What only
the whole book can show (all pages there, links and tags leading to their ends) the census checks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, field

from directory_pub.bind import PieceObjects
from directory_pub.edition.flatplan import LISTED_KINDS
from directory_pub.findings import Finding
from directory_pub.pdf_writing.linearise import linearise
from directory_pub.pieces.excerpts import BoundPiece, Excerpt, FolioKeys, assemble_excerpt, excerpt_of
from directory_pub.pieces.jobs import WorkerContext
from directory_pub.pieces.kept import read_stream
from directory_pub.production.labels import label_email

__all__ = ["LONG_BOOK_ENTRIES", "LONG_BOOK_PAGES", "cut_excerpts", "validate_excerpt"]

LONG_BOOK_PAGES, LONG_BOOK_ENTRIES = 100, 200  # the validator follows no more than 256 bookmarks
_PAGES = 16  # of an excerpt at least, but for the last
_A_LISTED_PAGE = 4  # as many pages, for the bookmarks of its entries


class Validated(Struct):
    """What the validator found; ``lost`` if the objects of a piece are gone from the store."""

    findings: list[Finding] = field(default_factory=list)
    lost: bool = False


def cut_excerpts(pieces: Sequence[BoundPiece], sheets: FolioKeys) -> list[Excerpt]:
    """Cut a book into excerpts that together have every piece."""
    runs: list[list[BoundPiece]] = []
    for piece in pieces:
        if not runs or sum(map(_weight, runs[-1])) >= _PAGES:
            runs.append([])
        runs[-1].append(piece)
    by_key = {piece.key: piece for piece in reversed(pieces)}
    excerpts = []
    for run in runs:
        over = [by_key[run[0].under]] if run[0].under else []
        excerpts.append(excerpt_of(tuple(dict.fromkeys((pieces[0], *over, *run))), sheets))
    return excerpts


def _weight(piece: BoundPiece) -> int:
    return piece.page_count * (_A_LISTED_PAGE if piece.kind in LISTED_KINDS else 1)


def validate_excerpt(worker: WorkerContext, excerpt: Excerpt) -> Validated:
    """Assemble an excerpt, linearise it like the book, and let it earn the labels of an email file."""
    store = worker.store
    assert store is not None
    keys = dict.fromkeys((*(piece.kept for piece in excerpt.pieces), *(sheet[2] for sheet in excerpt.sheets)))
    stored = {key: store.read(key, PieceObjects) for key in keys}
    objects = {key: each for key, each in stored.items() if each is not None}
    apart = {key: read_stream(store, key) for each in objects.values() for key in each.apart()}
    streams = {key: each for key, each in apart.items() if each is not None}
    if len(objects) < len(stored) or len(streams) < len(apart):
        return Validated(lost=True)
    with tempfile.TemporaryDirectory(prefix="directory-pub-excerpt-") as folder:
        bound, path = Path(folder) / "bound.pdf", Path(folder) / "excerpt.pdf"
        with bound.open("wb") as out:
            assemble_excerpt(excerpt, objects.__getitem__, streams.__getitem__, worker.context.library.programs, out)
        linearise(bound, path)
        return Validated(findings=label_email(path, worker.context.edition, side_by_side=False))
