"""The everyday commands in an edition's own folder: which edition is meant, check, doctor and clean."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from directory_pub.build import BuildResult
from program import run
from project import HARBOUR, kept_pieces


@pytest.fixture(scope="module")
def cache(harbour: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's cache folder that has the made-up edition's pieces."""
    home = tmp_path_factory.mktemp("home")
    shutil.move(kept_pieces(harbour, home), home / "directory-pub" / "pieces")
    return home


@pytest.fixture
def edition(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The made-up edition alone, which one stands in."""
    folder = Path(shutil.copytree(HARBOUR, tmp_path / "alone" / "harbour"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.chdir(folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.quick("entries")
# -------------------------------------------------------------------- which edition
@pytest.mark.parametrize("where", [".", "entries", ".."])
def test_the_edition_is_found_from_where_one_stands(edition: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(where)
    assert run("check").exit_code == 0


def test_several_editions_in_a_folder_are_listed(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(edition, edition.parent / "another")
    monkeypatch.chdir(edition.parent)
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr == "directory-pub: there are 2 editions here.\n    Name one of another, harbour.\n"
    monkeypatch.chdir(edition.parent.parent)
    assert "Name an edition's folder: alone/another, alone/harbour." in run("check", "alone").stderr


def test_where_there_is_none_one_is_told_how_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert result.exit_code == 2
    assert "directory-pub new FOLDER" in result.stderr


# -------------------------------------------------------------------- check
def test_check_has_the_findings_of_a_build_and_writes_nothing(edition: Path) -> None:
    for name, more in (("north-quay", "A link to [nowhere](#nowhere)."), ("lantern-league", f"{'X' * 200}.")):
        entry = edition / "entries" / f"{name}.md"
        entry.write_text(f"{entry.read_text('utf-8')}\n{more}\n", "utf-8")
    before = files(edition)
    result = run("check", "--json", "-")
    checked = json.loads(result.stdout)
    assert result.exit_code == 1
    assert files(edition) == before
    run("build")
    built = json.loads((edition / "build" / "report.json").read_bytes())["findings"]
    assert {(each["code"], each["file"], each["line"]) for each in checked} == {
        (each["code"], each["file"], each["line"]) for each in built
    }
    assert {"words-lost", "reference-broken"} <= {each["code"] for each in checked}


def test_a_check_of_good_content_says_so(edition: Path) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "No findings.")


@pytest.mark.slow
# -------------------------------------------------------------------- in the edition's folder
def test_what_a_build_writes_into_the_editions_folder_is_no_content(edition: Path) -> None:
    """The second build finds the first one's files there: no finding, and nothing to make anew."""
    assert run("build", "--target", "email").exit_code == 0
    again = run("build", "--target", "email", "--strict")
    assert again.exit_code == 0, again.stderr
    rows = json.loads((edition / "build" / "report.json").read_bytes())["in_folder"]
    assert [row["shows_content"] for row in rows.values()] == [True]


def test_a_build_from_deeper_in_goes_into_the_editions_own_folder(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("entries")
    assert run("build", "--target", "email").exit_code == 0
    assert not (edition / "entries" / "build").exists()
    assert list((edition / "build").glob("*-email.pdf"))


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--json", "edition.yaml"),
        ("build", "--json", "entries/north-quay.md"),
        ("schema", "entry", "--output", "photos/quay.jpg"),
        ("edition", "compare", ".", ".", "--html", "edition.yaml"),
        ("impose", "photos/quay.jpg", "--output", "entries/north-quay.md"),
    ],
)
def test_no_option_writes_over_a_file_of_another_kind(edition: Path, words: tuple[str, ...]) -> None:
    before = files(edition)
    result = run(*words)
    assert result.exit_code == 2
    assert "is there already, and no " in result.stderr
    assert files(edition) == before


@pytest.mark.slow
# -------------------------------------------------------------------- clean
def test_clean_removes_what_builds_made_and_nothing_else(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before = files(edition)
    assert run("build", "--target", "email").exit_code == 0
    result = run("clean")
    assert result.exit_code == 0
    assert "MB removed" in result.stdout
    assert files(edition) == before
    assert not (edition / "build").exists()
    assert files(tmp_path / "cache") == {}
    assert "nothing to remove" in run("clean").stdout


def test_clean_leaves_what_is_not_a_builds_or_has_changed_since(edition: Path) -> None:
    assert run("build", "--target", "email").exit_code == 0
    (mail,) = (edition / "build").glob("*-email.pdf")
    mail.write_bytes(mail.read_bytes() + b"signed")
    (edition / "build" / "letter.txt").write_text("mine")
    result = run("clean")
    assert sorted(path.name for path in (edition / "build").iterdir()) == sorted([mail.name, "letter.txt"])
    assert "Left there" in result.stdout
    assert "letter.txt" in result.stdout


# -------------------------------------------------------------------- doctor
def test_doctor_says_that_all_is_there_and_what_is_missing(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.stdout
    for name in ("WeasyPrint 70.0", "Pango", "HarfBuzz", "Source Sans 3", "ISOcoated", str(edition)):
        assert name in result.stdout
    monkeypatch.setattr("directory_pub.commands.doctor.built_in_folder", lambda: tmp_path)
    result = run("doctor")
    assert result.exit_code == 3
    assert "MISSING built in" in result.stdout
    assert "MISSING profile" in result.stdout


def test_doctor_tells_how_to_get_a_library_that_is_not_there(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise OSError("cannot load library 'libpango-1.0-0': not found")

    monkeypatch.setattr("directory_pub.typeset.engine_patches.import_engine", fails)
    result = run("doctor")
    assert result.exit_code == 3
    assert "apt-get install libpango-1.0-0" in result.stdout
