"""Lines: as few as filling takes, all of them fitting, every word in its place."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import Measure
from directory_pub.design.grid import MM_PER_PT
from directory_pub.edition.text import Run
from unit.hand_made import SANS, SERIF, call, library, run

TEXT = Measure(family=SANS, weight=400, bold_weight=700, size_pt=9.75, width_mm=114)
CONTACT = replace(TEXT, size_pt=7.75, width_mm=40.5, narrow=True)
TITLE = replace(TEXT, size_pt=23, weight=700, balanced=True)
CALL_MM = 0.5 * 6.5 * MM_PER_PT * 1.2
STOCK = (
    "a an the of to in on harbour town network cities climate and energy mayors’ “quoted” sustainable-development (SDG 11) inter-municipal "
    "2020 5 October 17 million per cent public/private www.example.org/a/long-path?of=many&parts https://example.org/x Łódź co–operation I"
)
WORDS = STOCK.split()


def set_in(measure: Measure, *parts: str | Run) -> tuple[Line, ...]:
    return set_lines([run(part) if isinstance(part, str) else part for part in parts], measure, library())


def texts(measure: Measure, *parts: str | Run) -> list[str]:
    return [line.text for line in set_in(measure, *parts)]


def width_mm(runs: tuple[Run, ...], measure: Measure) -> float:
    """A line's width as the engine would draw it, stretch by stretch."""
    total = 0.0
    for part in runs:
        face = library().find(
            measure.family, measure.bold_weight if part.bold else measure.weight, part.italic != measure.italic
        )
        assert face is not None
        em = library().width_em(part.text, face) + measure.tracking_em * len(part.text)
        total += CALL_MM if part.note else em * measure.size_pt * MM_PER_PT
    return total


def fill(text: str, measure: Measure) -> list[str]:
    """The lines that filling makes, by breaking at spaces alone."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        room = measure.width_mm - 0.05 - (measure.first_mm if len(lines) == 1 else 0)
        if lines[-1] and width_mm((run(longer),), measure) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def random_paragraph(seed: int) -> list[Run]:
    chance = random.Random(seed)
    runs: list[Run] = []
    for number in range(chance.randint(1, 14)):
        text = " ".join(chance.choices(WORDS, k=chance.randint(1, 9)))
        style = {"bold": chance.random() < 0.2, "italic": chance.random() < 0.2}
        runs.append(run(text + chance.choice([" ", " ", "", ", "]), **style))
        if chance.random() < 0.2:
            runs.append(call(f"n{number}", "note"))
        if chance.random() < 0.1:
            address = "https://www.example.org/" + "/".join(
                chance.choices(["projects", "a", "long" * 12, "2020"], k=chance.randint(1, 6))
            )
            runs += [run(address, href=address), run(" ")]
    return runs


SEEDS = range(0, 300)
MEASURES = {
    "text": TEXT,
    "quote": replace(TEXT, family=SERIF, width_mm=105),
    "a5": replace(TEXT, width_mm=86, size_pt=9),
    "contact": CONTACT,
    "indented": replace(TEXT, first_mm=4.5),
    "tracked": replace(TEXT, size_pt=7.5, tracking_em=0.05, width_mm=105),
    "title": TITLE,
}


# -------------------------------------------------------------------- what holds for any paragraph
@pytest.mark.parametrize("name", MEASURES)
def test_the_words_of_any_paragraph_stay_complete_and_in_order(name: str) -> None:
    for seed in SEEDS[::3]:
        runs = random_paragraph(seed)
        lines = set_lines(runs, MEASURES[name], library())
        joined = "".join(line.text + ("" if line.joined else " ") for line in lines)
        assert joined.strip() == " ".join("".join(part.text for part in runs).split()), seed


@pytest.mark.parametrize("name", MEASURES)
def test_styles_links_and_notes_of_any_paragraph_stay_on_their_letters(name: str) -> None:
    def letters(runs: list[Run]) -> list[tuple[object, ...]]:
        return [(char, part.bold, part.italic, part.href) for part in runs for char in part.text if char != " "]

    for seed in SEEDS[::3]:
        runs = random_paragraph(seed)
        made = [part for line in set_lines(runs, MEASURES[name], library()) for part in line.runs]
        assert letters(made) == letters(runs), seed
        assert [part.note for part in made if part.note] == [part.note for part in runs if part.note], seed


@pytest.mark.parametrize("name", MEASURES)
def test_every_line_of_any_paragraph_fits(name: str) -> None:
    measure = MEASURES[name]
    for seed in SEEDS[::3]:
        for number, line in enumerate(set_lines(random_paragraph(seed), measure, library())):
            room = measure.width_mm - (measure.first_mm if number == 0 else 0)
            assert width_mm(line.runs, measure) <= room or " " not in line.text, (seed, line.text)


@pytest.mark.parametrize("name", ["text", "indented", "quote", "a5", "title"])
def test_an_even_rag_takes_no_more_lines_than_filling(name: str) -> None:
    for seed in SEEDS[::3]:
        chance = random.Random(seed)
        words = [
            word for word in WORDS if name != "title" or len(word) < 25
        ]  # no word of a title is wider than its measure
        text = " ".join(chance.choices(words, k=chance.randint(1, 90)))
        kerned = replace(
            MEASURES[name], width_mm=MEASURES[name].width_mm - 0.4
        )  # kerning over a break is not counted on
        assert len(set_in(MEASURES[name], text)) <= len(fill(text, kerned)), seed


def test_lines_are_the_same_each_time() -> None:
    assert set_lines(random_paragraph(7), TEXT, library()) == set_lines(random_paragraph(7), TEXT, library())


# -------------------------------------------------------------------- shape
def widths_mm(lines: list[str]) -> list[float]:
    return [width_mm((run(line),), TEXT) for line in lines]


def random_texts() -> list[str]:
    """Paragraphs of several lines without addresses."""
    stock = [word for word in WORDS if len(word) < 25]
    return [" ".join(random.Random(seed).choices(stock, k=60)) for seed in range(120)]


def test_a_short_last_line_is_avoided_where_filling_would_leave_one() -> None:
    left_by_filling = [text for text in random_texts() if widths_mm(fill(text, TEXT))[-1] < 0.2 * TEXT.width_mm]
    scraps = [text for text in left_by_filling if widths_mm(texts(TEXT, text))[-1] < 0.2 * TEXT.width_mm]
    assert len(left_by_filling) > 10
    assert len(scraps) < len(left_by_filling) / 3


def test_the_rag_is_more_even_than_filling_leaves_it() -> None:
    def unevenness(lines: list[str]) -> float:
        return sum((TEXT.width_mm - width) ** 2 for width in widths_mm(lines)[:-1])

    filled = sum(unevenness(fill(text, TEXT)) for text in random_texts())
    assert sum(unevenness(texts(TEXT, text)) for text in random_texts()) < filled


def test_the_first_line_gives_way_to_what_shortens_it() -> None:
    indented = replace(TEXT, first_mm=40)
    for seed in SEEDS[::10]:
        first, *_ = set_lines(random_paragraph(seed), indented, library())
        assert width_mm(first.runs, indented) <= 74


def test_a_title_is_set_in_lines_of_one_length() -> None:
    (one, other) = set_in(TITLE, "Covenant of Mayors for Climate and Energy – Europe Office")
    assert abs(width_mm(one.runs, TITLE) - width_mm(other.runs, TITLE)) < 0.25 * TITLE.width_mm


def test_a_titles_second_line_begins_with_the_small_word() -> None:
    assert texts(TITLE, "International Association of Francophone Mayors (AIMF)")[1].startswith("of ")
    assert texts(TITLE, "Union Cities Islands for the Coastal Western Alliance") == [
        "Union Cities Islands",
        "for the Coastal Western Alliance",
    ]


def test_a_title_that_fits_one_line_stays_on_it() -> None:
    assert texts(TITLE, "Geneva Cities Hub") == ["Geneva Cities Hub"]


# -------------------------------------------------------------------- nothing, spaces, styles
def test_nothing_has_no_lines() -> None:
    assert set_in(TEXT) == set_in(TEXT, "") == set_in(TEXT, "  ") == ()


def test_spaces_are_one_and_none_stands_at_an_end() -> None:
    assert texts(TEXT, "  one  ", run(" two ", italic=True), " three ") == ["one two three"]


def test_a_word_that_changes_style_in_its_middle_is_never_torn() -> None:
    for width in range(25, 60):
        for line in set_in(
            replace(TEXT, width_mm=width),
            "some words and ",
            run("harb", bold=True),
            run("our", italic=True),
            "master more words",
        ):
            assert ("harb" in line.text) == ("ourmaster" in line.text)


def test_a_call_stays_with_its_word() -> None:
    for width in range(20, 60):
        lines = set_in(replace(TEXT, width_mm=width), "some words and a harbour", call("n", "note"), " and more words")
        (held,) = [line for line in lines if any(part.note for part in line.runs)]
        before = "".join(part.text for part in held.runs[: [bool(part.note) for part in held.runs].index(True)])
        assert before.endswith("harbour")


def test_a_link_does_not_spread_over_the_space_beside_it() -> None:
    (line,) = set_in(TEXT, "see ", run("this page", href="#x"), " now")
    assert [(part.text, part.href) for part in line.runs] == [("see ", None), ("this page", "#x"), (" now", None)]
    (two,) = set_in(TEXT, run("one", href="#a"), " ", run("two", href="#b"))
    assert [(part.text, part.href) for part in two.runs] == [("one", "#a"), (" ", None), ("two", "#b")]
