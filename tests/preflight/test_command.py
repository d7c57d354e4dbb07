"""The command: what it prints, writes, and leaves with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from directory_pub.preflight import RULES
from preflight.good_pdf import draw, good_pdf, save
from program import run


@pytest.fixture
def good_file(tmp_path: Path) -> Path:
    with good_pdf() as pdf:
        return save(pdf, tmp_path / "good.pdf")


@pytest.fixture
def red_file(tmp_path: Path) -> Path:
    with good_pdf() as pdf:
        draw(pdf, "1 0 0 rg 100 100 20 20 re f")
        return save(pdf, tmp_path / "red.pdf")


def _run(*arguments: object) -> tuple[int, str]:
    result = run("preflight", *arguments)
    return result.exit_code, result.output


def test_a_good_file_leaves_with_nought(good_file: Path) -> None:
    code, told = _run(good_file)
    assert code == 0
    assert "4 pages held against offset-fogra39: no problems." in told


def test_a_problem_is_one_line_of_what_and_where_and_one_of_what_to_do(red_file: Path) -> None:
    code, told = _run(red_file)
    assert code == 1
    line, remedy = told.splitlines()[:2]
    assert line.startswith(f"{red_file}: page 2, 22.3 mm in, 110.7 mm down (7.1 × 7.1 mm): error[colour-rgb]: an area")
    assert remedy == "    Convert it to the printing condition, or give it an ink."


def test_what_fails_is_chosen(tmp_path: Path) -> None:
    with good_pdf() as pdf:
        pdf.pages[2].obj.Contents = pdf.make_stream(b"")
        path = save(pdf, tmp_path / "empty.pdf")
    assert _run(path)[0] == 0
    assert _run(path, "--fail-on", "warning")[0] == 1
    assert _run(path, "--fail-on", "warning", "--skip", "page-empty")[0] == 0


def test_rules_are_listed_without_a_file() -> None:
    code, told = _run("--list-rules")
    assert code == 0
    assert [line.split()[0] for line in told.splitlines()] == list(RULES)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--only", "color-rgb"], "Did you mean 'colour-rgb'?"),
        (["--printer", "offset-fogra"], "Did you mean 'offset-fogra39'?"),
        (["--fail-on", "note"], "note"),
    ],
)
def test_a_wrong_word_is_a_usage_error(good_file: Path, arguments: list[str], told: str) -> None:
    code, output = _run(good_file, *arguments)
    assert code == 2
    assert told in output


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    assert _run(tmp_path / "none.pdf")[0] == 2


def test_the_report_is_written_as_json(red_file: Path, tmp_path: Path) -> None:
    _run(red_file, "--json", tmp_path / "report.json")
    rows = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert rows["counts"] == {"error": 1, "warning": 0}
    (found,) = rows["problems"]
    assert (found["rule"], found["page"], found["measured"]) == ("colour-rgb", 2, "DeviceRGB")
    assert found["spot"]["width_mm"] == 7.06


def test_the_report_is_written_as_sarif(red_file: Path, tmp_path: Path) -> None:
    _run(red_file, "--sarif", tmp_path / "report.sarif")
    log = json.loads((tmp_path / "report.sarif").read_text("utf-8"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    (result,) = run["results"]
    rules = run["tool"]["driver"]["rules"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "colour-rgb"
    assert result["level"] in ("none", "note", "warning", "error")
    assert result["message"]["text"].startswith("an area is in DeviceRGB.")
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("red.pdf")
