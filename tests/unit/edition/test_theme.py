"""The theme: which layer gives a file, what a file is called, and where a project is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.edition.theme import Theme, built_in_folder, find_root, open_theme, theme_names
from directory_pub.storage.enclosure import Refused


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a theme 'ledger' and the editions 2030 and 2031."""
    write(tmp_path / "p" / "styles" / "tokens.css", "project")
    write(tmp_path / "p" / "themes" / "ledger" / "styles" / "text.css", "ledger")
    write(tmp_path / "p" / "content" / "2030" / "edition.yaml", "")
    write(tmp_path / "p" / "content" / "2031" / "styles" / "tokens.css", "edition")
    return tmp_path / "p"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def theme(project: Path, edition: str, name: str = "city") -> Theme:
    return open_theme(project / "content" / edition, project, name)


# -------------------------------------------------------------------- which file
def test_a_file_of_one_edition_lies_over_the_projects_in_that_edition_alone(project: Path) -> None:
    assert theme(project, "2031").read_text("styles/tokens.css") == "edition"
    assert theme(project, "2030").read_text("styles/tokens.css") == "project"


def test_what_no_other_layer_has_is_built_in(project: Path) -> None:
    given = theme(project, "2031")
    assert given.read_text("styles/inks.yaml") == (built_in_folder() / "styles" / "inks.yaml").read_text("utf-8")
    assert [layer.name for layer in given.layers_of("styles/inks.yaml")] == ["built in"]


def test_a_named_theme_lies_over_what_is_built_in_and_under_the_project(project: Path) -> None:
    given = theme(project, "2030", "ledger")
    assert given.read_text("styles/text.css") == "ledger"
    assert [layer.name for layer in given.layers] == ["project", "theme ledger", "built in"]
    write(project / "styles" / "text.css", "ours")
    assert theme(project, "2030", "ledger").read_text("styles/text.css") == "ours"


def test_the_names_of_all_layers_are_listed_once(project: Path) -> None:
    write(project / "content" / "2031" / "styles" / "parts" / "own.css", "")
    names = theme(project, "2031").names("styles", ".css")
    assert names == sorted(set(names))
    assert {"styles/tokens.css", "styles/parts/own.css", "styles/parts/entry.css"} <= set(names)


def test_themes_that_can_be_named_are_those_of_the_project_and_built_in(project: Path) -> None:
    assert {"city", "ledger"} <= set(theme_names(project))


# -------------------------------------------------------------------- what it is called
def test_a_file_is_shown_as_it_lies_in_the_project_or_as_built_in(project: Path) -> None:
    shown = theme(project, "2031", "ledger").shown
    assert shown("styles/tokens.css") == "content/2031/styles/tokens.css"
    assert shown("styles/text.css") == "themes/ledger/styles/text.css"
    assert shown("styles/inks.yaml") == "built-in/styles/inks.yaml"
    assert theme(project, "2030").shown("styles/tokens.css") == "styles/tokens.css"


def test_what_is_refused_is_told_of_by_that_name(project: Path) -> None:
    (project / "content" / "2031" / "styles" / "text.css").write_bytes(b"caf\xe9")
    with pytest.raises(Refused) as refused:
        theme(project, "2031").read_text("styles/text.css")
    assert refused.value.finding.place.file == "content/2031/styles/text.css"


def test_a_link_out_of_the_project_is_refused(project: Path, tmp_path: Path) -> None:
    write(tmp_path / "secret.css", "secret")
    (project / "content" / "2031" / "styles" / "text.css").symlink_to(tmp_path / "secret.css")
    with pytest.raises(Refused, match="leads out"):
        theme(project, "2031").read_text("styles/text.css")


def test_a_link_into_the_project_is_followed(project: Path) -> None:
    write(project / "shared.css", "shared")
    (project / "content" / "2031" / "styles" / "text.css").symlink_to(project / "shared.css")
    assert theme(project, "2031").read_text("styles/text.css") == "shared"


# -------------------------------------------------------------------- the project
def test_a_project_is_up_to_two_folders_above_its_edition(project: Path) -> None:
    assert find_root(project / "content" / "2030") == project.resolve()
    write(project / "content" / "more" / "2032" / "edition.yaml", "")
    assert find_root(project / "content" / "more" / "2032") == (project / "content" / "more" / "2032").resolve()


def test_an_edition_without_a_project_is_its_own(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b" / "book" / "edition.yaml", "")
    assert find_root(tmp_path / "a" / "b" / "book") == (tmp_path / "a" / "b" / "book").resolve()


def test_no_project_is_looked_for_above_a_repository_nor_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "styles" / "mine.css", "")
    write(tmp_path / "book" / "edition.yaml", "")
    assert find_root(tmp_path / "book") == tmp_path.resolve()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_root(tmp_path / "book") == (tmp_path / "book").resolve()
    monkeypatch.undo()
    (tmp_path / "book" / ".git").mkdir()
    assert find_root(tmp_path / "book") == (tmp_path / "book").resolve()


def test_a_named_theme_lies_over_this_programs_own_sources_too() -> None:
    """They are a project whose files are what is built in."""
    own = built_in_folder()
    given = open_theme(own / "content" / "2020", own, "register")
    assert [layer.name for layer in given.layers] == ["theme register", "project"]
    assert given.shown("styles/tokens.css") == "themes/register/styles/tokens.css"
    assert given.shown("styles/contact.yaml") == "styles/contact.yaml"


def test_a_folder_of_themes_makes_a_project(tmp_path: Path) -> None:
    write(tmp_path / "themes" / "ledger" / "styles" / "text.css", "")
    write(tmp_path / "content" / "2030" / "edition.yaml", "")
    assert find_root(tmp_path / "content" / "2030") == tmp_path
