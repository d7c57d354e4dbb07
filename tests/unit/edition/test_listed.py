"""Where an entry is found, as a listing and a register name it."""

from __future__ import annotations

import pytest

from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.listed import guide_word, listed_contact, listed_place
from directory_pub.edition.model import Entry, Group, Section, SectionForm
from directory_pub.findings import Place

PLACE = Place(file="x.md", line=3)


def entry(*addresses: str, locality: str | None = "Vennor") -> Entry:
    rows = tuple(ContactRow(kind="address", text=each, place=PLACE) for each in addresses)
    return Entry(key="quay", name="Quay", place=PLACE, body=(), contact=rows, locality=locality)


def section(form: SectionForm, *heads: str) -> Section:
    groups = tuple(Group(title=each, initial=each[0], entries=()) for each in heads)
    return Section(key="all", title="ALL", place=PLACE, entries=(), form=form, groups=groups)


def found(one: Entry, where: Section) -> str | None:
    told = listed_place(one, where)
    return told[0] if told else None


@pytest.mark.parametrize(
    ("form", "heads", "addresses", "locality", "told"),
    [
        ("compact", (), ("1 Mole Street, Vennor",), "Vennor", "1 Mole Street, Vennor"),
        ("compact", ("Vennor",), ("1 Mole Street, Vennor",), "Vennor", "1 Mole Street, Vennor"),
        ("compact", (), ("1 Mole Street\nVennor",), "Vennor", "Vennor"),
        ("compact", (), ("1 Mole Street", "2 Quay Street"), None, None),
        ("register", (), ("1 Mole Street, Vennor",), "Vennor", "Vennor"),
        ("register", ("Ashwater", "Vennor"), ("1 Mole Street, Vennor",), "Vennor", None),
        ("register", (), ("1 Mole Street, Vennor",), None, "1 Mole Street, Vennor"),
    ],
)
def test_a_place_is_an_address_in_a_listing_and_a_town_in_a_register(
    form: SectionForm, heads: tuple[str, ...], addresses: tuple[str, ...], locality: str | None, told: str | None
) -> None:
    assert found(entry(*addresses, locality=locality), section(form, *heads)) == told


def test_an_address_below_the_name_is_no_contact_and_two_are() -> None:
    assert listed_contact(entry("1 Mole Street")) == ()
    assert len(listed_contact(entry("1 Mole Street", "2 Quay Street"))) == 2


@pytest.mark.parametrize(
    ("name", "signs", "told"),
    [
        ("Quay", 10, "Quay"),
        ("Quay and Mole", 13, "Quay and Mole"),
        ("Quay and Mole", 12, "Quay and …"),
        ("Quay, Mole", 6, "Quay …"),
        ("Donaudampfschiff", 6, "Donaud …"),
        ("Donau\u00addampf", 20, "Donaudampf"),
    ],
)
def test_a_guide_word_is_cut_at_a_word(name: str, signs: int, told: str) -> None:
    assert guide_word(name, signs) == told
