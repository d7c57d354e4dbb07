"""Links of contact rows, whatever is typed in one: they open what the row shows, and nothing else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory_pub.contact import split_row
from directory_pub.edition.contact_table import ContactRow
from directory_pub.findings import Place
from directory_pub.proofread.links import check_link, check_row
from unit.hand_made import contact_table

PLACE = Place(file="entry.md", line=3)
KINDS = ("web", "phone", "fax", "mail", "address", "person", "social")
PIECES = st.sampled_from((
    "javascript:", "data:", "file://", "ftp://", "https://", "http:", "//", "@", "a..b", "example.org", "www.",
    "xn--", "\n", "\r", "\t", " ", "\\", "%0d%0a", "%", "?bcc=", "#", ":", "/", "\u202e", "\u200b", "\u3002", "[::1]",
    "1.2.3.4", "+41 22 910 45 05", "tel:", ";ext=", ",", "é", "о", "\0", "\ud800", "mailto:", "user:pass@", "..",
))  # fmt: skip
TYPED = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=8).map("".join)


@given(kind=st.sampled_from(KINDS), text=TYPED, network=st.sampled_from((None, *contact_table().networks)))
def test_a_rows_links_are_of_few_schemes_one_line_and_plain_letters(kind: str, text: str, network: str | None) -> None:
    row = ContactRow(kind=kind, text=text, place=PLACE, network=network if kind == "social" else None)
    for part in split_row(row, "CH", contact_table()):
        assert part.link is None or re.fullmatch(r"(https?://|mailto:|tel:|sms:)[!-~]+", part.link)
        assert part.link is None or "\n" not in part.text
    assert all(finding.message for finding in check_row(row, "CH", contact_table()))


@given(text=TYPED)
def test_a_web_row_leads_to_the_host_that_it_shows(text: str) -> None:
    for part in split_row(ContactRow(kind="web", text=text, place=PLACE), None, contact_table()):
        host = urlsplit(part.link or "").hostname or ""
        shown = "".join(each for each in part.text.lower() if each.isalnum())
        if "xn--" not in host and part.text.isascii():
            assert re.sub(r"[^a-z0-9]", "", host) in shown


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "vbscript:x", "data:text/html,x",
        "file:///etc/hostname", "ftp://example.org/x", "//example.org/x", "/etc/hostname", "../x", "C:\\x", "x.html",
        "https://user@example.org", "https://good.example.org\\@example.com", "https://", "https:///x", "mailto:",
        "mailto:a..b@example.org", "https://example.org\n.example.com", "https://exa mple.org", "view-source:x",
    ],
)  # fmt: skip
def test_a_link_that_must_not_be_opened_is_an_error(href: str) -> None:
    assert [finding for finding in check_link(href, PLACE) if finding.severity == "error"]


@pytest.mark.parametrize(
    ("network", "web", "told"),
    [
        ("facebook", "https://www.facebook.com/groups/12", False),
        ("facebook", "https://m.facebook.com/x", False),
        ("facebook", "https://facebook.example.org/x", True),
        ("youtube", "https://youtu.be/x", False),
        ("twitter", "https://x.com/name", False),
        ("mastodon", "https://social.example.org/@name", False),
        ("gitlab", "https://code.example.org/name", False),
        ("linkedin", "https://ch.linkedin.com/in/name", False),
        ("instagram", "https://example.org/", True),
    ],
)
def test_a_networks_sign_that_leads_to_somebody_elses_site_is_told_of(network: str, web: str, told: bool) -> None:
    row = ContactRow(kind="social", text="Harbour", network=network, web=web, place=PLACE)
    assert [finding.code for finding in check_row(row, None, contact_table())] == ["link-elsewhere"] * told
