"""What the book draws itself is right and counted: marks that open quotes, commas between calls, hyphens."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, read_pages
from directory_pub.census.frames import reading_order
from project import apply_change
from reading import read_tags
from small_book import SmallPiece, build_small, errors, lines_of, open_small

LINE = (
    "The towns keep their promise at any hour of the day, and whoever comes in from the weather finds a light there. "
)


def pages_of(result: BuildResult) -> list[PageText]:
    assert not errors(result), errors(result)
    return list(read_pages(result.files["email"]))


def marks(small: SmallPiece) -> list[str]:
    return [word.text for page in small.pages for word in page.words if abs(word.size_pt - 32) < 0.1]


# -------------------------------------------------------------------- quotes
@pytest.mark.parametrize(
    ("language", "written", "mark", "begins"),
    [
        ("en-GB", "We are ready.", "“", "We"),
        ("en-GB", "“We are ready.”", "“", "We"),
        ("en-GB", "‘We are ready.’", "‘", "We"),
        ("en-GB", '"We are ready."', "“", "We"),
        ("en-GB", "« Nous sommes prêts. »", "«", "Nous"),
        ("en-GB", "[Nous sommes prêts.]{lang=fr}", "«", "Nous"),
        ("en-GB", "’Tis late.", "“", "’Tis"),
        ("fr", "Nous sommes prêts.", "«", "Nous"),
        ("fr", "«\u202fNous sommes prêts.\u202f»", "«", "Nous"),
        ("de-AT", "Wir sind bereit.", "„", "Wir"),
        ("de-AT", '"Wir sind bereit."', "„", "Wir"),
        ("de-AT", "»Wir sind bereit.«", "»", "Wir"),
        ("sv", "Vi är redo.", "”", "Vi"),
        ("pl", "„Jesteśmy gotowi.”", "„", "Jesteśmy"),
    ],
)  # fmt: skip
def test_a_quote_opens_with_one_mark(language: str, written: str, mark: str, begins: str, tmp_path: Path) -> None:
    fields = "" if language == "en-GB" else f"language: {language}\n"
    text = f"---\nname: One\n{fields}---\n\nText.\n\n## HEAD\n\n> {written}\n"
    small = SmallPiece.of(open_small(tmp_path, {"one": text}, language="de" if language == "de-AT" else "en-GB"), "one")
    assert marks(small) == [mark]
    assert [line[0].text for page in small.pages for line in lines_of(page)].count(begins) == 1


def test_marks_of_quotes_stand_on_one_edge_with_a_rule_below_them_and_without(tmp_path: Path) -> None:
    """Of two lines, which have no rule, and of many, which have one."""
    text = f"Text.\n\n> {LINE}\n\nText.\n\n> {LINE * 5}\n"
    small = SmallPiece.of(open_small(tmp_path, {"one": text}), "one")
    lefts = [word.left_mm for page in small.pages for word in page.words if abs(word.size_pt - 32) < 0.1]
    assert len(lefts) == 2
    assert lefts[0] == pytest.approx(lefts[1], abs=0.02)


@pytest.mark.slow
def test_a_book_of_quotes_in_many_languages_is_delivered_and_read_aloud(tmp_path: Path) -> None:
    quotes = "\n\n".join(
        f"> {opening}{LINE}\n>\n> {LINE}{tailpiece}" for opening, tailpiece in ("“”", "«»", "„“", '""', ("", ""))
    )
    result = build_small(tmp_path, {"one": f"Text “in marks” and „here“.\n\n{quotes}"})
    pages_of(result)
    said = [tag.text for tag in read_tags(result.files["email"]).document.all("BlockQuote")]
    assert [each.replace(" ", "")[:4] for each in said] == ["“The", "«The", "„The", "“The", "“The"]


# -------------------------------------------------------------------- calls
CALLS = """Founded.[^a] Moved.[^b] Two.[^c][^d] **Bold**[^e]*[^f]* three.[^g][^h][^i] Apart.[^j] [^k]

[^l]A paragraph that begins with a call.

{notes}
"""


@pytest.mark.slow
def test_a_comma_stands_between_calls_that_touch_and_nowhere_else(tmp_path: Path) -> None:
    notes = "\n".join(f"[^{key}]: Note {key}." for key in "abcdefghijkl")
    result = build_small(tmp_path, {"one": CALLS.format(notes=notes)})
    words = [word for page in pages_of(result) for word in reading_order(page.words)]
    calls = [word.text for word in words if abs(word.size_pt - 6.5) < 0.05]
    assert calls == ["1", "2", "3,", "4", "5,", "6", "7,", "8,", "9", "10", "11", "12"]
    said = [tag.text for tag in read_tags(result.files["email"]).document.all("Reference")]
    assert [each for each in said if not each[0].isalpha()] == [str(number) for number in range(1, 13)]


@pytest.mark.slow
def test_a_comma_that_a_sheet_takes_away_is_missed(project: Path, tmp_path: Path) -> None:
    entry = "content/harbour/entries/lantern-league.md"
    apply_change(project, {"file": entry, "replace": "The league", "with": "The league[^x][^y]"})
    with (project / entry).open("a") as file:
        file.write("\n[^x]: One.\n[^y]: Two.\n")
    apply_change(project, {"file": "styles/text.css", "replace": ".comma {", "with": ".comma { display: none;"})
    result = build_edition(project / "content" / "harbour", tmp_path / "out")
    assert {each.code for each in errors(result)} == {"note-lost"}  # 1 and 2 read as 12


@pytest.mark.slow
# -------------------------------------------------------------------- hyphens
def test_a_soft_hyphen_is_drawn_counted_and_not_said(tmp_path: Path) -> None:
    word = "Ge\u00admein\u00adschafts\u00adver\u00adwal\u00adtungs\u00adbe\u00adhör\u00adden\u00adkoor\u00addi\u00adna\u00adti\u00adon"
    text = f"---\nname: {word}\nsubtitle: Die {word}\ncontact:\n  - person: {word} Ada\n---\n\n{LINE} {word} {word}-Rat {word}, **{word}**.[^a]\n\n{word}\n: {word} {LINE}\n\n[^a]: {word} {LINE} {word}\n"
    for trim in ("A4", "A5"):
        result = build_small(tmp_path / trim, {"one": text}, trim=trim)
        printed = [each.text for page in pages_of(result) for each in page.words]
        assert any(each.endswith("-") for each in printed)
        assert not any("\u00ad" in each for each in printed)
        said = read_tags(result.files["email"]).document.text
        assert said.count("Gemeinschaftsverwaltungsbehördenkoordination") >= 8
        assert "- " not in said


@pytest.mark.slow
def test_a_hyphen_that_no_author_allowed_is_found(project: Path, tmp_path: Path) -> None:
    entry = "content/harbour/entries/lantern-league.md"
    apply_change(project, {"file": entry, "replace": "winter", "with": "win\u00adter"})
    change = {
        "file": "layouts/parts/text.html.j2",
        "replace": "{% else %}{{ part.text }}",
        "with": "{% else %}{{ part.text|replace('night', 'ni-ght') }}",
    }
    apply_change(project, change)
    result = build_edition(project / "content" / "harbour", tmp_path / "out")
    assert "words-unknown" in {each.code for each in errors(result)}
