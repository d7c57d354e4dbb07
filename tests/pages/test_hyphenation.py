"""Words that lines part by the rules of a language are counted, read aloud and copied whole."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, read_pages
from project import apply_change
from reading import read_tags
from small_book import build_small, errors, lines_of

pytestmark = pytest.mark.slow

TEXT_PT = 9.0  # at A5
NAME = "Landesarbeitsgemeinschaft Niederrhein"
GERMAN = (
    "Die nachhaltige Stadtentwicklung unterstützt kommunale Selbstverwaltungskörperschaften bei der Ausarbeitung ihrer "
    "Klimaschutzkonzepte und der dazugehörigen Wirtschaftlichkeitsberechnungen, und die Landesarbeitsgemeinschaft "
    "Niederrhein beteiligt sich an der Öffentlichkeitsarbeit mit den Verbraucherschutzorganisationen und "
    "Wohnungsbaugenossenschaften der benachbarten Gemeinden."
)
TEXT = f"""{GERMAN}[^a] {GERMAN}

- {GERMAN}

## AUFGABEN

> {GERMAN}

**Wohnungsbaugenossenschaftsverbände** {GERMAN}

[^a]: {GERMAN}
"""


def parted(pages: list[PageText]) -> list[str]:
    """What ends a line in a hyphen."""
    return [line[-1].text for page in pages for line in lines_of(page) if line[-1].text.endswith("-")]


@pytest.fixture(scope="module", params=["A4", "A5"])
def german(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    entry = f"---\nname: {NAME}\n---\n\n{TEXT}"
    result = build_small(tmp_path_factory.mktemp("de"), {"one": entry}, trim=request.param, language="de")
    assert not errors(result), errors(result)
    return result


def test_german_is_parted_and_said_whole(german: BuildResult) -> None:
    pages = list(read_pages(german.files["email"]))
    assert len(parted(pages)) >= 3
    said = " ".join(read_tags(german.files["email"]).document.text.split())
    assert said.count(GERMAN) == 6
    assert "- " not in said


def test_no_name_is_parted_and_no_two_lines_running(german: BuildResult) -> None:
    pages = list(read_pages(german.files["email"]))
    assert not any(
        word.startswith(("Landes", "Nieder")) or "genossenschaftsverb" in word.lower() for word in parted(pages)
    )
    for page in pages:
        for line, after in pairwise(lines_of(page)):
            assert not (line[-1].text.endswith("-") and after[-1].text.endswith("-")), (line, after)


def test_an_edition_says_that_no_word_is_parted(tmp_path: Path) -> None:
    result = build_small(tmp_path, {"one": TEXT}, trim="A5", language="de", more="hyphenation: {never: de}\n")
    assert not errors(result)
    assert parted(list(read_pages(result.files["email"]))) == []


def test_a_text_in_another_language_than_its_book_is_parted_by_its_own(tmp_path: Path) -> None:
    german = f"---\nname: One\nlanguage: de\n---\n\n{TEXT}"
    result = build_small(tmp_path, {"one": german, "two": TEXT}, trim="A5")
    assert not errors(result)
    assert result.book is not None
    pages = list(read_pages(result.files["email"]))
    found = {each.key: parted([pages[index] for index in each.pages]) for each in result.book.pieces}
    assert found["one"]
    assert not found["two"]


def test_a_title_that_a_layout_parts_is_found(project: Path, tmp_path: Path) -> None:
    """A hyphen at a line's end is only undone in running text."""
    change = {
        "file": "layouts/parts/entry.html.j2",
        "replace": '{{ lines(name_runs(entry), "title") }}',
        "with": '<span class="line">{{ entry.name[:4] }}-</span><br class="joined"><span class="line">{{ entry.name[4:] }}</span>',
    }
    apply_change(project, change)
    result = build_edition(project / "content" / "harbour", tmp_path / "out")
    assert {each.code for each in errors(result)} == {"words-lost"}


def test_no_page_ends_within_a_word(tmp_path: Path) -> None:
    """Wherever a page's end falls in a paragraph of long words; the last pages have room for a line more."""
    line = "Nachhaltigkeitsberichterstattung, Verbraucherschutzorganisationen und Wohnungsbaugenossenschaften gemeinsam, "
    above = ["Kurz.\n\n" + "- Kurz.\n" * number for number in range(1, 7)]
    entries = {f"e{number}": f"{each}\n{GERMAN} {line * 25}" for number, each in enumerate(above)}
    result = build_small(tmp_path, entries, trim="A5", language="de")
    assert not errors(result), errors(result)
    assert result.book is not None
    pages = list(read_pages(result.files["email"]))
    several = [each for each in result.book.pieces if each.kind == "entry" and len(each.pages) > 1]
    assert len(several) >= 5
    for piece in several:
        text = [line for line in lines_of(pages[piece.pages[0]]) if abs(line[0].size_pt - TEXT_PT) < 0.05]
        assert not text[-1][-1].text.endswith("-"), (piece.key, text[-1])
