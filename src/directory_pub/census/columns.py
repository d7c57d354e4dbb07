"""What stands in the columns of a page: inside their frames, in the right face, with its notes and heads."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from directory_pub.census.compare import compare_copy, quote_words
from directory_pub.census.expected import Call, Copy, letters, note_copy
from directory_pub.census.frames import FramedPage, is_in_table, outside
from directory_pub.census.located import Located, copy_of
from directory_pub.census.page_reader import Word
from directory_pub.design.grid import Frame, Grid
from directory_pub.findings import Finding, Place, error

__all__ = [
    "check_below",
    "check_emphasis",
    "check_frame",
    "check_frames",
    "check_head",
    "check_notes",
    "check_room_for_notes",
    "check_side",
]

_HEAD_LINES = 2  # a long name may break once


def check_frames(
    framed: Sequence[FramedPage], grid: Grid, located: Located, *, tables: bool = False
) -> Iterator[Finding]:
    """Copy that leaves the main or side column; of ``tables`` it is only asked how far down they go."""
    for page in framed:
        recto = page.index % 2 == 0
        in_tables = [word for word in page.main if tables and is_in_table(word, grid)]
        main = [word for word in page.main if not (tables and is_in_table(word, grid))]
        for name, words in (("main", [*main, *page.notes]), ("side", page.side)):
            yield from check_frame(words, grid.frame(name, recto=recto), f"the {name} column", page.index, located)
        if in_tables:
            leaf = replace(grid.frame("main", recto=recto), left_mm=0.0, width_mm=grid.trim.width_mm)
            yield from check_frame(in_tables, leaf, "the main column", page.index, located)


def check_frame(words: Sequence[Word], frame: Frame, name: str, index: int, located: Located) -> Iterator[Finding]:
    """One finding for all the words that leave a frame on one page, where the first of them was written."""
    leaving, worst_mm = outside(words, frame)
    if leaving:
        count = "1 word stands" if len(leaving) == 1 else f"{len(leaving)} words stand"
        quoted = quote_words([word.text for word in leaving])
        message = f"{count} {worst_mm:.1f} mm outside {name} on page {index + 1}: {quoted}."
        remedy = f"Shorten the copy by {worst_mm:.0f} mm, or give it a place to break."
        yield error("words-overset", located.place_of(index, leaving[0]), message, remedy, index + 1)


def check_below(framed: Sequence[FramedPage], place: Place) -> Iterator[Finding]:
    """Without a side column the contact block stands below the text: none of it comes after."""
    begun = False
    for page in framed:
        top_mm = min((word.baseline_mm for word in page.side), default=math.inf)
        after = [word for word in page.main if begun or word.baseline_mm > top_mm]
        if after:
            message = (
                f"{quote_words([word.text for word in after])} stands below the contact block on page {page.index + 1}."
            )
            yield error("words-moved", place, message, "The layout of entries puts the block last.", page.index + 1)
            return
        begun = begun or bool(page.side)


def check_side(framed: Sequence[FramedPage], grid: Grid, located: Located) -> Iterator[Finding]:
    """The contact block grows from the foot: it must stop below the tile, and no two lines may touch."""
    first = framed[0]
    tile_mm = grid.mm("head") + grid.mm("tile")
    high = [word for word in first.side if grid.has_side and word.baseline_mm < tile_mm]
    if high:
        over_mm = tile_mm - min(word.baseline_mm for word in high)
        message = (
            f"the contact block runs {over_mm:.0f} mm, {len(high)} words, into the tile on page {first.index + 1}."
        )
        lines = -(-over_mm // grid.unit_mm)
        place = located.place_of(first.index, high[0])
        yield error("words-overset", place, message, f"Shorten it by at least {lines:.0f} lines.", first.index + 1)
        return
    for page in framed:
        baselines = sorted({round(word.baseline_mm, 1) for word in page.side})
        touching = [lower for upper, lower in pairwise(baselines) if 0.5 < lower - upper < 0.6 * grid.unit_mm]
        if touching:
            message = f"lines of the side column touch on page {page.index + 1}, {touching[0]:.0f} mm from the top."
            remedy = "Shorten the contact block or the picture's credit line."
            word = next(word for word in page.side if round(word.baseline_mm, 1) == touching[0])
            place = located.place_of(page.index, word)
            yield error("words-overset", place, message, remedy, page.index + 1)


def check_room_for_notes(framed: Sequence[FramedPage], calls: Sequence[Call], grid: Grid) -> Iterator[Finding]:
    """Each note whose call is printed stands on the page of its call."""
    for call in calls:
        called = _page_of_call(framed, call)
        printed = next((page for page in framed if _stands_on(page, call, grid)), None)
        if called is None or printed is called:
            continue
        told = f"footnote {call.number} is called on page {called.index + 1}"
        if printed is None:
            remedy = "It must fit on a page with the line of its call: shorten it. A short one is lost by a layout."
            yield error("note-lost", call.place, f"{told} and not printed below.", remedy, called.index + 1)
        else:
            message = f"{told} and stands on page {printed.index + 1}."
            remedy = "The notes of a line must fit on one page with it: shorten them, or part their calls."
            yield error("note-moved", call.place, message, remedy, called.index + 1)


def check_notes(framed: Sequence[FramedPage], calls: Sequence[Call], grid: Grid) -> Iterator[Finding]:
    """Each note is called, and whole and in order where it stands."""
    for call in calls:
        if _page_of_call(framed, call) is None:
            message = f"the call of footnote {call.number} is not printed."
            remedy = "Take the call out of whatever drops it, and look at the proof."
            yield error("note-lost", call.place, message, remedy)
    yield from _check_commas(framed, calls)
    for page in framed:
        here = [call for call in calls if _stands_on(page, call, grid)]
        expected = [copy for call in here for copy in note_copy(call)]
        if expected or page.notes:
            place = here[0].place if here else calls[0].place
            yield from compare_copy(expected, page.notes, f"page {page.index + 1}", place)


def _page_of_call(framed: Sequence[FramedPage], call: Call) -> FramedPage | None:
    return next(
        (page for page in framed if any(word.text.rstrip(",") == str(call.number) for word in page.calls)), None
    )


def _check_commas(framed: Sequence[FramedPage], calls: Sequence[Call]) -> Iterator[Finding]:
    """A comma stands between calls that touch, and between no others."""
    printed = [word.text for page in framed for word in page.calls]
    wanted = [f"{call.number}," if call.touches else str(call.number) for call in calls]
    if len(printed) == len(wanted):  # a call that is lost or doubled has a finding of its own
        for call, text, expected in zip(calls, printed, wanted, strict=True):
            if text != expected:
                message = f"the call of footnote {call.number} is printed as “{text}”, which should be “{expected}”."
                remedy = "The layout of the text puts a comma between calls that touch."
                yield error("words-unknown", call.place, message, remedy)


def _stands_on(page: FramedPage, call: Call, grid: Grid) -> bool:
    """Whether a note's own number, at the column's edge, is on a page: a figure in another note is not it."""
    left_mm = grid.frame("main", recto=page.index % 2 == 0).left_mm
    return any(word.text == str(call.number) and abs(word.left_mm - left_mm) < 0.6 for word in page.notes)


def check_emphasis(expected: Sequence[Copy], found: Sequence[Word], families: Collection[str]) -> Iterator[Finding]:
    """A finding at the first word that the editor made bold or italic and that is drawn with another face.

    ``families`` are those of the book: what their names say is nothing that a face is.
    """
    for word, copy in zip(found, copy_of(expected, found), strict=True):
        begins = letters(word.text).rstrip("-")
        if copy is None or not begins or not copy.text.startswith(begins):
            continue
        style = " ".join(name for wanted, name in ((copy.bold, "Bold"), (copy.italic, "Italic")) if wanted)
        if style and not _is_drawn_so(word.face, style.split(), families):
            message = f"“{copy.text}” should be {style.lower()} and is drawn with {word.face.rstrip(',')}."
            remedy = f"Put the {style.lower()} face of this family into fonts/."
            yield error("face-synthetic", copy.place, message, remedy)
            return


def _is_drawn_so(face: str, styles: Sequence[str], families: Collection[str]) -> bool:
    """Whether a face is bold or italic as is asked, by the name that the engine gives it; the heaviest are bold."""
    own = [name for name in families if face.startswith(name.replace(" ", "-"))]
    told = face[max(map(len, own), default=0) :].replace("Heavy", "Bold").replace("Black", "Bold")
    return all(style in told for style in styles)


def check_head(page: FramedPage, wanted: str, place: Place) -> Iterator[Finding]:
    """The running head reads as it should; a piece has no folio before it is bound."""
    folio = page.index + 1
    found = sorted(letters(word.text) for word in page.head)
    if found != sorted(letters(word) for word in wanted.split()):
        message = f"the head of page {folio} reads “{' '.join(word.text for word in page.head)}”."
        remedy = f"It should read “{wanted}” with the folio {folio}: look at the sheet of page boxes."
        yield error("folio-wrong", place, message, remedy, folio)
    baselines = sorted(word.baseline_mm for word in page.head)
    lines = 1 + sum(lower - upper > 1.0 for upper, lower in pairwise(baselines))
    if lines > _HEAD_LINES:
        message = f"the running head takes {lines} lines on page {folio} and meets the text: “{wanted}”."
        yield error("words-overset", place, message, "Give the section or the entry a shorter title.", folio)
