"""Every note stands below its call, wherever on its page the call comes to stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from directory_pub.build import build_edition
from directory_pub.census import read_pages
from directory_pub.edition.targets import EMAIL
from project import ROOT
from reference.whole_book import build_whole
from small_book import SmallPiece, build_small, errors, open_small, write_small

SENTENCE = "Sentence {} of the running text says a little about the work of the network in its cities. "
NOTE = "words of this note go on here. "
ON = "It goes on for a while, so that the call is not the last word of it, and there is something to read to the end."


def entry(sentences: int, blocks: str, notes: dict[str, int]) -> str:
    """Running text, then blocks with calls, then the notes, each so many sentences long."""
    text = "".join(SENTENCE.format(number) for number in range(sentences))
    told = "\n".join(f"[^{key}]: Note-{key}: {NOTE * length}end-{key}." for key, length in notes.items())
    return f"{text}\n\n{blocks}\n\nA last paragraph.\n\n{told}\n"


def places(small: SmallPiece, key: str) -> dict[str, tuple[list[int], list[int]]]:
    """By note: the pages of its call, and the pages that its first and last word stand on."""
    call_pt, note_pt = (small.context.grid.mm(name) * 72 / 25.4 for name in ("call", "note"))
    entry = small.context.composed.places[key][1]
    numbers = {str(small.context.census.first_notes[note.source] + note.index): note.key for note in entry.notes()}
    found: dict[str, tuple[list[int], list[int]]] = {note: ([], []) for note in numbers.values()}
    for index, page in enumerate(small.pages):
        for word in page.words:
            if abs(word.size_pt - call_pt) < 0.05 and word.text.strip(",") in numbers:
                found[numbers[word.text.strip(",")]][0].append(index)
            if abs(word.size_pt - note_pt) < 0.05 and (told := re.fullmatch(r"(?:Note|end)-(\w)[:.]", word.text)):
                found[told[1]][1].append(index)
    return found


BLOCKS = {
    "paragraphs": (f"First.[^a] {ON} {ON}\n\nSecond.[^b] {ON}", {"a": 9, "b": 9}),
    "list": (f"- One.[^a] {ON}\n- Two.[^b] {ON}\n- Three.[^c] {ON}", {"a": 4, "b": 5, "c": 6}),
    "one-item": (f"- One.[^a] Two.[^b] Three.[^c] {ON}\n- More. {ON}", {"a": 6, "b": 6, "c": 6}),
    "quote": (f"## HEAD\n\n> “Said.[^a] {ON}\n>\n> And.[^b] {ON}”\n>\n> — ADA,[^c] {ON}", {"a": 5, "b": 5, "c": 5}),
    "terms": (f"One[^a]\n: {ON}[^b]\n\nTwo\n: {ON}[^c] {ON}", {"a": 6, "b": 5, "c": 5}),
    "under-a-head": (f"## HEAD\n\nText.[^a] {ON}\n\n## HEAD\n\nText.[^b] {ON}", {"a": 8, "b": 8}),
    "two-pages": (f"First.[^a] {ON}\n\n{SENTENCE * 20}\n\nSecond.[^b][^c] {ON}", {"a": 9, "b": 9, "c": 9}),
    "long-notes": (f"First.[^a] {ON} Second.[^b] {ON}", {"a": 18, "b": 18}),
}


# A leaf with few lines, so that every length of it is soon tried; what it is filled with, in sentences.
LEAF, FULL = "{width_mm: 148, height_mm: 190}", 20


@pytest.mark.quick("under-a-head")
@pytest.mark.parametrize("name", BLOCKS)
def test_a_note_stands_on_the_page_of_its_call_at_every_length(name: str, tmp_path: Path) -> None:
    blocks, notes = BLOCKS[name]
    entries = {f"n{length}": entry(length, blocks, notes) for length in range(FULL - 12, FULL + 1, 2)}
    context = open_small(tmp_path, entries, trim=LEAF)
    for key in entries:
        for note, (called, printed) in places(SmallPiece.of(context, key), key).items():
            assert len(called) == 1, (key, note, called, printed)
            assert printed == called * 2, (key, note, called, printed)


@pytest.mark.slow
def test_a_book_as_pieces_and_as_one_document_ends_its_pages_at_the_same_words(tmp_path: Path) -> None:
    blocks, notes = BLOCKS["two-pages"]
    entries = {f"n{length}": entry(length, blocks, notes) for length in (14, 17)}
    made = build_small(tmp_path, entries, trim=LEAF)
    assert not errors(made)
    assert made.book is not None
    whole = build_whole(tmp_path / "edition", tmp_path / "whole", [EMAIL], made.book.fits)
    one, other = ([[word.text for word in page.words] for page in read_pages(b.files["email"])] for b in (made, whole))
    assert one == other


@pytest.mark.slow
def test_a_note_that_no_page_has_room_for_is_one_finding_at_its_line(tmp_path: Path) -> None:
    result = build_small(tmp_path, {"one": entry(3, "Text.[^a]", {"a": 200})}, trim=LEAF)
    (error,) = errors(result)
    assert (error.code, error.place.line) == ("note-lost", 11)
    assert "shorten it" in error.remedy


@pytest.mark.slow
def test_an_entry_that_ends_with_a_list_on_its_last_line_has_no_line_free(tmp_path: Path) -> None:
    """The white behind a list hangs below the page's foot: it is not a line less than none."""
    entries = {f"n{count}": f"{'Word. ' * 18 * count}\n\n- Item. {ON}\n" for count in range(28, 36)}
    result = build_edition(write_small(tmp_path, entries, trim=LEAF), tmp_path / "out", targets=[EMAIL])
    assert result.book is not None
    free = [end.free_lines for end in result.book.ends]
    assert min(free) == 0, free


@pytest.mark.slow
def test_a_page_on_which_a_note_has_room_is_filled(tmp_path: Path) -> None:
    """The engine drops the note of a quote when it moves the head below it on; the page may end where it did."""
    text = (ROOT / "content" / "2020" / "entries" / "global-city-network.md").read_text("utf-8")
    small = SmallPiece.of(open_small(tmp_path, {"gcn": text}, trim="A6"), "gcn")
    grid = small.context.grid
    called = next(page for page in small.pages if "Regulations" in {word.text for word in page.words})
    lines = {
        round(word.baseline_mm, 1) for word in called.words if word.size_pt > 8 and word.baseline_mm > grid.mm("head")
    }
    assert len(lines) > 20
    assert any(word.text.startswith("www.who.int/health-topics") for word in called.words), "the note, below its call"
