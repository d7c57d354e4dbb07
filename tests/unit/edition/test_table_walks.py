"""Whoever goes through a text goes through its tables: each cell is met once, in its order."""

from __future__ import annotations

from msgspec.structs import replace

from directory_pub.annual.written import body_lines
from directory_pub.edition.rewriting import with_runs
from directory_pub.edition.text import Run, notes_within, plain, runs_within
from directory_pub.read.markdown_source import parse_markdown

TYPED = """\
Table: A *caption*

| A | B |
|:--|---|
| [c](#quay) |  |
| **d** | e[^1] |
{wide}

[^1]: A note.
"""
BLOCKS, FINDINGS = parse_markdown(TYPED, "x.md", 1)


def test_caption_head_and_cells_are_met_in_their_order() -> None:
    assert FINDINGS == []
    assert [plain(runs) for runs in runs_within(BLOCKS)] == ["A caption", "A", "B", "c", "d", "e"]
    assert [note.key for note in notes_within(BLOCKS)] == ["1"]


def test_each_cell_can_be_changed_and_no_other_thing_is() -> None:
    def louder(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(replace(run, text=run.text.upper()) for run in runs)

    changed = with_runs(BLOCKS, louder)
    assert [plain(runs) for runs in runs_within(changed)] == ["A CAPTION", "A", "B", "C", "D", "E"]
    assert with_runs(BLOCKS, lambda runs: runs) == BLOCKS


def test_a_comparison_has_a_line_for_each_row() -> None:
    assert [(each.text, each.line) for each in body_lines(BLOCKS)] == [
        ("Table: A *caption*", 1),
        ("| A | B |", 3),
        ("| :-- | --- |", 4),
        ("| [c](#quay) |  |", 5),
        ("| **d** | e[^] |", 6),
        ("[^]: A note.", 9),
        ("{wide}", 7),
    ]
