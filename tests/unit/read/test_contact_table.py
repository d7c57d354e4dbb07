"""What contact rows may be: what the table says is what rows do, and what is wrong in it is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from directory_pub.contact import split_row
from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place
from directory_pub.proofread.links import check_row
from directory_pub.read.contact_table import read_contact_table
from project import ROOT

ORCID = r"""
kinds:
  orcid:
    icon: person
    pattern: '\d{4}-\d{4}-\d{4}-\d{3}[\dX]'
    example: 0000-0002-1825-0097
    link: https://orcid.org/{value}
    also: [researcher]
"""
PLACE = Place(file="e.md", line=3)


def read(root: Path, text: str) -> tuple[ContactTable, list[Finding]]:
    shutil.copytree(ROOT / "icons", root / "icons")
    (root / "styles").mkdir()
    (root / "styles" / "contact.yaml").write_text(text, "utf-8")
    return read_contact_table(Theme.of(root))


def row(text: str, **more: str) -> ContactRow:
    return ContactRow(**{"kind": "orcid", "text": text, "place": PLACE, **more})


def test_a_kind_of_ones_own_leads_where_its_row_says(tmp_path: Path) -> None:
    table, findings = read(tmp_path, ORCID)
    assert findings == []
    text = "Ada: 0000-0002-1825-0097, Bo: 0000-0001-5109-370X"
    parts = split_row(row(text), None, table)
    assert "".join(part.text for part in parts) == text
    assert {part.text: part.link for part in parts if part.link} == {
        "0000-0002-1825-0097": "https://orcid.org/0000-0002-1825-0097",
        "0000-0001-5109-370X": "https://orcid.org/0000-0001-5109-370X",
    }
    assert list(check_row(row(text), None, table)) == []
    assert (table.icon_of(row(text)), table.other_names()) == ("person", {"researcher": "orcid"})


def test_a_row_without_the_value_of_its_kind_is_an_error(tmp_path: Path) -> None:
    table, _ = read(tmp_path, ORCID)
    (finding,) = check_row(row("0000-0002"), None, table)
    assert (finding.code, finding.severity, finding.place) == ("value-type", "error", PLACE)
    assert f"{finding.message} {finding.remedy}" == ("'0000-0002' has no orcid in it. Write it as 0000-0002-1825-0097.")


def test_a_network_of_ones_own_leads_to_its_pages(tmp_path: Path) -> None:
    table, findings = read(
        tmp_path,
        "kinds:\n  social: { icon: at, value: profile }\nnetworks:\n"
        '  lanterns: { name: Lanterns, site: "https://lanterns.example.org/", page: of/, pages: { "L\\\\d+": no/ } }\n',
    )
    assert findings == []
    links = [split_row(row(name, kind="social", network="lanterns"), None, table)[0].link for name in ("@ada", "L12")]
    assert links == ["https://lanterns.example.org/of/ada", "https://lanterns.example.org/no/L12"]
    assert table.networks["lanterns"].hosts == ("lanterns.example.org",)


@pytest.mark.parametrize(
    ("text", "code", "field", "told"),
    [
        ("kinds:\n  a: { icon: glob }", "file-missing", "kinds.a.icon", "'glob' is not there. Did you mean 'globe'?"),
        ("kinds:\n  a: { value: webb }", "value-type", "kinds.a.value", "'webb' is not there. Did you mean 'web'?"),
        ("kinds:\n  a: { pattern: '(', example: x }", "value-type", "kinds.a.pattern", "'(' is no regular expression"),
        ("kinds:\n  a: { pattern: '(x+)+y', example: xy }", "value-type", "kinds.a.pattern", "'(x+)+y' may be tried"),
        ("kinds:\n  a: { pattern: 'x' }", "key-missing", "kinds.a.example", "is required and not there."),
        (
            "kinds:\n  a: { link: 'https://x.org' }",
            "value-type",
            "kinds.a.link",
            "'https://x.org' is no address with one place",
        ),
        ("kinds:\n  a: { incon: at }", "key-unknown", "kinds.a.incon", "is no known key. Did you mean 'icon'?"),
        ("kinds:\n  A b: { icon: at }", "value-type", "kinds.A b", "'A b' is no name of a contact row."),
        ("kinds:\n  a: {}\nnetworks:\n  n: { name: N }", "key-missing", "networks.n", "has no site for its names"),
        ("networks: {}", "key-missing", "kinds", "is required and not there."),
    ],
)
def test_a_wrong_value_is_told_at_its_place(tmp_path: Path, text: str, code: str, field: str, told: str) -> None:
    _, (finding,) = read(tmp_path, f"{text}\n")
    assert (finding.code, finding.place.file, finding.place.field) == (code, "styles/contact.yaml", field)
    assert f"{finding.message} {finding.remedy}".startswith(told)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("https://orcid.org/{value}", "orcid.org/{value}", 7, "no address with one place for the value"),
        ("https://orcid.org/{value}", "https://orcid.org/{value}/{other}", 7, "no address with one place"),
        ("https://orcid.org/{value}", "javascript:alert('{value}')", 7, "no address with one place"),
        ("0000-0002-1825-0097", "0000", 6, "does not match the pattern"),
        ("  orcid:", "  note:", 3, "is no name of a contact row"),
    ],
)
def test_a_row_of_the_table_that_cannot_be_is_told_of_there(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    assert old in ORCID
    _, findings = read(tmp_path, ORCID.replace(old, new))
    assert [(each.code, each.place.file, each.place.line) for each in findings] == [
        ("value-type", "styles/contact.yaml", line)
    ]
    assert told in findings[0].message
