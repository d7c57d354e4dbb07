"""The edition as paper shows it: what is printed behind links, and nothing else changed."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import force_setattr, replace

from directory_pub.edition.model import Edition, Entry, Reference
from directory_pub.edition.text import Heading, Paragraph, Quote, Run, runs_within
from directory_pub.findings import Place
from directory_pub.production.on_paper import on_paper
from unit.hand_made import call, edition, entry, paragraph, run

MOLE = run("Mole", href="#mole")
REPORT = run("our report", href="https://example.org/r.pdf")


def printed(*runs: Run | str, **fields: Any) -> Entry:
    """The entry of one paragraph, as paper shows it."""
    told = {name: fields.pop(name) for name in ("language", "contact", "see_also") if name in fields}
    book = edition(entry("quay", paragraph(*runs), **told), entry("mole", paragraph("Words.")), **fields)
    return on_paper(book).entries[0]


def said(text: Entry) -> str:
    """All words of a text, {key} for a folio, [n: ...] for a note."""
    return " / ".join("".join(map(_said, runs)) for runs in runs_within(text.body))


def _said(one: Run) -> str:
    if one.note:
        return f"[{one.note.index}: {''.join(map(_said, one.note.runs))}]"
    return f"{{{one.folio_of}}}" if one.folio_of else one.text.replace("\u00a0", " ")


# -------------------------------------------------------------------- cross references
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-GB", "See Mole (page {mole})."),
        ("de-CH", "See Mole (Seite {mole})."),
        ("hu", "See Mole ({mole}. oldal)."),
        ("mt", "See Mole (page {mole})."),
    ],
)
def test_a_reference_has_its_page_in_the_words_of_the_book(language: str, words: str) -> None:
    assert said(printed("See ", MOLE, ".", language="en-GB")) == "See Mole (page {mole})."
    book = edition(entry("quay", paragraph("See ", MOLE, ".")), entry("mole", paragraph("W.")), language=language)
    assert said(on_paper(book).entries[0]) == words


def test_the_whole_is_one_link_and_no_line_ends_before_the_folio() -> None:
    (text,) = printed(MOLE, " does.").body
    assert isinstance(text, Paragraph)
    words, before, folio, behind, rest = text.runs
    assert {each.href for each in (words, before, folio, behind)} == {"#mole"}
    assert before.text == " (page\u00a0"
    assert rest.href is None


def test_words_in_another_language_than_the_text_are_tagged() -> None:
    french = printed("Voir ", MOLE, ".", language="fr")
    assert [each.language for runs in runs_within(french.body) for each in runs] == [None, None, *["en-GB"] * 3, None]
    assert {each.language for runs in runs_within(printed("See ", MOLE).body) for each in runs} == {None}


@pytest.mark.parametrize(
    ("runs", "bold"),
    [
        ((replace(MOLE, bold=True), " does."), False),
        ((run("See ", bold=True), replace(MOLE, bold=True), run(" now", bold=True)), True),
        ((replace(MOLE, bold=True),), True),
        (("See ", replace(MOLE, bold=True)), False),
    ],
)
def test_the_page_is_bold_where_the_words_round_the_link_are(runs: tuple[Run | str, ...], bold: bool) -> None:
    (folio,) = (one for some in runs_within(printed(*runs).body) for one in some if one.folio_of)
    assert folio.bold is bold


def test_a_link_in_several_styles_has_its_page_once() -> None:
    assert said(printed(replace(MOLE, bold=True), run(" and more", href="#mole"), ".")) == (
        "Mole and more (page {mole})."
    )


def test_links_within_a_text_to_nowhere_in_headings_and_as_links_alone_have_no_page() -> None:
    assert said(printed(run("here", href="#quay"), run("there", href="#nowhere"))) == "herethere"
    assert said(printed("See ", MOLE, press_references="link")) == "See Mole"
    heading = Heading(runs=(MOLE,), line=1)
    book = edition(entry("quay", heading, paragraph("W.")), entry("mole", paragraph("W.")))
    assert on_paper(book).entries[0] is book.entries[0]


def test_sections_and_front_matter_are_referred_to_and_refer() -> None:
    assert said(printed(run("All", href="#towns"))) == "All (page {towns})"
    noted = call("n", "See ")
    assert noted.note is not None
    force_setattr(noted.note, "runs", (*noted.note.runs, MOLE))
    text = printed("W.", noted)
    assert said(text) == "W.[0: See Mole (page {mole})]"
    assert text.names_folios == ("mole",)


def test_a_row_below_the_text_names_others_in_one_line() -> None:
    place = Place(file="content/x/entries/quay.md", line=3)
    keys = tuple(Reference(key=key, place=place) for key in ("mole", "quay", "nowhere", "towns"))
    text = printed("Words.", see_also=keys)
    assert said(text) == "Words. / See also Mole (page {mole}), TOWNS (page {towns})"
    row = text.body[-1]
    assert isinstance(row, Paragraph)
    assert row.is_see_also
    assert row.runs[0].italic
    assert said(printed("Words.", see_also=keys[1:3])) == "Words."


# -------------------------------------------------------------------- addresses
def test_an_address_stands_behind_the_words_or_in_a_note_or_nowhere() -> None:
    runs = ("See ", REPORT, ", and ", REPORT, ".")
    assert said(printed(*runs, links="print")) == "See our report (example.org/r.pdf), and our report."
    assert said(printed(*runs, links="note")) == "See our report[0: example.org/r.pdf], and our report."
    for links in (None, "silent"):
        assert said(printed(*runs, links=links)) == "See our report, and our report."


def test_notes_are_numbered_in_the_order_of_their_calls() -> None:
    text = printed(call("a", "A."), REPORT, call("b", "B."), links="note")
    assert [note.index for note in text.notes()] == [0, 1, 2]
    assert text.note_count == 3
    assert text.digest == ""


def test_in_a_note_an_address_stands_in_brackets() -> None:
    noted = call("n", "See ")
    assert noted.note is not None
    force_setattr(noted.note, "runs", (*noted.note.runs, REPORT))
    assert said(printed("W.", noted, links="note")) == "W.[0: See our report (example.org/r.pdf)]"


def test_in_a_listing_are_neither_folios_nor_notes_and_in_a_register_nothing() -> None:
    book = edition(entry("quay", paragraph(MOLE, REPORT)), entry("mole", paragraph("W.")), links="note")
    listing = replace(book, sections=(replace(book.sections[0], form="compact"),))
    assert said(on_paper(listing).entries[0]) == "Moleour report (example.org/r.pdf)"
    register = replace(book, sections=(replace(book.sections[0], form="register"),))
    assert on_paper(register).entries[0] is book.entries[0]


# -------------------------------------------------------------------- nothing else
def test_without_what_is_added_the_text_is_what_was_written() -> None:
    quote = Quote(paragraphs=(paragraph("“", MOLE, "”"),), credit=paragraph(REPORT), line=1)
    body = (paragraph("A ", replace(MOLE, italic=True), call("n", "N."), REPORT), quote)
    book: Edition = edition(entry("quay", *body), entry("mole", paragraph("W.")), links="print")
    text = on_paper(book).entries[0]
    before = [one for runs in runs_within(body) for one in runs]
    after = [one for runs in runs_within(text.body) for one in runs]
    kept = [one for one in after if any(one.text == each.text and one.href == each.href for each in before)]
    assert [replace(one, note=None) for one in kept] == [replace(one, note=None) for one in before]
    assert on_paper(edition(entry("quay", paragraph("W.")))).entries[0].body == (paragraph("W."),)
