"""What ``directory-pub new`` makes builds at once, both files, without a finding."""

from __future__ import annotations

import re
import shlex
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import delivered
from directory_pub.begin import LIKES, Wanted, begin_edition
from directory_pub.build import BuildResult, build_edition
from directory_pub.census import read_pages
from program import run

TODAY = date(2026, 3, 9)


def contents(folder: Path) -> dict[str, str]:
    """The hash of every file in a folder, but for what is built."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != "build")
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}


def build_new(folder: Path, wish: Wanted) -> BuildResult:
    """Begin an edition and build it, with nothing written beside ``build/`` and nothing found."""
    begin_edition(folder, wish)
    before = contents(folder)
    result = delivered(build_edition(folder, folder / "build"))
    assert [str(finding) for finding in result.report] == []
    assert contents(folder) == before
    assert {*result.files} == {"press", "email", *(["calendar"] if wish.like == "booklet" else [])}
    return result


@pytest.mark.slow
def test_a_new_book_has_its_title_on_the_cover_and_each_sample_on_its_page(tmp_path: Path) -> None:
    title = "Répertoire des alliances fluviales"
    result = build_new(tmp_path / "Bücher & Hefte", Wanted(like="booklet", title=title, language="fr", created=TODAY))
    read = list(read_pages(result.files["email"]))
    large = {word.text: word.baseline_mm for word in read[0].words if word.size_pt > 20}
    assert large["Répertoire"] < large["des"] == large["alliances"] < large["fluviales"] < large["2026"]
    pages = [" ".join(word.text for word in page.words) for page in read]
    assert "Répertoire des alliances fluviales 2026" in pages[0]
    assert "Bienvenue" in pages[2]
    assert "Le pain d’hier" not in pages[1]  # the bakery's type is outlines
    assert "Sommaire" in pages[3]
    assert "Pas comme neuve" in pages[5]
    assert {path.name for path in result.files.values()} == {
        "repertoire-des-alliances-fluviales-2026-press.pdf",
        "repertoire-des-alliances-fluviales-2026-email.pdf",
        "repertoire-des-alliances-fluviales-2026.ics",
    }


# Every sample at every trim, and in every language, but not each at each.
LANGUAGES = ("en-GB", "de", "fr", "pl")
SIZES = (None, "A6", "A5", "A5-landscape", "B5", "Letter", "170x240", "150x200", "210x210")
HELD_ELSEWHERE = {("booklet", trim) for trim in ("A5", "B5", "Letter", "150x200")}  # its pages, by tests of their own
WISHES = [
    (like, LANGUAGES[(book + size) % len(LANGUAGES)], trim)
    for book, like in enumerate(LIKES)
    for size, trim in enumerate(SIZES)
    if trim is None or ((book + size) % 3 and (like, trim) not in HELD_ELSEWHERE)  # each size for one of them or two
]


@pytest.mark.slow
@pytest.mark.parametrize(("like", "language", "trim"), WISHES)
def test_every_sample_builds_without_a_finding(tmp_path: Path, like: str, language: str, trim: str | None) -> None:
    build_new(tmp_path / "book", Wanted(like=like, language=language, trim=trim, created=TODAY))


@pytest.mark.slow
def test_the_commands_of_its_readme_work_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_edition(tmp_path / "book", Wanted(like="members", title="Über: uns", created=TODAY))
    monkeypatch.chdir(tmp_path / "book")
    readme = Path("README.md").read_text("utf-8")
    for name, content in re.findall(r"^`(mail/.*)`\n\n((?:    .*\n|\n)+)", readme, re.MULTILINE):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(re.sub("^    ", "", content.strip("\n") + "\n", flags=re.MULTILINE), "utf-8")
    commands = [
        shlex.split(line, comments=True) for line in re.findall(r"^    directory-pub (.*)", readme, re.MULTILINE)
    ]
    assert [words[0] for words in commands] == ["check", "build", "handoff", "mail"]
    for words in commands:
        done = run(*words)
        assert done.exit_code == 0, done.output
    assert len(list(Path("build").rglob("*.eml"))) == 1
