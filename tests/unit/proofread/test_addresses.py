"""Links whose addresses paper does not show: told once an entry, and by what the edition says."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from directory_pub.edition.model import Edition
from directory_pub.edition.text import Heading
from directory_pub.proofread.addresses import proofread_addresses
from unit.hand_made import edition, entry, paragraph, run


def book(count: int) -> Edition:
    links = [run(f"one{n}", href=f"https://example.org/{n}", line=n) for n in range(4, 4 + count)]
    return edition(entry("quay", paragraph(*links)), entry("mole", paragraph("Nothing.")))


def test_an_entry_is_told_of_once_and_three_links_are_named() -> None:
    (finding,) = proofread_addresses(book(5))
    assert (finding.code, finding.severity.value) == ("address-unprinted", "note")
    assert str(finding.place).startswith("content/x/entries/quay.md:4")
    assert finding.message == (
        "5 links lead to addresses that paper does not show: “one4” to example.org/4, “one5” to example.org/5,"
        " “one6” to example.org/6 and 2 more."
    )


@pytest.mark.parametrize("links", ["print", "note", "silent"])
def test_where_the_edition_has_decided_nothing_is_told(links: str) -> None:
    assert list(proofread_addresses(replace(book(2), links=links))) == []


def test_what_no_decision_prints_is_told_unless_nobody_is_to_hear_of_it() -> None:
    heading = Heading(runs=(run("Reports", href="https://example.org/r", line=8),), line=8)
    text = edition(entry("quay", heading, paragraph("Words.")))
    (finding,) = proofread_addresses(replace(text, links="print"))
    assert finding.remedy.startswith("In a heading none is printed")
    assert list(proofread_addresses(replace(text, links="silent"))) == []


def test_a_register_prints_no_text_and_a_dead_link_is_told_of_elsewhere() -> None:
    text = book(1)
    register = replace(text, sections=(replace(text.sections[0], form="register"),))
    assert list(proofread_addresses(register)) == []
    dead = edition(entry("quay", paragraph(run("it", href="https://example", line=4))))
    assert list(proofread_addresses(dead)) == []
