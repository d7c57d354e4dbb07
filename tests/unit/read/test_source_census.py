"""Nothing that was typed vanishes between the file and the model; nothing is told of that did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from directory_pub.edition.text import Block, ItemList, Paragraph, Run, blocks_within, runs_within
from directory_pub.findings import Severity
from directory_pub.read import markdown_source
from directory_pub.read.markdown_source import parse_markdown
from directory_pub.read.remarks import without_remarks
from directory_pub.read.source_census import count_source
from project import ROOT

BODIES = sorted([*ROOT.glob("content/2020/*/*.md"), *ROOT.glob("tests/editions/*/*/*.md")])
TEXT = """One *two* [three](https://x.org) four.[^a]

## Head

- item
  - [La Paix]{lang=fr}

> said
> on
>
> — **ADA,** MAYOR

1901
: said of it

[^a]: The note.
"""


def told(text: str) -> list[tuple[str, int | None, str]]:
    return [(each.code, each.place.line, each.message) for each in parse_markdown(text, "e.md", 1)[1]]


# -------------------------------------------------------------------- what the parser takes away
@pytest.mark.parametrize(
    ("text", "line", "lost"),
    [
        ("a\n\nSee the [Annex]{.5} here", 3, "]{.5}"),
        ("the set [A, B]{#2}", 1, "]{#2}"),
        ("[w]{% a remark %}", 1, "]{%aremark%}"),
        ("[w]{lang=fr .5}", 1, "]{lang=fr.5}"),
        ("[w]{}", 1, "]{}"),
        ('a\n[words](https://x.org "The title") b', 2, "Thetitle"),
        ("[words](https://x.org 'The title')", 1, "Thetitle"),
        ("Cost\n~ 5 francs", 2, "~"),
        ("## We are number #\n\nx", 1, "#"),
        ("## Head ###\n\nx", 1, "###"),
    ],
)
def test_marks_that_mean_nothing_are_quoted_at_their_line(text: str, line: int, lost: str) -> None:
    ((code, at, message),) = told(text)
    assert (code, at) == ("text-unread", line)
    assert lost in message


# -------------------------------------------------------------------- what a faulty reader would
def drop(blocks: tuple[Block, ...], index: int) -> tuple[Block, ...]:
    return blocks[:index] + blocks[index + 1 :]


@pytest.mark.parametrize(
    ("index", "line", "words"), [(0, 1, "Onetwo"), (1, 3, "##Head"), (2, 5, "-item"), (3, 8, ">said"), (4, 13, "1901")]
)
def test_a_reader_that_drops_a_block_is_found_out(index: int, line: int, words: str) -> None:
    blocks, findings = parse_markdown(TEXT, "e.md", 1)
    assert findings == []
    found = list(count_source(without_remarks(TEXT, 1), drop(blocks, index), "e.md", ()))
    assert {each.code for each in found} == {"text-unread"}
    assert found[0].place.line is not None
    assert found[0].place.line >= line
    assert any(words in each.message for each in found), "\n".join(map(str, found))


def changed(blocks: tuple[Block, ...], **change: object) -> tuple[Block, ...]:
    """The blocks with another last run in the first paragraph that has several."""
    first = blocks[0]
    assert isinstance(first, Paragraph)
    runs = tuple(replace(run, **change) if run.href or run.italic else run for run in first.runs)  # type: ignore[arg-type]
    return (replace(first, runs=runs), *blocks[1:])


@pytest.mark.parametrize("change", [{"text": ""}, {"text": "else"}, {"href": None}])
def test_a_reader_that_loses_words_or_a_link_is_found_out(change: dict[str, object]) -> None:
    blocks, _ = parse_markdown(TEXT, "e.md", 1)
    found = list(count_source(without_remarks(TEXT, 1), changed(blocks, **change), "e.md", ()))
    assert [(each.code, each.place.line) for each in found] == [("text-unread", 1)]


def test_a_reader_that_loses_emphasis_is_found_out() -> None:
    blocks, _ = parse_markdown(TEXT, "e.md", 1)
    found = list(count_source(without_remarks(TEXT, 1), changed(blocks, italic=False), "e.md", ()))
    assert [each.code for each in found] == ["emphasis-stray"]


def test_a_reader_that_adds_words_is_found_out() -> None:
    blocks, _ = parse_markdown(TEXT, "e.md", 1)
    more = (*blocks[:-1], replace(blocks[-1]), Paragraph(runs=(Run(text="Advertisement", line=15),), line=15))
    (finding,) = count_source(without_remarks(TEXT, 1), more, "e.md", ())
    assert "“Advertisement” would be printed and was not written" in finding.message


def test_a_reader_that_counts_a_list_anew_is_found_out() -> None:
    text = "1. a\n5. b"
    (block,), _ = parse_markdown(text, "e.md", 1)
    assert isinstance(block, ItemList)
    (finding,) = count_source(without_remarks(text, 1), (replace(block, labels=("1.", "2.")),), "e.md", ())
    assert "5." in finding.message


def test_a_parser_that_takes_marks_for_its_own_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a plugin for marked text, which nobody told the reader of."""

    class Plugged:
        def parse(self, text: str, env: dict[str, object]) -> object:
            return markdown_source.MarkdownIt("commonmark").parse(text.replace("==", ""), env)

    monkeypatch.setattr(markdown_source, "_parser", Plugged)
    assert [(code, line) for code, line, _ in told("a\n\nb ==c== d")] == [("text-unread", 3)]


# -------------------------------------------------------------------- no false alarm
@pytest.mark.parametrize("path", BODIES, ids=lambda path: path.stem)
def test_our_own_texts_are_read_whole(path: Path) -> None:
    text = path.read_text("utf-8").split("---\n", 2)[-1]  # beside a table a file need have no fields
    assert [each for each in told(text) if each[0] != "typewriter-sign"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Head\n------\n\nx",
        "## Head ##\n\nx",
        "## **Head** *of it*\n\nx",
        "* a\n* b",
        "+ a\n+ b",
        "- a\n\n  b\n- c",
        "-\n  a\n- b\n-\n  c",
        "*\n  **b**",
        "1. x\n2.\n   y\n   -\n     z",
        "1) a\n2) b",
        "> a\nb\n> c",
        ">a\n>\n>b\n>\n>– **N**, R",
        "_a_ __b__ ***c*** _**d**_ **_e_**",
        "[**a**](https://x.org) **[b](https://x.org)** *c [d](https://x.org) e*",
        "**a**[**b**](https://x.org) [c](https://x.org)[d](https://x.org)",
        "[[a](https://x.org)]{lang=fr} [b](https://x.org){lang=fr} [[c]{lang=fr}](https://x.org)",
        '[a]{lang="fr"} [b]{ lang=de }',
        "<https://x.org/ü?a=%20b> <ada@example.org>",
        "[a](<https://x.org/a b>) [c](https://x.org/a_(b)_c) [d](https://x.org/%C3%BC) [e](https://exämple.org/ü)",
        "a\\*b\\_c\\[d\\]e\\#f\\\\g \\& h",
        "&amp; &copy; &#42;x&#x2a; &nbsp; &nope; AT&T &amp",
        "a  \nb\\\nc\\",
        "    \n\ta",
        "x[^a] y[^b]\n\n[^b]: B\n  on\n\n    more\n\n[^a]: *A* [l](https://x.org)",
        "> x[^a]\n>\n> [^a]: A",
        "- x[^a]\n\n  [^a]: A",
        "T *u*\n: v\n: w\n\n  x\n\nY\n\n: z",
        "a [b] c [d [e]] f] [g",
        "5 < 6 > 4 <> a<b",
        "a\n    > b",
        "a | b\nc ~ d = e + f",
        "100 % of 5%20, %C3 and %",
        "`a` ``b`` and `",
        "^[x] ^2^ ~~y~~ ==z== :smile: (c) ...",
        "##a\n\n#2030\n\n1.a\n\n-b\n\n+41",
        "a <!-- b --> c\n<!-- d\n\ne -->\nf",
        "\u00a0a\u2009b\u3000c",
    ],
)
def test_no_spelling_of_a_mark_that_is_understood_is_told_of(text: str) -> None:
    assert [each for each in told(text) if each[0] == "text-unread" or each[0] == "emphasis-stray"] == []


# -------------------------------------------------------------------- any text at all
COUNTED = "bc12öw"  # letters that are in no mark below
MARKS = ["](x)", "{lang=fr}", "{.5}", "- ", "1. ", "2) ", "> ", "## ", "[^a]", "\n\n[^a]: ", "<https://x.org>", "&amp;"]
PARTS = st.sampled_from([*COUNTED, *" *_[]){}.-+#>`~:|\\<&;!\n\"'=", *MARKS, "\n\n", "  ", "**", "    ", "<!--", "-->"])


def characters(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every letter and figure that a model has."""
    for block in blocks_within(blocks):
        yield from (letter for label in getattr(block, "labels", ()) for letter in label)
    for runs in runs_within(blocks):
        yield from run_characters(runs)


def run_characters(runs: tuple[Run, ...]) -> Iterator[str]:
    for run in runs:
        yield from run.text
        if run.note:
            yield from run.note.key * 2
            yield from run_characters(run.note.runs)


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS, max_size=30).map("".join))
@example("[a]{.5}b")
@example("x[^a]\n\n[^a]: y\n\n[^a]: z")
def test_of_any_text_each_letter_is_read_or_told_of(text: str) -> None:
    blocks, findings = parse_markdown(text, "e.md", 1)
    if any(each.severity is Severity.ERROR for each in findings):
        return
    wanted, read = Counter(without_remarks(text, 1).text), Counter(characters(blocks))
    assert [letter for letter in COUNTED if wanted[letter] != read[letter]] == [], findings
