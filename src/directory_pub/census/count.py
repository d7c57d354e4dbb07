"""Take the census of finished pages: every word on its piece's pages, once and in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory_pub.census.columns import (
    check_emphasis,
    check_frame,
    check_frames,
    check_head,
    check_note_places,
    check_notes,
    check_side,
)
from directory_pub.census.compare import compare_copy
from directory_pub.census.expected import (
    Call,
    body_copy,
    calls_of,
    contact_copy,
    contents_copy,
    entry_copy,
    legend_copy,
    letters,
    plate_copy,
    publisher_copy,
    quote_marks,
    text_copy,
)
from directory_pub.census.frames import FramedPage, frame_page, outside, reading_order
from directory_pub.census.page_reader import PageText, Word
from directory_pub.findings import Finding, Place
from directory_pub.flatplan import Piece
from directory_pub.model import Edition, Entry, FrontMatter
from directory_pub.page_grid import Frame, Grid

__all__ = ["Census"]

Pages = Mapping[int, PageText]
"""Pages of a file by their index in the book (0-based): all of them, or those of a piece."""


@dataclass(frozen=True, slots=True)
class Census:
    """The census of one edition, ready for any of its pieces.

    ``plates`` are the areas that type may stand in on full-bleed pages, by the piece's key,
    ``first_notes`` the number of the first footnote in each file that has any.
    """

    edition: Edition
    grid: Grid
    plates: Mapping[str, Sequence[Frame]]
    first_notes: Mapping[str, int]

    @classmethod
    def of(cls, edition: Edition, grid: Grid, plates: Mapping[str, Sequence[Frame]]) -> Census:
        """The census of an edition; its footnotes are numbered once."""
        return cls(edition, grid, plates, edition.first_notes())

    def count(
        self, piece: Piece, folios: Mapping[str, str], pages: Pages, *, has_folios: bool = True
    ) -> Iterator[Finding]:
        """The findings of one piece on its pages; ``folios`` are what contents must say of each piece.

        Pages of a piece that is not in the book yet have no folios of their own.
        """
        return _Counting(self.edition, self.grid, folios, pages, self.plates, self.first_notes, has_folios).count(piece)


@dataclass(frozen=True, slots=True)
class _Counting:
    edition: Edition
    grid: Grid
    folios: Mapping[str, str]
    pages: Pages
    plates: Mapping[str, Sequence[Frame]]
    first_notes: Mapping[str, int]
    has_folios: bool

    def count(self, piece: Piece) -> Iterator[Finding]:
        """The findings of one piece."""
        match piece.kind:
            case "entry":
                return self.count_entry(piece)
            case "preface" | "imprint":
                return self.count_front(piece)
            case "contents":
                return self.count_contents(piece)
            case _:
                return self.count_plate(piece)

    def frame(self, piece: Piece, calls: Sequence[Call] = ()) -> list[FramedPage]:
        """The pages of a piece, their words sorted into columns."""
        numbers = [call.number for call in calls]
        return [frame_page(index, self.pages[index], self.grid, numbers) for index in piece.pages]

    def count_entry(self, piece: Piece) -> Iterator[Finding]:
        """An entry: its copy, contact block, notes, faces and heads."""
        entry = piece.entry
        assert entry is not None
        name, contact = entry.place_of("name"), entry.place_of("contact")
        calls = calls_of(entry, self.first_notes)
        framed = self.frame(piece, calls)
        main, side = _words(framed, "main"), _words(framed, "side")
        credit = list(text_copy(entry.photo.credit or "", entry.photo.place)) if entry.photo else []
        if parted := list(check_note_places(framed, calls, self.grid)):
            yield from parted  # a note that has no room spoils all that stands round it
            return
        yield from check_frames(framed, self.grid, name)
        yield from compare_copy(entry_copy(entry), main, piece.folios, name)
        yield from self.count_marks(entry, framed, piece)
        yield from compare_copy(credit + contact_copy(entry.contact), side, piece.folios, contact)
        yield from check_side(framed, self.grid, contact)
        yield from check_notes(framed, calls, self.grid)
        yield from check_emphasis(entry_copy(entry), main)
        section = next(section for section in self.edition.sections if any(each is entry for each in section.entries))
        for number, page in enumerate(framed):
            yield from check_head(
                page, f"{section.title} {entry.name}" if number else section.title, name, has_folio=self.has_folios
            )

    def count_front(self, piece: Piece) -> Iterator[Finding]:
        """The preface or the imprint."""
        front = self.edition.preface if piece.kind == "preface" else self.edition.imprint
        assert front is not None
        calls = calls_of(front, self.first_notes)
        framed = self.frame(piece, calls)
        place = Place(file=front.place.file, line=1)
        title = list(text_copy(front.title or "Preface", place)) if piece.kind == "preface" else []
        copy = title + list(body_copy(front.body, front.place.file))
        yield from check_frames(framed, self.grid, place)
        yield from compare_copy(copy, _words(framed, "main"), piece.folios, place)
        yield from compare_copy(list(publisher_copy(front.publisher)), _words(framed, "side"), piece.folios, place)
        yield from self.count_marks(front, framed, piece)
        yield from check_note_places(framed, calls, self.grid)
        yield from check_notes(framed, calls, self.grid)

    def count_marks(self, text: Entry | FrontMatter, framed: Sequence[FramedPage], piece: Piece) -> Iterator[Finding]:
        """The marks that open quotes, each once."""
        language = text.language if isinstance(text, Entry) else None
        marks = list(quote_marks(text.body, text.place.file, language or self.edition.language))
        yield from compare_copy(marks, _words(framed, "marks"), piece.folios, text.place)

    def count_contents(self, piece: Piece) -> Iterator[Finding]:
        """Every row with its sign, and the folio of the page where its entry really starts."""
        framed = self.frame(piece)
        place, marks = self.edition.place_of("sections"), self.edition.place_of("marks")
        rows = [word for word in _words(framed, "main") if letters(word.text).strip(".")]
        yield from check_frames(framed, self.grid, place)
        yield from compare_copy(contents_copy(self.edition, self.folios, piece.rows), rows, piece.folios, place)
        yield from compare_copy(legend_copy(self.edition, piece.rows), _words(framed, "side"), piece.folios, marks)

    def count_plate(self, piece: Piece) -> Iterator[Finding]:
        """Full-bleed pages and pages for notes: the same words, each in an area for type."""
        place = self.edition.place_of("cover" if "cover" in piece.kind else "sections")
        areas = self.plates.get(piece.key, ())
        words = [word for index in piece.pages for word in reading_order(self.pages[index].words)]
        for index in piece.pages:
            strays = [w for w in self.pages[index].words if all(outside((w,), area)[0] for area in areas)]
            if areas and strays:
                yield from check_frame(strays, areas[0], "the plate's area for type", index, place)
        expected = list(plate_copy(self.edition, piece.kind, piece.key))
        if "cover" in piece.kind:  # what stands in plots has no order of its own
            expected = sorted(expected, key=lambda copy: copy.text)
            words = sorted(words, key=lambda word: letters(word.text))
        yield from compare_copy(expected, words, piece.folios, place)


def _words(framed: Sequence[FramedPage], column: str) -> list[Word]:
    return [word for page in framed for word in getattr(page, column)]
