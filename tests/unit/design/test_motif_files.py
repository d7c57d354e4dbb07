"""Motifs of a theme's own: what is drawn of a file, and what is said of one that is no motif."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.artwork import MOTIFS, Palette, choose_motifs, draw_tailpiece, draw_tile
from directory_pub.design.motif_files import read_motifs
from directory_pub.edition.theme import Theme

PALETTE = Palette(ink="#000001", navy="#000002", navy_2="#000003", navy_3="#000004", blue="#000005", mist="#000006",
                  haze="#000007", pale="#000008", orange="#000009", paper="#00000A")  # fmt: skip
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'


def theme(folder: Path, **files: str) -> Theme:
    (folder / "styles" / "motifs").mkdir(parents=True)
    for name, text in files.items():
        (folder / "styles" / "motifs" / f"{name.replace('_', '-')}.svg").write_text(text, "utf-8")
    return Theme.of(folder)


def test_each_fill_is_a_tone_and_the_book_s_inks_take_its_place(tmp_path: Path) -> None:
    tower = (
        f'{HEAD}<title>x</title><g fill="#12355b"><rect x="10" y="20" width="30" height="40"/></g>'
        '<path style="fill:#5F86AC" d="M1 2L3 4z"/><circle cx="50" cy="50" r="9" fill="#FD9D24"/></svg>'
    )
    drawings, findings = read_motifs(theme(tmp_path, water_tower=tower))
    assert findings == []
    assert [tone for tone, _ in drawings["water-tower"]] == ["ground", "strong", "middle", "accent"]
    motif = choose_motifs([("a", "water-tower")], drawings)["a"]
    svg = draw_tile(motif, PALETTE, 45, 45)
    assert '<path fill="#000002" d="M10 20h30v40h-30z"/>' in svg
    assert '<path fill="#000005" d="M1 2L3 4z"/>' in svg
    assert "#12355" not in svg


def test_a_motif_of_ones_own_takes_the_place_of_the_built_in_of_its_name(tmp_path: Path) -> None:
    drawings, _ = read_motifs(theme(tmp_path, rotunda=f'{HEAD}<rect width="50" height="50" fill="#12355B"/></svg>'))
    own = choose_motifs([("a", "rotunda")], drawings)["a"]
    assert draw_tile(own, PALETTE, 45, 45) != draw_tile(choose_motifs([("a", "rotunda")])["a"], PALETTE, 45, 45)
    assert len(choose_motifs([(str(n), None) for n in range(len(MOTIFS))], drawings)) == len(MOTIFS)


def test_a_motif_of_ones_own_stands_among_neighbours(tmp_path: Path) -> None:
    drawings, _ = read_motifs(theme(tmp_path, tower=f'{HEAD}<rect width="50" height="50" fill="#12355B"/></svg>'))
    motifs = choose_motifs([("a", "tower"), ("b", None)], drawings)
    assert "<svg" in draw_tailpiece(motifs["a"], PALETTE, 114, 92, [motifs["b"]])


@pytest.mark.parametrize(("body", "says"), [
    ('<rect width="9" height="9" fill="#FFCC00"/>', "'#FFCC00'"),
    ('<rect width="9" height="9"/>', "no fill"),
    ('<path d="M0 0L9 9z" fill="#12355B" stroke="#12355B"/>', "stroke"),
    ('<g transform="scale(2)"><rect width="9" height="9" fill="#12355B"/></g>', "transform"),
    ('<text fill="#12355B">A</text>', "<text>"),
    ('<image href="x.png" fill="#12355B"/>', "<image>"),
    ('<rect width="nine" height="9" fill="#12355B"/>', "<rect>"),
    ('<path d="url(x)" fill="#12355B"/>', "<path>"),
])  # fmt: skip
def test_what_is_no_motif_is_a_finding_at_its_line(tmp_path: Path, body: str, says: str) -> None:
    drawings, findings = read_motifs(theme(tmp_path, tower=f"{HEAD}\n{body}\n</svg>"))
    assert [(each.code, each.place.line) for each in findings] == [("motif-unreadable", 2)]
    assert says in findings[0].message
    assert set(drawings) == {"tower"}  # its name is known all the same


@pytest.mark.parametrize("svg", ["", "<svg", '<svg viewBox="0 0 50 50"/>', "<html/>", '<svg viewBox="a b c d"/>'])
def test_what_is_no_square_drawing_is_a_finding(tmp_path: Path, svg: str) -> None:
    _, findings = read_motifs(theme(tmp_path, tower=svg))
    assert [each.code for each in findings] == ["motif-unreadable"]
