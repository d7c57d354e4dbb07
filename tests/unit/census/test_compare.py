"""Words of the content against words of the page: lost, doubled, moved, strange."""

from __future__ import annotations

import pytest

from directory_pub.census.compare import compare_copy
from directory_pub.census.expected import Copy, body_copy, calls_of, contact_copy, letters, text_copy
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.text import Heading, ItemList, Quote, Row, TermList
from directory_pub.findings import Finding, Place
from unit.hand_made import call, edition, entry, line, paragraph, run

PLACE = Place(file="e.md", line=1)
TEXT = "Whoever comes in from the weather finds a light"


def expect(text: str) -> list[Copy]:
    """One word a line, so that a finding's line is the number of its word."""
    return [Copy(letters(word), Place(file="e.md", line=number)) for number, word in enumerate(text.split(), 1)]


def compare(content: str, printed: str) -> list[Finding]:
    return compare_copy(expect(content), line(printed, 24, 100), "page 9", PLACE)


def told(content: str, printed: str) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.place.line) for finding in compare(content, printed)]


# -------------------------------------------------------------------- what agrees
@pytest.mark.parametrize(
    "printed",
    [
        TEXT,
        "Who ever comes in from the weather finds a light",
        "Whoever comesin from the wea ther findsalight",
    ],
)
def test_words_that_a_line_or_style_parts_are_the_same_words(printed: str) -> None:
    assert told(TEXT, printed) == []


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert told("Łódź été", "Łódz\u0301 e\u0301te\u0301") == []


def test_a_soft_hyphen_and_a_break_in_an_address_are_no_letters() -> None:
    assert told("www.example.org/long", "www.exam\u00adple.org/ \u200blong") == []


def test_nothing_expected_and_nothing_printed_agree() -> None:
    assert told("", "") == []


# -------------------------------------------------------------------- what does not
def test_a_lost_word_is_told_of_at_its_line() -> None:
    assert told(TEXT, TEXT.replace("weather ", "")) == [("words-lost", 6)]
    assert "“weather”" in compare(TEXT, TEXT.replace("weather ", ""))[0].message


def test_a_lost_second_of_two_equal_words_is_told_of() -> None:
    assert [code for code, _ in told("the light of the mole", "light of the mole")] == ["words-lost"]


def test_a_page_without_any_word_loses_them_all() -> None:
    (finding,) = compare(TEXT, "")
    assert finding.code == "words-lost"
    assert finding.place.line == 1
    assert finding.message.startswith("9 words of the content not on page 9")
    assert "…" in finding.message


def test_a_doubled_passage_is_one_finding() -> None:
    (finding,) = compare(TEXT, TEXT.replace("from the", "from the from the"))
    assert finding.code == "words-doubled"
    assert finding.message.startswith("2 words printed twice on page 9")


def test_a_strange_word_is_told_of_behind_the_word_that_it_follows() -> None:
    assert told(TEXT, TEXT.replace("from", "from advertisement")) == [("words-unknown", 4)]


def test_a_strange_word_on_an_empty_page_is_placed_at_the_entry() -> None:
    (finding,) = compare("", "advertisement")
    assert (finding.code, finding.place) == ("words-unknown", PLACE)


def test_a_moved_passage_is_out_of_order_and_nothing_else() -> None:
    assert told(TEXT, "comes in from the weather finds a light Whoever") == [("words-moved", 1)]


def test_a_word_that_became_another_is_lost_and_strange() -> None:
    assert told(TEXT, TEXT.replace("finds", "seeks")) == [("words-lost", 7), ("words-unknown", 7)]


@pytest.mark.parametrize(
    "printed", ["Whoever comes in from the weather finds a lig", "Whoever comes in from the weather finds a lights"]
)
def test_a_cut_or_grown_word_is_told_of(printed: str) -> None:
    assert {code for code, _ in told(TEXT, printed)} == {"words-lost", "words-unknown"}


def test_two_defects_are_two_findings_at_their_places() -> None:
    assert told(TEXT, "comes in from the weather finds light") == [("words-lost", 1), ("words-lost", 8)]


@pytest.mark.parametrize("printed", [f"“{TEXT}", f"{TEXT}”", TEXT.replace("finds", "“finds")])
def test_a_quotation_mark_is_a_letter_too(printed: str) -> None:
    assert {code for code, _ in told(TEXT, printed)} == {"words-lost", "words-unknown"}
    assert told(printed, printed) == []


@pytest.mark.parametrize(
    "printed", ["the harbourmasters’ light", "the har- bourmasters’ light", "the har- bour- masters’ light"]
)
def test_a_hyphen_where_an_author_allowed_one_is_no_letter(printed: str) -> None:
    copy = list(text_copy("the har\u00adbour\u00admasters’ light", PLACE))
    assert compare_copy(copy, line(printed, 24, 100), "page 9", PLACE) == []


@pytest.mark.parametrize("printed", ["the harb- ourmasters’ light", "the har- bour light", "the har- light"])
def test_a_hyphen_elsewhere_is_strange(printed: str) -> None:
    copy = list(text_copy("the har\u00adbour\u00admasters’ light", PLACE))
    assert compare_copy(copy, line(printed, 24, 100), "page 9", PLACE) != []


def test_case_and_points_are_letters_too() -> None:
    assert {code for code, _ in told("the Light.", "the light.")} == {"words-lost", "words-unknown"}
    assert told("the light.", "the light") != []
    assert [code for code, _ in told("The light.", "THE LIGHT.")] == ["words-unknown"], "a sheet makes capitals"


# -------------------------------------------------------------------- what is expected
def test_every_block_gives_its_words_in_reading_order() -> None:
    body = (
        Heading(runs=(run("H"),), line=1),
        paragraph("p ", run("b", bold=True), call("n", "no")),
        ItemList(
            items=((paragraph("i"), ItemList(items=((paragraph("j"),),), line=4)), (paragraph("k"),)),
            line=3,
            labels=("1.", "2."),
        ),
        TermList(rows=(Row(term=(run("t"),), paragraphs=(paragraph("d"),), line=6),), line=5),
        Quote(paragraphs=(paragraph("“q”"),), credit=paragraph("c"), line=7),
    )
    words = list(body_copy(body, lambda line: Place(file="e.md", line=line, field="body")))
    assert [copy.text for copy in words] == ["H", "p", "b", "1.", "i", "j", "2.", "k", "t", "d", "q”", "c"]
    assert [copy.text for copy in words if copy.bold] == ["b"]


def test_a_language_span_in_a_contact_row_counts_for_its_words() -> None:
    rows = [
        ContactRow(kind="person", text="[La Paix]{lang=fr}, boat", label=None, place=PLACE),
        ContactRow(kind="phone", text="+41 2", label="Tel:", place=PLACE),
    ]
    assert [copy.text for copy in contact_copy(rows)] == ["La", "Paix,", "boat", "Tel:", "+41", "2"]


def test_a_quotation_mark_alone_is_a_word() -> None:
    assert [copy.text for copy in text_copy("a “ ” b", PLACE)] == ["a", "“", "”", "b"]


def test_calls_that_touch_are_told_of() -> None:
    body = paragraph("x", call("a", "A"), call("b", "B"), " y", call("c", "C"), " ", call("d", "D"))
    book = edition(entry("quay", body))
    assert [each.touches for each in calls_of(book.entries[0], {})] == [True, False, False, False]


def test_notes_are_numbered_through_the_book_by_page() -> None:
    book = edition(
        entry("quay", paragraph("x", call("a", "A", 5), call("b", "B", 6))),
        entry("mole", paragraph("y", call("a", "C"))),
    )
    calls = {text.key: calls_of(text, book.first_notes()) for text in book.entries}
    assert {key: [(c.number, c.place.line) for c in told] for key, told in calls.items()} == {
        "quay": [(1, 5), (2, 6)],
        "mole": [(3, 5)],
    }
