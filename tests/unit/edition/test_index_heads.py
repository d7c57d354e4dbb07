"""What stands in an index, in which order."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from directory_pub.edition.index_heads import index_heads, untaken_marks
from directory_pub.edition.model import Edition, Index, SeeReference
from directory_pub.edition.programme import Day, Named, Programme, Session
from directory_pub.edition.text import IndexOf
from directory_pub.findings import Place
from small_book import open_small

HERE = Place(file="edition.yaml", line=1)
ENTRIES = {
    "quay": '---\nname: Ångström Quay\nplace: Corvane\ncontact:\n  - person: Ada Brandt, clerk\n---\n\nOn [ships]{index="Boats"}.\n',
    "mole": '---\nname: Mole\nplace: Åby\ncontact:\n  - person: Zoe Brandt Hall\n---\n\n[Rents]{index="Housing!rents"} rise.[^a]\n\n'
    '[^a]: And [beds]{index="Housing!beds"}.\n',
    "pier": '---\nname: Pier\ncontact:\n  - person: Ada Brandt, chair\n---\n\n## Of [boats]{index="Boats" index-of=topics}\n\nText.\n',
}


def edition_of(folder: Path, *of: IndexOf, language: str = "en-GB", see: tuple[SeeReference, ...] = ()) -> Edition:
    edition = open_small(folder, ENTRIES, language=language).edition
    return replace(edition, indexes=tuple(Index(of=each, title=each, place=HERE, see=see) for each in of))


def heads(edition: Edition) -> list[tuple[str, str, list[str]]]:
    rows = index_heads(edition, edition.indexes[0])
    return [(each.head, each.below, [place.anchor for place in each.places]) for each in rows]


def test_persons_stand_by_their_family_names_and_lead_to_their_entries(tmp_path: Path) -> None:
    assert heads(edition_of(tmp_path, "people", "topics")) == [
        ("Brandt, Ada", "", ["quay", "pier"]),
        ("Hall, Zoe Brandt", "", ["mole"]),
    ]


def test_words_are_marked_in_paragraphs_heads_and_notes(tmp_path: Path) -> None:
    assert heads(edition_of(tmp_path, "topics")) == [
        ("Boats", "", ["quay.indexed-1", "pier.indexed-1"]),
        ("Housing", "", []),
        ("Housing", "beds", ["mole.indexed-2"]),
        ("Housing", "rents", ["mole.indexed-1"]),
    ]


@pytest.mark.parametrize(("language", "order"), [("sv", ["Corvane", "Åby"]), ("en-GB", ["Åby", "Corvane"])])
def test_the_language_says_the_order(language: str, order: list[str], tmp_path: Path) -> None:
    edition = edition_of(tmp_path, "places", "topics", language=language)
    assert [head for head, *_ in heads(edition)] == order
    letters = [each.letter for each in index_heads(edition, edition.indexes[0])]
    assert letters == (["C", "Å"] if language == "sv" else ["A", "C"])


def test_a_mark_stands_in_the_index_that_it_names_or_the_topics_or_the_only_one(tmp_path: Path) -> None:
    assert untaken_marks(edition_of(tmp_path, "topics")) == []
    assert [mark.head for mark in untaken_marks(edition_of(tmp_path, "places"))] == ["Boats"]
    without = untaken_marks(edition_of(tmp_path, "places", "people"))
    assert [mark.head for mark in without] == ["Boats", "Housing!rents", "Housing!beds", "Boats"]


def test_references_are_rows_of_their_own_or_stand_with_the_head(tmp_path: Path) -> None:
    see = (
        SeeReference(head="Ships", to="Boats", place=HERE),
        SeeReference(head="Boats", to="Housing", place=HERE, only=False),
    )
    edition = edition_of(tmp_path, "topics", see=see)
    rows = {each.head: each for each in index_heads(edition, edition.indexes[0]) if not each.below}
    assert rows["Ships"].see == ["Boats"]
    assert rows["Boats"].see_also == ["Housing"]
    assert rows["Ships"].places == []


def test_who_speaks_without_an_entry_stands_among_the_people_with_the_session(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, "people", "topics")
    talk = Session(
        title="A",
        place=HERE,
        start=540,
        end=600,
        rooms=("hall",),
        speakers=(Named(name="Ada Brandt", place=HERE), Named(name="Quay", place=HERE, key="quay")),
        chair=Named(name="Luc Ferranteau", place=HERE),
    )
    lunch = replace(talk, kind="break", start=720, end=780, speakers=(), rooms=())
    day = Day(date="2031-06-03", place=HERE, sessions=(talk, lunch))
    told = replace(edition, programme=Programme(title="Programme", place=HERE, days=(day,)))
    anchor = "programme-2031-06-03.540-hall"
    assert heads(told) == [
        ("Brandt, Ada", "", ["quay", "pier", anchor]),
        ("Ferranteau, Luc", "", [anchor, "programme-2031-06-03"]),
        ("Hall, Zoe Brandt", "", ["mole"]),
    ]
    topics = replace(told, indexes=told.indexes[1:])
    assert not [each for each in heads(topics) if anchor in each[2]]
