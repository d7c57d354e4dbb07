"""The model's walks: every block and run once, in reading order."""

from __future__ import annotations

from directory_pub.edition.text import Heading, ItemList, Quote, Row, TermList, blocks_within, plain, runs_within
from unit.hand_made import call, edition, entry, paragraph, run

LIST = ItemList(items=((paragraph("b"), ItemList(items=((paragraph("c"),),), line=1)), (paragraph("d"),)), line=1)
TERMS = TermList(rows=(Row(term=(run("e"),), paragraphs=(paragraph("f"), paragraph("g")), line=1),), line=1)
QUOTE = Quote(paragraphs=(paragraph("h"), paragraph("i")), credit=paragraph("j"), line=1)
BODY = (Heading(runs=(run("a"),), line=1), LIST, TERMS, QUOTE, paragraph("k"))


def test_runs_come_in_reading_order_from_every_kind_of_block() -> None:
    assert "".join(plain(runs) for runs in runs_within(BODY)) == "abcdefghijk"


def test_blocks_come_with_all_that_is_inside_them() -> None:
    kinds = "".join(type(block).__name__[0] for block in blocks_within(BODY))
    assert kinds == "HIPIPPTPPQPPPP"


def test_plain_text_has_no_styles_and_a_space_for_a_break() -> None:
    assert plain((run("one\n", bold=True), run("two"), call("n", "note"))) == "one two"


def test_notes_come_in_the_order_of_their_calls() -> None:
    body = (
        QUOTE,
        paragraph("x", call("b", "B"), call("a", "A")),
        ItemList(items=((paragraph(call("c", "C")),),), line=1),
    )
    assert [note.key for note in entry("quay", *body).notes()] == ["b", "a", "c"]


def test_an_entry_without_a_mark_has_no_sign() -> None:
    quay = entry("quay")
    assert edition(quay).sign_of(quay) == ""


def test_a_field_that_was_not_written_is_placed_at_the_entry() -> None:
    quay = entry("quay")
    assert quay.place_of("subtitle") == quay.place
