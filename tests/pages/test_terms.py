"""A list of terms: the terms beside their text while they fit there, above it where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.census import Word
from small_book import SmallPiece, build_small, errors, lines_of, open_small

TEXT = "What is said of it goes on for a while, so that it takes more than one line of the column that it stands in. "


def terms(*words: str) -> str:
    return "Text.\n\n" + "\n\n".join(f"{word}\n: Said: {TEXT}" for word in words)


def lines_with(small: SmallPiece, text: str) -> list[list[Word]]:
    return [line for page in small.pages for line in lines_of(page) if any(word.text == text for word in line)]


@pytest.mark.quick("words0-*", "words3-*-A5")
@pytest.mark.parametrize("trim", ["A4", "A5"])
@pytest.mark.parametrize(
    ("words", "beside"),
    [
        (("2015", "2016"), True),
        (("2015–2019", "May 2020"), True),
        (("Secretariat", "WWW"), True),
        (("Secretariat of the northern harbour towns", "Office"), False),
        (("Gemeinschaftsverwaltungsbehördenkoordination",), False),
    ],
)
def test_no_term_stands_on_its_text(words: tuple[str, ...], beside: bool, trim: str, tmp_path: Path) -> None:
    small = SmallPiece.of(open_small(tmp_path, {"one": terms(*words)}, trim=trim), "one")
    left_mm = {line[[word.text for word in line].index("Said:")].left_mm for line in lines_with(small, "Said:")}
    assert len(left_mm) == 1, "the texts of a list begin on one line"
    for term in words:
        (line,) = lines_with(small, term.split()[-1])
        assert any(word.text == "Said:" for word in line) is beside
        before = [word for word in line if word.text in term.split()]
        after = [word for word in line if word not in before]
        assert not after or after[0].left_mm - before[-1].right_mm > 1.5


def test_terms_that_fit_keep_the_column_of_the_design(tmp_path: Path) -> None:
    small = SmallPiece.of(open_small(tmp_path, {"one": terms("2015")}), "one")
    (line,) = lines_with(small, "Said:")
    assert line[1].left_mm - line[0].left_mm == pytest.approx(13.5, abs=0.1)


@pytest.mark.slow
def test_a_term_is_never_alone_at_a_pages_foot(tmp_path: Path) -> None:
    leaf = "{width_mm: 148, height_mm: 190}"
    entries = {
        f"n{n}": terms(*["Secretariat of the northern towns"] * 3).replace("Text.", TEXT * n) for n in range(10, 18)
    }
    context = open_small(tmp_path, entries, trim=leaf)
    for key in entries:
        small = SmallPiece.of(context, key)
        for page in small.pages:
            last = [line for line in lines_of(page) if line[0].baseline_mm > 20 and line[0].left_mm < 100][-1]
            assert "Secretariat" not in [word.text for word in last], key


def test_terms_with_notes_marks_and_links_are_delivered_whole(tmp_path: Path) -> None:
    text = terms("[A link](https://example.org)[^a][^b]", "Secre\u00adtariat, *in two faces*[^c]", "**x**").replace(
        "of it", "of it[^d]", 1
    )
    result = build_small(tmp_path, {"one": f"{text}\n\n" + "\n".join(f"[^{key}]: Note." for key in "abcd")}, trim="A5")
    assert not errors(result)
