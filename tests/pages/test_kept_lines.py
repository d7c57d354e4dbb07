"""What is kept together: a quote and its credit, a head and what stands below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_book import SmallPiece, lines_of, open_small

QUOTE = "A page that ends above a credit leaves the reader to guess who has said what stands there. " * 6
YEARS = "1901\n: The first table.\n\n1954\n: The second table.\n"


@pytest.mark.slow
def test_a_credit_stands_below_a_line_of_its_quote_wherever_the_page_ends(tmp_path: Path) -> None:
    entries = {
        f"e{number}": "Lead.\n\n" + "- Line.\n" * number + f"\n> {QUOTE}\n>\n> — Ada Brandt, harbour master\n\n" + "End.\n"
        for number in range(6, 24)
    }
    context = open_small(tmp_path, entries, trim="A6")
    parted = 0
    for key in entries:
        pages = SmallPiece.of(context, key).pages
        for page in pages:
            lines = [[word.text for word in line] for line in lines_of(page) if line[0].baseline_mm > 15]
            assert "brandt," not in [word.casefold() for word in lines[0]], key
        first, *others = [[word.text.casefold() for word in page.words] for page in pages]
        parted += "reader" in first and any("brandt," in words for words in others)
    assert parted


@pytest.mark.parametrize("below", [YEARS, "- One.\n- Two.\n", "Text.\n", "1. One.\n2. Two.\n"])
def test_what_stands_below_a_head_stands_on_the_next_line(tmp_path: Path, below: str) -> None:
    piece = SmallPiece.of(open_small(tmp_path, {"quay": f"Lead.\n\n## WORK\n\n{below}"}), "quay")
    lines = lines_of(piece.pages[0])
    at = next(number for number, line in enumerate(lines) if line[0].text == "WORK")
    assert lines[at + 1][0].baseline_mm - lines[at][0].baseline_mm == pytest.approx(4.5, abs=0.1)
