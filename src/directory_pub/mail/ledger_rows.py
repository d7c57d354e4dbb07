"""What stands in a row of the ledger, and what may: SQLite keeps text where a number belongs, and files are edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["ROW_CHECKS", "ROW_FUNCTIONS", "SCHEMA"]

SCHEMA = """
CREATE TABLE campaign (id TEXT PRIMARY KEY, letter TEXT NOT NULL, pdf TEXT NOT NULL, taken_up INTEGER NOT NULL);
CREATE TABLE entry (
    campaign TEXT NOT NULL REFERENCES campaign, key TEXT NOT NULL, row INTEGER NOT NULL,
    address TEXT NOT NULL, name TEXT NOT NULL, message_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'sealed', 'sent', 'deferred', 'failed', 'unknown')),
    date_s INTEGER, tries INTEGER NOT NULL DEFAULT 0, next_try_s REAL NOT NULL DEFAULT 0, changed_s REAL NOT NULL,
    step TEXT NOT NULL DEFAULT '', code INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (campaign, key)
);
"""
_YEAR_10000_S = 253402300800


def _number(column: str, end: int, kinds: str = "'integer'") -> str:
    return f"typeof({column}) IN ({kinds}) AND {column} >= 0 AND {column} < {end}"


def _line(column: str) -> str:
    """One line of text: no control characters, and no zero byte, at which other programs would stop reading."""
    is_text = f"typeof({column}) = 'text' AND is_utf8(CAST({column} AS BLOB))"
    return f"{is_text} AND {column} NOT GLOB '*[\x01-\x1f\x7f]*' AND instr({column}, char(0)) = 0"


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


ROW_FUNCTIONS: dict[str, Callable[[Any], str | bool]] = {
    "folded": lambda text: str(text).casefold(),
    "is_utf8": _is_utf8,
}
"""What the questions ask beside SQLite's own functions, of one value."""

_TIME_KINDS = "'integer', 'real'"
_ENTRY = {
    "campaign": _line("campaign"),
    "address": _line("address"),
    "key": f"{_line('key')} AND key = folded(address)",
    "name": _line("name"),
    "message_id": f"{_line('message_id')} AND message_id GLOB '<*@*>'",
    "row": _number("row", 2**31),
    "state": "state IN ('waiting', 'claimed', 'sealed', 'sent', 'deferred', 'failed', 'unknown')",
    "date_s": f"date_s IS NULL OR {_number('date_s', _YEAR_10000_S)}",
    "tries": _number("tries", 2**31),
    "next_try_s": _number("next_try_s", _YEAR_10000_S, _TIME_KINDS),
    "changed_s": _number("changed_s", _YEAR_10000_S, _TIME_KINDS),
    "step": _line("step"),
    "code": _number("code", 1000),
    "answer": _line("answer"),
}
_CAMPAIGN = {
    "id": _line("id"),
    "letter": "typeof(letter) = 'text'",
    "pdf": "typeof(pdf) = 'text'",
    "taken_up": _number("taken_up", 2**31),
}


def _question(table: str, rules: dict[str, str]) -> str:
    faults = " ".join(f"WHEN NOT coalesce({rule}, 0) THEN '{column}'" for column, rule in rules.items())
    return f"SELECT rowid, CASE {faults} END AS fault FROM {table} WHERE fault IS NOT NULL LIMIT 1"


ROW_CHECKS = {"row": _question("entry", _ENTRY), "campaign": _question("campaign", _CAMPAIGN)}
"""By what a row is called, the question for its number and for the column that is wrong, if any is."""
