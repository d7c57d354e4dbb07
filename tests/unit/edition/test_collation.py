"""Names in the order that a reader of the language looks them up in, and the letters that they are found under."""

from __future__ import annotations

import itertools
import random

import pytest

from directory_pub.edition.collation import SIGNS, Collation


def in_order(language: str, names: list[str], articles: tuple[str, ...] = ()) -> list[str]:
    mixed = names.copy()
    random.Random(2031).shuffle(mixed)
    return sorted(mixed, key=Collation.of(language, articles).key)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Amber", "Beacon", "Éire", "Emden", "Zeal"]),
        ("de", ["Ofen", "Öl", "Olten", "Ozon", "Straße", "Strasser", "Zürich"]),  # ö is an o
        ("de-CH", ["Ofen", "Öl", "Olten"]),
        ("de-u-co-phonebk", ["Oder", "Öl", "Ofen"]),  # ö is an oe, as in telephone books
        ("da", ["Ask", "Zebra", "Æbler", "Øst", "Ålborg", "Aarhus"]),  # aa is an å, which is the last letter
        ("sv", ["Zebra", "Åre", "Älv", "Öland"]),
        ("es", ["Nadal", "Nuria", "Ñandú", "Oca"]),
        ("cs", ["Cvikov", "Čáslav", "Děčín", "Hora", "Cheb", "Ivan"]),  # ch comes behind h
        ("tr", ["Hatay", "Iğdır", "İzmir", "Jale"]),  # the i without a dot comes first
        ("hu", ["Cukor", "Csokonai", "Dorog"]),
        ("pl", ["Lublin", "Luzino", "Łódź", "Malbork"]),
        ("el", ["Άργος", "Βόλος", "Ψαρά"]),
        ("ru", ["Ёлкино", "Ельск", "Енисей", "Жуков"]),
        ("xx", ["Amber", "Öl", "Zeal"]),
    ],
)
def test_names_are_in_the_order_of_their_language(language: str, names: list[str]) -> None:
    assert in_order(language, names) == names


def test_figures_count_by_their_value_and_words_before_letters() -> None:
    names = ["3 Harbours", "12 Harbours", "New York", "Newark", "Sector 9", "Sector 10"]
    assert in_order("en", names) == names


def test_signs_and_articles_at_the_beginning_do_not_count() -> None:
    names = ["Amber", "The Beacon", "“Cove” Club", "L’Dune", "THE Estuary", "The"]
    assert in_order("en", names, ("The", "L'")) == names
    assert in_order("en", ["Amber", "Beacon", "The Cove", "Theme"]) == ["Amber", "Beacon", "The Cove", "Theme"]


def test_names_that_differ_in_nothing_that_is_looked_up_have_one_place_each() -> None:
    collation = Collation.of("en", ("The",))
    assert collation.key("Beacon") != collation.key("The Beacon")
    assert collation.letters_key("Beacon") == collation.letters_key("The béacon")
    assert collation.key("A" * 5000) < collation.key("A" * 5000 + "B")


@pytest.mark.parametrize(
    ("language", "letters"),
    [
        (
            "en",
            {"Éire": "E", "The Port": "P", "L’Aquila": "A", "3 Towns": SIGNS, "“Open”": "O", "…": SIGNS, "Øst": "O"},
        ),
        ("de", {"Ärzte": "A", "ßa": "S", "Zürich": "Z"}),
        ("da", {"Aarhus": "Å", "Ålborg": "Å", "Ælt": "Æ", "Østre": "Ø"}),
        ("cs", {"Cheb": "Ch", "Čáslav": "Č", "Ústí": "U"}),
        ("es", {"ñandú": "Ñ", "Ávila": "A"}),
        ("tr", {"ılgın": "I", "istanbul": "İ", "Çorum": "Ç"}),
        ("ru", {"Ёлка": "Е", "Йод": "Й", "Zebra": "Z"}),
        ("en-GB", {"Любляна": "Л", "Ψυχή": "Ψ", "Άργος": "Α", "Йод": "Й"}),  # another alphabet's stand for themselves
    ],
)
def test_a_name_is_found_under_the_letter_that_its_language_has_for_it(language: str, letters: dict[str, str]) -> None:
    collation = Collation.of(language, ("The", "L'"))
    assert {name: collation.initial(name) for name in letters} == letters


@pytest.mark.parametrize("language", ["en", "da", "cs", "hu", "tr", "ru", "el"])
def test_what_is_in_order_is_in_the_order_of_its_letters(language: str) -> None:
    names = [
        "Aarhus",
        "Ábo",
        "Cheb",
        "Čas",
        "Ělk",
        "Iğdır",
        "İzmir",
        "Ljubljana",
        "Öl",
        "Øst",
        "Þor",
        "Żuk",
        "Ёлка",
        "Йод",
        "Ψυχή",
        "3x",
        "zoo",
        "aa",
    ]
    collation = Collation.of(language)
    letters = [collation.initial(name) for name in sorted(names, key=collation.key)]
    assert len(list(dict.fromkeys(letters))) == 1 + sum(a != b for a, b in itertools.pairwise(letters))
