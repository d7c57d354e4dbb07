"""The commands edition new and edition compare: what they print, and the code that they leave with."""

from __future__ import annotations

import json
import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from program import run
from two_years import change, copy_2020, two_years


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that has the 2020 edition, and in which the user stands."""
    copy_2020(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# -------------------------------------------------------------------- edition new
def test_next_years_edition_is_beside_last_years_and_what_is_carried_on_is_said(project: Path) -> None:
    result = run("edition", "new", "2021", "--from", "2020")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (project / "content" / "2021" / "entries" / "uclg.md").is_file()
    lines = result.stdout.split("\n")
    assert lines[0] == "content/2021: begun from content/2020, 20 files, 16 entries."
    assert "  content/2021/edition.yaml:7: year: 2020 → 2021" in lines
    assert f"  content/2021/edition.yaml:13: confirm_since: {date.today()} (new)" in lines
    assert "  content/2021/front-matter/imprint.md:16: © Geneva Cities Hub, 2020" in lines
    assert "  content/2021/edition.yaml:42: cover.date: 5 OCTOBER 2020" in lines
    new = (project / "content" / "2021" / "edition.yaml").read_text("utf-8").split("\n")
    assert new[41] == "  date: 5 OCTOBER 2020"


@pytest.mark.parametrize(
    ("stand", "words"),
    [
        ("", ["2021"]),
        ("", ["2021", "--from", "content/2020"]),
        ("", ["content/2021", "--from", "2020"]),
        ("content", ["2021", "--from", "2020"]),
        ("content/2020", ["2021"]),
        ("content/2020", ["2021", "--from", "."]),
        ("content/2020/entries", ["2021"]),
    ],
)
def test_the_editions_are_found_from_where_one_stands(project: Path, stand: str, words: list[str]) -> None:
    os.chdir(project / stand)
    assert run("edition", "new", *words).exit_code == 0
    assert sorted(os.listdir(project / "content")) == ["2020", "2021"]


def test_where_there_are_several_editions_one_is_to_be_named(project: Path) -> None:
    shutil.copytree("content/2020", "content/2019")
    result = run("edition", "new", "2021")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there are 2 editions here" in result.stderr
    assert "--from: content/2019, content/2020" in result.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2020", "content/2020 is there already"),
        ("spring", "'spring' has no year in it"),
        ("content/2020/2021", "content/2020/2021 would lie in content/2020"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_made(project: Path, name: str, told: str) -> None:
    before = sorted(path for path in project.rglob("*"))
    result = run("edition", "new", name, "--from", "2020")
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert sorted(path for path in project.rglob("*")) == before


def test_errors_in_last_years_edition_are_told_and_nothing_is_made(project: Path) -> None:
    (project / "content/2020/entries/x.md").symlink_to("nowhere")
    result = run("edition", "new", "2021", "--from", "2020")
    assert result.exit_code == 1
    assert "content/2020/entries/x.md: error[file-missing]" in result.stderr
    assert os.listdir(project / "content") == ["2020"]


def test_a_place_without_the_projects_theme_is_said(project: Path) -> None:
    result = run("edition", "new", "elsewhere/deep/er/2021", "--from", "2020")
    assert result.exit_code == 0
    assert f"The theme of {project} does not lie over" in result.stdout
    assert "The theme" not in run("edition", "new", "2021", "--from", "2020").stdout


def test_the_new_edition_has_a_note_for_each_entry_and_nothing_else_that_is_new(project: Path) -> None:
    run("edition", "new", "2021", "--from", "2020")
    result = run("edition", "compare", "2020", "2021", "--json", "-")
    rows = json.loads(result.stdout)
    assert rows["counts"]["unchanged"] == 16
    assert [each["name"] for each in rows["edition"]] == ["key", "year", "created", "cover.year"]


# -------------------------------------------------------------------- edition compare
@pytest.fixture
def years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that has two editions, and in which the user stands."""
    two_years(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_changes_are_told_by_entry_and_words_and_are_no_fault(years: Path) -> None:
    result = run("edition", "compare", "2020", "2021")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in result.stdout.split("\n")]
    assert lines[0] == "content/2020 → content/2021"
    assert "Metropolis Network changed" in lines
    assert "phone +34 93 342 94 [-60-] {+61+}" in lines
    assert "Harbour League new" in lines
    assert lines[-2] == "17 entries: 10 unchanged, 5 changed (1 renamed, 1 moved), 1 new, 1 dropped."
    assert "UN-Habitat" not in result.stdout


def test_a_table_fits_a_terminal_of_80_columns(years: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("FORCE_COLOR", "1")
    result = run("edition", "compare", "2020", "2021")
    lines = re.sub(r"\x1b\[[0-9;]*m", "", result.stdout).split("\n")
    assert lines[0] == "content/2020 → content/2021"
    assert 60 < max(len(line.rstrip()) for line in lines) <= 80
    assert "[-" not in result.stdout  # where there are colours there are no marks


def test_what_is_the_same_is_said_in_a_line(years: Path) -> None:
    result = run("edition", "compare", "content/2020", "content/2020")
    assert result.exit_code == 0
    assert result.stdout.strip().endswith("16 entries: 16 unchanged.")


def test_json_and_page_are_written_where_they_are_told_to(years: Path) -> None:
    result = run("edition", "compare", "2020", "2021", "--json", "a/c.json", "--html", "a/c.html")
    assert result.exit_code == 0
    assert json.loads((years / "a/c.json").read_text("utf-8"))["counts"]["changed"] == 5
    assert (years / "a/c.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    alone = run("edition", "compare", "2020", "2021", "--json", "-")
    assert json.loads(alone.stdout)["counts"]["new"] == 1
    assert run("edition", "compare", "2020", "2021", "--html", "a").exit_code == 2


def test_an_edition_with_errors_is_compared_as_far_as_it_can_be_read_and_leaves_with_1(years: Path) -> None:
    (years / "content/2021/entries/uclg.md").write_text("---\nname: [\n---\n")
    result = run("edition", "compare", "2020", "2021")
    assert result.exit_code == 1
    assert "content/2021/entries/uclg.md:2: error[yaml-syntax]" in result.stderr
    assert "1 unread" in result.stdout
    assert "Metropolis Network" in result.stdout
    change(years / "content/2021/edition.yaml", "key: international", "key: [")
    assert run("edition", "compare", "2020", "2021").exit_code == 1


@pytest.mark.parametrize("words", [["2020"], ["2020", "1999"], ["2020", "content"]])
def test_what_is_no_edition_is_refused(years: Path, words: list[str]) -> None:
    assert run("edition", "compare", *words).exit_code == 2
