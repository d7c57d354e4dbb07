"""What is carried on in edition.yaml, and all round it that stays as it was typed."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from directory_pub.annual.carry import carry_sheet
from directory_pub.annual.typed_yaml import cut_field

SHEET = """\
# The league's book of 2027.
key: league-2027     # stem of the files
title:   'League 2027'

year: 2027
created: 2027-03-02  # both PDFs carry it
cover:
  year: "2027"
  date: 5 MAY 2027
marks: {new: {sign: "*", legend: "new member 2027"}}
sections:
- {key: towns-2027, title: TOWNS, folder: entries, entries: [rye, 2027-hythe]}
"""


def test_the_fields_of_the_year_are_carried_on_and_every_other_character_stays() -> None:
    text, carried = carry_sheet(SHEET, "2027", "2028", "2028-01-10")
    lines, old = text.split("\n"), SHEET.split("\n")
    assert lines[1] == "key: league-2028     # stem of the files"
    assert lines[4] == "year: 2028"
    assert lines[5] == "created: 2028-01-10  # both PDFs carry it"
    assert lines[6].startswith("# A build notes every entry")
    assert lines[7] == "confirm_since: 2028-01-10"
    assert lines[9] == '  year: "2028"'
    assert [lines[at] for at in (0, 2, 3, 8, *range(10, 15))] == [old[at] for at in (0, 2, 3, 6, *range(8, 13))]
    assert [(each.line, each.field, each.before, each.after) for each in carried] == [
        (2, "key", "league-2027", "league-2028"),
        (5, "year", "2027", "2028"),
        (6, "created", "2027-03-02", "2028-01-10"),
        (8, "confirm_since", None, "2028-01-10"),
        (10, "cover.year", "2027", "2028"),
    ]


def test_a_year_that_is_part_of_a_longer_number_is_not_the_year() -> None:
    text, _ = carry_sheet("key: a-12027-x\nyear: 2027\ncreated: 2027-01-01\n", "2027", "2028", "2028-01-10")
    assert yaml.safe_load(text)["key"] == "a-12027-x"


def test_the_day_of_the_year_before_last_is_replaced_and_not_written_twice() -> None:
    text, _ = carry_sheet("year: 2027\ncreated: 2027-01-01\nconfirm_since: 2027-01-01\n", "2027", "2028", "2028-01-10")
    assert text == "year: 2028\ncreated: 2028-01-10\nconfirm_since: 2028-01-10\n"


@pytest.mark.parametrize(
    "text",
    [
        "key: a-2027\r\nyear: 2027\r\ncreated: 2027-01-01\r\ntitle: A\r\n",
        "\ufeffkey: a-2027\nyear: 2027\ncreated: 2027-01-01",
        '{key: a-2027, "year": "2027", created: 2027-01-01, title: A}\n',
        "key: a-2027\nyear: 2027\n",
        "  key: a-2027\n  year: 2027\n  created: 2027-01-01\n  title: A\n",
        "---\nyear: 2027\nkey: >-\n  a-2027\ncreated: '2027-01-01'\n",
        'key: "a\\x2d2027"\nyear: |\n  2027\ncreated: "2027\\x2d01-01"\n',
    ],
)
def test_however_the_sheet_is_typed_its_values_are_the_new_ones(text: str) -> None:
    def read(of: str) -> dict[str, str]:
        return {str(name): str(value).strip() for name, value in yaml.load(of, yaml.BaseLoader).items()}

    old, (new, _) = read(text), carry_sheet(text, "2027", "2028", "2028-01-10")
    expected = old | {"key": "a-2028", "year": "2028", "confirm_since": "2028-01-10"}
    assert read(new) == expected | ({"created": "2028-01-10"} if "created" in old else {})
    assert new.count("\r\n") in (0, new.count("\n"))


TEXTS = st.text(st.sampled_from("ab 2027:#'\"[]{},-é"), min_size=1, max_size=14).map(str.strip).filter(bool)


@given(st.dictionaries(st.sampled_from(["title", "publisher", "language", "trim"]), TEXTS), st.booleans())
def test_no_other_value_changes_whatever_it_is(values: dict[str, str], flow: bool) -> None:
    told = values | {"key": "a-2027", "year": "2027", "created": "2027-01-01"}
    text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=40)
    new, _ = carry_sheet(text, "2027", "2028", "2028-01-10")
    read = yaml.load(new, yaml.BaseLoader)
    assert {name: read[name] for name in values} == values
    assert read["key"], read["year"] == ("a-2028", "2028")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("---\nname: A\nconfirmed: 2027-01-01  # by mail\nmotif: b\n---\n\nconfirmed: c\n",
         "---\nname: A\nmotif: b\n---\n\nconfirmed: c\n"),
        ("---\nconfirmed:\nname: A\n---\n", "---\nname: A\n---\n"),
        ("---\r\nname: A\r\nconfirmed: '2027-01-01'\r\n---\r\nB\r\n", "---\r\nname: A\r\n---\r\nB\r\n"),
        ("---\nconfirmed: |\n  2027-01-01\nname: A\n---\n", "---\nname: A\n---\n"),
        ("---\ncontact:\n  - person: 'confirmed: yes'\n---\n", "---\ncontact:\n  - person: 'confirmed: yes'\n---\n"),
        ("confirmed: 2027-01-01\n", "confirmed: 2027-01-01\n"),
        ("---\nconfirmed: [\n---\n", "---\nconfirmed: [\n---\n"),
        ("---\nconfirmed: 2027-01-01\n", "---\nconfirmed: 2027-01-01\n"),
    ],
)  # fmt: skip
def test_a_field_is_cut_with_its_line_and_nothing_else(text: str, left: str) -> None:
    assert cut_field(text, "confirmed") == left
