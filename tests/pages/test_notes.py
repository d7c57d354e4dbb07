"""Footnotes: numbered through the book, each at the foot of the page that carries its call."""

from __future__ import annotations

import pytest

from directory_pub.census import PageText, Word

PAGES = {1: 8, 2: 18, 3: 25, 4: 26, 5: 33, 6: 33}
OPENINGS = {
    1: "United Nations system-wide strategy",
    2: "At: www.who.int/health-topics",
    3: "Statement at www.mayorsmigrationcouncil.org",
    4: "At: www.metropolis.org/sites",
    5: "Lesbian, gay, bisexual,",
    6: "Black, indigenous, mixed,",
}


def calls(page: PageText) -> list[Word]:
    return [word for word in page.words if abs(word.size_pt - 6.5) < 0.05 and word.text.isdigit()]


def notes(page: PageText) -> list[Word]:
    """Words in the notes' size at the foot of the main column."""
    return [word for word in page.words if abs(word.size_pt - 7.5) < 0.05 and word.baseline_mm > 240]


@pytest.mark.parametrize(("number", "folio"), PAGES.items())
def test_a_footnote_stands_on_the_page_of_its_call(pages_2020: list[PageText], number: int, folio: int) -> None:
    assert [i + 1 for i, page in enumerate(pages_2020) for call in calls(page) if call.text == str(number)] == [folio]
    text = " ".join(word.text for word in notes(pages_2020[folio - 1]))
    assert f"{number} {OPENINGS[number]}" in text


def test_no_other_page_has_a_call(pages_2020: list[PageText]) -> None:
    assert sum(len(calls(page)) for page in pages_2020) == 6


def test_the_last_note_stands_on_the_last_baseline(pages_2020: list[PageText]) -> None:
    for folio in sorted(set(PAGES.values())):
        assert max(word.baseline_mm for word in notes(pages_2020[folio - 1])) == pytest.approx(
            27 + 53 * 4.5 + 3.323, abs=0.15
        ), folio


def test_a_note_may_be_called_from_any_block(pages_harbour: list[PageText]) -> None:
    """Term list, paragraph, quote, credit line and list: notes 1 to 5 of the made-up edition."""
    page_of_call = {call.text: i for i, page in enumerate(pages_harbour) for call in calls(page)}
    assert sorted(page_of_call) == ["1", "2", "3", "4", "5"]
    for number, opening in {
        "1": "One copy",
        "2": "Built in 1887",
        "3": "First said",
        "4": "In office since",
        "5": "Tested in fog",
    }.items():
        assert f"{number} {opening}" in " ".join(word.text for word in notes(pages_harbour[page_of_call[number]]))


def test_the_other_lines_of_a_note_stand_behind_its_figure(pages_2020: list[PageText]) -> None:
    """One edge for the words of all lines of a note, a unit from that of the figures."""
    lines: dict[float, list[Word]] = {}
    for word in notes(pages_2020[PAGES[1] - 1]):
        lines.setdefault(word.baseline_mm, []).append(word)
    (figure, first, *_), (second, *_) = (lines[at] for at in sorted(lines))
    assert figure.text == "1"
    assert first.left_mm - figure.left_mm == pytest.approx(4.5, abs=0.15)
    assert second.left_mm == pytest.approx(first.left_mm, abs=0.15)
