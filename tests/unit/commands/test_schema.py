"""``schema``: what it prints, for which edition, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from directory_pub.commands.schema import SchemaFile
from directory_pub.read.schema import FILES
from program import run
from project import HARBOUR


def test_every_file_that_has_a_schema_is_one_of_the_commands() -> None:
    assert [each.value for each in SchemaFile] == list(FILES)


@pytest.mark.parametrize("file", FILES)
def test_it_prints_nothing_but_the_schema(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("schema", file)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["$schema"].endswith("2020-12/schema")


def test_in_an_editions_folder_it_is_that_editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = run("schema", "entry", HARBOUR, "--output", tmp_path / "entry.json")
    assert (named.exit_code, named.stdout) == (0, "")
    schema = json.loads((tmp_path / "entry.json").read_text("utf-8"))
    marks = schema["properties"]["mark"]["enum"]
    assert len(marks) > 1
    monkeypatch.chdir(HARBOUR / "entries")
    assert json.loads(run("schema", "entry").stdout) == schema


@pytest.mark.parametrize("words", [("schema",), ("schema", "letter"), ("schema", "entry", "nowhere")])
def test_what_it_does_not_know_is_usage(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")


def test_an_edition_that_cannot_be_read_has_the_schema_of_any(tmp_path: Path) -> None:
    for text in ("", "a: [", "- a", "theme: nowhere\nmarks: x\n", "theme: [city]\n"):
        (tmp_path / "edition.yaml").write_text(text, "utf-8")
        result = run("schema", "entry", tmp_path)
        assert result.exit_code == 0, result.stderr
        assert "enum" not in json.loads(result.stdout)["properties"]["mark"]
