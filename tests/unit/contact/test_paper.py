"""Addresses on paper: which links show theirs, and how one is printed."""

from __future__ import annotations

import pytest

from directory_pub.contact import bare_address, printed_address, unshown_links
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.text import Heading, Run
from directory_pub.findings import Place
from unit.hand_made import call, contact_table, entry, paragraph, run

PLACE = Place(file="content/x/entries/quay.md", line=4)


def unshown(*runs: Run | str, rows: tuple[tuple[str, str], ...] = ()) -> list[str]:
    contact = tuple(ContactRow(kind=kind, text=text, place=PLACE) for kind, text in rows)
    text = entry("quay", paragraph(*runs), contact=contact)
    return [link.href for link in unshown_links(text, contact_table(), "CH")]


@pytest.mark.parametrize(
    ("href", "printed"),
    [
        ("https://example.org/", "example.org"),
        ("http://www.example.org/a/b.pdf", "www.example.org/a/b.pdf"),
        ("https://example.org/?a=b&c#d", "example.org/?a=b&c#d"),
        ("mailto:ada%2Bx@example.org?subject=Hi", "ada+x@example.org"),
        ("tel:+41-22-910-45-05;ext=17", "+41\u00a022\u00a0910\u00a045\u00a005"),
    ],
)
def test_an_address_is_printed_without_what_nobody_types(href: str, printed: str) -> None:
    assert printed_address(href) == printed


def test_one_goal_is_one_address_however_it_is_written() -> None:
    ways = ("https://example.org/a", "http://www.example.org/a/", "HTTPS://Example.ORG/a")
    assert {bare_address(way) for way in ways[:2]} == {"example.org/a"}
    assert bare_address("https://example.org/a") != bare_address("https://example.org/a?b")
    assert bare_address("mailto:Ada@example.org?subject=Hi") == bare_address("mailto:ada@example.org")
    assert bare_address("https://[") == "https://["


HERE = run("our report", href="https://www.example.org/r.pdf/")


@pytest.mark.parametrize(
    ("others", "rows"),
    [
        ((), (("web", "example.org/r.pdf"),)),
        ((), (("person", "Reports: http://www.example.org/r.pdf"),)),
        ((" (example.org/r.pdf).",), ()),
        ((run(" at www.example", bold=True), ".org/r.pdf, says she"), ()),
        ((call("n", "At “https://example.org/r.pdf”."),), ()),
    ],
)
def test_an_address_that_stands_elsewhere_in_the_text_is_shown(
    others: tuple[Run | str, ...], rows: tuple[tuple[str, str], ...]
) -> None:
    assert unshown(HERE, *others, rows=rows) == []
    assert unshown(HERE, " and more.") == [HERE.href]


def test_each_address_is_told_of_once_and_one_below_a_heading_first() -> None:
    heading = Heading(runs=(run("Reports", href="https://example.org/r.pdf", line=3),), line=3)
    body = paragraph(
        run("it", href="http://example.org/r.pdf/", line=7), " ", run("more", href="https://example.org/m")
    )
    links = unshown_links(entry("quay", heading, body), contact_table())
    assert [(link.words, link.line, link.in_heading) for link in links] == [("more", 1, False), ("it", 7, False)]
    (alone,) = unshown_links(entry("quay", heading), contact_table())
    assert alone.in_heading


def test_mail_addresses_and_numbers_are_addresses_too_and_pages_of_the_book_are_not() -> None:
    mail, dial = run("write", href="mailto:ada@example.org"), run("call", href="tel:+41-22-910-45-05")
    assert unshown(mail, dial, run("see", href="#mole")) == [mail.href, dial.href]
    assert unshown(mail, dial, rows=(("mail", "Ada: ada@example.org"), ("phone", "022 910 45 05"))) == []
    assert unshown(run("022 910 45 05", href="tel:+41-22-910-45-05")) == []
    assert unshown(run("ADA@example.org", href="mailto:ada@example.org")) == []


def test_a_link_in_several_styles_has_all_of_its_words() -> None:
    bold = run("our ", href="https://example.org/r", bold=True), run("report", href="https://example.org/r")
    (link,) = unshown_links(entry("quay", paragraph(*bold)), contact_table())
    assert link.words == "our report"
