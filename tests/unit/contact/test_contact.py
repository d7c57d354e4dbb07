"""Contact rows as people write them: what is a link, where it leads, and what is told of."""

from __future__ import annotations

import pytest

from directory_pub.compose.contact import contact_runs
from directory_pub.contact import split_row
from directory_pub.edition.contact_table import ContactRow
from directory_pub.findings import Place
from directory_pub.proofread.references import proofread_references
from unit.hand_made import contact_table, edition, entry

PLACE = Place(file="e.md", line=7, field="contact[1]")


def row(kind: str, text: str, **more: str) -> ContactRow:
    return ContactRow(kind=kind, text=text, place=PLACE, **more)


def links(made: ContactRow, country: str | None = None) -> dict[str, str]:
    """What is linked, and where to; all of the row is printed as it was typed."""
    runs = contact_runs(made, contact_table(), country)
    assert "".join(run.text for run in runs) == (f"{made.label} " if made.label else "") + made.text
    return {run.text: run.href for run in runs if run.href}


def told(*rows: ContactRow, country: str | None = None) -> list[tuple[str, str]]:
    book = edition(entry("quay", contact=rows), country=country)
    return [(finding.code, finding.severity.value) for finding in proofread_references(book, ["quays"])]


# -------------------------------------------------------------------- telephone
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+41 22 910 45 05", {"+41 22 910 45 05": "tel:+41-22-910-45-05"}),
        ("0041 22 910 45 05", {"0041 22 910 45 05": "tel:+41-22-910-45-05"}),
        ("TTY: +1 415 555 0132", {"+1 415 555 0132": "tel:+1-415-555-0132"}),
        ("24/7 line: +1 866 555 0137", {"+1 866 555 0137": "tel:+1-866-555-0137"}),
        ("Mon–Fri 9:00–17:00: +41 22 910 45 05", {"+41 22 910 45 05": "tel:+41-22-910-45-05"}),
        ("Room 204: +41 22 910 45 05", {"+41 22 910 45 05": "tel:+41-22-910-45-05"}),
        ("+41 22 910 45 05 (mornings)", {"+41 22 910 45 05": "tel:+41-22-910-45-05"}),
        ("+41 22 910 45 05 24/7", {"+41 22 910 45 05": "tel:+41-22-910-45-05"}),
        ("+41 22 910 45 05 (2015)", {"+41 22 910 45 05": "tel:+41-22-910-45-05"}),
        ("+41 22 910 45 05, since 2019", {"+41 22 910 45 05": "tel:+41-22-910-45-05"}),
        ("+1 415 555 0160, ext. 17", {"+1 415 555 0160, ext. 17": "tel:+1-415-555-0160;ext=17"}),
        ("+1 415 555 0160 x17", {"+1 415 555 0160 x17": "tel:+1-415-555-0160;ext=17"}),
        ("+49 30 1234567 / 18", {"+49 30 1234567": "tel:+49-30-1234567"}),
        ("+43 1 5031 DW 12", {"+43 1 5031 DW 12": "tel:+43-1-5031;ext=12"}),
        ("+1-800-FLOWERS", {"+1-800-FLOWERS": "tel:+1-800-356-9377"}),
        ("911", {"911": "tel:911"}),
        ("116 000", {"116 000": "tel:116000"}),
        ("Text HOME to 741741", {"741741": "sms:741741"}),
        (
            "Tel: +41 22 910 45 05, Fax: +41 22 910 45 06",
            {"+41 22 910 45 05": "tel:+41-22-910-45-05", "+41 22 910 45 06": "tel:+41-22-910-45-06"},
        ),
        (
            "+41 22 910 45 05 / +41 22 910 45 06",
            {"+41 22 910 45 05": "tel:+41-22-910-45-05", "+41 22 910 45 06": "tel:+41-22-910-45-06"},
        ),
    ],
)
def test_a_number_of_any_country_is_dialled_whatever_stands_round_it(text: str, expected: dict[str, str]) -> None:
    assert links(row("phone", text)) == expected
    assert told(row("phone", text)) == []


@pytest.mark.parametrize(
    ("country", "text", "expected"),
    [
        ("US", "(415) 555-0110", {"(415) 555-0110": "tel:+1-415-555-0110"}),
        ("US", "415.555.0110 x17", {"415.555.0110 x17": "tel:+1-415-555-0110;ext=17"}),
        ("US", "1-800-4-EXAMPLE", {"1-800-4-EXAMPLE": "tel:+1-800-439-2675"}),
        ("US", "*67 415-555-0110, then #4", {"415-555-0110": "tel:+1-415-555-0110"}),
        ("US", "dial 2-1-1", {"2-1-1": "tel:211"}),
        ("US", "1-800-273-TALK (8255)", {"1-800-273-TALK": "tel:+1-800-273-8255"}),
        ("US", "988 or (415) 555-0110", {"988": "tel:988", "(415) 555-0110": "tel:+1-415-555-0110"}),
        ("DE", "030/123456", {"030/123456": "tel:+49-30-123456"}),
        ("DE", "030 / 12 34 56 - 0 / 18", {"030 / 12 34 56 - 0": "tel:+49-30-1234560"}),
        (
            "DE",
            "0800 111 0 111 / 0800 111 0 222",
            {"0800 111 0 111": "tel:+49-800-1110111", "0800 111 0 222": "tel:+49-800-1110222"},
        ),
        ("DE", "116 117", {"116 117": "tel:116117"}),
        ("AU", "13 11 14", {"13 11 14": "tel:+61-131114"}),
        ("DE", "+41 22 910 45 05", {"+41 22 910 45 05": "tel:+41-22-910-45-05"}),
    ],
)
def test_a_national_number_is_dialled_by_the_editions_country(
    country: str, text: str, expected: dict[str, str]
) -> None:
    assert links(row("phone", text), country) == expected
    assert told(row("phone", text), country=country) == []


def test_national_numbers_without_a_country_are_one_note_that_says_what_helps() -> None:
    rows = [row("phone", "(415) 555-0110"), row("phone", "415-555-0111 or 415-555-0112"), row("fax", "1-800-4-EXAMPLE")]
    assert [links(each) for each in rows] == [{}, {}, {}]
    (finding,) = proofread_references(edition(entry("quay", contact=tuple(rows))), ["quays"])
    assert (finding.code, finding.severity.value, finding.place) == ("phone-number", "note", PLACE)
    assert "(415) 555-0110" in finding.message
    assert "4" in finding.message
    assert "country: " in finding.remedy
    assert told(*rows, country="US") == []


def test_an_entrys_country_goes_before_the_editions() -> None:
    number = row("phone", "020 555 0110")

    def told_in(own: str | None, editions: str | None) -> list[str]:
        book = edition(entry("quay", contact=(number,), country=own), country=editions)
        return [finding.message for finding in proofread_references(book, ["quays"])]

    assert told_in("NL", None) == told_in("NL", "US") == []
    assert told_in(None, "US") == ["'020 555 0110' is not possible for its country."]
    assert "without a country code" in told_in(None, None)[0]


@pytest.mark.parametrize("text", ["*2345", "*777", "*100#", "#31#", "*#06#", "*2345 (free)", "*21*0123#", "**61*2#"])
def test_a_code_of_stars_and_hashes_is_dialled_by_hand_and_nothing_is_wrong_with_it(text: str) -> None:
    for country in (None, "US"):
        assert links(row("phone", text), country) == {}
        assert told(row("phone", text), country=country) == []


@pytest.mark.parametrize(
    ("country", "text", "severity"),
    [
        (None, "+41 22 910", "note"),
        (None, "+41 22 910 45 05 12 34 56", "note"),
        ("US", "555-0110", "note"),
        ("US", "415 555 01", "note"),
        (None, "ask at the desk", "warning"),
        ("US", "tba", "warning"),
        (None, "+999 123 4567", "warning"),
        ("NL", "0312 418 22 33", "note"),
    ],
)
def test_a_number_that_cannot_be_dialled_prints_as_typed_and_is_no_error(
    country: str | None, text: str, severity: str
) -> None:
    assert links(row("phone", text), country) == {}
    assert told(row("phone", text), country=country) == [("phone-number", severity)]


def test_a_fax_is_read_like_a_telephone_and_not_rung_up() -> None:
    assert links(row("fax", "Fax: +41 22 910 45 06")) == {}
    assert told(row("fax", "Fax: +41 22 910 45 06")) == []
    assert told(row("fax", "none")) == [("phone-number", "warning")]


# -------------------------------------------------------------------- mail
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deaf callers: a@example.org", {"a@example.org": "mailto:a@example.org"}),
        ("a@example.org, b@example.org", {each: f"mailto:{each}" for each in ("a@example.org", "b@example.org")}),
        ("a@example.org / b@example.org", {each: f"mailto:{each}" for each in ("a@example.org", "b@example.org")}),
        ("a@example.org or b@example.org.", {each: f"mailto:{each}" for each in ("a@example.org", "b@example.org")}),
        ("a@example.org;b@example.org", {each: f"mailto:{each}" for each in ("a@example.org", "b@example.org")}),
        ("Ada Brandt <a@example.org> (mornings)", {"a@example.org": "mailto:a@example.org"}),
        ("büro@example.org", {"büro@example.org": "mailto:b%C3%BCro@example.org"}),
        ("info@bücher.example", {"info@bücher.example": "mailto:info@xn--bcher-kva.example"}),
        ("user+tag@example.org", {"user+tag@example.org": "mailto:user+tag@example.org"}),
        ("o'neil+x@ex-ample.co.uk", {"o'neil+x@ex-ample.co.uk": "mailto:o'neil+x@ex-ample.co.uk"}),
        ("50%@example.org", {"50%@example.org": "mailto:50%25@example.org"}),
    ],
)
def test_every_mail_address_of_a_row_is_a_link(text: str, expected: dict[str, str]) -> None:
    assert links(row("mail", text)) == expected
    assert told(row("mail", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "info.example.org",
        "ada at example.org",
        "ada@exa_mple.org",
        "ada@localhost",
        "a@@example.org",
        "a..b@example.org",
    ],
)
def test_what_cannot_be_written_to_is_an_error(text: str) -> None:
    assert links(row("mail", text)) == {}
    assert told(row("mail", text)) == [("mail-syntax", "error")]


def test_the_bad_address_among_good_ones_is_told_of() -> None:
    assert told(row("mail", "a@example.org, info.example.org")) == [("mail-syntax", "error")]
    assert told(row("mail", "a@example.org, b@example")) == [("mail-syntax", "error")]


# -------------------------------------------------------------------- web
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("www.example.org", {"www.example.org": "https://www.example.org"}),
        ("http://example.org/a", {"http://example.org/a": "http://example.org/a"}),
        ("www.example.org, www.example.com",
         {"www.example.org": "https://www.example.org", "www.example.com": "https://www.example.com"}),
        ("www.example.org or example.com",
         {"www.example.org": "https://www.example.org", "example.com": "https://example.com"}),
        ("Donate: www.example.org/give", {"www.example.org/give": "https://www.example.org/give"}),
        ("Shop: example.org/shop Forum: www.example.org/forum",
         {"example.org/shop": "https://example.org/shop", "www.example.org/forum": "https://www.example.org/forum"}),
        ("bücher.example/über", {"bücher.example/über": "https://xn--bcher-kva.example/%C3%BCber"}),
        ("example.org:8443/a?b=c#d", {"example.org:8443/a?b=c#d": "https://example.org:8443/a?b=c#d"}),
        ("www.example.org/wiki/X_(y)", {"www.example.org/wiki/X_(y)": "https://www.example.org/wiki/X_(y)"}),
        ("www.example.org/my%20page", {"www.example.org/my%20page": "https://www.example.org/my%20page"}),
        ("www.example.org/fr (French), since 24.12.2027.", {"www.example.org/fr": "https://www.example.org/fr"}),
        ("See www.example.org.", {"www.example.org": "https://www.example.org"}),
        ("[Site]{lang=fr}: www.example.org", {"www.example.org": "https://www.example.org"}),
    ],
)  # fmt: skip
def test_every_web_address_of_a_row_is_a_link(text: str, expected: dict[str, str]) -> None:
    made = row("web", text)
    assert {run.text: run.href for run in contact_runs(made, contact_table()) if run.href} == expected
    assert told(made) == []


@pytest.mark.parametrize(
    "text",
    [
        "example",
        "http://",
        "www example org",
        "www.exa mple.org",
        "www.example",
        "www.example.org/my page",
        "www.example.org/my page.html",
        "[www.example.org](www.example.org)",
        "htp://example.org",
        "https//example.org",
        "https:/example.org",
        "example.org:99999",
        "info@example.org",
        "ftp://example.org/a",
    ],
)
def test_what_cannot_be_opened_is_an_error(text: str) -> None:
    assert {code for code, _ in told(row("web", text))} == {"link-syntax"}
    assert [severity for _, severity in told(row("web", text))] == ["error"]


# -------------------------------------------------------------------- social
@pytest.mark.parametrize(
    ("network", "handle", "href"),
    [
        ("twitter", "@quay", "https://twitter.com/quay"),
        ("twitter", "quay", "https://twitter.com/quay"),
        ("linkedin", "company/quay", "https://www.linkedin.com/company/quay"),
        ("linkedin", "in/ada", "https://www.linkedin.com/in/ada"),
        ("linkedin", "quay", "https://www.linkedin.com/company/quay"),
        ("bluesky", "@quay.example.org", "https://bsky.app/profile/quay.example.org"),
        ("mastodon", "@quay@towns.example", "https://towns.example/@quay"),
        ("mastodon", "https://towns.example/@quay", "https://towns.example/@quay"),
        ("facebook", "https://www.facebook.com/example", "https://www.facebook.com/example"),
        ("facebook", "facebook.com/groups/12", "https://facebook.com/groups/12"),
        ("facebook", "www.facebook.com/example", "https://www.facebook.com/example"),
        ("youtube", "channel/UC12", "https://www.youtube.com/channel/UC12"),
        ("youtube", "@quay", "https://www.youtube.com/@quay"),
        ("facebook", "/quay/", "https://www.facebook.com/quay"),
        ("telegram", "@example", "https://t.me/example"),
        ("whatsapp", "+41 79 555 01 10", "https://wa.me/41795550110"),
        ("reddit", "r/quays", "https://www.reddit.com/r/quays"),
        ("instagram", "ada.brandt", "https://www.instagram.com/ada.brandt"),
        ("facebook", "büro", "https://www.facebook.com/b%C3%BCro"),
    ],
)
def test_a_name_on_a_network_leads_to_its_page_and_an_address_is_taken_as_it_is(
    network: str, handle: str, href: str
) -> None:
    assert links(row("social", handle, network=network)) == {handle: href}
    assert told(row("social", handle, network=network)) == []


def test_the_address_that_an_editor_gives_for_a_name_is_where_it_leads() -> None:
    made = row("social", "Example Group", network="facebook", web="https://www.facebook.com/groups/12")
    assert links(made) == {"Example Group": "https://www.facebook.com/groups/12"}
    assert told(made) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "Example Group", "network": "facebook"},
        {"text": "https://", "network": "facebook"},
        {"text": "quay", "network": "facebook", "web": "www facebook com"},
        {"text": "079 555 01 10", "network": "whatsapp"},
    ],
)
def test_a_name_that_no_address_can_be_made_from_is_told_of(fields: dict[str, str]) -> None:
    assert links(row("social", **fields)) == {}
    assert told(row("social", **fields)) == [("link-syntax", "warning")]


def test_an_unknown_network_with_an_address_is_printed_and_linked() -> None:
    made = row("social", "talk-example, https://lists.example.org/talk", label="mailinglist:")
    assert links(made) == {"https://lists.example.org/talk": "https://lists.example.org/talk"}
    assert told(made) == []


@pytest.mark.parametrize("handle", ["#civic-cpp:example.org", "@ada:example.org", "ada.brandt", "ada@example.org"])
def test_a_name_on_an_unknown_network_may_look_like_anything(handle: str) -> None:
    alone = row("social", handle, label="matrix:")
    assert links(alone) == {}
    assert told(alone) == [("network-unknown", "warning")]
    web = "https://chat.example.org/#/civic"
    made = row("social", f"{handle}, {web}", label="matrix:", web=web)
    assert links(made) == {web: web}
    assert told(made) == []


def test_an_address_on_an_unknown_network_that_cannot_be_opened_is_one_error() -> None:
    made = row("social", "ada, www chat", label="matrix:", web="www chat")
    assert links(made) == {}
    assert told(made) == [("link-syntax", "error")]


@pytest.mark.parametrize(
    ("kind", "text", "seen", "href"),
    [
        ("phone", "\u202a+41 22\u202c 910 45 05", "+41 22\u202c 910 45 05", "tel:+41-22-910-45-05"),
        ("phone", "+41\u200e 22 910\u2066 45 05\u2069", "+41\u200e 22 910\u2066 45 05", "tel:+41-22-910-45-05"),
        ("mail", "\ufeffada@exam\u200bple.org", "ada@exam\u200bple.org", "mailto:ada@example.org"),
        ("web", "www.exam\u00adple.org\u200e", "www.exam\u00adple.org", "https://www.example.org"),
    ],
)
def test_characters_that_nobody_sees_are_printed_and_no_part_of_a_value(
    kind: str, text: str, seen: str, href: str
) -> None:
    assert links(row(kind, text)) == {seen: href}
    assert told(row(kind, text)) == []


def test_a_name_on_a_network_leads_there_whatever_unseen_stands_in_it() -> None:
    assert links(row("social", "\u2066@quay\u2069", network="twitter")) == {
        "\u2066@quay\u2069": "https://twitter.com/quay"
    }


def test_a_joiner_is_a_letter_of_an_address() -> None:
    assert list(links(row("web", "www.example.org/می\u200cخواهم")).values()) == [
        "https://www.example.org/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85"
    ]


@pytest.mark.parametrize(
    ("name", "text", "remedy"),
    [
        ("facebok", "@quay", "Did you mean 'facebook'?"),
        ("facebok", "https://www.facebook.com/quay", "Did you mean 'facebook'?"),
        ("zzz", "@quay", "web: https://"),
    ],
)
def test_an_unknown_network_is_a_warning_with_what_helps(name: str, text: str, remedy: str) -> None:
    book = edition(entry("quay", contact=(row("social", text, label=f"{name}:"),)))
    (finding,) = proofread_references(book, ["quays"])
    assert (finding.code, finding.severity.value) == ("network-unknown", "warning")
    assert remedy in finding.remedy


# -------------------------------------------------------------------- other rows
def test_addresses_and_numbers_in_a_persons_row_are_links_of_their_own() -> None:
    runs = contact_runs(
        row("person", "Ada at ada@example.org or +41 22 910 45 05, [Genève]{lang=fr}, www.example.org/a."),
        contact_table(),
    )
    assert [(run.text, run.href, run.language) for run in runs] == [
        ("Ada at ", None, None),
        ("ada@example.org", "mailto:ada@example.org", None),
        (" or ", None, None),
        ("+41 22 910 45 05", "tel:+41-22-910-45-05", None),
        (", ", None, None),
        ("Genève", None, "fr"),
        (", ", None, None),
        ("www.example.org/a", "https://www.example.org/a", None),
        (".", None, None),
    ]


@pytest.mark.parametrize(
    "text", ["Ada Brandt", "a@b", "+41", "Room 22-910", "@quay", "2031-03-02", "Dr.Brandt, St.Gallen", "1 Mole Street"]
)
def test_what_is_no_address_is_no_link(text: str) -> None:
    for kind in ("person", "address"):
        assert links(row(kind, text)) == {}
        assert told(row(kind, text)) == []


# -------------------------------------------------------------------- what is part of an address or number
@pytest.mark.parametrize(
    ("kind", "text", "links"),
    [
        ("web", "https://example.org/a;b=c/d", ["https://example.org/a;b=c/d"]),
        ("web", "https://example.org/a|b", ["https://example.org/a%7Cb"]),
        ("web", "https://example.org/[x]", ["https://example.org/%5Bx%5D"]),
        ("web", "a.example.org; b.example.org", ["https://a.example.org", "https://b.example.org"]),
        ("web", "www.example.org | www.example.com", ["https://www.example.org", "https://www.example.com"]),
        ("phone", "022 910 45 05, Mo 9-12, 14-17", ["tel:+41-22-910-45-05"]),
        ("phone", "+41 22 910 45 05 / 06", ["tel:+41-22-910-45-05"]),
        ("phone", "044 123", []),
        ("youtube", "UC_x5XG1OV2P6uZZ5FSM9Ttw", ["https://www.youtube.com/channel/UC_x5XG1OV2P6uZZ5FSM9Ttw"]),
    ],
)
def test_a_link_has_all_of_an_address_and_nothing_besides(kind: str, text: str, links: list[str]) -> None:
    network = kind if kind == "youtube" else None
    row = ContactRow(kind="social" if network else kind, text=text, place=Place(file="e.md", line=1), network=network)
    assert [part.link for part in split_row(row, "CH", contact_table()) if part.link] == links
