"""The census of listings: each fault of a layout that is sown is found, and nothing else is told of."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from listed_pieces import ListedPieces, entry_text, open_listed

FIELDS = "fields:\n  hours: {label: Hours}\n  fee: {label: Fee}\n"
LONG = "\n\n".join(f"In year {at} the store kept what ships had left behind, and wrote it down." for at in range(60))


def contacts(number: int) -> tuple[str, str]:
    return f"phone: +44 20 7946 0{number}", f"mail: desk{number}@example.org"


ENTRIES = {
    "anchor": entry_text("Anchor", "It holds ships. It is heavy.", *contacts(123), fields="hours: 9–17\nfee: free\nplace: Vennor"),
    "bell": entry_text("Bell", "It rings.\n\n> Listen.\n>\n> — **ADA BRANDT,** KEEPER", *contacts(456), fields="hours: noon\nplace: Vennor"),
    "capstan": entry_text("Capstan", "- one\n- two\n\nRope\n: Long.", *contacts(789), fields="level: boxed\nplace: Ashwater"),
    "dock": entry_text("Dock", "Le bassin est vide.", fields="language: fr\nlevel: extended\nplace: Ashwater"),
}  # fmt: skip


@pytest.fixture(scope="module")
def listing(tmp_path_factory: pytest.TempPathFactory) -> ListedPieces:
    return open_listed(tmp_path_factory.mktemp("listing"), ENTRIES, more=FIELDS)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> ListedPieces:
    return open_listed(tmp_path_factory.mktemp("register"), ENTRIES, more=FIELDS, form="register", group="by-place")


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> ListedPieces:
    """An entry that goes on in the next column, and one behind it, in two columns."""
    entries = {"store": entry_text("Store", LONG, *contacts(123)), "zoo": entry_text("Zoo", "Beasts.", *contacts(456))}
    return open_listed(tmp_path_factory.mktemp("parted"), entries)


@pytest.fixture(scope="module")
def overleaf(tmp_path_factory: pytest.TempPathFactory) -> ListedPieces:
    """An entry that goes on overleaf in a small book, whose contacts stand beside the text."""
    entries = {"store": entry_text("Store", LONG, *contacts(123)), "zoo": entry_text("Zoo", "Beasts.", *contacts(456))}
    return open_listed(tmp_path_factory.mktemp("overleaf"), entries, trim="A5")


Change = Callable[[str], str]


def without(pattern: str) -> Change:
    return lambda html: re.sub(pattern, "", html, count=1, flags=re.DOTALL)


def put(old: str, new: str) -> Change:
    return lambda html: html.replace(old, new, 1)


def twice(html: str) -> str:
    """The first entry's text a second time, below it."""
    text = re.search(r'<p class="text">.*?</p>', html, re.DOTALL)
    assert text
    return html.replace(text[0], text[0] * 2, 1)


def swapped(html: str) -> str:
    """The contacts of the first entry with the second, and the other way about."""
    first, second = re.findall(r'<address class="contact">.*?</address>', html, re.DOTALL)[:2]
    return html.replace(first, "@@").replace(second, first).replace("@@", second)


@pytest.mark.quick("listing", "register")
# -------------------------------------------------------------------- nothing cries wolf
@pytest.mark.parametrize("book", ["listing", "register", "parted", "overleaf"])
def test_pages_as_they_should_be_have_no_finding(book: str, request: pytest.FixtureRequest) -> None:
    pieces: ListedPieces = request.getfixturevalue(book)
    assert [finding for at in range(len(pieces.plan)) for finding in pieces.count(at)] == []


# -------------------------------------------------------------------- faults
FAULTS: dict[str, tuple[Change, str, str]] = {
    "a field is dropped": (without(r"<dl.*?</dl>"), "words-lost", "Hours"),
    "a contact is dropped": (without(r'<span class="row mail">.*?</span></span>'), "words-lost", "desk123@example.org"),
    "a name is dropped": (without(r'<h2 aria-level="2" class="small">.*?</h2>'), "words-lost", "Anchor"),
    "an entry is dropped": (without(r'<article class="listed plain" id="bell".*?</article>'), "words-lost", "Bell"),
    "a text stands twice": (twice, "words-doubled", "holds"),
    "contacts stand with another entry": (swapped, "words-", ""),
    "a wrong guide word": (put('data-guide="Anchor – ', 'data-guide="Bell – '), "folio-wrong", "Bell – Dock"),
    "no guide words": (put('data-guide="Anchor – Dock"', 'data-guide=""'), "folio-wrong", "TOWNS"),
    "a wrong tab": (put(">B</div>", ">X</div>"), "words-unknown", "A X C D"),
    "a tab is dropped": (without(r'<div style="[^"]*line-height[^"]*">C</div>'), "words-unknown", "A B D"),
    "a letter's head is dropped": (without(r'<h2 class="plot".*?</h2>'), "words-lost", "A"),
    "lines touch": (put('<p class="text">', '<p class="text" style="margin-top: -1.6mm">'), "words-overset", "touch"),
    "words in the margin": (put('<p class="text">', '<p class="text" style="margin-left: -60mm">'), "words-", ""),
    "an icon is another": (put('class="row phone"', 'class="row mail"'), "icon-wrong", "+44 20 7946 0123"),
    "a strange word": (put("It rings.", "It rings. Advertisement."), "words-unknown", "Advertisement"),
    "the mark of a quote is dropped": (put(' data-mark="“"', ""), "words-lost", "“"),
}  # fmt: skip


@pytest.mark.quick("a field*", "a name*", "a wrong*", "an icon*", "lines touch")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_listing_is_found(fault: str, listing: ListedPieces) -> None:
    change, code, told = FAULTS[fault]
    found = listing.count(0, change)
    assert found, fault
    assert found[0].code.startswith(code)
    assert told in found[0].message


ROWS: dict[str, tuple[Change, str, str]] = {
    "a row is dropped": (without(r'<p class="list-row" id="bell">.*?</p>'), "words-lost", "Bell"),
    "a telephone is dropped": (without(r'<a href="tel:[^>]*>.*?</a>'), "words-lost", "+44"),
    "a head is dropped": (without(r'<h2 class="row-head".*?</h2>'), "words-lost", "Ashwater"),
    "a wrong guide word": (put('data-guide="Ashwater', 'data-guide="Vennor'), "folio-wrong", "Vennor – Vennor"),
}


@pytest.mark.parametrize("fault", ROWS)
def test_a_fault_of_a_register_is_found(fault: str, register: ListedPieces) -> None:
    change, code, told = ROWS[fault]
    found = register.count(0, change)
    assert found, fault
    assert found[0].code == code
    assert told in found[0].message


@pytest.mark.quick("parted")
@pytest.mark.parametrize("book", ["parted", "overleaf"])
def test_a_column_that_does_not_say_what_goes_on_is_found(book: str, request: pytest.FixtureRequest) -> None:
    pieces: ListedPieces = request.getfixturevalue(book)
    (finding,) = pieces.count(0, without(r'<p class="again">.*?</p>'))
    assert finding.code == "words-lost"
    assert "nothing says on page" in finding.message


@pytest.mark.slow
def test_a_lost_icon_overleaf_is_found(overleaf: ListedPieces) -> None:
    """The contacts of an entry that goes on overleaf stand before the text that does."""
    (finding,) = overleaf.count(0, put('class="row phone"', 'class="row"'))
    assert finding.code == "icon-wrong"
