"""A name is proposed where one is near, and none where none is."""

from __future__ import annotations

import unicodedata

import pytest

from directory_pub.edition.spelling import did_you_mean, near_name

KEYS = ["name", "subtitle", "mark", "contact", "photo", "web", "phone", "languages"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("naem", "name"), ("Name", "name"), ("langages", "languages"), ("webb", "web"), ("contacts", "contact")],
)
def test_a_slip_of_the_finger_is_told_what_was_meant(word: str, meant: str) -> None:
    assert near_name(word, KEYS) == meant


@pytest.mark.parametrize("word", ["country", "x", "", "tel", "address"])
def test_another_word_is_told_of_no_name(word: str) -> None:
    assert near_name(word, KEYS) is None
    assert did_you_mean(word, KEYS, "Known here: all.") == "Known here: all."


def test_two_names_are_not_near_because_their_files_end_alike() -> None:
    assert near_name("a.jpg", ["b.jpg", "c.jpg"]) is None
    assert near_name("quay.jpeg", ["quay.jpg", "mole.jpg"]) == "quay.jpg"


def test_a_letter_and_its_accent_may_be_written_in_two_ways() -> None:
    composed = "Porträt.jpg"
    assert near_name(unicodedata.normalize("NFD", composed), [composed]) == composed
