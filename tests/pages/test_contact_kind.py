"""A contact kind of one's own: a row of contact.yaml, an icon and a row of an entry, and the finished page is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import read_pages
from directory_pub.edition.targets import EMAIL
from directory_pub.pieces import Resources
from project import apply_change, copy_project
from reading import read_tags
from small_book import errors, lines_of, write_small

KIND = r"""
  register: { icon: register, pattern: 'R-\d{4}', example: R-0417, link: "https://register.example.org/{value}" }
"""
ICON = '<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor" viewBox="0 0 16 16"><path d="M2 2h12v3h-4v9h-4v-9h-4z"/></svg>\n'
ENTRY = "---\nname: Quay\ncontact:\n  - register: No. R-0417\n  - web: www.example.org\n---\n\nText of the quay.\n"


def build(folder: Path) -> BuildResult:
    project = folder / "project"
    copy_project(project)
    apply_change(project, {"file": "styles/contact.yaml", "replace": "kinds:\n", "with": f"kinds:{KIND}"})
    apply_change(project, {"file": "icons/register.svg", "write": ICON})
    return build_edition(
        write_small(project / "content" / "small", {"quay": ENTRY}), project / "out", resources=Resources()
    )


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    result = build(tmp_path_factory.mktemp("kind"))
    assert errors(result) == []
    return result


def test_its_row_is_printed_as_it_was_typed_beside_its_icon(book: BuildResult) -> None:
    page = list(read_pages(book.files["email"]))[2]
    (row,) = (line for line in lines_of(page) if line[0].text == "No.")
    assert [word.text for word in row] == ["No.", "R-0417"]
    beside = [sign for sign in page.signs if abs((sign.top_mm + sign.bottom_mm) / 2 - row[0].baseline_mm) < 2]
    (sign,) = (sign for sign in beside if sign.right_mm < row[0].left_mm)
    assert (sign.right_mm - sign.left_mm) / (sign.bottom_mm - sign.top_mm) == pytest.approx(1, abs=0.01)
    assert (14.0, 5.0) in sign.corners


def test_its_value_is_a_link(book: BuildResult) -> None:
    links = [link for link in read_tags(book.files["email"]).document.all("Link") if link.text == "R-0417"]
    assert [str(link.annotations[0]["/A"]["/URI"]) for link in links] == ["https://register.example.org/R-0417"]


@pytest.mark.slow
def test_two_icons_of_one_drawing_are_no_alarm(tmp_path: Path) -> None:
    edition = copy_project(tmp_path)
    icons = tmp_path / "icons"
    (icons / "aaa.svg").write_bytes((icons / "globe.svg").read_bytes())
    assert not build_edition(edition, tmp_path / "out", targets=[EMAIL]).failed
