"""What docs/printer.md says that is asked of a file is asked, and is found where it is broken."""

from __future__ import annotations

import re

import pytest

from directory_pub.preflight import RULES
from preflight.seeded_x4 import SEEDS
from project import ROOT

PAGE = (ROOT / "docs" / "printer.md").read_text(encoding="utf-8")
_TABLE = re.search(r"^## What PDF/X-4 asks$\n(?:[^|\n].*\n|\n)*\|.*\n\| --- .*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
ROWS = [[cell.strip() for cell in row.strip("|").split("|")] for row in _TABLE[1].splitlines()] if _TABLE else []


def test_the_table_is_there() -> None:
    assert len(ROWS) > 40
    assert len({asked for asked, _, _ in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].replace(" ", "-"))
def test_a_requirement_has_a_rule_with_a_seed_or_a_reason(row: list[str]) -> None:
    asked, rule, reason = row
    named = re.findall(r"`([a-z-]+)`", rule)
    assert asked
    assert named or reason
    assert ", ".join(f"`{code}`" for code in named) == rule
    assert set(named) <= set(RULES)
    assert set(named) <= {code for code, _ in SEEDS}


def test_the_page_counts_the_rules() -> None:
    assert re.findall(r"(\d+) rules", PAGE) == [str(len(RULES))]
