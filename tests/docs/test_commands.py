"""Every command that the documentation shows is one that there is, and the walks can be walked."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from directory_pub.commands.main import app
from program import run
from project import ROOT

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
_COMMAND = re.compile(r"(?:^ {4,}|`)(directory-pub [^`\n]*)", re.MULTILINE)
_WALK = ROOT / "docs" / "first-book.md"
_NOT_WALKED = ("--watch",)  # which goes on until it is stopped: tests/watching.py


def commands(page: Path) -> Iterator[list[str]]:
    """The commands of a page as they are typed, without what a comment says of them."""
    for shown in _COMMAND.findall(page.read_text("utf-8")):
        yield shlex.split(shown.partition("  #")[0])[1:]


@cache
def program() -> Any:
    return typer.main.get_command(app)


def resolve(group: Any, words: list[str]) -> tuple[Any, list[str]]:
    """The command of a group that words call, and what follows; a group may put a word in that was left out."""
    context = group.make_context("directory-pub", list(words), resilient_parsing=True)
    name, *rest = [*context._protected_args, *context.args]
    assert name in group.commands, f"there is no command '{name}'"
    return group.commands[name], rest


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_command_that_is_shown_is_one_that_there_is(page: Path) -> None:
    for words in commands(page):
        command, rest = program(), list(words)
        while rest and hasattr(command, "commands") and not rest[0].startswith("-"):
            command, rest = resolve(command, rest)
        known = {option for each in command.params for option in each.opts}
        asked = {word.strip("[]") for word in rest if word.strip("[").startswith("--")}
        assert asked <= {*known, "--help"}, f"{page.name}: directory-pub {' '.join(words)}"


@pytest.mark.slow
def test_the_first_book_is_made_as_its_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    walked, said = [], ""
    for line in _WALK.read_text("utf-8").splitlines():
        if line.startswith("    cd "):
            monkeypatch.chdir(line.split()[1])
        if not (shown := _COMMAND.match(line)) or any(word in line for word in _NOT_WALKED):
            continue
        words = shlex.split(shown[1])[1:]
        result = run(*words)
        assert result.exit_code == 0, f"{line}\n{result.output}"
        walked.append(words[0])
        said += result.output
    assert {"doctor", "new", "build", "check", "handoff", "clean"} <= set(walked)
    shown_files = re.findall(r"build/[\w-]+\.pdf", _WALK.read_text("utf-8"))
    assert len(shown_files) == 2
    assert [file for file in shown_files if file not in said] == []
