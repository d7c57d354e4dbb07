"""Footnotes in Markdown: called from any text, defined once, and never lost unsaid."""

from __future__ import annotations

import pytest

from directory_pub.edition.text import Note, plain, runs_within
from directory_pub.read.markdown_source import parse_markdown


def notes(text: str, first_line: int = 1) -> list[Note]:
    blocks, findings = parse_markdown(text, "e.md", first_line)
    assert findings == []
    return [run.note for runs in runs_within(blocks) for run in runs if run.note]


def told(text: str) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.place.line) for finding in parse_markdown(text, "e.md", 1)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "Word[^a] more.",
        "- item[^a]",
        "> said[^a]",
        "> said\n>\n> — **ADA**[^a]",
        "1901[^a]\n: said",
        "1901\n: said[^a]",
        "*slanted[^a]*",
        "- a\n  - b[^a]",
    ],
)
def test_a_note_may_be_called_from_any_text(text: str) -> None:
    (note,) = notes(f"{text}\n\n[^a]: The *note*.")
    assert [(run.text, run.italic) for run in note.runs] == [("The ", False), ("note", True), (".", False)]


def test_a_note_knows_its_own_line_and_that_of_its_call() -> None:
    (note,) = notes("one\ntwo[^a]\n\nthree\n\n[^a]: Note.", 10)
    assert (note.key, note.line, note.call_line, note.runs[0].line) == ("a", 15, 11, 15)


def test_notes_come_in_the_order_of_their_calls() -> None:
    assert [note.key for note in notes("x[^b] y[^a]\n\n[^a]: A.\n\n[^b]: B.")] == ["b", "a"]


def test_the_words_around_a_call_stay_together() -> None:
    blocks, _ = parse_markdown("one[^a], two\n\n[^a]: A.", "e.md", 1)
    (runs,) = runs_within(blocks)
    assert [(run.text, run.note is not None) for run in runs] == [("one", False), ("", True), (", two", False)]


def test_paragraphs_of_a_note_become_one() -> None:
    (note,) = notes("x[^a]\n\n[^a]: One.\n\n    Two.")
    assert plain(note.runs) == "One. Two."


def test_a_list_in_a_note_is_refused() -> None:
    assert told("x[^a]\n\n[^a]: One.\n\n    - two") == [("markdown-unsupported", 5)]


def test_a_note_may_be_defined_inside_the_quote_that_calls_it() -> None:
    (note,) = notes("> said[^a]\n>\n> [^a]: Note.")
    assert (plain(note.runs), note.line) == ("Note.", 3)


# -------------------------------------------------------------------- what is told of
def test_a_call_without_its_note_is_told_of_where_it_stands() -> None:
    assert told("one\ntwo[^a]") == [("note-undefined", 2)]


@pytest.mark.parametrize(
    ("text", "line"),
    [("x\n\n[^a]: A.", 3), ("> x\n>\n> [^a]: A.", 3), ("- x\n\n  [^a]: A.", 3), ("- x\n  - y\n\n    [^a]: A.", 4)],
)
def test_a_note_without_a_call_is_told_of_wherever_it_stands(text: str, line: int) -> None:
    assert told(text) == [("note-uncalled", line)]


def test_a_second_call_and_a_second_definition_are_told_of() -> None:
    assert told("x[^a] y[^a]\n\n[^a]: A.") == [("note-repeated", 1)]
    assert told("x[^a]\n\n[^a]: A.\n\n[^a]: B.") == [("note-repeated", 5)]


@pytest.mark.parametrize("head", ["## Head[^a]", "### **Head[^a]**"])
def test_a_call_in_a_heading_is_told_of_and_kept_out(head: str) -> None:
    blocks, findings = parse_markdown(f"{head}\n\nText.\n\n[^a]: A.", "e.md", 1)
    assert [(f.code, f.place.line) for f in findings] == [("note-in-heading", 1)]
    assert not any(run.note for runs in runs_within(blocks) for run in runs)


def test_a_note_called_from_a_note_is_refused() -> None:
    assert told("x[^a]\n\n[^a]: A[^b].\n\n[^b]: B.") == [("markdown-unsupported", 3), ("note-uncalled", 5)]


def test_a_note_that_calls_itself_is_refused() -> None:
    assert told("x[^a]\n\n[^a]: A[^a].") == [("markdown-unsupported", 3)]


def test_a_call_inside_a_link_is_told_of() -> None:
    assert told("[link[^a]](https://x.org)\n\n[^a]: A.") == [("link-stray", 1)]


@pytest.mark.parametrize("text", ["x[^a]\n\n[^a]:", "x[^a] y\n\n[^a]:\n\nz"])
def test_a_note_without_words_is_told_of(text: str) -> None:
    assert told(text) == [("note-undefined", 3)]


def test_notes_are_counted_in_the_order_of_their_calls_but_for_those_that_are_refused() -> None:
    text = "One[^b], two[^a].\n\n## Head[^c]\n\n- three[^d]\n\n[^a]: A.\n[^b]: B.\n[^c]: C.\n[^d]: D.\n"
    blocks, _ = parse_markdown(text, "e.md", 1)
    found = [run.note for runs in runs_within(blocks) for run in runs if run.note]
    assert [(note.key, note.index, note.source) for note in found] == [
        ("b", 0, "e.md"),
        ("a", 1, "e.md"),
        ("d", 2, "e.md"),
    ]
