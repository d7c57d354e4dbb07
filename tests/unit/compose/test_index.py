"""The pages of an index: folios, ranges, columns, what goes on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import pytest

from directory_pub.compose.index import IndexMeasures, IndexPage, IndexRow, index_pages
from directory_pub.edition.index_heads import IndexHead, IndexPlace
from directory_pub.edition.model import Index
from directory_pub.edition.own_words import ENGLISH
from directory_pub.edition.text import Run
from directory_pub.findings import Place

HERE = Place(file="edition.yaml", line=1)
INDEX = Index(of="topics", title="Topics", place=HERE)


class SmallGrid:
    """Two columns of twenty lines."""

    list_lines, row_columns = 20, 2


def measures() -> IndexMeasures:
    return IndexMeasures(
        grid=SmallGrid(),  # type: ignore[arg-type] # all that is asked of one
        lines_of=lambda runs, kind: 1,
        guide_of=lambda first, last: f"{first} – {last}",
        title_lines=1,
    )


def head(name: str, below: str = "", *anchors: str, main: Sequence[str] = ()) -> IndexHead:
    places = [IndexPlace(each, HERE, each in main) for each in anchors]
    return IndexHead(name, HERE, below, below or name, name[0].upper(), places)


def pages(heads: Sequence[IndexHead], folios: dict[str, int]) -> list[IndexPage]:
    return index_pages(INDEX, heads, folios, ENGLISH, measures())


def text(row: IndexRow) -> str:
    return "".join(f"*{run.text}*" if run.bold else run.text for run in row.runs).replace("\u00a0\u00a0", "  ")


def rows_of(some: Sequence[IndexPage]) -> list[IndexRow]:
    return [row for page in some for row in chain.from_iterable(page.columns)]


@pytest.mark.parametrize(
    ("folios", "main", "told"),
    [
        ([4], [], "4"),
        ([4, 4, 9], [], "4, 9"),
        ([9, 4, 5], [], "4, 5, 9"),
        ([4, 5, 6, 9], [], "4–6, 9"),
        ([4, 5, 6], [5], "4, *5*, 6"),
        ([4, 5, 6, 7, 8], [8], "4–7, *8*"),
        ([4, 9], [4, 9], "4, 9"),
    ],
)
def test_folios_stand_once_and_in_order_as_ranges_from_three_on(folios: list[int], main: list[int], told: str) -> None:
    anchors = {f"a{number}": folio for number, folio in enumerate(folios)}
    at_home = [name for name, folio in anchors.items() if folio in main]
    (page,) = pages([head("Boats", "", *anchors, main=at_home)], anchors)
    assert [text(row) for row in rows_of([page])] == ["B", f"Boats  {told}"]


def test_a_folio_links_to_its_own_anchor() -> None:
    anchors = {"one": 4, "two": 9}
    (page,) = pages([head("Boats", "", "one", "two")], anchors)
    links = {run.text: run.href for run in rows_of([page])[1].runs if run.href}
    assert links == {"4": "#one", "9": "#two"}


def names(count: int) -> list[IndexHead]:
    return [head(f"{letter}{number:02}", "", "x") for letter in "ABCDEFGH" for number in range(count // 8)]


def test_every_head_stands_once_and_in_order_whatever_the_pages() -> None:
    heads = names(160)
    made = pages(heads, {"x": 3})
    assert len(made) > 3
    assert [row.runs[0].text for row in rows_of(made) if row.kind == "head"] == [each.head for each in heads]
    assert [at for page in made for at in page.rows] == list(range(len(heads)))
    assert [page.opens for page in made] == [True, *(False for _ in made[1:])]
    for page in made:
        for column in page.columns:
            assert column[-1].kind != "letter"
            room = SmallGrid.list_lines - (page.head if page.opens else 0)
            assert len(column) + sum(row.kind == "letter" for row in column[1:]) <= room


@pytest.mark.parametrize("each", [2, 3, 5, 9])
def test_a_letters_last_row_goes_on_alone_in_no_column_of_a_page(each: int) -> None:
    """But where the page is full to the last line or two."""
    seen = 0
    for count in range(10, 30):
        heads = [head(f"{chr(ord('A') + at // each)}{at:02}", "", "x") for at in range(count)]
        for page in pages(heads, {"x": 3}):
            taken = sum(len(column) + sum(row.kind == "letter" for row in column[1:]) for column in page.columns)
            if taken > 2 * (SmallGrid.list_lines - (page.head if page.opens else 0)) - 3:
                continue
            for column in page.columns[1:]:
                kinds = [row.kind for row in column]
                assert kinds[0] == "letter" or "letter" not in kinds[1:2], (count, [text(row) for row in column])
                seen += 1
    assert seen > 3


def test_a_column_that_begins_below_a_head_repeats_it() -> None:
    heads = [head("Housing"), *(head("Housing", f"kind {number:02}", "x") for number in range(30))]
    made = pages(heads, {"x": 3})
    columns = [column for page in made for column in page.columns]
    assert [text(row) for row in columns[0][:3]] == ["H", "Housing", "kind 00  3"]
    assert all([text(row) for row in column[:2]] == ["H", "Housing (continued)"] for column in columns[1:])
    assert [column[0].goes_on for column in columns] == [False, *[True] * (len(columns) - 1)]


def test_a_name_that_comes_in_changes_few_pages() -> None:
    heads = names(800)
    before = pages(heads, {"x": 3})
    after = pages([*heads[:5], head("A04x", "", "x"), *heads[5:]], {"x": 3})
    known = {repr(page.columns) for page in before}
    assert len(after) > 10
    assert sum(repr(page.columns) not in known for page in after) <= 4


def test_what_a_reader_is_sent_to_is_a_link_to_its_row() -> None:
    ships = head("Ships")
    ships.see.append("Boats")
    boats = head("Boats", "", "x")
    boats.see_also.append("Nowhere")
    rows = rows_of(pages([boats, ships], {"x": 3}))
    told = {text(row): row for row in rows}
    assert list(told) == ["B", "Boats  3", "see also Nowhere", "S", "Ships  see Boats"]
    assert told["Ships  see Boats"].runs[-1].href == f"#{told['Boats  3'].key}"
    assert told["see also Nowhere"].runs[-1] == Run(text="Nowhere", line=0)
