"""Set a book piece by piece: each piece on its own, then one book of them.

A piece does not know its pages: where it begins follows from the pieces before it. What depends
on that (contents, folios, pages for notes) is set when the page counts are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory_pub.bind import BoundBook, PlacedPiece, bind_pieces
from directory_pub.compose import ComposedBook
from directory_pub.faces import FaceShelf
from directory_pub.flatplan import PlannedPiece
from directory_pub.typeset import PieceJob, PressRoom, SetPiece

__all__ = ["PieceBook", "set_in_pieces"]

_FOLIOS_A_SHEET = 16  # at the most; even, so that each begins on a right-hand page
_MOST_TRIES = 4  # contents may take more pages than thought, which moves what it names


@dataclass(frozen=True, slots=True)
class PieceBook:
    """A book bound of pieces: the file, and where each piece and each anchor is."""

    bound: BoundBook
    page_count: int
    note_pages: int
    anchors: dict[str, tuple[int, float]]


def set_in_pieces(
    composed: ComposedBook, shelf: FaceShelf, room: PressRoom, note_pages: Callable[[int], int]
) -> PieceBook | None:
    """Set and bind the whole edition, or None if a piece could not be set.

    ``note_pages`` says how many pages for notes a book of so many pages takes.
    """
    plan = composed.plan()
    texts = [piece for piece in plan if piece.kind != "contents"]
    made = room.set_all([_job(piece, composed) for piece in texts])
    if made is None:
        return None
    pieces = dict(zip((piece.key for piece in texts), made, strict=True))
    starts = _set_contents(plan, composed, pieces, room)
    if starts is None:
        return None
    count = sum(pieces[piece.key].page_count for piece in plan)
    notes = note_pages(count)
    tail = composed.plan_tail(notes)
    made = room.set_all([_job(piece, composed) for piece in tail])
    if made is None:
        return None
    for piece, each in zip(tail, made, strict=True):
        pieces[piece.key], starts[piece.key] = each, count
        count += each.page_count
    placed = [PlacedPiece(p.kind, p.key, pieces[p.key], starts[p.key], _under(p)) for p in (*plan, *tail)]
    folios = _set_folios(placed, composed, room)
    if folios is None:
        return None
    bound = bind_pieces(placed, folios, shelf)
    return PieceBook(bound, count, notes, dict(_anchors(placed)))


def _job(piece: PlannedPiece, composed: ComposedBook, folios: Mapping[str, int] | None = None) -> PieceJob:
    layout = "parts/entry.html.j2" if piece.kind == "entry" else f"pages/{piece.kind}.html.j2"
    return PieceJob(piece.key, composed.piece(piece, folios), layout)


def _folio_job(kind: str, page_indexes: range, composed: ComposedBook) -> PieceJob:
    first_folio = page_indexes[0] + 1
    name = f"folios {first_folio}-{page_indexes[-1] + 1} ({kind})"
    return PieceJob(name, composed.folios(kind, first_folio, len(page_indexes)), "folios.html.j2")


def _under(piece: PlannedPiece) -> str | None:
    """The piece whose bookmark a piece's own hang below."""
    return piece.section.key if piece.entry and piece.section else None


def _set_contents(
    plan: Sequence[PlannedPiece], composed: ComposedBook, pieces: dict[str, SetPiece], room: PressRoom
) -> dict[str, int] | None:
    """Set contents with the folios that the others have behind it; where each piece begins."""
    pages = 1
    for _ in range(_MOST_TRIES):
        starts, at = {}, 0
        for piece in plan:
            starts[piece.key] = at
            at += pages if piece.kind == "contents" else pieces[piece.key].page_count
        folios = {key: start + 1 for key, start in starts.items()}
        contents = next(piece for piece in plan if piece.kind == "contents")
        made = room.set_all([_job(contents, composed, folios)])
        if made is None:
            return None
        pieces[contents.key] = made[0]
        if made[0].page_count == pages:
            return starts
        pages = made[0].page_count
    raise RuntimeError("the contents do not come to rest")  # longer folios would have to shorten it


def _set_folios(
    placed: Sequence[PlacedPiece], composed: ComposedBook, room: PressRoom
) -> dict[tuple[str, int], tuple[SetPiece, int]] | None:
    """The page that carries each folio, by kind of piece."""
    wanted: dict[tuple[str, int], list[int]] = {}
    for each in placed:
        for index in range(each.page_index, each.page_index + each.piece.page_count) if each.piece.has_folio else ():
            wanted.setdefault((each.kind, index // _FOLIOS_A_SHEET), []).append(index)
    # Each sheet from the right-hand page at or before the first folio that is wanted, to the last.
    sheets = {key: range(min(indexes) // 2 * 2, max(indexes) + 1) for key, indexes in sorted(wanted.items())}
    made = room.set_all([_folio_job(kind, sheet, composed) for (kind, _), sheet in sheets.items()])
    if made is None:
        return None
    return {
        (kind, index + 1): (piece, at)
        for ((kind, _), sheet), piece in zip(sheets.items(), made, strict=True)
        for at, index in enumerate(sheet)
    }


def _anchors(placed: Iterable[PlacedPiece]) -> Iterable[tuple[str, tuple[int, float]]]:
    for each in placed:
        for name, (index, top_mm) in each.piece.anchors.items():
            yield name, (each.page_index + index, top_mm)
