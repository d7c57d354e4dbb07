"""A name that an editor parts in its title is one name everywhere else."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from directory_pub.build import BuildResult
from directory_pub.census import PageText, read_pages
from small_book import build_small, errors, lines_of


def titles(page: PageText) -> list[str]:
    return [" ".join(word.text for word in line) for line in lines_of(page) if 20 < line[0].size_pt < 30]


def test_a_title_breaks_where_its_editor_says(pages_2020: list[PageText]) -> None:
    assert titles(pages_2020[32]) == ["Women Transforming Cities", "International Society"]


def test_the_sign_stands_nowhere(book_2020: BuildResult, pages_2020: list[PageText]) -> None:
    assert not any("|" in word.text for page in pages_2020 for word in page.words)
    file = pypdf.PdfReader(book_2020.files["email"])
    assert b"|" not in b"".join(str(each.title).encode() for each in _flat(file.outline))
    assert "Women Transforming Cities International Society" in [each.title for each in _flat(file.outline)]


def _flat(outline: list) -> list:  # type: ignore[type-arg] # pypdf nests lists in lists
    return [each for row in outline for each in (_flat(row) if isinstance(row, list) else [row])]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Towns | of the Coast", ["Towns of the Coast"]),
        (
            "The Harbour Towns | of a Very Long Coast and of All Its Islands",
            ["The Harbour Towns of a Very", "Long Coast and of All Its Islands"],
        ),
    ],
    ids=["one line", "no more lines"],
)
def test_a_sign_takes_no_line_that_the_name_does_not_need(tmp_path: Path, name: str, lines: list[str]) -> None:
    result = build_small(tmp_path, {"one": f"---\nname: {name}\n---\n\nText.\n"})
    assert not errors(result)
    told = [titles(page) for page in read_pages(result.files["email"])]
    assert [each for each in told if each and each[0].startswith(lines[0][:5])] == [lines]
