"""The persons of contact rows, as people type them."""

from __future__ import annotations

import pytest

from directory_pub.edition.person_names import family_first, persons_in


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("Ada Brandt", ["Ada Brandt"]),
        ("Ada Brandt, harbour master", ["Ada Brandt"]),
        ("Ada Brandt (harbour master)", ["Ada Brandt"]),
        ("Harbour master: Ada Brandt at ada@example.org", ["Ada Brandt"]),
        ("Harbour master Ada Brandt", ["Ada Brandt"]),
        ("CEO Bram Meerman: +32498111594", ["Bram Meerman"]),
        ("Co-chairs: Ellen Wood and Dr Joy Masuda", ["Ellen Wood", "Joy Masuda"]),
        ("Coordinator: Manuel Rosas Vázquez", ["Manuel Rosas Vázquez"]),
        ("Secretary General: Octavi de la Varga", ["Octavi de la Varga"]),
        ("Ada Brandt, chair\nBram Meer, clerk", ["Ada Brandt", "Bram Meer"]),
        ("Ada Brandt / Bram Meer", ["Ada Brandt", "Bram Meer"]),
        ("Prof. Dr. Ada Brandt – harbour", ["Ada Brandt"]),
        ("Madonna", ["Madonna"]),
        ("the whole of the board", []),
        ("office@example.org", []),
        ("+41 22 910 45 06", []),
    ],
)
def test_a_row_names_its_persons(row: str, names: list[str]) -> None:
    assert persons_in(row) == names


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Ada Brandt", "Brandt, Ada"),
        ("Manuel Rosas Vázquez", "Vázquez, Manuel Rosas"),
        ("Octavi de la Varga", "Varga, Octavi de la"),
        ("Ann Van Dyke", "Van Dyke, Ann"),
        ("Bo De La Mare", "De La Mare, Bo"),
        ("Octavi de\u00a0la\u00a0Varga", "de\u00a0la\u00a0Varga, Octavi"),
        ("Madonna", "Madonna"),
        ("Brandt, Ada", "Brandt, Ada"),
    ],
)
def test_a_family_name_comes_first(name: str, head: str) -> None:
    assert family_first(name) == head
