"""Words are parted by the rules of their language, and names never."""

from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import Measure
from directory_pub.compose.parting import Parting
from directory_pub.edition.hyphenation import Hyphenation, languages_with_rules, parts_of
from directory_pub.edition.text import Run
from unit.hand_made import SANS, library, run

GERMAN = (
    "Die nachhaltige Stadtentwicklung unterstützt kommunale Selbstverwaltungskörperschaften bei der Ausarbeitung ihrer "
    "Klimaschutzkonzepte und der dazugehörigen Wirtschaftlichkeitsberechnungen, und Wohnungsbaugenossenschaften "
    "beteiligen sich an der Öffentlichkeitsarbeit mit ihren Verbraucherschutzorganisationen und anderen."
)
FINNISH = "Kaupunkiverkostot edistävät kestävää yhdyskuntasuunnittelua ja ilmastonmuutokseen sopeutumista kaikkialla."
ENGLISH = "Sustainable metropolitan transportation infrastructure necessitates international collaboration of everybody."


def measure(width_mm: float, language: str = "de", **asked: Hyphenation) -> Measure:
    parting = Parting(language=language, asked=tuple(asked.items()), names=frozenset({("Selbstverwaltungskörperschaften",)}))
    return Measure(
        family=SANS, weight=400, bold_weight=700, size_pt=9.75, width_mm=width_mm, hyphens=True, parting=parting
    )


def set_in(told: Measure, *parts: str | Run) -> tuple[Line, ...]:
    return set_lines([run(part) if isinstance(part, str) else part for part in parts], told, library())


def parted(lines: tuple[Line, ...]) -> list[str]:
    """The words that lines part, with the hyphens that are drawn."""
    ends = [(line, after) for line, after in pairwise(lines) if line.hyphen]
    return [f"{line.text.split()[-1]}{after.text.split()[0]}" for line, after in ends]


def read_back(lines: tuple[Line, ...]) -> str:
    return "".join("".join(run.text for run in line.runs) + ("" if line.joined else " ") for line in lines).strip()


# -------------------------------------------------------------------- rules
@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("Stadtentwicklung", "de", "Stadt-ent-wick-lung"),
        ("Stadtentwicklung", "de-CH", "Stadt-ent-wick-lung"),
        ("gemeenschap", "nl", "gemeen-schap"),
        ("yhdyskunta", "fi", "yhdys-kunta"),
        ("straatje", "nl", "straatje"),
        ("asszonnyal", "hu", "asszonnyal"),
        ("Stadtentwicklung", "ga", "Stadtentwicklung"),
    ],
)
def test_a_word_has_its_languages_parts_of_three_letters_or_more(word: str, language: str, parts: str) -> None:
    at = [0, *parts_of(word, language), len(word)]
    assert "-".join(word[start:end] for start, end in pairwise(at)) == parts
    assert (language.partition("-")[0] in languages_with_rules()) is (language != "ga")


# -------------------------------------------------------------------- lines
def test_words_of_german_are_parted_and_read_back_whole() -> None:
    seen = set()
    for width in range(40, 90):
        lines = set_in(measure(width), GERMAN)
        assert read_back(lines) == GERMAN
        assert not any(line.hyphen and after.hyphen for line, after in pairwise(lines)), width
        seen |= set(parted(lines))
        for word in parted(lines):
            before, _, after = word.strip(".,").partition("-")
            assert min(len(before), len(after)) >= 3
            assert "körperschaften" not in word  # a name
            assert not word.endswith("anderen.")
    assert len(seen) > 5


def test_a_hyphen_of_the_copy_and_a_drawn_one_do_not_follow_one_another() -> None:
    text = "Die Klimaschutz-Arbeitsgemeinschaften beraten Wohnungsbaugenossenschaften und Stadtverwaltungen-Verbände gemeinsam."
    for width in range(36, 80):
        lines = set_in(measure(width), text)
        assert not any(
            line.text.endswith("-") and after.text.endswith("-") and (line.hyphen or after.hyphen)
            for line, after in pairwise(lines)
        ), width


@pytest.mark.parametrize(
    "part",
    [
        run("Wohnungsbaugenossenschaften", bold=True),
        run("Wohnungsbaugenossenschaften", href="#one"),
        run("WOHNUNGSBAUGENOSSENSCHAFTEN"),
        run("WohnungsBaugenossenschaften"),
        run("Wohnungsbaugenossenschaften2020"),
        run("Wohnungs\u00adbaugenossenschaften"),
        run("Wohnungsbau-Genossenschaften"),
    ],
)
def test_what_is_a_name_or_no_plain_word_is_not_parted(part: Run) -> None:
    for width in range(40, 90):
        lines = set_in(measure(width), "Die Stadt und ihre ", part, " sind alle gemeinsam dabei und immer da.")
        told = [word for word in parted(lines) if word.lower().startswith("wohn")]
        assert not any("\u00ad" not in part.text or not word.startswith("Wohnungs-bau") for word in told), lines


def test_the_last_word_of_a_paragraph_and_before_a_break_is_whole() -> None:
    for width in range(30, 70):
        lines = set_in(measure(width), "Es geht um die Wohnungsbaugenossenschaften\nund um die Wohnungsbaugenossenschaften.")
        assert not parted(lines), lines


@pytest.mark.parametrize(
    ("told", "text", "is_parted"),
    [
        (measure(60, "en"), ENGLISH, False),
        (measure(40, "en"), ENGLISH, True),
        (measure(40, "en", en="never"), ENGLISH, False),
        (measure(60, "en-GB", en="always"), ENGLISH, True),
        (measure(60, "de-CH", de="never"), GERMAN, False),
        (measure(60, "fi"), FINNISH, True),
        (replace(measure(60), hyphens=False), GERMAN, False),
    ],
    ids=["english", "short english", "english never", "english always", "german never", "finnish", "another style"],
)
def test_words_are_parted_where_the_edition_says(told: Measure, text: str, is_parted: bool) -> None:
    found = [word for width in range(6) for word in parted(set_in(replace(told, width_mm=told.width_mm + 2 * width), text))]
    assert bool(found) is is_parted


def test_a_passage_is_parted_by_its_own_language() -> None:
    lines = set_in(measure(60, "en"), "They say: ", run(GERMAN, language="de"), " So they do.")
    assert parted(lines)
