"""Markdown as blocks and runs with their lines; nothing that was written is dropped unsaid."""

from __future__ import annotations

import pytest

from directory_pub.findings import Finding
from directory_pub.model import (
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
    assert [b.numbered for b in blocks if isinstance(b, ItemList)] == [False, True]


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
    blocks, findings = parse("a <b>c</b>\n\n<div onclick='x'>\nd\n\n<!-- e -->")
    assert [plain(r) for r in runs_within(blocks)] == ["a <b>c</b>", "<div onclick='x'> d", "<!-- e -->"]
    assert [(f.code, f.place.line) for f in findings] == [
        ("raw-html", 1),
        ("raw-html", 1),
        ("raw-html", 3),
        ("raw-html", 6),
    ]


def test_a_comparison_is_no_html() -> None:
    assert runs("2 < 3 and 4>3")[0].text == "2 < 3 and 4>3"


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
        "| a |\n|---|\n| b |",
        "![alt](x.png)",
        "```\ncode\n```",
        "    code",
        "a\n\n---\n\nb",
        "> - a\n>\n> b",
        "1987. It was a good year.",
        "3. three\n4. four",
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


def test_a_year_at_a_paragraphs_start_can_be_written() -> None:
    assert runs("1987\\. It was a good year.")[0].text == "1987. It was a good year."


def test_the_others_are_read_when_one_is_refused() -> None:
    blocks, _ = parse("a\n\n---\n\nb")
    assert [plain(r) for r in runs_within(blocks)] == ["a", "b"]
