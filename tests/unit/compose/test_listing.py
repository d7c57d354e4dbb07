"""Pages of a listing: what no column holds, guide words, tabs, and what an edit moves."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from directory_pub.compose.listing import _parts
from directory_pub.edition.flatplan import LISTED_KINDS, ListedPage
from directory_pub.edition.model import Entry, Group
from directory_pub.findings import Place
from listed_pieces import ListedPieces, entry_text, open_listed
from project import ROOT
from small_book import open_written

EDITIONS = ROOT / "tests" / "editions"
LONG = "\n\n".join(["The store kept what ships left behind, and what nobody else would have."] * 60)


def blocks(pieces: ListedPieces, key: str) -> list[tuple[int, int]]:
    """Page and part of each block of an entry."""
    return [
        (at, block.part)
        for at, page in enumerate(pieces.listed)
        for column in page.columns
        for block in column
        if block.kind == "entry" and block.key == key
    ]


# -------------------------------------------------------------------- what no column holds
def test_an_entry_longer_than_a_column_goes_on_in_the_next_with_its_name_above(tmp_path: Path) -> None:
    pieces = open_listed(tmp_path, {"store": entry_text("Store", LONG)}, group="")
    (page,) = pieces.layout_pages()
    first, second = (column[0] for column in page.columns)
    assert (first.again, second.again) == (None, "Store, continued")
    assert (first.is_first, second.is_first) == (True, False)
    assert first.strips[0].kind == "name"
    lines = sum(len(strip.lines) for block in (first, second) for strip in block.strips)
    assert lines == len([*pieces.context.edition.entries[0].body]) * 2 + 1  # two lines a paragraph, and the name


def test_one_longer_than_a_page_goes_on_overleaf_in_the_same_piece(tmp_path: Path) -> None:
    pieces = open_listed(
        tmp_path,
        {"a": entry_text("Ark"), "store": entry_text("Store", "\n\n".join([LONG] * 3)), "z": entry_text("Zoo")},
    )
    found = blocks(pieces, "store")
    assert [part for _, part in found] == list(range(len(found)))
    assert found[-1][0] > found[0][0]
    # From the page on which it begins to that on which it ends is one piece.
    assert {len(piece.listed) for piece in pieces.plan} >= {found[-1][0] - found[0][0] + 1}


def test_no_block_is_higher_than_a_column(tmp_path: Path) -> None:
    entries = {
        "store": entry_text("Store", "\n\n".join([LONG] * 2), fields="level: extended"),
        "shed": entry_text("Shed", LONG, "phone: +44 20 7946 0123", fields="level: boxed"),
    }
    pieces = open_listed(tmp_path, entries, group="", trim="A5")
    lines = pieces.context.grid.list_lines
    assert max(block.lines for page in pieces.listed for column in page.columns for block in column) <= lines


# -------------------------------------------------------------------- guide words and tabs
def names(pieces: ListedPieces) -> list[str]:
    return [page.guide for page in pieces.layout_pages()]


def many(*initials: str) -> dict[str, str]:
    return {f"{each.lower()}{at}": entry_text(f"{each}{at:03} House") for each in initials for at in range(24)}


def test_guide_words_are_the_first_and_the_last_name_of_a_page(tmp_path: Path) -> None:
    told = names(open_listed(tmp_path, many("A", "B"), group="", trim="A5"))
    assert told[0].startswith("A000 House – ")
    assert told[-1].endswith(" – B023 House")
    assert len(told) > 2


def test_a_page_with_one_name_has_one_guide_word(tmp_path: Path) -> None:
    assert names(open_listed(tmp_path, {"quay": entry_text("Quay")})) == ["Quay"]


def test_long_guide_words_are_cut_at_a_word_until_both_have_room(tmp_path: Path) -> None:
    long = "Society for the Preservation of Wooden Landing Stages in and around the Lower Estuary"
    (guide,) = names(open_listed(tmp_path, {"a": entry_text(f"A {long}"), "b": entry_text(f"B {long}")}, trim="A5"))
    first, last = guide.split(" – ")
    assert [first[-2:], last[-2:]] == [" …", " …"]
    assert f"A {long}".startswith(first.removesuffix(" …") + " ")


def test_where_places_group_the_guide_words_are_places(tmp_path: Path) -> None:
    entries = {
        key: entry_text(key.title(), fields=f"place: {place}") for key, place in (("x", "Vennor"), ("y", "Ashwater"))
    }
    assert names(open_listed(tmp_path, entries, form="register", group="by-place")) == ["Ashwater – Vennor"]


def test_tabs_step_down_from_letter_to_letter_and_stay_on_the_page(tmp_path: Path) -> None:
    pieces = open_listed(
        tmp_path, {each: entry_text(f"{each.upper()} House") for each in "abcdefghijklmnopqrstuvwxyz"}, trim="A5"
    )
    tabs = [tab for page in pieces.layout_pages() for tab in page.tabs]
    assert [tab.letter for tab in tabs] == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert all(abs(one.top_mm + one.height_mm - other.top_mm) < 0.01 for one, other in pairwise(tabs))
    assert tabs[-1].top_mm + tabs[-1].height_mm <= pieces.context.grid.text_height_mm + 0.01


def test_a_register_has_no_tabs(tmp_path: Path) -> None:
    assert [page.tabs for page in open_listed(tmp_path, many("A"), form="register").layout_pages()] == [()]


# -------------------------------------------------------------------- rows
@pytest.mark.slow
def test_no_row_goes_on_alone_in_the_next_column() -> None:
    """Of four hundred branches in forty towns."""
    opened = open_written(EDITIONS / "branches")
    pieces = ListedPieces(opened, [piece for piece in opened.composed.plan() if piece.kind in LISTED_KINDS])
    columns = [column for page in pieces.layout_pages() for column in page.columns]
    assert len(columns) > 8
    for column in columns:
        rows = next((at for at, block in enumerate(column) if block.kind == "head"), len(column))
        assert rows != 1, column[0].strips[0].lines[0].text


def test_rows_that_go_on_in_the_next_column_say_below_what(tmp_path: Path) -> None:
    entries = {f"q{at}": entry_text(f"Quay {at}", fields="place: Vennor") for at in range(300)}
    pages = open_listed(tmp_path, entries, form="register", group="by-place").layout_pages()
    tops = [column[0] for page in pages for column in page.columns]
    assert tops[0].kind == "head"
    assert {block.again for block in tops[1:]} == {"Vennor, continued"}
    assert not any(block.again for page in pages for column in page.columns for block in column[1:])


# -------------------------------------------------------------------- what an edit moves
def group(title: str, *keys: str) -> Group:
    entries = tuple(Entry(key=key, name=key, place=Place(file="x.md"), body=()) for key in keys)
    return Group(title=title, initial=title, entries=entries)


def parted(groups: list[Group]) -> list[tuple[str, ...]]:
    return [tuple(entry.key for each in part for entry in each.entries) for part in _parts(groups)]


def test_an_entry_more_moves_nothing_in_other_parts() -> None:
    letters = [group(each, *(f"{each}{at}" for at in range(70))) for each in "ABCDE"]
    before = parted(letters)
    assert len(before) == 5
    more = [*letters[:2], group("C", "C-new", *(f"C{at}" for at in range(70))), *letters[3:]]
    after = parted(more)
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, True, False, True, True]


def test_one_group_of_a_thousand_is_parted_where_its_entries_say_and_not_by_their_number() -> None:
    keys = [f"entry-{at}" for at in range(1000)]
    before, after = parted([group("", *keys)]), parted([group("", keys[0], "new", *keys[1:])])
    assert [key for part in before for key in part] == keys
    assert len(set(before) - set(after)) <= 2


@pytest.mark.slow
def test_pages_of_other_parts_are_planned_the_same(tmp_path: Path) -> None:
    entries = {f"{each.lower()}{at}": entry_text(f"{each}{at:03} House") for each in "ABC" for at in range(64)}
    before: list[ListedPage] = open_listed(tmp_path / "one", entries).listed
    after = open_listed(tmp_path / "two", {**entries, "b7": entry_text("B007 House", LONG)}).listed
    same = [page for page in after if page in before]
    assert [page for page in before if page.groups in (("A",), ("C",))] == [
        page for page in same if page.groups in (("A",), ("C",))
    ]
    assert len(same) < len(after)


# -------------------------------------------------------------------- heads
def test_a_long_title_of_a_group_has_its_lines_above_the_first_entry(tmp_path: Path) -> None:
    """Such an entry is cut so that its first part stands below its head in one column."""
    place = "place: The Upper and the Lower Islands of the Outer Harbour and the Sound, With All That Lies Between"
    pieces = open_listed(tmp_path, {"store": entry_text("Store", LONG, fields=place)}, group="by-place")
    lines = pieces.context.grid.list_lines
    first = pieces.listed[0].columns[0]
    assert [block.kind for block in first] == ["head", "entry"]
    assert first[0].lines > 4
    assert sum(block.lines + block.before for block in first) <= lines + first[0].before
