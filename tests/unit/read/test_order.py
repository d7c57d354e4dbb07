"""The order of a section's entries and the groups that they stand in, as edition.yaml asks for them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from directory_pub.edition.model import Edition
from directory_pub.findings import Finding, Severity
from directory_pub.read import read_edition
from directory_pub.read.order import _number
from small_edition import write_edition

TOWNS = {
    "amber": "place: Hamburg\nfounded: 1901\nfee: 120\ntopics: [Water, Housing]",
    "beacon": "name: The Beacon\nplace: Ålborg\nfounded: 1887-05\nfee: 9.5\ntopics: [Housing]",
    "cove": "name: Öland Cove\nplace: Hamburg\nfounded: 1887-05-12\nfee: 1 200",
    "dune": "name: 3 Dunes\nplace: Åre\nfounded: 1887\nfee: 20\ntopics: [Water]",
}
FIELDS = """fields:
  founded: {label: Founded, type: date}
  fee: {label: Fee, type: number}
  topics: {label: Topics, type: list}
ignored_articles: [The, L']
"""
COMPACT = "entries: all\nform: compact\n"


def read(folder: Path) -> tuple[Edition, list[Finding]]:
    edition, findings = read_edition(folder, folder.parent.parent)
    assert edition is not None
    return edition, findings


def keys(edition: Edition) -> str:
    return " ".join(entry.key for entry in edition.entries)


def groups(edition: Edition) -> list[tuple[str, str, str]]:
    (section,) = edition.sections
    assert section.entries == tuple(entry for group in section.groups for entry in group.entries) or not section.groups
    return [(group.initial, group.title, " ".join(entry.key for entry in group.entries)) for group in section.groups]


def arranged(root: Path, section: str, language: str = "en-GB") -> tuple[Edition, list[Finding]]:
    return read(write_edition(root, TOWNS, section=section, more=FIELDS, language=language))


# -------------------------------------------------------------------- all entries of a folder
def test_all_entries_of_a_folder_are_in_the_order_of_their_names(tmp_path: Path) -> None:
    edition, findings = arranged(tmp_path, "entries: all\n")
    assert (keys(edition), findings, edition.sections[0].form) == ("dune amber beacon cove", [], "pages")


def test_what_is_no_entry_is_left_out_of_all(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, {"quay": ""})
    for name in ("README.md", ".hidden.md", "quay.md~", "quay.bak"):
        (folder / "entries" / name).write_text("No entry.", "utf-8")
    (folder / "entries" / "more").mkdir()
    (folder / "entries" / "more" / "lost.md").write_text("---\nname: Lost\n---\n", "utf-8")
    edition, findings = read(folder)
    assert keys(edition) == "quay"
    assert [(each.code, each.place.file) for each in findings] == [("file-unused", "content/x/entries/more/lost.md")]


def test_a_folder_of_which_all_is_taken_and_that_is_empty_is_told(tmp_path: Path) -> None:
    _, findings = read(write_edition(tmp_path, {}))
    assert [each.code for each in findings] == ["key-missing"]


def test_an_entry_that_is_taken_and_listed_stands_once(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, TOWNS, more=FIELDS)
    with (folder / "edition.yaml").open("a", encoding="utf-8") as sheet:
        sheet.write("  - key: more\n    title: MORE\n    folder: entries\n    entries: [amber]\n")
    edition, findings = read(folder)
    assert keys(edition) == "dune amber beacon cove"
    assert [each.code for each in findings] == ["entry-repeated"]
    assert "is listed on line 15 already" in findings[0].message


# -------------------------------------------------------------------- orders
@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("entries: [cove, amber, dune, beacon]", "cove amber dune beacon"),
        ("entries: [cove, amber, dune, beacon]\norder: as-listed", "cove amber dune beacon"),
        ("entries: all\norder: as-listed", "amber beacon cove dune"),
        ("entries: [cove, amber, dune, beacon]\norder: by-name", "dune amber beacon cove"),
        ("entries: all\norder: by-place", "beacon dune amber cove"),  # in English å is an a
        ("entries: all\norder: {by: founded}", "dune beacon cove amber"),  # 1887, May 1887, 12 May 1887, 1901
        ("entries: all\norder: {by: fee}", "beacon dune amber cove"),
        ("entries: all\norder: {by: topics}", "beacon dune amber cove"),  # by the first; the one without comes last
    ],
)
def test_entries_are_in_the_order_that_is_asked_for(tmp_path: Path, section: str, expected: str) -> None:
    edition, findings = arranged(tmp_path, section)
    assert (keys(edition), findings, edition.sections[0].groups) == (expected, [], ())


def test_places_are_in_the_order_of_the_editions_language(tmp_path: Path) -> None:
    edition, _ = arranged(tmp_path, COMPACT + "group: by-place", language="da")
    assert groups(edition) == [("H", "Hamburg", "amber cove"), ("Å", "Ålborg", "beacon"), ("Å", "Åre", "dune")]


def test_articles_count_in_the_name_of_a_place(tmp_path: Path) -> None:
    towns = {"one": "place: The Hague", "two": "place: Hull", "three": "place: Zeal"}
    edition, _ = read(write_edition(tmp_path, towns, section=COMPACT + "group: by-place", more=FIELDS))
    assert [title for _, title, _ in groups(edition)] == ["Hull", "The Hague", "Zeal"]


# -------------------------------------------------------------------- groups
@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("by-letter", [("#", "#", "dune"), ("A", "A", "amber"), ("B", "B", "beacon"), ("O", "O", "cove")]),
        ("by-place", [("A", "Ålborg", "beacon"), ("A", "Åre", "dune"), ("H", "Hamburg", "amber cove")]),
        ("{by: founded}", [("#", "1887", "dune"), ("#", "May 1887", "beacon"), ("#", "12 May 1887", "cove"), ("#", "1901", "amber")]),
        ("{by: fee}", [("#", "9.5", "beacon"), ("#", "20", "dune"), ("#", "120", "amber"), ("#", "1 200", "cove")]),
    ],
)  # fmt: skip
def test_entries_stand_together_by_what_is_asked_for(
    tmp_path: Path, group: str, expected: list[tuple[str, str, str]]
) -> None:
    edition, findings = arranged(tmp_path, f"{COMPACT}group: {group}")
    assert (groups(edition), findings) == (expected, [])


def test_an_entry_stands_once_under_the_first_of_a_list(tmp_path: Path) -> None:
    edition, findings = arranged(tmp_path, COMPACT + "group: {by: topics}")
    assert groups(edition) == [("H", "Housing", "beacon"), ("W", "Water", "dune amber"), ("…", "…", "cove")]
    (finding,) = findings
    assert (finding.code, finding.severity, finding.place.file) == (
        "key-missing",
        Severity.WARNING,
        "content/x/entries/cove.md",
    )
    assert (finding.place.line, finding.place.field, finding.remedy) == (
        1,
        "topics",
        "Write 'topics: …' among its fields, or in its row.",
    )


def test_two_spellings_of_one_head_are_told(tmp_path: Path) -> None:
    towns = {"one": "place: Hamburg", "two": "place: hamburg", "three": "place: Hamburg ", "four": "place: Hämburg"}
    edition, findings = read(write_edition(tmp_path, towns, section=COMPACT + "group: by-place"))
    assert [title for _, title, _ in groups(edition)] == ["hamburg", "Hamburg", "Hämburg"]
    assert [(each.code, each.place.file, each.place.line) for each in findings] == [
        ("name-duplicate", "content/x/entries/one.md", 3),
        ("name-duplicate", "content/x/entries/four.md", 3),
    ]


def test_an_order_that_the_groups_have_may_be_written(tmp_path: Path) -> None:
    edition, findings = arranged(tmp_path, COMPACT + "order: {by: topics}\ngroup: {by: topics}")
    assert [each.code for each in findings] == ["key-missing"]
    assert len(groups(edition)) == 3
    edition, findings = arranged(tmp_path / "more", COMPACT + "order: by-name\ngroup: by-letter")
    assert (findings, len(groups(edition))) == ([], 4)


# -------------------------------------------------------------------- what does not fit
@pytest.mark.parametrize(
    ("section", "code", "message", "remedy"),
    [
        ("entries: all\ngroup: by-letter", "group-unfit", "pages of their own", "form: compact"),
        (COMPACT + "order: by-name\ngroup: by-place", "group-unfit", "in the order 'by-name' do not stand together 'by-place'", "Take 'order' out"),
        (COMPACT + "order: as-listed\ngroup: by-letter", "group-unfit", "in the order 'as-listed'", "Take 'order' out"),
        (COMPACT + "order: {by: fee}\ngroup: {by: topics}", "group-unfit", "'{by: fee}' do not stand together '{by: topics}'", "Take 'order' out"),
        (COMPACT + "group: {by: topcis}", "key-unknown", "'topcis' is no field of the edition's own", "Did you mean 'topics'?"),
        (COMPACT + "order: {by: name}", "key-unknown", "'name' is no field of the edition's own", "Write 'order: by-name'."),
        (COMPACT + "group: {by: name}", "key-unknown", "'name' is no field of the edition's own", "Write 'group: by-letter'."),
        (COMPACT + "group: {by: place}", "key-unknown", "'place' is no field of the edition's own", "Write 'group: by-place'."),
        (COMPACT + "order: by-nmae", "value-type", "'by-nmae' is no order", "Use as-listed"),
        (COMPACT + "order: {}", "key-missing", "is required", "Add 'by: …'"),
        (COMPACT + "group: [by-letter]", "value-type", "'a list' is no way to group", "Use by-letter"),
        ("entries: all\nform: compcat", "value-type", "'compcat' is no form of a section", "Did you mean 'compact'?"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_one_error(
    tmp_path: Path, section: str, code: str, message: str, remedy: str
) -> None:
    edition, findings = arranged(tmp_path, section)
    errors = [each for each in findings if each.severity is Severity.ERROR]
    assert [(each.code, each.place.file) for each in errors] == [(code, "content/x/edition.yaml")]
    assert message in errors[0].message
    assert remedy in errors[0].remedy
    assert errors[0].place.line is not None
    assert errors[0].place.line > 15
    assert len(edition.entries) == len(TOWNS)  # none is lost


def test_an_order_by_places_asks_for_those_that_are_missing(tmp_path: Path) -> None:
    towns = {"one": "place: Hull", "two": "place:", "three": ""}
    edition, findings = read(write_edition(tmp_path, towns, section=COMPACT + "group: by-place"))
    missing = [(each.place.file, each.place.line) for each in findings if each.code == "key-missing"]
    assert missing == [("content/x/entries/three.md", 1), ("content/x/entries/two.md", 3)]
    assert groups(edition) == [("H", "Hull", "one"), ("…", "…", "three two")]


# -------------------------------------------------------------------- lists that are nearly in order
def listed(root: Path, stems: str, more: str = "") -> list[Finding]:
    towns = dict.fromkeys(stems.split(), "")
    _, findings = read(write_edition(root, towns, section=f"entries: [{', '.join(towns)}]\n{more}"))
    return findings


@pytest.mark.parametrize(
    ("stems", "told"),
    [
        ("a b c d e f g h", []),
        ("a h b c d e f g", [("sections[1].entries[2]", "“H” is out of the order", "behind “G”")]),
        ("b c d e f g h a", [("sections[1].entries[8]", "“A” is out of the order", "first")]),
        ("a b c d h e f", []),  # too few to tell
        ("b a d c e f g h", []),  # two of eight may be meant
        ("c a d e f b g h i j k l", [("sections[1].entries[1]", "“C”", "behind “B”"), ("sections[1].entries[6]", "“B”", "behind “A”")]),
    ],
)  # fmt: skip
def test_a_list_that_is_nearly_in_order_is_told_who_is_not(
    tmp_path: Path, stems: str, told: list[tuple[str, str, str]]
) -> None:
    findings = listed(tmp_path, stems)
    assert [(each.code, each.severity) for each in findings] == [("entry-unordered", Severity.NOTE)] * len(told)
    for finding, (field, message, where) in zip(findings, told, strict=True):
        assert finding.place.field == field
        assert message in finding.message
        assert finding.message.endswith(f"it would stand {where}.")


@pytest.mark.parametrize("order", ["as-listed", "by-name"])
def test_a_list_that_says_its_order_is_not_asked_for_it(tmp_path: Path, order: str) -> None:
    assert listed(tmp_path, "a h b c d e f g", f"order: {order}\n") == []


# -------------------------------------------------------------------- sections of other entries
def test_a_section_with_other_entries_has_them_in_its_groups(tmp_path: Path) -> None:
    edition, _ = arranged(tmp_path, COMPACT + "group: by-letter")
    (section,) = edition.sections
    others = tuple(reversed(section.entries))
    assert section.with_entries(others).entries == others
    assert [group.entries for group in section.with_entries(others).groups] == [(entry,) for entry in others]


# -------------------------------------------------------------------- levels
@pytest.mark.parametrize(
    ("forms", "told"), [("pages register", 1), ("compact register", 0), ("register compact", 0), ("register", 1)]
)
def test_a_level_is_told_of_once_where_no_section_shows_it(tmp_path: Path, forms: str, told: int) -> None:
    folder = write_edition(tmp_path, {"quay": "level: boxed"})
    sheet = folder / "edition.yaml"
    head = sheet.read_text("utf-8").partition("sections:")[0]
    rows = [
        f"  - {{key: s{at}, title: S, folder: entries, entries: all, form: {form}}}\n"
        for at, form in enumerate(forms.split())
    ]
    sheet.write_text(f"{head}sections:\n{''.join(rows)}", "utf-8")
    findings = [each for each in read(folder)[1] if each.place.field == "level"]
    assert [each.code for each in findings] == ["field-unused"] * told


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1 200", "en-GB", "1200"),
        ("1,200", "en-GB", "1200"),
        ("1,200.5", "en", "1200.5"),
        ("1,5", "en", "1.5"),
        ("1.200", "de", "1200"),
        ("1.200", "en", "1.200"),
        ("1,5", "de", "1.5"),
        ("1.200,5", "de-AT", "1200.5"),
        ("1.5", "de", "1.5"),
        ("1,200,000", "de", "1200000"),
        ("1'200", "de-CH", "1200"),
        ("−3", "fr", "-3"),
    ],
)
def test_a_number_has_the_value_that_its_language_writes_so(text: str, language: str, value: str) -> None:
    assert _number(text, language) == Decimal(value)
