"""A section of people: its order, its own fields, and what portraits say to those who cannot see them."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.edition.model import Edition
from directory_pub.findings import Finding
from directory_pub.read import read_edition
from small_edition import write_edition
from unit.made_tables import write_xlsx

PEOPLE = {
    "ada": "name: Ada Brandt\nphoto: {file: ada.jpg}",
    "bo": "name: Bo Abel\nphoto: {file: bo.jpg, alt: Bo Abel with his dog.}",
    "cyd": "name: Cyd de la Zorn",
    "dan": "name: Nagy Dan\nsort: Nagy, Dan",
}
FIELDS = "fields:\n  institute: {label: Institute}\n"


def read(folder: Path) -> tuple[Edition, list[Finding]]:
    edition, findings = read_edition(folder, folder.parent.parent)
    assert edition is not None
    return edition, findings


def told(findings: list[Finding]) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.place.line) for finding in findings if finding.code != "photo-missing"]


def people(
    tmp_path: Path, section: str = "entries: all\nform: people\n", more: str = ""
) -> tuple[Edition, list[Finding]]:
    return read(write_edition(tmp_path, PEOPLE, section=section, more=more))


def test_people_are_in_the_order_of_their_familys_names(tmp_path: Path) -> None:
    edition, findings = people(tmp_path)
    assert [entry.key for entry in edition.entries] == ["bo", "ada", "dan", "cyd"]
    assert told(findings) == []


def test_their_letters_are_those_of_the_family(tmp_path: Path) -> None:
    edition, _ = people(tmp_path, "entries: all\nform: people\ngroup: by-letter\n")
    assert [group.title for group in edition.sections[0].groups] == ["A", "B", "N", "Z"]


def test_a_list_in_another_order_stays_as_it_is_listed(tmp_path: Path) -> None:
    edition, _ = people(tmp_path, "entries: [cyd, ada, bo, dan]\nform: people\n")
    assert [entry.key for entry in edition.entries] == ["cyd", "ada", "bo", "dan"]


def test_other_entries_are_sorted_by_what_they_say_too(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, {"ash": "name: The Ash", "oak": "name: 7 Oaks\nsort: Seven Oaks"})
    edition, _ = read(folder)
    assert [entry.key for entry in edition.entries] == ["oak", "ash"]
    assert edition.entries[0].name == "7 Oaks"


# -------------------------------------------------------------------- portraits
def test_a_portrait_without_a_text_is_called_by_the_name(tmp_path: Path) -> None:
    edition, findings = people(tmp_path)
    assert {entry.key: entry.photo.alt for entry in edition.entries if entry.photo} == {
        "ada": "Ada Brandt",
        "bo": "Bo Abel with his dog.",
    }
    assert "photo-alt" not in {finding.code for finding in findings}


def test_another_entrys_picture_still_asks_for_one(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, PEOPLE, section="entries: [ada, cyd]\nform: people\n")
    (folder / "halls").mkdir()
    (folder / "halls" / "hall.md").write_text("---\nname: Hall\nphoto: {file: hall.jpg}\n---\n\nText.\n", "utf-8")
    sheet = folder / "edition.yaml"
    sheet.write_text(f"{sheet.read_text('utf-8')}  - {{key: halls, title: HALLS, entries: all}}\n", "utf-8")
    _, findings = read(folder)
    assert [finding.place.file for finding in findings if finding.code == "photo-alt"] == ["content/x/halls/hall.md"]


def test_a_register_of_the_same_people_has_the_same_pictures(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, PEOPLE, section="entries: all\nform: people\n")
    sheet = folder / "edition.yaml"
    more = "  - {key: list, title: LIST, folder: entries, entries: all, form: register}\n"
    sheet.write_text(f"{sheet.read_text('utf-8')}{more}", "utf-8")
    edition, findings = read(folder)
    assert told(findings) == []
    full, register = edition.sections
    assert {entry.key: entry for entry in full.entries} == {entry.key: entry for entry in register.entries}


def test_a_table_may_have_a_column_of_portraits(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, {}, section="entries: speakers.xlsx\nform: people\norder: by-name\n")
    rows = [
        ["Name", "Subtitle", "Photo", "Text"],
        ["Zoë Abel", "Baker", "zoe.jpg", "Bakes."],
        ["Bo Zorn", None, None, "Sits."],
    ]
    write_xlsx(folder / "speakers.xlsx", rows)
    edition, findings = read(folder)
    first, second = edition.entries
    assert first.photo is not None
    assert (first.name, first.photo.file, first.photo.alt) == ("Zoë Abel", "zoe.jpg", "Zoë Abel")
    assert (second.name, second.photo) == ("Bo Zorn", None)
    assert told(findings) == []


# -------------------------------------------------------------------- the section's own fields
def test_a_section_says_which_field_is_where_people_are_from(tmp_path: Path) -> None:
    edition, findings = people(
        tmp_path, "entries: all\nform: people\nportraits: round\naffiliation: institute\n", FIELDS
    )
    (section,) = edition.sections
    assert (section.portraits, section.affiliation, told(findings)) == ("round", "institute", [])


@pytest.mark.parametrize(
    ("section", "code", "remedy"),
    [
        ("form: people\naffiliation: institut\n", "key-unknown", "institute"),
        ("form: people\nportraits: oval\n", "value-type", "square"),
        ("form: compact\nportraits: round\n", "field-unused", "form: people"),
        ("form: pages\naffiliation: institute\n", "field-unused", "form: people"),
    ],
)
def test_what_it_says_wrongly_is_told_of(tmp_path: Path, section: str, code: str, remedy: str) -> None:
    _, findings = people(tmp_path, f"entries: all\n{section}", FIELDS)
    (finding,) = [each for each in findings if each.code not in ("photo-missing", "photo-alt")]
    assert (finding.code, finding.place.file) == (code, "content/x/edition.yaml")
    assert remedy in finding.remedy


def test_a_level_has_no_effect_on_people(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, {"ada": "name: Ada Brandt\nlevel: boxed"}, section="entries: all\nform: people\n")
    _, findings = read(folder)
    assert told(findings) == [("field-unused", 3)]
