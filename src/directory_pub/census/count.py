"""Take the census of a finished book: every word, note, folio, face and picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory_pub.census.compare import compare_copy
from directory_pub.census.expected import (
    Call, Copy, body_copy, contact_copy, entry_copy, letters, notes_of, runs_copy, text_copy,
)
from directory_pub.census.frames import FramedPage, frame_page, outside, reading_order
from directory_pub.census.page_reader import PageText, Word
from directory_pub.findings import Finding, Place, error
from directory_pub.flatplan import Piece
from directory_pub.model import Edition, Entry, FrontMatter
from directory_pub.page_grid import Frame, Grid

__all__ = ["take_census"]


def take_census(
    edition: Edition, grid: Grid, pieces: Sequence[Piece], pages: Sequence[PageText], plates: Mapping[str, Sequence[Frame]]
) -> list[Finding]:
    """Hold the pages of a finished PDF against the content that they were made from.

    ``plates`` are the areas that type may stand in on full-bleed pages, by the piece's key.
    """
    census = _Census(edition, grid, pieces, pages, plates, notes_of(edition))
    return list(census.take())


@dataclass(frozen=True, slots=True)
class _Census:
    edition: Edition
    grid: Grid
    pieces: Sequence[Piece]
    pages: Sequence[PageText]
    plates: Mapping[str, Sequence[Frame]]
    calls: dict[str, list[Call]]

    def take(self) -> Iterator[Finding]:
        for piece in self.pieces:
            match piece.kind:
                case "entry":
                    yield from self.count_entry(piece)
                case "preface" | "imprint":
                    yield from self.count_front(piece)
                case "contents":
                    yield from self.count_contents(piece)
                case _:
                    yield from self.count_plate(piece)

    # ---------------------------------------------------------------- entries
    def count_entry(self, piece: Piece) -> Iterator[Finding]:
        entry = piece.entry
        assert entry is not None
        calls = self.calls.get(entry.key, [])
        framed = [frame_page(i, self.pages[i], self.grid, [call.number for call in calls]) for i in piece.pages]
        place = entry.place_of("name")
        yield from self.check_frames(framed, place)
        yield from compare_copy(entry_copy(entry), [w for page in framed for w in page.main], piece.folios, place)
        side = list(text_copy(entry.photo.credit, entry.photo.place)) if entry.photo and entry.photo.credit else []
        yield from compare_copy(side + contact_copy(entry.contact), [w for page in framed for w in page.side], piece.folios,
                                entry.place_of("contact"))
        yield from self.check_side(framed, entry.place_of("contact"))
        yield from self.check_notes(framed, calls)
        yield from self.check_emphasis(entry_copy(entry), [w for page in framed for w in page.main])
        yield from self.check_heads(framed, entry)

    def check_frames(self, framed: Sequence[FramedPage], place: Place) -> Iterator[Finding]:
        for page in framed:
            recto = page.index % 2 == 0
            for name, words in (("main", [*page.main, *page.notes]), ("side", page.side)):
                yield from self.check_frame(words, self.grid.frame(name, recto=recto), f"the {name} column", page.index, place)

    def check_frame(self, words: Sequence[Word], frame: Frame, name: str, index: int, place: Place) -> Iterator[Finding]:
        leaving, worst = outside(words, frame)
        if leaving:
            text = " ".join(word.text for word in leaving[:6])
            yield error("words-overset", place,
                        f"{len(leaving)} word{'s' if len(leaving) > 1 else ''} stand {worst:.1f} mm outside {name} on page {index + 1}: “{text}”.",
                        f"Shorten the copy by {worst:.0f} mm, or give it a place to break.", index + 1)

    def check_side(self, framed: Sequence[FramedPage], place: Place) -> Iterator[Finding]:
        """The contact block grows from the foot: it must stop below the tile, and no two lines may touch."""
        first = framed[0]
        tile_mm = self.grid.mm("head") + self.grid.mm("tile")
        high = [word for word in first.side if word.baseline_mm < tile_mm]
        if high:
            over = tile_mm - min(word.baseline_mm for word in high)
            yield error("words-overset", place, f"the contact block runs {over:.0f} mm into the tile on page {first.index + 1}, with {len(high)} words.",
                        f"Shorten it by {-(-over // self.grid.unit_mm):.0f} lines.", first.index + 1)
        for page in framed:
            baselines = sorted({round(word.baseline_mm, 1) for word in page.side})
            close = [b for a, b in zip(baselines, baselines[1:], strict=False) if 0.5 < b - a < 0.6 * self.grid.unit_mm]
            if close and not high:
                yield error("words-overset", place, f"lines of the side column touch on page {page.index + 1}, {close[0]:.0f} mm from the top.",
                            "Shorten the contact block or the picture's credit line.", page.index + 1)

    def check_notes(self, framed: Sequence[FramedPage], calls: Sequence[Call]) -> Iterator[Finding]:
        """Each note stands on the page of its call, whole and in order."""
        for call in calls:
            call_page = next((p for p in framed if any(w.text == str(call.number) for w in p.calls)), None)
            if call_page is None:
                yield error("note-lost", call.place, f"the call of footnote {call.number} is not printed.",
                            "Take the call out of whatever drops it, and look at the proof.")
                continue
            note_page = next((p for p in framed if any(w.text == str(call.number) for w in p.notes)), None)
            if note_page is None:
                yield error("note-lost", call.place, f"footnote {call.number} is called on page {call_page.index + 1} and not printed.",
                            "The block that holds the call drops its notes: set the copy as a paragraph, list or quote.",
                            call_page.index + 1)
            elif note_page is not call_page:
                yield error("note-moved", call.place,
                            f"footnote {call.number} is called on page {call_page.index + 1} and stands on page {note_page.index + 1}.",
                            "Shorten the note or the copy before its call by a line or two.", call_page.index + 1)
        for page in framed:
            here = [call for call in calls if any(w.text == str(call.number) for w in page.notes)]
            expected = [copy for call in here for copy in _note_copy(call)]
            place = here[0].place if here else Place(file="content")
            yield from compare_copy(expected, page.notes, f"page {page.index + 1}", place)

    def check_emphasis(self, expected: Sequence[Copy], found: Sequence[Word]) -> Iterator[Finding]:
        """A word that the editor made bold or italic is drawn with a bold or italic face."""
        if "".join(copy.text for copy in expected) != "".join(letters(word.text) for word in found):
            return  # the words themselves have a finding already
        starts: dict[int, Word] = {}
        at = 0
        for word in found:
            starts[at] = word
            at += len(letters(word.text))
        at = 0
        for copy in expected:
            word = starts.get(at)
            at += len(copy.text)
            if word is None or not (copy.bold or copy.italic):
                continue
            style = " ".join(name for wanted, name in ((copy.bold, "Bold"), (copy.italic, "Italic")) if wanted)
            if any(name not in word.face for name in style.split()) or "Light" in word.face:
                yield error("face-synthetic", copy.place, f"“{copy.text}” should be {style.lower()} and is drawn with {word.face.rstrip(',')}.",
                            f"Put the {style.lower()} face of this family into fonts/.")
                return

    def check_heads(self, framed: Sequence[FramedPage], entry: Entry) -> Iterator[Finding]:
        """The folio is the page, and the running head names section and, behind the first page, entry."""
        section = next(s for s in self.edition.sections if entry in s.entries)
        for number, page in enumerate(framed):
            folio = str(page.index + 1)
            wanted = letters(section.title + (entry.name if number else ""))
            found = "".join(letters(w.text) for w in page.head if w.text != folio)
            if not any(w.text == folio for w in page.head) or found != wanted:
                text = " ".join(w.text for w in page.head)
                yield error("folio-wrong", entry.place_of("name"), f"the head of page {folio} reads “{text}”.",
                            "It should carry the section's title, the folio, and from the second page on the entry's name.", page.index + 1)

    # ---------------------------------------------------------------- front matter and plates
    def count_front(self, piece: Piece) -> Iterator[Finding]:
        front = self.edition.preface if piece.kind == "preface" else self.edition.imprint
        assert front is not None
        calls = self.calls.get(front.key, [])
        framed = [frame_page(i, self.pages[i], self.grid, [call.number for call in calls]) for i in piece.pages]
        place = Place(file=front.place.file, line=1)
        title = list(text_copy(front.title or "Preface", place)) if piece.kind == "preface" else []
        yield from self.check_frames(framed, place)
        yield from compare_copy(title + list(body_copy(front.body, front.place.file)), [w for p in framed for w in p.main], piece.folios, place)
        yield from compare_copy(list(_publisher_copy(front)), [w for p in framed for w in p.side], piece.folios, place)
        yield from self.check_notes(framed, calls)

    def count_contents(self, piece: Piece) -> Iterator[Finding]:
        """Every row with its sign and the folio of the page where its entry really starts."""
        framed = [frame_page(i, self.pages[i], self.grid, ()) for i in piece.pages]
        place = self.edition.place_of("sections")
        yield from self.check_frames(framed, place)
        words = [w for page in framed for w in page.main if letters(w.text).strip(".")]
        yield from compare_copy(list(self._rows()), words, piece.folios, place)
        legends = [copy for mark in self.edition.marks for copy in text_copy(f"{mark.sign} {mark.legend}", mark.place)]
        yield from compare_copy(legends, [w for page in framed for w in page.side], piece.folios, self.edition.place_of("marks"))

    def _rows(self) -> Iterator[Copy]:
        firsts = {piece.key: str(piece.pages[0] + 1) for piece in self.pieces}
        yield from text_copy(self.edition.contents_title, self.edition.place_of("contents"))
        for section in self.edition.sections:
            yield from text_copy(f"{section.title} {firsts.get(section.key, '?')}", section.place)
            for entry in section.entries:
                folio = firsts.get(entry.key, "?")
                yield from text_copy(f"{entry.name}{self.edition.sign_of(entry)} {folio}", entry.place_of("name"))
                if entry.subtitle:
                    yield from text_copy(f"{entry.subtitle} {folio}", entry.place_of("subtitle"))

    def count_plate(self, piece: Piece) -> Iterator[Finding]:
        """Full-bleed pages: the same words, whatever their order, each in an area for type."""
        place = self.edition.place_of("cover" if "cover" in piece.kind else "sections")
        words = reading_order(w for i in piece.pages for w in self.pages[i].words)
        for index in piece.pages:
            strays = [w for w in self.pages[index].words if all(outside((w,), frame)[0] for frame in self.plates.get(piece.key, ()))]
            if strays and (areas := self.plates.get(piece.key)):
                yield from self.check_frame(strays, areas[0], "the plate's area for type", index, place)
        expected = sorted(self._plate_copy(piece), key=lambda copy: copy.text)
        yield from compare_copy(expected, sorted(words, key=lambda w: letters(w.text)), piece.folios, place)

    def _plate_copy(self, piece: Piece) -> Iterator[Copy]:
        cover, imprint = self.edition.cover, self.edition.imprint
        match piece.kind:
            case "cover" if cover:
                texts = (*cover.series, *cover.title, cover.year or "", *cover.words, *cover.event, *cover.theme, cover.date or "", *cover.venue)
                yield from text_copy(" ".join(texts), cover.place)
            case "opener":
                section = next(s for s in self.edition.sections if s.key == piece.key)
                yield from text_copy(section.title, section.place)
            case "notes":
                yield from text_copy(self.edition.note_pages_title or "", self.edition.place_of("note_pages"))
            case "back-cover" if imprint and imprint.publisher:
                publisher = imprint.publisher
                lines = publisher.wordmark or (publisher.name,)
                yield from text_copy(" ".join([*lines, *(row.text for row in publisher.contact if row.kind == "web")]), publisher.place)


def _note_copy(call: Call) -> Iterator[Copy]:
    yield Copy(str(call.number), call.place)
    yield from runs_copy(call.note.runs, call.place.file, "body")


def _publisher_copy(front: FrontMatter) -> Iterator[Copy]:
    if publisher := front.publisher:
        yield from text_copy(" ".join(publisher.wordmark), publisher.place)
        yield from text_copy(f"{publisher.name} {publisher.address or ''}", publisher.place)
        yield from contact_copy(publisher.contact)
