"""Contact data as a card and as a table: read again by rules of their own, they are what the entry has."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from directory_pub.cards import card_of, cards_of, table_of
from directory_pub.edition.card_words import card_words
from directory_pub.edition.model import Edition
from directory_pub.edition.own_words import known_languages
from directory_pub.read import read_edition
from small_edition import write_edition

ENTRIES = {
    "quay": """name: "Quay; Towns, \\\\ Ropes"
subtitle: The long name of it, which goes on for so many words that its line must be folded twice in the file of cards — Größe
hours: "=HYPERLINK(1)"
contact:
  - web: www.example.org/Path
  - phone: "Desk: 022 555 01 32"
  - phone: +41 22 555 01 33
  - fax: +41 22 555 01 34
  - mail: quay@example.org
  - address: |-
      1 Quay Street,
      Example City
  - person: Ada Brandt
  - social: {network: mastodon, handle: "@quay@example.org"}""",
    "empty": "",
}
MORE = "country: CH\nfields:\n  hours: {label: Opening hours}\n"


def read(folder: Path, *, language: str = "en-GB", more: str = MORE, **entries: str) -> Edition:
    edition, findings = read_edition(write_edition(folder, entries or ENTRIES, more=more, language=language), folder)
    assert edition is not None, findings
    assert [each for each in findings if each.severity == "error"] == []
    return edition


def cards(data: bytes) -> list[dict[str, list[str]]]:
    """The cards of a file by RFC 6350: lines unfolded, values by the names before their first colon."""
    text = data.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    found: list[dict[str, list[str]]] = []
    for line in text.replace("\r\n ", "").split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VCARD":
            found.append({})
        found[-1].setdefault(name, []).append(value)
    return found


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], text)


def test_a_card_has_what_its_entry_has(tmp_path: Path) -> None:
    _, quay = cards(cards_of(read(tmp_path)))
    assert quay["VERSION"] == ["4.0"]
    assert quay["KIND"] == ["org"]
    assert unescaped(quay["FN"][0]) == unescaped(quay["ORG"][0]) == "Quay; Towns, \\ Ropes"
    assert quay["FN"][0].count("\\;") == 1  # or the name would end there
    assert quay["TEL;VALUE=uri;TYPE=voice"] == ["tel:+41-22-555-01-32", "tel:+41-22-555-01-33"]
    assert quay["TEL;TYPE=fax"] == ["+41 22 555 01 34"]
    assert quay["EMAIL"] == ["quay@example.org"]
    assert quay["URL"] == ["https://www.example.org/Path", "https://example.org/@quay"]
    assert [unescaped(part) for part in re.split(r"(?<!\\);", quay["ADR"][0])] == [
        "", "", "1 Quay Street, Example City", "", "", "", ""
    ]  # fmt: skip
    note = unescaped(quay["NOTE"][0]).split("\n")
    assert note[1:] == ["Telephone: Desk: 022 555 01 32", "Contact person: Ada Brandt", "Opening hours: =HYPERLINK(1)"]
    assert note[0].endswith("— Größe")


def test_an_entry_without_contact_data_is_a_card_of_its_name(tmp_path: Path) -> None:
    empty, _ = cards(cards_of(read(tmp_path)))
    assert set(empty) == {"BEGIN", "VERSION", "KIND", "UID", "FN", "ORG", "REV", "END"}


def test_a_card_in_a_code_is_short_and_in_the_version_that_more_telephones_read(tmp_path: Path) -> None:
    edition = read(tmp_path)
    lines = card_of(next(each for each in edition.entries if each.key == "quay"), edition).split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:3.0"]
    assert [line.partition(":")[0] for line in lines[2:-2]] == ["N", "FN", "ORG", "URL", "TEL", "TEL", "EMAIL", "ADR"]


def test_a_table_has_a_row_an_entry_and_no_formula(tmp_path: Path) -> None:
    data = table_of(read(tmp_path))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 3
    heads, empty, quay = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert heads == [
        "Name", "Subtitle", "Section", "Website", "Telephone", "Fax", "Email", "Address", "Contact person",
        "Social media", "Opening hours",
    ]  # fmt: skip
    row = dict(zip(heads, quay, strict=True))
    assert row["Name"] == "Quay; Towns, \\ Ropes"
    assert row["Telephone"] == "Desk: 022 555 01 32 / +41 22 555 01 33"
    assert row["Address"] == "1 Quay Street, Example City"
    assert row["Opening hours"] == "'=HYPERLINK(1)"
    assert (row["Fax"], row["Social media"]) == ("'+41 22 555 01 34", "'@quay@example.org")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in (*empty, *quay))


def test_the_same_edition_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (read(tmp_path / name) for name in ("a", "b"))
    assert cards_of(first) == cards_of(second)
    assert table_of(first) == table_of(second)


def test_heads_are_in_the_language_of_the_book(tmp_path: Path) -> None:
    heads = table_of(read(tmp_path, language="de-CH")).decode("utf-8-sig").split("\r\n")[0]
    assert heads.startswith("Name,Untertitel,Abschnitt,Website,Telefon,Fax,E-Mail,Adresse,Ansprechperson")


@pytest.mark.parametrize("language", known_languages())
def test_every_language_has_its_words(language: str) -> None:
    words = card_words(language)
    assert words.scan.count("{}") == 1
    assert all(words)
    assert len({words.name, words.subtitle, words.section, words.place, words.web, words.phone, words.mail}) == 7
    assert language in ("en",) or words.card != card_words("en").card


def test_a_person_is_put_in_order_by_the_family_name_with_what_they_do_and_where(tmp_path: Path) -> None:
    more = "fields:\n  organisation: {label: Organisation}\n  room: {label: Room}\n"
    fields = "name: Dr Ylva Brandström\nsubtitle: Timetable planner\norganisation: Halmersund Railways\nroom: 4"
    folder = write_edition(tmp_path, {"ylva": fields}, more=more, section="form: people\nentries: all\n")
    edition, findings = read_edition(folder, tmp_path)
    assert edition is not None, findings
    (card,) = cards(cards_of(edition))
    assert card["N"] == ["Brandström;Ylva;;;"]
    assert (card["TITLE"], card["ORG"], card["NOTE"]) == (["Timetable planner"], ["Halmersund Railways"], ["Room: 4"])
    assert "N:Brandström;Ylva;;;" in card_of(edition.entries[0], edition)
