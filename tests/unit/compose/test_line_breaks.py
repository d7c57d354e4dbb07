"""Where a line may break, must break, and had better not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import Measure
from directory_pub.edition.text import Run
from unit.hand_made import SANS, call, library, run

TEXT = Measure(family=SANS, weight=400, bold_weight=700, size_pt=9.75, width_mm=114)
CONTACT = replace(TEXT, size_pt=7.75, width_mm=40.5, narrow=True)


def set_in(measure: Measure, *parts: str | Run) -> tuple[Line, ...]:
    return set_lines([run(part) if isinstance(part, str) else part for part in parts], measure, library())


def texts(measure: Measure, *parts: str | Run) -> list[str]:
    return [line.text for line in set_in(measure, *parts)]


# -------------------------------------------------------------------- breaks that the editor asked for
def test_a_break_that_was_asked_for_is_kept() -> None:
    lines = set_in(TEXT, "one\ntwo three\nfour")
    assert [line.text for line in lines] == ["one", "two three", "four"]


@pytest.mark.parametrize("written", ["one\ntwo", "one \ntwo", "one\n two", "one\n\ntwo", "\none\ntwo\n"])
def test_spaces_around_an_asked_break_do_not_undo_it(written: str) -> None:
    assert texts(TEXT, written) == ["one", "two"]


def test_a_break_between_styles_is_kept() -> None:
    assert texts(TEXT, run("one\n", bold=True), "two", run("\nthree", italic=True), " ", "\nfour") == [
        "one",
        "two",
        "three",
        "four",
    ]


def test_a_break_behind_a_call_is_kept() -> None:
    assert texts(TEXT, "one", call("n", "note"), "\ntwo") == ["one", "two"]


@pytest.mark.parametrize("measure", [TEXT, CONTACT, replace(TEXT, balanced=True)], ids=["text", "narrow", "balanced"])
def test_long_text_around_an_asked_break_is_still_set(measure: Measure) -> None:
    before, after = "every lamp on the coast went out at once and " * 4, "nobody could say whose turn it was " * 4
    lines = texts(measure, f"{before}\n{after}")
    assert any(line.startswith("nobody could") for line in lines[1:])
    assert " ".join(lines) == f"{before}{after}".strip()


# -------------------------------------------------------------------- breaks that would be misread
@pytest.mark.parametrize(
    "pair", ["SDG 11", "5 October", "17 million", "40 cities", "Dr Brandt", "Art. 7", "(SDG 13)", "1,000 members"]
)
def test_a_pair_stays_on_one_line_wherever_it_falls(pair: str) -> None:
    filler = [
        "the",
        "towns",
        "of",
        "the",
        "coast",
        "met",
        "in",
        "the",
        "old",
        "hall",
        "and",
        "spoke",
        "of",
        "it",
        "at",
        "length",
        "and",
        "of",
        "much",
        "else",
        "besides",
        "that",
    ]
    for count in range(len(filler)):
        text = " ".join([*filler[:count], pair, *filler, *filler])
        assert any(pair in line for line in texts(TEXT, text)), (count, pair)


def test_a_dash_does_not_begin_a_line() -> None:
    filler = ["the", "towns", "of", "the", "coast", "met", "in", "the", "old", "hall", "and", "spoke", "of", "it"]
    for count in range(1, len(filler)):
        text = " ".join([*filler[:count], "–", *filler, *filler])
        assert not any(line.startswith("–") for line in texts(replace(TEXT, width_mm=60), text)), count


def test_a_pair_is_parted_where_it_cannot_stay() -> None:
    assert texts(replace(TEXT, width_mm=10), "5 October") == ["5", "October"]


def test_a_no_break_space_never_breaks() -> None:
    for width in range(15, 40):
        assert any(
            "5\u00a0km" in line
            for line in texts(replace(TEXT, width_mm=width), "it is some 5\u00a0km from here to there")
        )


@pytest.mark.parametrize(
    "pair",
    [
        "region / their",
        "Dr. : office",
        "why ? because",
        "yes ! now",
        "one ; two",
        "(SDG 11 ) and",
        "to ( see",
        "« mot",
        "mot »,",
        "a … b",
    ],
)
@pytest.mark.parametrize("measure", [TEXT, CONTACT, replace(TEXT, balanced=True)], ids=["text", "narrow", "balanced"])
def test_no_line_begins_or_ends_with_a_stray_mark(measure: Measure, pair: str) -> None:
    """What Unicode's line breaking (UAX 14) lets begin no line, with a space before it or not, and what ends none."""
    filler = ["of", "the", "towns", "harbour", "in", "council", "the", "old", "hall", "spoke", "length", "besides"]
    for count in range(len(filler)):
        lines = texts(measure, " ".join([*filler[:count], pair, *filler, *filler]))
        assert not any(line[0] in "/:?!;)»…," for line in lines), lines
        assert not any(line[-1] in "(«" for line in lines), lines


def test_marks_that_do_not_fit_on_a_line_with_their_word_are_parted_from_it() -> None:
    lines = texts(replace(TEXT, width_mm=16), f"{'m' * 6} / {'m' * 6} : {'m' * 6}")
    assert " ".join(lines) == f"{'m' * 6} / {'m' * 6} : {'m' * 6}"


def test_a_call_alone_does_not_begin_a_line() -> None:
    for width in range(20, 60):
        lines = set_in(replace(TEXT, width_mm=width), "some words and a harbour ", call("n", "note"), " and more words")
        assert not any(line.runs[0].note for line in lines), width


# -------------------------------------------------------------------- breaks that the editor allowed
def test_a_soft_hyphen_is_drawn_at_a_lines_end_and_nowhere_else() -> None:
    lines = set_in(replace(TEXT, width_mm=22), "the harbour\u00admaster\u00adships")
    assert [(line.text, line.joined) for line in lines] == [("the harbour-", True), ("masterships", False)]
    assert texts(TEXT, "the harbour\u00admaster\u00adships") == ["the harbourmasterships"]


def test_a_soft_hyphen_fits_its_line_with_the_hyphen() -> None:
    for width in range(8, 40):
        measure = replace(TEXT, width_mm=width)
        lines = set_in(measure, "a har\u00adbour\u00admas\u00adter’s of\u00adfice")
        assert "".join(line.text.rstrip("-") if line.hyphen else line.text + " " for line in lines).split() == [
            "a",
            "harbourmaster’s",
            "office",
        ]
        for line in lines:
            assert measure.width_of(line.text, run(""), library()) <= width or len(line.text) < 7, line


@pytest.mark.parametrize("written", ["9 \u00ad 5", "\u00adone", "two\u00ad", "3\u00ad4"])
def test_a_soft_hyphen_that_stands_between_no_letters_is_nothing(written: str) -> None:
    assert " ".join(texts(TEXT, f"by {written} now")).split() == f"by {written} now".replace("\u00ad", "").split()


def test_a_zero_width_space_is_a_place_to_break_that_prints_nothing() -> None:
    lines = set_in(replace(TEXT, width_mm=22), "harbourmasters\u200band\u200bothers")
    assert [(line.text, line.joined) for line in lines] == [("harbourmasters", True), ("andothers", False)]
    assert texts(TEXT, "harbour\u200bmaster") == ["harbourmaster"]


def test_a_hyphen_has_the_style_of_its_word() -> None:
    (first, _) = set_in(replace(TEXT, width_mm=22), run("the harbour\u00admasters", bold=True))
    assert first.hyphen is not None
    assert first.hyphen.bold


# -------------------------------------------------------------------- hyphens and addresses
def test_a_compound_may_break_behind_its_hyphen_and_is_one_word_there() -> None:
    lines = set_in(replace(TEXT, width_mm=30), "internationally-recognised")
    assert [(line.text, line.joined) for line in lines] == [("internationally-", True), ("recognised", False)]


@pytest.mark.parametrize("word", ["e-mail", "G-20", "A-Z", "24/7", "co-op’s"])
def test_a_short_part_is_not_cut_off_at_a_hyphen(word: str) -> None:
    for width in range(9, 30):
        assert any(word in line for line in texts(replace(TEXT, width_mm=width), f"by {word} now"))


def test_an_address_breaks_where_it_reads_on_and_is_one_word_there() -> None:
    address = "https://www.example.org/projects/harbours/2020?page=light"
    for line in set_in(replace(TEXT, width_mm=40), run(address, href=address))[:-1]:
        assert line.text.endswith(("/", "?"))
        assert not line.text.endswith("://")
        assert line.joined
        assert line.runs[0].href == address


def test_an_address_part_wider_than_the_measure_is_cut_to_fit_when_it_is_a_link() -> None:
    address = "https://www.example.org/" + "x" * 200
    lines = texts(CONTACT, run(address, href=address))
    assert "".join(lines) == address
    assert len(lines) > 5


def test_a_word_wider_than_the_measure_is_left_whole() -> None:
    assert "x" * 90 in texts(CONTACT, f"one {'x' * 90} two")


# -------------------------------------------------------------------- the side column
def test_a_contact_row_breaks_behind_a_comma() -> None:
    assert texts(CONTACT, "Chemin Eugène-Rigot 2, 1202 Geneva, Switzerland") == [
        "Chemin Eugène-Rigot 2,",
        "1202 Geneva, Switzerland",
    ]


def test_a_mail_address_breaks_before_its_at_and_is_one_word_there() -> None:
    lines = set_in(CONTACT, run("harbourmaster@western-bays-association.org", href="mailto:x"))
    assert [(line.text, line.joined) for line in lines] == [
        ("harbourmaster", True),
        ("@western-bays-association.org", False),
    ]


def test_an_address_that_fits_its_line_is_not_broken() -> None:
    rows = texts(CONTACT, "Harbour master: Ada Brandt at ", run("ada.brandt@example.org", href="mailto:x"))
    assert rows == ["Harbour master: Ada Brandt", "at ada.brandt@example.org"]


def test_a_line_that_ends_between_words_is_not_joined_to_the_next() -> None:
    lines = set_in(CONTACT, "Harbour master and keeper of the light: Ada Brandt,\nat the mole")
    assert not any(line.joined for line in lines)


def test_a_family_that_is_not_on_the_shelf_is_set_by_estimate() -> None:
    lines = texts(replace(TEXT, family="Nobody’s Sans", width_mm=20), "one two three four five six seven")
    assert " ".join(lines) == "one two three four five six seven"
    assert 2 < len(lines) < 7
