"""The arithmetic of a booklet, proved with a pair of scissors: sheets are folded and leafed through."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from directory_pub.impose.scheme import Side, fill_up, saddle


def fold(sides: Sequence[Side], *, right_to_left: bool = False) -> list[int | None]:
    """Fold the sheets, one in the other, and read the booklet leaf by leaf.

    A sheet turned over at its short edge has its back's left half behind its front's right.
    """
    fronts = {side.sheet: side for side in sides if side.face == "front"}
    backs = {side.sheet: side for side in sides if side.face == "back"}
    into, out_of = [], []
    for sheet in sorted(fronts):
        front, back = fronts[sheet], backs[sheet]
        right_leaf, left_leaf = (front.right, back.left), (back.right, front.left)
        if right_to_left:  # the leaf that opens the book is the left one
            into.append((front.left, back.right))
            out_of.append((back.left, front.right))
        else:
            into.append(right_leaf)
            out_of.append(left_leaf)
    leaves = [*into, *reversed(out_of)]
    return [page for leaf in leaves for page in leaf]


@pytest.mark.parametrize("right_to_left", [False, True])
@pytest.mark.parametrize("count", range(1, 65))
def test_a_folded_booklet_reads_in_order(count: int, right_to_left: bool) -> None:
    read = fold(saddle(count, right_to_left=right_to_left), right_to_left=right_to_left)
    assert [page for page in read if page is not None] == list(range(count))
    assert read == fill_up(count)


def test_the_36_pages_of_the_edition_read_from_1_to_36() -> None:
    assert fold(saddle(36)) == list(range(36))


@pytest.mark.parametrize(("count", "blanks"), [(4, 0), (5, 3), (6, 2), (7, 1), (8, 0)])
def test_blanks_come_before_the_last_page_which_stays_the_back_cover(count: int, blanks: int) -> None:
    filled = fill_up(count)
    assert (len(filled) % 4, filled.count(None), filled[-1]) == (0, blanks, count - 1)
    assert filled[: count - 1] == list(range(count - 1))


def test_a_single_page_is_the_front() -> None:
    assert fill_up(1) == [0, None, None, None]


def test_labels_name_the_sheet_its_face_and_its_pages() -> None:
    assert [side.label for side in saddle(36)[:3]] == ["1 front: 36 | 1", "1 back: 2 | 35", "2 front: 34 | 3"]
    assert saddle(36, right_to_left=True)[0].label == "1 front: 1 | 36"
    assert saddle(3)[1].label == "1 back: 2 | blank"


def test_creep_grows_in_equal_steps_from_nothing_outside_to_all_of_it_inside() -> None:
    creep = [side.creep_mm for side in saddle(20, creep_mm=2) if side.face == "front"]
    assert creep == pytest.approx([0, 0.5, 1, 1.5, 2])
    assert [side.creep_mm for side in saddle(4, creep_mm=2)] == [0, 0]
