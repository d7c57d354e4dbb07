"""Markdown as blocks and runs with their lines; nothing that was written is dropped unsaid."""

from __future__ import annotations

import re

import pytest

from directory_pub.census.expected import body_copy
from directory_pub.edition.text import (
    Block,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Run,
    TermList,
    blocks_within,
    plain,
    runs_within,
)
from directory_pub.findings import Finding, Place
from directory_pub.read.markdown_source import parse_markdown


def parse(text: str, first_line: int = 1) -> tuple[tuple[Block, ...], list[Finding]]:
    return parse_markdown(text, "e.md", first_line)


def read(text: str, first_line: int = 1) -> tuple[Block, ...]:
    blocks, findings = parse(text, first_line)
    assert findings == []
    return blocks


def runs(text: str) -> tuple[Run, ...]:
    (block,) = read(text)
    assert isinstance(block, Paragraph)
    return block.runs


def told(text: str) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.place.line) for finding in parse(text)[1]]


# -------------------------------------------------------------------- blocks
def test_each_kind_of_block_is_read_at_its_line() -> None:
    text = "Para.\n\n## Two\n\n### Three\n\n- a\n- b\n\n1. c\n\n> q\n\n1901\n: said"
    blocks = read(text, 10)
    assert [type(b) for b in blocks] == [Paragraph, Heading, Heading, ItemList, ItemList, Quote, TermList]
    assert [b.line for b in blocks] == [10, 12, 14, 16, 19, 21, 23]
    assert [b.level for b in blocks if isinstance(b, Heading)] == [2, 3]
    assert [b.labels for b in blocks if isinstance(b, ItemList)] == [(), ("1.",)]


def test_every_block_and_run_inside_knows_its_line() -> None:
    blocks = read("- a\n\n  b\n- c\n  1. d\n     **e**\n\n> q\n> r\n>\n> — **N**, O\n\nT\n: u\n\n  v", 10)
    assert [(type(b).__name__, b.line) for b in blocks_within(blocks)] == [
        ("ItemList", 10),
        ("Paragraph", 10),
        ("Paragraph", 12),
        ("Paragraph", 13),
        ("ItemList", 14),
        ("Paragraph", 14),
        ("Quote", 17),
        ("Paragraph", 17),
        ("Paragraph", 20),
        ("TermList", 22),
        ("Paragraph", 23),
        ("Paragraph", 25),
    ]
    assert [(r.text, r.line) for rs in runs_within(blocks) for r in rs] == [
        ("a", 10),
        ("b", 12),
        ("c", 13),
        ("d ", 14),
        ("e", 15),
        ("q r", 17),
        ("N", 20),
        (", O", 20),
        ("T", 22),
        ("u", 23),
        ("v", 25),
    ]


def test_nested_lists_keep_their_order_and_depth() -> None:
    (outer,) = read("- a\n  - b\n    - c\n- d")
    assert isinstance(outer, ItemList)
    assert len(outer.items) == 2
    inner = outer.items[0][1]
    assert isinstance(inner, ItemList)
    assert isinstance(inner.items[0][1], ItemList)
    assert [plain(r) for r in runs_within((outer,))] == ["a", "b", "c", "d"]


def test_a_term_with_two_definitions_is_two_rows() -> None:
    (terms,) = read("1901\n: one\n: other")
    assert isinstance(terms, TermList)
    assert [(plain(row.term), plain(row.paragraphs[0].runs), row.line) for row in terms.rows] == [
        ("1901", "one", 2),
        ("", "other", 3),
    ]


@pytest.mark.parametrize("dash", ["—", "–"])
def test_a_quotes_last_line_behind_a_dash_is_its_credit(dash: str) -> None:
    (quote,) = read(f"> Said.\n>\n> {dash} **ADA,** MAYOR")
    assert isinstance(quote, Quote)
    assert quote.credit is not None
    assert [(r.text, r.bold) for r in quote.credit.runs] == [("ADA,", True), (" MAYOR", False)]
    assert (len(quote.paragraphs), quote.credit.line) == (1, 3)


@pytest.mark.parametrize("text", ["> — All there is.", "> Said — twice.\n>\n> And then", "> Said.\n>\n> —no space"])
def test_a_dash_elsewhere_makes_no_credit(text: str) -> None:
    (quote,) = read(text)
    assert isinstance(quote, Quote)
    assert quote.credit is None


def test_an_empty_body_has_no_blocks() -> None:
    assert read("") == read("\n\n  \n") == ()


# -------------------------------------------------------------------- runs
def test_a_soft_break_is_a_space_and_a_hard_break_stays() -> None:
    assert runs("a\nb  \nc\\\nd")[0].text == "a b\nc\nd"


def test_styles_nest_and_join() -> None:
    assert [(r.text, r.bold, r.italic) for r in runs("a *b **c*** d")] == [
        ("a ", False, False),
        ("b ", False, True),
        ("c", True, True),
        (" d", False, False),
    ]
    assert len(runs("one & two `three` \\* four")) == 1


def test_a_style_after_a_break_has_the_line_where_it_begins() -> None:
    assert [(r.text, r.line) for r in runs("a  \nb\\\n*c*")] == [("a\nb\n", 1), ("c", 3)]
    assert [(r.text, r.line) for r in runs("a\nb *c\nd* e")] == [("a b ", 1), ("c d", 2), (" e", 3)]


def test_a_language_span_marks_its_words_alone() -> None:
    assert [(r.text, r.language) for r in runs("a [La *Paix*]{lang=fr} b")] == [
        ("a ", None),
        ("La ", "fr"),
        ("Paix", "fr"),
        (" b", None),
    ]


def test_a_link_may_have_a_language() -> None:
    (link,) = runs("[la paix](https://x.org){lang=fr}")
    assert (link.href, link.language) == ("https://x.org", "fr")


@pytest.mark.parametrize(
    "href", ["file:///etc/passwd", "javascript:alert(1)", "ftp://x.org", "#tide-office", "mailto:a@b.org"]
)
def test_a_link_keeps_its_address_whatever_its_scheme(href: str) -> None:
    (link,) = runs(f"[here]({href})")
    assert (link.text, link.href) == ("here", href)


def test_an_address_in_angle_brackets_is_a_link() -> None:
    assert runs("<https://x.org/a>")[0] == Run(text="https://x.org/a", line=1, href="https://x.org/a")


def test_raw_html_stays_text_and_is_told_of() -> None:
    blocks, findings = parse("a <b>c</b>\n\n<div onclick=x>\nd")
    assert [plain(r) for r in runs_within(blocks)] == ["a <b>c</b>", "<div onclick=x> d"]
    assert [(f.code, f.place.line) for f in findings] == [
        ("raw-html", 1),
        ("raw-html", 3),
    ]


def test_a_comparison_is_no_html() -> None:
    assert runs("2 < 3 and 4>3")[0].text == "2 < 3 and 4>3"
    assert parse("Ask <Chair>, <Ada Brandt> or a < b, c > d.")[1] == []


def test_the_tags_of_a_line_are_one_finding_with_the_first_and_how_many() -> None:
    text = "a <b>c</b>[^n], <i>d</i> *e* <u>f</u><br/>\n<p class=x>g</p>\n\n[^n]: h <br>\n"
    messages = [(f.place.line, f.message) for f in parse(text)[1]]
    assert messages == [
        (1, "'<b>', the first of 7 tags, looks like HTML and prints as it stands."),
        (4, "'<br>' looks like HTML and prints as it stands."),
        (2, "'<p class=x>', the first of 2 tags, looks like HTML and prints as it stands."),
    ]


def test_unicode_is_kept_as_written() -> None:
    text = "Łódź, Zürich, e\u0301, “x” – 日本 🚋, 5\u00a0km, \u202bابت\u202c"
    assert runs(text)[0].text == text


def test_line_ends_of_windows_read_as_any_other() -> None:
    assert read("a\r\nb\r\n\r\n- c\r\n") == read("a\nb\n\n- c\n")


def test_what_looks_like_a_reference_is_text() -> None:
    """CommonMark would swallow the line as the definition of a link."""
    blocks = read("[Note]: Monday\n\nText.")
    assert [plain(r) for r in runs_within(blocks)] == ["[Note]: Monday", "Text."]


# -------------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    "text",
    [
        "# One",
        "#### Four",
        "One\n===",
        "| a |\n|---|\n| b | c |",
        "![alt](x.png)",
        "```\ncode\n```",
        "    code",
        "a\n\n---\n\nb",
        "> - a\n>\n> b",
        "T\n: - a list",
        "- a\n\n  # b",
    ],
)
def test_what_no_layout_can_print_is_refused(text: str) -> None:
    assert {code for code, _ in told(text)} == {"markdown-unsupported"}


def test_a_refusal_names_the_line_of_what_is_refused() -> None:
    assert told("a\n\n> b\n>\n> - c\n\nd ![e](f) g\n\nx\n: y\n\n  - z") == [
        ("markdown-unsupported", 5),
        ("markdown-unsupported", 7),
        ("markdown-unsupported", 12),
    ]


@pytest.mark.parametrize(
    "text",
    ["## ", "- ", "1.", ">", "- a\n- b\n-", "- > q", "- T\n  : u", "> 1. a", "a\nb\n---", "a\n-", "1234567. a\n8. b"],
)
def test_what_has_no_words_or_stands_where_it_cannot_is_refused_once(text: str) -> None:
    assert [code for code, _ in told(text)] == ["markdown-unsupported"]


def test_lists_stand_in_lists_as_deep_as_they_can_be_printed() -> None:
    levels = [f"{'  ' * depth}- level {depth}" for depth in range(6)]
    assert told("\n".join(levels[:4])) == []
    assert told("\n".join(levels)) == [("markdown-unsupported", 5)]


def test_what_stands_deeper_than_the_parser_follows_is_told_of() -> None:
    assert {code for code, _ in told("> " * 30 + "deep")} <= {"markdown-unsupported", "text-unread"}
    assert told("> " * 30 + "deep") != []


# -------------------------------------------------------------------- list numbers
@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1. a\n5. b\n11. c", ("1.", "5.", "11.")),
        ("7) a\n8) b", ("7)", "8)")),
        ("0. a\n1. b", ("0.", "1.")),
        ("1987. a\n1992. b", ("1987.", "1992.")),
        ("1. a\n1. b", ("1.", "1.")),
        ("- a\n- b", ()),
    ],
)
def test_items_keep_the_numbers_that_were_typed(text: str, labels: tuple[str, ...]) -> None:
    (block,) = read(text)
    assert isinstance(block, ItemList)
    assert block.labels == labels


def test_lists_of_two_kinds_stand_in_one_another() -> None:
    (outer,) = read("3. a\n\n   more\n   - b\n     1) c\n     4) d\n7. e")
    assert [b.labels for b in blocks_within((outer,)) if isinstance(b, ItemList)] == [("3.", "7."), (), ("1)", "4)")]
    assert [plain(r) for r in runs_within((outer,))] == ["a", "more", "b", "c", "d", "e"]


# -------------------------------------------------------------------- remarks
@pytest.mark.parametrize(
    ("text", "words", "lines"),
    [
        ("a\n\n<!-- one -->\n\nb", ["a", "b"], [1, 5]),
        ("a\n\n<!-- one\n\ntwo\n-->\n\nb", ["a", "b"], [1, 8]),
        ("a <!-- one --> b", ["a  b"], [1]),
        ("a <!-- one\ntwo --> b\nc *d*", ["a  b c d"], [1]),
        ("a\n<!-- one -->\nb", ["a b"], [1]),
        ("<!-- one --> a", [" a"], [1]),
        ("<!-- one\n-->a\n\nb", ["a", "b"], [2, 4]),
        ("- a\n<!-- one -->\n- b", ["a", "b"], [1, 3]),
        ("<!-- # head, - list and [^a] -->", [], []),
        ("\\<!\\-\\- a", ["<!-- a"], [1]),
    ],
)
def test_a_remark_is_not_printed_and_shifts_no_line(text: str, words: list[str], lines: list[int]) -> None:
    blocks = [block for block in blocks_within(read(text)) if isinstance(block, Paragraph)]
    assert [plain(block.runs).strip() for block in blocks] == [each.strip() for each in words]
    assert [block.line for block in blocks] == lines


def test_text_behind_a_remark_inside_a_paragraph_knows_its_line() -> None:
    assert [(run.text, run.line) for run in runs("a <!-- one\ntwo --> b\n*c*")] == [("a  b ", 1), ("c", 3)]


def test_a_remark_without_end_is_told_of_at_its_line() -> None:
    assert told("a\n\nb <!-- one\ntwo") == [("remark-unclosed", 3)]


# -------------------------------------------------------------------- addresses
@pytest.mark.parametrize(
    ("text", "address", "href"),
    [
        ("See www.example.org.", "www.example.org", "https://www.example.org"),
        ("(https://example.org/a_b?c=1)", "https://example.org/a_b?c=1", "https://example.org/a_b?c=1"),
        ("https://example.org/a_(b), x", "https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("to ada.b@example.org, or", "ada.b@example.org", "mailto:ada.b@example.org"),
        ("“www.example.org”", "www.example.org", "https://www.example.org"),
    ],
)
def test_an_address_in_the_text_is_a_link_and_prints_as_typed(text: str, address: str, href: str) -> None:
    found = runs(text)
    assert [(run.text, run.href) for run in found if run.href] == [(address, href)]
    assert plain(found) == text


@pytest.mark.parametrize("text", ["the www. prefix", "www.example", "@handle", "a@b", "e.g. this", "example.org"])
def test_what_is_no_whole_address_is_no_link(text: str) -> None:
    assert [run.href for run in runs(text)] == [None]


def test_no_link_stands_in_a_link() -> None:
    assert [run.href for run in runs("[www.example.org](https://example.org/x)")] == ["https://example.org/x"]


# -------------------------------------------------------------------- lines
@pytest.mark.parametrize(
    "text",
    [
        "`code\nspan` a\n*b*",
        "[link\nover](https://x.org) a\n*b*",
        "[link](\nhttps://x.org) a\n*b*",
        "**bold\nover** a\n*b*",
    ],
)
def test_what_runs_over_two_lines_shifts_no_line(text: str) -> None:
    assert [(run.text, run.line) for run in runs(text)][-1] == ("b", 3)


def test_a_backtick_is_a_letter() -> None:
    assert runs("O`ahu and Kaua`i")[0].text == "O`ahu and Kaua`i"


def test_a_year_at_a_paragraphs_start_can_be_written() -> None:
    assert runs("1987\\. It was a good year.")[0].text == "1987. It was a good year."


def test_the_others_are_read_when_one_is_refused() -> None:
    blocks, _ = parse("a\n\n---\n\nb")
    assert [plain(r) for r in runs_within(blocks)] == ["a", "b"]


# -------------------------------------------------------------------- the line of each word
def test_every_word_knows_the_line_that_it_was_written_on() -> None:
    text = (
        "one two\nthree **four\nfive** six\n`seven\neight` nine[^n]\nten\n\n> eleven\n> twelve\n>\n> — **THIRTEEN\n> FOURTEEN,** X\n"
        "\n[^n]: fifteen\n    sixteen\n"
    )
    blocks, findings = parse_markdown(text, "a.md", 10)
    assert findings == []
    written = {
        word: 10 + number for number, line in enumerate(text.split("\n")) for word in re.findall(r"[a-z]+|[A-Z]+", line)
    }
    copies = list(body_copy(blocks, lambda line: Place(file="a.md", line=line, field="body")))
    assert {re.sub(r"\W", "", copy.text): copy.place.line for copy in copies} == {
        word: line for word, line in written.items() if word not in ("n", "fifteen", "sixteen")
    }


# -------------------------------------------------------------------- lists as other programs write them
@pytest.mark.parametrize(
    "text",
    ["a\n\n• One\n• Two", "· One\n\n· Two", "Goals:\n– One\n– Two", "-One\n-Two", "1.One\n2.Two", "> ▪ One\n> ▪ Two"],
)
def test_lines_that_begin_like_a_list_and_run_on_are_told_of_once(text: str) -> None:
    _, findings = parse_markdown(text, "a.md", 1)
    assert [finding.code for finding in findings] == ["list-stray"]
    assert "2 lines of this file" in findings[0].message


@pytest.mark.parametrize("text", ["– Why?\n\n– Because.", "from 2.5\n3.5 and", "well\n-5 degrees, and", "a – b\n– c"])
def test_dashes_and_figures_at_a_lines_start_are_no_list(text: str) -> None:
    assert parse_markdown(text, "a.md", 1)[1] == []


def test_a_term_without_a_space_behind_its_colon_is_told_of() -> None:
    _, findings = parse_markdown("Monday\n:9:00–12:00", "a.md", 1)
    assert [finding.code for finding in findings] == ["list-stray"]


def test_two_hyphens_begin_a_credit_line_too() -> None:
    (quote,), findings = parse_markdown("> Said.\n>\n> -- Ada Brandt", "a.md", 1)
    assert isinstance(quote, Quote)
    assert quote.credit is not None
    assert (plain(quote.credit.runs), findings) == ("Ada Brandt", [])


@pytest.mark.parametrize("text", ["> “", "> „ “", ">", "> —"])
def test_a_quote_of_marks_alone_is_refused_at_its_line(text: str) -> None:
    blocks, findings = parse_markdown(f"a\n\n{text}\n\nb", "a.md", 1)
    assert [(finding.code, finding.place.line) for finding in findings] == [("markdown-unsupported", 3)]
    assert len(blocks) == 2
