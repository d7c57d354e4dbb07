"""Every finding fires where it should, names the place, and nothing else fires with it.

A folder is a code; each YAML file in it changes the good edition and says what must be found.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from directory_pub.build import BuildResult, build_edition
from directory_pub.finding_codes import CODES, describe_codes
from directory_pub.findings import Finding, Severity
from directory_pub.pieces import Resources
from project import ROOT, apply_change

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*/*.yaml"))
FIRST_OF_EACH = {case.parent: case for case in reversed(CASES)}
CASES_BY_HASTE = [
    case if case in FIRST_OF_EACH.values() else pytest.param(case, marks=pytest.mark.slow) for case in CASES
]
PROVED_ELSEWHERE = {
    "file-large": "tests/unit/test_enclosure.py",
    "face-unreadable": "tests/unit/test_faces.py",
    "book-unlike-pieces": "tests/unit/test_sewn.py",
    "breaks-differ": "tests/unit/test_census_files.py",
    "face-duplicate": "tests/unit/proofread/test_faces.py",
    "face-licence": "tests/unit/proofread/test_faces.py",
    "face-synthetic": "tests/unit/census/test_count.py",
    "face-unused": "tests/unit/proofread/test_faces.py",
    "face-foreign": "tests/unit/test_census_files.py",
    "page-count": "tests/unit/test_census_files.py",
    "colour-space": "tests/print",
    "rgb-left": "tests/print",
    "trim-size": "tests/print",
    "bleed-short": "tests/print",
    "note-moved": "tests/unit/test_census.py",
    "printer-unknown": "tests/unit/test_printers.py",
    "size-limit": "tests/print/test_max_size.py",
    "piece-crashed": "tests/unit/test_workers.py",
    "key-taken": "tests/unit/test_earlier.py",
    "bleed-small": "tests/unit/test_build_for_printer.py",
    "table-hidden": "tests/unit/read/test_table.py",
    # A list and a letter are no part of a build.
    "list-unreadable": "tests/unit/mail/test_recipients.py",
    "list-columns": "tests/unit/mail/test_recipients.py",
    "list-cells": "tests/unit/mail/test_recipients.py",
    "list-field": "tests/unit/mail/test_workbook.py",
    "list-hidden": "tests/unit/mail/test_workbook.py",
    "list-empty": "tests/unit/mail/test_recipients.py",
    "recipient-duplicate": "tests/unit/mail/test_recipients.py",
    "recipient-name": "tests/unit/mail/test_recipients.py",
    "header-break": "tests/unit/mail/test_recipients.py",
    "header-long": "tests/unit/mail/test_recipients.py",
    "letter-template": "tests/unit/mail/test_letters.py",
    "letter-subject": "tests/unit/mail/test_letters.py",
    "letter-link": "tests/unit/mail/test_letters.py",
    "letter-picture": "tests/unit/mail/test_letters.py",
    "letter-size": "tests/unit/mail/test_campaign.py",
}


@pytest.mark.parametrize("case", CASES_BY_HASTE, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_seeded_defect_is_found_at_its_place_and_nothing_else(
    case: Path, project: Path, tmp_path: Path, kept: Path
) -> None:
    told = yaml.safe_load(case.read_text("utf-8"))
    for change in told["change"]:
        apply_change(project, change)
    result = build_edition(project / "content" / "harbour", tmp_path / "out", resources=Resources(cache=kept))
    expected, code = told["expect"], case.parent.name
    found = [finding for finding in result.report if finding.code == code]
    assert any(matches(finding, expected) for finding in found), "\n".join(map(str, result.report))
    others = {f.code for f in result.report} - {code} - set(told.get("also", []))
    assert not others, "\n".join(map(str, result.report))
    if len(found) > 1 and code not in told.get("also", []):
        assert len({str(f.place) + f.message for f in found}) == len(found)
    left = told.get("left", ["PROOF.pdf"] if told.get("proof", True) else [])
    check_delivery(result, tmp_path / "out", fails=expected["severity"] == "error", left=left)


def matches(finding: Finding, expected: dict[str, Any]) -> bool:
    """Whether a finding is the one that a case expects; remedy and message by a part of them."""
    place = finding.place
    return (
        place.file == expected["file"]
        and expected.get("line") in (None, place.line)
        and expected.get("field") in (None, place.field)
        and finding.severity is Severity(expected["severity"])
        and expected.get("message", "") in finding.message
        and expected.get("remedy", "") in finding.remedy
        and finding.remedy.endswith((".", "?"))
    )


def check_delivery(result: BuildResult, output: Path, *, fails: bool, left: list[str]) -> None:
    """An error withholds both files and leaves a proof or what the case says; anything less delivers both."""
    names = sorted(path.name.rsplit("-", 1)[1] for path in output.glob("*.pdf"))
    assert (output / "report.json").exists()
    if fails:
        assert names == left
    else:
        assert names == ["email.pdf", "press.pdf"]
        assert not result.failed


def test_the_good_edition_has_no_finding_at_all(harbour: BuildResult) -> None:
    assert list(harbour.report) == []
    assert sorted(harbour.files) == ["email", "press"]


def test_every_code_has_a_case() -> None:
    assert {path.parent.name for path in CASES} | set(PROVED_ELSEWHERE) == set(CODES)


@pytest.mark.parametrize("code", [code for code, place in PROVED_ELSEWHERE.items() if "unit/mail/" in place])
def test_a_code_of_mail_is_proved_where_it_is_said_to_be(code: str) -> None:
    assert f'"{code}"' in (ROOT / PROVED_ELSEWHERE[code]).read_text("utf-8")


def test_the_page_of_findings_is_up_to_date() -> None:
    assert (ROOT / "docs" / "findings.md").read_text("utf-8") == describe_codes(), "run 'make findings'"
