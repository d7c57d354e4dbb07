"""Every object of a book has a number of its own, however its links fall on its pages."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from directory_pub.bind import Leaf, PieceObjects
from directory_pub.bind.numbering import Numbering
from directory_pub.bind.piece_objects import PageObjects, Stored
from directory_pub.bind.survey import Survey

LINK = Stored(b"<< >>")


def piece(links: Sequence[int]) -> PieceObjects:
    """A piece that has so many links on each of its pages, a node of the page tree and nothing else."""
    pages = [PageObjects(count, ()) for count in links]
    return PieceObjects(
        pages=pages, loose=[Stored(b"<< >>")] * 2 * len(pages), links=[LINK] * sum(links), tree=[Stored(b"<< >>")]
    )


def numbered(pieces: Sequence[Sequence[int]]) -> tuple[Survey, Numbering]:
    leaves, at = [], 0
    for number, links in enumerate(pieces):
        made = piece(links)
        leaves.append(Leaf("entry", f"piece-{number}", at, lambda made=made: made))  # type: ignore[misc] # a default keeps this one
        at += len(links)
    survey = Survey(leaves, [])
    return survey, Numbering(survey)


def assert_numbered(pieces: Sequence[Sequence[int]]) -> None:
    survey, numbers = numbered(pieces)
    own = [number for surveyed in survey.pieces for number in surveyed.numbers]
    assert sorted([*own, *numbers.of.values()]) == list(range(1, numbers.size))
    packed = [each for chunk, _ in numbers.chunks for each in chunk]
    assert packed == [(n, i) for n, links in enumerate(pieces) for i, count in enumerate(links) if count]
    assert [len(members) for _, members in numbers.chunks] == [
        sum(pieces[n][i] for n, i in chunk) for chunk, _ in numbers.chunks
    ]


@pytest.mark.parametrize(
    "pieces",
    [
        [[0]],
        [[3]],
        [[0], [1]],
        [[0], [1], [70]],
        [[0], [70, 70]],
        [[0], [70, 70], [70]],
        [[0], [27] * 8, [27] * 8, [26]],
        [[5], [27] * 9],
        [[0, 40, 40, 40, 40, 40]],
        [[0], *[[0, 64]] * 7],
    ],
    ids=str,
)
def test_every_link_has_its_number_and_its_stream(pieces: list[list[int]]) -> None:
    assert_numbered(pieces)


@pytest.mark.parametrize("seed", range(60))
def test_links_in_any_distribution_have_their_numbers(seed: int) -> None:
    draw = random.Random(seed)
    most = draw.choice((2, 30, 90))
    assert_numbered([[draw.randint(0, most) for _ in range(draw.randint(1, 6))] for _ in range(draw.randint(1, 9))])
