"""Every finding fires where it should, names the place, and nothing else fires with it.

A folder is a code; each YAML file in it changes the good edition and says what must be found. Most is found before a
page is set; what is not says that it is ``found: on pages``. A book is not made for each of the others:
test_broken_edition.py makes one with many of them.
"""

from __future__ import annotations

from collections.abc import Collection
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
FIRST_OF_EACH = {case.parent: case for case in reversed(CASES)}.values()
BEFORE_PAGES = [case for case in CASES if "found: on pages" not in case.read_text("utf-8")]
# One of each way to be found, and of each thing that a build leaves then, are built whole in a quick run, too.
BUILT_QUICKLY = {
    "glyph-missing/case",  # an error of a text
    "outside-project/case",
    "preflight/case",
    "words-lost/case",
    "yaml-syntax/case",
}
# So are those that are found on pages, and those that say what a build leaves.
BUILT = [
    case
    for case in CASES
    if case not in BEFORE_PAGES
    or f"{case.parent.name}/{case.stem}" in BUILT_QUICKLY
    or yaml.safe_load(case.read_text("utf-8")).keys() & {"left", "proof"}
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


def named(case: Path) -> str:
    return f"{case.parent.name}/{case.stem}"


def cases(some: Collection[Path], quick: Collection[Path]) -> list[Any]:
    return [pytest.param(each, marks=[] if each in quick else pytest.mark.slow, id=named(each)) for each in some]


@pytest.mark.parametrize("case", cases(BEFORE_PAGES, FIRST_OF_EACH))
def test_a_seeded_defect_is_found_before_any_page_is_set(
    case: Path, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory_pub.build.make_pieces", lambda *told: None)  # as if none could be set
    check_findings(case, build_changed(yaml.safe_load(case.read_text("utf-8")), project, tmp_path / "out", None))


@pytest.mark.parametrize("case", cases(BUILT, [case for case in BUILT if named(case) in BUILT_QUICKLY]))
def test_a_seeded_defect_is_found_at_its_place_and_nothing_else(
    case: Path, project: Path, tmp_path: Path, kept: Path
) -> None:
    told = yaml.safe_load(case.read_text("utf-8"))
    result = build_changed(told, project, tmp_path / "out", kept)
    check_findings(case, result)
    left = told.get("left", ["PROOF.pdf"] if told.get("proof", True) else [])
    check_delivery(result, tmp_path / "out", fails=told["expect"]["severity"] == "error", left=left)


def build_changed(told: dict[str, Any], project: Path, output: Path, kept: Path | None) -> BuildResult:
    """The build of a copy of the good edition with the changes of a case."""
    for change in told["change"]:
        apply_change(project, change)
    return build_edition(project / "content" / "harbour", output, resources=Resources(cache=kept))


def check_findings(case: Path, result: BuildResult) -> None:
    """What a case expects was found, once, and nothing else."""
    told = yaml.safe_load(case.read_text("utf-8"))
    expected, code = told["expect"], case.parent.name
    found = [finding for finding in result.report if finding.code == code]
    assert any(matches(finding, expected) for finding in found), "\n".join(map(str, result.report))
    others = {f.code for f in result.report} - {code} - set(told.get("also", []))
    assert not others, "\n".join(map(str, result.report))
    if len(found) > 1 and code not in told.get("also", []):
        assert len({str(f.place) + f.message for f in found}) == len(found)


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
