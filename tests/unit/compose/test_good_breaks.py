"""Breaks that are allowed and that a reader would rather not see."""

from __future__ import annotations

import itertools
import re

import pytest
from msgspec.structs import replace

from directory_pub.compose.address_joints import joints_of, meetings_of, plain_word
from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import Measure
from directory_pub.compose.segments import MEETING
from directory_pub.edition.text import Run
from unit.hand_made import SANS, SERIF, library, run

TEXT = Measure(family=SANS, weight=400, bold_weight=700, size_pt=9.75, width_mm=114)
CONTACT = replace(TEXT, size_pt=7.75, width_mm=40.5, narrow=True)
TOWNS = "the towns of the coast met in the old hall and spoke of it at length and of much else besides that"
FILLER = TOWNS.split()


def set_in(measure: Measure, *parts: str | Run) -> tuple[Line, ...]:
    return set_lines([run(part) if isinstance(part, str) else part for part in parts], measure, library())


def texts(measure: Measure, *parts: str | Run) -> list[str]:
    return [line.text for line in set_in(measure, *parts)]


# -------------------------------------------------------------------- the beginnings of sentences
@pytest.mark.parametrize("end", [".", "?", "!", ".”", "…"])
def test_the_short_beginning_of_a_sentence_is_not_left_behind(end: str) -> None:
    """Wherever it falls: with lines enough behind it, it goes to the next."""
    for count in range(4, len(FILLER)):
        lines = texts(TEXT, " ".join([*FILLER[:count], f"harbour{end}", "We", *FILLER, *FILLER, *FILLER]))
        assert not any(line.endswith(f"{end} We") for line in lines), lines


# -------------------------------------------------------------------- last lines
def test_a_paragraph_does_not_end_on_one_word_while_the_line_before_has_room_to_give() -> None:
    for width in range(60, 114):
        lines = texts(replace(TEXT, width_mm=width), "the opportunity to develop itself in a world facing major challenges.")
        assert lines[-1] != "challenges." or len(lines) == 1, lines


# -------------------------------------------------------------------- addresses
ADDRESS = "https://www.example.org/info/towns-homepage.html"


def test_an_address_goes_to_the_next_line_whole_where_it_fits_there() -> None:
    lines = texts(TEXT, "To learn more about what the towns do, see here: ", run(ADDRESS, href=ADDRESS))
    assert lines[-1] == ADDRESS


def test_an_address_that_would_take_another_line_is_parted_as_before() -> None:
    measure = replace(TEXT, width_mm=80)
    told = texts(measure, "see ", run(ADDRESS, href=ADDRESS), " and the pages of all")
    assert len(told) == 2
    assert told[0].endswith("/")


def test_a_mail_address_wider_than_the_text_breaks_at_its_joints() -> None:
    mail = "harbourmaster.and.keeper.of.the.light_western-bays@association-of-the-towns-on-the-coast.example.org"
    lines = set_in(replace(TEXT, width_mm=60), "Write to ", run(mail, href=f"mailto:{mail}"), " at once.")
    assert len(lines) > 2
    assert all(re.search(r"[\w.-]$", line.text) for line in lines)
    assert "".join(line.text if line.joined else f"{line.text} " for line in lines).split()[2] == mail


@pytest.mark.parametrize(
    "address",
    [
        "www.womentransformingcities.org",
        "www.mayorsmigrationcouncil.org/news",
        "https://www.example.org",
        "womentransformingcities@gmail.com",
        "(www.example.org).",
    ],
)
def test_neither_www_nor_the_last_label_of_a_host_is_left_alone(address: str) -> None:
    parts = [address[:at] for at in joints_of(address, tight=True)]
    assert not any(part.endswith(("www", "www.")) for part in parts)
    assert not any(re.match(r"\.?(org|com)\b", address[len(part) :]) for part in parts)


def test_no_line_of_an_address_ends_with_its_hyphen_or_stop_which_would_be_taken_for_the_lines_or_a_sentences() -> None:
    address = "desk@abbots-mere-museum.example.org/opening.times"
    parts = [address[:at] for at in joints_of(address, tight=True)]
    assert {"desk@abbots", "desk@abbots-mere-museum", "desk@abbots-mere-museum.example.org/opening"} <= {*parts}
    assert not any(part.endswith(("-", ".")) for part in parts)


def test_a_long_address_in_the_side_column_keeps_www_and_the_last_label() -> None:
    address = "www.women-transforming-cities-society.org"
    lines = texts(CONTACT, run(address, href=address))
    assert len(lines) == 2
    assert "".join(lines) == address
    assert not any(line in ("www", "www.", "org", ".org") for line in lines)


def test_a_title_is_not_parted_from_its_name_in_the_side_column() -> None:
    for width in range(24, 60):
        lines = texts(replace(CONTACT, width_mm=width), "Executive Director: Ellen Woodsworth and Dr Joy Masuhara")
        assert not any(line.endswith("Dr") for line in lines), lines


def test_a_label_wider_than_the_side_column_is_cut_at_a_syllable() -> None:
    address = "www.womenfriendlycitieschallenge.org"
    lines = texts(replace(CONTACT, width_mm=40.5), run(address, href=address))
    assert lines == ["www.womenfriendlycitieschal", "lenge.org"]


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("www.womenfriendlycitieschallenge.org", ["www.womenfriendlycities", "challenge.org"]),
        ("friends-of-the-harbourmastersoffice@example.org", None),
    ],
)
def test_a_label_wider_than_the_side_column_is_rather_cut_where_two_words_of_its_entry_meet(
    address: str, parts: list[str] | None
) -> None:
    words = {"women", "friendly", "cities", "challenge", "friends", "harbourmasters", "harbour", "office"}
    ends = [0, *meetings_of(address, words), len(address)]
    marked = MEETING.join(address[start:end] for start, end in itertools.pairwise(ends))
    lines = texts(replace(CONTACT, width_mm=40.5), run(marked, href=address))
    assert "".join(lines) == address
    assert parts is None or lines == parts
    whole = texts(replace(CONTACT, width_mm=90), run(marked, href=address))
    assert whole == [address], "an address that fits is not cut"


@pytest.mark.parametrize("label", ["womenfriendlycitieschallenge", "cafedespres", "towersinthewest"])
def test_words_meet_in_a_label_that_is_made_of_them_alone(label: str) -> None:
    words = {"women", "friendly", "cities", "challenge", *map(plain_word, ["Café", "des", "Prés"]), "tower", "in", "the"}
    parts = [label[a:b] for a, b in itertools.pairwise([0, *meetings_of(label, words), len(label)])]
    wanted = {"w": ["women", "friendly", "cities", "challenge"], "c": ["cafe", "des", "pres"], "t": [label]}
    assert parts == wanted[label[0]]


def test_a_last_label_that_just_does_not_fit_takes_more_of_its_address_along() -> None:
    address = "www.womentransformingcities.org"
    for width in range(20, 45):
        lines = texts(replace(CONTACT, width_mm=width), run(address, href=address))
        assert "".join(lines) == address
        assert len(lines[-1]) > 4, lines


# -------------------------------------------------------------------- hyphens
@pytest.mark.parametrize(
    "word", ["UN-Habitat", "UN-Women", "e-mail", "COVID-19", "COVID-related", "Mayors-Europe", "city-to-city", "co-operation"]
)
@pytest.mark.parametrize("width", range(60, 115, 6))
def test_a_name_and_a_short_part_end_no_line_with_their_hyphen(word: str, width: int) -> None:
    for count in range(4, len(FILLER)):
        lines = texts(replace(TEXT, width_mm=width), " ".join([*FILLER[:count], word, *FILLER, *FILLER]))
        assert any(word in line for line in lines), lines


def test_a_name_wider_than_its_line_is_parted_at_its_hyphen() -> None:
    lines = texts(replace(TEXT, width_mm=18), "the Schleswig-Holstein office")
    assert lines[:3] == ["the", "Schleswig-", "Holstein"] or lines[:2] == ["the Schleswig-", "Holstein office"]


# -------------------------------------------------------------------- scraps
@pytest.mark.parametrize("family", [SANS, SERIF])
def test_a_quote_does_not_end_on_one_short_word(family: str) -> None:
    quote = (
        "We encourage all cities to work on social and climate sustainability using a gendered intersectional lens "
        "supported with disaggregated data.”"
    )
    for width in range(60, 110):
        lines = texts(replace(TEXT, family=family, width_mm=width), quote)
        assert " " in lines[-1], (width, lines)
