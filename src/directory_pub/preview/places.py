"""From a place on a page to the line that it was written on, and from a line to its place on a page."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from math import hypot

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.census import Located, PageText, PlacedPicture, Word
from directory_pub.census.adverts import frames_of_adverts
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Entry
from directory_pub.findings import Finding, Place
from directory_pub.preview.messages import Written
from directory_pub.production.status import place_of

__all__ = ["Box", "Mark", "Passage", "Whereabouts"]

Box = tuple[float, float, float, float]
"""From the left and top of the trim, and width and height, in mm."""

_MM_PER_PT = 25.4 / 72
_ABOVE, _BELOW = 0.78, 0.24  # of a word's size, from its baseline
_NEAR_MM, _NOT_FAR_MM = 1.2, 6.0
_ONE_SPACE_MM = 4.0
_WORDS_QUOTED = 8


class Passage(Struct, frozen=True):
    """What somebody wrote at one place, as far as one page shows it: where, its first words, and their boxes."""

    place: Place
    text: str
    boxes: tuple[Box, ...]


class Mark(Struct, frozen=True):
    """Where a finding shows: a page by its index, and the boxes of what it speaks of; none where it is all the page."""

    page_index: int
    boxes: tuple[Box, ...] = ()


class Whereabouts:
    """Where the words of one book were written, worked out page by page as somebody asks.

    ``read`` and ``pictures`` give what a page of the finished file shows, by its index.
    """

    def __init__(
        self,
        written: Written,
        read: Callable[[int], PageText],
        pictures: Callable[[int], Sequence[PlacedPicture]],
    ) -> None:
        self._census, self._pieces = written.census, written.book.pieces
        self._folios = {name: str(folio) for name, folio in written.named.items()}
        self._read, self._pictures = read, pictures
        self._firsts = [piece.pages[0] for piece in self._pieces]
        self._located: dict[int, Located] = {}
        self._lock = threading.Lock()

    # ---------------------------------------------------------------- from the page
    def at(self, page_index: int, x_mm: float, y_mm: float) -> Passage:
        """What was written at a point of a page: its words, else its picture, else what is near, else the piece."""
        piece = self._piece_at(page_index)
        words = self._words(page_index)
        nearest = min(words, key=lambda each: _distance(_box(each[0]), x_mm, y_mm), default=None)
        away_mm = _distance(_box(nearest[0]), x_mm, y_mm) if nearest else _NOT_FAR_MM
        if nearest and away_mm <= _NEAR_MM:
            return _passage(words, nearest[1])
        if (shown := self._picture_at(piece, page_index, x_mm, y_mm)) is not None:
            return shown
        if nearest and away_mm < _NOT_FAR_MM:
            return _passage(words, nearest[1])
        return Passage(place_of(self._census.edition, piece), "", ())

    def passages(self, page_index: int) -> list[Passage]:
        """All that was written of what a page shows, in its order there."""
        words = self._words(page_index)
        found = [_passage(words, place) for place in dict.fromkeys(place for _, place in words)]
        return found or [Passage(place_of(self._census.edition, self._piece_at(page_index)), "", ())]

    def _picture_at(self, piece: Piece, page_index: int, x_mm: float, y_mm: float) -> Passage | None:
        edition = self._census.edition
        if piece.kind == "adverts":
            for advert, frame in frames_of_adverts(edition, self._census.grid, piece):
                box = (frame.left_mm, frame.top_mm, frame.width_mm, frame.height_mm)
                if not _distance(box, x_mm, y_mm):
                    return Passage(advert.place, advert.alt, (box,))
        photos = [photo for photo in edition.pictures_of(piece.kind, piece.key, *piece.shown) if not photo.is_drawing]
        shown = [(index, each) for index in piece.pages for each in self._pictures(index) if each.is_shown]
        for photo, (index, each) in zip(photos, shown if len(shown) == len(photos) else (), strict=False):
            box = (each.shown_left_mm, each.shown_top_mm, each.shown_width_mm, each.shown_height_mm)
            if index == page_index and not _distance(box, x_mm, y_mm):
                return Passage(photo.place, photo.alt, (box,))
        return None

    # ---------------------------------------------------------------- to the page
    def mark(self, finding: Finding) -> Mark | None:
        """Where a finding shows; None where nothing of the book was written there."""
        place, pages = finding.place, range(self._firsts[0], self._pieces[-1].pages[-1] + 1)
        folio_index = None if finding.folio is None else finding.folio - 1
        if folio_index is not None and folio_index not in pages:
            folio_index = pages[-1]
        pieces = [self._piece_at(folio_index)] if folio_index is not None else self._written_in(place)
        for piece in pieces:
            for index in sorted(piece.pages, key=lambda index: index != folio_index):
                own = [word for word, at in self._words(index) if _is_same(at, place)]
                if own:
                    return Mark(index, tuple(_lines(own)))
        if folio_index is not None:
            return Mark(folio_index)
        return Mark(pieces[0].pages[0]) if pieces else None

    def _written_in(self, place: Place) -> list[Piece]:
        """The pieces that a file, or of a table's entries a row, is shown by: entries in full first."""
        found = [piece for piece in self._pieces if any(_is_of(entry, place) for entry in piece.shown)]
        edition = self._census.edition
        found += [
            piece
            for piece in self._pieces
            if (page := edition.page_of(piece.kind, piece.key)) and page.place.file == place.file
        ]
        return sorted(found, key=lambda piece: piece.kind != "entry")

    # ---------------------------------------------------------------- words
    def _piece_at(self, page_index: int) -> Piece:
        return self._pieces[max(bisect_right(self._firsts, page_index) - 1, 0)]

    def _words(self, page_index: int) -> list[tuple[Word, Place]]:
        """The words of a page with their places, in the order of reading."""
        piece = self._piece_at(page_index)
        with self._lock:
            if piece.pages[0] not in self._located:
                pages = {index: self._read(index) for index in piece.pages}
                self._located[piece.pages[0]] = self._census.locate(piece, self._folios, pages)
        return self._located[piece.pages[0]].words_on(page_index)


def _is_of(entry: Entry, place: Place) -> bool:
    if entry.place.cell:
        return entry.place.file == place.file and entry.place.line == place.line
    return place.file in {entry.place.file, (entry.body_place or entry.place).file}


def _is_same(one: Place, other: Place) -> bool:
    return replace(one, field=None) == replace(other, field=None)


def _passage(words: Sequence[tuple[Word, Place]], place: Place) -> Passage:
    own = [word for word, at in words if _is_same(at, place)]
    quoted = " ".join(word.text for word in own[:_WORDS_QUOTED])
    return Passage(place, f"{quoted} …" if len(own) > _WORDS_QUOTED else quoted, tuple(_lines(own)))


def _box(word: Word) -> Box:
    size_mm = word.size_pt * _MM_PER_PT
    top_mm = word.baseline_mm - _ABOVE * size_mm
    return word.left_mm, top_mm, word.right_mm - word.left_mm, (_ABOVE + _BELOW) * size_mm


def _lines(words: Sequence[Word]) -> Iterator[Box]:
    """One box for the words that stand together on a line."""
    held: Box | None = None
    for left, top, width, height in sorted(map(_box, words), key=lambda box: (round(box[1], 1), box[0])):
        if held and abs(held[1] - top) < 0.1 and left - held[0] - held[2] < _ONE_SPACE_MM:
            held = (held[0], held[1], max(left + width - held[0], held[2]), max(held[3], height))
            continue
        if held:
            yield held
        held = (left, top, width, height)
    if held:
        yield held


def _distance(box: Box, x_mm: float, y_mm: float) -> float:
    """How far a point is from a box; 0 inside of it."""
    left, top, width, height = box
    return hypot(max(left - x_mm, x_mm - left - width, 0.0), max(top - y_mm, y_mm - top - height, 0.0))
