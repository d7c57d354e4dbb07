"""HTML in a field: told of once a field, with its value and what to write; what only looks like it is not."""

from __future__ import annotations

import pytest

from directory_pub.findings import Finding, Place
from directory_pub.read.raw_html import fields_html

PLACE = Place(file="e.md", line=4, field="contact[1].address")


def told(text: str, place: Place = PLACE) -> list[Finding]:
    return list(fields_html([(text, place)]))


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Via Gola 7/A<br>20143 Milano", "Write 'address: |-'"),
        ("Via Gola 7/A<BR />20143 Milano<br/>Italia", "Write 'address: |-'"),
        ("<p>Via Gola 7/A</p>", "Write 'address: |-'"),
        ("X1 &amp; Co", "Write & itself."),
        ("Caf&eacute; &amp; Bar", "Write é itself."),
        ("A&nbsp;B", "Write a space itself."),
        ("L&#39;Aquila, L&#x27;Aquila", "Write ' itself."),
        ("Gene&shy;va", "Take it out"),
        ("<b>Quay</b> League", "Take the tags out"),
        ('<a href="https://example.org">Quay</a>', "Take the tags out"),
        ("www.example.org/?a=1&amp;b=2", "Write & itself."),
    ],
)
def test_html_in_a_field_is_one_warning_with_its_value_and_what_to_write(text: str, remedy: str) -> None:
    (finding,) = told(text)
    assert (finding.code, finding.severity.value, finding.place) == ("raw-html", "warning", PLACE)
    assert text in finding.message
    assert finding.remedy.startswith(remedy)


@pytest.mark.parametrize(
    "text",
    [
        "Ada <ada@example.org>",
        "<https://example.org/a?b=c>",
        "R&D, AT&T; and S&P",
        "a < b, c > d",
        "Ada Brandt <Chair>",
        "www.example.org/?a=1&copy=2&lt",
        "Fish&Chips; daily",
        "I <3 quays",
    ],
)
def test_what_is_no_html_is_not_told_of(text: str) -> None:
    assert told(text) == []


def test_a_line_of_a_list_is_to_be_an_item_of_its_own() -> None:
    (finding,) = told("CITY<br>NETWORKS", Place(file="edition.yaml", line=9, field="cover.title[1]"))
    assert "an item of its own" in finding.remedy


def test_a_query_may_quote_what_stands_in_the_text() -> None:
    assert told("What is <br>?", Place(file="e.md", line=4, field="queries[1].query")) == []
