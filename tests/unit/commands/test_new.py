"""``directory-pub new``: what it says, and its exit codes."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from directory_pub.begin import LIKES
from directory_pub.commands.new import LikeChoice
from program import run


def test_the_choices_are_the_kinds_of_sample() -> None:
    assert [each.value for each in LikeChoice] == [*LIKES]


def test_it_says_what_it_made_and_what_comes_next(tmp_path: Path) -> None:
    done = run(
        "new", tmp_path / "Our Book", "--like", "members", "--title", "Our Book", "--language", "de", "--trim", "B5"
    )
    assert done.exit_code == 0
    made, following = done.output.splitlines()
    assert (
        made
        == f"{tmp_path}/Our Book: {sum(len(names) for *_, names in os.walk(tmp_path))} files. Begin with edition.yaml."
    )
    assert following == f"Next: cd {shlex.quote(f'{tmp_path}/Our Book')} && directory-pub build"
    text = (tmp_path / "Our Book" / "edition.yaml").read_text("utf-8")
    assert "\ntitle: Our Book\n" in text
    assert "\ntrim: B5\n" in text
    assert "\nlanguage: de\n" in text


def test_where_one_stands_there_is_nowhere_to_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", ".").output.endswith("\nNext: directory-pub build\n")
    assert (tmp_path / "edition.yaml").exists()


def test_it_says_that_a_sample_is_in_english(tmp_path: Path) -> None:
    assert "is in English: we have no sample in 'pl' yet." in run("new", tmp_path / "book", "--language", "pl").output
    assert "English" not in run("new", tmp_path / "other", "--language", "fr-CH").output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["taken"], "directory-pub: taken is not empty: mine.txt.\n    Name a folder that is not there yet.\n"),
        (["book", "--language", "xx"], "directory-pub: --language: there are no words in 'xx'.\n    Use one of bg, "),
        (["book", "--trim", "A9"], "directory-pub: --trim: 'A9' is no known trim.\n    Use A4, "),
        (["book", "--title", "?"], "directory-pub: --title: '?' has no letters.\n    Write"),
        (["book", "--like", "poem"], "Usage:"),
        ([], "Usage:"),
    ],
)
def test_what_cannot_be_is_a_fault_of_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("taken").mkdir()
    Path("taken/mine.txt").touch()
    done = run("new", *words)
    assert done.exit_code == 2
    assert done.stderr.startswith(message)
    assert [*tmp_path.rglob("*")] == [tmp_path / "taken", tmp_path / "taken" / "mine.txt"]
