"""The list: everybody on it, and everything that is wrong with it at once, with its line."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from directory_pub.mail.recipients import Recipient, read_recipients

HEAD = "email,name,language\n"
Read = Callable[[str | bytes], tuple[list[Recipient], list[tuple[str, int | None]]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a list that has this content; the findings as code and line."""

    def read_text(content: str | bytes) -> tuple[list[Recipient], list[tuple[str, int | None]]]:
        path = tmp_path / "people.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        people, findings = read_recipients(path)
        assert all(finding.place.file == str(path) and finding.remedy for finding in findings)
        return people, [(finding.code, finding.place.line) for finding in findings]

    return read_text


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.create_sheet("other").append(["not", "read"])
    book.save(path)
    return path


# -------------------------------------------------------------------- what is read
@pytest.mark.parametrize(
    "content",
    [
        "email,name,language,city\nada@example.org,Ada,en,Łódź\n",
        "\ufeffEMAIL; Name ;language;City\r\nada@example.org;Ada;en;Łódź\r\n",
        'email,name,language,city\n\n,,,\n"ada@example.org"," Ada ",en,"Łódź"',
    ],
    ids=["comma", "semicolon, byte order mark, CRLF", "blank rows and quotes"],
)
def test_a_list_is_read_however_an_office_suite_writes_it(read: Read, content: str) -> None:
    people, findings = read(content)
    assert findings == []
    assert [dict(person.fields) for person in people] == [
        {"email": "ada@example.org", "name": "Ada", "language": "en", "city": "Łódź"}
    ]


def test_a_quoted_cell_over_several_lines_does_not_shift_the_lines_below_it(read: Read) -> None:
    people, findings = read('email,name,address\nada@example.org,Ada,"Quay 1\nŁódź"\nbob@example.org,Bob,\nbad,Cy,\n')
    assert [(person.name, person.place.line) for person in people] == [("Ada", 2), ("Bob", 4)]
    assert people[0].fields["address"] == "Quay 1\nŁódź"
    assert findings == [("mail-syntax", 5)]


def test_a_separator_inside_a_cell_is_not_one(read: Read) -> None:
    people, findings = read('email;name\nada@example.org;"Lovelace; Ada, Countess"\n')
    assert ([person.name for person in people], findings) == (["Lovelace; Ada, Countess"], [])


def test_a_column_may_have_a_heading_of_several_words(read: Read) -> None:
    people, _ = read("email,name,First Name,Straße\nada@example.org,Ada,A,S\n")
    assert (people[0].fields["first_name"], people[0].fields["straße"]) == ("A", "S")


def test_a_domain_in_other_letters_is_written_to_in_ascii(read: Read) -> None:
    people, findings = read(HEAD + "ada@łódź.example.org,Ada,pl\nżółw@example.org,Żółw,pl\n")
    assert findings == []
    assert people[0].mailbox.address == "ada@xn--d-uga0v4h.example.org"
    assert [person.mailbox.needs_utf8 for person in people] == [False, True]


def test_a_workbook_is_read_from_its_first_sheet_with_its_own_row_numbers(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "people.xlsx",
        ("Email", "Name", "Seat", "Since", "City"),
        ("ada@example.org", "Ada", 12.0, datetime.datetime(2020, 5, 1)),
        (),
        ("bob@example.org", None, 3.5, None, "Łódź"),
    )
    people, findings = read_recipients(path)
    assert [dict(person.fields) for person in people] == [
        {"email": "ada@example.org", "name": "Ada", "seat": "12", "since": "2020-05-01", "city": ""}
    ]
    assert [(finding.code, finding.place.line) for finding in findings] == [("recipient-name", 4)]


# -------------------------------------------------------------------- what is wrong
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("ada@example.org,Ada,en\nADA@Example.ORG,Ada L,en\n", [("recipient-duplicate", 3)]),
        ("ada@łódź.example.org,A,en\nada@xn--d-uga0v4h.example.org,B,en\n", [("recipient-duplicate", 3)]),
        ("ada@example.org,Ada,en\nada@example.org,,en\n", [("recipient-name", 3), ("recipient-duplicate", 3)]),
        ("ada@@example.org,Ada,en\n", [("mail-syntax", 2)]),
        ("ada,Ada,en\n", [("mail-syntax", 2)]),
        (",Ada,en\n", [("mail-syntax", 2)]),
        ("ada@example.org,  ,en\n", [("recipient-name", 2)]),
        ("ada@example.org,Ada,klingonish\n", [("language-unknown", 2)]),
        ("ada@example.org,Ada\n", [("list-cells", 2)]),
        ("ada@example.org,Lovelace, Ada,en\n", [("list-cells", 2)]),
        ('ada@example.org,"Ada\nBcc: x@example.org",en\n', [("header-break", 2)]),
        ('"ada@example.org\nBcc: x@example.org",Ada,en\n', [("header-break", 2)]),
        ("ada@example.org,A\x00da,en\n", [("header-break", 2)]),
        ("ada@example.org,A\u2028da,en\n", [("header-break", 2)]),
        ("ada@example.org,A\x85da,en\n", [("header-break", 2)]),
        (f"ada@example.org,{'A' * 201},en\n", [("header-long", 2)]),
        ('ada@example.org,Ada,en\nbob@example.org,"Bob,en\n', [("list-unreadable", 3)]),
        ('ada@example.org,"Ada"x,en\n', [("list-unreadable", 2)]),
        ("", [("list-empty", 1)]),
        ("\n,,\n", [("list-empty", 1)]),
        ("bad,,xx-zz\n,Cy,en\nbob@example.org,Bob\n", [("recipient-name", 2), ("language-unknown", 2), ("mail-syntax", 2), ("mail-syntax", 3), ("list-cells", 4)]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_named_with_its_line(
    read: Read, rows: str, expected: list[tuple[str, int]]
) -> None:
    assert read(HEAD + rows)[1] == expected


def test_a_duplicate_names_both_lines(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(HEAD + "ada@example.org,Ada,en\n\nAda@example.org,Ada,en\n", "utf-8")
    _, findings = read_recipients(path)
    assert str(findings[0]) == (
        f"{path}:4: error[recipient-duplicate]: Ada@example.org stands on line 2 already.\n    Keep line 2 or line 4."
    )


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("mail,name", ["no column 'email'"]),
        ("address,who", ["no column 'email'", "no column 'name'"]),
        ("email,name,Email", ["'email' is there twice"]),
        ("email,name,pdf", ["'pdf' has the name"]),
        ("email,name,", ["column 3 is headed ''"]),
        ("email,name,2020", ["column 3 is headed '2020'"]),
        ("ada@example.org,Ada", ["no column 'email'", "no column 'name'"]),
    ],
)
def test_columns_that_are_missing_or_cannot_be_fields_are_named(tmp_path: Path, head: str, words: list[str]) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"{head}\nada@example.org,Ada,x\n", "utf-8")
    people, findings = read_recipients(path)
    assert people == []
    assert {finding.code for finding in findings} == {"list-columns"}
    assert all(any(word in finding.message for finding in findings) for word in words)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"email,name\nada@example.org,Ad\xe4\n", ("file-encoding", 2)),
        (b"PK\x03\x04 a workbook by another name", ("list-unreadable", None)),
        (b"", ("list-empty", 1)),
    ],
)
def test_a_file_that_is_no_list_is_refused(read: Read, content: bytes, expected: tuple[str, int | None]) -> None:
    assert read(content) == ([], [expected])


def test_a_workbook_that_is_none_and_a_list_that_is_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_bytes(b"email,name\n")
    assert [finding.code for finding in read_recipients(tmp_path / "people.xlsx")[1]] == ["list-unreadable"]
    assert [finding.code for finding in read_recipients(tmp_path / "nobody.csv")[1]] == ["file-missing"]
    assert [finding.code for finding in read_recipients(tmp_path)[1]] == ["file-missing"]
