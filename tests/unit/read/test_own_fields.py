"""Fields of an edition's own: declared in edition.yaml, written in its entries' files."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from directory_pub.edition.model import Edition, Entry
from directory_pub.findings import Finding, Severity
from directory_pub.read import read_edition
from directory_pub.read.schema import content_schema
from directory_pub.storage.store import Store
from small_edition import write_edition, write_entry

FIELDS = """fields:
  hours: {label: Hours}
  founded: {label: Founded, type: date}
  members: {label: Members, type: number}
  topics: {label: Topics, type: list}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_edition(tmp_path, {"quay": ""}, more=FIELDS)


def read(folder: Path, store: Store | None = None) -> tuple[Edition, list[Finding]]:
    edition, findings = read_edition(folder, folder.parent.parent, store)
    assert edition is not None
    return edition, findings


def entry_with(folder: Path, fields: str) -> tuple[Entry, list[Finding]]:
    write_entry(folder, "quay", fields)
    edition, findings = read(folder)
    return edition.entries[0], findings


def texts(entry: Entry) -> dict[str, tuple[str, ...]]:
    return {value.field: value.texts for value in entry.values}


# -------------------------------------------------------------------- what is read
def test_the_fields_of_an_edition_are_in_the_order_in_which_it_has_them(folder: Path) -> None:
    edition, findings = read(folder)
    assert findings == []
    assert [(each.name, each.label, each.type, each.place.field) for each in edition.fields] == [
        ("hours", "Hours", "text", "fields.hours"),
        ("founded", "Founded", "date", "fields.founded"),
        ("members", "Members", "number", "fields.members"),
        ("topics", "Topics", "list", "fields.topics"),
    ]


def test_an_entry_has_its_values_in_that_order_each_at_its_line(folder: Path) -> None:
    entry, findings = entry_with(
        folder, "topics: [Water, Housing]\nmembers: 1 200\nfounded: 1887-05-12\nhours: |-\n  Mon–Fri 9–17,\n  Sat 9–12"
    )
    assert findings == []
    assert texts(entry) == {
        "hours": ("Mon–Fri 9–17,\nSat 9–12",),
        "founded": ("12 May 1887",),
        "members": ("1 200",),
        "topics": ("Water", "Housing"),
    }
    assert [(value.place.line, value.place.field) for value in entry.values] == [
        (6, "hours"),
        (5, "founded"),
        (4, "members"),
        (3, "topics"),
    ]
    assert (entry.place_of("hours").line, entry.values[1].written, entry.values[3].row.text) == (
        6,
        "1887-05-12",
        "Water, Housing",
    )


def test_a_date_is_printed_in_the_language_of_its_entry(folder: Path) -> None:
    entry, _ = entry_with(folder, "language: de\nfounded: 1887-05")
    assert texts(entry) == {"founded": ("Mai 1887",)}


def test_one_text_is_a_list_of_one(folder: Path) -> None:
    entry, findings = entry_with(folder, "topics: Water")
    assert (texts(entry), findings) == ({"topics": ("Water",)}, [])


def test_place_and_level_are_an_entrys_own(folder: Path) -> None:
    entry, findings = entry_with(folder, "place: Northport\nlevel: plain")
    assert (entry.locality, entry.level, findings) == ("Northport", "plain", [])


# -------------------------------------------------------------------- what is told
@pytest.mark.parametrize(
    ("fields", "code", "line", "message"),
    [
        ("founded: in spring", "value-type", 3, "'in spring' is no date"),
        ("founded: 2031-02-30", "value-type", 3, "is no date"),
        ("founded: 2031-13", "value-type", 3, "is no date"),
        ("founded: 0000", "value-type", 3, "is no date"),
        ("members: about 40", "value-type", 3, "'about 40' is no number"),
        ("members: 1,2,3", "value-type", 3, "is no number"),
        ("hours: [Mon, Tue]", "value-type", 3, "is a list, not text"),
        ("topics: [{a: b}]", "value-type", 3, "is a mapping, not text"),
        ("topics: [Water, '']", "value-blank", 3, "is blank"),
        ("hours:", "value-blank", 3, "is blank"),
        ("huors: 9–17", "key-unknown", 3, "is no known key"),
        ("level: boxd", "value-type", 3, "'boxd' is no level of an entry"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_told_at_its_line(
    folder: Path, fields: str, code: str, line: int, message: str
) -> None:
    entry, findings = entry_with(folder, fields)
    assert [(each.code, each.place.line) for each in findings] == [(code, line)]
    assert message in findings[0].message
    assert texts(entry) == ({"topics": ("Water",)} if "Water" in fields else {})


def test_a_misspelt_field_is_told_the_nearest_of_the_editions_own(folder: Path) -> None:
    _, findings = entry_with(folder, "huors: 9–17")
    assert findings[0].remedy == "Did you mean 'hours'?"


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        ("fields:\n  contact: {label: Contact}\n", "name-duplicate", "every entry has a field 'contact' already"),
        ("fields:\n  Opening hours: {label: Hours}\n", "value-type", "'Opening hours' is no name of a field"),
        ("fields:\n  hours: {label: Hours, type: time}\n", "value-type", "'time' is no type of field"),
        ("fields:\n  hours: {type: date}\n", "key-missing", "is required"),
        ("fields:\n  hours: Hours\n", "value-type", "is text, not a mapping"),
        ("fields: [hours]\n", "value-type", "is a list, not a mapping"),
    ],
)
def test_a_field_that_an_entry_could_not_have_is_an_error_at_its_line(
    tmp_path: Path, fields: str, code: str, message: str
) -> None:
    edition, findings = read(write_edition(tmp_path, {"quay": ""}, more=fields))
    assert {each.code for each in findings if each.code != "key-missing"} | {code} == {code}
    finding = next(each for each in findings if each.code == code)
    assert message in finding.message
    assert (finding.severity, finding.place.file) == (Severity.ERROR, "content/x/edition.yaml")
    assert finding.place.line == 6 + ("\n " in fields)
    assert len(edition.fields) <= 1


# -------------------------------------------------------------------- kept from build to build
def test_an_entry_is_read_anew_when_a_field_is_declared_otherwise(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    folder = write_edition(tmp_path, {"quay": "founded: 1887-05-12"}, more="fields:\n  founded: {label: Founded}\n")
    first, _ = read(folder, store)
    sheet = folder / "edition.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("label: Founded", "label: Founded, type: date"), "utf-8")
    second, _ = read(folder, store)
    sheet.write_text(sheet.read_text("utf-8").replace("language: en-GB", "language: fr"), "utf-8")
    third, _ = read(folder, store)
    entries = [edition.entries[0] for edition in (first, second, third)]
    assert [texts(entry)["founded"] for entry in entries] == [("1887-05-12",), ("12 May 1887",), ("12 mai 1887",)]
    assert len({entry.digest for entry in entries}) == 3  # by which pieces are kept


def test_an_entry_without_fields_is_known_by_its_file_alone(tmp_path: Path) -> None:
    one, other = (
        read(write_edition(tmp_path / name, {"quay": ""}, language=name))[0].entries[0] for name in ("fr", "de")
    )
    assert one.digest == other.digest


# -------------------------------------------------------------------- in an editor that completes
@pytest.mark.parametrize(
    ("entry", "is_valid"),
    [
        ({"hours": "9–17", "founded": "1887-05-12", "members": 42, "topics": ["Water"]}, True),
        ({"founded": 1887, "members": 42.5, "topics": "Water"}, True),
        ({"founded": "1887-05", "members": "1 200"}, True),
        ({"founded": "in spring"}, False),
        ({"members": "many"}, False),
        ({"topics": [["Water"]]}, False),
        ({"huors": "9–17"}, False),
    ],
)
def test_the_schema_of_an_edition_has_its_own_fields(folder: Path, entry: dict[str, object], is_valid: bool) -> None:
    validator = Draft202012Validator(content_schema("entry", folder))
    assert validator.is_valid({"name": "Quay"} | entry) is is_valid


def test_the_schema_offers_a_field_by_its_label(folder: Path) -> None:
    assert content_schema("entry", folder)["properties"]["hours"]["description"].startswith("Hours: ")
    assert "hours" not in content_schema("entry", None)["properties"]
