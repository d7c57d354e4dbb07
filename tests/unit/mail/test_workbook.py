"""A workbook as a reader sees it: what cells show, what is hidden, and what cannot be known."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from directory_pub.findings import Finding
from directory_pub.mail.campaign import read_campaign
from directory_pub.mail.recipients import read_recipients
from program import run

LETTER = """---
subject: For {{ organisation }}
from: Team <team@example.org>
---

Dear {{ name }}, your number is {{ number }}.
"""


# -------------------------------------------------------------------- a list and its letter
Change = Callable[[Any], object]


def make_list(path: Path, change: Change = lambda sheet: None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Members"
    sheet.append(["email", "name", "organisation", "number"])
    for row in (["ada@example.org", "Ada", "Quays", 1099], ["bob@example.org", "Bob", "Locks", 12]):
        sheet.append(row)
    sheet["D2"].number_format = sheet["D3"].number_format = "00000"
    change(sheet)
    book.save(path)
    return path


def told(tmp_path: Path, change: Change, letter: str = LETTER) -> list[Finding]:
    path = make_list(tmp_path / "people.xlsx", change)
    (tmp_path / "letter.md").write_text(letter, "utf-8")
    (tmp_path / "book.pdf").write_bytes(b"%PDF-1.7\n")
    campaign, findings = read_campaign(path, tmp_path / "letter.md", tmp_path / "book.pdf")
    assert (campaign is None) == bool(findings)
    assert all(finding.place.file == str(path) and finding.remedy.endswith(".") for finding in findings)
    return findings


def test_a_good_list_has_no_finding_and_what_is_shown_is_sent(tmp_path: Path) -> None:
    assert told(tmp_path, lambda sheet: None) == []
    people, _ = read_recipients(tmp_path / "people.xlsx")
    assert [person.fields["number"] for person in people] == ["01099", "00012"]


@pytest.mark.parametrize(
    ("change", "code", "cell", "message"),
    [
        (lambda s: s.row_dimensions.__getitem__(3).__setattr__("hidden", True), "list-hidden", "A3", "row 3 is hidden"),
        (
            lambda s: s.column_dimensions.__getitem__("C").__setattr__("hidden", True),
            "list-field",
            "C2",
            "hidden column",
        ),
        (lambda s: s.__setitem__("C3", "#N/A"), "list-field", "C3", "shows #N/A."),
        (lambda s: s.__setitem__("C3", None), "list-field", "C3", "'organisation' is empty"),
        (lambda s: s.__setitem__("C3", "=C2"), "list-field", "C3", "a formula without a result"),
        (lambda s: s.__setitem__("B3", "#REF!"), "list-field", "B3", "shows #REF!."),
        (lambda s: s.merge_cells("C2:C3"), "list-field", "C2", "merged with others (C2:C3)"),
        (lambda s: s["D3"].__setattr__("number_format", "# ?/?"), "list-field", "D3", "the number format '# ?/?'"),
    ],
    ids=["row", "column", "error", "empty", "formula", "error in a name", "merged", "format"],
)
def test_what_is_hidden_or_cannot_be_read_is_named_with_its_cell(
    change: Change, code: str, cell: str, message: str, tmp_path: Path
) -> None:
    (finding,) = told(tmp_path, change)
    assert (finding.code, finding.place.field) == (code, f"Members!{cell}")
    assert finding.place.line == int(cell[1:])
    assert message in finding.message


def test_rows_that_a_filter_hides_are_one_finding(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.auto_filter.ref = "A1:D3"
        for line in (2, 3):
            sheet.row_dimensions[line].hidden = True

    (finding,) = told(tmp_path, hide)
    assert finding.message == "2 rows (2, 3) are hidden by a filter, and may be meant or not."


def test_the_same_fault_in_many_rows_is_told_once_with_their_number(tmp_path: Path) -> None:
    def empty(sheet: Any) -> None:
        sheet["C2"] = sheet["C3"] = None

    (finding,) = told(tmp_path, empty)
    assert finding.place.field == "Members!C2"
    assert finding.message.endswith("The same for 1 more.")


@pytest.mark.parametrize(
    "body",
    [
        "{% if organisation %}For {{ organisation }}.{% endif %}",
        "{{ organisation or 'You' }}",
        "{{ organisation | default('You', true) }}",
        "{{ 'For ' + organisation if organisation else 'For you' }}",
        "Nothing of the kind.",
    ],
)
def test_an_empty_field_that_the_letter_has_words_for_is_no_finding(body: str, tmp_path: Path) -> None:
    letter = LETTER.replace("For {{ organisation }}", "News") + body
    assert told(tmp_path, lambda sheet: sheet.__setitem__("C3", None), letter) == []


def test_faults_in_columns_that_the_letter_does_not_use_are_no_findings(tmp_path: Path) -> None:
    def spoil(sheet: Any) -> None:
        sheet["D2"], sheet["D3"] = "#N/A", "=A1"
        sheet.column_dimensions["D"].hidden = True

    assert told(tmp_path, spoil, LETTER.replace("{{ number }}", "secret")) == []


def test_an_empty_cell_of_a_csv_that_the_letter_uses_is_named_with_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text(LETTER, "utf-8")
    (tmp_path / "book.pdf").write_bytes(b"%PDF-1.7\n")
    list_file = tmp_path / "people.csv"
    list_file.write_text("email,name,organisation,number\nada@example.org,Ada,,7\n", "utf-8")
    _, (finding,) = read_campaign(list_file, tmp_path / "letter.md", tmp_path / "book.pdf")
    assert (str(finding.place), finding.place.field) == (f"{list_file}:2", "organisation")


def test_text_in_several_faces_is_one_text(tmp_path: Path) -> None:
    rich = CellRichText("Quay ", TextBlock(InlineFont(b=True), "Five"))
    make_list(tmp_path / "people.xlsx", lambda sheet: sheet.__setitem__("C2", rich))
    assert read_recipients(tmp_path / "people.xlsx")[0][0].fields["organisation"] == "Quay Five"


def test_the_result_of_a_formula_is_what_is_sent_and_an_empty_one_is_empty(tmp_path: Path) -> None:
    path = make_list(tmp_path / "people.xlsx", lambda s: (s.__setitem__("C2", "=A1"), s.__setitem__("C3", "=A1")))
    packed = dict(_parts(path))
    sheet = packed["xl/worksheets/sheet1.xml"].decode()
    for cell, result in (("C2", "Piers"), ("C3", "")):
        calculated = f'<c r="{cell}" t="str"><f>A1</f><v>{result}</v></c>'
        sheet, count = re.subn(f'<c r="{cell}"[^>]*><f>A1</f>.*?</c>', calculated, sheet)
        assert count == 1
    packed["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, content in packed.items():
            file.writestr(name, content)
    people, findings = read_recipients(path)
    assert findings == []
    assert [person.fields["organisation"] for person in people] == ["Piers", ""]
    assert people[1].faults == {}


def _parts(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as file:
        return [(name, file.read(name)) for name in file.namelist()]


# -------------------------------------------------------------------- which sheet
@pytest.mark.parametrize("opened", [0, 1], ids=["a hidden one is opened", "it is opened"])
def test_a_hidden_sheet_gets_no_mail(opened: int, tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        old = sheet.parent.create_sheet("Old", 0)
        old.append(["email", "name"])
        old.append(["gone@example.org", "Gone"])
        old.sheet_state = "hidden"
        sheet.parent.active = opened

    make_list(tmp_path / "people.xlsx", hide)
    people, findings = read_recipients(tmp_path / "people.xlsx")
    assert findings == []
    assert [(person.name, person.sheet) for person in people] == [("Ada", "Members"), ("Bob", "Members")]


def test_the_sheet_that_is_seen_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert told(tmp_path, lambda sheet: sheet.parent.create_sheet("Notes")) == []
    result = run("mail", "people.xlsx", "--message", "letter.md", "--pdf", "book.pdf")
    assert "The list is the sheet 'Members' of people.xlsx." in result.output
