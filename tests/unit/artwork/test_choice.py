"""Which motif heads which entry."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise

import pytest

from directory_pub.artwork import MOTIFS, Motif, choose_motifs

PROMISED = {
    "amphitheatre", "courtyards", "avenue", "skyline", "rotunda", "quays", "crossing", "terraces",
    "parks", "windows", "roofs", "arches", "halls", "square", "opera", "steps",
}  # fmt: skip


def undecided(count: int) -> list[tuple[str, str | None]]:
    return [(f"network-{number}", None) for number in range(count)]


def test_the_names_that_content_may_choose_exist() -> None:
    assert set(MOTIFS) >= PROMISED
    assert len(MOTIFS) >= 22


def test_a_chosen_name_is_kept() -> None:
    motifs = choose_motifs([("a", None), ("b", "opera"), ("c", None)])
    assert motifs["b"] == Motif(name="opera")
    assert "opera" not in {motifs["a"].name, motifs["c"].name}


def test_no_name_comes_twice_while_one_is_left() -> None:
    motifs = choose_motifs([*undecided(len(MOTIFS) - 1), ("last", "steps")])
    assert len({motif.name for motif in motifs.values()}) == len(MOTIFS)


@pytest.mark.parametrize("count", [40, 60, 120])
def test_a_name_used_again_wears_another_dress_or_turn(count: int) -> None:
    motifs = list(choose_motifs(undecided(min(count, 2 * len(MOTIFS)))).values())
    assert len(set(motifs)) == len(motifs)


@pytest.mark.parametrize("count", [2, 29, 60, 120])
def test_neighbours_never_share_a_motif(count: int) -> None:
    names = [motif.name for motif in choose_motifs(undecided(count)).values()]
    assert all(one != next_one for one, next_one in pairwise(names))


def test_an_undecided_entry_does_not_take_the_name_its_neighbour_chose() -> None:
    crowded: list[tuple[str, str | None]] = undecided(len(MOTIFS))
    motifs = choose_motifs([*crowded, ("x", None), ("y", "square")])
    assert motifs["x"].name != "square"


@pytest.mark.parametrize("count", [5, 27, 28, 45])
def test_an_entry_added_at_the_end_moves_no_other(count: int) -> None:
    before = choose_motifs(undecided(count))
    after = choose_motifs([*undecided(count), ("new", None)])
    assert {key: after[key] for key in before} == before


def test_the_draw_is_the_same_in_every_run() -> None:
    draw = "from directory_pub.artwork import choose_motifs;print(choose_motifs([(key, None) for key in 'abcdefgh']))"
    path = os.pathsep.join(entry for entry in sys.path if entry)
    runs = {
        subprocess.run(
            [sys.executable, "-c", draw],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_an_unknown_name_is_refused_and_the_names_are_listed() -> None:
    with pytest.raises(ValueError, match=r"'castle'.*courtyards"):
        choose_motifs([("a", "castle")])


def test_a_key_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'a'"):
        choose_motifs([("a", None), ("b", None), ("a", None)])
