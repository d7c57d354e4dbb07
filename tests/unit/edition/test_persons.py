"""The name that a person is put in order by, and what stands in the place of a portrait."""

from __future__ import annotations

import pytest

from directory_pub.edition.model import Entry
from directory_pub.edition.persons import family_name, initials, name_in_order
from directory_pub.findings import Place


def person(name: str, sort: str | None = None) -> Entry:
    return Entry(key="x", name=name, place=Place(file="x.md"), body=(), sort=sort)


@pytest.mark.parametrize(
    ("name", "in_order", "letters"),
    [
        ("Ada Brandt", "Brandt, Ada", "AB"),
        ("Zoë", "Zoë", "Z"),
        ("Prof. Dr. Sofie Drachmeyer", "Drachmeyer, Sofie", "SD"),
        ("Luc Ferranteau, PhD", "Ferranteau, Luc", "LF"),
        ("Luc Ferranteau, M.A., FRIBA", "Ferranteau, Luc", "LF"),
        ("Octavi de la Varga", "Varga, Octavi de la", "OV"),
        ("Sunniva Van Torvalby", "Van Torvalby, Sunniva", "SV"),
        ("Ines Caldeirão-Pim", "Caldeirão-Pim, Ines", "IC"),
        ("Müller, Anna", "Müller, Anna", "AM"),
        ("Jean-Luc\nFerranteau", "Ferranteau, Jean-Luc", "JF"),
        ("[Łucja]{lang=pl} Nowak", "Nowak, Łucja", "ŁN"),
        ("Dr.", "Dr.", "D"),
        ("“Ace” Brandt", "Brandt, “Ace”", "AB"),
        ("山田 太郎", "太郎, 山田", "山太"),
    ],
)
def test_the_familys_name_comes_first(name: str, in_order: str, letters: str) -> None:
    entry = person(name)
    assert (name_in_order(entry), initials(entry)) == (in_order, letters)
    assert family_name(entry) == in_order.partition(",")[0]


def test_what_the_editor_says_goes_before_what_a_name_looks_like() -> None:
    entry = person("Nagy István", "Nagy, István")
    assert (name_in_order(entry), family_name(entry), initials(entry)) == ("Nagy, István", "Nagy", "IN")
