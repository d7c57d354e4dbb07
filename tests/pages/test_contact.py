"""A contact block as the email PDF has it: printed as it was typed, each value a link of its own."""

from __future__ import annotations

import textwrap

import pytest
from pypdf import PdfReader

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, read_pages
from reading import read_tags

EDITION = """\
key: helplines
title: Helplines
language: en-GB
country: US
created: 2031-03-02
trim: A4
page_multiple: 2
sections:
  - key: lines
    title: LINES
    folder: entries
    entries: [helpline, lijn]
"""
ENTRY = """\
---
name: National Helpline
contact:
  - phone: (415) 555-0110
  - phone: +1 415 555 0160, ext. 17
  - phone: "911"
  - phone: "Text HOME to 741741"
  - phone: 1-800-4-EXAMPLE
  - phone: "24/7 line: +1 866 555 0137 / +1 866 555 0138"
  - mail: "Deaf callers: a@example.org, büro@example.org"
  - web: "Donate: www.example.org/give, bücher.example"
  - social: {network: facebook, handle: "https://www.facebook.com/example"}
  - social: {network: LinkedIn, handle: linkedin.com/company/example}
  - social: {network: telegram, handle: "@example"}
  - social: {network: facebook, handle: Our Group, web: "https://www.facebook.com/groups/12"}
  - social: {network: mastodon, handle: "@example@towns.example"}
  - social: {network: whatsapp, handle: +1 415 555 0170}
  - social: {network: matrix, handle: "#helpline:example.org", web: "https://chat.example.org/#/1"}
  - phone: "*777"
  - social: {network: mailinglist, handle: talk, web: "https://lists.example.org/talk"}
---

We keep 🔒 safe, a word🔒word, and **bold 🔒**.
"""
LIJN = """\
---
name: Hulplijn
country: NL
contact:
  - phone: 020 555 0110 / 11
---

We listen.
"""
LINKS = [
    "tel:+1-415-555-0110",
    "tel:+1-415-555-0160;ext=17",
    "tel:911",
    "sms:741741",
    "tel:+1-800-439-2675",
    "tel:+1-866-555-0137",
    "tel:+1-866-555-0138",
    "mailto:a@example.org",
    "mailto:b%C3%BCro@example.org",
    "https://www.example.org/give",
    "https://xn--bcher-kva.example",
    "https://www.facebook.com/example",
    "https://linkedin.com/company/example",
    "https://t.me/example",
    "https://www.facebook.com/groups/12",
    "https://towns.example/@example",
    "https://wa.me/14155550170",
    "https://chat.example.org/#/1",
    "https://lists.example.org/talk",
]
ROWS = """\
    (415) 555-0110 +1 415 555 0160, ext. 17 911 Text HOME to 741741 1-800-4-EXAMPLE 24/7 line: +1 866 555 0137
    / +1 866 555 0138 Deaf callers: a@example.org, büro@example.org Donate: www.example.org/give, bücher.example
    https://www.facebook.com/example linkedin.com/company/example Telegram: @example Our Group
    @example@towns.example WhatsApp: +1 415 555 0170 matrix: #helpline:example.org, https://chat.example.org/#/1 *777 mailinglist: talk,
    https://lists.example.org/talk"""


@pytest.fixture(scope="module")
def helplines(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """A book of two entries; it stands outside the project, which it is built with."""
    folder = tmp_path_factory.mktemp("helplines")
    (folder / "entries").mkdir()
    (folder / "edition.yaml").write_text(EDITION, "utf-8")
    (folder / "entries" / "helpline.md").write_text(ENTRY, "utf-8")
    (folder / "entries" / "lijn.md").write_text(LIJN, "utf-8")
    return build_edition(folder, folder / "out")


@pytest.fixture(scope="module")
def page(helplines: BuildResult) -> PageText:
    return list(read_pages(helplines.files["email"]))[2]


def test_nothing_is_told_of_rows_that_people_can_use(helplines: BuildResult) -> None:
    assert list(helplines.report) == []
    assert sorted(helplines.files) == ["email", "press"]


def test_each_value_is_a_link_of_its_own(helplines: BuildResult) -> None:
    assert links_of(helplines, page_index=2) == LINKS


def test_a_number_is_dialled_in_the_country_of_its_entry(helplines: BuildResult) -> None:
    assert links_of(helplines, page_index=3) == ["tel:+31-20-555-0110"]


def links_of(book: BuildResult, page_index: int) -> list[str]:
    page = PdfReader(book.files["email"]).pages[page_index]
    actions = [note.get_object().get("/A", {}) for note in page.get("/Annots", [])]
    return list(dict.fromkeys(action["/URI"] for action in actions if "/URI" in action))


def test_the_block_is_printed_as_it_was_typed(page: PageText) -> None:
    side = sorted(
        (word for word in page.words if word.left_mm > 140 and word.baseline_mm > 100),
        key=lambda word: (round(word.baseline_mm), word.left_mm),
    )
    assert "".join(word.text for word in side) == "".join(textwrap.dedent(ROWS).split())


def test_a_character_above_the_first_65536_is_printed_and_read_aloud(helplines: BuildResult, page: PageText) -> None:
    said = "We keep 🔒 safe, a word🔒word, and bold 🔒."
    assert said.split() == [word.text for word in page.words if 35 < word.baseline_mm < 60 and word.left_mm < 140]
    assert said in read_tags(helplines.files["email"]).document.text
