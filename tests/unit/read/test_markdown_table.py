"""Tables as they are typed: read cell by cell, with their captions, and refused where something would be lost."""

from __future__ import annotations

import pytest

from directory_pub.edition.text import Paragraph, Table, plain
from directory_pub.findings import Place
from directory_pub.read.markdown_source import parse_markdown
from directory_pub.read.table_text import read_cell_text

GOOD = """\
Table: Stays *and* squares

| Square | Stays | Lit |
|:--|--:|:-:|
| Korn\\|markt | 4,210 % | **x** [l](https://example.org) |
| [Rue]{lang=fr} |  | 3[^1] |

[^1]: A note.
"""


def read(text: str) -> tuple[list[object], list[tuple[str, int | None]]]:
    blocks, findings = parse_markdown(text, "x.md", 1)
    return list(blocks), [(each.code, each.place.line) for each in findings]


def table(text: str) -> Table:
    blocks, findings = read(text)
    assert findings == []
    (found,) = [block for block in blocks if isinstance(block, Table)]
    return found


def test_cells_keep_their_words_styles_and_lines() -> None:
    found = table(GOOD)
    assert found.caption is not None
    assert (plain(found.caption.runs), found.caption.line, found.line) == ("Stays and squares", 1, 3)
    assert [[plain(cell) for cell in row.cells] for row in found.rows] == [
        ["Korn|markt", "4,210 %", "x l"],
        ["Rue", "", "3"],
    ]
    assert [row.line for row in found.rows] == [5, 6]
    assert found.alignments == ("left", "right", "center")
    assert found.rows[1].cells[0][0].language == "fr"
    assert found.rows[1].cells[2][1].note is not None


@pytest.mark.parametrize("mark", ["{wide}\n", "\n{wide}\n", "{.wide}\n", "\n{ wide }\n\nText.\n"])
def test_the_line_behind_it_makes_it_wide(mark: str) -> None:
    found = table("| a | b |\n|---|---|\n| c | d |\n" + mark)
    assert found.wide
    assert len(found.rows) == 1


def test_a_paragraph_that_is_not_in_front_of_a_table_is_no_caption() -> None:
    blocks, findings = read("Table: for two\n\nText.\n\n| a |\n|---|\n| b |\n")
    assert findings == []
    assert isinstance(blocks[0], Paragraph)
    assert plain(blocks[0].runs) == "Table: for two"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("| a | b |\n|---|---|\n| c | d | e |\n", 3),
        ("| a | b |\n|---|---|\n| c |\n", 3),
        ("| a | b |\n|---|---|\n| c | d |\nText that follows.\n", 4),
        ("| a | b |\n|---|---|\n", 1),
        ("|  |  |\n|---|---|\n| a | b |\n", 1),
        ("| a | b | c |\n|---|---|\n| d | e | f |\n", 2),
        ("Text.[^1]\n\n[^1]: Note.\n| a | b |\n|---|---|\n| c | d |\n", 5),
        ("Table:\n\n| a | b |\n|---|---|\n| c | d |\n", 1),
        ("- x\n\n  | a | b |\n  |---|---|\n  | c | d |\n", 3),
        ("> | a | b |\n> |---|---|\n> | c | d |\n", 1),
        ("Term\n: Said\n\n  | a | b |\n  |---|---|\n  | c | d |\n", 4),
        ("Text.[^1]\n\n[^1]: Note.\n\n    | a | b |\n    |---|---|\n    | c | d |\n", 5),
        ("|" + " a |" * 30 + "\n|" + "---|" * 30 + "\n|" + " b |" * 30 + "\n", 1),
    ],
)
def test_what_would_be_lost_or_cannot_be_printed_is_told_of_once_at_its_line(text: str, line: int) -> None:
    _, findings = read(text)
    assert findings == [("markdown-unsupported", line)]


def test_an_empty_first_head_or_bold_first_cells_head_the_rows() -> None:
    assert table("| | b |\n|---|---|\n| c | d |\n").heads_rows
    assert table("| a | b |\n|---|---|\n| **c** | d |\n").heads_rows
    assert not table("| a | b |\n|---|---|\n| **c** | d |\n| e | f |\n").heads_rows
    assert not table("| | b |\n|---|---|\n| c | d |\n|  | f |\n").heads_rows


def test_a_table_in_a_cell_of_a_workbook_is_read_as_any_other() -> None:
    text = "Text.\n| a | b |\n|---|---|\n| c | d |\nText."
    blocks, findings = read_cell_text(text, Place(file="x.csv", line=2), has_lines=False)
    assert findings == []
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Table", "Paragraph"]
