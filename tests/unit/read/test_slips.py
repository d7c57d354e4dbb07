"""What an editor probably meant otherwise is told of with its words; what is plainly meant is not."""

from __future__ import annotations

import pytest

from directory_pub.read.markdown_source import parse_markdown


def told(text: str) -> list[tuple[str, str]]:
    return [(each.code, each.severity) for each in parse_markdown(text, "e.md", 1)[1]]


def words(text: str) -> str:
    (finding,) = parse_markdown(text, "e.md", 1)[1]
    return finding.message


@pytest.mark.parametrize("text", ["plots of 5*3 and 4*2 m", "a*3 and b*2", "5*3*4", "x*y and z*w"])
def test_emphasis_from_inside_one_word_or_figure_to_inside_another_is_an_error(text: str) -> None:
    assert set(told(text)) == {("emphasis-stray", "error")}


def test_emphasis_inside_a_figure_is_told_with_its_words() -> None:
    assert "between “5” and “3”" in parse_markdown("plots of 5*3 and 4*2 m", "e.md", 1)[1][0].message


@pytest.mark.parametrize(
    "text", ["*Un*believable", "un**believ**able", "**Our Coordinator**Ada", "the 4*th* of May", "*a*1"]
)
def test_emphasis_inside_a_word_is_a_warning(text: str) -> None:
    assert set(told(text)) == {("emphasis-stray", "warning")}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("**Coordinator:**Ada Brandt", "**Coordinator:**Ada Brandt"),
        ("a ** x ** b", "** x ** b"),
        ("*Coordinator: Ada", "*Coordinator: Ada"),
        ("the **Coordinator Ada", "**Coordinator Ada"),
        ("a__ b__c __d", "__d"),
    ],
)
def test_marks_of_emphasis_that_are_left_over_are_told_of(text: str, quoted: str) -> None:
    assert quoted in words(text)


@pytest.mark.parametrize(
    "text",
    [
        "**bold** and *italic*, **two words**",
        "“*A book*”, (*another*)",
        "2 * 3 and 5*3",
        "prices* and more**",
        r"\*not\* and 5\*3 and 4\*2",
        "a_b_c and @_name",
        "**A**, *b*; ***c***",
        "*La Paix*’s crew",
        "a * b * c",
        "这是**重点**内容",
    ],
)
def test_plain_emphasis_and_plain_stars_are_not_told_of(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[the guide](https://example.org/a guide.pdf)",
        "[guide] and [b](c d)",
        "[Raisonance] {lang=fr} network",
        "Raisonance {lang=fr}",
        "[the **guide**](https://example.org/a b)",
        "The [library][w].\n\n[w]: https://example.org",
    ],
)
def test_what_did_not_become_a_link_or_language_is_one_error(text: str) -> None:
    assert told(text) == [("link-stray", "error")]


@pytest.mark.parametrize(
    "text",
    ["[sic] (see below)", "[Note]: Monday", "a {b} c", "{% x %}", r"\[a\](b c)", "[a](https://x.org/%20b)", "f(x)[y]"],
)
def test_brackets_that_are_text_are_not_told_of(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "1987. It was a good year.",
        "2015) was a good year",
        "15. May is the day.",
        "- 5 degrees",
        "+ 41 22 910",
        "+ plus",
        "* Source: the harbour",
        "a\n- 5 degrees",
        "T\nU\n: v",
    ],
)
def test_a_sentence_that_is_set_as_a_list_or_the_other_way_round_is_told_of(text: str) -> None:
    assert told(text) == [("list-stray", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        "1. one",
        "1. one\n\nBetween.\n\n2. two\n\nBetween.\n\n3. three",
        "7. seven\n8. eight",
        "- alone",
        "* a\n* b",
        "- 5 degrees\n- 6 degrees",
        "+41 22 910",
        "3. a\n\n   - b\n4. c",
    ],
)
def test_a_list_is_not_told_of(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("text", ["## A\n\n## B\n\nx", "x\n\n## A", "### A\n\n## B\n\nx", "## A\n\n### B\n\n## C\n\nx"])
def test_a_heading_with_nothing_below_it_is_told_of(text: str) -> None:
    assert told(text) == [("head-without-text", "warning")]


@pytest.mark.parametrize("text", ["## A\n\n### B\n\nx", "## A\n- x", "## A\n\n> x"])
def test_a_heading_above_another_kind_of_heading_or_text_is_not(text: str) -> None:
    assert told(text) == []


def test_what_typewriters_had_is_one_note_a_file() -> None:
    assert told('The "town\'s" hall -- open.\n\n- "b"') == [("typewriter-sign", "note")]
    assert '6 times in this file, first in “"town\'s" hall' in words('The "town\'s" hall -- open.\n\n- "b"')
    assert told("The “town’s” hall – open — all day, twenty-one, 5-6.") == []


def test_emphasis_within_emphasis_is_told_of() -> None:
    assert told("**a **b** c**") == [("emphasis-stray", "warning")]
