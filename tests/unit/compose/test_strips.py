"""Strips of an entry in a listing: where they may be cut, and which labels hang."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.compose.lines import Line
from directory_pub.compose.strips import Strip, height_of
from listed_pieces import ListedPieces, entry_text, open_listed


def strip(kind: str, lines: int, **more: object) -> Strip:
    return Strip(kind=kind, lines=(Line(runs=()),) * lines, **more)  # type: ignore[arg-type]


# -------------------------------------------------------------------- cutting
@pytest.mark.parametrize(("lines", "at", "halves"), [(8, 5, (5, 3)), (8, 7, (6, 2)), (8, 12, (6, 2)), (4, 2, (2, 2))])
def test_a_paragraph_is_cut_where_the_column_ends_and_leaves_two_lines(lines: int, at: int, halves: tuple[int, int]):
    cut = strip("text", lines).cut(at)
    assert cut is not None
    assert tuple(len(half.lines) for half in cut) == halves


@pytest.mark.parametrize(("lines", "at"), [(8, 1), (3, 2), (2, 1), (8, 0)])
def test_no_line_of_a_paragraph_stands_alone(lines: int, at: int) -> None:
    assert strip("text", lines).cut(at) is None


@pytest.mark.parametrize("kind", ["name", "where", "heading", "contact", "row", "credit", "source"])
def test_names_heads_and_contacts_are_never_cut(kind: str) -> None:
    assert strip(kind, 9).cut(4) is None


def test_what_goes_on_has_no_label_sign_or_indent_again() -> None:
    first, rest = strip("item", 6, sign="•", depth=1, before=1).cut(3) or pytest.fail("is not cut")
    assert (first.sign, rest.sign, rest.before, rest.depth) == ("•", "", 0, 1)
    first, rest = strip("indent", 6).cut(3) or pytest.fail("is not cut")
    assert (first.kind, rest.kind) == ("indent", "text")


def test_the_space_above_the_first_strip_does_not_count() -> None:
    assert height_of([strip("text", 3, before=2), strip("field", 1, before=2, label=(Line(runs=()),) * 2)]) == 3 + 2 + 2


# -------------------------------------------------------------------- labels
def labels(pieces: ListedPieces) -> dict[str, bool]:
    """Each label, and whether it runs in."""
    strips = [
        each for page in pieces.layout_pages() for column in page.columns for block in column for each in block.strips
    ]
    return {each.label[0].text: each.runs_in for each in strips if each.label}


FIELDS = "fields:\n  hours: {{label: {hours}}}\n  fee: {{label: Fee}}\n"


def test_short_labels_hang(tmp_path: Path) -> None:
    entries = {"quay": entry_text("Quay", fields="hours: 9–17\nfee: free")}
    assert labels(open_listed(tmp_path, entries, more=FIELDS.format(hours="Hours"))) == {"Hours": False, "Fee": False}


def test_where_one_label_has_no_room_all_of_its_kind_run_in(tmp_path: Path) -> None:
    entries = {"quay": entry_text("Quay", "Rope\n: Long.\n\nA chain\n: Short.", fields="hours: 9–17\nfee: free")}
    pieces = open_listed(tmp_path, entries, more=FIELDS.format(hours="Opening hours"))
    assert labels(pieces) == {"Rope": False, "A chain": False, "Opening hours": True, "Fee": True}


def test_an_entry_without_the_long_label_has_the_others_run_in_as_well(tmp_path: Path) -> None:
    entries = {"pier": entry_text("Pier", fields="fee: free"), "quay": entry_text("Quay", fields="hours: 9–17")}
    assert labels(open_listed(tmp_path, entries, more=FIELDS.format(hours="Opening hours"))) == {
        "Fee": True,
        "Opening hours": True,
    }
