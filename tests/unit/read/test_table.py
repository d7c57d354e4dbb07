"""A table as the source of a section's entries."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directory_pub.edition.model import Edition, Entry
from directory_pub.edition.text import Paragraph, plain, runs_within
from directory_pub.findings import Finding, Severity
from directory_pub.proofread.references import proofread_references
from directory_pub.read import read_edition
from directory_pub.storage.store import Store
from project import ROOT
from unit.made_tables import Rows, cell, ods, ods_rows, write_csv, write_ods, write_xlsx

SHEET = """key: x
title: Register
language: en-GB
created: 2031-03-02
trim: A4
fields:
  hours: {label: Opening hours}
  founded: {label: Founded, type: date}
  topics: {label: Topics, type: list}
sections:
  - key: members
    title: MEMBERS
    entries: FILE
"""
HEAD = ["Name", "Opening hours", "Website", "E-mail", "Phone", "Phone 2", "Founded", "Topics", "Place", "Text"]
QUAY = ["Quay Society", "9–17", "www.example.org", "office@example.org", "+41 22 555 01 32", "+41 22 555 01 33"]
QUAY += ["1999-03-04", "Water; Housing", "Quayton", "Made up.\nIt meets on **Mondays**."]
LOCK = ["Lock Union", None, None, "lock@example.org", None, None, None, None, None, None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "x"
    folder.mkdir(parents=True)
    for name in ("icons", "styles"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return folder


def table(folder: Path, rows: Rows, more: str = "", *, ending: str = "xlsx", **options: Any) -> None:
    """A section fed from a table, with ``more`` of its fields."""
    (folder / "edition.yaml").write_text(SHEET.replace("FILE", f"members.{ending}") + more, "utf-8")
    path = folder / f"members.{ending}"
    if ending == "ods":
        write_ods(path, ods(("Members", f">{ods_rows(rows)}")))
    else:
        (write_csv if ending == "csv" else write_xlsx)(path, rows, **options)


def beside(folder: Path, key: str, text: str) -> None:
    (folder / "members").mkdir(exist_ok=True)
    (folder / "members" / f"{key}.md").write_text(text, "utf-8")


def read(folder: Path) -> tuple[Edition, list[Finding]]:
    edition, findings = read_edition(folder, folder.parent.parent)
    assert edition is not None
    return edition, findings


def entries(folder: Path) -> tuple[Entry, ...]:
    edition, findings = read(folder)
    assert findings == []
    return edition.entries


def told(folder: Path) -> list[tuple[str, str, str]]:
    """Code, place and message of each finding."""
    return [(f.code, str(f.place).removeprefix("content/x/"), f.message) for f in read(folder)[1]]


# -------------------------------------------------------------------- rows
@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_every_cell_of_a_row_is_in_its_entry(ending: str, folder: Path) -> None:
    table(folder, [HEAD, QUAY, LOCK], ending=ending)
    quay, lock = entries(folder)
    assert (quay.key, quay.name, quay.locality, lock.key) == ("quay-society", "Quay Society", "Quayton", "lock-union")
    assert [(row.kind, row.text) for row in quay.contact] == [
        ("web", "www.example.org"),
        ("mail", "office@example.org"),
        ("phone", "+41 22 555 01 32"),
        ("phone", "+41 22 555 01 33"),
    ]
    assert [value.texts for value in quay.values] == [("9–17",), ("4 March 1999",), ("Water", "Housing")]
    assert [plain(runs) for runs in runs_within(quay.body)] == ["Made up.", "It meets on Mondays."]
    assert [run.text for runs in runs_within(quay.body) for run in runs if run.bold] == ["Mondays"]
    assert (lock.body, lock.values, [row.text for row in lock.contact]) == ((), (), ["lock@example.org"])


def test_a_value_knows_its_cell_and_of_a_csv_its_line_and_column(folder: Path) -> None:
    table(folder, [HEAD, LOCK, QUAY])
    quay = entries(folder)[1]
    assert str(quay.place) == "content/x/members.xlsx: Members!A3"
    assert str(quay.contact[0].place) == "content/x/members.xlsx: Members!C3"
    assert str(quay.values[2].place) == "content/x/members.xlsx: Members!H3"
    assert (str(quay.in_body(3)), quay.in_body(3).field) == ("content/x/members.xlsx: Members!J3", "body")
    table(folder, [HEAD, LOCK, QUAY], ending="csv")
    (folder / "members.xlsx").unlink()
    quay = entries(folder)[1]
    assert (str(quay.contact[0].place), quay.contact[0].place.field) == ("content/x/members.csv:3", "Website")


def test_lines_of_a_cell_of_a_csv_are_lines_of_the_file(folder: Path) -> None:
    rows = [["Name", "Text", "Phone"], ["Quay", "One.\nTwo.\nThree.", "+41 22 555 01 32"], ["Lock", "x", ""]]
    table(folder, rows, ending="csv")
    quay, lock = entries(folder)
    assert [block.line for block in quay.body] == [2, 3, 4]
    assert (quay.contact[0].place.line, lock.place.line) == (4, 5)


def test_a_text_with_blank_lines_is_markdown_as_it_stands(folder: Path) -> None:
    text = "One\nline.\n\n- a\n- b\n\nCalled.[^1]\n\n[^1]: A note."
    rows = [["Name", "Text"], ["Quay", text], ["Lock", "Called.[^1]\n[^1]: Another."]]
    table(folder, rows)
    edition, findings = read(folder)
    assert findings == []
    quay, lock = edition.entries
    assert [type(block).__name__ for block in quay.body] == ["Paragraph", "ItemList", "Paragraph"]
    assert {block.line for block in quay.body} == {2}
    assert [plain(note.runs) for note in (*quay.notes(), *lock.notes())] == ["A note.", "Another."]
    first = edition.first_notes()
    assert [first[note.source] + note.index for note in (*quay.notes(), *lock.notes())] == [1, 2]


def test_a_line_end_after_a_backslash_and_marks_of_lists_part_no_paragraphs(folder: Path) -> None:
    table(folder, [["Name", "Text"], ["Quay", "1 Quay\\\nOld Town\nList:\n- a\n- b\nEnd."]])
    (quay,) = entries(folder)
    assert [type(block).__name__ for block in quay.body] == ["Paragraph", "Paragraph", "ItemList", "Paragraph"]
    assert isinstance(quay.body[0], Paragraph)
    assert "".join(run.text for run in quay.body[0].runs) == "1 Quay\nOld Town"


def test_a_day_is_taken_as_it_is_however_the_sheet_shows_it(folder: Path) -> None:
    def shorten(sheet: Any) -> None:
        sheet["B2"].number_format = "mm-dd-yy"  # each computer's own short date
        sheet["B3"].number_format = "DD.MM.YYYY"

    day = datetime.datetime(1999, 3, 4)
    table(folder, [["Name", "Founded"], ["Quay", day], ["Lock", day]], change=shorten)
    assert [entry.values[0].written for entry in entries(folder)] == ["1999-03-04", "1999-03-04"]


def test_line_ends_of_all_programs_are_line_ends(folder: Path) -> None:
    table(
        folder, [["Name", "Address", "Topics"], ["Quay", "1 Quay_x000D_\nOld Town\r\nNorthport", "Water\nHousing;Work"]]
    )
    (quay,) = entries(folder)
    assert quay.contact[0].text == "1 Quay\nOld Town\nNorthport"
    assert quay.values[0].texts == ("Water", "Housing", "Work")


def test_numbers_read_as_they_show(folder: Path) -> None:
    rows = [["Name", "Opening hours"], ["Quay", 0.5], ["Lock", 12]]
    table(folder, rows, change=lambda sheet: sheet["B2"].__setattr__("number_format", "0 %"))
    assert [entry.values[0].texts for entry in entries(folder)] == [("50 %",), ("12",)]


def test_blank_rows_are_none_and_rows_keep_their_numbers(folder: Path) -> None:
    table(folder, [["Name"], [None], ["Quay"], [None], ["Lock"]])
    assert [(entry.key, entry.place.cell) for entry in entries(folder)] == [
        ("quay", "Members!A3"),
        ("lock", "Members!A5"),
    ]


def test_an_entry_is_known_by_its_cells_and_its_file(folder: Path) -> None:
    def digests() -> list[str]:
        return [entry.digest for entry in entries(folder)]

    table(folder, [HEAD, QUAY, LOCK])
    beside(folder, "lock-union", "Text.")
    before = digests()
    table(folder, [HEAD, [*QUAY[:-1], "Made anew."], LOCK])
    assert [old == new for old, new in zip(before, digests(), strict=True)] == [False, True]
    table(folder, [HEAD, QUAY, LOCK])
    beside(folder, "lock-union", "Another text.")
    assert [old == new for old, new in zip(before, digests(), strict=True)] == [True, False]


def test_a_row_that_moves_stays_the_same_and_knows_its_new_place(folder: Path) -> None:
    store = Store()

    def quay() -> tuple[str, str, list[str]]:
        edition, _ = read_edition(folder, folder.parent.parent, store)
        assert edition is not None
        entry = next(each for each in edition.entries if each.key == "quay-society")
        findings = proofread_references(edition, (), store)
        return entry.digest, str(entry.in_body(1)), [str(f.place) for f in findings if f.code == "reference-broken"]

    row = [*QUAY[:-1], "See [it](#nowhere)."]
    table(folder, [HEAD, row])
    digest, at, told = quay()
    assert at.endswith("Members!J2")
    assert told == [at]
    table(folder, [HEAD, LOCK, row])
    assert quay() == (digest, at.replace("J2", "J3"), [at.replace("J2", "J3")])


# -------------------------------------------------------------------- columns
def test_columns_are_named_where_their_heads_are_other_words(folder: Path) -> None:
    rows = [
        ["Organisation", "Since", "Tel. office", "Tel. home", "Masto", "Short", "Blurb", "Name"],
        ["Quay", "1999", "+41 22 555 01 32", "+41 22 555 01 33", "@quay@example.org", "q", "Long.", None],
    ]
    more = "    columns:\n      name: Organisation\n      founded: since\n      phone: [Tel. office, Tel. home]\n"
    more += "      mastodon: Masto\n      key: Short\n      text: Blurb\n"
    table(folder, rows, more)
    (quay,) = entries(folder)
    assert (quay.key, quay.name, quay.values[0].texts) == ("q", "Quay", ("1999",))
    assert [(row.kind, row.network, row.text) for row in quay.contact] == [
        ("phone", None, "+41 22 555 01 32"),
        ("phone", None, "+41 22 555 01 33"),
        ("social", "mastodon", "@quay@example.org"),
    ]
    assert [plain(runs) for runs in runs_within(quay.body)] == ["Long."]


def test_a_pictures_parts_have_columns_and_what_is_missing_is_told_at_the_cell(folder: Path) -> None:
    table(folder, [["Name", "photo.file", "Photo alt", "photo_credit"], ["Quay", "q.jpg", "A quay.", "A. Example"]])
    (folder / "photos").mkdir()
    (folder / "photos" / "q.jpg").write_bytes(b"")
    (quay,) = entries(folder)
    assert quay.photo is not None
    assert (quay.photo.file, quay.photo.alt, quay.photo.credit) == ("q.jpg", "A quay.", "A. Example")
    table(folder, [["Name", "Photo"], ["Quay", "q.jpg"]])
    assert told(folder)[0][:2] == ("photo-alt", "members.xlsx: Members!B2")


def test_columns_and_sheets_that_nothing_comes_from_are_one_note_each(folder: Path) -> None:
    rows = [["Name", "Paid", "", "Empty"], ["Quay", "yes", "x", None], ["Lock", "no", None, None]]
    table(folder, rows, change=lambda sheet: sheet.parent.create_sheet("Board"))
    assert told(folder) == [
        ("table-unread", "members.xlsx", "the entries are those of the sheet 'Members'; 'Board' is not read."),
        (
            "table-unread",
            "members.xlsx: Members!B1",
            "columns 'Paid' (B), without a head (C) are no field of an entry, and not printed.",
        ),
    ]
    assert {finding.severity for finding in read(folder)[1]} == {Severity.NOTE}


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_cell_that_leads_where_it_does_not_say_is_a_warning(ending: str, folder: Path) -> None:
    cells = {
        "Website": [("our site", "https://quay.example.org/"), ("www.lock.example.org", "http://lock.example.org/?a=b"),
                    ("here", "https://weir.example.org")],
        "E-mail": [("office@example.org", "mailto:office@example.org?subject=Hello"), ("l@example.org", "mailto:l@example.org"),
                   ("w@example.org", "mailto:w@example.org")],
        "Phone": [("+41 22 555 01 32", "tel:+41225550132"), ("", ""), ("", "")],
    }  # fmt: skip
    names, heads = ["Quay", "Lock", "Weir"], ["Name", *cells]
    if ending == "ods":

        def made(text: str, goal: str) -> str:
            return cell(inside=f'<text:p><text:a xlink:href="{goal}">{text}</text:a></text:p>') if text else cell()

        table(
            folder,
            [heads, *([names[at], *(made(*cells[head][at]) for head in cells)] for at in range(3))],
            ending="ods",
        )
    else:

        def lead(sheet: Any) -> None:
            for column, head in zip("BCD", cells, strict=True):
                for at, (text, goal) in enumerate(cells[head], 2):
                    if text:
                        sheet[f"{column}{at}"].hyperlink, sheet[f"{column}{at}"].value = goal, text

        table(folder, [heads, *([name] for name in names)], change=lead)
    (found,) = told(folder)
    message = "leads to https://quay.example.org/, which it does not say: the book has no such link. The same in 1 more"
    assert found[:2] == ("table-unread", f"members.{ending}: Members!B2")
    assert found[2].startswith(message)


def test_a_sheet_is_read_by_its_name(folder: Path) -> None:
    def add(sheet: Any) -> None:
        sheet.parent.create_sheet("Board").append(["Name"])
        sheet.parent["Board"].append(["Chair"])

    table(folder, [["Name"], ["Quay"]], "    sheet: Board\n", change=add)
    assert [entry.name for entry in entries(folder)] == ["Chair"]
    table(folder, [["Name"], ["Quay"]], "    sheet: Bord\n", change=add)
    assert ("table-unreadable", "edition.yaml:14", "members.xlsx has no sheet 'Bord'.") in told(folder)
    table(folder, [["Name"], ["Quay"]], "    sheet: Board\n", ending="csv")
    assert ("value-type", "edition.yaml:14") not in [each[:2] for each in told(folder)]


def columns(text: str) -> str:
    return "    columns:\n" + "".join(f"      {line}\n" for line in text.split("\n"))


@pytest.mark.parametrize(
    ("head", "more", "expected"),
    [
        (["Name", "Hours"], columns("hours: Horus"), ("table-column", "edition.yaml:15", "no column is headed 'Horus'.")),
        (["Name", "A", "A"], columns("hours: A"), ("table-column", "edition.yaml:15", "2 columns are headed 'A'.")),
        (["Name", "A"], columns("hours: A\nplace: A"), ("table-column", "edition.yaml:16", "named for another field")),
        (["Name", "A", "B"], columns("place: [A, B]"), ("table-column", "edition.yaml:15", "'place' is one column")),
        (["Name", "A"], columns("plaice: A"), ("key-unknown", "edition.yaml:15", "no known key")),
        (["Name", "Place", "place"], "", ("table-column", "members.xlsx: Members!C1", "'place' is the column 'Place' (B)")),
        (["Organisation", "Place"], "", ("table-column", "members.xlsx: Members!A1", "(Organisation, Place)")),
    ],
)  # fmt: skip
def test_heads_that_do_not_fit_are_errors(
    head: list[str], more: str, expected: tuple[str, str, str], folder: Path
) -> None:
    table(folder, [head, ["Quay"]], more)
    found = told(folder)
    assert any(each[:2] == expected[:2] and expected[2] in each[2] for each in found), found


def test_a_misspelt_head_is_told_with_the_nearest(folder: Path) -> None:
    table(folder, [["Name", "Opening"], ["Quay", "9–17"]], columns("hours: Openning"))
    assert [finding.remedy for finding in read(folder)[1] if finding.code == "table-column"] == [
        "Did you mean 'Opening'?"
    ]


def test_a_head_that_is_not_there_is_one_finding(folder: Path) -> None:
    table(folder, [["Organisation", "Opening"], ["Quay", "9–17"]], columns("name: Organization"))
    assert [each[0] for each in told(folder)] == ["table-column"]
    table(folder, [["Name", "Opening"], ["Quay", "9–17"]], columns("hours: Openning"))
    assert [each[0] for each in told(folder)] == ["table-column"]


# -------------------------------------------------------------------- what nobody can know
@pytest.mark.parametrize(
    ("change", "code", "at", "message"),
    [
        (lambda s: s.row_dimensions.__getitem__(3).__setattr__("hidden", True), "table-hidden", "A3", "row 3 is hidden"),
        (lambda s: s.column_dimensions.__getitem__("B").__setattr__("hidden", True), "table-cell", "B2",
         "stands in a hidden column. The same in 1 more rows"),
        (lambda s: s.__setitem__("B3", "#N/A"), "table-cell", "B3", "shows #N/A."),
        (lambda s: s.__setitem__("B3", "=A2"), "table-cell", "B3", "a formula without a result"),
        (lambda s: s.merge_cells("B2:B3"), "table-cell", "B2", "merged with others (B2:B3)"),
        (lambda s: (s.__setitem__("B3", 0.5), s["B3"].__setattr__("number_format", "# ?/?")), "table-cell", "B3",
         "the number format '# ?/?'"),
        (lambda s: s.__setitem__("A3", "=B2"), "table-cell", "A3", "a formula without a result"),
    ],
    ids=["row", "column", "error", "formula", "merged", "format", "name"],
)  # fmt: skip
def test_a_cell_of_which_nobody_can_say_what_it_shows_is_an_error_with_its_name(
    change: Callable[[Any], object], code: str, at: str, message: str, folder: Path
) -> None:
    table(folder, [["Name", "Opening hours"], ["Quay", "9–17"], ["Lock", "8–16"]], change=change)
    (found,) = told(folder)
    assert found[:2] == (code, f"members.xlsx: Members!{at}")
    assert message in found[2]


def test_cells_in_columns_that_are_not_taken_may_be_as_they_are(folder: Path) -> None:
    def spoil(sheet: Any) -> None:
        sheet["B2"], sheet["B3"] = "#N/A", "=A1"
        sheet.column_dimensions["B"].hidden = True

    table(folder, [["Name", "Paid"], ["Quay", "x"], ["Lock", "x"]], change=spoil)
    assert {each[0] for each in told(folder)} == {"table-unread"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Quay"], ["QUAY"]], ("entry-repeated", "Members!A3", "'quay' is the key of Members!A2, too.")),
        ([["Quay"], [None, "9–17"]], ("key-missing", "Members!A3", "the row has no name.")),
        ([["Quay"], ["名簿"]], ("key-missing", "Members!A3", "no key can be made of “名簿”.")),
        ([["Quay"], ["Lock", None, "The Lock"]], ("value-type", "Members!C3", "'The Lock' is no key.")),
        ([["Quay"], ["Lock", None, "quay"]], ("entry-repeated", "Members!C3", "'quay' is the key of Members!A2, too.")),
        ([["Quay"], ["…"]], ("key-missing", "Members!A3", "no key can be made of “…”.")),
    ],
)
def test_rows_without_a_key_of_their_own_are_errors(rows: Rows, expected: tuple[str, str, str], folder: Path) -> None:
    table(folder, [["Name", "Opening hours", "Key"], *rows])
    assert (expected[0], f"members.xlsx: {expected[1]}", expected[2]) in told(folder)
    assert [entry.key for entry in read(folder)[0].entries] == ["quay"]


def test_a_value_of_a_wrong_form_is_told_at_its_cell(folder: Path) -> None:
    table(folder, [["Name", "Founded", "Confirmed"], ["Quay", "long ago", "in May"]])
    assert [each[:2] for each in told(folder)] == [
        ("value-type", "members.xlsx: Members!C2"),
        ("value-type", "members.xlsx: Members!B2"),
    ]


def test_marks_and_characters_that_nobody_sees_are_told_at_their_cells(folder: Path) -> None:
    rows = [["Name", "Opening hours", "Text"], ["Quay", "9\u200b–17", "One.\nA <b>bold</b> word and **lost.\u200b"]]
    table(folder, rows)
    assert {each[:2] for each in told(folder)} == {
        ("character-unseen", "members.xlsx: Members!B2"),
        ("character-unseen", "members.xlsx: Members!C2"),
        ("raw-html", "members.xlsx: Members!C2"),
        ("emphasis-stray", "members.xlsx: Members!C2"),
    }


def test_a_row_of_a_csv_with_too_few_cells_is_an_error(folder: Path) -> None:
    table(folder, [["Name", "Place"], ["Quay", "Quayton"], ["Lock"]], ending="csv")
    assert told(folder) == [("table-cell", "members.csv:3", "has 1 cells; the table has 2 columns.")]


# -------------------------------------------------------------------- the file beside the table
def test_a_file_of_the_same_key_adds_text_and_what_the_row_lacks(folder: Path) -> None:
    table(folder, [["Name", "Website"], ["Quay", "www.example.org"], ["Lock", None]])
    beside(folder, "quay", "---\nsubtitle: On the river\ncontact:\n  - mail: q@example.org\n---\n\nLong text.\n")
    beside(folder, "lock", "Only text.\n")
    quay, lock = entries(folder)
    assert (quay.subtitle, [row.kind for row in quay.contact]) == ("On the river", ["web", "mail"])
    assert [plain(runs) for entry in (quay, lock) for runs in runs_within(entry.body)] == ["Long text.", "Only text."]
    assert (str(quay.in_body(7)), lock.in_body(1).line) == ("content/x/members/quay.md:7", 1)
    assert quay.files == {"content/x/members.xlsx", "content/x/members/quay.md"}
    assert quay.place_of("subtitle").file == "content/x/members/quay.md"


def test_what_row_and_file_both_have_is_an_error_that_names_both(folder: Path) -> None:
    table(folder, [["Name", "Place", "Phone", "Text"], ["Quay", "Quayton", "+41 22 555 01 32", "Short."]])
    beside(folder, "quay", "---\nname: Quay\nplace: Locton\ncontact:\n  - phone: 1\n---\n\nLong.\n")
    assert told(folder) == [
        ("key-duplicate", "members/quay.md:3", "'place' stands in content/x/members.xlsx: Members!B2, too."),
        ("key-duplicate", "members/quay.md:5", "'contact.phone' stands in content/x/members.xlsx: Members!C2, too."),
        ("key-duplicate", "members/quay.md:8", "'text' stands in content/x/members.xlsx: Members!D2, too."),
    ]


def test_a_file_whose_key_no_row_has_is_an_error(folder: Path) -> None:
    table(folder, [["Name"], ["Quay"]])
    beside(folder, "quai", "Text.")
    assert told(folder) == [("entry-unlisted", "members/quai.md", "no row of members.xlsx has its key.")]


# -------------------------------------------------------------------- the table's file
def test_a_table_may_lie_in_the_sections_folder_and_what_programs_leave_is_none(folder: Path) -> None:
    table(folder, [["Name"], ["Quay"]])
    (folder / "members").mkdir()
    (folder / "members.xlsx").rename(folder / "members" / "members.xlsx")
    for name in ("~$members.xlsx", ".~lock.members.ods#"):
        (folder / name).write_bytes(b"x")
    assert [entry.key for entry in entries(folder)] == ["quay"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("members.xlsx", b"name\nQuay\n", ("table-unreadable", "members.xlsx")),
        ("members.ods", b"PK\x03\x04", ("table-unreadable", "members.ods")),
        ("members.csv", b"name\nQu\xe4y\n", ("file-encoding", "members.csv:2")),
        ("members.csv", b"", ("table-unreadable", "members.csv")),
        ("members.csv", None, ("file-missing", "edition.yaml:13")),
        ("members.xls", b"x", ("value-type", "edition.yaml:13")),
        ("../../../members.csv", b"name\nQuay\n", ("outside-project", "")),
    ],
)
def test_a_file_that_is_no_table_is_told_of(
    name: str, content: bytes | None, expected: tuple[str, str], folder: Path
) -> None:
    (folder / "edition.yaml").write_text(SHEET.replace("FILE", name), "utf-8")
    if content is not None:
        (folder / name).write_bytes(content)
    assert expected[0] in [code for code, _, _ in told(folder)], told(folder)


def test_a_table_stands_alone_in_its_section(folder: Path) -> None:
    table(folder, [["Name"], ["Quay"]])
    (folder / "edition.yaml").write_text(SHEET.replace("FILE", "[members.xlsx, lock]"), "utf-8")
    assert ("value-type", "edition.yaml:13", "a table and other entries stand in one list.") in told(folder)


def test_what_only_a_table_has_is_told_of_elsewhere(folder: Path) -> None:
    table(folder, [["Name"], ["Quay"]], "    sheet: Members\n" + columns("name: Name"))
    (folder / "members.xlsx").unlink()
    (folder / "edition.yaml").write_text(
        (folder / "edition.yaml").read_text("utf-8").replace("members.xlsx", "[quay]"), "utf-8"
    )
    beside(folder, "quay", "---\nname: Quay\n---\n\nText.\n")
    assert [each[:2] for each in told(folder)] == [
        ("field-unused", "edition.yaml:14"),
        ("field-unused", "edition.yaml:15"),
    ]


def test_ods_cells_keep_their_faults(folder: Path) -> None:
    table(
        folder,
        [["Name", "Place"], ["Quay", cell("#N/A", 'table:formula="of:=A1" calcext:value-type="error"')]],
        ending="ods",
    )
    assert told(folder) == [("table-cell", "members.ods: Members!B2", "shows #N/A.")]
